/** How much of an average hour's activity each clock hour holds: what a count must be divided by before night looks like silence. Mean 1. */

/**
 * Actions on Weibo by Beijing hour 0 … 23, counted by us. weibo-2020: 3.0 million actions of the CHECKED set; weibo-2012: the CED set, about 2012–2016.
 * Both are conditioned on when the originals were posted, so they are a start, not the truth.
 */
export const clocks = {
  "weibo-2020": [0.8, 0.36, 0.18, 0.12, 0.09, 0.14, 0.52, 1.17, 1.74, 1.85, 1.64, 1.46, 1.38, 1.22, 1.07, 1.0, 1.19, 1.18, 1.1, 1.1, 1.14, 1.14, 1.15, 1.28],
  "weibo-2012": [2.54, 0.73, 0.35, 0.22, 0.17, 0.2, 0.41, 0.83, 1.18, 1.34, 1.27, 1.17, 1.26, 1.18, 0.98, 0.92, 0.91, 0.93, 0.88, 0.88, 0.99, 1.14, 1.44, 2.08],
  /** No daily rhythm. */
  even: new Array<number>(24).fill(1),
} as const satisfies Record<string, readonly number[]>;
export type Clock = keyof typeof clocks;

/** Mean activity of the hour that begins at a clock time in hours, which need not be full. */
export function activityAt(profile: readonly number[], begin: number): number {
  const hour = Math.floor(begin);
  const at = (clock: number): number => profile[((clock % 24) + 24) % 24]!;
  return (1 - (begin - hour)) * at(hour) + (begin - hour) * at(hour + 1);
}

/** Smallest factor: below it an hour says next to nothing about the rate. */
const floor = 0.02;
/** Weight of the prior factor and largest weight of one bin, in effective posts (posts ÷ overdispersion). */
const priorPosts = 20;

/** A repeating rhythm: bin i belongs to class classes[i] (clock hour, part of the day or weekday). */
export interface Rhythm {
  classes: readonly number[];
  /** Activity of each class relative to the average, mean 1 over the classes. */
  factors: readonly number[];
  /** Effective posts that each factor rests on: it is known about as well as a Gamma mean of that shape. */
  weights: readonly number[];
}

/** Factors as given, known as well as 20 effective posts would tell. */
export function priorRhythm(classes: readonly number[], factors: readonly number[]): Rhythm {
  return { classes, factors: scaled(factors), weights: factors.map(() => priorPosts) };
}

/** The farthest that one bin may pull a factor: up or down by half. */
const reach = 1.5;

/**
 * Factors re-estimated from the series itself, shrunk to the given ones: a Gamma prior worth 20 effective posts a class against the ratio
 * count / (hours × rate) of each observed bin, weighted by its effective posts but at most 20, and kept within 1.5 times the given factor, so that one burst
 * cannot set the clock.
 * @param rates posts per average hour, from a fit with the given factors that is too stiff to follow the rhythm itself
 * @param hours length of each bin; 0 = not observed
 */
export function ownRhythm(rhythm: Rhythm, counts: readonly number[], rates: ArrayLike<number>, hours: readonly number[], dispersion: number): Rhythm {
  const sums = rhythm.factors.map((factor) => priorPosts * factor);
  const weights = rhythm.factors.map(() => priorPosts);
  rhythm.classes.forEach((which, i) => {
    const mean = rates[i]! * hours[i]!;
    if (!(mean > 0)) return;
    const weight = Math.min(priorPosts, mean / dispersion);
    const given = rhythm.factors[which]!;
    sums[which]! += weight * Math.min(given * reach, Math.max(given / reach, counts[i]! / mean));
    weights[which]! += weight;
  });
  return { classes: rhythm.classes, factors: scaled(sums.map((sum, which) => sum / weights[which]!)), weights };
}

/** Factors with the floor and mean 1. */
function scaled(factors: readonly number[]): number[] {
  const raised = factors.map((factor) => Math.max(floor, factor));
  const mean = raised.reduce((sum, factor) => sum + factor, 0) / raised.length;
  return raised.map((factor) => factor / mean);
}
