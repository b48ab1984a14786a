import type { Table } from "./contract.ts";
import { priorRhythm, type Rhythm } from "./exposure.ts";

/** Posts over time in equal bins of local time. Times in slots (ten minutes) or days, both counted from 1970-01-01 local. */
export interface Series {
  /** Column of `volume` that the bins are made of. */
  unit: "slot" | "day";
  /** Length of a bin in units: 1, 6, 18 or 36 slots, or 1 day. */
  width: number;
  /** Unit in which bin 0 begins. */
  start: number;
  counts: number[];
  /** Posts without any time. */
  untimed: number;
  /** Posts with only a day, left out because the bins are shorter. */
  dayOnly: number;
  /** Timed posts too far from the event's core to be drawn. */
  strays: number;
}

const slotsPerDay = 144;
const widths = [1, 6, 18, 36] as const;
const longest = 400;
/** Ten-minute bins only for cores of less than a day: within an hour the noise hangs together, and the day profile knows hours only. */
const longestSlots = 144;
const fewest = 60;

/**
 * Chooses the bins and counts. Daily over all timed posts when at least half of them have only a day or the core spans 20 days or more;
 * else the smallest of 10 min (core below a day), 1 h, 3 h and 6 h with ≤ 400 bins over the core and a median of ≥ 3 posts in the bins that hold 90 % of the posts;
 * no wider than leaves 60 bins over the core.
 * Core: the shortest span that holds 98 % of the posts; half its length is kept on either side. null without timed posts.
 */
export function timeSeries(volume: Table): Series | null {
  const days = new Map<number, number>();
  const slots = new Map<number, number>();
  let [timed, slotted, untimed] = [0, 0, 0];
  for (const row of volume) {
    const posts = row.posts as number;
    if (row.day === null) {
      untimed += posts;
      continue;
    }
    timed += posts;
    days.set(row.day as number, (days.get(row.day as number) ?? 0) + posts);
    if (row.slot === null) continue;
    slotted += posts;
    slots.set(row.slot as number, (slots.get(row.slot as number) ?? 0) + posts);
  }
  if (timed === 0) return null;
  const daily = (): Series => ({ ...count("day", 1, days), untimed, dayOnly: 0 });
  if (2 * (timed - slotted) >= timed) return daily();
  const [first, last] = core(slots);
  if (last - first + 1 >= 20 * slotsPerDay) return daily();
  const width = slotWidth(slots, last - first + 1);
  return { ...count("slot", width, slots), untimed, dayOnly: timed - slotted };
}

/** Local start of bin i in UTC milliseconds; i may be the number of bins (end of the series). */
export function binStart({ unit, width, start }: Pick<Series, "unit" | "width" | "start">, i: number, utcOffsetMs: number): number {
  return (start + i * width) * (unit === "day" ? 86_400_000 : 600_000) - utcOffsetMs;
}

/** Hours of a bin. */
export function binHours({ unit, width }: Pick<Series, "unit" | "width">): number {
  return unit === "day" ? 24 * width : width / 6;
}

/** Clock hour (bins of an hour or less), part of the day (longer bins) or weekday (days) of each bin, with the factors of a day profile; weekdays begin even. */
export function rhythmOf(series: Series, profile: readonly number[]): Rhythm {
  const { unit, width, start, counts } = series;
  // 1970-01-01 was a Thursday.
  if (unit === "day") return priorRhythm(counts.map((_, i) => mod(start + i + 3, 7)), new Array<number>(7).fill(1));
  const span = Math.max(6, width);
  const hours = span / 6;
  const factors = Array.from({ length: slotsPerDay / span }, (_, part) => profile.slice(part * hours, (part + 1) * hours).reduce((sum, factor) => sum + factor, 0) / hours);
  return priorRhythm(counts.map((_, i) => Math.floor(mod(start + i * width, slotsPerDay) / span)), factors);
}

/** First and last unit of the shortest span that holds 98 % of the posts; the earliest of equally short ones. */
function core(counts: ReadonlyMap<number, number>): [first: number, last: number] {
  const units = [...counts.keys()].sort((a, b) => a - b);
  const total = units.reduce((sum, unit) => sum + counts.get(unit)!, 0);
  let [first, last] = [units[0]!, units.at(-1)!];
  let [from, held] = [0, 0];
  for (const unit of units) {
    held += counts.get(unit)!;
    while (held - counts.get(units[from]!)! >= 0.98 * total) held -= counts.get(units[from++]!)!;
    if (held >= 0.98 * total && unit - units[from]! < last - first) [first, last] = [units[from]!, unit];
  }
  return [first, last];
}

function slotWidth(slots: ReadonlyMap<number, number>, span: number): number {
  const fitting = widths.filter((width) => span / width <= (width === 1 ? longestSlots : longest));
  const detailed = fitting.filter((width) => span / width >= fewest);
  return detailed.find((width) => busyMedian(slots, width) >= 3) ?? detailed.at(-1) ?? fitting[0]!;
}

/** Median count of the fullest bins that together hold 90 % of the posts. */
function busyMedian(slots: ReadonlyMap<number, number>, width: number): number {
  const bins = new Map<number, number>();
  for (const [slot, posts] of slots) bins.set(Math.floor(slot / width), (bins.get(Math.floor(slot / width)) ?? 0) + posts);
  const sorted = [...bins.values()].sort((a, b) => b - a);
  const total = sorted.reduce((sum, posts) => sum + posts, 0);
  let busy = 0;
  for (let held = 0; held < 0.9 * total; busy++) held += sorted[busy]!;
  return sorted[Math.floor((busy - 1) / 2)]!;
}

function count(unit: "slot" | "day", width: number, posts: ReadonlyMap<number, number>): Pick<Series, "unit" | "width" | "start" | "counts" | "strays"> {
  const [first, last] = core(posts);
  const margin = Math.ceil((last - first + 1) / 2);
  const units = [...posts.keys()].filter((at) => at >= first - margin && at <= last + margin).sort((a, b) => a - b);
  const from = Math.floor(units[0]! / width);
  const counts = new Array<number>(Math.floor(units.at(-1)! / width) - from + 1).fill(0);
  for (const at of units) counts[Math.floor(at / width) - from]! += posts.get(at)!;
  let strays = 0;
  for (const [at, number] of posts) if (at < first - margin || at > last + margin) strays += number;
  return { unit, width, start: from * width, counts, strays };
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
