import { mayBePerson } from "./person-names.ts";
import { isQuotable } from "./quotes.ts";

/** A word grows into a phrase while so large a share of the sentences that hold it, or nearly all that hold the phrase so far, and so many of them, go on with the same character. One that would be longer than this is a copied sentence, cut anywhere: then the word stays alone. */
const growShare = 0.34;
const nearlyAll = 0.7;
const leastSaying = 3;
const longest = 12;
/** The first word names a group alone when this share of its sentences hold it. */
const namingShare = 0.6;
const written = /[\u3400-\u9fffA-Za-z0-9]/;
/** What a phrase does not begin or end with; 接受不了 ends with 了. */
const particlesBefore = /^[的了着过在和与及就都也又是能会要吗呢吧啊呀]/;
const particlesAfter = /([的着在和与及就都也又吗呢吧啊呀哦嘛我你]|(?<![不得])了)$/;
/** Most of those who say a word deny it: then it is named as they deny it, 接受不了. */
const denyingShare = 0.5;
const denialBefore = /(不能|不会|不可|不敢|不想|无法|难以|没有|[不没无难未别])$/;
const denialAfter = /^(不[了到起来得]|无能)/;

/**
 * What sentences are about, in their own words: the first of the given words, the most telling first, as the phrase most often said with it (良心 → 业界良心);
 * both words, a·b, when the first is not in most sentences. Null without words. Copies of one text should be given once.
 */
export function aspectPhrase([one, other]: readonly string[], sentences: readonly string[]): string | null {
  if (one === undefined) return null;
  const first = grow(one, sentences);
  if (other === undefined || first.includes(other) || saying(one, sentences) >= namingShare * sentences.length) return first;
  const second = grow(other, sentences);
  if (second.includes(one)) return second;
  return comesFirst(other, one, sentences) ? `${second}·${first}` : `${first}·${second}`;
}

const saying = (words: string, sentences: readonly string[]): number => sentences.filter((sentence) => sentence.includes(words)).length;

/** The word as it is denied, else with the characters that most often stand around it; alone where these insult, or may make it a person's name (处长, not 赵处长). */
function grow(word: string, sentences: readonly string[]): string {
  const phrase = denied(word, sentences) ?? grown(word, sentences);
  return isQuotable(phrase) && !mayBePerson(phrase) ? phrase : word;
}

/** The usual way in which the sentences deny the word (不能接受); null when most do not. */
function denied(word: string, sentences: readonly string[]): string | null {
  const counts = new Map<string, number>();
  let all = 0;
  for (const sentence of sentences) {
    const at = sentence.indexOf(word);
    if (at < 0) continue;
    const [before] = denialBefore.exec(sentence.slice(Math.max(0, at - 2), at)) ?? [""];
    const [after] = before === "" ? (denialAfter.exec(sentence.slice(at + word.length, at + word.length + 2)) ?? [""]) : [""];
    if (before === "" && after === "") continue;
    const form = `${before}${word}${after}`;
    counts.set(form, (counts.get(form) ?? 0) + 1);
    all++;
  }
  if (all < leastSaying || all < denyingShare * saying(word, sentences)) return null;
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0];
}

function grown(word: string, sentences: readonly string[]): string {
  let known = saying(word, sentences);
  const least = growShare * known;
  let phrase = word;
  let before = 0;
  for (;;) {
    const counts = new Map<string, number>();
    for (const sentence of sentences) for (const longer of around(phrase, sentence)) counts.set(longer, (counts.get(longer) ?? 0) + 1);
    const [best, count] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ["", 0];
    if (count < Math.max(leastSaying, Math.min(least, nearlyAll * known))) break;
    if (!best.startsWith(phrase)) before++;
    [phrase, known] = [best, count];
    if (phrase.length > longest) return word;
  }
  return trimmed(phrase, before, word.length);
}

/** The phrase with the character before it, and with the one after it, at its first place in the sentence. */
function around(phrase: string, sentence: string): string[] {
  const at = sentence.indexOf(phrase);
  if (at < 0) return [];
  const end = at + phrase.length;
  const found: string[] = [];
  if (at > 0 && written.test(sentence[at - 1]!)) found.push(sentence.slice(at - 1, end));
  if (end < sentence.length && written.test(sentence[end]!)) found.push(sentence.slice(at, end + 1));
  return found;
}

/** Without particles at its ends; the word, which stands at `before`, stays whole. */
function trimmed(phrase: string, before: number, length: number): string {
  let [from, to] = [0, phrase.length];
  while (from < before && particlesBefore.test(phrase.slice(from, to))) from++;
  while (to > before + length && particlesAfter.test(phrase.slice(from, to))) to--;
  return phrase.slice(from, to);
}

/** Whether, of the sentences that hold both, more have `one` before the other. */
function comesFirst(one: string, other: string, sentences: readonly string[]): boolean {
  const both = sentences.filter((sentence) => sentence.includes(one) && sentence.includes(other));
  return 2 * both.filter((sentence) => sentence.indexOf(one) < sentence.indexOf(other)).length > both.length;
}
