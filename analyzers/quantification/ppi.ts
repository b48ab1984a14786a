import { designInterval } from "./intervals.ts";
import { deviations, groupStrata, meanOf, varianceOf, type Group, type Labelled, type Stratum } from "./strata.ts";

export interface Share {
  /** 0 … 1; the shares of all classes add up to 1. */
  share: number;
  /** 95 %. */
  interval: [lo: number, hi: number];
  /** Standard error. */
  se: number;
  /** Weight given to the predictions: 0 = labels alone, 1 = prediction plus mean error of the labelled. */
  lambda: number;
}

/**
 * Shares of classes among all posts by stratified PPI++ (Angelopoulos, Duchi & Zrnic 2023): Σ W·(λ·mean of predictions of all posts + mean of (label − λ·prediction) of the labelled),
 * λ per class, then clipped and scaled to add up to 1. The shares are those of the finite set of posts, so λ = cov(label, prediction) / var(prediction) of the labelled,
 * and the variance leaves out items that were sure to be drawn (Deville 1993, for sampling without replacement by size).
 * @throws RangeError without labels
 */
export function predictionPoweredShares(strata: readonly Stratum[], labelled: readonly Labelled[]): Share[] {
  const groups = groupStrata(strata, labelled);
  const found = strata[0]!.mean.map((_, k) => {
    const lambda = slope(groups, k);
    const residual = (item: Labelled): number => item.label[k]! - lambda * item.predicted[k]!;
    const all = groups.reduce((sum, { weight, mean }) => sum + weight * lambda * mean[k]!, 0);
    return { lambda, raw: all + meanOf(groups, residual), variance: varianceOf(groups, residual) };
  });
  const shares = toSimplex(found.map(({ raw }) => raw));
  return found.map(({ lambda, variance }, k) => ({ share: shares[k]!, interval: designInterval(shares[k]!, variance, labelled.length), se: Math.sqrt(variance), lambda }));
}

/** Slope of label on prediction within the groups, pooled by their part in the variance, in [0, 1]; 0 when the predictions do not vary. */
function slope(groups: readonly Group[], k: number): number {
  let [together, alone] = [0, 0];
  for (const { weight, items } of groups) {
    const predicted = deviations(items, ({ predicted }) => predicted[k]!);
    const label = deviations(items, ({ label }) => label[k]!);
    items.forEach((item, i) => {
      const share = weight ** 2 * item.weight ** 2 * item.free;
      together += share * predicted[i]! * label[i]!;
      alone += share * predicted[i]! ** 2;
    });
  }
  return alone > 0 ? Math.min(1, Math.max(0, together / alone)) : 0;
}

/** Negative parts to 0, then divided by their sum: shares that add up to 1. RangeError when nothing positive is left. */
export function toSimplex(values: readonly number[]): number[] {
  const clipped = values.map((value) => Math.max(0, value));
  const sum = clipped.reduce((total, value) => total + value, 0);
  if (!(sum > 0)) throw new RangeError(`no shares in ${values.join(", ")}`);
  return clipped.map((value) => value / sum);
}
