import type { Message } from "../../errors.ts";

/** What was noticed in a file that could still be read: a code, how often, and the first few lines. */
export class Notes {
  readonly #counts = new Map<NoteCode, { count: number; lines: number[]; detail: Message | null }>();

  /** `line` 0: the note is about the file, not about a row. */
  add(code: NoteCode, line: number, count = 1): void {
    const note = this.#counts.get(code);
    if (!note) this.#counts.set(code, { count, lines: line > 0 ? [line] : [], detail: null });
    else {
      note.count += count;
      if (line > 0 && note.lines.length < exampleLines && note.lines[note.lines.length - 1] !== line) note.lines.push(line);
    }
  }

  /** A finding about many rows at once: how many, up to five of them, and what exactly was seen. Replaces an earlier one of its code. */
  set(code: NoteCode, count: number, lines: readonly number[], detail: Message | null = null): void {
    this.#counts.set(code, { count, lines: lines.slice(0, exampleLines), detail });
  }

  count(code: NoteCode): number {
    return this.#counts.get(code)?.count ?? 0;
  }

  /** All notes in the order of the catalogue. */
  list(): Suspicion[] {
    return noteCodes.flatMap((code) => {
      const note = this.#counts.get(code);
      if (!note) return [];
      const { said, bends } = catalogue[code];
      return [{ code, message: note.detail === null ? said : detailed(said, note.detail), bends, count: note.count, lines: note.lines }];
    });
  }
}

export interface Suspicion {
  code: NoteCode;
  /** What was seen. */
  message: Message;
  /** What it does to the report; null when it does nothing to it. */
  bends: Message | null;
  /** Rows, unless the message says otherwise. */
  count: number;
  /** Up to five example lines. */
  lines: number[];
}

/** Example lines that a note keeps. */
export const exampleLines = 5;

const detailed = (said: Message, detail: Message): Message => ({ zh: `${said.zh}（${detail.zh}）`, en: `${said.en} (${detail.en})` });

const curve: Message = { zh: "这些行不进入任何随时间变化的图表", en: "these rows are in no chart over time" };
const twins: Message = { zh: "去重、评论与转发的归并不全：重复帖文可能被多计，传播链断开", en: "duplicates, comments and reposts cannot all be joined: posts may count twice, cascades break" };
const counted: Message = { zh: "互动量合计偏低，按互动的排序不全", en: "engagement totals are too low and rankings by engagement incomplete" };
const wrongCells: Message = { zh: "这些行的时间、数值、地域可能取自错误的列", en: "time, counts and region of these rows may come from the wrong columns" };
const words: Message = { zh: "这些帖文的热词、情感和话题不可靠", en: "hot words, sentiment and topics of these posts are unreliable" };
const shape: Message = { zh: "曲线形状、峰值时刻和首发排序不可靠", en: "the shape of the curve, its peaks and the order of the first posts are unreliable" };

/** Every note: what was seen, and what it bends. */
const catalogue = {
  NO_ROWS: { said: { zh: "文件只有表头，没有数据行", en: "the file has a header and no rows" }, bends: { zh: "该文件对报告没有贡献", en: "the file adds nothing to the report" } },
  HEADER_GUESSED: { said: { zh: "文件没有表头，正文列是猜的：请用 --map text=列N 确认", en: "the file has no header and the text column is a guess: confirm it with --map text=列N" }, bends: { zh: "猜错则所有文本分析都错；其余各列未使用", en: "if the guess is wrong so is all that is said about texts; the other columns are not used" } },
  HEADER_DUPLICATE: { said: { zh: "表头重名（个），后面的以 #2 区分，只用第一列", en: "headers with the same name; the later ones are kept as #2 and not used" }, bends: { zh: "若后一列才是要的，取值就错了", en: "wrong values if the later column was the one meant" } },
  HEADER_UNKNOWN: { said: { zh: "不认识的表头（个），未使用", en: "headers that are not known and not used" }, bends: null },
  TEXT_COLUMNS: { said: { zh: "几个表头都可作正文（个），每行取第一个有内容的", en: "headers that could each be the text; the first one with content is taken" }, bends: null },
  SHEET_SKIPPED: { said: { zh: "跳过的工作表（个）：没有正文列、隐藏或为空", en: "sheets skipped: no text column, hidden or empty" }, bends: { zh: "其中若有帖文，则未计入", en: "posts on them, if any, are not counted" } },
  PREAMBLE: { said: { zh: "表头之前的说明行，已跳过", en: "lines before the header, skipped" }, bends: null },
  ROWS_RAGGED: { said: { zh: "列数与表头不符的行，已拒收", en: "rows with more or fewer cells than the header, rejected" }, bends: { zh: "这些行没有计入；多为未加引号的逗号或换行，长文本更易丢失", en: "these rows are not counted; often an unquoted comma or line break, so long texts are lost first" } },
  COLUMN_SHIFTED: { said: { zh: "疑似错列一格的行：时间或数值落在相邻列", en: "rows shifted by one column: the time or a count stands in the neighbouring cell" }, bends: wrongCells },
  ROW_REALIGNED: { said: { zh: "由同一工具的另一版本写入的行，已按该版本的表头对齐", en: "rows written by another version of the same tool, put under that version's header" }, bends: null },
  TIME_MISSING: { said: { zh: "超过 20% 的行没有可用的发布时间", en: "over 20 % of the rows have no usable time" }, bends: curve },
  TIME_RELATIVE: { said: { zh: "相对时间（昨天、3小时前、07-01）而没有采集时间，时间记为未知", en: "relative times without a capture time; unknown" }, bends: curve },
  TIME_UNREADABLE: { said: { zh: "看不懂的时间，记为未知", en: "times that cannot be read; unknown" }, bends: curve },
  TIME_IMPLAUSIBLE: { said: { zh: "不可能的时间（1995 年前、早于平台开通、2100 年后或晚于采集时间），记为未知", en: "impossible times (before 1995 or the platform itself, after 2100, or later than the capture); unknown" }, bends: curve },
  TIME_RESOLVED: { said: { zh: "相对时间，已按采集时间换算", en: "relative times resolved from the capture time" }, bends: { zh: "这些时间的精度只到采集时的口径（分钟或日）", en: "these times are no more exact than the page said (minutes or days)" } },
  TIME_DISAGREES: { said: { zh: "同一行的两个时间列相差一小时以上，取首选列", en: "two time columns of a row differ by an hour or more; the preferred one is taken" }, bends: shape },
  TIME_SHIFTED: { said: { zh: "两个时间列在多数行相差同样的整小时数，疑为时区不同", en: "two time columns differ by the same whole hours in most rows, as if in two time zones" }, bends: { zh: "若取用的一列时区有误，全部时刻平移，日界、峰值时刻和昼夜分布都错", en: "if the column taken is in the wrong zone all times are moved: day borders, peak hours, day and night" } },
  TIME_ZONES_MIXED: { said: { zh: "时间写着不同的时区（少数写法的行）", en: "times written in different zones (rows of the rarer ones)" }, bends: { zh: "已按各自时区换算；若时区是误写，这些行的时刻和日期偏移", en: "each is converted by its own zone; if a zone was written by mistake, these rows are off by hours" } },
  TIME_DAY_ONLY: { said: { zh: "时间只精确到日，不进入小时曲线", en: "times known to the day only; left out of hourly curves" }, bends: { zh: "小时曲线不含这些行", en: "hourly curves lack these rows" } },
  TIME_ONE_MINUTE: { said: { zh: "所有时间都在同一分钟（如整点），疑只精确到小时", en: "all times stand at the same minute (on the hour, say): known to the hour only" }, bends: { zh: "首发排序和小时以下的曲线不可靠", en: "the order of the first posts and curves finer than an hour are unreliable" } },
  TIME_CAPPED: { said: { zh: "多个时段的条数恰好同为最大值，疑为采集上限（时段内的行）", en: "several periods hold exactly the same, largest number of rows: the collection met its limit (rows in them)" }, bends: { zh: "高峰被削平：真实声量更高，峰值时刻和增速不可靠", en: "the peaks are cut flat: true volume is higher; peak times and growth are unreliable" } },
  TIME_YEAR_ROLLOVER: { said: { zh: "岁末的一段日期落在同年年初之后且相隔 270 天以上，疑为页面省略年份、误补为采集年", en: "days at the end of a year, over 270 empty days after its beginning: a page left out the year and the year of the crawl was put in" }, bends: { zh: "这些行可能应早一年：时间轴被拉长，首发和阶段划分错误", en: "these rows may belong a year earlier: the time axis is stretched, first posts and phases are wrong" } },
  COUNT_UNREADABLE: { said: { zh: "看不懂的互动数，记为未知", en: "counts that cannot be read; unknown" }, bends: counted },
  COUNT_FLOOR: { said: { zh: "“10万+”一类的下限值（个），按下限计", en: "counts given as a floor (10万+), taken as the floor" }, bends: counted },
  REGION_UNREADABLE: { said: { zh: "看不懂的地域，记为未知", en: "regions that cannot be read; unknown" }, bends: { zh: "地域图的分母不含这些行", en: "these rows are not in the denominator of the map" } },
  PLATFORM_UNKNOWN: { said: { zh: "不认识的平台名或媒体类型", en: "platform or media type not known" }, bends: { zh: "平台分布不含这些行", en: "these rows are missing from the shares of platforms" } },
  ID_DAMAGED: { said: { zh: "ID 被 Excel 改成科学计数法，不用于识别重复", en: "ids turned into scientific notation by Excel; not used to find duplicates" }, bends: twins },
  ID_FROM_CONTENT: { said: { zh: "没有 ID 也没有链接的帖文，以作者、时间、文本为准识别", en: "posts without id and URL, told apart by author, time and words" }, bends: { zh: "同一作者在同一时间发的相同文字只计一次", en: "the same words by the same author at the same time count once" } },
  IDS_ROUNDED: { said: { zh: "超过一半的长 ID 以 0 结尾，疑被 Excel 取整：整个文件的 ID 不用（次）", en: "over half of the long ids end in 0, as if rounded by Excel: ids of the file are not used" }, bends: twins },
  ID_SENTINEL: { said: { zh: "ID 列里的空值占位符（空串的 MD5 等），已当作空", en: "placeholders in id columns (the MD5 of an empty text), taken as empty" }, bends: null },
  ID_DOMINANT: { said: { zh: "一个 ID 占了该列的六成以上，而这些行互不相同，疑为空值占位符", en: "one id fills over 60 % of its column though the rows have nothing in common: a placeholder" }, bends: { zh: "可能凭空出现一个大号作者或巨型传播链", en: "may make up one huge author or cascade that does not exist" } },
  AUTHOR_ID_DAMAGED: { said: { zh: "作者 ID 被 Excel 改成科学计数法", en: "author ids turned into scientific notation by Excel" }, bends: { zh: "不同作者可能并成一个：作者数偏低", en: "different authors may become one: the number of authors is too low" } },
  ID_DUPLICATE: { said: { zh: "文件内重复的帖文", en: "posts that occur again in the file" }, bends: { zh: "生成报告时只计一次", en: "counted once in a report" } },
  TEXT_REPEATED: { said: { zh: "同一段文本占了三成以上的行", en: "one text fills over 30 % of the rows" }, bends: { zh: "热词、情感占比和话题由这一段文本主导；可能是采集故障或刷屏", en: "hot words, sentiment shares and topics follow this one text; a fault of the collection, or flooding" } },
  TEXT_DIGITS: { said: { zh: "正文只有一长串数字，疑为 ID 落进了正文列", en: "texts that are one long number: ids in the column of the text, it seems" }, bends: { zh: "这些帖文没有字词可分析，却计入声量和有自身文字的帖文", en: "these posts have no words to analyse, but count in volume and as posts with own words" } },
  TEXT_REPLACEMENT: { said: { zh: "正文里有替换符 �（来源已丢字）", en: "texts with � (characters lost before us)" }, bends: words },
  TEXT_MOJIBAKE: { said: { zh: "疑似乱码的正文", en: "texts that look wrongly decoded" }, bends: words },
  NUL_BYTES: { said: { zh: "含有空字节（NUL），已去掉", en: "NUL bytes dropped" }, bends: null },
  LONE_SURROGATES: { said: { zh: "含有半个字符，已换成 �", en: "halves of characters replaced by �" }, bends: null },
  ENCODING_DOUBTFUL: { said: { zh: "编码有两种可能，按更常见的一种解码，请核对正文", en: "two encodings are possible; the more usual one was taken: look at the texts" }, bends: words },
  TRAILING_BYTES: { said: { zh: "文件末尾多出的字节（个）", en: "bytes left over at the end of the file" }, bends: { zh: "文件可能在末尾被截断，少了最后的行", en: "the file may be cut off and lack its last rows" } },
} as const satisfies Record<string, { said: Message; bends: Message | null }>;
export type NoteCode = keyof typeof catalogue;
export const noteCodes = Object.keys(catalogue) as NoteCode[];
