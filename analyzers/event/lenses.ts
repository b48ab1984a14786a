import { z } from "zod";
import { localMs } from "../../pipeline/config.ts";
import { fields, lenses as lensNames, polarities, type Lens } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";
import type { Context, EventAnalyzer, Figure, Filter, Table } from "../contract.ts";
import { phaseNames } from "../lifecycle.ts";
import { binStart, timeSeries, type Series } from "../series.ts";
import { phases as phasesAnalyzer } from "./phases.ts";

const options = z.strictObject({
  platforms: z.number().int().min(1).max(30).default(8).describe("platforms that a reader can pick; the others are one"),
});

/** What is asked under each lens. day: local, counted from 1970-01-01. */
export const questions = ["day", "platform", "polarity", "region", "author_type"] as const;
export type Question = (typeof questions)[number];
const dayMs = 86_400_000;

const measures = z.object({ posts: z.number(), originals: z.number(), author_days: z.number(), engagement: z.number() });
type Measures = z.infer<typeof measures>;
/** Indices of the dimensions, then the four measures in the order of `lenses`. A post of no index in a dimension (time unknown, outside the bins or phases) has −1. */
const cells = z.array(z.array(z.number()));

const data = z.object({
  /** First of each question under each lens; null: nothing to count. figure: its key; an empty key with null. */
  firsts: z.array(z.object({ question: z.enum(questions), by: z.array(z.object({ lens: z.enum(lensNames), key: z.string().nullable(), figure: z.string() })) })),
  /** Days of the event's core without holes, in order. */
  days: z.array(measures.extend({ day: z.number() })),
  /** Begin of each bin of the volume in UTC milliseconds, and the end of the last; [] without times. */
  times: z.array(z.number()),
  phases: z.array(z.object({ name: z.enum(phaseNames), from_ms: z.number(), to_ms: z.number() })),
  /** Platforms that can be picked, most posts first; null: unknown. Index platforms.length: all others. */
  platforms: z.array(z.string().nullable()),
  /** source: of the regions below. */
  source: z.enum(["ip", "profile"]),
  regions: z.array(z.string()),
  author_types: z.array(z.string()),
  /** [bin, field, platform, …] */
  volume: cells,
  /** [phase, field, platform, polarity, …]: posts whose mood the model judged; hours that a phase begins in count for the earlier. */
  moods: cells,
  /** [field, region, …] */
  places: cells,
  /** [field, platform, author type, …] */
  people: cells,
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;
type Row = Table[number];

export const lenses: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "lenses",
  question: { zh: "换一种计数口径，结论会变吗？", en: "Do the conclusions hold when posts are counted otherwise?" },
  requires: {
    volume: ["day", "slot", "platform", "field", ...lensNames],
    sentiment: ["day", "slot", "platform", "field", "polarity", ...lensNames],
    regions: ["source", "region", "field", ...lensNames],
    audience: ["platform", "field", "author_type", ...lensNames],
  },
  after: ["phases"],
  options,
  data,
  analyze({ volume, sentiment, regions, audience }, { platforms: most }, context) {
    const total = volume!.reduce((sum, row) => sum + (row.posts as number), 0);
    const series = timeSeries(volume!);
    const phases = phasesAnalyzer.data.safeParse(context.findings.get("phases")?.data).data?.phases.map(({ name, from_ms, to_ms }) => ({ name, from_ms, to_ms })) ?? [];
    const judged = sentiment!.filter(({ polarity }) => polarity !== null);
    const source = regions!.some((row) => row.source === "ip" && row.region !== null) ? "ip" : "profile";
    const placed = regions!.filter((row) => row.source === source && row.region !== null);
    const typed = audience!.filter(({ author_type }) => author_type !== null);
    const days = series === null ? [] : daysOf(volume!, series);
    const asked: Record<Question, { rows: Table; column: string; filter: Filter }> = {
      day: { rows: volume!.filter(({ day }) => day !== null), column: "day", filter: {} },
      platform: { rows: volume!.filter(({ platform }) => platform !== null), column: "platform", filter: {} },
      polarity: { rows: judged, column: "polarity", filter: { worded: 1 } },
      region: { rows: placed, column: "region", filter: {} },
      author_type: { rows: typed, column: "author_type", filter: {} },
    };
    const found = questions.map((question) => firstOf(question, asked[question], source));
    const platforms = ranked(volume!, "platform").slice(0, most);
    const [named, types] = [ranked(placed, "region") as string[], ranked(typed, "author_type") as string[]];
    const at = (list: readonly unknown[], value: unknown): number => list.indexOf(value);
    const platform = ({ platform }: Row): number => (at(platforms, platform) < 0 ? platforms.length : at(platforms, platform));
    const field = ({ field }: Row): number => at(fields, field);
    return {
      status: total === 0 ? "empty" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : null,
      lens: "posts",
      coverage: { posts: total, of: total },
      method: {
        zh: "四种口径：全部帖文、仅原创、同一作者同一天只计一次、按已知互动数加权。每项取该口径下数量最多者，并列时仍取全部帖文口径下的那一个，否则取名称在前者；情绪为模型逐条判定的条数，未经核对。「最后一个整日」：数据止于时间窗口末尾时为末一天，否则为其前一天（末一天可能不完整）。",
        en: "Four ways to count: all posts, originals only, one a day of an author, weighted by known engagement. Each line names the one of most; of equals the one that is first among all posts, else the first by name. Moods are the model's labels, unchecked. The last whole day is the last of the data where it ends with the window, else the day before, for the last may be cut.",
      },
      figures: [...found.flatMap(({ figures }) => figures), ...lastDay(days, context)],
      data: {
        firsts: found.map(({ first }) => first),
        days,
        times: series === null ? [] : Array.from({ length: series.counts.length + 1 }, (_, i) => binStart(series, i, context.utcOffsetMs)),
        phases,
        platforms,
        source,
        regions: named,
        author_types: types,
        volume: cellsOf(volume!, [(row) => binOf(row, series), field, platform]),
        moods: cellsOf(judged, [(row) => phaseOf(row, phases, context.utcOffsetMs), field, platform, ({ polarity }) => at(polarities, polarity)]),
        places: cellsOf(placed, [field, ({ region }) => at(named, region)]),
        people: cellsOf(typed, [field, platform, ({ author_type }) => at(types, author_type)]),
        utc_offset_ms: context.utcOffsetMs,
      },
    };
  },
};

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const filterOf: Record<Lens, Filter> = { posts: {}, originals: { kind: "original" }, author_days: { author_first: 1 }, engagement: {} };
const unitOf = (lens: Lens): Figure["unit"] => (lens === "posts" || lens === "originals" ? "posts" : "count");

function sums(rows: Table, column: string, lens: Lens): Map<Row[string], number> {
  const out = new Map<Row[string], number>();
  for (const row of rows) out.set(row[column]!, (out.get(row[column]!) ?? 0) + (row[lens] as number));
  return out;
}

/** Values of a column, most posts first. */
function ranked(rows: Table, column: string): (string | null)[] {
  return [...sums(rows, column, "posts")].sort((a, b) => b[1] - a[1] || byCodePoint(`${a[0]}`, `${b[0]}`)).map(([value]) => value as string | null);
}

/** The value of most under each lens, with its figure: how many, and of how many. */
function firstOf(question: Question, { rows, column, filter }: { rows: Table; column: string; filter: Filter }, source: "ip" | "profile") {
  const figures: Figure[] = [];
  let kept: string | null = null;
  const by = lensNames.map((lens) => {
    const counts = [...sums(rows, column, lens)];
    // Of equals the one that is first among all posts, so that a tie is no change.
    const before = ([value]: (typeof counts)[number]): number => Number(String(value) === kept);
    const [top] = counts.sort((a, b) => b[1] - a[1] || before(b) - before(a) || (question === "day" ? (a[0] as number) - (b[0] as number) : byCodePoint(`${a[0]}`, `${b[0]}`)));
    if (top === undefined || top[1] === 0) return { lens, key: null, figure: "" };
    const [value, amount] = top;
    kept ??= String(value);
    const figure = `${question}.${lens}`;
    const name = (language: "zh" | "en") => (question === "day" ? new Date((value as number) * dayMs).toISOString().slice(0, 10) : nameOf(question, value as string, language));
    const where: Filter = { [question === "region" ? `region_${source}` : column]: value! };
    const label = { zh: `${name("zh")}（${nameOf("lens", lens, "zh")}）`, en: `${name("en")} (${nameOf("lens", lens, "en")})` };
    figures.push({ key: figure, label, value: amount, unit: unitOf(lens), of: counts.reduce((sum, [, count]) => sum + count, 0), interval: null, filter: { ...where, ...filter, ...filterOf[lens] }, estimate: question === "polarity" });
    return { lens, key: String(value), figure };
  });
  return { first: { question, by }, figures };
}

function daysOf(volume: Table, series: Series): Data["days"] {
  const dayOf = (unit: number): number => (series.unit === "day" ? unit : Math.floor(unit / 144));
  const [first, last] = [dayOf(series.start), dayOf(series.start + series.counts.length * series.width - 1)];
  const counts = lensNames.map((lens) => sums(volume, "day", lens));
  return Array.from({ length: last - first + 1 }, (_, i) => ({ day: first + i, ...(Object.fromEntries(lensNames.map((lens, j) => [lens, counts[j]!.get(first + i) ?? 0])) as Measures) }));
}

/** The last whole day beside the day before it; none when the event has fewer than two. */
function lastDay(days: Data["days"], { event, utcOffsetMs }: Context): Figure[] {
  const end = event.window.to === undefined ? null : (localMs(event.window.to, event.utcOffset) + utcOffsetMs) / dayMs - 1;
  const filled = days.findLastIndex(({ posts }) => posts > 0);
  const last = days[filled]?.day === end ? filled : filled - 1;
  const [day, before] = [days[last], days[last - 1]];
  if (day === undefined || before === undefined) return [];
  const figure = (key: string, { day: at, ...counts }: Data["days"][number], lens: Lens, zh: string, en: string): Figure => ({
    key: `day.${key}.${lens}`, label: { zh: `${zh}（${nameOf("lens", lens, "zh")}）`, en: `${en} (${nameOf("lens", lens, "en")})` },
    value: counts[lens], unit: unitOf(lens), of: null, interval: null, filter: { day: at, ...filterOf[lens] }, estimate: false,
  });
  return [
    { key: "day.last", label: { zh: "最后一个整日", en: "the last whole day" }, value: day.day * dayMs - utcOffsetMs, unit: "ms", of: null, interval: null, filter: { day: day.day }, estimate: false },
    ...lensNames.flatMap((lens) => [figure("last", day, lens, "最后一个整日", "the last whole day"), figure("before", before, lens, "其前一日", "the day before it")]),
  ];
}

function binOf({ day, slot }: Row, series: Series | null): number {
  const unit = series === null ? null : series.unit === "day" ? day : slot;
  if (series === null || unit === null) return -1;
  const bin = Math.floor(((unit as number) - series.start) / series.width);
  return bin >= 0 && bin < series.counts.length ? bin : -1;
}

function phaseOf({ day, slot }: Row, phases: Data["phases"], utcOffsetMs: number): number {
  if (slot === null && day === null) return -1;
  const ms = (slot === null ? (day as number) * dayMs : (slot as number) * 600_000) - utcOffsetMs;
  return phases.findIndex(({ from_ms, to_ms }) => ms >= from_ms && ms < to_ms);
}

/** Sums of the four measures by the indices that `dimensions` give, in the order of the indices; cells of nothing are left out. */
function cellsOf(rows: Table, dimensions: readonly ((row: Row) => number)[]): number[][] {
  const sums = new Map<string, number[]>();
  for (const row of rows) {
    const at = dimensions.map((index) => index(row));
    const key = at.join();
    const cell = sums.get(key) ?? [...at, 0, 0, 0, 0];
    lensNames.forEach((lens, i) => (cell[at.length + i]! += row[lens] as number));
    sums.set(key, cell);
  }
  return [...sums.values()].filter((cell) => cell.slice(dimensions.length).some((count) => count > 0)).sort((a, b) => { const i = a.findIndex((value, j) => value !== b[j]); return a[i]! - b[i]!; });
}
