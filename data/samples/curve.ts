import type { Random } from "./random.ts";
import { normal, pickBySum, runningSums } from "./random.ts";

const minute = 60_000;
const hour = 60 * minute;
const offset = 8 * hour;

/** UTC milliseconds of a local time "YYYY-MM-DD HH:MM" at UTC+8. */
export const instant = (local: string): number => Date.parse(`${local.replace(" ", "T")}:00Z`) - offset;
/** Local time "YYYY-MM-DD HH:MM" at UTC+8. */
export const localTime = (ms: number): string => new Date(ms + offset).toISOString().slice(0, 16).replace("T", " ");

/** Planted trend, without the time of day: local time and rate as a share of the peak. Between knots: monotone cubic in the logarithm. */
const knots: [string, number][] = [
  ["2025-07-15 08:47", 0.008], ["2025-07-15 14:00", 0.02], ["2025-07-15 18:30", 0.05], ["2025-07-15 22:00", 0.1], ["2025-07-16 08:00", 0.17],
  ["2025-07-16 18:00", 0.27], ["2025-07-17 00:00", 0.33], ["2025-07-17 08:00", 0.41], ["2025-07-17 10:30", 0.47], ["2025-07-17 12:00", 0.56],
  ["2025-07-17 18:00", 0.95], ["2025-07-17 21:00", 1], ["2025-07-18 06:00", 0.87], ["2025-07-18 14:00", 0.74], ["2025-07-18 20:00", 0.56],
  ["2025-07-19 00:00", 0.44], ["2025-07-19 12:00", 0.29], ["2025-07-20 12:00", 0.175], ["2025-07-21 08:00", 0.115], ["2025-07-21 18:00", 0.085],
  ["2025-07-22 12:00", 0.055], ["2025-07-23 00:00", 0.04],
];
export const start = instant(knots[0]![0]);
/** Exclusive. */
export const end = instant(knots.at(-1)![0]);

/** Activity by local clock hour, mean 1: people sleep, come back at noon, and talk most in the evening. */
export const diurnal = [1.05, 0.52, 0.24, 0.14, 0.11, 0.15, 0.44, 0.96, 1.4, 1.56, 1.48, 1.38, 1.42, 1.25, 1.08, 1.03, 1.1, 1.09, 1.08, 1.12, 1.22, 1.36, 1.42, 1.4];

const times = knots.map(([local]) => (instant(local) - start) / hour);
const logs = knots.map(([, rate]) => Math.log(rate));
/** Slopes of the monotone cubic (Fritsch and Butland 1984): harmonic means of the neighbouring secants, 0 at turns. */
const slopes = (() => {
  const secants = times.slice(1).map((t, i) => (logs[i + 1]! - logs[i]!) / (t - times[i]!));
  const inner = secants.slice(1).map((right, i) => (secants[i]! * right <= 0 ? 0 : (2 * secants[i]! * right) / (secants[i]! + right)));
  return [secants[0]!, ...inner, secants.at(-1)!];
})();

/** Planted trend at an instant, as a share of its peak; 0 outside the planted window. */
export function trend(ms: number): number {
  const t = (ms - start) / hour;
  if (t < 0 || ms >= end) return 0;
  let i = 0;
  while (times[i + 1]! < t) i++;
  const width = times[i + 1]! - times[i]!;
  const u = (t - times[i]!) / width;
  const [a, b] = [logs[i]!, logs[i + 1]!];
  const [m, n] = [slopes[i]! * width, slopes[i + 1]! * width];
  return Math.exp(a + u * (m + u * (3 * (b - a) - 2 * m - n + u * (2 * (a - b) + m + n))));
}

/** Diurnal factor at an instant, linear between the middles of the clock hours. */
function diurnalFactor(ms: number): number {
  const position = ((ms + offset) / hour - 0.5) % 24;
  const before = Math.floor(position);
  const after = (before + 1) % 24;
  return diurnal[before]! + (position - before) * (diurnal[after]! - diurnal[before]!);
}

/** `count` instants on whole minutes, ascending: trend × time of day × a rough ten-minute weather (log-normal, σ 0.15). */
export function sampleTimes(random: Random, count: number): number[] {
  const slots = Math.ceil((end - start) / (10 * minute));
  const weights = Array.from({ length: slots }, (_, slot) => {
    const middle = start + (slot + 0.5) * 10 * minute;
    return trend(Math.min(middle, end - minute)) * diurnalFactor(middle) * Math.exp(0.15 * normal(random));
  });
  const sums = runningSums(weights);
  const drawn = Array.from({ length: count }, () => start + minute + (pickBySum(random, sums) * 10 + Math.floor(random() * 10)) * minute);
  return drawn.map((ms) => Math.min(ms, end - minute)).sort((a, b) => a - b);
}

/**
 * Boundaries by the definition of the method, read off the planted trend at whole minutes (P = its peak): 发展期 starts after the trend is last
 * below 5 % P on the way up; 爆发期 from the first to the last instant at or above 50 % P; 延续期 until it is last at or above 10 % P. UTC ms.
 */
export function phases(): { growth: number; burst: number; peak: number; persistence: number; decline: number } {
  const minutes = Array.from({ length: (end - start) / minute }, (_, i) => start + i * minute);
  const rates = minutes.map(trend);
  const top = Math.max(...rates);
  const peak = rates.indexOf(top);
  const low = rates.findLastIndex((rate, i) => i <= peak && rate < 0.05 * top);
  return {
    growth: minutes[low + 1]!,
    burst: minutes[rates.findIndex((rate) => rate >= 0.5 * top)]!,
    peak: minutes[peak]!,
    persistence: minutes[rates.findLastIndex((rate) => rate >= 0.5 * top)]! + minute,
    decline: minutes[rates.findLastIndex((rate) => rate >= 0.1 * top)]! + minute,
  };
}
