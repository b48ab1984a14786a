/** What may continue a word: letters of alphabets (Latin, Greek, Cyrillic, folded) and digits; Chinese has no ends of words, so it is 0 there. */
function continuation(code: number): 0 | 1 | 2 {
  if (code >= 48 && code <= 57) return 2;
  return (code >= 97 && code <= 122) || (code >= 0xdf && code < 0x530 && code !== 0xf7) ? 1 : 0;
}

/**
 * All words of all queries, looked for in one pass over a text: a trie, entered at every position whose character begins a word.
 * A word ends where it is not continued by its own kind: "ai" is not in "said" and "5g" not in "15g", but "iphone" is in "iphone15", and Chinese words are found anywhere.
 * Takes at most (length of the longest word) steps a character.
 */
export class WordScan {
  readonly #first = new Int32Array(65_536);
  /** node × 65536 + UTF-16 unit → node. */
  readonly #edges = new Map<number, number>();
  /** Word that ends at a node; −1: none. */
  readonly #ends: number[] = [-1];
  readonly #ids = new Map<string, number>();

  /** Number of a folded word, from 0; the same for the same word. The empty word is never found. */
  add(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(word, id);
    let node = 0;
    for (let i = 0; i < word.length; i++) node = this.#step(node, word.charCodeAt(i));
    if (node > 0) this.#ends[node] = id;
    return id;
  }

  get size(): number {
    return this.#ids.size;
  }

  #step(node: number, unit: number): number {
    const key = node * 65_536 + unit;
    const next = this.#edges.get(key) ?? this.#ends.push(-1) - 1;
    this.#edges.set(key, next);
    if (node === 0) this.#first[unit] = next;
    return next;
  }

  /** Calls `hit` for every occurrence of every word in a folded text, by where it begins, then shortest first. */
  scan(text: string, hit: (word: number, start: number, end: number) => void): void {
    for (let start = 0; start < text.length; start++) {
      const unit = text.charCodeAt(start);
      let node = this.#first[unit]!;
      if (node === 0 || (start > 0 && continues(text.charCodeAt(start - 1), unit))) continue;
      for (let end = start + 1; ; end++) {
        const word = this.#ends[node]!;
        if (word >= 0 && !(end < text.length && continues(text.charCodeAt(end - 1), text.charCodeAt(end)))) hit(word, start, end);
        if (end === text.length) break;
        const next = this.#edges.get(node * 65_536 + text.charCodeAt(end));
        if (next === undefined) break;
        node = next;
      }
    }
  }
}

const continues = (before: number, after: number): boolean => continuation(before) !== 0 && continuation(before) === continuation(after);
