import type { Rhythm } from "./exposure.ts";
import { binHours, type Series } from "./series.ts";
import { overdispersion } from "./spline.ts";

/** Natural log of the odds that silence must defy before it is called a gap: chance below 3·10⁻⁷. */
const evidence = 15;
const neighbours = 3;

/**
 * Marks the empty bins in which, most likely, nothing was collected. A run of empty bins inside the series is a gap when the lower of the two rates beside
 * it (3 bins each) would give at least 3 posts a bin and Σ r·ln(1 + mean/r) ≥ 15, minus the log chance of no post under a negative binomial.
 * Clock hours or weekdays that hold posts on less than a third of their occurrences are no evidence: silence is usual there.
 */
export function gapsOf(series: Series, rhythm: Rhythm): boolean[] {
  const { counts } = series;
  const exposure = counts.map((_, i) => binHours(series) * rhythm.factors[rhythm.classes[i]!]!);
  const missing = counts.map(() => false);
  const usual = usuallyBusy(counts, rhythm);
  const size = negativeBinomialSize(counts, exposure);
  for (let from = 0; from < counts.length; from++) {
    if (counts[from] !== 0) continue;
    let to = from;
    while (counts[to] === 0) to++;
    const rate = Math.min(rateBetween(from - neighbours, from), rateBetween(to, to + neighbours));
    const telling = [];
    for (let i = from; i < to; i++) if (usual[rhythm.classes[i]!]) telling.push(rate * exposure[i]!);
    const expected = telling.reduce((sum, mean) => sum + mean, 0);
    const surprise = telling.reduce((sum, mean) => sum + (size === Infinity ? mean : size * Math.log1p(mean / size)), 0);
    if (telling.length > 0 && expected >= 3 * telling.length && surprise >= evidence) missing.fill(true, from, to);
    from = to;
  }
  return missing;

  function rateBetween(from: number, to: number): number {
    let [posts, exposed] = [0, 0];
    for (let i = Math.max(0, from); i < Math.min(counts.length, to); i++) {
      posts += counts[i]!;
      exposed += exposure[i]!;
    }
    return exposed > 0 ? posts / exposed : 0;
  }
}

function usuallyBusy(counts: readonly number[], rhythm: Rhythm): boolean[] {
  const bins = rhythm.factors.map(() => 0);
  const busy = rhythm.factors.map(() => 0);
  rhythm.classes.forEach((which, i) => {
    bins[which]!++;
    if (counts[i]! > 0) busy[which]!++;
  });
  return bins.map((number, which) => number > 0 && 3 * busy[which]! >= number);
}

/** Size r of a negative binomial whose mean overdispersion over the non-empty bins is φ: r = mean / (φ − 1). */
function negativeBinomialSize(counts: readonly number[], exposure: readonly number[]): number {
  const busy = counts.filter((posts) => posts > 0);
  const dispersion = overdispersion({ counts, exposure: exposure.map((hours, i) => (counts[i]! > 0 ? hours : 0)) });
  return dispersion === 1 ? Infinity : busy.reduce((sum, posts) => sum + posts, 0) / busy.length / (dispersion - 1);
}
