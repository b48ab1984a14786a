import { mark } from "../normalize.ts";
import { Trie } from "../places/trie.ts";
import type { TriageRules } from "./rules.ts";

/** Finds the words of the cues, letter by letter. */
export class CueWords {
  private readonly trie: Trie;
  private readonly words: string[];
  /** Cues of each word; none for a trap, which is passed over whole. */
  private readonly cues: string[][];
  /** 1 for code units that begin a word or a hashtag: others are passed over by one table read. */
  private readonly begins = new Uint8Array(65536);

  constructor({ cues, traps }: Pick<TriageRules, "cues" | "traps">) {
    const byWord = new Map<string, string[]>(traps.map((trap) => [trap, []]));
    for (const [cue, { words }] of Object.entries(cues)) for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), cue]);
    this.words = [...byWord.keys()];
    this.cues = [...byWord.values()];
    this.trie = new Trie(this.words);
    for (const word of [mark.tagStart, ...this.words]) this.begins[word.charCodeAt(0)] = 1;
  }

  /** The first word of each cue in `clean` (of a normalized text), hashtags left out: cue → word, in the order found. */
  find(clean: string): Map<string, string> {
    const found = new Map<string, string>();
    for (let at = 0; at < clean.length; at++) {
      if (this.begins[clean.charCodeAt(at)] === 0) continue;
      if (clean[at] === mark.tagStart) at = Math.max(at, clean.indexOf(mark.tagEnd, at));
      const index = this.trie.longest(clean, at);
      if (index < 0) continue;
      const word = this.words[index]!;
      if (this.cues[index]!.length === 0) at += word.length - 1;
      for (const cue of this.cues[index]!) if (!found.has(cue)) found.set(cue, word);
    }
    return found;
  }
}
