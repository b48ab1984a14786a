import { mark, normalize, type Normalized } from "./normalize.ts";
import type { Resources } from "./resources.ts";
import type { Entry } from "./vocabulary.ts";

/** A text as the analyzers see it: its words, each looked up once. Blanks are left out; an emoticon stands as one word. */
export interface Doc {
  source: Normalized;
  words: string[];
  /** What the vocabulary knows about each word. */
  entries: (Entry | undefined)[];
  /** Position of each word in source.clean. */
  starts: number[];
  /** True for words inside a hashtag: they name places, but are not the author's own sentence. */
  tagged: boolean[];
  /** Sentences as half-open ranges of words; hashtags and URLs end a sentence. */
  sentences: { from: number; to: number }[];
}

/** A sentence longer than this many characters also ends at a comma. */
const longSentence = 40;

export function read(text: string, { segmenter, vocabulary, emoticons }: Resources): Doc {
  const source = normalize(text, (name) => emoticons.has(name));
  const doc: Doc = { source, words: [], entries: [], starts: [], tagged: [], sentences: [] };
  let position = 0;
  let inTag = false;
  let emoticon = 0;
  let from = 0;
  const endSentence = (to = doc.words.length): void => {
    if (to > from) doc.sentences.push({ from, to });
    from = doc.words.length;
  };
  for (const cut of segmenter.cut(source.clean)) {
    const start = position;
    position += cut.length;
    let word = cut;
    switch (cut) {
      case " ":
      case "\t":
        continue;
      case "\n":
      case mark.url:
        endSentence();
        continue;
      case mark.tagStart:
      case mark.tagEnd:
        endSentence();
        inTag = cut === mark.tagStart;
        continue;
      case mark.emoticon:
        word = source.emoticons[emoticon++]!;
    }
    const entry = vocabulary.get(word);
    doc.words.push(word);
    doc.entries.push(entry);
    doc.starts.push(start);
    doc.tagged.push(inTag);
    if (entry === undefined || entry.pause === 0) continue;
    if (entry.pause === 2) endAtMark();
    else if (position - doc.starts[from]! > longSentence) endSentence(doc.words.length - 1);
  }
  endSentence();
  return doc;

  /** Ends the sentence at a closing mark; further marks (？！！) belong to the same sentence. */
  function endAtMark(): void {
    const last = doc.sentences.at(-1);
    if (doc.words.length - from > 1 || last === undefined || last.to !== from) endSentence();
    else last.to = from = doc.words.length;
  }
}

/** Position after the word in source.clean. */
export function wordEnd(doc: Doc, i: number): number {
  return doc.starts[i]! + (doc.source.clean[doc.starts[i]!] === mark.emoticon ? 1 : doc.words[i]!.length);
}
