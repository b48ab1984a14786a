import type { Doc } from "./doc.ts";

/** Distinct terms in order of first occurrence, hashtags left out (they are counted apart). */
export function terms({ words, entries, sentences }: Doc): string[] {
  const found = new Set<string>();
  for (const { from, to, tag } of sentences) {
    if (tag) continue;
    for (let i = from; i < to; i++) if (!entries[i]?.stop && isTerm(words[i]!)) found.add(words[i]!);
  }
  return [...found];
}

/** 1 for characters of Han numbers, by code unit. */
const numeral = new Uint8Array(65536);
for (const character of "零〇一二三四五六七八九十百千万亿两几半多第") numeral[character.charCodeAt(0)] = 1;

/**
 * True when a word may be a term, stop words aside: 2–30 characters with a Han character or at least two Latin letters (or a letter and a digit: 5G).
 * Not: numbers in digits or Han (三百万), one character repeated (哈哈哈), emoticons, punctuation.
 */
export function isTerm(word: string): boolean {
  if (word.length < 2 || word.length > 30) return false;
  let han = 0;
  let numerals = 0;
  let letters = 0;
  let digits = 0;
  let same = 1;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if ((code >= 0x3400 && code <= 0x9fff) || (code >= 0xd840 && code <= 0xd87f)) {
      han++;
      numerals += numeral[code]!;
    } else if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) letters++;
    else if (code >= 0x30 && code <= 0x39) digits++;
    else if (code === 0x5b || (code > 0x9fff && !(code >= 0xdc00 && code <= 0xdfff))) return false;
    if (i > 0 && code === word.charCodeAt(i - 1)) same++;
  }
  if (han + letters + digits < 2 || (word.length > 2 && same === word.length)) return false;
  return han > 0 ? han + letters > numerals : letters > 0;
}
