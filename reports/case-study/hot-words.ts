import type { z } from "zod";
import type { Finding } from "../../analyzers/contract.ts";
import { hotWords as analyzer } from "../../analyzers/event/hot-words.ts";
import { phaseWords } from "../../analyzers/event/phases.ts";
import type { Language } from "../../pipeline/errors.ts";
import { palette } from "../charts/theme.ts";
import { narrowWords, wordCloud } from "../charts/word-cloud.ts";
import { tip, tipped } from "../charts/tip.ts";
import type { Chart, Column, Part, Section, Sentence } from "../contract.ts";
import { integer, round, share } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import type { Gate } from "../narrative/gates.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type List = Data["lists"][number];
type Word = List["words"][number];
type Used = Data["tags"][number];

/** Words and hashtags named in sentences. */
const told = 5;
/** Texts below which no percentage is given. */
const least = 20;
/** Words in the table beside the cloud. */
const listed = 20;
/** Words of a list shown in a table. */
const inTable = 8;
/** Mentions and emoticons shown. */
const mostUsed = 10;

export const hotWords: Section<Data> = {
  id: "hot-words",
  heading: { zh: "热词", en: "Hot words" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const { words, given, lists, tags, texts, background } = finding.data;
    const zh = language === "zh";
    const counted = (prefix: string, terms: readonly { term: string }[], mark = quoted): Part[] =>
      terms.slice(0, told).flatMap(({ term }, i) => [`${i > 0 ? (zh ? "、" : ", ") : ""}${mark(term)}${zh ? "（" : " ("}`, fact(`${prefix}.${term}`), zh ? "篇）" : ")"]);
    const sides = fieldWords(lists);
    const preferred = (field: "media" | "public"): Part[] => sides![field].flatMap(({ term, gate }, i) => [`${i > 0 ? (zh ? "、" : ", ") : ""}${quoted(term)}${zh ? "（" : " ("}`, fact(`field.docs.${field}.${term}`, undefined, gate), zh ? "篇）" : ")"]);
    const named = (list: readonly { term: string }[]) => list.slice(0, told).map(({ term }) => quoted(term)).join(zh ? "、" : ", ");
    const first = tags[0];
    const shared = first?.author_days === tags[1]?.author_days;
    const fresh = lists.filter(({ by, against, words }) => by === "phase" && against === "earlier" && words.length > 0).sort((a, b) => b.texts - a.texts)[0];
    const against: Part[] = background.kind === "general"
      ? [zh ? "与通用语言相比" : "from general language"]
      : zh ? ["与档案中同平台同期的其他帖文（", fact("background.wordings"), "种说法，", fact("background.days"), "天）相比"] : ["from the archive's other posts of the same platforms and days (", fact("background.wordings"), " wordings, ", fact("background.days"), " days)"];
    const copied = texts.wordings * 2 < texts.all;
    const sentences: (Sentence | null)[] = zh
      ? [
          words.length === 0
            ? say`有自身文字的文本共 ${fact("texts")}篇，${against}，没有词达到热词的入选标准。`
            : say`有自身文字的文本共 ${fact("texts")}篇，${against}，居前的热词有${counted("term.docs", words)}。`,
          background.short !== null ? say`档案中同平台同期的其他帖文${background.short === "few" ? "太少" : "与本事件平台不合"}（${fact("background.wordings")}种说法），不足以比较。` : null,
          copied ? say`这些文本多为近似重复，同日重复的合计一次后只有 ${fact("wordings")}种说法。` : null,
          fresh ? say`${phaseName(fresh.value, language)}新增的热词有${counted(`phase.docs.${fresh.value}`, fresh.words)}。` : null,
          sides ? say`相对而言，媒体更常用${preferred("media")}，民间更常用${preferred("public")}。` : null,
          first ? say`话题标签每账号每天计一次，#${first.name}#${shared ? "居前列" : "使用最多"}（${fact(`tag.author_days.${first.name}`)}次）。` : null,
          given.length > 0 ? say`检索词与涉事主体及其中的词（${named(given)}${given.length > told ? "等" : ""}）不参与排名。` : null,
        ]
      : [
          words.length === 0
            ? say`No word stands out ${against} in the ${fact("texts")} texts with own words.`
            : say`In the ${fact("texts")} texts with own words, the words that stand out ${against} are led by ${counted("term.docs", words)}.`,
          background.short !== null ? say`The archive's other posts of the same platforms and days (${fact("background.wordings")} wordings) ${background.short === "few" ? "are too few" : "are of other platforms than the event"} to compare with.` : null,
          copied ? say`Most of these texts are near-duplicates: with those of a day counted once there are only ${fact("wordings")} wordings.` : null,
          fresh ? say`New in the ${phaseName(fresh.value, language)}: ${counted(`phase.docs.${fresh.value}`, fresh.words)}.` : null,
          sides ? say`Media use ${preferred("media")} relatively more, the public ${preferred("public")}.` : null,
          first ? say`Counting an account once a day, #${first.name}# (${fact(`tag.author_days.${first.name}`)}) is ${shared ? "among the most used hashtags" : "the most used hashtag"}.` : null,
          given.length > 0 ? say`Query words, subjects and words in them (${named(given)}${given.length > told ? " …" : ""}) are not ranked.` : null,
        ];
    return sentences.filter((sentence) => sentence !== null);
  },

  charts(finding, language) {
    const { words, lists, tags } = finding.data;
    const fieldLists = lists.filter(({ by, value, words }) => by === "field" && value !== "official" && words.length > 0);
    return [...(words.length > 0 ? [cloud(finding, language)] : []), ...(fieldLists.length > 0 ? [sides(fieldLists, finding.data, language)] : []), ...(tags.length > 0 ? [hashtags(finding.data, language)] : [])];
  },

  extra({ data }, language) {
    const zh = language === "zh";
    const blocks = [
      listTable("phases", data.lists.filter(({ by }) => by === "phase"), { zh: ["各阶段新增热词", "阶段"], en: ["New hot words of each phase", "phase"] }, language),
      listTable("platforms", data.lists.filter(({ by }) => by === "platform"), { zh: ["各平台特有的热词", "平台"], en: ["Words of each platform", "platform"] }, language),
      listTable("polarities", data.lists.filter(({ by }) => by === "polarity"), { zh: ["负面与正面帖文各自的热词（情感为模型估计）", "情感"], en: ["Words of negative and of positive posts (polarity as the model estimates)", "polarity"] }, language),
      usedTable("mentions", data.mentions.map((row) => ({ ...row, name: `@${row.name}` })), data.worded, zh ? ["被提及最多的账号", "账号"] : ["Accounts named most", "account"], language),
      usedTable("emoticons", data.emoticons, data.worded, zh ? ["使用最多的表情", "表情"] : ["Emoticons used most", "emoticon"], language),
    ].filter((block) => block !== null);
    return blocks.length === 0 ? null : html`${blocks}`;
  },
};

const comparedWith: Record<Data["background"]["kind"], Record<Language, string>> = { general: { zh: "通用语言", en: "general language" }, archive: { zh: "同平台同期其他帖文", en: "other posts" } };
const quoted = (term: string): string => `“${term}”`;

/** The words that media and public use significantly more, at most `told` each, with the test behind them; null unless both have some. */
function fieldWords(lists: readonly List[]): Record<"media" | "public", { term: string; gate: Gate }[]> | null {
  const of = (field: string) => {
    const at = lists.findIndex((list) => list.by === "field" && list.value === field);
    return (lists[at]?.words ?? []).slice(0, told).flatMap(({ term, significant }, i): { term: string; gate: Gate }[] => (significant ? [{ term, gate: { kind: "tested", by: `lists.${at}.words.${i}.significant` } }] : []));
  };
  const [media, others] = [of("media"), of("public")];
  return media.length > 0 && others.length > 0 ? { media, public: others } : null;
}
const phaseName = (phase: string, language: Language): string => phaseWords[phase as keyof typeof phaseWords][language];

/** Below 10 with one decimal, else whole. */
const times = ({ lift, exact }: Word, language: Language): string => (lift === null ? "—" : `${exact ? "" : "≥ "}${lift < 10 ? round(lift, 1).toFixed(1) : integer(lift, language)}`);
const zOf = ({ z, significant }: Word): string => `${round(z, 1).toFixed(1)}${significant ? "" : "*"}`;
const withParts = ({ term, parts }: Word, language: Language): string => (parts.length === 0 ? term : language === "zh" ? `${term}（并入：${parts.join("、")}）` : `${term} (with: ${parts.join(", ")})`);

function cloud({ data: { words, texts, background } }: Finding<Data>, language: Language): Chart {
  const zh = language === "zh";
  const other = comparedWith[background.kind][language];
  const lead = words.slice(0, 3).map(({ term }) => quoted(term)).join(zh ? "" : ", ");
  const title = zh ? `${lead}等词最突出` : `${lead} stand out most`;
  const docs = ({ docs }: Word) => `${integer(docs, language)}${zh ? " 篇" : " texts"}`;
  const pictured = wordCloud(words.map((word) => ({ text: word.term, count: word.docs, score: word.z, title: `${word.term}${zh ? "：" : ": "}${docs(word)}` })), title);
  return {
    id: "hot-words-cloud",
    title,
    note: zh
      ? `字号按文本数的平方根；颜色越醒目、字越粗，与${other}相比越突出（z 值四分位）；n = ${integer(texts.all, language)} 篇文本；图示 ${words.length} 词（窄屏 ${Math.min(narrowWords, words.length)} 词），表列前 ${Math.min(listed, words.length)} 词；* 表示未达显著`
      : `size: square root of texts; stronger colour and bold: stands out more from ${other} (quarters of z); n = ${integer(texts.all, language)} texts; ${words.length} words drawn (${Math.min(narrowWords, words.length)} on narrow screens), first ${Math.min(listed, words.length)} in the table; *: not significant`,
    body: { kind: "svg", svg: pictured },
    table: {
      columns: [
        { key: "term", label: zh ? "热词" : "word" },
        { key: "docs", label: zh ? "文本数" : "texts", align: "right" },
        { key: "share", label: zh ? "占文本" : "of texts", align: "right" },
        { key: "lift", label: zh ? `为${other}的倍数` : `times ${other}`, align: "right" },
        { key: "z", label: "z", align: "right" },
      ],
      rows: words.slice(0, listed).map((word) => ({
        term: withParts(word, language),
        docs: integer(word.docs, language),
        share: texts.all < least ? "—" : share(word.docs / texts.all, language),
        lift: times(word, language),
        z: zOf(word),
      })),
    },
  };
}

/** For each word the share of media texts and of public texts that hold it, joined by a line. */
function sides(lists: readonly List[], { texts }: Data, language: Language): Chart {
  const zh = language === "zh";
  const field = (name: "media" | "public") => nameOf("field", name, language);
  const words = lists.flatMap((list) => list.words.map((word) => ({ ...word, side: list.value as "media" | "public", media: list.value === "media" ? word.docs : word.other!, public: list.value === "media" ? word.other! : word.docs })));
  const of = (count: number, name: "media" | "public") => count / texts[name];
  const named = (list: List) => list.words.slice(0, 2).map(({ term }) => quoted(term)).join(zh ? "" : ", ");
  const parts = lists.map((list) => `${field(list.value as "media" | "public")}${zh ? "偏重" : ": "}${named(list)}`);
  return {
    id: "hot-words-contrast",
    title: parts.join(zh ? "，" : "; "),
    note: zh
      ? `含该词的文本占各自文本的比例；n = 媒体 ${integer(texts.media, language)} 篇，民间 ${integer(texts.public, language)} 篇；先列媒体更常用的词，后列民间更常用的词，各按突出程度`
      : `share of each side's texts with the word; n = media ${integer(texts.media, language)}, public ${integer(texts.public, language)} texts; first the words media use more, then the public's, those that stand out most first`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values: words.map((word) => ({ term: word.term, media: of(word.media, "media"), public: of(word.public, "public"), mediaTip: tip(`${quoted(word.term)} · ${field("media")}`, cell(word.media, of(word.media, "media"), language), [], language), publicTip: tip(`${quoted(word.term)} · ${field("public")}`, cell(word.public, of(word.public, "public"), language), [], language) })) },
        encoding: { y: { field: "term", type: "nominal", sort: null, axis: { title: null, grid: true } } },
        layer: [
          { mark: { type: "rule", strokeWidth: 2, color: palette.muted }, encoding: { x: { field: "media", type: "quantitative", axis: { title: null, format: "~%" } }, x2: { field: "public" } } },
          {
            transform: [{ fold: ["media", "public"], as: ["field", "share"] }, { calculate: `datum.field === 'media' ? '${field("media")}' : '${field("public")}'`, as: "name" }, { calculate: "datum.field === 'media' ? datum.mediaTip : datum.publicTip", as: "tip" }],
            mark: { type: "point" },
            encoding: {
              x: { field: "share", type: "quantitative" },
              color: { field: "name", type: "nominal", scale: { domain: [field("media"), field("public")], range: [palette.media, palette.public] } },
              shape: { field: "name", type: "nominal", scale: { domain: [field("media"), field("public")], range: ["circle", "diamond"] } },
              ...tipped,
            },
          },
        ],
        height: { step: 22 },
      },
    },
    table: {
      columns: [
        { key: "term", label: zh ? "词" : "word" },
        { key: "side", label: zh ? "更常用于" : "used more by" },
        ...(["media", "public"] as const).map((name) => ({ key: name, label: zh ? `${field(name)}文本数（占比）` : `${field(name)} texts (share)`, align: "right" as const })),
        { key: "z", label: "z", align: "right" },
      ],
      rows: words.map((word) => ({ term: word.term, side: field(word.side), media: cell(word.media, of(word.media, "media"), language), public: cell(word.public, of(word.public, "public"), language), z: zOf(word) })),
    },
  };
}

const cell = (count: number, value: number, language: Language): string => (language === "zh" ? `${integer(count, language)}（${share(value, language)}）` : `${integer(count, language)} (${share(value, language)})`);

function hashtags({ tags, worded }: Data, language: Language): Chart {
  const zh = language === "zh";
  const rows = tags.map(({ name, author_days }) => ({ tag: `#${name}#`, author_days, text: integer(author_days, language), tip: tip(`#${name}#`, zh ? `${integer(author_days, language)} 个账号` : `${integer(author_days, language)} accounts`, [zh ? "每天计一次" : "once a day"], language) }));
  return {
    id: "hot-words-tags",
    title: zh ? `话题标签以${rows[0]!.tag}等居前` : `${rows[0]!.tag} is among the most used hashtags`,
    note: zh ? `每账号每天计一次；列前 ${rows.length} 个` : `an account counts once a day; first ${rows.length}`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values: rows },
        encoding: { y: { field: "tag", type: "nominal", sort: null, axis: { title: null, labelLimit: 260 } }, x: { field: "author_days", type: "quantitative", scale: { domain: [0, rows[0]!.author_days * 1.1], nice: false }, axis: { title: null, format: "~s" } } },
        layer: [{ mark: { type: "bar" }, encoding: tipped }, { mark: { type: "text", align: "left", dx: 4 }, encoding: { text: { field: "text" } } }],
        height: { step: 24 },
      },
    },
    table: { columns: usedColumns(zh ? "话题标签" : "hashtag", language), rows: tags.map((tag) => usedRow({ ...tag, name: `#${tag.name}#` }, worded, language)) },
  };
}

function usedColumns(label: string, language: Language): Column[] {
  const zh = language === "zh";
  const number = (key: string, label: string): Column => ({ key, label, align: "right" });
  return [{ key: "name", label }, number("author_days", zh ? "账号（每天计一次）" : "accounts, once a day"), number("posts", zh ? "帖文数" : "posts"), number("share", zh ? "占有自身文字的帖文" : "of posts with own words"), ...(["media", "official", "public"] as const).map((field) => number(field, nameOf("field", field, language)))];
}

function usedRow(row: Used, worded: number, language: Language): Record<string, string> {
  const counts = Object.fromEntries((["author_days", "posts", "media", "official", "public"] as const).map((key) => [key, integer(row[key], language)]));
  return { name: row.name, ...counts, share: worded < least ? "—" : share(row.posts / worded, language) };
}

function usedTable(id: string, used: readonly Used[], worded: number, [title, label]: readonly string[], language: Language): Html | null {
  if (used.length === 0) return null;
  const columns = usedColumns(label!, language);
  const rows = used.slice(0, mostUsed).map((row) => usedRow(row, worded, language));
  return html`<h3>${title}</h3>${dataTable(`hot-words-${id}`, title!, columns, rows.map((row) => columns.map(({ key }) => row[key])))}`;
}

/** One row a list: what it is of, how many texts, its words with their texts. */
function listTable(id: string, lists: readonly List[], names: Record<Language, readonly [title: string, label: string]>, language: Language): Html | null {
  const telling = lists.filter(({ by, words }) => by === "phase" || words.some(({ significant }) => significant));
  if (!telling.some(({ words }) => words.length > 0)) return null;
  const zh = language === "zh";
  const [title, label] = names[language];
  const name = ({ by, value }: List) => (by === "phase" ? phaseName(value, language) : nameOf(by, value, language));
  const none = zh ? "没有词达到入选标准" : "no word qualifies";
  const first = (against: string): Html | string => (against === "general" || against === "archive" ? (zh ? `（与${comparedWith[against].zh}比）` : ` (against ${comparedWith[against].en})`) : "");
  return html`<h3>${title}</h3>${dataTable(
    `hot-words-${id}`,
    title,
    [{ label }, { label: zh ? "文本数" : "texts", align: "right" }, { label: zh ? "词（篇数）" : "words (texts)" }],
    telling.map((list) => [name(list), integer(list.texts, language), list.words.length === 0 ? none : html`${list.words.slice(0, inTable).map((word, i) => listWord(list, word, i, language))}${first(list.against)}`]),
  )}`;
}

function listWord({ by, value }: List, word: Word, i: number, language: Language): Html {
  const docs = integer(word.docs, language);
  const linked = i < told ? html`<a data-fact="${by}.docs.${value}.${word.term}">${docs}</a>` : docs;
  const zh = language === "zh";
  return html`${i > 0 && (zh ? "、" : ", ")}<bdi>${word.term}</bdi>${zh ? "（" : " ("}${linked}${zh ? "）" : ")"}${!word.significant && "*"}`;
}
