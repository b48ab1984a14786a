/**
 * Text → hashed character 1–3-grams, in one pass without making strings. What training and prediction share: a model is bound to `featureVersion`.
 * Names after @ and links are left out: they are not the author's words. Digits are one digit; letters lower case; full width folded; an emoticon is one unit.
 */

/** Raised whenever the same text may give other features. */
export const featureVersion = 1;

/** Characters read of one text: bounds the work on hostile lengths. */
export const readLength = 20_000;
const longestOrder = 3;
/** A unit that repeats more often than this in a row (哈哈哈哈, ！！！！) is left out. */
const repeats = 3;

const kind = { plain: 0, skip: 1, blank: 2, mention: 3, link: 4, bracket: 5, high: 6 } as const;
const digit = 0x30;
/** Units for emoticons: the private-use area; a text's own private-use characters are skipped. */
const firstEmoticon = 0xe000;
const emoticonUnits = 0x1900;
/** Stands before the first and after the last unit. */
const edge = 1;
const blank = 0x20;

const kinds = new Uint8Array(65536);
const folded = new Uint16Array(65536);
for (let code = 0; code < 65536; code++) {
  const character = String.fromCharCode(code);
  const form = /[\uff01-\uff5e\u2f00-\u2fd5\uf900-\ufad9]/.test(character) ? character.normalize("NFKC") : character;
  const lower = form.toLowerCase();
  folded[code] = lower.length === 1 ? lower.charCodeAt(0) : code;
  if (/\p{Nd}/u.test(lower)) folded[code] = digit;
  if (/\s/.test(character)) kinds[code] = kind.blank;
  else if (/[\p{Cc}\p{Cf}\p{Co}\p{Mn}\ufe0f\ufffd]/u.test(character) || (code >= 0xdc00 && code <= 0xdfff)) kinds[code] = kind.skip;
  else if (code >= 0xd800 && code <= 0xdbff) kinds[code] = kind.high;
}
kinds["@".charCodeAt(0)] = kinds["＠".charCodeAt(0)] = kind.mention;
kinds["h".charCodeAt(0)] = kinds["H".charCodeAt(0)] = kind.link;
kinds["[".charCodeAt(0)] = kind.bracket;

/** Characters of a name after @ and of a link. */
const named = new Uint8Array(65536);
const linked = new Uint8Array(65536);
for (let code = 0; code < 65536; code++) {
  if (/[\u4e00-\u9fffA-Za-z0-9_-]/.test(String.fromCharCode(code))) named[code] = 1;
  if (/[\w\-.~:/?&=%+,;!*'()$#]/.test(String.fromCharCode(code))) linked[code] = 1;
}

/** Room for one text; reused for the next. */
export class Units {
  readonly codes = new Uint16Array(readLength + 2);
  length = 0;
  /** False for a text of nothing but blanks and digits. */
  worded = false;

  /** Reads a text into `codes`: edge, units, edge. */
  read(text: string): void {
    const { codes } = this;
    const end = Math.min(text.length, readLength);
    codes[0] = edge;
    let n = 1;
    this.worded = false;
    for (let at = 0; at < end; at++) {
      const code = text.charCodeAt(at);
      let unit = folded[code]!;
      switch (kinds[code]) {
        case kind.skip:
          continue;
        case kind.blank:
          unit = blank;
          break;
        case kind.mention: {
          let to = at + 1;
          while (to < end && to <= at + 30 && named[text.charCodeAt(to)] === 1) to++;
          at = to - 1;
          unit = blank;
          break;
        }
        case kind.link:
          if (!text.startsWith("ttp", at + 1)) break;
          while (at + 1 < end && linked[text.charCodeAt(at + 1)] === 1) at++;
          unit = blank;
          break;
        case kind.bracket: {
          const to = closing(text, at, end);
          if (to < 0) break;
          unit = emoticon(text, at + 1, to);
          at = to;
          break;
        }
        case kind.high: {
          const low = text.charCodeAt(at + 1);
          // A lone surrogate, or a skin tone.
          if (!(low >= 0xdc00 && low <= 0xdfff) || (code === 0xd83c && low >= 0xdffb)) continue;
          unit = emoticon(text, at, at + 2);
          at++;
          break;
        }
      }
      if (unit === blank && codes[n - 1] === blank) continue;
      if (unit === digit && codes[n - 1] === digit) continue;
      if (n > repeats && codes[n - 1] === unit && codes[n - 2] === unit && codes[n - 3] === unit) continue;
      codes[n++] = unit;
      if (unit !== blank && unit !== digit) this.worded = true;
    }
    codes[n++] = edge;
    this.length = n;
  }
}

/** Where the bracket that opens at `at` closes, with 1–8 characters inside and neither bracket nor blank; −1 when it does not. */
function closing(text: string, at: number, end: number): number {
  const last = Math.min(end - 1, at + 9);
  for (let to = at + 1; to <= last; to++) {
    const code = text.charCodeAt(to);
    if (code === 0x5d) return to > at + 1 ? to : -1;
    if (code === 0x5b || kinds[code] === kind.blank) return -1;
  }
  return -1;
}

function emoticon(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ folded[text.charCodeAt(at)]!, 0x01000193);
  return firstEmoticon + ((hash >>> 0) % emoticonUnits);
}

/** Where the rolling hash begins. */
const seed = 0x9e3779b1;

/** Writes the buckets (below 2^bits) of the 1–3-grams of `units` into `buckets`, with repeats, and returns how many. `buckets` must hold 3 × readLength + 6. */
export function hashGrams({ codes, length }: Units, bits: number, buckets: Int32Array): number {
  const shift = 32 - bits;
  let n = 0;
  for (let from = 0; from < length; from++) {
    let hash = seed;
    const to = Math.min(length, from + longestOrder);
    for (let at = from; at < to; at++) {
      hash = Math.imul(hash ^ codes[at]!, 0x85ebca6b);
      hash ^= hash >>> 15;
      buckets[n++] = Math.imul(hash, 0xc2b2ae35) >>> shift;
    }
  }
  return n;
}
