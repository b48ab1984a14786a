import type { Candidate } from "./candidates.ts";
import type { Corpus } from "./corpus.ts";
import { occurrences } from "./occurrences.ts";

/** About so many texts of each word are looked at, */
const mostTexts = 30;
/** and so many symbols on each side of it. */
const reach = 8;
/** A word cut off inside others is one piece of many words (阳市 of 沈阳市, 衡阳市); one that the dictionaries lack may well be cut wrongly, but not nearly always. */
const leastShare = 0.15;

/**
 * The candidates that begin and end where words do: in at least 15 % of the texts looked at, `cut` has a boundary at both ends. Which texts depends on their keys alone.
 */
export function withEdges(candidates: readonly Candidate[], corpus: Corpus, cut: (text: string) => string[]): Candidate[] {
  const looked = new Uint32Array(candidates.length);
  const whole = new Uint32Array(candidates.length);
  const limits = candidates.map(({ texts }) => 2 ** 48 * corpus.sampled * Math.min(1, mostTexts / texts));
  occurrences(corpus, candidates.map(({ codes }) => codes), (word, text, at) => {
    if (corpus.texts[text]! >= limits[word]!) return;
    looked[word]!++;
    if (standsWhole(corpus, at, at + candidates[word]!.codes.length, cut)) whole[word]!++;
  });
  return candidates.filter((_, word) => whole[word]! >= leastShare * looked[word]!);
}

/** True if the text around the run from `start` to `end` is cut at both. */
function standsWhole({ codes, symbols }: Corpus, start: number, end: number, cut: (text: string) => string[]): boolean {
  let [from, to] = [start, end];
  while (from > start - reach && codes[from - 1] !== 0) from--;
  while (to < end + reach && codes[to] !== 0) to++;
  const text = (first: number, last: number): string => Array.from(codes.subarray(first, last), (code) => symbols[code]!).join("");
  const before = text(from, start);
  const run = text(start, end);
  const boundaries = new Set([0]);
  let place = 0;
  for (const piece of cut(before + run + text(end, to))) boundaries.add((place += piece.length));
  return boundaries.has(before.length) && boundaries.has(before.length + run.length);
}
