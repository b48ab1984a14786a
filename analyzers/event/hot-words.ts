import { z } from "zod";
import type { EventAnalyzer, Figure, Table } from "../contract.ts";
import { lift, logOddsZ, type Rate } from "../keyness.ts";
import { mergePhrases } from "../phrases.ts";
import type { EventConfig } from "../../pipeline/config.ts";
import { fields, type Field } from "../../pipeline/schema.ts";

const options = z.strictObject({
  top: z.number().int().min(1).max(200).default(60).describe("hot words kept, highest z first"),
  listed: z.number().int().min(5).max(60).default(20).describe("hot words that become figures"),
  contrast: z.number().int().min(1).max(60).default(10).describe("words kept per side of the contrast of media and public"),
  least: z.number().int().min(1).default(20).describe("least texts of media and of public for the contrast"),
  tags: z.number().int().min(1).max(100).default(15).describe("hashtags kept"),
  z: z.number().min(0).default(3.3).describe("least z-score of the log-odds"),
  docs: z.number().int().min(1).default(5).describe("least number of texts that hold the word, and least account-days of a hashtag"),
  docsShare: z.number().min(0).max(1).default(0.0005).describe("least share of texts that hold the word"),
  lift: z.number().min(0).default(1.5).describe("least ratio of relative frequencies"),
  prior: z.number().positive().default(500).describe("weight α0 of the Dirichlet prior, in words"),
  carried: z.number().min(0.5).max(1).default(0.6).describe("share of both from which a longer word takes in a shorter one that is part of it"),
});
type Options = z.infer<typeof options>;

const scores = { z: z.number(), lift: z.number().nullable(), parts: z.array(z.string()) };
const contrasted = z.array(z.object({ term: z.string(), ...scores, docs: z.number(), other: z.number() }));
const data = z.object({
  /** Distinct texts (same words of one author on one day count once) with own words; media and public among them. */
  texts: z.object({ all: z.number(), media: z.number(), public: z.number() }),
  /** Highest z first. docs: texts that hold the word. lift: against general language; a lower bound when `listed` is false (the general list lacks the word). parts: shorter words merged into this one. */
  words: z.array(z.object({ term: z.string(), ...scores, docs: z.number(), listed: z.boolean() })),
  /** Query words and subjects of event.yaml that occur, most texts first. */
  given: z.array(z.object({ term: z.string(), docs: z.number() })),
  /** Words that media use more than the public, and the reverse; other: texts of the other side; lift null: the other side does not use it. */
  contrast: z.object({ media: contrasted, public: contrasted }),
  /** Most author-days first. posts: with the hashtag. author_days: an account counts once a day. */
  tags: z.array(z.object({ tag: z.string(), posts: z.number(), author_days: z.number() })),
});
type Data = z.infer<typeof data>;

/** Counts of the background table are per this many words of general language. */
const backgroundTotal = 100_000_000;

export const hotWords: EventAnalyzer<Options, Data> = {
  id: "hot-words",
  question: { zh: "大家在说什么词？", en: "Which words stand out?" },
  requires: {
    terms: ["field", "term", "docs"],
    term_totals: ["field", "docs", "texts"],
    background: ["term", "count"],
    tags: ["tag", "posts", "author_days"],
    volume: ["posts", "worded"],
  },
  after: [],
  options,
  data,
  analyze({ terms, term_totals, background, tags, volume }, options, { event }) {
    const counts = countTerms(terms!);
    const totals = countTotals(term_totals!);
    const texts = { all: sum([...totals.values()].map((total) => total.texts)), media: totals.get("media")!.texts, public: totals.get("public")!.texts };
    const unavailable = texts.all > 0 && background!.length === 0;
    const isGiven = givenWords(event);
    const free = [...counts.values()].filter(({ term }) => !isGiven(term));
    const words = unavailable ? [] : hot(free, sum([...totals.values()].map((total) => total.docs)), texts.all, background!, options);
    const found: Data = {
      texts,
      words: words.slice(0, options.top),
      given: [...counts.values()].filter(({ term }) => isGiven(term)).map(({ term, docs }) => ({ term, docs })).sort((a, b) => b.docs - a.docs || byCodePoint(a.term, b.term)),
      contrast: { media: contrast(free, "media", "public", totals, options), public: contrast(free, "public", "media", totals, options) },
      tags: rankTags(tags!).filter(({ author_days }) => author_days >= options.docs).slice(0, options.tags),
    };
    return {
      status: texts.all === 0 ? "empty" : unavailable ? "unavailable" : "ok",
      reason: texts.all === 0 ? { zh: "没有带本人文字的帖文", en: "no posts with own words" } : unavailable ? { zh: "没有通用语言的词频表，无从比较", en: "there is no table of general word frequencies to compare with" } : null,
      lens: "posts",
      coverage: { posts: sum(volume!.map((row) => row.worded as number)), of: sum(volume!.map((row) => row.posts as number)) },
      method: method(options),
      figures: figures(found, options),
      data: found,
    };
  },
};

interface TermCounts {
  term: string;
  docs: number;
  byField: Map<Field, number>;
}

function countTerms(rows: Table): Map<string, TermCounts> {
  const counts = new Map<string, TermCounts>();
  for (const row of rows) {
    const term = row.term as string;
    const entry = counts.get(term) ?? { term, docs: 0, byField: new Map() };
    entry.docs += row.docs as number;
    entry.byField.set(row.field as Field, (entry.byField.get(row.field as Field) ?? 0) + (row.docs as number));
    counts.set(term, entry);
  }
  return counts;
}

function countTotals(rows: Table): Map<Field, { docs: number; texts: number }> {
  const totals = new Map(fields.map((field) => [field, { docs: 0, texts: 0 }]));
  for (const row of rows) {
    const total = totals.get(row.field as Field)!;
    total.docs += row.docs as number;
    total.texts += row.texts as number;
  }
  return totals;
}

/** True for words of the query and the subjects, and for pieces of them that the segmenter cut. */
function givenWords({ query, subjects }: EventConfig): (term: string) => boolean {
  const words = [...query, ...subjects.flatMap(({ name, aliases }) => [name, ...aliases])].map(fold);
  return (term) => words.some((word) => word.includes(fold(term)));
}
const fold = (text: string): string => text.normalize("NFKC").toLowerCase();

function hot(terms: readonly TermCounts[], total: number, texts: number, background: Table, options: Options): Data["words"] {
  const general = new Map(background.map((row) => [row.term as string, row.count as number]));
  // A word that the list lacks is at most as frequent as the rarest word of the list: its z and lift are understated, never overstated.
  const rarest = background.reduce((least, row) => Math.min(least, row.count as number), backgroundTotal);
  const ranked = terms.map(({ term, docs }) => {
    const target = { count: docs, total };
    const reference = { count: general.get(term) ?? rarest, total: backgroundTotal };
    return { term, docs, ...keyness(target, reference, options), listed: general.has(term) };
  });
  return mergePhrases(ranked.filter((word) => passes(word, texts, options)).sort(byZ), options.carried);
}

function contrast(terms: readonly TermCounts[], side: "media" | "public", opposite: "media" | "public", totals: Map<Field, { docs: number; texts: number }>, options: Options): Data["contrast"]["media"] {
  const here = totals.get(side)!;
  const there = totals.get(opposite)!;
  if (here.texts < options.least || there.texts < options.least || here.docs === 0 || there.docs === 0) return [];
  const ranked = terms.map(({ term, byField }) => {
    const docs = byField.get(side) ?? 0;
    const other = byField.get(opposite) ?? 0;
    return { term, docs, other, ...keyness({ count: docs, total: here.docs }, { count: other, total: there.docs }, options) };
  });
  return mergePhrases(ranked.filter((word) => passes(word, here.texts, options)).sort(byZ), options.carried).slice(0, options.contrast);
}

const keyness = (target: Rate, reference: Rate, { prior }: Options) => ({ z: logOddsZ(target, reference, prior), lift: lift(target, reference) });

function passes(word: { docs: number; z: number; lift: number | null }, texts: number, options: Options): boolean {
  return word.z >= options.z && word.docs >= Math.max(options.docs, options.docsShare * texts) && (word.lift === null || word.lift >= options.lift);
}

function rankTags(rows: Table): Data["tags"] {
  const tags = new Map<string, Data["tags"][number]>();
  for (const row of rows) {
    const tag = row.tag as string;
    const entry = tags.get(tag) ?? { tag, posts: 0, author_days: 0 };
    entry.posts += row.posts as number;
    entry.author_days += row.author_days as number;
    tags.set(tag, entry);
  }
  return [...tags.values()].sort((a, b) => b.author_days - a.author_days || b.posts - a.posts || byCodePoint(a.tag, b.tag));
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byZ = (a: { z: number; docs: number; term: string }, b: { z: number; docs: number; term: string }): number => b.z - a.z || b.docs - a.docs || byCodePoint(a.term, b.term);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function figures({ texts, words, given, contrast, tags }: Data, { listed }: Options): Figure[] {
  return [
    count("texts", { zh: "有自身文字的文本", en: "texts with own words" }, texts.all, null, { worded: 1 }),
    ...words.slice(0, listed).map(({ term, docs }) => count(`term.docs.${term}`, { zh: `含“${term}”的文本`, en: `texts with “${term}”` }, docs, texts.all, { term })),
    ...given.map(({ term, docs }) => count(`given.docs.${term}`, { zh: `含“${term}”的文本（检索词或涉事主体）`, en: `texts with “${term}” (query word or subject)` }, docs, texts.all, { term })),
    ...(["media", "public"] as const).flatMap((field) =>
      contrast[field].map(({ term, docs }) => count(`${field}.docs.${term}`, { zh: `${field === "media" ? "媒体" : "民间"}含“${term}”的文本`, en: `texts with “${term}”, ${field}` }, docs, texts[field], { field, term })),
    ),
    ...tags.map(({ tag, author_days }) => count(`tag.author_days.${tag}`, { zh: `带“#${tag}#”的帖文，每账号每天计一次`, en: `posts with #${tag}#, one per account and day` }, author_days, null, { tag, author_first: 1 })),
  ];
}

function count(key: string, label: Figure["label"], value: number, of: number | null, filter: Figure["filter"]): Figure {
  return { key, label, value, unit: "count", of, interval: null, filter, estimate: false };
}

const percent = (share: number): string => `${Number((share * 100).toFixed(4))}%`;

function method({ prior, z, docs, docsShare, lift, carried, least }: Options) {
  return {
    zh: `文本：有自身文字的帖文，同一账号同日的相同文字计一次；一个词在一篇文本中计一次。与通用语言词频（每亿词）比较，按带信息先验的对数几率比排序（Monroe 等 2008，α0 = ${prior}）；入选须 z ≥ ${z}、文本数 ≥ max(${docs}, ${percent(docsShare)})、频率比 ≥ ${lift}。词表中没有的词按词表最低频计，其频率比为下限。长词占长短两词合计 ${percent(carried)} 以上时，短词并入长词。检索词与涉事主体另列。媒体与民间的对照用同一方法，互为参照，一方不足 ${least} 篇则不作对照。话题标签按“每账号每天一次”排序。`,
    en: `Texts: posts with own words, the same words of an account on a day counted once; a word counts once a text. Compared with general language (per 10^8 words) by log-odds with an informative Dirichlet prior (Monroe et al. 2008, α0 = ${prior}); shown if z ≥ ${z}, texts ≥ max(${docs}, ${percent(docsShare)}), frequency ratio ≥ ${lift}. A word that the general list lacks counts as its rarest word, so its ratio is a lower bound. A part is merged into a longer word that makes up ${percent(carried)} of both. Query words and subjects are listed apart. Media and public are contrasted the same way, each against the other, given ${least} texts of both. Hashtags are ranked by accounts per day, at least ${docs}.`,
  };
}
