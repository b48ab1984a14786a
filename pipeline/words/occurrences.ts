import type { Corpus } from "./corpus.ts";
import { Index } from "./counter.ts";

/** Calls `take` once for each text that holds a word, for every word: its index in `words` (symbol ids), the text's index in the corpus, and the place in `codes` where it first begins. */
export function occurrences({ codes, symbols }: Corpus, words: readonly (readonly number[])[], take: (word: number, text: number, at: number) => void): void {
  const base = symbols.length;
  const { first, next, ends } = trie(words, base);
  const latest = new Int32Array(words.length).fill(-1);
  let text = 0;
  for (let i = 2; i < codes.length; i++) {
    if (codes[i] === 0 && codes[i - 1] === 0) text++;
    for (let node = first[codes[i]!]!, at = i; node !== 0; node = next.at(node * base + codes[++at]!)) {
      const word = ends[node]!;
      if (word < 0 || latest[word] === text) continue;
      latest[word] = text;
      take(word, text, i);
    }
  }
}

/** Nodes from 1: by first symbol, by node and symbol, and the word that ends at a node (−1: none). */
function trie(words: readonly (readonly number[])[], base: number): { first: Uint32Array; next: Index; ends: number[] } {
  const first = new Uint32Array(base);
  const nodes = new Map<number, number>();
  const ends = [-1];
  words.forEach(([head, ...rest], word) => {
    if (first[head!] === 0) first[head!] = ends.push(-1) - 1;
    let node = first[head!]!;
    for (const code of rest) {
      const key = node * base + code;
      if (!nodes.has(key)) nodes.set(key, ends.push(-1) - 1);
      node = nodes.get(key)!;
    }
    ends[node] = word;
  });
  return { first, next: new Index([...nodes]), ends };
}
