import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";

/** Cuts text into words. Joined again, the words are the text, character for character. Another engine needs only this one method. */
export interface Segmenter {
  cut(text: string): string[];
}

/** What jieba can match as one word; words with other characters never match. */
const usable = /^[\u3400-\u9fffA-Za-z0-9+#&._%-]{2,30}$/;

/**
 * Jieba (word graph, plus HMM for unknown words) with its own dictionary, and the given words kept whole.
 * `unusable`: words that jieba cannot hold (blanks, emoji, one character, over 30), as given.
 */
export function jiebaSegmenter(words: Iterable<string>): { segmenter: Segmenter; unusable: string[] } {
  const jieba = Jieba.withDict(dict);
  const unusable: string[] = [];
  for (const given of words) {
    const word = given.normalize("NFKC").trim();
    if (usable.test(word)) keepWhole(jieba, word);
    else unusable.push(given);
  }
  return { segmenter: { cut: (text) => jieba.cut(text, true) }, unusable };
}

/** Gives the word the least frequency (a power of two) at which jieba prefers it to its parts: enough to win alone, too little to swallow its neighbours. */
function keepWhole(jieba: Jieba, word: string): void {
  for (let frequency = 1; frequency < 2 ** 24 && jieba.cut(word, false).length > 1; frequency *= 2) {
    jieba.loadDict(Buffer.from(`${word} ${frequency} n\n`));
  }
}
