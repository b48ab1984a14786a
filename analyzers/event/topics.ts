import { z } from "zod";
import type { Context, EventAnalyzer, Figure, Filter, Table } from "../contract.ts";
import { wilson } from "../statistics.ts";
import { phaseWords, phases as phasesAnalyzer } from "./phases.ts";
import { fields, type Field } from "../../pipeline/schema.ts";

const options = z.strictObject({
  least: z.number().int().min(1).default(20).describe("least posts, and least account-days, of a field for shares; below, counts only"),
  gap: z.number().min(0).max(1).default(0.1).describe("least difference of shares between media and public to be reported as an agenda gap"),
  stable: z.number().min(0).max(1).default(0.6).describe("least mean Jaccard agreement with topics learnt from other samples for a topic to be called stable"),
  phaseTopics: z.number().int().min(1).max(30).default(8).describe("topics listed of each phase"),
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
  /** Most posts first; then loose ones, topic 0 (其他: belongs to no topic) and topic −1 (too short to tell) if there are such posts. name: hashtags as #…#; null for these and for a topic without a label. */
  topics: z.array(
    z.object({
      topic: z.number(),
      name: z.string().nullable(),
      /** Of one kind only in this sample of the texts and without words that belong together, or with words that few of its texts hold: 未成话题, shown after the topics and never named. */
      loose: z.boolean(),
      keywords: z.array(z.string()),
      /** Post ids. */
      examples: z.array(z.string()),
      media: cell,
      official: cell,
      public: cell,
      /** Mean Jaccard agreement, in [0, 1], with the topics learnt from other samples of the texts, and whether that reaches options.stable; null for topics 0 and −1. */
      stability: z.number().nullable(),
      stable: z.boolean().nullable(),
      /** Local days since 1970-01-01: the first with a post, and the one with most (the first of equals). Null when no post has a time. */
      first_day: z.number().nullable(),
      peak: z.object({ day: z.number(), posts: z.number() }).nullable(),
    }),
  ),
  /** The loose ones together; null when there are none. */
  loose: z.object({ media: cell, official: cell, public: cell }).nullable(),
  /** Days with posts with own words, in order; topics in the order above, without those that have no post that day. */
  days: z.array(z.object({ day: z.number(), topics: z.array(z.object({ topic: z.number(), posts: z.number() })) })),
  /** Phases that hold the noon of a day at least, in order; posts with own words of the days [from_day, to_day), and the largest topics of these days, without loose ones and 其他. share: null where there are too few posts. */
  phases: z.array(
    z.object({
      name: z.string(),
      from_day: z.number(),
      to_day: z.number(),
      ...field.shape,
      topics: z.array(z.object({ topic: z.number(), ...cell.shape })),
    }),
  ),
  utc_offset_ms: z.number(),
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
    topics: ["day", "field", "topic", "posts", "author_days"],
    topic_labels: ["topic", "name", "hashtag", "loose", "stability", "keywords", "examples"],
    volume: ["posts"],
  },
  after: ["phases"],
  options,
  data,
  analyze({ topics, topic_labels, volume }, options, context) {
    const totals = fieldTotals(topics!, options);
    const list = listTopics(topics!, topic_labels!, totals, options);
    const posts = fields.reduce((sum, name) => sum + totals[name].posts, 0);
    const found: Data = { fields: totals, topics: list, loose: looseOf(list, totals), days: daysOf(topics!, list), phases: phasesOf(topics!, list, options, context), utc_offset_ms: context.utcOffsetMs, gaps: findGaps(list, options) };
    return {
      status: posts === 0 ? "empty" : "ok",
      reason: posts === 0 ? { zh: "没有带本人文字的帖文", en: "no posts with own words" } : null,
      lens: "posts",
      coverage: { posts, of: volume!.reduce((sum, row) => sum + (row.posts as number), 0) },
      method: {
        zh: `有自身文字的帖文每条归入一个话题或“其他”（模型估计，未经人工核对），可辨的字词太少（词计 2，话题标签计 4，单字计 1，合计不足 4；标签里的词也计，检索词和主体名不计）的列为“太短”，除非它评论或转发的帖文已归入话题，则随其归入（事件的帖文半数以上都在同一条帖文之下时不随）；占比的分母为该领域有自身文字的帖文，不含只转发的帖文。区间为 95% Wilson 区间，有效样本量取“每账号每天计一次”的条数，只反映抽样误差，不含归类误差。条数或有效样本量不足 ${options.least} 的领域只列条数。议题差异：占比相差 ${Number((options.gap * 100).toFixed(2))} 个百分点以上且两个区间不重叠；差的区间按 Newcombe（1998）方法 10。话题由十二个（不超过 500 篇文本时五个）随机样本各自学得的混合模型取其一致；与各样本话题的平均 Jaccard 一致度不足 ${options.stable} 的标为“不稳”（Hennig 2007），其边界换一批样本就会移动；一致度不足 0.4 且最能代表它的五个词两两归一化点互信息均值不足 0.1 的（Lau 等，2014），或含这五个词之一的文本不足三分之一的，未成话题，不命名，列在话题之后。按天计数；阶段取当日正午所在的一个。`,
        en: `Every post with own words belongs to one topic or to “other” (model estimate, not checked by hand), or is too short (known words count 2, hashtags 4, characters 1; less than 4 in all; words inside hashtags count, query words and subjects do not), unless the post that it comments on or reposts has a topic, which it then gets (not where more than half of the event's posts stand below one post); the denominator is the field's posts with own words, bare reposts left out. Intervals are 95% Wilson with one post per account and day as effective sample size; they show sampling error, not errors of the model. A field with fewer than ${options.least} gets counts only. Agenda gap: shares ${Number((options.gap * 100).toFixed(2))} points apart or more with separate intervals; interval of the difference by method 10 of Newcombe (1998). Topics are what mixtures learnt from twelve random samples (five of up to 500 texts) agree on; one whose mean Jaccard agreement with theirs is below ${options.stable} is marked unstable (Hennig 2007): its bounds move with the sample; below 0.4, when its five most telling words have a mean normalised pointwise mutual information below 0.1 (Lau et al. 2014), or where less than a third of its texts hold one of the five, it is a loose group: not named, and listed after the topics. Counted by day; a day belongs to the phase at its noon.`,
      },
      figures: figures(found),
      quoted: list.flatMap(({ examples }) => examples),
      data: found,
    };
  },
};

const postsOf = (rows: Table): number => rows.reduce((sum, row) => sum + (row.posts as number), 0);

function fieldTotals(rows: Table, options: Options): Data["fields"] {
  const total = (name: Field) => totalOf(rows.filter((row) => row.field === name), options);
  return { media: total("media"), official: total("official"), public: total("public") };
}

function totalOf(rows: Table, { least }: Options): z.infer<typeof field> {
  const posts = postsOf(rows);
  const author_days = rows.reduce((sum, row) => sum + (row.author_days as number), 0);
  return { posts, author_days, shares: posts >= least && author_days >= least };
}

/** Posts by day, in order of time; posts without a time left out. */
function byDay(rows: Table): [day: number, posts: number][] {
  const days = new Map<number, number>();
  for (const row of rows) if (row.day !== null) days.set(row.day as number, (days.get(row.day as number) ?? 0) + (row.posts as number));
  return [...days].sort((a, b) => a[0] - b[0]);
}

function daysOf(rows: Table, list: readonly Topic[]): Data["days"] {
  const counts = new Map(list.map(({ topic }) => [topic, new Map(byDay(rows.filter((row) => row.topic === topic)))]));
  return byDay(rows).map(([day]) => ({ day, topics: list.flatMap(({ topic }) => (counts.get(topic)!.has(day) ? [{ topic, posts: counts.get(topic)!.get(day)! }] : [])) }));
}

function phasesOf(rows: Table, list: readonly Topic[], options: Options, { findings, utcOffsetMs }: Context): Data["phases"] {
  const found = phasesAnalyzer.data.safeParse(findings.get("phases")?.data).data;
  const noon = 12 * 3_600_000;
  const dayAt = (ms: number): number => Math.ceil((ms + utcOffsetMs - noon) / 86_400_000);
  return (found?.phases ?? []).flatMap(({ name, from_ms, to_ms }) => {
    const [from_day, to_day] = [dayAt(from_ms), dayAt(to_ms)];
    const own = rows.filter(({ day }) => day !== null && (day as number) >= from_day && (day as number) < to_day);
    const total = totalOf(own, options);
    if (total.posts === 0) return [];
    const topics = list.filter(isTopic).map(({ topic }) => ({ topic, ...cellOf(postsOf(own.filter((row) => row.topic === topic)), total) }));
    return [{ name, from_day, to_day, ...total, topics: topics.filter(({ posts }) => posts > 0).sort((a, b) => b.posts - a.posts || a.topic - b.topic).slice(0, options.phaseTopics) }];
  });
}

function listTopics(rows: Table, labels: Table, totals: Data["fields"], options: Options): Topic[] {
  const posts = new Map<number, Record<Field, number>>();
  for (const row of rows) {
    const counts = posts.get(row.topic as number) ?? { media: 0, official: 0, public: 0 };
    counts[row.field as Field] += row.posts as number;
    posts.set(row.topic as number, counts);
  }
  const labelled = new Map(labels.map((row) => [row.topic as number, row]));
  const size = (counts: Record<Field, number>) => counts.media + counts.official + counts.public;
  return [...posts]
    .sort(([a, countsA], [b, countsB]) => size(countsB) - size(countsA) || a - b)
    .map(([topic, counts]) => {
      const label = topic > 0 ? labelled.get(topic) : undefined;
      const stability = typeof label?.stability === "number" ? label.stability / 1_000_000 : null;
      const days = byDay(rows.filter((row) => row.topic === topic));
      const peak = [...days].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
      return {
        topic,
        name: label?.hashtag === true ? `#${label.name}#` : ((label?.name as string | undefined) ?? null),
        loose: label?.loose === true,
        keywords: split(label?.keywords),
        examples: split(label?.examples),
        media: cellOf(counts.media, totals.media),
        official: cellOf(counts.official, totals.official),
        public: cellOf(counts.public, totals.public),
        stability,
        stable: stability === null ? null : stability >= options.stable,
        first_day: days[0]?.[0] ?? null,
        peak: peak ? { day: peak[0], posts: peak[1] } : null,
      };
    })
    .sort((a, b) => rest(a) - rest(b));
}

/** 0 for topics, 1 for loose ones, 2 for 其他, 3 for too short: their order in lists. */
const rest = ({ topic, loose }: Topic): number => (topic > 0 ? Number(loose) : 2 - topic);

/** Whether it can be named as a topic: neither loose, nor 其他, nor too short. */
export const isTopic = ({ topic, loose }: Topic): boolean => topic > 0 && !loose;

function looseOf(list: readonly Topic[], totals: Data["fields"]): Data["loose"] {
  const own = list.filter(({ loose }) => loose);
  const together = (name: Field): Cell => cellOf(own.reduce((sum, topic) => sum + topic[name].posts, 0), totals[name]);
  return own.length === 0 ? null : { media: together("media"), official: together("official"), public: together("public") };
}

const split = (joined: unknown): string[] => (typeof joined === "string" && joined !== "" ? joined.split("\u0001") : []);

function cellOf(posts: number, { posts: of, author_days, shares }: Data["fields"]["media"]): Cell {
  if (!shares) return { posts, share: null, interval: null };
  return { posts, share: posts / of, interval: wilson((posts / of) * author_days, author_days) };
}

function findGaps(list: readonly Topic[], { gap }: Options): Data["gaps"] {
  const gaps = list.filter(isTopic).flatMap(({ topic, media, public: netizens }) => {
    if (media.share === null || netizens.share === null) return [];
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

function figures({ fields: totals, topics, loose, gaps, phases, utc_offset_ms }: Data): Figure[] {
  const labels = new Map(topics.map((topic) => [topic.topic, labelOf(topic)]));
  return [
    ...fields.flatMap((name) => totalFigures(name, totals[name])),
    ...fields.flatMap((name) => ranked(topics, name).map((topic) => cellFigure(topic, name, totals[name].posts))),
    ...(loose === null ? [] : fields.flatMap((name) => (loose[name].posts > 0 ? [looseFigure(loose[name], name, totals[name].posts, topics)] : []))),
    ...gaps.map(({ topic, higher, difference, interval }): Figure => {
      const label = {
        zh: `“${labels.get(topic)!.zh}”的占比，${higher === "media" ? "媒体高于民间" : "民间高于媒体"}`,
        en: `share of “${labels.get(topic)!.en}”, ${higher === "media" ? "media above public" : "public above media"}`,
      };
      return { key: `topic.gap.${topic}`, label, value: difference, unit: "points", of: null, interval, filter: null, estimate: true };
    }),
    ...topics.flatMap((topic) => (topic.topic > 0 ? timeFigures(topic, utc_offset_ms) : [])),
    ...phases.flatMap((phase) => phaseFigures(phase, labels)),
  ];
}

function timeFigures(one: Topic, utcOffsetMs: number): Figure[] {
  const { topic, first_day, peak } = one;
  if (first_day === null || peak === null) return [];
  const { zh, en } = labelOf(one);
  const common = { of: null, interval: null, estimate: true };
  const start = (day: number): number => day * 86_400_000 - utcOffsetMs;
  return [
    { key: `topic.first.${topic}`, label: { zh: `“${zh}”最早的一天`, en: `first day of “${en}”` }, value: start(first_day), unit: "ms", filter: { topic, day: first_day }, ...common },
    { key: `topic.peak.${topic}`, label: { zh: `“${zh}”最多的一天`, en: `peak day of “${en}”` }, value: start(peak.day), unit: "ms", filter: { topic, day: peak.day }, ...common },
    { key: `topic.peak.posts.${topic}`, label: { zh: `“${zh}”最多的一天`, en: `posts on the peak day of “${en}”` }, value: peak.posts, unit: "posts", filter: { topic, day: peak.day }, ...common },
  ];
}

/** Of each listed topic the share of the phase's posts with own words, or the count where these are too few. */
function phaseFigures({ name, from_day, to_day, posts: of, topics }: Data["phases"][number], labels: ReadonlyMap<number, Figure["label"]>): Figure[] {
  const day = { gte: from_day, lt: to_day };
  return topics.map(({ topic, posts, share, interval }): Figure => {
    const filter: Filter = { topic, day };
    const { zh, en } = phaseWords[name as keyof typeof phaseWords];
    const common = { label: { zh: `${zh}：${labels.get(topic)!.zh}`, en: `${en}: ${labels.get(topic)!.en}` }, filter, estimate: true };
    if (share === null) return { key: `phase.posts.${name}.${topic}`, ...common, value: posts, unit: "posts", of: null, interval: null };
    return { key: `phase.share.${name}.${topic}`, ...common, value: share, unit: "share", of, interval };
  });
}

function totalFigures(name: Field, { posts, author_days }: Data["fields"]["media"]): Figure[] {
  const { zh, en } = fieldNames[name];
  const exact = { of: null, interval: null, estimate: false };
  return [
    { key: `worded.${name}`, label: { zh: `${zh}有自身文字的帖文`, en: `posts with own words, ${en}` }, value: posts, unit: "posts", ...exact, filter: { field: name, worded: 1 } },
    { key: `effective.${name}`, label: { zh: `${zh}有自身文字的帖文，每账号每天计一次`, en: `posts with own words, one per account and day, ${en}` }, value: author_days, unit: "count", ...exact, filter: { field: name, worded: 1, author_first: 1 } },
  ];
}

/** Topics that a field has, most posts first; loose ones, 其他 and too short last. */
export function ranked(topics: readonly Topic[], name: Field): Topic[] {
  return topics.filter((topic) => topic[name].posts > 0).sort((a, b) => rest(a) - rest(b) || b[name].posts - a[name].posts || a.topic - b.topic);
}

/** The share, or the count where the field has too few posts for shares. */
function cellFigure(topic: Topic, name: Field, of: number): Figure {
  const { posts, share, interval } = topic[name];
  const common = { label: labelOf(topic), filter: { field: name, topic: topic.topic }, estimate: true };
  const kind = topic.topic < 0 ? "short" : topic.loose ? "loose" : "topic";
  if (share === null) return { key: `${kind}.posts.${name}.${topic.topic}`, ...common, value: posts, unit: "posts", of: null, interval: null };
  return { key: `${kind}.share.${name}.${topic.topic}`, ...common, value: share, unit: "share", of, interval };
}

function looseFigure({ posts, share, interval }: Cell, name: Field, of: number, topics: readonly Topic[]): Figure {
  const filter: Filter = { field: name, topic: topics.filter(({ loose }) => loose).map(({ topic }) => topic) };
  const common = { label: { zh: "未成话题的松散文本", en: "loose texts that form no topic" }, filter, estimate: true };
  if (share === null) return { key: `loose.posts.${name}`, ...common, value: posts, unit: "posts", of: null, interval: null };
  return { key: `loose.share.${name}`, ...common, value: share, unit: "share", of, interval };
}

const fieldNames = { media: { zh: "媒体", en: "media" }, official: { zh: "政务", en: "government accounts" }, public: { zh: "民间", en: "public" } };

export function labelOf({ topic, name, loose }: Topic): Figure["label"] {
  if (topic === 0) return { zh: "其他", en: "other" };
  if (topic < 0) return { zh: "太短", en: "too short" };
  if (loose) return { zh: `未成话题 ${topic}`, en: `loose group ${topic}` };
  return { zh: name ?? `话题 ${topic}`, en: name ?? `topic ${topic}` };
}
