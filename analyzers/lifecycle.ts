import { gamma, negativeBinomial, quantile, type Random } from "./statistics.ts";
import { refit, type Trend } from "./trend.ts";

/** 潜伏期 · 发展期 · 爆发期 · 延续期 · 消退期. */
export const phaseNames = ["latent", "growth", "burst", "lasting", "fading"] as const;
export type PhaseName = (typeof phaseNames)[number];

/** Bins [from, to) of a phase. */
export interface Span {
  name: PhaseName;
  from: number;
  to: number;
}

/** Shares of the peak rate P that part the phases. There is no agreed definition: these are ours (half-maximum width and a tenth-maximum tail). */
const thresholds = { rise: 0.05, half: 0.5, tail: 0.1 } as const;

/**
 * Parts a rate into phases around its highest bin (missing bins cannot be the peak). With P the highest rate:
 * burst 爆发期 = first to last bin ≥ 50 % P of the wave around the peak (a fall below 10 % P ends the wave); growth 发展期 = before it, since the rate last stayed
 * below 5 % P; latent 潜伏期 = before that; lasting 延续期 = after the burst, to the last bin ≥ 10 % P; fading 消退期 = after that.
 * A phase of one bin other than the burst goes to its longer neighbour. Phases that do not occur are absent.
 * @param correction what P is multiplied by, 1 … 1.5: see peakCorrection
 */
export function phasesOf(rates: readonly number[], missing: readonly boolean[], correction = 1): Span[] {
  const peak = peakOf(rates, missing);
  const P = correction * rates[peak]!;
  let [left, right] = [peak, peak];
  while (left > 0 && rates[left - 1]! >= thresholds.tail * P) left--;
  while (right + 1 < rates.length && rates[right + 1]! >= thresholds.tail * P) right++;
  while (rates[left]! < thresholds.half * P) left++;
  while (rates[right]! < thresholds.half * P) right--;
  let rise = left;
  while (rise > 0 && rates[rise - 1]! >= thresholds.rise * P) rise--;
  let tail = rates.length - 1;
  while (rates[tail]! < thresholds.tail * P) tail--;
  const cuts = [0, rise, left, right + 1, tail + 1, rates.length];
  const spans = phaseNames.map((name, i) => ({ name, from: cuts[i]!, to: cuts[i + 1]! })).filter(({ from, to }) => from < to);
  return joined(spans);
}

/** Joins a latent phase that holds fewer than 10 posts or 1 % of all to the next phase. */
export function withoutLatent(spans: readonly Span[], counts: readonly number[]): Span[] {
  const [first, second, ...rest] = spans;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  if (first?.name !== "latent" || !second || sum(counts.slice(first.from, first.to)) >= Math.max(10, 0.01 * sum(counts))) return [...spans];
  return [{ ...second, from: first.from }, ...rest];
}

function joined(spans: Span[]): Span[] {
  for (let i = 0; i < spans.length; i++) {
    const { name, from, to } = spans[i]!;
    if (name === "burst" || to - from >= 2 || spans.length === 1) continue;
    const [before, after] = [spans[i - 1], spans[i + 1]];
    const length = (span: Span | undefined): number => (span ? span.to - span.from : 0);
    const rest = spans.filter((_, at) => at !== i);
    if (length(before) >= length(after)) rest[i - 1] = { ...before!, to };
    else rest[i] = { ...after!, from };
    return joined(rest);
  }
  return spans;
}

/** Bin of the highest rate; the first of equals. */
export function peakOf(rates: readonly number[], missing: readonly boolean[]): number {
  let peak = -1;
  rates.forEach((rate, i) => {
    if (!missing[i] && (peak < 0 || rate > rates[peak]!)) peak = i;
  });
  return peak;
}

/** A local maximum of the rate and the bins around it, [from, to), that belong to it. */
export interface Wave {
  peak: number;
  from: number;
  to: number;
}

/**
 * Waves: the highest bin, and local maxima whose prominence (as in scipy's find_peaks) is at least 20 % of the highest rate, and whose log rate
 * exceeds that of the base by 2 standard deviations; the higher ones first, at least `apart` bins from each other. Each reaches to the valley before the next wave,
 * as far as its rate stays ≥ 10 % of its own peak.
 */
export function wavesOf({ rates, deviation, missing }: Pick<Trend, "rates" | "deviation" | "missing">, apart: number): Wave[] {
  const main = peakOf(rates, missing);
  const rises = (i: number): boolean => {
    const base = baseOf(rates, i);
    return rates[i]! - rates[base]! >= 0.2 * rates[main]! && Math.log(rates[i]! / rates[base]!) >= 2 * Math.hypot(deviation[i]!, deviation[base]!);
  };
  const candidates = rates.map((_, i) => i).filter((i) => i === main || (!missing[i] && isLocalMaximum(rates, i) && rises(i)));
  const kept: number[] = [];
  for (const i of candidates.sort((a, b) => rates[b]! - rates[a]! || a - b)) if (kept.every((j) => Math.abs(i - j) >= apart)) kept.push(i);
  kept.sort((a, b) => a - b);
  return kept.map((peak, n) => {
    let from = n === 0 ? 0 : valley(rates, kept[n - 1]!, peak);
    let to = n === kept.length - 1 ? rates.length : valley(rates, peak, kept[n + 1]!);
    while (rates[from]! < thresholds.tail * rates[peak]!) from++;
    while (rates[to - 1]! < thresholds.tail * rates[peak]!) to--;
    return { peak, from, to };
  });
}

function isLocalMaximum(rates: readonly number[], i: number): boolean {
  return i > 0 && i < rates.length - 1 && rates[i]! > rates[i - 1]! && rates[i]! >= rates[i + 1]!;
}

/** Bin of the higher of the two lowest points that part a maximum from a higher one, or from the end of the series, on either side. */
function baseOf(rates: readonly number[], i: number): number {
  let [left, right] = [i, i];
  for (let j = i - 1; j >= 0 && rates[j]! <= rates[i]!; j--) if (rates[j]! < rates[left]!) left = j;
  for (let j = i + 1; j < rates.length && rates[j]! <= rates[i]!; j++) if (rates[j]! < rates[right]!) right = j;
  return rates[left]! > rates[right]! ? left : right;
}

/** Bin of the lowest rate between two waves. */
function valley(rates: readonly number[], before: number, after: number): number {
  let lowest = before + 1;
  for (let i = before + 1; i <= after; i++) if (rates[i]! < rates[lowest]!) lowest = i;
  return lowest;
}

/**
 * Rates refitted, with λ kept, to counts drawn as negative binomial around the fitted trend, under a rhythm drawn as Gamma around the fitted one: the parametric bootstrap
 * (Efron & Tibshirani 1993) behind the two functions below. One row a draw.
 */
export function redraw(trend: Trend, draws: number, random: Random): number[][] {
  return Array.from({ length: draws }, () => refit(trend, drawCounts(trend, random)));
}

/** Smoothing rounds peaks off: what the highest rate has to be multiplied by, median of fitted ÷ redrawn rate at the peak, kept within 1 … 1.5. 1 without draws. */
export function peakCorrection({ rates, missing }: Trend, redrawn: readonly (readonly number[])[]): number {
  const peak = peakOf(rates, missing);
  const ratios = redrawn.map((row) => rates[peak]! / row[peak]!).sort((a, b) => a - b);
  return ratios.length === 0 ? 1 : Math.min(1.5, Math.max(1, quantile(ratios, 0.5)));
}

/**
 * Half-widths in bins of the 95 % intervals of the bins in which phases begin: 95 % quantile of |redrawn − fitted|, and half a bin. null for a phase that fewer than
 * 80 % of the draws show, and for the phase that opens the series, whose begin is the begin of the data.
 */
export function beginMargins({ missing }: Trend, spans: readonly Span[], redrawn: readonly (readonly number[])[], correction: number): Map<PhaseName, number | null> {
  const distances = new Map<PhaseName, number[]>(spans.map(({ name }) => [name, []]));
  for (const rates of redrawn) {
    const drawn = new Map(phasesOf(rates, missing, correction).map(({ name, from }) => [name, from]));
    for (const { name, from } of spans) if (drawn.has(name)) distances.get(name)!.push(Math.abs(drawn.get(name)! - from));
  }
  return new Map(spans.map(({ name, from }) => {
    const sorted = distances.get(name)!.sort((a, b) => a - b);
    return [name, from === 0 || sorted.length === 0 || sorted.length < 0.8 * redrawn.length ? null : 0.5 + quantile(sorted, 0.95)];
  }));
}

function drawCounts({ rates, exposure, rhythm, size }: Trend, random: Random): number[] {
  const shifts = rhythm.weights.map((weight) => gamma(random, weight) / weight);
  return rates.map((rate, i) => negativeBinomial(random, rate * exposure[i]! * shifts[rhythm.classes[i]!]!, size));
}
