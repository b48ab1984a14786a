/** What a region has of an event against what its share of a base (residents) lets expect. */
export interface LocationQuotient {
  region: string;
  /** Observed count. */
  observed: number;
  /** N × base share of the region. */
  expected: number;
  /** observed / expected; 1 = as many as expected. */
  quotient: number;
  /** The quotient drawn towards 1 by its reliability (empirical Bayes), and its 95 % interval (posterior, normal, cut at 0; the uncertainty of s² is not in it). */
  shrunk: number;
  interval: [low: number, high: number];
  /** Two-sided p-value against quotient 1, by the normal approximation. */
  p: number;
  /** Passes Benjamini–Hochberg at q = 0.05 over all regions, |shrunk − 1| ≥ 0.2 and observed / designEffect ≥ 20. */
  marked: boolean;
}

/**
 * Location quotients of all regions of the base, in the base's order; [] without any observation. Regions outside the base are left out of N.
 * Shrinkage: Marshall 1991 (JRSS-C 40:283), global moments: s² = max(0, Σ(E/ΣE)(LQ − 1)² − D/Ē), LQ̃ = 1 + (LQ − 1)·s²/(s² + D/E), with variances
 * widened by the design effect D.
 * @param observed counts by region
 * @param base positive weights by region, at least two regions
 * @param designEffect ≥ 1: by how much clustering (one author, many posts) widens the variance of a count
 */
export function locationQuotients(observed: ReadonlyMap<string, number>, base: ReadonlyMap<string, number>, designEffect: number): LocationQuotient[] {
  const weight = [...base.values()].reduce((total, value) => total + value, 0);
  const total = [...base.keys()].reduce((sum, region) => sum + (observed.get(region) ?? 0), 0);
  if (total === 0) return [];
  const rows = [...base].map(([region, value]) => {
    const count = observed.get(region) ?? 0;
    const expected = (total * value) / weight;
    const z = (count - expected) / Math.sqrt(designEffect * expected * (1 - value / weight));
    return { region, observed: count, expected, quotient: count / expected, p: twoSided(z) };
  });
  const spread = rows.reduce((sum, { expected, quotient }) => sum + (expected / total) * (quotient - 1) ** 2, 0);
  const between = Math.max(0, spread - (designEffect * rows.length) / total);
  const level = benjaminiHochberg(rows.map(({ p }) => p), 0.05);
  return rows.map((row) => {
    const within = designEffect / row.expected;
    const reliability = between / (between + within);
    const shrunk = 1 + (row.quotient - 1) * reliability;
    const half = 1.959963984540054 * Math.sqrt(within * reliability);
    const marked = row.p <= level && Math.abs(shrunk - 1) >= 0.2 && row.observed >= 20 * designEffect;
    return { ...row, shrunk, interval: [Math.max(0, shrunk - half), shrunk + half], marked };
  });
}

/** The largest p-value that passes at false discovery rate q (Benjamini & Hochberg 1995); −1 when none does. */
export function benjaminiHochberg(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.findLast((p, i) => p <= (q * (i + 1)) / sorted.length) ?? -1;
}

/** Two-sided normal p-value; erfc by Abramowitz & Stegun 7.1.26, absolute error below 1.5e-7. */
function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  return t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x);
}

/**
 * Design effect of a count of author-days when an author's posts fall together (all from one region): Σm² / Σm over authors (Kish 1965),
 * m = the author's days with posts, at most the days of the event. At least 1; 1 when every author posts once.
 * @param sizes `authors` authors with exactly `posts` posts each
 * @param days days of the event that have posts
 * @param single posts without a known author, each its own cluster
 */
export function designEffect(sizes: readonly { posts: number; authors: number }[], days: number, single: number): number {
  let sum = single;
  let squares = single;
  for (const { posts, authors } of sizes) {
    const m = Math.min(posts, Math.max(1, days));
    sum += authors * m;
    squares += authors * m * m;
  }
  return sum === 0 ? 1 : squares / sum;
}
