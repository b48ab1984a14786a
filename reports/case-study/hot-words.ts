import type { z } from "zod";
import type { Finding } from "../../analyzers/contract.ts";
import { hotWords as analyzer } from "../../analyzers/event/hot-words.ts";
import type { Language } from "../../pipeline/errors.ts";
import { palette } from "../charts/theme.ts";
import { wordCloud } from "../charts/word-cloud.ts";
import type { Chart, Part, Section } from "../contract.ts";
import { integer, round, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Word = Data["words"][number];

/** Words and hashtags named in sentences. */
const told = 5;
/** Texts below which no percentage is given. */
const least = 20;
/** Words in the table beside the cloud. */
const listed = 20;

export const hotWords: Section<Data> = {
  id: "hot-words",
  heading: { zh: "热词", en: "Hot words" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const { words, given, contrast, tags } = finding.data;
    const zh = language === "zh";
    const counted = (prefix: string, terms: readonly string[], mark: (term: string) => string): Part[] =>
      terms.slice(0, told).flatMap((term, i) => [`${i > 0 ? (zh ? "、" : ", ") : ""}${mark(term)}${zh ? "（" : " ("}`, fact(`${prefix}.${term}`), zh ? "篇）" : ")"]);
    const quoted = (term: string) => `“${term}”`;
    const named = (list: readonly { term: string }[]) => list.slice(0, told).map(({ term }) => quoted(term)).join(zh ? "、" : ", ");
    const sides = [contrast.media, contrast.public] as const;
    const first = tags[0];
    const shared = first?.author_days === tags[1]?.author_days;
    if (!zh) {
      return [
        words.length === 0
          ? say`No word stands out from general language in the ${fact("texts")} texts with own words.`
          : say`In the ${fact("texts")} texts with own words, the words that stand out from general language are led by ${counted("term.docs", words.map(({ term }) => term), quoted)}.`,
        ...(sides.every((side) => side.length > 0) ? [say`Media use ${named(sides[0])} relatively more, the public ${named(sides[1])}.`] : []),
        ...(first ? [say`Counting an account once a day, #${first.tag}# (${fact(`tag.author_days.${first.tag}`)}) is ${shared ? "among the most used hashtags" : "the most used hashtag"}.`] : []),
        ...(given.length > 0 ? [say`Query words, subjects and words in them (${named(given)}${given.length > told ? " …" : ""}) are not ranked.`] : []),
      ];
    }
    return [
      words.length === 0
        ? say`有自身文字的文本共 ${fact("texts")}篇，与通用语言相比，没有词达到热词的入选标准。`
        : say`有自身文字的文本共 ${fact("texts")}篇，与通用语言相比，居前的热词有${counted("term.docs", words.map(({ term }) => term), quoted)}。`,
      ...(sides.every((side) => side.length > 0) ? [say`相对而言，媒体更常用${named(sides[0])}，民间更常用${named(sides[1])}。`] : []),
      ...(first ? [say`话题标签每账号每天计一次，#${first.tag}#${shared ? "居前列" : "使用最多"}（${fact(`tag.author_days.${first.tag}`)}次）。`] : []),
      ...(given.length > 0 ? [say`检索词与涉事主体及其中的词（${named(given)}${given.length > told ? "等" : ""}）不参与排名。`] : []),
    ];
  },

  charts(finding, language) {
    const { words, contrast, tags } = finding.data;
    return [...(words.length > 0 ? [cloud(finding, language)] : []), ...(contrast.media.length + contrast.public.length > 0 ? [sides(finding.data, language)] : []), ...(tags.length > 0 ? [hashtags(tags, language)] : [])];
  },
};

function cloud({ data: { words, texts } }: Finding<Data>, language: Language): Chart {
  const zh = language === "zh";
  const lead = words.slice(0, 3).map(({ term }) => `“${term}”`).join(zh ? "" : ", ");
  const title = zh ? `${lead}等词最突出` : `${lead} stand out most`;
  const docs = ({ docs }: Word) => `${integer(docs, language)}${zh ? " 篇" : " texts"}`;
  return {
    id: "hot-words-cloud",
    title,
    note: zh
      ? `字号按文本数的平方根；颜色越醒目、字越粗，与通用语言相比越突出（z 值四分位）；n = ${integer(texts.all, language)} 篇文本；图示 ${words.length} 词，表列前 ${Math.min(listed, words.length)} 词`
      : `size: square root of texts; stronger colour and bold: stands out more from general language (quarters of z); n = ${integer(texts.all, language)} texts; ${words.length} words drawn, first ${Math.min(listed, words.length)} in the table`,
    body: { kind: "svg", svg: wordCloud(words.map((word) => ({ text: word.term, count: word.docs, score: word.z, title: `${word.term}${zh ? "：" : ": "}${docs(word)}` })), title) },
    table: {
      columns: [
        { key: "term", label: zh ? "热词" : "word" },
        { key: "docs", label: zh ? "文本数" : "texts", align: "right" },
        { key: "share", label: zh ? "占文本" : "of texts", align: "right" },
        { key: "lift", label: zh ? "为通用语言的倍数" : "times general language", align: "right" },
        { key: "z", label: "z", align: "right" },
      ],
      rows: words.slice(0, listed).map((word) => ({
        term: word.parts.length === 0 ? word.term : zh ? `${word.term}（并入：${word.parts.join("、")}）` : `${word.term} (with: ${word.parts.join(", ")})`,
        docs: integer(word.docs, language),
        share: texts.all < least ? "—" : share(word.docs / texts.all, language),
        lift: `${word.listed ? "" : "≥ "}${times(word.lift, language)}`,
        z: round(word.z, 1).toFixed(1),
      })),
    },
  };
}

/** Below 10 with one decimal, else whole. */
const times = (lift: number | null, language: Language): string => (lift !== null && lift < 10 ? round(lift, 1).toFixed(1) : integer(lift, language));

/** For each word the share of media texts and of public texts that hold it, joined by a line. */
function sides({ contrast, texts }: Data, language: Language): Chart {
  const zh = language === "zh";
  const field = (name: "media" | "public") => nameOf("field", name, language);
  const words = [
    ...contrast.media.map(({ term, docs, other, z }) => ({ side: "media" as const, term, media: docs, public: other, z })),
    ...contrast.public.map(({ term, docs, other, z }) => ({ side: "public" as const, term, media: other, public: docs, z })),
  ];
  const of = (count: number, name: "media" | "public") => count / texts[name];
  const named = (side: "media" | "public") => contrast[side].slice(0, 2).map(({ term }) => `“${term}”`).join(zh ? "" : ", ");
  const parts = (["media", "public"] as const).filter((side) => contrast[side].length > 0).map((side) => (zh ? `${field(side)}偏重${named(side)}` : `${field(side)}: ${named(side)}`));
  return {
    id: "hot-words-contrast",
    title: parts.join(zh ? "，" : "; "),
    note: zh
      ? `含该词的文本占各自文本的比例；n = 媒体 ${integer(texts.media, language)} 篇，民间 ${integer(texts.public, language)} 篇；先列媒体更常用的词，后列民间更常用的词，各按 z 值`
      : `share of each side's texts with the word; n = media ${integer(texts.media, language)}, public ${integer(texts.public, language)} texts; first the words media use more, then the public's, by z`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values: words.map((word) => ({ term: word.term, media: of(word.media, "media"), public: of(word.public, "public") })) },
        encoding: { y: { field: "term", type: "nominal", sort: null, axis: { title: null, grid: true } } },
        layer: [
          { mark: { type: "rule", strokeWidth: 2, color: palette.muted }, encoding: { x: { field: "media", type: "quantitative", axis: { title: null, format: "~%" } }, x2: { field: "public" } } },
          {
            transform: [{ fold: ["media", "public"], as: ["field", "share"] }, { calculate: `datum.field === 'media' ? '${field("media")}' : '${field("public")}'`, as: "name" }],
            mark: { type: "point" },
            encoding: {
              x: { field: "share", type: "quantitative" },
              color: { field: "name", type: "nominal", scale: { domain: [field("media"), field("public")], range: [palette.media, palette.public] } },
              shape: { field: "name", type: "nominal", scale: { domain: [field("media"), field("public")], range: ["circle", "diamond"] } },
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
      rows: words.map((word) => ({
        term: word.term,
        side: field(word.side),
        media: cell(word.media, of(word.media, "media"), language),
        public: cell(word.public, of(word.public, "public"), language),
        z: round(word.z, 1).toFixed(1),
      })),
    },
  };
}

const cell = (count: number, value: number, language: Language): string => (language === "zh" ? `${integer(count, language)}（${share(value, language)}）` : `${integer(count, language)} (${share(value, language)})`);

function hashtags(tags: Data["tags"], language: Language): Chart {
  const zh = language === "zh";
  const rows = tags.map(({ tag, posts, author_days }) => ({ tag: `#${tag}#`, posts, author_days, text: integer(author_days, language) }));
  return {
    id: "hot-words-tags",
    title: zh ? `话题标签以${rows[0]!.tag}等居前` : `${rows[0]!.tag} is among the most used hashtags`,
    note: zh ? `每账号每天计一次；列前 ${rows.length} 个` : `an account counts once a day; first ${rows.length}`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values: rows },
        encoding: { y: { field: "tag", type: "nominal", sort: null, axis: { title: null, labelLimit: 260 } }, x: { field: "author_days", type: "quantitative", scale: { domain: [0, rows[0]!.author_days * 1.1], nice: false }, axis: { title: null, format: "~s" } } },
        layer: [{ mark: { type: "bar" } }, { mark: { type: "text", align: "left", dx: 4 }, encoding: { text: { field: "text" } } }],
        height: { step: 24 },
      },
    },
    table: {
      columns: [
        { key: "tag", label: zh ? "话题标签" : "hashtag" },
        { key: "author_days", label: zh ? "每账号每天计一次" : "one per account and day", align: "right" },
        { key: "posts", label: zh ? "帖文数" : "posts", align: "right" },
      ],
      rows: tags.map(({ tag, posts, author_days }) => ({ tag: `#${tag}#`, author_days: integer(author_days, language), posts: integer(posts, language) })),
    },
  };
}
