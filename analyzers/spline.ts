/**
 * Poisson Whittaker smoother (P-spline with one coefficient a bin) with exposure: the log rate η of a series of counts.
 *   minimise  Σ(d·e^η − y·η)/φ + λ‖Δ²η‖²      (Eilers 2003 Anal. Chem. 75:3631; Eilers & Marx 1996 Stat. Sci. 11:89)
 * by penalised Newton steps. The matrix has five diagonals, so a step costs O(n).
 */

/** Counts per bin and their exposure: expected count of a bin = exposure × rate. Exposure 0 marks a bin without observation; its count is ignored. */
export interface Observations {
  counts: ArrayLike<number>;
  exposure: ArrayLike<number>;
}

export interface Fit {
  /** Log rate of each bin per unit of exposure; bins without exposure are interpolated. */
  logRate: Float64Array;
  /** Standard deviation of each log rate (posterior, the penalty as prior). */
  deviation: Float64Array;
  /** λ of the penalty. */
  smoothing: number;
  /** Overdispersion φ ≥ 1 that the fit assumes: variance = φ·mean. */
  dispersion: number;
  /** Effective number of parameters, tr(H). */
  edf: number;
  /** Deviance/φ + n·log φ + log n·edf with n observed bins; n·log φ (extended quasi-likelihood) makes fits of different φ comparable. */
  bic: number;
}

/** λ offered for the trend. The cap keeps steep rises sharp: with 300 or 1000 on offer, BIC flattens the onsets of the synthetic events of test/bench. */
const grid = [0.3, 1, 3, 10, 30, 100] as const;
/** λ offered only to decide whether there is a trend at all. */
const stiff = [3e3, 3e4, 3e5] as const;

/**
 * The trend of a series: λ of the grid with the least BIC (the smoother one on a tie), the overdispersion φ re-estimated twice from the residuals of the fit.
 * At least one bin must have exposure and a count above 0.
 */
export function chooseSpline(series: Observations): Fit {
  let fit = leastBic(series, grid, overdispersion(series));
  for (let round = 0; round < 2; round++) fit = leastBic(series, grid, pearson(series, fit));
  return fit;
}

/** True when a constant rate has no higher BIC than the fit or any stiffer one. */
export function isFlat(series: Observations, fit: Fit): boolean {
  const constant = new Float64Array(series.counts.length).fill(Math.log(meanRate(series)));
  return criterion(series, constant, fit.dispersion, 1) <= Math.min(fit.bic, leastBic(series, stiff, fit.dispersion).bic);
}

function leastBic(series: Observations, candidates: readonly number[], dispersion: number): Fit {
  let best: Fit | null = null;
  let start: Float64Array | undefined;
  for (const smoothing of [...candidates].reverse()) {
    const fit = fitSpline(series, smoothing, dispersion, start);
    start = fit.logRate;
    if (best === null || fit.bic < best.bic) best = fit;
  }
  return best!;
}

/** Pearson's φ ≥ 1 of a fit: Σ(y − ŷ)²/ŷ over the observed bins, divided by their number less the effective parameters. */
function pearson(series: Observations, { logRate, edf }: Fit): number {
  let sum = 0;
  for (let i = 0; i < logRate.length; i++) {
    if (!(series.exposure[i]! > 0)) continue;
    const mean = series.exposure[i]! * Math.exp(logRate[i]!);
    // A rate that underflows has no posts to miss.
    if (mean > 0) sum += (series.counts[i]! - mean) ** 2 / mean;
  }
  return Math.max(1, sum / Math.max(1, observed(series) - edf));
}

function criterion(series: Observations, logRate: Float64Array, dispersion: number, edf: number): number {
  const n = observed(series);
  return deviance(series, logRate) / dispersion + n * Math.log(dispersion) + Math.log(n) * edf;
}

function observed({ exposure }: Observations): number {
  let bins = 0;
  for (let i = 0; i < exposure.length; i++) if (exposure[i]! > 0) bins++;
  return bins;
}

/** Fit for one λ. `start` saves steps; it does not change the result. */
export function fitSpline(series: Observations, smoothing: number, dispersion: number, start?: Float64Array): Fit {
  const { counts, exposure } = series;
  const n = counts.length;
  const logRate = start ? Float64Array.from(start) : new Float64Array(n).fill(Math.log(meanRate(series)));
  const gradient = new Float64Array(n);
  const weight = new Float64Array(n);
  const bands = new Bands(n);
  let objective = loss(series, logRate, smoothing, dispersion);
  for (let step = 0; step < 60; step++) {
    for (let i = 0; i < n; i++) {
      weight[i] = (exposure[i]! * Math.exp(logRate[i]!)) / dispersion;
      gradient[i] = exposure[i]! > 0 ? weight[i]! - counts[i]! / dispersion : 0;
    }
    addPenaltyGradient(gradient, logRate, smoothing);
    bands.factor(weight, smoothing);
    const change = bands.solve(gradient);
    let scale = 1;
    let next = move(logRate, change, scale);
    let nextObjective = loss(series, next, smoothing, dispersion);
    while (!(nextObjective <= objective + 1e-9 * Math.abs(objective)) && scale > 1e-6) {
      scale /= 2;
      next = move(logRate, change, scale);
      nextObjective = loss(series, next, smoothing, dispersion);
    }
    logRate.set(next);
    objective = nextObjective;
    if (scale * Math.max(...change.map(Math.abs)) < 1e-7) break;
  }
  for (let i = 0; i < n; i++) weight[i] = (exposure[i]! * Math.exp(logRate[i]!)) / dispersion;
  bands.factor(weight, smoothing);
  const variance = bands.inverseDiagonal();
  const edf = variance.reduce((sum, value, i) => sum + value * weight[i]!, 0);
  return { logRate, deviation: variance.map(Math.sqrt), smoothing, dispersion, edf, bic: criterion(series, logRate, dispersion, edf) };
}

/**
 * Pearson overdispersion φ ≥ 1 against a leave-one-out Gaussian kernel of σ = 2 bins: mean of (y − ŷ)² over its variance under Poisson.
 * 1 when no bin has neighbours.
 */
export function overdispersion({ counts, exposure }: Observations): number {
  const n = counts.length;
  let sum = 0;
  let used = 0;
  for (let i = 0; i < n; i++) {
    if (!(exposure[i]! > 0)) continue;
    let count = 0;
    let exposed = 0;
    let squared = 0;
    for (let j = Math.max(0, i - 8); j <= Math.min(n - 1, i + 8); j++) {
      if (j === i || !(exposure[j]! > 0)) continue;
      const k = Math.exp(-((i - j) ** 2) / 8);
      count += k * counts[j]!;
      exposed += k * exposure[j]!;
      squared += k * k * exposure[j]!;
    }
    if (count === 0) continue;
    const rate = count / exposed;
    const variance = rate * (exposure[i]! + exposure[i]! ** 2 * (squared / exposed ** 2));
    sum += (counts[i]! - exposure[i]! * rate) ** 2 / variance;
    used++;
  }
  return used === 0 ? 1 : Math.max(1, sum / used);
}

function meanRate({ counts, exposure }: Observations): number {
  let count = 0;
  let exposed = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(exposure[i]! > 0)) continue;
    count += counts[i]!;
    exposed += exposure[i]!;
  }
  if (!(count > 0)) throw new RangeError("spline: no counts in bins with exposure");
  return count / exposed;
}

function loss({ counts, exposure }: Observations, logRate: Float64Array, smoothing: number, dispersion: number): number {
  let sum = 0;
  for (let i = 0; i < logRate.length; i++) if (exposure[i]! > 0) sum += exposure[i]! * Math.exp(logRate[i]!) - counts[i]! * logRate[i]!;
  let rough = 0;
  for (let i = 2; i < logRate.length; i++) rough += (logRate[i]! - 2 * logRate[i - 1]! + logRate[i - 2]!) ** 2;
  return sum / dispersion + smoothing * rough;
}

function deviance({ counts, exposure }: Observations, logRate: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < logRate.length; i++) {
    if (!(exposure[i]! > 0)) continue;
    const y = counts[i]!;
    const mean = exposure[i]! * Math.exp(logRate[i]!);
    sum += (y > 0 ? y * Math.log(y / mean) : 0) - (y - mean);
  }
  return 2 * sum;
}

function addPenaltyGradient(gradient: Float64Array, logRate: Float64Array, smoothing: number): void {
  for (let i = 2; i < logRate.length; i++) {
    const bend = 2 * smoothing * (logRate[i]! - 2 * logRate[i - 1]! + logRate[i - 2]!);
    gradient[i]! += bend;
    gradient[i - 1]! -= 2 * bend;
    gradient[i - 2]! += bend;
  }
}

/** Newton step, at most 4 per bin so that a first guess far off cannot overflow. */
function move(logRate: Float64Array, change: Float64Array, scale: number): Float64Array {
  return logRate.map((value, i) => value - scale * Math.max(-4, Math.min(4, change[i]!)));
}

/** The symmetric matrix diag(weight) + 2λ·D₂ᵀD₂ as LDLᵀ with two bands below the diagonal. */
class Bands {
  private readonly d: Float64Array;
  private readonly l1: Float64Array;
  private readonly l2: Float64Array;
  constructor(private readonly n: number) {
    this.d = new Float64Array(n);
    this.l1 = new Float64Array(n);
    this.l2 = new Float64Array(n);
  }

  factor(weight: Float64Array, smoothing: number): void {
    const { n, d, l1, l2 } = this;
    for (let i = 0; i < n; i++) {
      // D₂ᵀD₂ sums the outer products of (1, −2, 1); bin i is the last, middle and first of up to three of them.
      const last = i >= 2 ? 1 : 0;
      const middle = i >= 1 && i + 1 < n ? 1 : 0;
      const first = i + 2 < n ? 1 : 0;
      const diagonal = weight[i]! + 2 * smoothing * (last + 4 * middle + first);
      const below1 = i >= 1 ? 2 * smoothing * (-2 * last - 2 * middle) : 0;
      const below2 = last ? 2 * smoothing : 0;
      l2[i] = last ? below2 / d[i - 2]! : 0;
      l1[i] = i >= 1 ? (below1 - (last ? l2[i]! * l1[i - 1]! * d[i - 2]! : 0)) / d[i - 1]! : 0;
      d[i] = diagonal - (i >= 1 ? l1[i]! ** 2 * d[i - 1]! : 0) - (last ? l2[i]! ** 2 * d[i - 2]! : 0);
      if (!(d[i]! > 1e-12)) d[i] = 1e-12;
    }
  }

  solve(right: Float64Array): Float64Array {
    const { n, d, l1, l2 } = this;
    const x = Float64Array.from(right);
    for (let i = 0; i < n; i++) x[i]! -= (i >= 1 ? l1[i]! * x[i - 1]! : 0) + (i >= 2 ? l2[i]! * x[i - 2]! : 0);
    for (let i = 0; i < n; i++) x[i]! /= d[i]!;
    for (let i = n - 1; i >= 0; i--) x[i]! -= (i + 1 < n ? l1[i + 1]! * x[i + 1]! : 0) + (i + 2 < n ? l2[i + 2]! * x[i + 2]! : 0);
    return x;
  }

  /** Diagonal of the inverse by backward recursion over its bands (Hutchinson & de Hoog 1985). */
  inverseDiagonal(): Float64Array {
    const { n, d, l1, l2 } = this;
    const s0 = new Float64Array(n + 2);
    const s1 = new Float64Array(n + 2);
    const s2 = new Float64Array(n + 2);
    for (let i = n - 1; i >= 0; i--) {
      const a = i + 1 < n ? l1[i + 1]! : 0;
      const b = i + 2 < n ? l2[i + 2]! : 0;
      s1[i] = -a * s0[i + 1]! - b * s1[i + 1]!;
      s2[i] = -a * s1[i + 1]! - b * s0[i + 2]!;
      s0[i] = 1 / d[i]! - a * s1[i]! - b * s2[i]!;
    }
    return s0.subarray(0, n);
  }
}
