import { mulberry32, poisson, quantile } from "./statistics.ts";

/** So many accounts with so much each; both more than 0. */
export interface Sizes {
  size: number;
  authors: number;
}

export interface Concentration {
  authors: number;
  total: number;
  /** Σ(2i − n − 1)·x₍ᵢ₎ / (n·Σx), in [0, 1): 0 = all equal. */
  gini: number;
  /** Shares of the ten largest accounts and of the largest hundredth of them (rounded up); null with ten accounts or fewer, and with fewer than a hundred. */
  top10: number | null;
  top1: number | null;
  /** 1 / Σ share² (1 / HHI): as many accounts of equal size would be as concentrated. In [1, authors]. */
  effective: number;
}
type Measure = "gini" | "top10" | "top1" | "effective";
export type Intervals = Record<Measure, [number, number] | null>;

/** How unevenly something is spread over accounts; null without accounts. Ranks of equal accounts are summed in closed form. */
export function concentrationOf(sizes: readonly Sizes[]): Concentration | null {
  const groups = [...sizes].sort((a, b) => a.size - b.size);
  const authors = groups.reduce((sum, group) => sum + group.authors, 0);
  const total = groups.reduce((sum, group) => sum + group.authors * group.size, 0);
  if (authors === 0) return null;
  let below = 0;
  let weighted = 0;
  let squares = 0;
  for (const group of groups) {
    weighted += group.size * group.authors * (2 * below + group.authors - authors);
    squares += group.authors * group.size ** 2;
    below += group.authors;
  }
  const top = (most: number): number => largest(groups, most) / total;
  return { authors, total, gini: weighted / (authors * total), top10: authors <= 10 ? null : top(10), top1: authors < 100 ? null : top(Math.ceil(authors / 100)), effective: total ** 2 / squares };
}

/** Sum over the `most` largest accounts; groups ascend in size. */
function largest(groups: readonly Sizes[], most: number): number {
  let left = most;
  let sum = 0;
  for (let k = groups.length - 1; k >= 0 && left > 0; k--) {
    const taken = Math.min(left, groups[k]!.authors);
    sum += taken * groups[k]!.size;
    left -= taken;
  }
  return sum;
}

/**
 * 95 % percentile intervals of the measures from a bootstrap over accounts: each stands in a sample as often as a Poisson number of mean 1 says, as good as drawing
 * with replacement for more than a few accounts. An interval always holds the value itself. Null for fewer than 20 accounts.
 */
export function intervalsOf(sizes: readonly Sizes[], samples = 400): Intervals | null {
  const point = concentrationOf(sizes);
  if (point === null || point.authors < 20) return null;
  const groups = [...sizes].sort((a, b) => a.size - b.size);
  const random = mulberry32(20_250_303);
  const drawn = Array.from({ length: samples }, () => concentrationOf(groups.flatMap(({ size, authors }) => {
    const times = poisson(random, authors);
    return times > 0 ? [{ size, authors: times }] : [];
  }))).filter((sample) => sample !== null);
  const of = (measure: Measure): [number, number] | null => {
    const value = point[measure];
    const sorted = drawn.flatMap((sample) => sample[measure] ?? []).sort((a, b) => a - b);
    if (value === null || sorted.length < samples / 2) return null;
    return [Math.min(value, quantile(sorted, 0.025)), Math.max(value, quantile(sorted, 0.975))];
  };
  return { gini: of("gini"), top10: of("top10"), top1: of("top1"), effective: of("effective") };
}
