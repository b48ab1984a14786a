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

/** Sums over groups (of one author, or of near-equal texts) for one region; n: counts of the group in the region, size: of the group in all regions of the base. */
export interface GroupSums {
  region: string;
  /** Σ n² */
  squares: number;
  /** Σ n·size */
  products: number;
}

/**
 * By how much groups that fall together widen the variance of the regions' counts: the cluster-robust variance under the base's shares π, pooled over regions,
 * against that of independent counts, Σ_r Σ_g (n_gr − size_g·π_r)² / (N(1 − Σπ²)) (Liang & Zeger 1986; pooled as a generalized design effect, Rao & Scott 1981).
 * About 1 when the members of a group are spread like the base, Σ size² / Σ size when each group sits in one region. 1 without counts.
 */
export function groupEffect(sums: readonly GroupSums[], base: ReadonlyMap<string, number>, total: number): number {
  const weight = [...base.values()].reduce((sum, value) => sum + value, 0);
  const known = new Map(sums.map((row) => [row.region, row]));
  // Σ_r n_gr = size_g, so the products of all regions add up to Σ size².
  const sizes = sums.reduce((sum, { products }) => sum + products, 0);
  let variance = 0;
  let independent = 0;
  for (const [region, value] of base) {
    const share = value / weight;
    const { squares, products } = known.get(region) ?? { squares: 0, products: 0 };
    variance += squares - 2 * share * products + share * share * sizes;
    independent += total * share * (1 - share);
  }
  return independent === 0 ? 1 : variance / independent;
}

/** Design effect of two groupings at once, at least 1: both effects less that of their intersection (Cameron, Gelbach & Miller 2011). */
export function designEffect(author: number, text: number, both: number): number {
  return Math.max(1, author + text - both);
}
