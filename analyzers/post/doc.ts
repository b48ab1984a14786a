import { mark, normalize, type Normalized } from "./normalize.ts";
import type { Resources } from "./resources.ts";
import type { Entry } from "./vocabulary.ts";

/** A text as the analyzers see it: its words, each looked up once. Blanks are left out; an emoticon stands as one word. */
export interface Doc {
  source: Normalized;
  words: string[];
  /** What the vocabulary knows about each word. */
  entries: (Entry | undefined)[];
  sentences: Sentence[];
}

export interface Sentence {
  /** Half-open range of words. */
  from: number;
  to: number;
  /** Half-open range of source.clean. */
  start: number;
  end: number;
  /** True for a hashtag: it names places and topics, but is not the author's own sentence. */
  tag: boolean;
}

/** A sentence longer than this many characters also ends at a comma. */
const longSentence = 40;

/** What ends a sentence without belonging to it; 【】 hold headings. */
const breaks = new Set(["\n", "【", "】", mark.url, mark.tagStart, mark.tagEnd]);

/** Cuts a text into words and sentences. Sentences end after 。！？；…, and at line breaks, headings, hashtags and URLs; they begin with a word. */
export function read(text: string, { segmenter, vocabulary, emoticons }: Resources): Doc {
  const source = normalize(text, (name) => emoticons.has(name));
  const doc: Doc = { source, words: [], entries: [], sentences: [] };
  const { words, entries, sentences } = doc;
  let emoticon = 0;
  /** Position after the current word; of the first and after the last word of the open sentence. */
  let position = 0;
  let start = 0;
  let end = 0;
  let from = 0;
  let tag = false;
  const endSentence = (): void => {
    if (words.length > from) sentences.push({ from, to: words.length, start, end, tag });
    from = words.length;
  };
  for (let word of segmenter.cut(source.clean)) {
    const at = position;
    position += word.length;
    if (word.length === 1) {
      if (word === " " || word === "\t") continue;
      if (word === mark.emoticon) word = source.emoticons[emoticon++]!;
      else if (breaks.has(word)) {
        endSentence();
        tag = word === mark.tagStart;
        continue;
      }
    }
    const entry = vocabulary.get(word);
    const pause = entry === undefined ? 0 : entry.pause;
    if (pause === 1 && (words.length === from || at - start > longSentence)) {
      endSentence();
      continue;
    }
    if (pause === 2 && words.length === from) {
      const last = sentences.at(-1);
      // Further marks (？！！) belong to the sentence before them.
      if (last !== undefined && last.end === at) last.end = position;
      continue;
    }
    if (words.length === from) start = at;
    end = position;
    words.push(word);
    entries.push(entry);
    if (pause === 2) endSentence();
  }
  endSentence();
  return doc;
}
