import type { Polarity } from "../../pipeline/schema.ts";
import { wordEnd, type Doc } from "./doc.ts";
import { original } from "./normalize.ts";
import type { Mood } from "./sentiment.ts";
import { cueBit, type Cue } from "./vocabulary.ts";

/** Length of an opinion sentence in characters, and how many one text may give. */
const length = { least: 6, most: 80 };
const limit = 3;
/** A mood this strong (millionths) makes an opinion even without a cue word. */
const outspoken = 600_000;

/**
 * Up to three opinion sentences "cue\u0001polarity\u0001sentence": those with cue words first, then the strongest moods; given in the order of the text.
 * Sentences are verbatim pieces of the text. `moods`: one a sentence of the document, null where the sentence stands in a hashtag.
 */
export function opinions(doc: Doc, moods: readonly (Mood | null)[]): string[] {
  const found: { at: number; strength: number; line: string }[] = [];
  for (const [at, { from, to }] of doc.sentences.entries()) {
    const mood = moods[at]!;
    if (mood === null) continue;
    const end = wordEnd(doc, to - 1);
    const size = end - doc.starts[from]!;
    if (size < length.least || size > length.most) continue;
    let cues = 0;
    for (let i = from; i < to; i++) cues |= doc.entries[i]?.cues ?? 0;
    const cue = cueOf(cues, mood.polarity, Math.abs(mood.micro) >= outspoken);
    if (cue === null) continue;
    const sentence = original(doc.source, doc.starts[from]!, end);
    if (sentence.length > length.most) continue;
    found.push({ at, strength: Math.abs(mood.micro) + (cues === 0 ? 0 : 1_000_000), line: `${cue}\u0001${mood.polarity}\u0001${sentence}` });
  }
  if (found.length > limit) found.sort((a, b) => b.strength - a.strength || a.at - b.at).splice(limit);
  return found.sort((a, b) => a.at - b.at).map(({ line }) => line);
}

/** What the sentence does, by its cue words first and its mood second; null when it states no opinion. */
function cueOf(cues: number, polarity: Polarity, strong: boolean): Cue | null {
  for (const cue of ["help", "irony", "suggestion", "question"] as const) if (cues & cueBit[cue]) return cue;
  if (polarity === "negative" && (strong || cues & cueBit.criticism)) return "criticism";
  if (polarity === "positive" && (strong || cues & cueBit.support)) return "support";
  return null;
}
