import { clocks } from "./exposure.ts";
import type { Hours } from "./hours.ts";

export interface Surge {
  /** Begin of the three hours, UTC ms. */
  ms: number;
  posts: number;
  before: number;
  /** Posts per usual hour ÷ those of the three hours before. */
  ratio: number;
  /** Lower bound of the ratio; see strongestSurge. */
  lower: number;
}

const width = 3;
/** Windows of an event hang together and there are many of them: a bound at 3.3 standard errors (two-sided p = 0.001) rather than 1.96. */
const z = 3.3;

/**
 * The three hours whose posts grew most against the three before, by the lower bound of the ratio of rates with the usual activity of the hours taken out:
 * exp(ln ratio − 3.3·√(φ·(1/after + 1/before))), φ = overdispersion of the hours around the mean of their neighbours. An empty window counts as half a post. Null with fewer than six hours.
 */
export function strongestSurge({ start_ms, hours }: Hours): Surge | null {
  const phi = dispersion(hours.map(({ posts }) => posts));
  const sum = (from: number, of: (i: number) => number) => of(from) + of(from + 1) + of(from + 2);
  const posts = (i: number) => hours[i]!.posts;
  const usual = (i: number) => clocks["weibo-2020"][hours[i]!.clock]!;
  let best: Surge | null = null;
  for (let at = width; at + width <= hours.length; at++) {
    const [after, before] = [sum(at, posts), sum(at - width, posts)];
    const ratio = Math.max(after, 0.5) / sum(at, usual) / (Math.max(before, 0.5) / sum(at - width, usual));
    const lower = Math.exp(Math.log(ratio) - z * Math.sqrt(phi * (1 / Math.max(after, 0.5) + 1 / Math.max(before, 0.5))));
    if (best === null || lower > best.lower) best = { ms: start_ms + at * 3_600_000, posts: after, before, ratio, lower };
  }
  return best;
}

/** Mean of (y − m)²/m over hours with posts around them, m = mean of the two neighbours on each side; at least 1. */
export function dispersion(counts: readonly number[]): number {
  const terms = counts.flatMap((count, i) => {
    const around = [i - 2, i - 1, i + 1, i + 2].flatMap((at) => counts[at] ?? []);
    const mean = around.reduce((sum, value) => sum + value, 0) / around.length;
    return mean > 0 ? [(count - mean) ** 2 / mean] : [];
  });
  return terms.length === 0 ? 1 : Math.max(1, terms.reduce((sum, value) => sum + value, 0) / terms.length);
}
