import { loadLexicon } from "../../analyzers/post/resources.ts";
import { dictionaryWords } from "../../analyzers/post/segment.ts";
import type { Candidate } from "./candidates.ts";

/** What is known of words before an event is read. */
export interface Known {
  /** True for words of the dictionaries and of the event file. */
  has(word: string): boolean;
  /** Cuts a text as the report would without discovery. */
  cut(text: string): string[];
  /** True for words that the analyzers read on their own: stop words, negations, degree adverbs, cues. */
  functional(word: string): boolean;
}

/** The dictionaries of the program, and the words of the event. */
export function loadKnown(userWords: readonly string[]): Known {
  const { segmenter, vocabulary, words } = loadLexicon(userWords);
  const known = dictionaryWords();
  for (const word of words) known.add(word.normalize("NFKC"));
  return {
    has: (word) => known.has(word),
    cut: (text) => segmenter.cut(text),
    functional: (word) => {
      const entry = vocabulary.get(word);
      return entry !== undefined && (entry.stop || entry.negation || entry.degree !== 100 || entry.cues !== 0);
    },
  };
}

/** Bits from which two known words may be one word together; as in Thresholds, a share of the greatest possible does as well. */
const together = { bits: 7, relative: 0.8 };
/** … and only where that word makes up this share of all that one of the two is used for: 岚栈科技 of 科技, but not 戴口罩 of 口罩. */
const leastShare = 0.6;

/** The name in 栖浦分局 is 栖浦 if that stands elsewhere too, this often and in this share of all; if not, two characters are one name with the word. */
const leastElsewhere = 5;
const shareElsewhere = 0.02;

/** Characters that, cut off at an edge of a longer run, show it to be a piece of a sentence. */
const startOfPhrase = new Set("我你他她它这那是在把被不就都也很还又才再对让从没别太更最已会能要将但给向往每各某较仍并个句例岁年月日");
const endOfPhrase = new Set("我你他她它这那是在不就都也很还又才上下里中内吧呢吗啊后时等到去来说");
/** Bits from which two symbols are a word although one of them is such a character (对冲), and a run is the name in front of a word. */
const firmPair = 6;

/**
 * The candidates that no dictionary has and that are words rather than words side by side, or pieces of sentences. In the order given. `size`: of the corpus.
 * One that is not free is a word only as the name in front of a word that stands elsewhere too: 栖浦 in 栖浦分局.
 */
export function newWords(candidates: readonly Candidate[], { has, cut, functional }: Known, size: number): Candidate[] {
  const accepted = new Set<string>();
  const byWord = new Map(candidates.map((candidate) => [candidate.word, candidate]));
  const isWord = (candidate: Candidate): boolean =>
    !has(candidate.word) && !candidate.word.includes("的") && !sideBySide(candidate, has, accepted, size) && !phrase(candidate, cut(candidate.word), functional);
  // Short ones first: longer ones may be made of them.
  const byLength = candidates.filter(({ free }) => free).sort((a, b) => a.codes.length - b.codes.length || (a.word < b.word ? -1 : 1));
  for (const candidate of byLength) {
    if (!isWord(candidate)) continue;
    const name = beforeWord(candidate, has);
    if (name === null) {
      accepted.add(candidate.word);
      continue;
    }
    const bound = byWord.get(name);
    if (bound === undefined || bound.cohesion < firmPair || !isWord(bound)) continue;
    const elsewhere = bound.count - candidate.count;
    if (elsewhere >= Math.max(leastElsewhere, shareElsewhere * bound.count)) accepted.add(name);
    else if (bound.codes.length === 2) accepted.add(candidate.word);
  }
  return candidates.filter(({ word }) => accepted.has(word));
}

/** What stands before a word of the dictionaries at the end of a run, if that word is used in many other places (医院, 警方, 口罩); null: there is no such word. */
function beforeWord({ word, count, splits }: Candidate, has: (word: string) => boolean): string | null {
  const parts = word.match(symbol) ?? [];
  for (let i = 2; i + 2 <= parts.length; i++) {
    if (has(parts.slice(i).join("")) && count < leastShare * splits[i - 1]!.right) return parts.slice(0, i).join("");
  }
  return null;
}

/** True for a run of two words: both in the dictionaries (hot words join those that belong together), or known and not bound to each other. */
function sideBySide({ word, count, splits }: Candidate, has: (word: string) => boolean, accepted: ReadonlySet<string>, size: number): boolean {
  const parts = word.match(symbol) ?? [];
  if (parts.length < 3) return false;
  const known = (part: string): boolean => part.length === 1 || has(part) || accepted.has(part) || latin.test(part);
  const least = Math.min(together.bits, together.relative * Math.log2(size / count));
  return splits.some(({ bits, left, right }, i) => {
    const [first, second] = [parts.slice(0, i + 1).join(""), parts.slice(i + 1).join("")];
    if (!known(first) || !known(second)) return false;
    if (bits < least || (i > 0 && i + 2 < parts.length && has(first) && has(second))) return true;
    // A last character makes a word of a word (健康码, 键盘侠); a first one (戴口罩) seldom does.
    return i + 2 < parts.length && count < leastShare * Math.min(i === 0 ? right : left, right);
  });
}

function phrase({ word, codes, cohesion }: Candidate, pieces: readonly string[], functional: (word: string) => boolean): boolean {
  if (codes.length === 2 && cohesion < firmPair && (startOfPhrase.has(word[0]!) || endOfPhrase.has(word.at(-1)!))) return true;
  const last = pieces.length - 1;
  if (last < 1) return false;
  if (pieces.some((piece, i) => functional(piece) && (piece.length > 1 || i === 0 || i === last))) return true;
  return pieces.join("").length > 2 && (startOfPhrase.has(pieces[0]!) || endOfPhrase.has(pieces[last]!));
}

/** A Han character or a Latin run. */
const symbol = /[A-Za-z0-9]+|[^A-Za-z0-9]/g;
const latin = /^[A-Za-z0-9]+$/;
