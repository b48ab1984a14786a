import { z } from "zod";
import type { EventAnalyzer, Figure, Filter, Finding, Table } from "../contract.ts";
import { activityAt, clocks } from "../exposure.ts";
import { expectedPosts, fewestHours, fewestPosts, fitDecay, growthOf, horizons, learntDecays, outlook, priorAt, type Growth, type Hourly, type Outlook } from "../forecast.ts";
import { phases as phasesAnalyzer } from "./phases.ts";

const options = z.strictObject({
  window: z.number().int().min(4).max(12).default(6).describe("last hours whose growth is measured"),
});

/**
 * untimed: too few posts know the hour · few, flat: no phases · ended: the data ends in the fading phase · rising: still growing · burst: not yet below half of the peak ·
 * recent: less than 6 hours after a peak · thin: fewer than 100 posts since then · forecast.
 */
const states = ["untimed", "few", "flat", "ended", "rising", "burst", "recent", "thin", "forecast"] as const;
const data = z.object({
  state: z.enum(states),
  /** End of the last ten minutes with a post: what comes after is ahead. */
  end_ms: z.number().nullable(),
  /** Hours of the forecast's fit: since the peak of the last wave. Null without phases. */
  since: z.object({ from_ms: z.number(), hours: z.number(), posts: z.number() }).nullable(),
  /** Change of the rate per hour over the last hours, usual activity taken out. Null with too few posts. */
  growth: z.object({ factor: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Posts from end_ms on, sums over the hours ahead; [] unless state is forecast. n: past cascades that the interval rests on. */
  outlooks: z.array(z.object({ horizon: z.number(), low: z.number(), middle: z.number(), high: z.number(), n: z.number() })),
  /** α of the fitted decay. */
  exponent: z.number().nullable(),
  /** Timed posts up to the end of each of the last hours, ascending; the last one ends at end_ms. [] unless state is forecast. */
  course: z.array(z.object({ ms: z.number(), posts: z.number() })),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;
type Phases = z.infer<typeof phasesAnalyzer.data>;
const hourMs = 3_600_000;
const slotMs = 600_000;

export const forecast: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "forecast",
  question: { zh: "接下来一天还会有多少帖文？", en: "How many more posts may come within a day?" },
  requires: { volume: ["day", "slot", "posts"] },
  after: ["phases"],
  options,
  data,
  analyze({ volume }, { window }, { findings, utcOffsetMs }) {
    const total = volume!.reduce((sum, row) => sum + (row.posts as number), 0);
    const slots = slotCounts(volume!);
    const known = [...slots.values()].reduce((sum, posts) => sum + posts, 0);
    const phases = findings.get("phases") as Finding<Phases> | undefined;
    const found: Data = { state: "untimed", end_ms: null, since: null, growth: null, outlooks: [], exponent: null, course: [], utc_offset_ms: utcOffsetMs };
    const usable = phases?.status === "ok" && 2 * known >= total && known > 0;
    if (usable) Object.assign(found, judge(slots, phases.data, window, utcOffsetMs));
    return {
      status: total === 0 ? "empty" : usable ? "ok" : "unavailable",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : usable ? null : { zh: "知道发布时刻的帖文不足一半，不作预测", en: "fewer than half of the posts know their hour, so nothing is forecast" },
      lens: "posts",
      coverage: { posts: known, of: total },
      method: {
        zh: `最近一波的波峰之后，发帖速率按幂律衰减乘以该时段的常规活跃度估计：指数以历史转发序列所得为先验，由峰后后半段的帖数更新（泊松似然，除以过度离散），水平取最近的时段。区间为历史序列在相近峰龄、同一时长上的对数误差的 10% 与 90% 分位（共形），中值为 50% 分位；历史序列为单条微博的转发（2010–2016、2020 年），与本事件未必同类，且只推及本数据的采集范围。波峰前、爆发期内、峰后不足 ${fewestHours} 小时或峰后不足 ${fewestPosts} 条时不作预测，只给近 ${window} 小时的速率变化。`,
        en: `After the peak of the last wave the rate is taken to fall as a power law times the usual activity: the exponent has a prior from past repost series and is updated by the later half of the hours since the peak (Poisson likelihood over the overdispersion), the level comes from the latest hours. The interval is the 10% and 90% quantile of the log errors of past series at a like age and the same horizon (conformal), the middle their median; those are reposts of single Weibo posts (2010–2016 and 2020), which need not be like this event, and the forecast is of what this collection would hold. Before the peak, within the burst, less than ${fewestHours} hours after a peak or with fewer than ${fewestPosts} posts since, there is no forecast, only the change of the rate over the last ${window} hours.`,
      },
      figures: figuresOf(found, window),
      data: found,
    };
  },
};

function slotCounts(volume: Table): Map<number, number> {
  const slots = new Map<number, number>();
  for (const { slot, posts } of volume) if (slot !== null) slots.set(slot as number, (slots.get(slot as number) ?? 0) + (posts as number));
  return slots;
}

function judge(slots: ReadonlyMap<number, number>, phases: Phases, window: number, utcOffsetMs: number): Partial<Data> {
  if (phases.shape !== "phases") return { state: phases.shape };
  // The far end of the phases, not a stray post long after them.
  const bound = phases.phases.at(-1)!.to_ms;
  const last = [...slots.keys()].filter((slot) => slot * slotMs - utcOffsetMs < bound).reduce((a, b) => Math.max(a, b), -Infinity);
  const end = (last + 1) * slotMs - utcOffsetMs;
  const hourly = (hours: number): Hourly => hoursBefore(end, hours, slots, phases, utcOffsetMs);
  const growth = growthOf(hourly(window));
  const from = lastPeak(slots, phases, utcOffsetMs);
  const age = Math.floor((end - from) / hourMs);
  const seen = hourly(Math.max(0, age));
  const posts = seen.counts.reduce((sum, count) => sum + count, 0);
  const about = { end_ms: end, since: { from_ms: from, hours: Math.max(0, age), posts }, growth };
  const state = stateOf(phases, growth, age, posts);
  if (state !== "forecast") return { ...about, state };
  const { priors, errors } = learntDecays();
  // Single posts, from which the decay was learnt, halve within one or two hours; an event that halves more slowly is taken to do all more slowly.
  const scale = Math.max(1, (phases.waves.at(-1)!.half_ms! - from) / (2 * hourMs));
  const decay = fitDecay(seen, priorAt(priors, age / scale), scale);
  if (decay === null) return { ...about, state: "thin" };
  const ahead = Array.from({ length: 24 }, (_, i) => activity(end + i * hourMs, phases, utcOffsetMs));
  const outlooks = horizons.map((horizon): Outlook => outlook(errors, age / scale, horizon, expectedPosts(decay, age, ahead.slice(0, horizon))));
  return { ...about, state, exponent: decay.exponent, outlooks: widening(outlooks), course: courseOf(slots, end, Math.min(age, 48), utcOffsetMs) };
}

function stateOf({ end, waves }: Phases, growth: Growth | null, age: number, posts: number): Data["state"] {
  if (end === "faded") return "ended";
  if (end === "rising" || (growth !== null && growth.low > 1)) return "rising";
  if (waves.at(-1)!.half_ms === null) return "burst";
  if (age < fewestHours) return "recent";
  return posts < fewestPosts ? "thin" : "forecast";
}

/** Sums over more hours are not less: neighbouring horizons have errors of their own, which may cross for a series that has all but ended. */
function widening(outlooks: readonly Outlook[]): Outlook[] {
  const out: Outlook[] = [];
  for (const one of outlooks) {
    const before = out.at(-1);
    out.push(before ? { ...one, low: Math.max(one.low, before.low), middle: Math.max(one.middle, before.middle), high: Math.max(one.high, before.high) } : one);
  }
  return out;
}

/** Begin of the hour with most posts within the bin at which the last wave peaks. */
function lastPeak(slots: ReadonlyMap<number, number>, { waves, bins }: Phases, utcOffsetMs: number): number {
  const from = waves.at(-1)!.peak_ms;
  const hours = Math.max(1, Math.floor(bins!.minutes / 60));
  const first = Math.round((from + utcOffsetMs) / slotMs);
  const posts = (hour: number): number => Array.from({ length: 6 }, (_, i) => slots.get(first + 6 * hour + i) ?? 0).reduce((sum, count) => sum + count, 0);
  const best = Array.from({ length: hours }, (_, hour) => hour).reduce((most, hour) => (posts(hour) > posts(most) ? hour : most));
  return from + best * hourMs;
}

/** The hours that end at `end`, oldest first. Hours that touch a gap count for nothing. */
function hoursBefore(end: number, hours: number, slots: ReadonlyMap<number, number>, phases: Phases, utcOffsetMs: number): Hourly {
  const begins = Array.from({ length: hours }, (_, i) => end - (hours - i) * hourMs);
  const missing = (begin: number): boolean => phases.gaps.some(({ from_ms, to_ms }) => begin < to_ms && begin + hourMs > from_ms);
  return {
    counts: begins.map((begin) => (missing(begin) ? 0 : Array.from({ length: 6 }, (_, i) => slots.get((begin + utcOffsetMs) / slotMs + i) ?? 0).reduce((sum, count) => sum + count, 0))),
    exposure: begins.map((begin) => (missing(begin) ? 0 : activity(begin, phases, utcOffsetMs))),
  };
}

/** Usual activity of the hour from `begin` by the day profile that the phases found, 2020's where they made their own or none fits days. */
function activity(begin: number, { clock }: Phases, utcOffsetMs: number): number {
  const profile = clock === "weibo-2012" || clock === "even" ? clocks[clock] : clocks["weibo-2020"];
  return activityAt(profile, ((begin + utcOffsetMs) / hourMs) % 24);
}

/** Posts up to the end of each of the last hours. */
function courseOf(slots: ReadonlyMap<number, number>, end: number, hours: number, utcOffsetMs: number): Data["course"] {
  const upTo = (ms: number): number => [...slots].reduce((sum, [slot, posts]) => ((slot + 1) * slotMs - utcOffsetMs <= ms ? sum + posts : sum), 0);
  return Array.from({ length: hours + 1 }, (_, i) => end - (hours - i) * hourMs).map((ms) => ({ ms, posts: upTo(ms) }));
}

function figuresOf({ end_ms, since, growth, outlooks, exponent, utc_offset_ms }: Data, window: number): Figure[] {
  const plain = { of: null, interval: null, filter: null, estimate: true };
  if (end_ms === null || since === null) return [];
  const during = (from: number, to: number): Filter => ({ slot: { gte: (from + utc_offset_ms) / slotMs, lt: (to + utc_offset_ms) / slotMs } });
  const begin = end_ms - since.hours * hourMs;
  return [
    { key: "end", label: { zh: "数据截止", en: "end of the data" }, value: end_ms, unit: "ms", ...plain, estimate: false },
    { key: "since.hours", label: { zh: "最近一波波峰之后的时长", en: "hours since the peak of the last wave" }, value: since.hours, unit: "hours", ...plain },
    { key: "since.posts", label: { zh: "其间的帖文", en: "posts since then" }, value: since.posts, unit: "posts", ...plain, filter: since.hours > 0 ? during(begin, end_ms) : null, estimate: false },
    ...(growth === null ? [] : [{ key: "growth", label: { zh: `近 ${window} 小时发帖速率每小时的倍数（除去时段活跃度）`, en: `change of the rate per hour over the last ${window} h (usual activity taken out)` }, value: growth.factor, unit: "ratio" as const, ...plain, of: window, interval: [growth.low, growth.high] as [number, number] }]),
    ...(exponent === null ? [] : [{ key: "exponent", label: { zh: "幂律衰减的指数", en: "exponent of the power-law decay" }, value: exponent, unit: "score" as const, ...plain }]),
    ...outlooks.flatMap(({ horizon, low, middle, high, n }): Figure[] => [
      { key: `ahead.${horizon}`, label: { zh: `未来 ${horizon} 小时的帖文（中值；n 为历史序列数）`, en: `posts of the next ${horizon} h (median; n: past series)` }, value: middle, unit: "posts", ...plain, of: n },
      { key: `ahead.low.${horizon}`, label: { zh: `未来 ${horizon} 小时的帖文，80% 区间下端`, en: `posts of the next ${horizon} h, lower end of the 80% interval` }, value: low, unit: "posts", ...plain, of: n },
      { key: `ahead.high.${horizon}`, label: { zh: `未来 ${horizon} 小时的帖文，80% 区间上端`, en: `posts of the next ${horizon} h, upper end of the 80% interval` }, value: high, unit: "posts", ...plain, of: n },
    ]),
  ];
}
