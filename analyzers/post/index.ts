import type { ScoredText } from "../../pipeline/schema.ts";
import { read, type Doc } from "./doc.ts";
import { withoutTags } from "./normalize.ts";
import { opinions } from "./opinions.ts";
import { places } from "./places.ts";
import type { Resources } from "./resources.ts";
import type { Mood } from "./model/model.ts";
import type { OnnxModel } from "./model/onnx.ts";
import { evidence } from "./sentiment.ts";
import { tags } from "./tags.ts";
import { targets } from "./targets.ts";
import { terms } from "./terms.ts";
import { triageCues } from "./triage.ts";
import type { Entry } from "./vocabulary.ts";

export { loadResources, type Resources } from "./resources.ts";
export { OnnxModel } from "./model/onnx.ts";
export type { Subject } from "./targets.ts";

export type Scores = Omit<ScoredText, "text_key">;

/** Scores one text, alone. Whatever goes wrong becomes `err`, all else null. */
export function scoreText(text: string, resources: Resources): Scores {
  try {
    const { scores, words } = scoreWithoutMood(text, resources);
    return words === null ? scores : withMood(scores, resources.model.predict(words));
  } catch (cause) {
    return failed(String(cause).slice(0, 200));
  }
}

/** As scoreText, with another model than that of `resources`. Throws what the model throws: one that fails on a text is not trusted with the others. */
export async function scoreTextBy(model: Pick<OnnxModel, "predict">, text: string, resources: Resources): Promise<Scores> {
  let found: ReturnType<typeof scoreWithoutMood>;
  try {
    found = scoreWithoutMood(text, resources);
  } catch (cause) {
    return failed(String(cause).slice(0, 200));
  }
  const { scores, words } = found;
  return words === null ? scores : withMood(scores, await model.predict(words));
}

/** `words`: what a model may read of the text; null when that says nothing about its mood. */
function scoreWithoutMood(text: string, resources: Resources): { scores: Scores; words: string | null } {
  const doc = read(text, resources);
  const words = hasBasis(doc) ? withoutTags(doc.source).trim() : null;
  return { scores: score(doc, words, resources), words };
}

function withMood(scores: Scores, mood: Mood | null): Scores {
  if (mood === null) return scores;
  const { polarity, polarities, emotion } = mood;
  return { ...scores, polarity, positive_micro: micro(polarities[0]!), negative_micro: micro(polarities[2]!), emotion };
}

const micro = (probability: number): number => Math.round(probability * 1e6);

/** The scores of a text that could not be scored. */
export function failed(err: string): Scores {
  return { terms: null, tags: null, emoticons: null, mentions: null, polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned: null, opinions: null, targets: null, triage: null, err };
}

/** All but the mood. */
function score(doc: Doc, words: string | null, resources: Resources): Scores {
  const { intercept, subjects, places: parser } = resources;
  const evidences = doc.sentences.map((sentence) => (sentence.tag ? null : evidence(doc, sentence)));
  const found = { opinions: opinions(doc, evidences, intercept), targets: targets(doc, subjects, intercept) };
  return {
    terms: terms(doc),
    tags: tags(doc),
    emoticons: doc.source.emoticons,
    mentions: [...new Set(doc.source.mentions)],
    polarity: null,
    positive_micro: null,
    negative_micro: null,
    emotion: null,
    mentioned: places(doc, parser),
    ...found,
    triage: triageCues(doc, words, found.opinions, found.targets.length > 0, resources),
    err: null,
  };
}

/** True when the text has, outside its hashtags, a Han character or an emoticon that the lexicon knows. */
function hasBasis({ words, entries, sentences }: Doc): boolean {
  return sentences.some(({ from, to, tag }) => {
    if (tag) return false;
    for (let i = from; i < to; i++) if (isBasis(words[i]!, entries[i])) return true;
    return false;
  });
}

function isBasis(word: string, entry: Entry | undefined): boolean {
  const emoticon = word.startsWith("[") || /^\p{Extended_Pictographic}/u.test(word);
  return emoticon ? entry !== undefined && entry.weights !== null : /[\u3400-\u9fff]/.test(word);
}
