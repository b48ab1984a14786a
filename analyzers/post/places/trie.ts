/** Finds the longest of many words that begins at a position, reading each character once: a double-array trie (Aoe 1989) over UTF-16 units. */
export class Trie {
  /** UTF-16 unit → small number, 0 when no word has it. */
  private readonly ids = new Uint16Array(65536);
  /** Child of node s by unit u: base[s] + ids[u], when its parent is s. Node 0 is the root. */
  private base = new Int32Array(1024);
  /** Parent + 1 of each slot; 0: free. */
  private parent = new Int32Array(1024);
  /** Index of the word that ends at each node, + 1; 0: none. */
  private word = new Int32Array(1024);
  /** No slot below is free, but for those of the root's children. */
  private lowest = 0;

  /** `words` are distinct and not empty. */
  constructor(words: readonly string[]) {
    let count = 0;
    for (const word of words) for (let i = 0; i < word.length; i++) this.ids[word.charCodeAt(i)] ||= ++count;
    this.parent[0] = 1;
    this.lowest = count + 1;
    this.place(0, 0, words.map((word, index) => ({ word, index })));
  }

  /** Index of the longest word that begins at `at`; −1 when none does. */
  longest(text: string, at: number): number {
    const { ids, base, parent, word } = this;
    let node = 0;
    let found = 0;
    for (let i = at; i < text.length; i++) {
      const id = ids[text.charCodeAt(i)]!;
      const next = base[node]! + id;
      if (id === 0 || parent[next] !== node + 1) break;
      node = next;
      if (word[node] !== 0) found = word[node]!;
    }
    return found - 1;
  }

  /** Lays out the children of a node; `words` share their first `depth` units. */
  private place(node: number, depth: number, words: { word: string; index: number }[]): void {
    const children = new Map<number, { word: string; index: number }[]>();
    for (const one of words) {
      if (one.word.length === depth) this.word[node] = one.index + 1;
      else {
        const id = this.ids[one.word.charCodeAt(depth)]!;
        const list = children.get(id);
        if (list) list.push(one);
        else children.set(id, [one]);
      }
    }
    if (children.size === 0) return;
    const base = this.room(node, [...children.keys()]);
    this.base[node] = base;
    for (const id of children.keys()) this.parent[base + id] = node + 1;
    for (const [id, list] of children) this.place(base + id, depth + 1, list);
  }

  /** The least base with free slots for all ids from `lowest` on. The root has base 0: its children are the slots of their ids. */
  private room(node: number, ids: readonly number[]): number {
    const least = Math.min(...ids);
    const greatest = Math.max(...ids);
    while (this.parent[this.lowest] !== 0 && this.lowest < this.parent.length) this.lowest++;
    for (let base = node === 0 ? 0 : this.lowest - least; ; base++) {
      while (base + greatest >= this.parent.length) this.grow();
      if (ids.every((id) => this.parent[base + id] === 0)) return base;
    }
  }

  private grow(): void {
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    this.base = longer(this.base);
    this.parent = longer(this.parent);
    this.word = longer(this.word);
  }
}
