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
  for (const word of words) if (usableWord(word)) keepWhole(jieba, folded(word));
  return { cut: (text) => jieba.cut(text, true) };
}

/** Words as they stand in normalized text. */
const folded = (word: string): string => word.normalize("NFKC").trim();

/** Gives the word the least frequency (a power of two) at which jieba prefers it to its parts: enough to win alone, too little to swallow its neighbours. */
function keepWhole(jieba: Jieba, word: string): void {
  for (let frequency = 1; frequency < 2 ** 24 && jieba.cut(word, false).length > 1; frequency *= 2) {
    jieba.loadDict(Buffer.from(`${word} ${frequency} n\n`));
  }
}
