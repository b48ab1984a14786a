import { isAscii } from "node:buffer";
import { characterBits } from "../../characters.ts";
import type { Encoding } from "./encoding.ts";

/** What the bytes themselves say about their encoding: the right decoding is the least surprising one. */

/** An encoding chosen by evidence. `rival`: another one that explains the bytes nearly as well; null when there is none. */
export interface Guess {
  encoding: Encoding;
  rival: Encoding | null;
}

/** Bytes of the head by which UTF-16 without a mark is told. */
const wideSample = 16_384;
/** A text of so many characters above 7F is not strict UTF-8 by chance. */
const enoughCharacters = 12;
/** Bits that an encoding costs before any byte is read: the rarer among exports, the more. */
const priors: Readonly<Record<Encoding, number>> = { "utf-8": 0, gb18030: 1, big5: 8, "utf-16le": 10, "utf-16be": 12 };
/** A file with undecodable bytes, and each place of them. */
const damageBits = 25;
const replacementBits = 10;
/** A letter of a foreign script after one of the same script or, with an accent, after an ASCII letter (café). */
const sameScriptBits = 8;
/** Two encodings whose costs differ by less are both possible. */
const doubtBits = 16;

export function byteOrderMark(head: Buffer): { encoding: Encoding | null; length: number } | null {
  const hex = head.subarray(0, 4).toString("hex");
  if (hex.startsWith("efbbbf")) return { encoding: "utf-8", length: 3 };
  if (hex === "fffe0000" || hex === "0000feff") return { encoding: null, length: 4 };
  if (hex.startsWith("fffe")) return { encoding: "utf-16le", length: 2 };
  if (hex.startsWith("feff")) return { encoding: "utf-16be", length: 2 };
  if (hex === "84319533") return { encoding: "gb18030", length: 4 };
  return null;
}

/** UTF-16 without a mark; null when the head is more likely in an encoding that holds ASCII as it is. */
export function guessWide(head: Buffer): Guess | null {
  const nuls = head.indexOf("\0\0\0\0");
  const sample = head.subarray(0, Math.min(nuls < 0 ? head.length : nuls, wideSample));
  if (sample.length < 2 || isPlain(sample)) return null;
  const best = leastSurprising(sample, ["utf-16le", "utf-16be", "utf-8", "gb18030", "big5"], sample.length === head.length);
  return best.encoding.startsWith("utf-16") ? best : null;
}

/** Chooses among the ASCII-compatible encodings from bytes that hold one above 7F. `whole`: nothing follows the window. */
export function guess(window: Buffer, whole: boolean): Guess {
  const utf8 = decoded(window, "utf-8", whole);
  if (!utf8.damaged && utf8.text.replace(/[\0-\x7f]+/g, "").length >= enoughCharacters) return { encoding: "utf-8", rival: null };
  return leastSurprising(window, ["utf-8", "gb18030", "big5"], whole);
}

function leastSurprising(bytes: Buffer, encodings: readonly Encoding[], whole: boolean): Guess {
  const costs = encodings.map((encoding) => ({ encoding, cost: cost(bytes, encoding, whole) })).sort((a, b) => a.cost - b.cost);
  const [first, second] = costs as [(typeof costs)[0], (typeof costs)[0]];
  return { encoding: first.encoding, rival: second.cost - first.cost < doubtBits ? second.encoding : null };
}

/** Bits that it takes to explain the bytes as a text in the encoding. */
function cost(bytes: Buffer, encoding: Encoding, whole: boolean): number {
  const { text, damaged } = decoded(bytes, encoding, whole);
  return priors[encoding] + (damaged ? damageBits : 0) + textBits(text);
}

function decoded(bytes: Buffer, encoding: Encoding, whole: boolean): { text: string; damaged: boolean } {
  const decode = (fatal: boolean): string => new TextDecoder(encoding, { fatal, ignoreBOM: true }).decode(bytes, { stream: !whole });
  try {
    return { text: decode(true), damaged: false };
  } catch {
    return { text: decode(false), damaged: true };
  }
}

function textBits(text: string): number {
  const table = characterBits();
  let sum = 0;
  let before = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    let bits = code === 0xfffd ? replacementBits : table[code]!;
    if (code >= 0xc0 && code < 0x2000 && bits > sameScriptBits && (code < 0x250 ? isLetter(before) : code >> 8 === before >> 8)) bits = sameScriptBits;
    sum += bits;
    before = code;
  }
  return sum;
}

const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 0xc0 && code < 0x250);

/** ASCII without control characters other than tab and line ends. */
function isPlain(bytes: Buffer): boolean {
  return isAscii(bytes) && !/[\0-\x08\x0e-\x1f]/.test(bytes.toString("latin1"));
}
