import type { Table } from "./contract.ts";
import type { Corpus, Reference, Said } from "./keyness.ts";

/** A term and the number of texts that hold it. */
export interface Counted {
  term: string;
  docs: number;
}

/** Longest part looked for, in UTF-16 units: terms are at most this long. */
const longestPart = 30;

/**
 * Drops a term that is part of a longer one when the longer carries at least `carried` of both, and lists it in the longer one's `parts`:
 * 方舱 under 方舱医院. Segments do not overlap: a text that holds the longer word does not count for the shorter, so the share is longer ÷ (longer + shorter)
 * (in the spirit of the C-value of Frantzi et al. 2000). Order of the input is kept; `parts` are sorted by code point.
 */
export function mergePhrases<T extends Counted>(terms: readonly T[], carried: number): (T & { parts: string[] })[] {
  const longestFirst = [...terms].sort((a, b) => b.term.length - a.term.length || b.docs - a.docs || (a.term < b.term ? -1 : 1));
  const parts = new Map<string, string[]>();
  /** For every piece of a kept term the kept term of most docs. */
  const holders = new Map<string, Counted>();
  for (const entry of longestFirst) {
    const holder = holders.get(entry.term);
    if (holder && holder.docs >= carried * (holder.docs + entry.docs)) {
      parts.get(holder.term)!.push(entry.term);
      continue;
    }
    parts.set(entry.term, []);
    for (const piece of pieces(entry.term)) if ((holders.get(piece)?.docs ?? -1) < entry.docs) holders.set(piece, entry);
  }
  return terms.filter(({ term }) => parts.has(term)).map((entry) => ({ ...entry, parts: parts.get(entry.term)!.sort((a, b) => (a < b ? -1 : 1)) }));
}

function* pieces(term: string): Generator<string> {
  for (let from = 0; from < term.length; from++) {
    for (let to = from + 1; to <= Math.min(term.length, from + longestPart); to++) if (to - from < term.length) yield term.slice(from, to);
  }
}

/** Terms that stand side by side. */
export interface Phrase extends Said {
  term: string;
  parts: readonly string[];
}

/**
 * The phrases of the table `phrases` that stand for their parts: each carries at least `carried` of every part's texts, none shares a part with one of more parts or texts.
 */
export function wholePhrases(phrases: Table, { counts }: Corpus, carried: number): Phrase[] {
  const all = phrases.map((row): Phrase => ({ term: row.phrase as string, parts: (row.parts as string).split("\u0001"), docs: row.docs as number, micro: row.wordings_micro as number }));
  const whole = all.filter(({ term, parts, docs }) => !counts.has(term) && parts.every((part) => docs >= carried * (counts.get(part)?.docs ?? Infinity)));
  const taken = new Set<string>();
  return whole
    .sort((a, b) => b.parts.length - a.parts.length || b.docs - a.docs || (a.term < b.term ? -1 : 1))
    .filter(({ parts }) => !parts.some((part) => taken.has(part)) && parts.every((part) => taken.add(part)));
}

/** A corpus with phrases in place of their parts; its totals stay. */
export function withPhrases(corpus: Corpus, phrases: readonly Phrase[]): Corpus {
  const counts = new Map(corpus.counts);
  for (const { term, parts, docs, micro } of phrases) {
    parts.forEach((part) => counts.delete(part));
    counts.set(term, { docs, micro });
  }
  return { ...corpus, counts };
}

/** A reference that knows phrases: at most as frequent as their rarest part. */
export function boundedBy(reference: Reference, phrases: readonly Phrase[]): Reference {
  const parts = new Map(phrases.map((phrase) => [phrase.term, phrase.parts]));
  return {
    total: reference.total,
    of: (term) => {
      const of = parts.get(term)?.map((part) => reference.of(part).count);
      return of === undefined ? reference.of(term) : { count: Math.min(...of), texts: null, exact: false };
    },
  };
}
