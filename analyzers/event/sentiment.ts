import { z } from "zod";
import type { EventAnalyzer, Figure } from "../contract.ts";
import { emotions, fields, polarities, type Field, type Polarity } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";
import { wilson } from "../statistics.ts";

const options = z.strictObject({
  platforms: z.number().int().min(0).max(20).default(6).describe("platforms compared, largest first"),
  platformPosts: z.number().int().min(20).default(50).describe("posts of known polarity below which a platform is left out"),
  gap: z.number().min(0).max(1).default(0.05).describe("difference of two negative shares below which they are not compared"),
  longSpanDays: z.number().int().min(1).default(10).describe("span above which time bins are days instead of hours"),
});

const interval = z.tuple([z.number(), z.number()]).nullable();
const part = { posts: z.number(), share: z.number(), interval };
const split = {
  /** Posts of known polarity: the denominator of the shares. */
  known: z.number(),
  /** Effective sample size of the intervals: an author counts once a day; never above `known`. Below 20 no share may be told. */
  effective: z.number(),
  /** positive, neutral, negative. Shares add up to 1. */
  polarities: z.array(z.object({ polarity: z.enum(polarities), ...part })),
};
const data = z.object({
  /** media, official, public: those that have posts with own text. */
  fields: z.array(
    z.object({
      field: z.enum(fields),
      ...split,
      /** Posts with own text that give no basis for a polarity. */
      unknown: z.number(),
      /** Largest first. */
      emotions: z.array(z.object({ emotion: z.enum(emotions), ...part })),
    }),
  ),
  /** Negative share of the public minus that of the media, in [−1, 1]. separated: the intervals do not overlap and the gap reaches the option. Null when either has fewer than 20 effective posts. */
  gap: z.object({ value: z.number(), interval: z.tuple([z.number(), z.number()]), separated: z.boolean() }).nullable(),
  /** Largest first. */
  platforms: z.array(z.object({ platform: z.string(), ...split })),
  time: z.object({
    unit: z.enum(["hour", "day"]),
    /** Sorted by start, then field. start_ms: start of the bin in local time, as milliseconds since 1970-01-01 00:00 local. Only bins with posts of known polarity. */
    bins: z.array(z.object({ start_ms: z.number(), field: z.enum(fields), known: z.number(), negative: z.number(), interval })),
    /** Posts of known polarity whose time is not known well enough for the bins. */
    left_out: z.number(),
  }),
});
type Data = z.infer<typeof data>;
interface Row {
  day: number | null;
  slot: number | null;
  platform: string | null;
  field: Field;
  polarity: Polarity | null;
  emotion: (typeof emotions)[number] | null;
  posts: number;
  author_days: number;
}

/** Effective posts below which no share is told: counts instead. */
export const least = 20;

export const sentiment: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "sentiment",
  question: { zh: "媒体和民间各是什么情绪？", en: "What is the mood of the media and of the public?" },
  requires: { sentiment: ["day", "slot", "platform", "field", "polarity", "emotion", "posts", "author_days"], coverage: ["posts"] },
  after: [],
  options,
  data,
  analyze({ sentiment, coverage }, options) {
    const rows = sentiment as unknown as Row[];
    const total = coverage!.reduce((posts, row) => posts + (row.posts as number), 0);
    const judged = rows.filter((row) => row.polarity !== null);
    const known = sum(judged, "posts");
    const byField = fields.flatMap((field) => fieldOf(field, rows.filter((row) => row.field === field)));
    const found: Data = {
      fields: byField,
      gap: gapOf(byField, options.gap),
      platforms: platformsOf(judged).filter((row) => row.known >= options.platformPosts).slice(0, options.platforms),
      time: timeOf(judged, options.longSpanDays),
    };
    return {
      status: total === 0 ? "empty" : known === 0 ? "unavailable" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : known === 0 ? { zh: "没有一条帖文带有可判断情绪的文字", en: "no post has text that a mood could be read from" } : null,
      lens: "posts",
      coverage: { posts: known, of: total },
      method: {
        zh: "模型估计：按词典、否定词、程度词和表情给每条帖文打分，未经人工核对。只计有自己文字的帖文，转发的原文不算。区间为 95% Wilson 区间，有效样本量取「每作者每天一次」的帖文数，只含抽样误差；词典法本身的误差不在其中，对新闻语体和口语可能不同，同类方法的占比误差平均可达 9 至 14 个百分点。",
        en: "Model estimate: each post is scored by lexicon, negation, degree words and emoticons; nobody has checked the labels. Only posts with own text count; text reposted from others does not. Intervals are 95 % Wilson intervals whose sample size counts an author once a day; they hold sampling error only. The error of the lexicon itself is not in them and may differ between news prose and chat: shares by such methods are off by 9 to 14 points on average.",
      },
      figures: figuresOf(found),
      data: found,
    };
  },
};

function sum(rows: readonly Row[], measure: "posts" | "author_days"): number {
  return rows.reduce((total, row) => total + row[measure], 0);
}

const effectiveOf = (rows: readonly Row[]): number => Math.min(sum(rows, "posts"), sum(rows, "author_days"));

function shareOf(posts: number, known: number, effective: number): { posts: number; share: number; interval: [number, number] | null } {
  const share = posts / known;
  return { posts, share, interval: effective === 0 ? null : wilson(Math.min(share * effective, effective), effective) };
}

/** Share of each value of a column among rows of known polarity; [] when there are no posts, so that no share is 0/0. */
function shares<C extends "polarity" | "emotion", V extends string>(rows: readonly Row[], column: C, values: readonly V[]) {
  const known = sum(rows, "posts");
  const of = (value: V) => shareOf(sum(rows.filter((row) => (row[column] as string | null) === value), "posts"), known, effectiveOf(rows));
  return known === 0 ? [] : values.map((value) => ({ [column]: value, ...of(value) }) as Record<C, V> & ReturnType<typeof shareOf>);
}

function splitOf(judged: readonly Row[]) {
  return { known: sum(judged, "posts"), effective: effectiveOf(judged), polarities: shares(judged, "polarity", polarities) };
}

function fieldOf(field: Field, rows: readonly Row[]): Data["fields"] {
  const worded = sum(rows, "posts");
  if (worded === 0) return [];
  const judged = rows.filter((row) => row.polarity !== null);
  const ranked = shares(judged, "emotion", emotions).sort((a, b) => b.posts - a.posts || emotions.indexOf(a.emotion) - emotions.indexOf(b.emotion));
  return [{ field, ...splitOf(judged), unknown: worded - sum(judged, "posts"), emotions: ranked }];
}

function platformsOf(judged: readonly Row[]): Data["platforms"] {
  return grouped(judged.filter((row) => row.platform !== null), (row) => row.platform!)
    .map((rows) => ({ platform: rows[0]!.platform!, ...splitOf(rows) }))
    .sort((a, b) => b.known - a.known || (a.platform < b.platform ? -1 : 1));
}

function grouped(rows: readonly Row[], key: (row: Row) => string): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return [...groups.values()];
}

/** Difference of two proportions with Newcombe's hybrid score interval (Newcombe 1998, method 10). */
function gapOf(list: Data["fields"], worthwhile: number): Data["gap"] {
  const negative = (field: string) => list.find((row) => row.field === field && row.effective >= least)?.polarities.find((row) => row.polarity === "negative");
  const [a, b] = [negative("public"), negative("media")];
  if (!a?.interval || !b?.interval) return null;
  const value = a.share - b.share;
  const down = Math.hypot(a.share - a.interval[0], b.interval[1] - b.share);
  const up = Math.hypot(a.interval[1] - a.share, b.share - b.interval[0]);
  const apart = a.interval[0] > b.interval[1] || b.interval[0] > a.interval[1];
  return { value, interval: [value - down, value + up], separated: apart && Math.abs(value) >= worthwhile };
}

/** Hours, or days when the span is long or at least half of the dated posts have only a day. */
function timeOf(judged: readonly Row[], longSpanDays: number): Data["time"] {
  const dated = judged.filter((row) => row.day !== null);
  const timed = dated.filter((row) => row.slot !== null);
  const [first, last] = timed.reduce(([low, high], { slot }) => [Math.min(low, slot!), Math.max(high, slot!)], [Infinity, -Infinity]);
  const unit = sum(timed, "posts") * 2 > sum(dated, "posts") && last - first <= longSpanDays * 144 ? "hour" : "day";
  const used = unit === "hour" ? timed : dated;
  const start = (row: Row) => (unit === "hour" ? Math.floor(row.slot! / 6) * 3_600_000 : row.day! * 86_400_000);
  const bins = grouped(used, (row) => `${start(row)} ${row.field}`).map((rows) => {
    const known = sum(rows, "posts");
    const negative = sum(rows.filter((row) => row.polarity === "negative"), "posts");
    return { start_ms: start(rows[0]!), field: rows[0]!.field, known, negative, interval: shareOf(negative, known, effectiveOf(rows)).interval };
  });
  bins.sort((a, b) => a.start_ms - b.start_ms || fields.indexOf(a.field) - fields.indexOf(b.field));
  return { unit, bins, left_out: sum(judged, "posts") - sum(used, "posts") };
}

function figuresOf({ fields, gap, platforms }: Data): Figure[] {
  const out: Figure[] = [];
  for (const { field, known, unknown, polarities, emotions } of fields) {
    const judged = { field, worded: 1, polarity: polarities.map(({ polarity }) => polarity) };
    out.push(count(`field.known.${field}`, ["可判断情绪的帖文", "posts of known polarity"], [["field", field]], known, judged));
    out.push(count(`field.unknown.${field}`, ["无法判断情绪的帖文", "posts of unknown polarity"], [["field", field]], unknown, { field, worded: 1, polarity: null }));
    for (const row of polarities) {
      const filter = { ...judged, polarity: row.polarity };
      out.push(count(`field.posts.${field}.${row.polarity}`, ["帖文", "posts"], [["field", field], ["polarity", row.polarity]], row.posts, filter));
      out.push(estimate(`field.share.${field}.${row.polarity}`, [["field", field], ["polarity", row.polarity]], row, known, filter));
    }
    for (const row of emotions.filter(({ posts }) => posts > 0)) out.push(estimate(`emotion.share.${field}.${row.emotion}`, [["field", field], ["emotion", row.emotion]], row, known, { ...judged, emotion: row.emotion }));
  }
  if (gap) out.push({ key: "gap.negative", label: { zh: "民间减媒体的负面占比（模型估计）", en: "negative share, public minus media (model estimate)" }, value: gap.value, unit: "points", of: null, interval: gap.interval, filter: null, estimate: true });
  for (const { platform, known, polarities } of platforms) {
    const row = polarities.find(({ polarity }) => polarity === "negative")!;
    out.push(estimate(`platform.share.${platform}.negative`, [["platform", platform], ["polarity", "negative"]], row, known, { platform, worded: 1, polarity: "negative" }));
  }
  return out;
}

/** Names of keys in both languages: 「民间负面」, "public negative". */
function label(keys: [group: string, key: string][], tail: [zh: string, en: string]): Figure["label"] {
  const words = (language: "zh" | "en") => keys.map(([group, key]) => nameOf(group, key, language));
  return { zh: [...words("zh"), tail[0]].join(""), en: [...words("en"), tail[1]].join(" ") };
}

function count(key: string, what: [string, string], keys: [string, string][], value: number, filter: Figure["filter"]): Figure {
  return { key, label: label(keys, what), value, unit: "posts", of: null, interval: null, filter, estimate: false };
}

function estimate(key: string, keys: [string, string][], row: { share: number; interval: [number, number] | null }, of: number, filter: Figure["filter"]): Figure {
  return { key, label: label(keys, ["占比（模型估计）", "share (model estimate)"]), value: row.share, unit: "share", of, interval: row.interval, filter, estimate: true };
}
