import { minimize } from "../../data/lexicons/build/minimize.ts";
import { decide, softmax } from "../../analyzers/post/model/calibration.ts";

/** Log odds of class k against the last = slope × (score k − score last) + intercept k. */
export interface Calibration {
  slope: number;
  /** By class; 0 for the last. */
  intercepts: number[];
}

/**
 * Temperature with intercepts (Guo et al. 2017) by maximum likelihood: scores of each text by class → labels. A ridge holds slope and intercepts to 1 and 0: greater `caution` for few texts.
 */
export function calibrate(scores: readonly ArrayLike<number>[], labels: readonly number[], classes: number, caution = 1): Calibration {
  const parameters = new Float64Array(classes);
  const last = classes - 1;
  const odds = new Float64Array(classes);
  minimize((x, gradient) => {
    let loss = 0;
    for (let i = 0; i < x.length; i++) {
      loss += 0.5 * caution * x[i]! ** 2;
      gradient[i] = caution * x[i]!;
    }
    scores.forEach((score, row) => {
      for (let k = 0; k < classes; k++) odds[k] = k === last ? 0 : (1 + x[0]!) * (score[k]! - score[last]!) + x[k + 1]!;
      softmax(odds);
      loss -= Math.log(Math.max(odds[labels[row]!]!, 1e-300));
      for (let k = 0; k < last; k++) {
        const slope = odds[k]! - (labels[row] === k ? 1 : 0);
        gradient[0]! += slope * (score[k]! - score[last]!);
        gradient[k + 1]! += slope;
      }
    });
    return loss;
  }, parameters, { iterations: 200 });
  return { slope: 1 + parameters[0]!, intercepts: [...parameters.subarray(1), 0] };
}

const grid = Array.from({ length: 21 }, (_, i) => Math.exp((i - 10) / 10));

/** Weights of the classes that give argmax(probability × weight) the best macro-F1, by two rounds of coordinate search over e^−1 … e^1; 1 where nothing is gained. */
export function decisionWeights(probabilities: readonly ArrayLike<number>[], labels: readonly number[], classes: number): number[] {
  const weights = Array.from({ length: classes }, () => 1);
  let best = macroF1(probabilities, labels, weights);
  for (let round = 0; round < 2; round++) {
    for (let k = 0; k < classes; k++) {
      for (const weight of grid) {
        const tried = weights.with(k, weight);
        const reached = macroF1(probabilities, labels, tried);
        if (reached > best + 1e-4) [best, weights[k]] = [reached, weight];
      }
    }
  }
  return weights.map((weight) => Math.round(weight * 1000) / 1000);
}

function macroF1(probabilities: readonly ArrayLike<number>[], labels: readonly number[], weights: readonly number[]): number {
  const right = new Int32Array(weights.length);
  const either = new Int32Array(weights.length);
  probabilities.forEach((row, i) => {
    const found = decide(row, weights);
    if (found === labels[i]) right[found]!++;
    either[found]!++;
    either[labels[i]!]!++;
  });
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += either[k] === 0 ? 0 : (2 * right[k]!) / either[k]!;
  return sum / weights.length;
}
