import { readFileSync } from "node:fs";
import { z } from "zod";
import { dataPath } from "../pipeline/paths.ts";

/** Posts after a peak: rate(t) = level · (t/scale + 1)^−exponent · usual activity, t in hours since the peak (power-law relaxation, Crane & Sornette 2008 PNAS 105:15649). */
export interface Decay {
  level: number;
  exponent: number;
  scale: number;
}

/** Hours after a peak, one entry an hour: counts, and the usual activity of the hour (mean 1). */
export interface Hourly {
  counts: readonly number[];
  exposure: readonly number[];
}

/** What the exponent is before the data is seen: normal with this mean and deviation, at an age of the decay in hours. */
export interface ExponentPrior {
  age: number;
  mean: number;
  deviation: number;
}

const learntSchema = z.strictObject({
  /** By age, ascending. */
  priors: z.array(z.strictObject({ age: z.number(), mean: z.number(), deviation: z.number() })).min(1),
  /** Quantiles 10 %, 50 %, 90 % of ln(actual + 10) − ln(expected + 10) over `n` decays of that age, by age and then horizon in hours. */
  errors: z.array(z.strictObject({ age: z.number(), horizon: z.number(), n: z.number().int(), quantiles: z.tuple([z.number(), z.number(), z.number()]) })).min(1),
});
export type Learnt = z.infer<typeof learntSchema>;

/** Hours ahead for which errors are known; hours after a peak that must be seen; posts that they must hold. */
export const horizons = [6, 12, 18, 24] as const;
export const fewestHours = 6;
export const fewestPosts = 100;

let learnt: Learnt | null = null;
/** Priors and errors learnt from past cascades: data/forecast/decay.json, see the README there. */
export function learntDecays(): Learnt {
  return (learnt ??= learntSchema.parse(JSON.parse(readFileSync(dataPath("forecast", "decay.json"), "utf8"))));
}

/**
 * Fits the decay to the hours since the peak. The exponent is the mode of a Poisson likelihood over the last half of them (at least 6), divided by the overdispersion there around the prior's own course (an event that does not follow it tells less), times
 * its prior; the level comes from the last half of those hours. The counts must hold a post within them, else null.
 */
export function fitDecay({ counts, exposure }: Hourly, prior: Pick<ExponentPrior, "mean" | "deviation">, scale = 1): Decay | null {
  const age = counts.length;
  const from = Math.max(0, Math.floor(age - Math.max(6, age / 2)));
  const hours = Array.from({ length: age - from }, (_, i) => from + i);
  const log = (hour: number): number => Math.log(hour / scale + 1);
  const posts = sum(hours.map((hour) => counts[hour]!));
  const recent = hours.slice(-Math.max(3, Math.ceil(hours.length / 2)));
  if (!(sum(recent.map((hour) => counts[hour]!)) > 0)) return null;
  const expected = (exponent: number): number[] => {
    const shape = hours.map((hour) => exposure[hour]! * Math.exp(-exponent * log(hour)));
    const total = sum(shape);
    return shape.map((value) => (posts * value) / total);
  };
  const start = expected(prior.mean);
  const dispersion = Math.max(1, sum(hours.map((hour, i) => (counts[hour]! - start[i]!) ** 2 / Math.max(0.1, start[i]!))) / (hours.length - 1));
  // The log posterior is concave: its slope falls through zero once.
  const slope = (exponent: number): number => {
    const means = expected(exponent);
    return sum(hours.map((hour, i) => (means[i]! - counts[hour]!) * log(hour))) / dispersion - (exponent - prior.mean) / prior.deviation ** 2;
  };
  let [low, high] = [prior.mean - 10, prior.mean + 10];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  const exponent = (low + high) / 2;
  const level = sum(recent.map((hour) => counts[hour]!)) / sum(recent.map((hour) => exposure[hour]! * Math.exp(-exponent * log(hour))));
  return { level, exponent, scale };
}

/** Expected posts from hour `from` after the peak, over the hours whose usual activity is given. */
export function expectedPosts({ level, exponent, scale }: Decay, from: number, exposure: readonly number[]): number {
  return level * sum(exposure.map((activity, i) => activity * ((from + i) / scale + 1) ** -exponent));
}

/** The prior at an age: between the learnt ages linear in the log of age, outside them that of the nearest. */
export function priorAt(priors: readonly ExponentPrior[], age: number): Pick<ExponentPrior, "mean" | "deviation"> {
  const [one, other, weight] = around(priors, age);
  return { mean: mixed(one.mean, other.mean, weight), deviation: mixed(one.deviation, other.deviation, weight) };
}

/** Posts of the next `horizon` hours with the 80 % interval of past errors at that age: never below 0. */
export interface Outlook {
  horizon: number;
  low: number;
  middle: number;
  high: number;
  /** Past decays that the errors rest on: the fewer of the two ages beside. */
  n: number;
}

/** Turns expected posts into middle and interval by the errors of past decays of like age (conformal: Vovk et al. 2005; Lei et al. 2018), interpolated as the prior is. */
export function outlook(errors: Learnt["errors"], age: number, horizon: number, expected: number): Outlook {
  const [one, other, weight] = around(errors.filter((row) => row.horizon === horizon), age);
  const [low, middle, high] = [0, 1, 2].map((i) => Math.max(0, (expected + 10) * Math.exp(mixed(one.quantiles[i]!, other.quantiles[i]!, weight)) - 10)) as [number, number, number];
  return { horizon, low, middle, high, n: Math.min(one.n, other.n) };
}

/** The two rows beside an age and the weight of the second. */
function around<R extends { age: number }>(rows: readonly R[], age: number): [one: R, other: R, weight: number] {
  const after = rows.findIndex((row) => row.age >= age);
  const other = rows[after < 0 ? rows.length - 1 : after]!;
  const one = after <= 0 ? other : rows[after - 1]!;
  return [one, other, one.age === other.age ? 0 : Math.log(age / one.age) / Math.log(other.age / one.age)];
}

/** Growth of the rate per hour with its 95 % interval. */
export interface Growth {
  factor: number;
  low: number;
  high: number;
}

/** Log-linear Poisson fit over the hours given, with the usual activity taken out; the interval is widened by the overdispersion. null below 4 hours or 10 posts. */
export function growthOf({ counts, exposure }: Hourly): Growth | null {
  const n = counts.length;
  const posts = sum(counts);
  if (n < 4 || posts < 10) return null;
  const at = (hour: number): number => hour - (n - 1) / 2;
  const means = (growth: number): number[] => {
    const shape = exposure.map((activity, hour) => activity * Math.exp(growth * at(hour)));
    const total = sum(shape);
    return shape.map((value) => (posts * value) / total);
  };
  let [low, high] = [-5, 5];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    const fitted = means(middle);
    if (sum(counts.map((count, hour) => (count - fitted[hour]!) * at(hour))) > 0) low = middle;
    else high = middle;
  }
  const growth = (low + high) / 2;
  const fitted = means(growth);
  const dispersion = Math.max(1, sum(counts.map((count, hour) => (count - fitted[hour]!) ** 2 / Math.max(1e-9, fitted[hour]!))) / (n - 2));
  const centre = sum(fitted.map((mean, hour) => mean * at(hour))) / posts;
  const information = sum(fitted.map((mean, hour) => mean * (at(hour) - centre) ** 2));
  const half = studentT975[n - 2 - 1] ?? 1.96;
  const deviation = half * Math.sqrt(dispersion / Math.max(1e-9, information));
  return { factor: Math.exp(growth), low: Math.exp(growth - deviation), high: Math.exp(growth + deviation) };
}

/** 97.5 % quantiles of Student's t with 1, 2, 3 … degrees of freedom. */
const studentT975 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228] as const;

const mixed = (one: number, other: number, weight: number): number => one + weight * (other - one);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
