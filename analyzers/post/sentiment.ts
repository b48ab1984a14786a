import { emotions, type Polarity } from "../../pipeline/schema.ts";
import type { Doc, Sentence } from "./doc.ts";
import { Modifiers } from "./modifiers.ts";
import type { Emotion, Weights } from "./vocabulary.ts";

/** What words add up to: sums of weights of `emotions` in millionths of a logit, and the number of words they were taken from. */
export interface Evidence {
  sums: number[];
  words: number;
}

/** Evidence of one sentence, negation and degree applied. Punctuation counts as evidence, not as words. */
export function evidence({ entries }: Doc, { from, to }: Sentence): Evidence {
  const sums = [0, 0, 0, 0, 0, 0];
  const modifiers = new Modifiers();
  let words = 0;
  for (let i = from; i < to; i++) {
    const entry = entries[i];
    modifiers.next(entry);
    if (entry === undefined) {
      words++;
      continue;
    }
    if (entry.pause === 0) words++;
    const weights = modifiers.negated ? entry.negated : entry.weights;
    if (weights === null) continue;
    const factor = modifiers.degree / 100;
    for (let e = 0; e < 6; e++) sums[e]! += weights[e]! * factor;
  }
  return { sums, words };
}

/** Adds evidence up; null parts add nothing. */
export function total(parts: readonly (Evidence | null)[]): Evidence {
  const sums = [0, 0, 0, 0, 0, 0];
  let words = 0;
  for (const part of parts) {
    if (part === null) continue;
    words += part.words;
    for (let e = 0; e < 6; e++) sums[e]! += part.sums[e]!;
  }
  return { sums, words };
}

export interface Mood {
  polarity: Polarity;
  /** Probability of positive minus probability of negative, in millionths. */
  micro: number;
  /** The likeliest emotion of that polarity: joy is positive; anger, sadness and fear are negative; surprise and none neutral. */
  emotion: Emotion;
}

const joy = emotions.indexOf("joy");
const negative = [emotions.indexOf("anger"), emotions.indexOf("sadness"), emotions.indexOf("fear")];
const neutral = [emotions.indexOf("none"), emotions.indexOf("surprise")];

/**
 * Evidence → mood by a softmax over intercept + sum / √(words / 10): the longer the text, the less a single word says; under 5 words count as 5.
 * The same model that the weights were learnt with (data/lexicons/build).
 */
export function mood({ sums, words }: Evidence, intercept: Weights): Mood {
  const scale = lengthFactor(words);
  const odds = [0, 0, 0, 0, 0, 0];
  let greatest = -Infinity;
  for (let e = 0; e < 6; e++) greatest = Math.max(greatest, (odds[e] = (intercept[e]! + sums[e]! / scale) / 1e6));
  for (let e = 0; e < 6; e++) odds[e] = Math.exp(odds[e]! - greatest);
  const positiveOdds = odds[joy]!;
  const negativeOdds = odds[negative[0]!]! + odds[negative[1]!]! + odds[negative[2]!]!;
  const neutralOdds = odds[neutral[0]!]! + odds[neutral[1]!]!;
  const micro = Math.round((1e6 * (positiveOdds - negativeOdds)) / (positiveOdds + negativeOdds + neutralOdds));
  if (positiveOdds > negativeOdds && positiveOdds > neutralOdds) return { polarity: "positive", micro, emotion: "joy" };
  const [polarity, candidates] = negativeOdds > neutralOdds ? (["negative", negative] as const) : (["neutral", neutral] as const);
  return { polarity, micro, emotion: emotions[candidates.reduce((best, e) => (odds[e]! > odds[best]! ? e : best))]! };
}

/** √(words / 10), words at least 5. */
export function lengthFactor(words: number): number {
  return Math.sqrt(Math.max(words, 5) / 10);
}
