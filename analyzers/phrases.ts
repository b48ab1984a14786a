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
