import type { Random } from "../../analyzers/statistics.ts";
import type { Documents } from "./documents.ts";

const alpha = 0.1;

/** Counts of a Dirichlet-multinomial mixture: the documents of each topic, how often they hold each feature, and the sum of those. */
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
  const lengths = lengthsOf(documents);
  const logOf = logsTo(documents, beta);
  // What a feature says of a topic, kept beside the counts: a sweep reads it far more often than it changes it.
  const logs = logsOf(mixture, documents.weights);
  const move = (d: number, topic: number, sign: 1 | -1): void => {
    mixture.documents[topic]! += sign;
    mixture.totals[topic]! += sign * lengths[d]!;
    for (let i = documents.offsets[d]!; i < documents.offsets[d + 1]!; i++) {
      const feature = documents.features[i]!;
      const weight = documents.weights[feature]!;
      const cell = feature * topics + topic;
      logs[cell] = weight * logOf[mixture.features[cell]! += sign * weight]!;
    }
  };
  const smoothing = documents.vocabulary * beta;
  /** Score of a document in its own topic, as if it were in none. */
  const without = (d: number, topic: number): number => {
    let score = prior(mixture.documents[topic]! - 1, mixture.totals[topic]! - lengths[d]! + smoothing, lengths[d]!);
    for (let i = documents.offsets[d]!; i < documents.offsets[d + 1]!; i++) {
      const feature = documents.features[i]!;
      const weight = documents.weights[feature]!;
      score += weight * logOf[mixture.features[feature * topics + topic]! - weight]!;
    }
    return score;
  };
  for (let d = 0; d < assignment.length; d++) move(d, assignment[d]!, 1);
  const scores = new Float64Array(topics);
  for (const temperature of temperatures) {
    const dead = mixture.documents.map((count) => Number(count === 0));
    let moved = 0;
    for (let d = 0; d < assignment.length; d++) {
      const before = assignment[d]!;
      for (let k = 0; k < topics; k++) scores[k] = dead[k] ? -Infinity : prior(mixture.documents[k]!, mixture.totals[k]! + smoothing, lengths[d]!);
      add(documents, d, logs, scores);
      scores[before] = without(d, before);
      const next = temperature === 0 ? largest(scores) : drawn(scores, temperature, random!());
      if (next === before) continue;
      move(d, before, -1);
      move(d, next, 1);
      assignment[d] = next;
      moved++;
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
  /** Sum of the weights of its features. */
  lengths: Int32Array;
}

export function classify(mixture: Mixture, documents: Documents): Classes {
  const { topics } = mixture;
  const count = documents.offsets.length - 1;
  const lengths = lengthsOf(documents);
  const logs = logsOf(mixture, documents.weights);
  const priors = Float64Array.from(mixture.documents, (n) => Math.log(n + alpha));
  const byLength: Float64Array[] = [];
  const priorsOf = (length: number): Float64Array =>
    (byLength[length] ??= Float64Array.from({ length: topics }, (_, k) => prior(mixture.documents[k]!, mixture.totals[k]! + mixture.vocabulary * mixture.beta, length)));
  const together = pooled(mixture);
  const scores = new Float64Array(topics);
  const found: Classes = { topics: new Int32Array(count), posteriors: new Float64Array(count), evidences: new Float64Array(count), lengths };
  for (let d = 0; d < count; d++) {
    scores.set(priorsOf(lengths[d]!));
    add(documents, d, logs, scores);
    const best = largest(scores);
    let total = 0;
    for (let k = 0; k < topics; k++) total += Math.exp(scores[k]! - scores[best]!);
    let all = 0;
    for (let i = documents.offsets[d]!; i < documents.offsets[d + 1]!; i++) all += documents.weights[documents.features[i]!]! * together[documents.features[i]!]!;
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

/** What a topic scores before the features are looked at, for a document of the given length. `total`: of the topic's counts and their priors. The denominator's rising factorial is taken at its midpoint. */
const prior = (documents: number, total: number, length: number): number => Math.log(documents + alpha) - length * Math.log(total + (length - 1) / 2);

/** What feature f says of topic k, at [f · topics + k]. */
function logsOf({ topics, features, beta }: Mixture, weights: Uint8Array): Float64Array {
  const logs = new Float64Array(features.length);
  const none = Math.log(beta);
  for (let feature = 0, cell = 0; cell < logs.length; feature++) {
    const weight = weights[feature]!;
    for (let k = 0; k < topics; k++, cell++) logs[cell] = weight * (features[cell] === 0 ? none : Math.log(features[cell]! + beta));
  }
  return logs;
}

/** Adds to the score of each topic what the features of a document say; `logs` as of logsOf. Nearly all the time of learning goes here: four features at a time are four times as fast as one. */
function add({ offsets, features }: Documents, d: number, logs: Float64Array, scores: Float64Array): void {
  const topics = scores.length;
  const end = offsets[d + 1]!;
  let i = offsets[d]!;
  for (; i + 3 < end; i += 4) {
    const [a, b, c, e] = [features[i]! * topics, features[i + 1]! * topics, features[i + 2]! * topics, features[i + 3]! * topics];
    for (let k = 0; k < topics; k++) scores[k]! += logs[a + k]! + logs[b + k]! + logs[c + k]! + logs[e + k]!;
  }
  for (; i < end; i++) {
    const a = features[i]! * topics;
    for (let k = 0; k < topics; k++) scores[k]! += logs[a + k]!;
  }
}

/** Topic of the largest score, the first of several. */
function largest(scores: Float64Array): number {
  let best = 0;
  for (let k = 1; k < scores.length; k++) if (scores[k]! > scores[best]!) best = k;
  return best;
}

/** Topic at `u` in [0, 1) of the distribution ∝ exp(score / temperature). */
function drawn(scores: Float64Array, temperature: number, u: number): number {
  const best = largest(scores);
  const most = scores[best]!;
  let rest = 0;
  for (let k = 0; k < scores.length; k++) rest += scores[k] = Math.exp((scores[k]! - most) / temperature);
  rest *= u;
  let last = best;
  for (let k = 0; k < scores.length; k++) {
    if (scores[k] === 0) continue;
    rest -= scores[k]!;
    if (rest < 0) return k;
    last = k;
  }
  return last;
}

/** Sum of the weights of each document's features. */
function lengthsOf({ offsets, features, weights }: Documents): Int32Array {
  const lengths = new Int32Array(offsets.length - 1);
  for (let d = 0; d < lengths.length; d++) for (let i = offsets[d]!; i < offsets[d + 1]!; i++) lengths[d]! += weights[features[i]!]!;
  return lengths;
}

/** ln(n + β) of n from 0 to the most that a feature can count. */
function logsTo({ features, weights, vocabulary }: Documents, beta: number): Float64Array {
  const counts = new Int32Array(vocabulary);
  for (const feature of features) counts[feature]! += weights[feature]!;
  const most = counts.reduce((most, count) => Math.max(most, count), 0);
  return Float64Array.from({ length: most + 1 }, (_, n) => Math.log(n + beta));
}
