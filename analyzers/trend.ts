import { clocks, ownRhythm, type Clock, type Rhythm } from "./exposure.ts";
import { gapsOf } from "./gaps.ts";
import { binHours, rhythmOf, type Series } from "./series.ts";
import { chooseSpline, fitSpline, isFlat, type Fit } from "./spline.ts";

/** The rate of posts with the rhythm of day or week taken out. */
export interface Trend {
  /** Posts per average hour, one a bin; bins without collection are interpolated. */
  rates: number[];
  /** Standard deviation of the natural log of each rate: that of the fit and that of the rhythm. */
  deviation: number[];
  /** Hours × rhythm of each bin; 0 = nothing was collected. */
  exposure: number[];
  /** Bins in which, most likely, nothing was collected. */
  missing: boolean[];
  rhythm: Rhythm;
  /** Overdispersion φ ≥ 1 that the fit assumes (variance = φ·mean). */
  dispersion: number;
  /** Size r of the negative binomial that the residuals suggest (variance = mean + mean²/r); Infinity = Poisson. Used to draw counts. */
  size: number;
  /** λ of the penalty. */
  smoothing: number;
  /** The day profile that fits better; `own` = re-estimated from the series; `week` = weekday factors; `even` = none. */
  clock: Clock | "own" | "week";
  /** True when a constant rate explains the counts as well (BIC). */
  flat: boolean;
}

/** λ of the fit that the rhythm is measured against: with less, the trend follows day and night itself. */
const rhythmSmoothing = 1e5;

/**
 * Fits the trend: the given day profile or none, whichever has the lower BIC; re-estimated from the series itself when it spans 7 days or more
 * (weekdays: 20 days). null when fewer than 6 bins or 30 posts are left.
 */
export function fitTrend(series: Series, profile: Clock): Trend | null {
  const { counts } = series;
  if (counts.reduce((sum, posts) => sum + posts, 0) < 30) return null;
  const missing = gapsOf(series, rhythmOf(series, clocks[profile]));
  const hours = missing.map((gap) => (gap ? 0 : binHours(series)));
  if (hours.filter((length) => length > 0).length < 6) return null;

  const names: Clock[] = series.unit === "day" || profile === "even" ? ["even"] : [profile, "even"];
  const candidates = names.map((clock) => ({ clock, rhythm: rhythmOf(series, clocks[clock]) })).map((candidate) => ({ ...candidate, fit: chooseSpline(observe(candidate.rhythm)) }));
  const best = candidates.reduce((least, candidate) => (candidate.fit.bic < least.fit.bic ? candidate : least));
  const span = (counts.length * binHours(series)) / 24;
  if (span < (series.unit === "day" ? 20 : 7)) return trend(best.rhythm, best.fit, best.clock);
  const stiff = fitSpline(observe(best.rhythm), rhythmSmoothing, best.fit.dispersion);
  const rhythm = ownRhythm(best.rhythm, counts, stiff.logRate.map(Math.exp), hours, best.fit.dispersion);
  return trend(rhythm, chooseSpline(observe(rhythm)), series.unit === "day" ? "week" : "own");

  function observe(rhythm: Rhythm): { counts: number[]; exposure: number[] } {
    return { counts, exposure: hours.map((length, i) => length * rhythm.factors[rhythm.classes[i]!]!) };
  }
  function trend(rhythm: Rhythm, fit: Fit, clock: Trend["clock"]): Trend {
    const { counts, exposure } = observe(rhythm);
    const { smoothing, dispersion } = fit;
    // Far outside the posts the log rate may fall without end; a rate of exactly 0 has no logarithm.
    const rates = [...fit.logRate].map((value) => Math.max(1e-12, Math.exp(value)));
    const deviation = [...fit.deviation].map((own, i) => Math.hypot(own, 1 / Math.sqrt(rhythm.weights[rhythm.classes[i]!]!)));
    return { rates, deviation, exposure, missing, rhythm, dispersion, size: sizeOf(counts, exposure, rates, fit.edf), smoothing, clock, flat: isFlat({ counts, exposure }, fit) };
  }
}

/** r by moments: Σ((y − ŷ)²·n/(n − edf) − ŷ) = Σŷ²/r over the observed bins. */
function sizeOf(counts: readonly number[], exposure: readonly number[], rates: readonly number[], edf: number): number {
  const observed = counts.map((_, i) => i).filter((i) => exposure[i]! > 0);
  const inflation = observed.length / Math.max(1, observed.length - edf);
  let [excess, squares] = [0, 0];
  for (const i of observed) {
    const mean = rates[i]! * exposure[i]!;
    excess += (counts[i]! - mean) ** 2 * inflation - mean;
    squares += mean ** 2;
  }
  return excess > 0 ? squares / excess : Infinity;
}

/** The rates again from other counts of the same bins, with λ, φ and rhythm kept: one step of the bootstrap. */
export function refit(trend: Trend, counts: readonly number[]): number[] {
  const start = Float64Array.from(trend.rates, Math.log);
  return [...fitSpline({ counts, exposure: trend.exposure }, trend.smoothing, trend.dispersion, start).logRate].map(Math.exp);
}
