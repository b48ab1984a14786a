import type { ScoredText } from "../../pipeline/schema.ts";
import { read, type Doc } from "./doc.ts";
import { modifiers } from "./modifiers.ts";
import { opinions } from "./opinions.ts";
import { places } from "./places.ts";
import type { Resources } from "./resources.ts";
import { evidence, mood, total } from "./sentiment.ts";
import { tags } from "./tags.ts";
import { terms } from "./terms.ts";

export { loadResources, type Resources } from "./resources.ts";

export type Scores = Omit<ScoredText, "text_key">;

/** Scores one text, alone. Whatever goes wrong becomes `err`, all else null. */
export function scoreText(text: string, resources: Resources): Scores {
  try {
    return score(read(text, resources), resources);
  } catch (cause) {
    const err = String(cause).slice(0, 200);
    return { terms: null, tags: null, emoticons: null, polarity: null, polarity_micro: null, emotion: null, mentioned: null, opinions: null, err };
  }
}

function score(doc: Doc, { intercept }: Resources): Scores {
  const changes = modifiers(doc);
  const spoken = doc.sentences.map(({ from, to }) => (doc.tagged[from] ? null : evidence(doc, changes, from, to)));
  const whole = hasBasis(doc) ? mood(total(spoken.filter((part) => part !== null)), intercept) : null;
  return {
    terms: terms(doc),
    tags: tags(doc),
    emoticons: doc.source.emoticons,
    polarity: whole?.polarity ?? null,
    polarity_micro: whole?.micro ?? null,
    emotion: whole?.emotion ?? null,
    mentioned: places(doc),
    opinions: opinions(doc, spoken.map((part) => part && mood(part, intercept))),
    err: null,
  };
}

/** True when the text has, outside its hashtags, a Han character or an emoticon that the lexicon knows. */
function hasBasis(doc: Doc): boolean {
  return doc.words.some((word, i) => !doc.tagged[i] && (/[\u3400-\u9fff]/.test(word) || (doc.entries[i]?.weights != null && doc.entries[i]!.pause === 0)));
}
