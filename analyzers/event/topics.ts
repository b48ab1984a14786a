import { z } from "zod";
import type { EventAnalyzer, Figure, Table } from "../contract.ts";
import { wilson } from "../statistics.ts";
import { fields, type Field } from "../../pipeline/schema.ts";

const options = z.strictObject({
  least: z.number().int().min(1).default(20).describe("least posts, and least account-days, of a field for shares; below, counts only"),
  gap: z.number().min(0).max(1).default(0.1).describe("least difference of shares between media and public to be reported as an agenda gap"),
});
type Options = z.infer<typeof options>;

const cell = z.object({
  posts: z.number(),
  /** Of the field's posts with own words; null when the field has too few. */
  share: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
});
const field = z.object({
  /** Posts with own words. */
  posts: z.number(),
  /** The same, an account counted once a day: the effective sample size. */
  author_days: z.number(),
  /** Whether the field has enough of both for shares. */
  shares: z.boolean(),
});
const data = z.object({
  fields: z.object({ media: field, official: field, public: field }),
  /** Most posts first; the last is topic 0 (其他: belongs to no topic) if there are such posts. name: hashtags as #…#; null for topic 0 and for a topic without a label. */
  topics: z.array(
    z.object({
      topic: z.number(),
      name: z.string().nullable(),
      keywords: z.array(z.string()),
      /** Post ids. */
      examples: z.array(z.string()),
      media: cell,
      official: cell,
      public: cell,
    }),
  ),
  /** Topics that media and public weigh differently: largest difference first. difference in (0, 1]: share in the field `higher` minus share in the other. */
  gaps: z.array(z.object({ topic: z.number(), higher: z.enum(["media", "public"]), difference: z.number(), interval: z.tuple([z.number(), z.number()]) })),
});
type Data = z.infer<typeof data>;
type Cell = z.infer<typeof cell>;
type Topic = Data["topics"][number];

export const topics: EventAnalyzer<Options, Data> = {
  id: "topics",
  question: { zh: "媒体和网民各在谈什么话题？", en: "What do media and the public talk about?" },
  requires: {
    topics: ["field", "topic", "posts", "author_days"],
    topic_labels: ["topic", "name", "hashtag", "keywords", "examples"],
    volume: ["posts"],
  },
  after: [],
  options,
  data,
  analyze({ topics, topic_labels, volume }, options) {
    const totals = fieldTotals(topics!, options);
    const list = listTopics(topics!, topic_labels!, totals);
    const posts = fields.reduce((sum, name) => sum + totals[name].posts, 0);
    const found: Data = { fields: totals, topics: list, gaps: findGaps(list, options) };
    return {
      status: posts === 0 ? "empty" : "ok",
      reason: posts === 0 ? { zh: "没有带本人文字的帖文", en: "no posts with own words" } : null,
      lens: "posts",
      coverage: { posts, of: volume!.reduce((sum, row) => sum + (row.posts as number), 0) },
      method: {
        zh: `有自身文字的帖文每条归入一个话题或“其他”（模型估计，未经人工核对）；占比的分母为该领域有自身文字的帖文，不含只转发的帖文。区间为 95% Wilson 区间，有效样本量取“每账号每天计一次”的条数，只反映抽样误差，不含归类误差。条数或有效样本量不足 ${options.least} 的领域只列条数。议题差异：占比相差 ${Number((options.gap * 100).toFixed(2))} 个百分点以上且两个区间不重叠；差的区间按 Newcombe（1998）方法 10。`,
        en: `Every post with own words belongs to one topic or to “other” (model estimate, not checked by hand); the denominator is the field's posts with own words, bare reposts left out. Intervals are 95% Wilson with one post per account and day as effective sample size; they show sampling error, not errors of the model. A field with fewer than ${options.least} gets counts only. Agenda gap: shares ${Number((options.gap * 100).toFixed(2))} points apart or more with separate intervals; interval of the difference by method 10 of Newcombe (1998).`,
      },
      figures: figures(found),
      quoted: list.flatMap(({ examples }) => examples),
      data: found,
    };
  },
};

function fieldTotals(rows: Table, { least }: Options): Data["fields"] {
  const total = (name: Field) => {
    const own = rows.filter((row) => row.field === name);
    const posts = own.reduce((sum, row) => sum + (row.posts as number), 0);
    const author_days = own.reduce((sum, row) => sum + (row.author_days as number), 0);
    return { posts, author_days, shares: posts >= least && author_days >= least };
  };
  return { media: total("media"), official: total("official"), public: total("public") };
}

function listTopics(rows: Table, labels: Table, totals: Data["fields"]): Topic[] {
  const posts = new Map<number, Record<Field, number>>();
  for (const row of rows) {
    const counts = posts.get(row.topic as number) ?? { media: 0, official: 0, public: 0 };
    counts[row.field as Field] += row.posts as number;
    posts.set(row.topic as number, counts);
  }
  const labelled = new Map(labels.map((row) => [row.topic as number, row]));
  const size = (counts: Record<Field, number>) => counts.media + counts.official + counts.public;
  return [...posts]
    .sort(([a, countsA], [b, countsB]) => Number(a === 0) - Number(b === 0) || size(countsB) - size(countsA) || a - b)
    .map(([topic, counts]) => {
      const label = topic === 0 ? undefined : labelled.get(topic);
      return {
        topic,
        name: label?.hashtag === true ? `#${label.name}#` : ((label?.name as string | undefined) ?? null),
        keywords: split(label?.keywords),
        examples: split(label?.examples),
        media: cellOf(counts.media, totals.media),
        official: cellOf(counts.official, totals.official),
        public: cellOf(counts.public, totals.public),
      };
    });
}

const split = (joined: unknown): string[] => (typeof joined === "string" && joined !== "" ? joined.split("\u0001") : []);

function cellOf(posts: number, { posts: of, author_days, shares }: Data["fields"]["media"]): Cell {
  if (!shares) return { posts, share: null, interval: null };
  return { posts, share: posts / of, interval: wilson((posts / of) * author_days, author_days) };
}

function findGaps(list: readonly Topic[], { gap }: Options): Data["gaps"] {
  const gaps = list.flatMap(({ topic, media, public: netizens }) => {
    if (topic === 0 || media.share === null || netizens.share === null) return [];
    const higher = media.share >= netizens.share ? "media" : "public";
    const [large, small] = higher === "media" ? [media, netizens] : [netizens, media];
    const difference = large.share! - small.share!;
    // 0.3 − 0.2 is a little below 0.1 in binary.
    if (difference < gap - 1e-9 || large.interval![0] <= small.interval![1]) return [];
    return [{ topic, higher, difference, interval: newcombe(large, small) } as const];
  });
  return gaps.sort((a, b) => b.difference - a.difference || a.topic - b.topic);
}

/** 95 % interval of a difference of two shares from their Wilson intervals (Newcombe 1998, Stat. Med. 17:873, method 10). */
function newcombe(large: Cell, small: Cell): [number, number] {
  const difference = large.share! - small.share!;
  const [lo, hi] = large.interval!;
  const [low, high] = small.interval!;
  return [difference - Math.hypot(large.share! - lo, high - small.share!), difference + Math.hypot(hi - large.share!, small.share! - low)];
}

function figures({ fields: totals, topics, gaps }: Data): Figure[] {
  const labels = new Map(topics.map((topic) => [topic.topic, labelOf(topic)]));
  return [
    ...fields.flatMap((name) => totalFigures(name, totals[name])),
    ...fields.flatMap((name) => ranked(topics, name).map((topic) => cellFigure(topic, name, totals[name].posts))),
    ...gaps.map(({ topic, higher, difference, interval }): Figure => {
      const label = {
        zh: `“${labels.get(topic)!.zh}”的占比，${higher === "media" ? "媒体高于民间" : "民间高于媒体"}`,
        en: `share of “${labels.get(topic)!.en}”, ${higher === "media" ? "media above public" : "public above media"}`,
      };
      return { key: `topic.gap.${topic}`, label, value: difference, unit: "points", of: null, interval, filter: null, estimate: true };
    }),
  ];
}

function totalFigures(name: Field, { posts, author_days }: Data["fields"]["media"]): Figure[] {
  const { zh, en } = fieldNames[name];
  const exact = { of: null, interval: null, estimate: false };
  return [
    { key: `worded.${name}`, label: { zh: `${zh}有自身文字的帖文`, en: `posts with own words, ${en}` }, value: posts, unit: "posts", ...exact, filter: { field: name, worded: 1 } },
    { key: `effective.${name}`, label: { zh: `${zh}有自身文字的帖文，每账号每天计一次`, en: `posts with own words, one per account and day, ${en}` }, value: author_days, unit: "count", ...exact, filter: { field: name, worded: 1, author_first: 1 } },
  ];
}

/** Topics that a field has, most posts first, 其他 last. */
export function ranked(topics: readonly Topic[], name: Field): Topic[] {
  return topics.filter((topic) => topic[name].posts > 0).sort((a, b) => Number(a.topic === 0) - Number(b.topic === 0) || b[name].posts - a[name].posts || a.topic - b.topic);
}

/** The share, or the count where the field has too few posts for shares. */
function cellFigure(topic: Topic, name: Field, of: number): Figure {
  const { posts, share, interval } = topic[name];
  const common = { label: labelOf(topic), filter: { field: name, topic: topic.topic }, estimate: true };
  if (share === null) return { key: `topic.posts.${name}.${topic.topic}`, ...common, value: posts, unit: "posts", of: null, interval: null };
  return { key: `topic.share.${name}.${topic.topic}`, ...common, value: share, unit: "share", of, interval };
}

const fieldNames = { media: { zh: "媒体", en: "media" }, official: { zh: "政务", en: "government accounts" }, public: { zh: "民间", en: "public" } };

export function labelOf({ topic, name }: { topic: number; name: string | null }): Figure["label"] {
  if (topic === 0) return { zh: "其他", en: "other" };
  return { zh: name ?? `话题 ${topic}`, en: name ?? `topic ${topic}` };
}
