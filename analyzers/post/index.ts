import type { ScoredText } from "../../pipeline/schema.ts";
import { read, type Doc } from "./doc.ts";
import { withoutTags } from "./normalize.ts";
import { opinions } from "./opinions.ts";
import { places } from "./places.ts";
import type { Resources } from "./resources.ts";
import { evidence } from "./sentiment.ts";
import { tags } from "./tags.ts";
import { targets } from "./targets.ts";
import { terms } from "./terms.ts";
import type { Entry } from "./vocabulary.ts";

export { loadResources, type Resources } from "./resources.ts";
export type { Subject } from "./targets.ts";

export type Scores = Omit<ScoredText, "text_key">;

/** Scores one text, alone. Whatever goes wrong becomes `err`, all else null. */
export function scoreText(text: string, resources: Resources): Scores {
  try {
    return score(read(text, resources), resources);
  } catch (cause) {
    return failed(String(cause).slice(0, 200));
  }
}

/** The scores of a text that could not be scored. */
export function failed(err: string): Scores {
  return { terms: null, tags: null, emoticons: null, polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned: null, opinions: null, targets: null, err };
}

function score(doc: Doc, { intercept, subjects, model }: Resources): Scores {
  const evidences = doc.sentences.map((sentence) => (sentence.tag ? null : evidence(doc, sentence)));
  const whole = hasBasis(doc) ? model.predict(withoutTags(doc.source).trim()) : null;
  const micro = (share: number | undefined): number | null => (share === undefined ? null : Math.round(share * 1e6));
  return {
    terms: terms(doc),
    tags: tags(doc),
    emoticons: doc.source.emoticons,
    polarity: whole?.polarity ?? null,
    positive_micro: micro(whole?.polarities[0]),
    negative_micro: micro(whole?.polarities[2]),
    emotion: whole?.emotion ?? null,
    mentioned: places(doc),
    opinions: opinions(doc, evidences, intercept),
    targets: targets(doc, subjects, intercept),
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
