import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";

/** Cuts text into words. Joined again, the words are the text, character for character. Another engine needs only this one method. */
export interface Segmenter {
  cut(text: string): string[];
}

/** False for words that jieba cannot hold and jiebaSegmenter passes over: with blanks or emoji, of one character, over 30. */
export function usableWord(word: string): boolean {
  return /^[\u3400-\u9fffA-Za-z0-9+#&._%-]{2,30}$/.test(folded(word));
}

/** Jieba (word graph, plus HMM for unknown words) with its own dictionary, and the given usable words kept whole. */
export function jiebaSegmenter(words: readonly string[]): Segmenter {
  const jieba = Jieba.withDict(dict);
  keepWhole(jieba, [...new Set(words.filter(usableWord).map(folded))]);
  return { cut: (text) => jieba.cut(text, true) };
}

/** The words of jieba's own dictionary. */
export function dictionaryWords(): Set<string> {
  const words = new Set<string>();
  for (const line of new TextDecoder().decode(dict).split("\n")) if (line !== "") words.add(line.slice(0, line.indexOf(" ")));
  return words;
}

/** Words as they stand in normalized text. */
const folded = (word: string): string => word.normalize("NFKC").trim();

/**
 * Gives each word the least frequency (a power of two) at which jieba prefers it to its parts: enough to win alone, too little to swallow its neighbours.
 * All in step, since jieba counts its whole dictionary anew at each load; a word that is split by another one's rise goes on rising.
 */
function keepWhole(jieba: Jieba, words: readonly string[]): void {
  for (let frequency = 1; frequency < 2 ** 24; frequency *= 2) {
    const split = words.filter((word) => jieba.cut(word, false).length > 1);
    if (split.length === 0) return;
    jieba.loadDict(Buffer.from(split.map((word) => `${word} ${frequency} n\n`).join("")));
  }
}
