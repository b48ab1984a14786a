import type { Doc } from "./doc.ts";
import type { InsultModel } from "./triage/insult.ts";
import type { CueWords } from "./triage/words.ts";

export interface TriageResources {
  cueWords: CueWords;
  insults: InsultModel;
}

/** Probability from which a text counts as offensive: high, because posts about events are not what the model was trained on. */
export const offensive = 0.9;
const manyTags = 5;

/**
 * The cues of one text for its triage, "cue\u0001word" (data/triage/cues.yaml), in the order found; the word is empty for a cue that is no word.
 * `words`: the text without hashtags; null when it has none. `opinions`: its opinion sentences. `named`: whether it names a subject of the event.
 */
export function triageCues(doc: Doc, words: string | null, opinions: readonly string[], named: boolean, { cueWords, insults }: TriageResources): string[] {
  if (words === null) return [];
  const { clean, mentions, tags } = doc.source;
  const inWords = cueWords.find(clean);
  const found = [...inWords].map(([cue, word]) => `${cue}\u0001${word}`);
  // People ask much in passing: only one that asks how to do something is an inquiry.
  if (inWords.has("inquiry") && opinions.some((line) => line.startsWith("question\u0001"))) found.push("question\u0001");
  if (new Set(tags).size >= manyTags) found.push("tags\u0001");
  // Offensive words alone give no class: texts without another cue need not be asked.
  if (found.length > 0 && (insults.predict(words) ?? 0) >= offensive) found.push("insult\u0001", ...(named || mentions.length > 0 ? ["attack\u0001"] : []));
  return found;
}
