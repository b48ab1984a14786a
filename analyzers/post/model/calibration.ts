/** Turns odds into probabilities in place: exp(odds) ÷ sum. */
export function softmax(odds: Float64Array): void {
  let greatest = -Infinity;
  for (let k = 0; k < odds.length; k++) if (odds[k]! > greatest) greatest = odds[k]!;
  let total = 0;
  for (let k = 0; k < odds.length; k++) total += odds[k] = Math.exp(odds[k]! - greatest);
  for (let k = 0; k < odds.length; k++) odds[k]! /= total;
}

export const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** The class with the greatest probability × weight; the first of equals. */
export function decide(probabilities: ArrayLike<number>, weights: readonly number[]): number {
  let best = 0;
  for (let k = 1; k < probabilities.length; k++) if (probabilities[k]! * weights[k]! > probabilities[best]! * weights[best]!) best = k;
  return best;
}

const bins = 15;

/**
 * Expected calibration error, 0–1 (Guo et al. 2017): over 15 equal bins of the probability of the likeliest class, the mean of
 * |share that was right − mean probability|, weighted by texts. null without texts.
 */
export function calibrationError(predictions: readonly { probability: number; right: boolean }[]): number | null {
  if (predictions.length === 0) return null;
  const gaps = new Float64Array(bins);
  for (const { probability, right } of predictions) gaps[Math.min(bins - 1, Math.floor(probability * bins))]! += (right ? 1 : 0) - probability;
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / predictions.length;
}
