import { read } from "../../../analyzers/post/doc.ts";
import { Modifiers } from "../../../analyzers/post/modifiers.ts";
import { negationMark, type Resources } from "../../../analyzers/post/resources.ts";
import { lengthFactor } from "../../../analyzers/post/sentiment.ts";

/** Words that may enter the lexicon: with a Han character, emoticons, ！？～, short Latin words (hhh, yyds). */
const candidate = /[\u3400-\u9fff]|^\[|^[！？!?~～]$|^[a-z]{2,5}$|\p{Extended_Pictographic}/u;

/** Word, or negation mark + word → how much of it the text holds: occurrences × degree ÷ length factor. The same sums that scoring makes. */
export function features(text: string, resources: Resources): Map<string, number> {
  const { words, entries, sentences } = read(text, resources);
  const found = new Map<string, number>();
  let count = 0;
  for (const { from, to, tag } of sentences) {
    if (tag) continue;
    const modifiers = new Modifiers();
    for (let i = from; i < to; i++) {
      modifiers.next(entries[i]);
      if (entries[i] === undefined || entries[i]!.pause === 0) count++;
      if (!candidate.test(words[i]!)) continue;
      const key = modifiers.negated ? negationMark + words[i]! : words[i]!;
      found.set(key, (found.get(key) ?? 0) + modifiers.degree / 100);
    }
  }
  const factor = lengthFactor(count);
  for (const [key, value] of found) found.set(key, value / factor);
  return found;
}
