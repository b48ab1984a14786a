import type { Random } from "../../analyzers/statistics.ts";
import type { Documents } from "./documents.ts";

const alpha = 0.1;

/** Counts of a Dirichlet-multinomial mixture: the documents of each topic, how many of them hold each feature, and the sum of those. */
export interface Mixture {
  topics: number;
  vocabulary: number;
  /** Prior occurrences of each feature in a topic. */
  beta: number;
  documents: Int32Array;
  /** Feature f in topic k at [f · topics + k]. */
  features: Int32Array;
  totals: Int32Array;
}

export interface FitOptions {
  beta: number;
  /** One sweep each. 0: a document moves to its likeliest topic; T > 0: to a topic drawn with probability ∝ posterior^(1/T). */
  temperatures: readonly number[];
  /** Asked once for each document of a sweep with T > 0. */
  random?: Random;
}

/**
 * Fits the mixture (Yin & Wang 2014, GSDMM) from the given assignment by collapsed sweeps; falling temperatures anneal it (Kirkpatrick 1983).
 * `assignment` (document → topic in [0, topics)) is changed in place. Topics that a sweep leaves empty stay empty. Ends early when a sweep at 0 moves nothing.
 */
export function fitMixture(documents: Documents, assignment: Int32Array, topics: number, { beta, temperatures, random }: FitOptions): Mixture {
  const mixture: Mixture = { topics, vocabulary: documents.vocabulary, beta, documents: new Int32Array(topics), features: new Int32Array(documents.vocabulary * topics), totals: new Int32Array(topics) };
  for (let d = 0; d < assignment.length; d++) count(mixture, documents, d, assignment[d]!, 1);
  const logs = Float64Array.from({ length: assignment.length + 1 }, (_, n) => Math.log(n + beta));
  const scores = new Float64Array(topics);
  for (const temperature of temperatures) {
    const alive = Int32Array.from(mixture.documents.keys()).filter((k) => mixture.documents[k]! > 0);
    let moved = 0;
    for (let d = 0; d < assignment.length; d++) {
      const before = assignment[d]!;
      count(mixture, documents, d, before, -1);
      score(mixture, documents, d, alive, logs, scores);
      const next = temperature === 0 ? largest(scores, alive) : drawn(scores, alive, temperature, random!());
      count(mixture, documents, d, next, 1);
      assignment[d] = next;
      if (next !== before) moved++;
    }
    if (temperature === 0 && moved === 0) break;
  }
  return mixture;
}

export interface Classes {
  /** Likeliest topic of each document. */
  topics: Int32Array;
  /** Its posterior probability. */
  posteriors: Float64Array;
  /** How much likelier the document's features are in its topic than in all topics together, as a natural logarithm. */
  evidences: Float64Array;
}

export function classify(mixture: Mixture, { offsets, features }: Documents): Classes {
  const { topics, vocabulary, beta, documents, totals } = mixture;
  const count = offsets.length - 1;
  const logs = Float64Array.from(mixture.features, (n) => Math.log(n + beta));
  const priors = Float64Array.from(documents, (n) => Math.log(n + alpha));
  const together = pooled(mixture);
  const scores = new Float64Array(topics);
  const found: Classes = { topics: new Int32Array(count), posteriors: new Float64Array(count), evidences: new Float64Array(count) };
  for (let d = 0; d < count; d++) {
    const [start, end] = [offsets[d]!, offsets[d + 1]!];
    const middle = vocabulary * beta + (end - start - 1) / 2;
    let all = 0;
    for (let k = 0; k < topics; k++) scores[k] = priors[k]! - (end - start) * Math.log(totals[k]! + middle);
    for (let i = start; i < end; i++) {
      const row = features[i]! * topics;
      for (let k = 0; k < topics; k++) scores[k]! += logs[row + k]!;
      all += together[features[i]!]!;
    }
    let best = 0;
    for (let k = 1; k < topics; k++) if (scores[k]! > scores[best]!) best = k;
    let total = 0;
    for (let k = 0; k < topics; k++) total += Math.exp(scores[k]! - scores[best]!);
    found.topics[d] = best;
    found.posteriors[d] = 1 / total;
    found.evidences[d] = scores[best]! - priors[best]! - all;
  }
  return found;
}

/** Log probability of each feature in all topics together. */
function pooled({ topics, vocabulary, beta, features, totals }: Mixture): Float64Array {
  const total = Math.log(sum(totals) + vocabulary * beta);
  return Float64Array.from({ length: vocabulary }, (_, feature) => Math.log(sum(features.subarray(feature * topics, (feature + 1) * topics)) + beta) - total);
}

const sum = (counts: Int32Array): number => counts.reduce((total, n) => total + n, 0);

function count(mixture: Mixture, { offsets, features }: Documents, d: number, topic: number, sign: 1 | -1): void {
  const start = offsets[d]!;
  const end = offsets[d + 1]!;
  mixture.documents[topic]! += sign;
  mixture.totals[topic]! += sign * (end - start);
  for (let i = start; i < end; i++) mixture.features[features[i]! * mixture.topics + topic]! += sign;
}

/** Log posterior of the given topics up to a constant; `logs[n]` = ln(n + β). The denominator's rising factorial is taken at its midpoint. */
function score(mixture: Mixture, { offsets, features }: Documents, d: number, topics: Int32Array, logs: Float64Array, scores: Float64Array): void {
  const { documents, features: counts, totals } = mixture;
  const start = offsets[d]!;
  const end = offsets[d + 1]!;
  const middle = mixture.vocabulary * mixture.beta + (end - start - 1) / 2;
  for (const k of topics) scores[k] = Math.log(documents[k]! + alpha) - (end - start) * Math.log(totals[k]! + middle);
  for (let i = start; i < end; i++) {
    const row = features[i]! * mixture.topics;
    for (const k of topics) scores[k]! += logs[counts[row + k]!]!;
  }
}

/** Topic of the largest score, the first of several. */
function largest(scores: Float64Array, topics: Int32Array): number {
  let best = topics[0]!;
  for (const k of topics) if (scores[k]! > scores[best]!) best = k;
  return best;
}

/** Topic at `u` in [0, 1) of the distribution ∝ exp(score / temperature). */
function drawn(scores: Float64Array, topics: Int32Array, temperature: number, u: number): number {
  const most = scores[largest(scores, topics)]!;
  let rest = 0;
  for (const k of topics) rest += scores[k] = Math.exp((scores[k]! - most) / temperature);
  rest *= u;
  for (const k of topics) {
    rest -= scores[k]!;
    if (rest < 0) return k;
  }
  return topics.at(-1)!;
}
