import { mark, normalize } from "../../analyzers/post/normalize.ts";

/**
 * Texts as one array of symbols, for counting. A symbol is a Han character, or a run of Latin letters and digits with at least one letter (SU7).
 * Everything else breaks: punctuation, digits, emoji, hashtags, @names, URLs. The parts of a text are separated by one 0, texts by two.
 */
export interface Corpus {
  /** Symbol ids from 1 by falling count; 0: a break, or a symbol too rare to be part of any word. Begins and ends with two 0. */
  codes: Uint16Array;
  /** Symbol id → what it stands for; index 0 is "". */
  symbols: string[];
  /** Symbol id → occurrences. */
  counts: Uint32Array;
  /** Symbols of all texts, rare ones included. */
  size: number;
  /** Texts counted: those with two symbols or more, or a sample of them. */
  read: number;
  /** Those in `codes`, in order: the first 12 digits of their keys. A text of rare symbols alone is not there. */
  texts: Float64Array;
  /** Share of the texts that was counted: 1; beyond the limit 0.9, 0.81 … */
  sampled: number;
}

/** Symbols above which a sample of the texts is counted (own words of a million Weibo posts): bounds the memory. */
export const sizeLimit = 24_000_000;

const chunkSize = 1 << 20;
/** A text in a chunk: its length in two units and its key in three, then its units. */
const head = 5;
/** Units below the first Han character announce a Latin run: its number is (unit − 1) · 65536 + the unit after. */
const firstHan = 0x3400;
const longestLatin = 20;
/** Ids have 16 bits. */
const mostSymbols = 65_000;

interface Chunk {
  units: Uint16Array;
  used: number;
}

/** Gathers the texts of an event. The corpus is the same in whatever order they come, but for the order of its texts. */
export class CorpusBuilder {
  #chunks: Chunk[] = [];
  readonly #latin = new Map<string, number>();
  #size = 0;
  #texts = 0;
  #sampled = 1;

  constructor(private readonly limit = sizeLimit) {}

  /** `key`: text_key, hexadecimal. Each text is to be given once. */
  add(key: string, text: string): void {
    const number = keyNumber(key);
    if (!this.#takes(number)) return;
    const { clean } = normalize(text, () => true);
    const chunk = this.#room(head + 2 * clean.length);
    const from = chunk.used + head;
    const { to, size } = this.#write(clean, chunk.units, from);
    if (size < 2) return;
    chunk.units.set([(to - from) >>> 16, (to - from) & 0xffff, Math.floor(number / 2 ** 32), (number / 65_536) & 0xffff, number & 0xffff], chunk.used);
    chunk.used = to;
    this.#size += size;
    this.#texts++;
    while (this.#size > this.limit) this.#thin();
  }

  /** Numbers the symbols that occur at least `leastOf(size)` times and forgets the texts. */
  finish(leastOf: (size: number) => number): Corpus {
    const least = leastOf(this.#size);
    const { han, latin } = this.#count();
    const found: { symbol: string; count: number; table: Uint16Array; at: number }[] = [];
    const [ofHan, ofLatin] = [new Uint16Array(han.length), new Uint16Array(latin.length)];
    for (let code = 0; code < han.length; code++) if (han[code]! >= least) found.push({ symbol: String.fromCharCode(code), count: han[code]!, table: ofHan, at: code });
    for (const [symbol, at] of this.#latin) if (latin[at]! >= least) found.push({ symbol, count: latin[at]!, table: ofLatin, at });
    found.sort((a, b) => b.count - a.count || (a.symbol < b.symbol ? -1 : 1));
    found.length = Math.min(found.length, mostSymbols);
    found.forEach(({ table, at }, i) => (table[at] = i + 1));
    const { codes, texts } = this.#encode(ofHan, ofLatin);
    this.#chunks = [];
    return { codes, texts, read: this.#texts, symbols: ["", ...found.map(({ symbol }) => symbol)], counts: Uint32Array.from([0, ...found.map(({ count }) => count)]), size: this.#size, sampled: this.#sampled };
  }

  /** Writes the symbols of a text from `from` on. */
  #write(clean: string, units: Uint16Array, from: number): { to: number; size: number } {
    let to = from;
    let size = 0;
    let tag = false;
    for (let i = 0; i < clean.length; i++) {
      const code = clean.charCodeAt(i);
      if (code === tagStart || code === tagEnd) tag = code === tagStart;
      const end = tag ? i : latinEnd(clean, i);
      const number = end > i ? this.#latinNumber(clean.slice(i, end)) : -1;
      if (!tag && isHan(code)) {
        units[to++] = code;
        size++;
      } else if (number >= 0) {
        units[to++] = 1 + (number >>> 16);
        units[to++] = number & 0xffff;
        size++;
      } else units[to++] = 0;
      if (end > i) i = end - 1;
    }
    return { to, size };
  }

  #count(): { han: Uint32Array; latin: Uint32Array } {
    const han = new Uint32Array(65_536);
    const latin = new Uint32Array(this.#latin.size);
    each(this.#chunks, (units, from, to) => {
      for (let i = from; i < to; i++) {
        const unit = units[i]!;
        if (unit >= firstHan) han[unit]!++;
        else if (unit > 0) latin[(unit - 1) * 65_536 + units[++i]!]!++;
      }
    });
    return { han, latin };
  }

  #encode(ofHan: Uint16Array, ofLatin: Uint16Array): Pick<Corpus, "codes" | "texts"> {
    let room = 2;
    each(this.#chunks, (_, from, to) => (room += to - from + 2));
    const codes = new Uint16Array(room);
    const texts = new Float64Array(this.#texts);
    let at = 2;
    let written = 0;
    each(this.#chunks, (units, from, to, number) => {
      const start = at;
      for (let i = from; i < to; i++) {
        const unit = units[i]!;
        const code = unit >= firstHan ? ofHan[unit]! : unit > 0 ? ofLatin[(unit - 1) * 65_536 + units[++i]!]! : 0;
        if (code > 0 || codes[at - 1] !== 0) codes[at++] = code;
      }
      while (codes[at - 1] !== 0 || codes[at - 2] !== 0) at++;
      if (at > start) texts[written++] = number;
    });
    return { codes: codes.subarray(0, at), texts: texts.subarray(0, written) };
  }

  #takes(number: number): boolean {
    return number < 2 ** 48 * this.#sampled;
  }

  /** Keeps the texts with the lower keys: which they are depends on all texts, not on their order. */
  #thin(): void {
    this.#sampled *= 0.9;
    const old = this.#chunks;
    this.#chunks = [];
    this.#size = this.#texts = 0;
    each(old, (units, from, to, number) => {
      if (!this.#takes(number)) return;
      const chunk = this.#room(head + to - from);
      chunk.units.set(units.subarray(from - head, to), chunk.used);
      chunk.used += head + to - from;
      this.#texts++;
      for (let i = from; i < to; i++) {
        const unit = units[i]!;
        if (unit > 0) this.#size++;
        if (unit > 0 && unit < firstHan) i++;
      }
    });
  }

  #room(length: number): Chunk {
    const last = this.#chunks.at(-1);
    if (last !== undefined && last.units.length - last.used >= length) return last;
    const chunk = { units: new Uint16Array(Math.max(chunkSize, length)), used: 0 };
    this.#chunks.push(chunk);
    return chunk;
  }

  /** −1 for what is no word: digits only, or too long. */
  #latinNumber(run: string): number {
    if (run.length > longestLatin || !/[A-Za-z]/.test(run)) return -1;
    const known = this.#latin.get(run);
    if (known === undefined) this.#latin.set(run, this.#latin.size);
    return known ?? this.#latin.size - 1;
  }
}

/** Walks the texts of chunks: their units are units[from … to). */
function each(chunks: readonly Chunk[], take: (units: Uint16Array, from: number, to: number, number: number) => void): void {
  for (const { units, used } of chunks) {
    for (let at = 0; at < used; ) {
      const from = at + head;
      const to = from + units[at]! * 65_536 + units[at + 1]!;
      take(units, from, to, (units[at + 2]! * 65_536 + units[at + 3]!) * 65_536 + units[at + 4]!);
      at = to;
    }
  }
}

/** The first 12 of a key's hexadecimal digits. */
export const keyNumber = (key: string): number => parseInt(key.slice(0, 12), 16);

const tagStart = mark.tagStart.charCodeAt(0);
const tagEnd = mark.tagEnd.charCodeAt(0);
const isHan = (code: number): boolean => (code >= 0x4e00 && code <= 0x9fff) || (code >= firstHan && code <= 0x4dbf);
const isLatin = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);

/** Position after the run of letters and digits that begins at `from`. */
function latinEnd(text: string, from: number): number {
  let to = from;
  while (to < text.length && isLatin(text.charCodeAt(to))) to++;
  return to;
}
