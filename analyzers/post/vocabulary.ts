import { cues, emotions } from "../../pipeline/schema.ts";

export type Cue = (typeof cues)[number];
export type Emotion = (typeof emotions)[number];

/** Bit of each cue in Entry.cues. */
export const cueBit = Object.fromEntries(cues.map((cue, i) => [cue, 1 << i])) as Record<Cue, number>;

/** Weights of `emotions` in their order, in millionths of a logit. */
export type Weights = readonly number[];

/** Everything the analyzers know about one word or emoticon, so that a text needs one lookup a word. */
export interface Entry {
  /** True for stop words: never terms. */
  stop: boolean;
  /** What the word says about the emotion; null when nothing. */
  weights: Weights | null;
  /** The same where the word is negated (不 … 喜欢); null when nothing. */
  negated: Weights | null;
  /** True for 不, 没有 …: negates the words after it. */
  negation: boolean;
  /** Factor in per cent that a degree adverb gives the words after it; 100 for all other words. */
  degree: number;
  /** Bits of `cueBit`: what the word hints its sentence does. */
  cues: number;
  /** 1: punctuation that ends a clause (，、：); 2: that ends a sentence (。！？); 0: everything else. */
  pause: 0 | 1 | 2;
}

/** Word or emoticon → what is known about it. */
export class Vocabulary {
  private readonly entries = new Map<string, Entry>();
  /** Entries of one-character words by code unit: over half of a text's words, found without hashing. */
  private readonly single = new Array<Entry | undefined>(65536).fill(undefined);

  get(word: string): Entry | undefined {
    return word.length === 1 ? this.single[word.charCodeAt(0)] : this.entries.get(word);
  }

  /** Adds knowledge to a word, keeping what was known before. */
  learn(word: string, known: Partial<Entry>): void {
    const entry = this.get(word);
    if (entry !== undefined) Object.assign(entry, known);
    else if (word.length === 1) this.single[word.charCodeAt(0)] = { ...blank, ...known };
    else this.entries.set(word, { ...blank, ...known });
  }
}

const blank: Entry = { stop: false, weights: null, negated: null, negation: false, degree: 100, cues: 0, pause: 0 };
