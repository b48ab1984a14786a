import type { Doc } from "./doc.ts";
import { original } from "./normalize.ts";
import { mood, type Evidence, type Mood } from "./sentiment.ts";
import { cueBit, type Cue, type Weights } from "./vocabulary.ts";
import { isDemand, isOwnVoice, isQuestion, isRhetorical } from "./voice.ts";

/** Length of an opinion sentence in characters, and how many one text may give. */
const length = { least: 6, most: 80 };
const limit = 3;
/** A mood this strong (millionths) makes an opinion even without a cue word; with 太 half of it does. */
const outspoken = 600_000;

/**
 * Up to three opinion sentences "cue\u0001polarity\u0001sentence": those with cue words first, then the strongest moods; given in the order of the text.
 * The cue is empty where the sentence states a feeling and does nothing else, such as mourning. Sentences are verbatim pieces of the text. `evidences`: one a sentence of the document, null for hashtags.
 */
export function opinions(doc: Doc, evidences: readonly (Evidence | null)[], intercept: Weights): string[] {
  const found: { at: number; strength: number; line: string }[] = [];
  for (const [at, { from, to, start, end }] of doc.sentences.entries()) {
    const evidence = evidences[at]!;
    if (evidence === null || end - start < length.least || end - start > length.most) continue;
    let cues = 0;
    for (let i = from; i < to; i++) cues |= doc.entries[i]?.cues ?? 0;
    const felt = mood(evidence, intercept);
    if (cues === 0 && (Math.abs(felt.micro) < outspoken / 2 || felt.polarity === "neutral")) continue;
    const sentence = original(doc.source, start, end);
    if (sentence.length > length.most || !isOwnVoice(sentence)) continue;
    const cue = cueOf(cues, sentence, felt);
    if (cue === null) continue;
    const { polarity, micro } = felt;
    found.push({ at, strength: Math.abs(micro) + (cues === 0 ? 0 : 1_000_000), line: `${cue}\u0001${polarity}\u0001${sentence}` });
  }
  if (found.length > limit) found.sort((a, b) => b.strength - a.strength || a.at - b.at).splice(limit);
  return found.sort((a, b) => a.at - b.at).map(({ line }) => line);
}

/** What the sentence does, by its cue words first and its mood second; null when it states no opinion. A rhetorical question is criticism; sadness and fear alone are not. */
function cueOf(cues: number, sentence: string, { polarity, micro, emotion }: Mood): Cue | "" | null {
  if (cues & cueBit.question && isRhetorical(sentence)) return "criticism";
  if (cues & cueBit.suggestion && isDemand(sentence)) return "suggestion";
  for (const cue of ["help", "irony"] as const) if (cues & cueBit[cue]) return cue;
  if (cues & cueBit.question && isQuestion(sentence)) return "question";
  const strong = Math.abs(micro) >= (sentence.includes("太") ? outspoken / 2 : outspoken);
  if (polarity === "negative" && cues & cueBit.criticism) return "criticism";
  if (polarity === "negative" && strong) return emotion === "anger" ? "criticism" : "";
  if (polarity === "positive" && (strong || cues & cueBit.support)) return "support";
  return null;
}
