import { z } from "zod";
import type { Context, EventAnalyzer, Figure, Filter, Table } from "../contract.ts";
import { fields, kinds, lenses, type Lens } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";
import { phaseNames } from "../lifecycle.ts";
import { milestonesOf } from "../milestones.ts";
import { binStart, timeSeries, type Series } from "../series.ts";
import { phases as phasesAnalyzer } from "./phases.ts";

const options = z.strictObject({});

const measures = { posts: z.number(), media: z.number(), official: z.number(), public: z.number(), original: z.number(), repost: z.number(), comment: z.number() };
const data = z.object({
  /** Length of a bin in milliseconds. */
  width_ms: z.number().nullable(),
  /** Bins without holes, in order; start_ms in UTC. missing: probably not collected, by the finding of phases. */
  bins: z.array(z.object({ start_ms: z.number(), missing: z.boolean(), ...measures })),
  /** Days with posts, in order; day counts from 1970-01-01 local. Posts of known time only, also those outside the bins. */
  days: z.array(z.object({ day: z.number(), ...measures })),
  /** The day with most posts under each lens, the first of equals; null when the measure is 0 throughout. */
  peak_days: z.record(z.enum(lenses), z.object({ day: z.number(), value: z.number(), of: z.number() }).nullable()),
  /** Phases as the finding of phases has them; [] without. */
  phases: z.array(z.object({ name: z.enum(phaseNames), from_ms: z.number(), to_ms: z.number() })),
  /** Turning points, as the finding of phases has them. */
  turns: z.array(z.number()),
  milestones: z.array(z.object({ ms: z.number(), text: z.string() })),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;
type Measures = Omit<Data["days"][number], "day">;
type Row = Record<Lens, number> & { day: number | null; slot: number | null; field: (typeof fields)[number]; kind: (typeof kinds)[number] };

export const volume: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "volume",
  question: { zh: "声量有多大，随时间如何起伏？", en: "How many posts were there, and when?" },
  requires: { volume: ["day", "slot", "field", "kind", ...lenses] },
  after: ["phases"],
  options,
  data,
  analyze({ volume }, _, context) {
    const rows = volume as unknown as Row[];
    const series = timeSeries(volume!);
    const found = phasesAnalyzer.data.safeParse(context.findings.get("phases")?.data).data;
    const total = sum(rows, "posts");
    const days = byDay(rows);
    const timed = days.reduce((posts, day) => posts + day.posts, 0);
    const result: Data = {
      width_ms: series && binStart(series, 1, 0) - binStart(series, 0, 0),
      bins: series ? binsOf(rows, series, found?.gaps ?? [], context) : [],
      days,
      peak_days: Object.fromEntries(lenses.map((lens) => [lens, peakDay(rows, lens)])) as Data["peak_days"],
      phases: found?.phases.map(({ name, from_ms, to_ms }) => ({ name, from_ms, to_ms })) ?? [],
      turns: found?.turns ?? [],
      milestones: milestonesOf(context.event).map(({ ms, text }) => ({ ms, text })),
      utc_offset_ms: context.utcOffsetMs,
    };
    return {
      status: total === 0 ? "empty" : timed === 0 ? "unavailable" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : timed === 0 ? { zh: "数据没有发布时间", en: "the data has no publication times" } : null,
      lens: "posts",
      coverage: { posts: timed, of: total },
      method: {
        zh: "按发布时间的当地时间计数，含转发和评论；图中每档的宽度与「关键时期」一节相同。判为未采集的时段留空，不作零。每种计数口径各取帖数（或次数）最多的一天。",
        en: "Posts counted by local time of publication, reposts and comments included; bins are those of the phases. Spans judged not collected are left blank, they are not zeros. The peak day is taken under each way of counting.",
      },
      figures: figuresOf(rows, result, total, timed),
      data: result,
    };
  },
};

const none = (): Measures => ({ posts: 0, media: 0, official: 0, public: 0, original: 0, repost: 0, comment: 0 });

function add(to: Measures, { field, kind, posts }: Row): void {
  to.posts += posts;
  to[field] += posts;
  to[kind] += posts;
}

function binsOf(rows: readonly Row[], series: Series, gaps: readonly { from_ms: number; to_ms: number }[], { utcOffsetMs }: Context): Data["bins"] {
  const bins = series.counts.map((_, i) => {
    const start_ms = binStart(series, i, utcOffsetMs);
    return { start_ms, missing: gaps.some(({ from_ms, to_ms }) => start_ms >= from_ms && start_ms < to_ms), ...none() };
  });
  for (const row of rows) {
    const unit = row[series.unit];
    const bin = unit === null ? undefined : bins[Math.floor((unit - series.start) / series.width)];
    if (bin) add(bin, row);
  }
  return bins;
}

function byDay(rows: readonly Row[]): Data["days"] {
  const days = new Map<number, Measures>();
  for (const row of rows) {
    if (row.day === null) continue;
    if (!days.has(row.day)) days.set(row.day, none());
    add(days.get(row.day)!, row);
  }
  return [...days].map(([day, measures]) => ({ day, ...measures })).sort((a, b) => a.day - b.day);
}

function peakDay(rows: readonly Row[], lens: Lens): { day: number; value: number; of: number } | null {
  const days = new Map<number, number>();
  for (const row of rows) if (row.day !== null) days.set(row.day, (days.get(row.day) ?? 0) + row[lens]);
  const [first] = [...days].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return first && first[1] > 0 ? { day: first[0], value: first[1], of: [...days.values()].reduce((total, value) => total + value, 0) } : null;
}

function sum(rows: Table | readonly Row[], lens: Lens): number {
  return rows.reduce((total, row) => total + (row[lens] as number), 0);
}

function figuresOf(rows: readonly Row[], { peak_days, utc_offset_ms }: Data, total: number, timed: number): Figure[] {
  const count = (key: string, zh: string, en: string, value: number, unit: "posts" | "count", filter: Filter | null): Figure => ({ key, label: { zh, en }, value, unit, of: null, interval: null, filter, estimate: false });
  const share = (key: string, zh: string, en: string, value: number, of: number, filter: Filter | null): Figure => ({ key, label: { zh, en }, value: of === 0 ? null : value / of, unit: "share", of, interval: null, filter, estimate: false });
  const unit = (lens: Lens) => (lens === "posts" || lens === "originals" ? "posts" : "count");
  const part = (column: "field" | "kind", key: string): Figure[] => {
    const posts = sum(rows.filter((row) => row[column] === key), "posts");
    const [zh, en] = [nameOf(column, key, "zh"), nameOf(column, key, "en")];
    return [count(`${column}.posts.${key}`, `${zh}帖文`, `posts, ${en}`, posts, "posts", { [column]: key }), share(`${column}.share.${key}`, `${zh}占比`, `share, ${en}`, posts, total, { [column]: key })];
  };
  return [
    count("posts.timed", "有发布时间的帖文", "posts with a time", timed, "posts", null),
    ...lenses.map((lens) => count(`total.${lens}`, nameOf("lens", lens, "zh"), nameOf("lens", lens, "en"), sum(rows, lens), unit(lens), lens === "posts" ? {} : lens === "originals" ? { kind: "original" } : lens === "author_days" ? { author_first: 1 } : null)),
    ...fields.flatMap((field) => part("field", field)),
    ...kinds.flatMap((kind) => part("kind", kind)),
    ...lenses.flatMap((lens) => {
      const peak = peak_days[lens];
      if (!peak) return [];
      const filter = { day: peak.day, ...(lens === "originals" ? { kind: "original" } : lens === "author_days" ? { author_first: 1 } : {}) };
      const [zh, en] = [nameOf("lens", lens, "zh"), nameOf("lens", lens, "en")];
      return [
        { key: `peak.day.${lens}`, label: { zh: `${zh}最多的一天`, en: `peak day, ${en}` }, value: peak.day * 86_400_000 - utc_offset_ms, unit: "ms" as const, of: null, interval: null, filter, estimate: false },
        count(`peak.value.${lens}`, `${zh}，最多的一天`, `${en} on the peak day`, peak.value, unit(lens), filter),
        share(`peak.share.${lens}`, `${zh}，最多的一天占比`, `share of the peak day, ${en}`, peak.value, peak.of, filter),
      ];
    }),
  ];
}
