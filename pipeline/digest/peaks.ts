import { quantile } from "../../analyzers/statistics.ts";
import { least } from "./change.ts";

/** Days of a month below which no day is said to stand out. */
const fewest = 14;
const most = 5;
/** Nominal chance that a month without any peak shows one; the estimated dispersion makes it about three times as much when days are far from Poisson (test/digest/peaks.test.ts). */
const alpha = 0.02;

export interface Standing {
  tested: number;
  median: number | null;
  /** Variance ÷ mean of ordinary days; at least 1. */
  dispersion: number | null;
  /** Days that stand out; `found` lists the strongest five. */
  standing: number;
  /** Index of the day, its robust z, and its p times the days tested; in order of days. */
  found: { at: number; z: number; p: number }[];
  reason: "few_days" | "few_posts" | null;
}

/**
 * Days that stand out. Suspects: days of at least 20 posts whose robust z is at least 3, (posts − m) ÷ √(φm) with m = median and φ = max(1, (1.4826·MAD)² ÷ m); at most a quarter of the days.
 * They are then held against the other days: counts of mean m and variance φ'm, φ' = the greater of φ and Σ(posts − m)² ÷ m(n − 1) over the others, widened by 1 + π/2n for the
 * error of the median; Poisson when φ' is near 1, else negative binomial. A suspect stands out when so many posts or more have a chance of at most 0.02 over all days tested (Bonferroni).
 * null: not counted, not tested.
 */
export function standingOut(posts: readonly (number | null)[]): Standing {
  const known = posts.filter((value) => value !== null);
  const none = (reason: Standing["reason"]): Standing => ({ tested: known.length, median: null, dispersion: null, standing: 0, found: [], reason });
  if (known.length < fewest) return none("few_days");
  if (known.reduce((sum, value) => sum + value, 0) < least) return none("few_posts");
  const median = middle(known);
  const mean = Math.max(median, 0.5); // a month of mostly silent days
  const robust = Math.max(1, (1.4826 * middle(known.map((value) => Math.abs(value - median)))) ** 2 / mean);
  const zOf = (value: number): number => (value - mean) / Math.sqrt(robust * mean);
  const suspects = posts
    .flatMap((value, at) => (value !== null && value >= least && zOf(value) >= 3 ? [{ at, value }] : []))
    .sort((a, b) => b.value - a.value || a.at - b.at)
    .slice(0, Math.floor(known.length / 4));
  const others = posts.filter((value, at) => value !== null && suspects.every((one) => one.at !== at)) as number[];
  const dispersion = Math.max(robust, others.reduce((sum, value) => sum + (value - mean) ** 2, 0) / mean / (others.length - 1));
  const widened = dispersion * (1 + Math.PI / (2 * known.length));
  const found = suspects
    .map(({ at, value }) => ({ at, z: zOf(value), p: Math.min(1, upperTail(value, mean, widened) * known.length) }))
    .filter(({ p }) => p <= alpha);
  return { tested: known.length, median, dispersion, standing: found.length, found: found.slice(0, most).sort((a, b) => a.at - b.at), reason: null };
}

function middle(values: readonly number[]): number {
  return quantile([...values].sort((a, b) => a - b), 0.5);
}

/** P(X ≥ k) of a negative binomial with a mean and variance = dispersion × mean, dispersion > 1; k above the mean. Summed upwards from k: each term is a falling share of the one before. */
export function upperTail(k: number, mean: number, dispersion: number): number {
  const size = mean / (dispersion - 1);
  const fail = 1 - 1 / dispersion;
  let term = Math.exp(logGamma(k + size) - logGamma(k + 1) - logGamma(size) - size * Math.log(dispersion) + k * Math.log(fail));
  let sum = 0;
  for (let at = k; term > sum * 1e-12; at++) {
    sum += term;
    term *= ((at + size) / (at + 1)) * fail;
  }
  return Math.min(1, sum);
}

/** ln Γ(x), x > 0: Stirling's series above 10, reached by Γ(x + 1) = xΓ(x); error below 1e-10. */
function logGamma(x: number): number {
  let [at, shift] = [x, 0];
  for (; at < 10; at++) shift += Math.log(at);
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * at) - 1 / (360 * at ** 3) + 1 / (1260 * at ** 5) - shift;
}
