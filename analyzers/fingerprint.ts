import { z } from "zod";
import type { Message } from "../pipeline/errors.ts";
import type { Context, Figure, Table } from "./contract.ts";
import { phases as phasesAnalyzer } from "./event/phases.ts";
import { sentiment as sentimentAnalyzer } from "./event/sentiment.ts";
import { timeSeries } from "./series.ts";
import { quantile, wilson } from "./statistics.ts";

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);

/** What is kept of a finished case: a few plain numbers, no text, no account. null = not known from that data, never zero. */
export const fingerprintSchema = z.strictObject({
  posts: count,
  /** Known reposts, comments and likes; null when no post has any count. */
  engagement: count.nullable(),
  authors: count.nullable(),
  /** Posts in the 24 hours from the first one; strays far from the event do not count as first. null when the data ends earlier or knows days only. */
  first_day: count.nullable(),
  /** From the begin of growth to the peak, and from the highest rate until it falls below half; in hours. */
  rise_hours: z.number().nullable(),
  halving_hours: z.number().min(0).nullable(),
  repost_share: share.nullable(),
  /** Provinces with a known account, and known platforms. */
  provinces: count.nullable(),
  platforms: count.nullable(),
  /** Share of negative posts, only when labels by hand stand behind it. */
  negative_share: share.nullable(),
});
export type Fingerprint = z.infer<typeof fingerprintSchema>;
export type Measure = keyof Fingerprint;

export const measures: Record<Measure, { name: Message; unit: Figure["unit"] }> = {
  posts: { name: { zh: "发布量", en: "posts" }, unit: "posts" },
  engagement: { name: { zh: "互动量", en: "engagement" }, unit: "count" },
  authors: { name: { zh: "参与账号数", en: "accounts" }, unit: "authors" },
  first_day: { name: { zh: "首日声量", en: "posts in the first 24 hours" }, unit: "posts" },
  rise_hours: { name: { zh: "发展期起点至最多时段", en: "from growth to the peak" }, unit: "hours" },
  halving_hours: { name: { zh: "速率减半用时", en: "until the rate halves" }, unit: "hours" },
  repost_share: { name: { zh: "转发占比", en: "share of reposts" }, unit: "share" },
  provinces: { name: { zh: "涉及省份", en: "provinces" }, unit: "count" },
  platforms: { name: { zh: "涉及平台", en: "platforms" }, unit: "count" },
  negative_share: { name: { zh: "负面占比（经抽查）", en: "share of negative posts (checked by hand)" }, unit: "share" },
};
export const measureNames = Object.keys(measures) as Measure[];

/** What `fingerprintOf` reads, besides the findings of phases and sentiment. */
export const fingerprintTables = {
  volume: ["day", "slot", "platform", "kind", "posts", "engagement"],
  coverage: ["posts", "counted", "authored"],
  author_sizes: ["authors"],
  region_authors: ["region"],
} as const;

const slotsPerDay = 144;

/** `endSlot`: slot in which the event's window ends; null when it is open. */
export function fingerprintOf({ volume, coverage, author_sizes, region_authors }: Record<string, Table>, { findings }: Context, endSlot: number | null): Fingerprint {
  const posts = sum(volume!, "posts");
  const peak = phasesAnalyzer.data.safeParse(findings.get("phases")?.data).data;
  const mood = sentimentAnalyzer.data.safeParse(findings.get("sentiment")?.data).data?.all.estimate;
  const platforms = new Set(volume!.map(({ platform }) => platform).filter((platform) => platform !== null)).size;
  return {
    posts,
    engagement: sum(coverage!, "counted") === 0 ? null : sum(volume!, "engagement"),
    authors: sum(coverage!, "authored") === 0 ? null : sum(author_sizes!, "authors"),
    first_day: firstDay(volume!, endSlot)?.posts ?? null,
    rise_hours: peak === undefined || peak.cut ? null : hoursOf(findings, "peak.rise"),
    halving_hours: hoursOf(findings, "peak.halving"),
    repost_share: posts === 0 ? null : sum(volume!.filter(({ kind }) => kind === "repost"), "posts") / posts,
    provinces: region_authors!.length || null,
    platforms: platforms || null,
    negative_share: mood?.kind === "audited" ? (mood.shares?.find(({ polarity }) => polarity === "negative")?.share ?? null) : null,
  };
}

/** The 144 slots from the first post of the series, and their posts; null when the data does not reach that far. */
export function firstDay(volume: Table, endSlot: number | null): { from: number; to: number; posts: number } | null {
  const series = timeSeries(volume);
  if (series === null) return null;
  const start = series.unit === "day" ? series.start * slotsPerDay : series.start;
  const slots = volume.flatMap(({ slot, posts }) => (slot !== null && (slot as number) >= start ? [{ slot: slot as number, posts: posts as number }] : []));
  const known = slots.reduce((total, { posts }) => total + posts, 0);
  if (2 * known < sum(volume.filter(({ day }) => day !== null), "posts")) return null;
  const from = slots.reduce((first, { slot }) => Math.min(first, slot), Infinity);
  const last = slots.reduce((latest, { slot }) => Math.max(latest, slot), endSlot === null ? -Infinity : endSlot - 1);
  const to = from + slotsPerDay;
  if (last < to - 1) return null;
  return { from, to, posts: slots.reduce((total, { slot, posts }) => total + (slot < to ? posts : 0), 0) };
}

function hoursOf(findings: Context["findings"], key: string): number | null {
  const figure = findings.get("phases")?.figures.find((one) => one.key === key);
  if (figure === undefined || figure.value === null) return null;
  return figure.unit === "days" ? figure.value * 24 : figure.value;
}

const sum = (rows: Table, column: string): number => rows.reduce((total, row) => total + (row[column] as number), 0);

/** Events with the same measure below which no percentile is told. */
export const least = 30;

/** Where a value stands among those of n other events. */
export interface Place {
  n: number;
  median: number | null;
  /** Mid-rank: (events below + half of those equal) ÷ n, with Wilson's 95 % interval. Both null with fewer than `least` events. */
  percentile: number | null;
  interval: [number, number] | null;
}

export function place(value: number, others: readonly number[]): Place {
  const n = others.length;
  const sorted = [...others].sort((a, b) => a - b);
  const median = n === 0 ? null : quantile(sorted, 0.5);
  if (n < least) return { n, median, percentile: null, interval: null };
  const rank = others.filter((other) => other < value).length + others.filter((other) => other === value).length / 2;
  return { n, median, percentile: rank / n, interval: wilson(rank, n) };
}
