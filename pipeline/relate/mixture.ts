import type { Documents } from "./documents.ts";

const alpha = 0.1;
const beta = 0.05;

/** Counts of a Dirichlet-multinomial mixture: the documents of each topic, how many of them hold each feature, and the sum of those. */
export interface Mixture {
  topics: number;
  vocabulary: number;
  documents: Int32Array;
  /** Feature f in topic k at [f · topics + k]. */
  features: Int32Array;
  totals: Int32Array;
}

/**
 * Fits the mixture (Yin & Wang 2014, GSDMM) from the given assignment by sweeps that move each document to its most likely topic: no randomness.
 * `assignment` (document → topic in [0, topics)) is changed in place. Ends early when a sweep moves nothing.
 */
export function fitMixture(documents: Documents, assignment: Int32Array, topics: number, sweeps: number): Mixture {
  const mixture: Mixture = { topics, vocabulary: documents.vocabulary, documents: new Int32Array(topics), features: new Int32Array(documents.vocabulary * topics), totals: new Int32Array(topics) };
  for (let d = 0; d < assignment.length; d++) count(mixture, documents, d, assignment[d]!, 1);
  const logs = Float64Array.from({ length: assignment.length + 1 }, (_, n) => Math.log(n + beta));
  const scores = new Float64Array(topics);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let moved = 0;
    for (let d = 0; d < assignment.length; d++) {
      const before = assignment[d]!;
      count(mixture, documents, d, before, -1);
      score(mixture, documents, d, logs, scores);
      const best = largest(scores);
      count(mixture, documents, d, best, 1);
      assignment[d] = best;
      if (best !== before) moved++;
    }
    if (moved === 0) break;
  }
  return mixture;
}

/** For each document its most likely topic and that topic's posterior probability, under a fitted mixture. */
export function classify(mixture: Mixture, documents: Documents): { topics: Int32Array; posteriors: Float64Array } {
  const count = documents.offsets.length - 1;
  const most = mixture.documents.reduce((sum, n) => sum + n, 0);
  const logs = Float64Array.from({ length: most + 1 }, (_, n) => Math.log(n + beta));
  const scores = new Float64Array(mixture.topics);
  const topics = new Int32Array(count);
  const posteriors = new Float64Array(count);
  for (let d = 0; d < count; d++) {
    score(mixture, documents, d, logs, scores);
    const best = largest(scores);
    let sum = 0;
    for (let k = 0; k < scores.length; k++) sum += Math.exp(scores[k]! - scores[best]!);
    topics[d] = best;
    posteriors[d] = 1 / sum;
  }
  return { topics, posteriors };
}

function count(mixture: Mixture, { offsets, features }: Documents, d: number, topic: number, sign: 1 | -1): void {
  const start = offsets[d]!;
  const end = offsets[d + 1]!;
  mixture.documents[topic]! += sign;
  mixture.totals[topic]! += sign * (end - start);
  for (let i = start; i < end; i++) mixture.features[features[i]! * mixture.topics + topic]! += sign;
}

/** Log posterior of each topic up to a constant. `logs[n]` = ln(n + β). The denominator's rising factorial is taken at its midpoint. */
function score({ topics, vocabulary, documents: sizes, features: counts, totals }: Mixture, { offsets, features }: Documents, d: number, logs: Float64Array, scores: Float64Array): void {
  const start = offsets[d]!;
  const end = offsets[d + 1]!;
  const middle = vocabulary * beta + (end - start - 1) / 2;
  for (let k = 0; k < topics; k++) scores[k] = Math.log(sizes[k]! + alpha) - (end - start) * Math.log(totals[k]! + middle);
  for (let i = start; i < end; i++) {
    const row = features[i]! * topics;
    for (let k = 0; k < topics; k++) scores[k]! += logs[counts[row + k]!]!;
  }
}

/** Index of the largest value, the smallest index of several. */
function largest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
