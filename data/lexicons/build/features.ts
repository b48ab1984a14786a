import { read, type Doc } from "../../../analyzers/post/doc.ts";
import { modifiers } from "../../../analyzers/post/modifiers.ts";
import { negationMark, type Resources } from "../../../analyzers/post/resources.ts";
import { lengthFactor } from "../../../analyzers/post/sentiment.ts";

/** Words that may enter the lexicon: with a Han character, emoticons, ！？～, short Latin words (hhh, yyds). */
const candidate = /[\u3400-\u9fff]|^\[|^[！？!?~～]$|^[a-z]{2,5}$|\p{Extended_Pictographic}/u;

/** Word, or negation mark + word → how much of it the text holds: occurrences × degree ÷ length factor. The same sums that scoring makes. */
export function features(text: string, resources: Resources): Map<string, number> {
  const doc: Doc = read(text, resources);
  const { negated, degree } = modifiers(doc);
  const found = new Map<string, number>();
  let words = 0;
  for (let i = 0; i < doc.words.length; i++) {
    const word = doc.words[i]!;
    if (doc.tagged[i]) continue;
    if (doc.entries[i] === undefined || doc.entries[i]!.pause === 0) words++;
    if (!candidate.test(word)) continue;
    const key = negated[i] ? negationMark + word : word;
    found.set(key, (found.get(key) ?? 0) + degree[i]! / 100);
  }
  const factor = lengthFactor(words);
  for (const [key, value] of found) found.set(key, value / factor);
  return found;
}
