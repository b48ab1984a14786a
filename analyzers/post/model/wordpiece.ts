/**
 * Text → token numbers as BERT's Chinese models read it: every Han character is a word, other words are cut at blanks and punctuation and then into the longest pieces of the vocabulary
 * (Devlin et al. 2019, tokenization.py; Wu et al. 2016).
 */

const special = { classify: "[CLS]", separate: "[SEP]", unknown: "[UNK]", pad: "[PAD]" } as const;
export const specialTokens: readonly string[] = Object.values(special);

/** Characters of a word above which it is unknown as a whole. */
const longestWord = 100;
const han = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2fa1f}]/u;
const blank = /\s/u;
/** Controls, marks of direction and width, U+FFFD: left out, as by BERT. */
const silent = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/u;
/** BERT counts every ASCII sign as punctuation, also $ + < = > ^ ` | ~. */
const punctuation = /[\p{P}$+<=>^`|~]/u;

export class WordPiece {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #length: number;
  readonly #lowercase: boolean;
  readonly pad: number;
  /** How many tokens the vocabulary has. */
  readonly size: number;

  /** `vocabulary`: tokens, the number of each is its place; holds specialTokens. `length`: most tokens of a text, [CLS] and [SEP] among them. */
  constructor(vocabulary: readonly string[], length: number, lowercase: boolean) {
    this.#numbers = new Map(vocabulary.map((token, number) => [token, number]));
    this.#length = length;
    this.#lowercase = lowercase;
    this.size = vocabulary.length;
    this.pad = this.#numbers.get(special.pad)!;
  }

  /** [CLS] pieces [SEP]; of a long text the beginning. */
  encode(text: string): number[] {
    const numbers = [this.#numbers.get(special.classify)!];
    const room = this.#length - 1;
    for (const word of words(text, this.#lowercase)) {
      if (numbers.length >= room) break;
      numbers.push(...this.#pieces(word));
    }
    numbers.length = Math.min(numbers.length, room);
    numbers.push(this.#numbers.get(special.separate)!);
    return numbers;
  }

  /** The longest token that the rest of the word begins with, again and again; [UNK] alone when some rest begins with none. */
  #pieces(word: string): number[] {
    const characters = [...word];
    const unknown = [this.#numbers.get(special.unknown)!];
    if (characters.length > longestWord) return unknown;
    const pieces: number[] = [];
    for (let from = 0; from < characters.length; ) {
      let to = characters.length;
      let number: number | undefined;
      for (; to > from; to--) {
        number = this.#numbers.get((from > 0 ? "##" : "") + characters.slice(from, to).join(""));
        if (number !== undefined) break;
      }
      if (number === undefined) return unknown;
      pieces.push(number);
      from = to;
    }
    return pieces;
  }
}

/** Han characters, punctuation marks and words of other scripts, in order, as far as the caller reads. */
function* words(text: string, lowercase: boolean): Generator<string> {
  let word = "";
  for (const character of text) {
    const alone = han.test(character) || punctuation.test(character);
    if (!alone && !blank.test(character)) {
      if (!silent.test(character)) word += character;
      continue;
    }
    yield* folded(word, lowercase);
    word = "";
    if (alone) yield character;
  }
  yield* folded(word, lowercase);
}

function folded(word: string, lowercase: boolean): string[] {
  const form = lowercase ? word.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "") : word;
  return form === "" ? [] : [form];
}
