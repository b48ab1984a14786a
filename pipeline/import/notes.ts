import type { Message } from "../errors.ts";

/** What was noticed in a file that could still be read: a code, how often, and the first few lines. */
export class Notes {
  readonly #counts = new Map<NoteCode, { count: number; lines: number[] }>();

  /** `line` 0: the note is about the file, not about a row. */
  add(code: NoteCode, line: number, count = 1): void {
    const note = this.#counts.get(code);
    if (!note) this.#counts.set(code, { count, lines: line > 0 ? [line] : [] });
    else {
      note.count += count;
      if (line > 0 && note.lines.length < 5 && note.lines[note.lines.length - 1] !== line) note.lines.push(line);
    }
  }

  count(code: NoteCode): number {
    return this.#counts.get(code)?.count ?? 0;
  }

  /** All notes in the order of the catalogue. */
  list(): Suspicion[] {
    return noteCodes.filter((code) => this.#counts.has(code)).map((code) => ({ code, message: noteTexts[code], ...this.#counts.get(code)! }));
  }
}

export interface Suspicion {
  code: NoteCode;
  message: Message;
  /** Rows, unless the message says otherwise. */
  count: number;
  /** Up to five example lines. */
  lines: number[];
}

const noteTexts = {
  NO_ROWS: { zh: "文件只有表头，没有数据行", en: "the file has a header and no rows" },
  HEADER_GUESSED: { zh: "文件没有表头，正文列是猜的：请用 --map text=列N 确认", en: "the file has no header and the text column is a guess: confirm it with --map text=列N" },
  HEADER_DUPLICATE: { zh: "表头重名（个），后面的以 #2 区分，只用第一列", en: "headers with the same name; the later ones are kept as #2 and not used" },
  HEADER_UNKNOWN: { zh: "不认识的表头（个），未使用", en: "headers that are not known and not used" },
  TEXT_COLUMNS: { zh: "几个表头都可作正文（个），每行取第一个有内容的", en: "headers that could each be the text; the first one with content is taken" },
  SHEET_SKIPPED: { zh: "跳过的工作表（个）：没有正文列、隐藏或为空", en: "sheets skipped: no text column, hidden or empty" },
  PREAMBLE: { zh: "表头之前的说明行，已跳过", en: "lines before the header, skipped" },
  TIME_MISSING: { zh: "超过 20% 的行没有可用的发布时间", en: "over 20 % of the rows have no usable time" },
  TIME_RELATIVE: { zh: "相对时间（昨天、3小时前、07-01）而没有采集时间，时间记为未知", en: "relative times without a capture time; unknown" },
  TIME_UNREADABLE: { zh: "看不懂的时间，记为未知", en: "times that cannot be read; unknown" },
  TIME_IMPLAUSIBLE: { zh: "不可能的时间（1995 年前、2100 年后或晚于采集时间），记为未知", en: "impossible times (before 1995, after 2100, or later than the capture); unknown" },
  TIME_RESOLVED: { zh: "相对时间，已按采集时间换算", en: "relative times resolved from the capture time" },
  TIME_DISAGREES: { zh: "同一行的两个时间列相差一小时以上，取首选列", en: "two time columns of a row differ by an hour or more; the preferred one is taken" },
  TIME_DAY_ONLY: { zh: "时间只精确到日，不进入小时曲线", en: "times known to the day only; left out of hourly curves" },
  COUNT_UNREADABLE: { zh: "看不懂的互动数，记为未知", en: "counts that cannot be read; unknown" },
  COUNT_FLOOR: { zh: "“10万+”一类的下限值（个），按下限计", en: "counts given as a floor (10万+), taken as the floor" },
  REGION_UNREADABLE: { zh: "看不懂的地域，记为未知", en: "regions that cannot be read; unknown" },
  PLATFORM_UNKNOWN: { zh: "不认识的平台名或媒体类型", en: "platform or media type not known" },
  ID_DAMAGED: { zh: "ID 被 Excel 改成科学计数法，不用于识别重复", en: "ids turned into scientific notation by Excel; not used to find duplicates" },
  IDS_ROUNDED: { zh: "超过一半的长 ID 以 0 结尾，疑被 Excel 取整：整个文件的 ID 不用（次）", en: "over half of the long ids end in 0, as if rounded by Excel: ids of the file are not used" },
  ID_DUPLICATE: { zh: "文件内重复的帖文", en: "posts that occur again in the file" },
  TEXT_REPLACEMENT: { zh: "正文里有替换符 �（来源已丢字）", en: "texts with � (characters lost before us)" },
  TEXT_MOJIBAKE: { zh: "疑似乱码的正文", en: "texts that look wrongly decoded" },
  NUL_BYTES: { zh: "含有空字节（NUL），已去掉", en: "NUL bytes dropped" },
  LONE_SURROGATES: { zh: "含有半个字符，已换成 �", en: "halves of characters replaced by �" },
  TRAILING_BYTES: { zh: "文件末尾多出的字节（个）", en: "bytes left over at the end of the file" },
} as const satisfies Record<string, Message>;
export type NoteCode = keyof typeof noteTexts;
export const noteCodes = Object.keys(noteTexts) as NoteCode[];
