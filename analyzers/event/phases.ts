import { z } from "zod";
import type { EventAnalyzer, Figure, Filter, Table } from "../contract.ts";
import { turningPoints } from "../changepoints.ts";
import { fields, type Field } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";
import { clocks, type Clock } from "../exposure.ts";
import { beginMargins, peakCorrection, peakOf, phaseNames, phasesOf, redraw, wavesOf, withoutLatent, type Span } from "../lifecycle.ts";
import { binHours, binStart, timeSeries, type Series } from "../series.ts";
import { mulberry32 } from "../statistics.ts";
import { fitTrend, type Trend } from "../trend.ts";

const options = z.strictObject({
  clock: z.enum(Object.keys(clocks) as [Clock, ...Clock[]]).default("weibo-2020").describe("day profile tried first; no profile is tried too"),
  draws: z.number().int().min(0).max(1000).default(50).describe("bootstrap draws for the height of the peak, which smoothing lowers, and for the intervals of phase begins; 0 gives neither"),
  seed: z.number().int().min(0).default(1).describe("seed of the draws"),
});

const span = { from_ms: z.number(), to_ms: z.number(), posts: z.number() };
const data = z.object({
  /** Bins that the phases are made of: unit of the times and length in minutes. Null when no post has a time. */
  bins: z.object({ unit: z.enum(["slot", "day"]), minutes: z.number(), number: z.number() }).nullable(),
  /** few: fewer than 30 posts or 6 bins · flat: no phases, the rate hardly changes · phases. */
  shape: z.enum(["few", "flat", "phases"]),
  /** Rhythm taken out: a day profile, own (re-estimated), week (weekdays), even (none); null when there are too few posts. */
  clock: z.enum(["weibo-2020", "weibo-2012", "even", "own", "week"]).nullable(),
  /** In order of time, [from_ms, to_ms), UTC. margin_ms: half-width of the 95 % interval of from_ms; null when unknown or for the first. vague: the margin exceeds a quarter of the phase. */
  phases: z.array(
    z.object({
      name: z.enum(phaseNames),
      ...span,
      margin_ms: z.number().nullable(),
      vague: z.boolean(),
      media: z.number(),
      official: z.number(),
      public: z.number(),
      originals: z.number(),
      /** Posts whose mood the model judged, and those that it took for negative: counts, since nobody has checked them. In bins below an hour, by the begin of the hour. */
      judged: z.number(),
      negative: z.number(),
      /** Known channels, most posts first. */
      channels: z.array(z.object({ channel: z.string(), posts: z.number() })),
    }),
  ),
  /** The hour (day when bins are days) with most posts as counted, the first of equals. capped: five or more share the maximum, as when a collector stops at a limit. */
  peak: z.object({ ms: z.number(), posts: z.number(), capped: z.boolean() }).nullable(),
  /** Waves of the trend in order of time; one is main. height: peak rate relative to the main one. half_ms: when the rate falls below half of the wave's own peak; null when the data ends before. */
  waves: z.array(z.object({ peak_ms: z.number(), half_ms: z.number().nullable(), ...span, height: z.number(), main: z.boolean() })),
  /** Turning points: begins of straight pieces of the log rate as counted, for the chart; not phases. [] without phases. */
  turns: z.array(z.number()),
  /** Spans in which, most likely, nothing was collected; left out of the fit. */
  gaps: z.array(z.object({ from_ms: z.number(), to_ms: z.number() })),
  /** faded: ended below 10 % of the peak rate · lasting: the data ends before · rising: the data ends at the peak. Null without phases. */
  end: z.enum(["faded", "lasting", "rising"]).nullable(),
  /** The data begins within the burst. */
  cut: z.boolean(),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;

export const phases: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "phases",
  question: { zh: "经历了哪些阶段，每个阶段由谁推动？", en: "Which phases did it go through, and who drove each?" },
  requires: { volume: ["day", "slot", "channel", "field", "kind", "posts"], sentiment: ["day", "slot", "polarity", "posts"] },
  after: [],
  options,
  data,
  analyze({ volume, sentiment = [] }, { clock, draws, seed }, { utcOffsetMs }) {
    const total = volume!.reduce((sum, row) => sum + (row.posts as number), 0);
    const series = timeSeries(volume!);
    const trend = series && fitTrend(series, clock);
    const found: Data = {
      bins: series && { unit: series.unit, minutes: 60 * binHours(series), number: series.counts.length },
      shape: "few",
      clock: trend?.clock ?? null,
      phases: [],
      peak: series && rawPeak(volume!, series, utcOffsetMs),
      waves: [],
      turns: [],
      gaps: series && trend ? runs(trend.missing).map(([from, to]) => ({ from_ms: binStart(series, from, utcOffsetMs), to_ms: binStart(series, to, utcOffsetMs) })) : [],
      end: null,
      cut: false,
      utc_offset_ms: utcOffsetMs,
    };
    if (series && trend) Object.assign(found, lifecycle(series, trend, volume!, sentiment, draws, seed, utcOffsetMs));
    const counted = series ? sum(series.counts) : 0;
    return {
      status: total === 0 ? "empty" : series === null ? "unavailable" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : series === null ? { zh: "数据没有发布时间", en: "the data has no publication times" } : null,
      lens: "posts",
      coverage: { posts: counted, of: total },
      method: {
        zh: "每档帖数除以该时段的常规活跃度，再用泊松惩罚样条（BIC 选 λ）估计发帖速率，P 为其最高值（由参数自助法校正平滑所削的部分）。爆发期为主峰前后速率不低于 P 的 50% 的首末两档之间；发展期为此前速率最后一次低于 5% 之后；再前为潜伏期（不足 10 条或 1% 时并入下一期）；爆发期之后至最后一次不低于 10% 为延续期，其后为消退期。阶段划分没有公认的数值定义，以上为本报告的定义。起点区间由参数自助法得出。转折点（图中三角）为对数速率的分段直线（至多 4 段，每多一段罚 3·ln n），与阶段无关。判为未采集的时段不参与估计。",
        en: "Counts per bin are divided by the usual activity of that time; a Poisson penalised spline (λ by BIC) gives the rate, P is its maximum (what smoothing cuts off is put back, by parametric bootstrap). Burst: from the first to the last bin of the main wave at 50% of P or more; growth: before it, since the rate was last below 5%; latent: before that (joined to the next below 10 posts or 1%); lasting: after the burst to the last bin at 10% or more; fading: after that. No numeric definition is agreed on; this is the report's own. Intervals of begins by parametric bootstrap. Turning points (triangles in the chart) are those of a piecewise straight log rate (at most 4 pieces, 3·ln n for each further one); they are not phases. Spans judged not collected take no part.",
      },
      figures: series ? figuresOf(found, series, counted) : [],
      data: found,
    };
  },
};

function lifecycle(series: Series, trend: Trend, volume: Table, sentiment: Table, draws: number, seed: number, utcOffsetMs: number): Partial<Data> {
  if (trend.flat) return { shape: "flat" };
  const redrawn = redraw(trend, draws, mulberry32(seed));
  const correction = peakCorrection(trend, redrawn);
  const spans = withoutLatent(phasesOf(trend.rates, trend.missing, correction), series.counts);
  if (spans.length === 1) return { shape: "flat" };
  const at = (bin: number) => binStart(series, bin, utcOffsetMs);
  const hours = binHours(series);
  const peak = peakOf(trend.rates, trend.missing);
  const margins = beginMargins(trend, spans, redrawn, correction);
  const drivers = driversOf(volume, series, spans);
  const moods = moodsOf(sentiment, series, spans);
  const last = spans.at(-1)!;
  const halved = (top: number): number | null => {
    const bin = trend.rates.findIndex((rate, i) => i > top && rate < 0.5 * trend.rates[top]!);
    return bin < 0 ? null : at(bin);
  };
  return {
    shape: "phases",
    phases: spans.map(({ name, from, to }, i) => {
      const margin = margins.get(name)!;
      return { name, from_ms: at(from), to_ms: at(to), margin_ms: margin === null ? null : margin * hours * 3_600_000, vague: margin !== null && margin > 0.25 * (to - from), ...drivers[i]!, ...moods[i]! };
    }),
    waves: wavesOf(trend, Math.max(1, Math.ceil(6 / hours))).map(({ peak: top, from, to }) => ({ peak_ms: at(top), half_ms: halved(top), from_ms: at(from), to_ms: at(to), posts: sum(series.counts.slice(from, to)), height: trend.rates[top]! / trend.rates[peak]!, main: top === peak })),
    turns: turningPoints(series.counts.map((count, i) => Math.log1p(trend.exposure[i]! > 0 ? (count * hours) / trend.exposure[i]! : trend.rates[i]! * hours))).map(at),
    end: last.name === "fading" ? "faded" : peak >= trend.rates.length - 2 ? "rising" : "lasting",
    cut: spans[0]!.name === "burst",
  };
}

/** Posts of each phase by field and channel. */
function driversOf(volume: Table, series: Series, spans: readonly Span[]): Pick<Data["phases"][number], "posts" | Field | "originals" | "channels">[] {
  const tallies = spans.map(() => ({ posts: 0, media: 0, official: 0, public: 0, originals: 0, channels: new Map<string, number>() }));
  for (const row of volume) {
    const unit = row[series.unit] as number | null;
    if (unit === null) continue;
    const bin = Math.floor((unit - series.start) / series.width);
    const tally = tallies[spans.findIndex(({ from, to }) => bin >= from && bin < to)];
    if (tally === undefined) continue;
    const posts = row.posts as number;
    tally.posts += posts;
    tally[row.field as Field] += posts;
    if (row.kind === "original") tally.originals += posts;
    if (row.channel !== null) tally.channels.set(row.channel as string, (tally.channels.get(row.channel as string) ?? 0) + posts);
  }
  return tallies.map((tally) => ({ ...tally, channels: [...tally.channels].map(([channel, posts]) => ({ channel, posts })).sort((a, b) => b.posts - a.posts || (a.channel < b.channel ? -1 : 1)) }));
}

/** Posts of each phase that the model judged, and those that it took for negative. */
function moodsOf(sentiment: Table, series: Series, spans: readonly Span[]): Pick<Data["phases"][number], "judged" | "negative">[] {
  const tallies = spans.map(() => ({ judged: 0, negative: 0 }));
  for (const row of sentiment) {
    const unit = row[series.unit] as number | null;
    if (unit === null || row.polarity === null) continue;
    const bin = Math.floor((unit - series.start) / series.width);
    const tally = tallies[spans.findIndex(({ from, to }) => bin >= from && bin < to)];
    if (tally === undefined) continue;
    tally.judged += row.posts as number;
    if (row.polarity === "negative") tally.negative += row.posts as number;
  }
  return tallies;
}

/** The hour or day with most posts within the series, as counted. */
function rawPeak(volume: Table, series: Series, utcOffsetMs: number): Data["peak"] {
  const [size, first, end] = [series.unit === "day" ? 1 : 6, series.start, series.start + series.width * series.counts.length];
  const counts = new Map<number, number>();
  for (const row of volume) {
    const unit = row[series.unit] as number | null;
    if (unit === null || unit < first || unit >= end) continue;
    const hour = Math.floor(unit / size);
    counts.set(hour, (counts.get(hour) ?? 0) + (row.posts as number));
  }
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0);
  const equal = [...counts.keys()].filter((hour) => counts.get(hour) === most).sort((a, b) => a - b);
  return { ms: equal[0]! * (series.unit === "day" ? 86_400_000 : 3_600_000) - utcOffsetMs, posts: most, capped: equal.length >= 5 && most >= 10 };
}

/** [from, to) of each run of true. */
function runs(flags: readonly boolean[]): [from: number, to: number][] {
  const starts = flags.flatMap((flag, i) => (flag && !flags[i - 1] ? [i] : []));
  return starts.map((from) => {
    const length = flags.slice(from).indexOf(false);
    return [from, length < 0 ? flags.length : from + length];
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Names of the phases. */
export const phaseWords: Record<Span["name"], { zh: string; en: string }> = {
  latent: { zh: "潜伏期", en: "latent phase" },
  growth: { zh: "发展期", en: "growth phase" },
  burst: { zh: "爆发期", en: "burst phase" },
  lasting: { zh: "延续期", en: "lasting phase" },
  fading: { zh: "消退期", en: "fading phase" },
};

function figuresOf({ phases, peak, waves, gaps, utc_offset_ms }: Data, series: Series, counted: number): Figure[] {
  const step = series.unit === "day" ? 86_400_000 : 600_000;
  const during = (from: number, to: number): Filter => ({ [series.unit]: { gte: (from + utc_offset_ms) / step, lt: (to + utc_offset_ms) / step } });
  const posts = (key: string, zh: string, en: string, value: number, filter: Filter | null): Figure => ({ key, label: { zh, en }, value, unit: "posts", of: null, interval: null, filter, estimate: false });
  const share = (key: string, zh: string, en: string, value: number, of: number, filter: Filter): Figure[] => (of === 0 ? [] : [posts(key.replace(".share", ".posts"), `${zh}的帖文`, `posts, ${en}`, value, filter), { key, label: { zh: `${zh}的占比`, en: `share, ${en}` }, value: value / of, unit: "share", of, interval: null, filter, estimate: false }]);
  const instant = (key: string, zh: string, en: string, value: number, margin: number | null, estimate: boolean): Figure => ({ key, label: { zh, en }, value, unit: "ms", of: null, interval: margin === null ? null : [value - margin, value + margin], filter: null, estimate });
  const length = (key: string, zh: string, en: string, ms: number, estimate: boolean): Figure => ({ key, label: { zh, en }, value: series.unit === "day" ? ms / 86_400_000 : ms / 3_600_000, unit: series.unit === "day" ? "days" : "hours", of: null, interval: null, filter: null, estimate });
  const growth = phases.find(({ name }) => name === "growth") ?? phases[0];
  const top = waves.find(({ main }) => main);
  const after = phases[phases.findIndex(({ name }) => name === "burst") + 1];
  return [
    posts("posts.timed", "所示时段内的帖文", "posts in the span shown", counted, during(binStart(series, 0, utc_offset_ms), binStart(series, series.counts.length, utc_offset_ms))),
    posts("posts.untimed", "没有发布时间的帖文", "posts without a time", series.untimed, { day: null }),
    posts("posts.day_only", "只有日期、未计入的帖文", "posts with only a day, left out", series.dayOnly, null),
    posts("posts.strays", "远离主要时段、未计入的帖文", "posts far from the main span, left out", series.strays, null),
    ...(peak ? [instant("peak.time", "帖文最多的时段", "time of most posts", peak.ms, null, false), posts("peak.posts", "最多时段的帖文", "posts at the peak", peak.posts, during(peak.ms, peak.ms + (series.unit === "day" ? 86_400_000 : 3_600_000)))] : []),
    ...(peak && growth && peak.ms >= growth.from_ms ? [length("peak.rise", `自${phaseWords[growth.name].zh}开始至最多时段`, `from the begin of the ${phaseWords[growth.name].en} to the peak`, peak.ms - growth.from_ms, true)] : []),
    ...(top && after ? [length("peak.halving", "自速率最高至降到其一半以下", "from the highest rate until it falls below half", after.from_ms - top.peak_ms, true)] : []),
    ...phases.flatMap((phase, i) => {
      const { zh, en } = phaseWords[phase.name];
      const filter = during(phase.from_ms, phase.to_ms);
      const [top] = phase.channels;
      return [
        instant(`phase.begin.${phase.name}`, `${zh}开始`, `begin of the ${en}`, phase.from_ms, phase.margin_ms, i > 0),
        length(`phase.length.${phase.name}`, `${zh}时长`, `length of the ${en}`, phase.to_ms - phase.from_ms, true),
        ...share(`phase.share.${phase.name}`, zh, en, phase.posts, counted, filter),
        ...fields.flatMap((field) => share(`field.share.${phase.name}.${field}`, `${zh}${nameOf("field", field, "zh")}`, `${nameOf("field", field, "en")}, ${en}`, phase[field], phase.posts, { ...filter, field })),
        ...share(`original.share.${phase.name}`, `${zh}原创`, `originals, ${en}`, phase.originals, phase.posts, { ...filter, kind: "original" }),
        ...(top ? share(`channel.share.${phase.name}`, `${zh}${nameOf("channel", top.channel, "zh")}`, `${nameOf("channel", top.channel, "en")}, ${en}`, top.posts, sum(phase.channels.map((row) => row.posts)), { ...filter, channel: top.channel }) : []),
      ];
    }),
    ...waves.flatMap((wave, i) => [instant(`wave.time.${i + 1}`, `第 ${i + 1} 波的波峰`, `peak of wave ${i + 1}`, wave.peak_ms, null, true), posts(`wave.posts.${i + 1}`, `第 ${i + 1} 波的帖文`, `posts of wave ${i + 1}`, wave.posts, during(wave.from_ms, wave.to_ms)), { key: `wave.height.${i + 1}`, label: { zh: `第 ${i + 1} 波的波峰速率与主峰之比`, en: `peak rate of wave ${i + 1} relative to the main one` }, value: wave.height, unit: "ratio" as const, of: null, interval: null, filter: null, estimate: true }]),
    length("gaps", "可能未采集的时长", "time probably not collected", sum(gaps.map(({ from_ms, to_ms }) => to_ms - from_ms)), true),
  ];
}
