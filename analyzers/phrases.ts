import type { Table } from "./contract.ts";
import type { Corpus, Reference } from "./keyness.ts";

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
export interface Phrase {
  term: string;
  parts: readonly string[];
}

/** The phrases of the table `phrases` that stand for their parts: each carries at least `carried` of every part's texts, none shares a part with one of more parts or texts. */
export function wholePhrases(phrases: Table, { counts }: Corpus, carried: number): Phrase[] {
  const docs = (term: string): number | undefined => counts.get(term)?.docs;
  const all = phrases.map((row) => ({ term: row.phrase as string, parts: (row.parts as string).split("\u0001"), docs: docs(row.phrase as string) ?? 0 }));
  const whole = all.filter((phrase) => phrase.docs > 0 && phrase.parts.every((part) => phrase.docs >= carried * (docs(part) ?? Infinity)));
  const taken = new Set<string>();
  return whole
    .sort((a, b) => b.parts.length - a.parts.length || b.docs - a.docs || (a.term < b.term ? -1 : 1))
    .filter(({ parts }) => !parts.some((part) => taken.has(part)) && parts.every((part) => taken.add(part)))
    .map(({ term, parts }) => ({ term, parts }));
}

/** Terms that no list shows: the parts of `whole`, and the phrases of the table that are not whole. */
export function mergedTerms(phrases: Table, whole: readonly Phrase[]): Set<string> {
  const terms = new Set([...phrases.map((row) => row.phrase as string), ...whole.flatMap(({ parts }) => parts)]);
  for (const { term } of whole) terms.delete(term);
  return terms;
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
