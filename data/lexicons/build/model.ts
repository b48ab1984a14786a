import { emotions } from "../../../pipeline/schema.ts";
import { minimize } from "./minimize.ts";

const classes = emotions.length;

/** One training text. */
export interface Row {
  /** Indexes into the vocabulary, and the value of each. */
  words: Int32Array;
  values: Float64Array;
  /** Which corpus it is from; each corpus has its own intercepts, so that its mix of classes does not leak into the words. */
  corpus: number;
  /** Classes that the label allows: one emotion, or several (a negative review is anger, sadness or fear). */
  allowed: readonly number[];
  /** Weight in the loss. */
  weight: number;
}

export interface Model {
  /** Word-major: weights[word × classes + class], in logits. */
  weights: Float64Array;
  /** Corpus-major. */
  intercepts: Float64Array;
}

/**
 * Multinomial logistic regression with partial labels: maximises Σ weight · ln Σ(allowed) p − λ/2 · Σ (w − prior)².
 * Intercepts are all but free (λ = 0.01).
 */
export function fit(rows: readonly Row[], corpora: number, prior: Float64Array, lambda: number): Model {
  const offset = prior.length;
  const parameters = new Float64Array(offset + corpora * classes);
  parameters.set(prior);
  const logits = new Float64Array(classes);
  const shares = new Float64Array(classes);
  minimize((x, gradient) => {
    let loss = 0;
    for (let i = 0; i < x.length; i++) {
      const [l, p] = i < offset ? [lambda, prior[i]!] : [0.01, 0];
      loss += 0.5 * l * (x[i]! - p) ** 2;
      gradient[i]! += l * (x[i]! - p);
    }
    for (const { words, values, corpus, allowed, weight } of rows) {
      const base = offset + corpus * classes;
      for (let k = 0; k < classes; k++) logits[k] = x[base + k]!;
      for (let j = 0; j < words.length; j++) for (let k = 0; k < classes; k++) logits[k]! += x[words[j]! * classes + k]! * values[j]!;
      const greatest = logits.reduce((a, b) => (a > b ? a : b));
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += shares[k] = Math.exp(logits[k]! - greatest);
      let inside = 0;
      for (const k of allowed) inside += shares[k]!;
      inside = Math.max(inside, 1e-300);
      loss -= weight * Math.log(inside / sum);
      for (let k = 0; k < classes; k++) {
        const slope = weight * (shares[k]! / sum - (allowed.includes(k) ? shares[k]! / inside : 0));
        if (slope === 0) continue;
        gradient[base + k]! += slope;
        for (let j = 0; j < words.length; j++) gradient[words[j]! * classes + k]! += slope * values[j]!;
      }
    }
    return loss;
  }, parameters, { iterations: 200 });
  return { weights: parameters.slice(0, offset), intercepts: parameters.slice(offset) };
}
