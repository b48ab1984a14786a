import { isAscii } from "node:buffer";
import { YuqingError } from "../../errors.ts";
import { byteOrderMark, guess, guessWide, type Guess } from "./evidence.ts";
import { LineOffsets } from "./line-offsets.ts";

/**
 * Bytes → text without a silent loss. A byte-order mark decides; else the encoding that gives the least surprising text (evidence.ts).
 * Nothing is decided before the first byte above 7F, so an ASCII-looking head cannot lock in the wrong choice.
 * Always the label gb18030, never gbk: Node's gbk is ICU's, not the WHATWG one.
 */
export type Encoding = "utf-8" | "gb18030" | "big5" | "utf-16le" | "utf-16be";

/** Stands where bytes could not be decoded. A strict decoder never produces a lone surrogate, so it cannot come from the file. */
export const damageMark = "\udfff";

const headSize = 65_536;
const windowSize = 262_144;
/** A line longer than this is decoded in parts. */
const partSize = 1_048_576;

export class TextDecoding {
  encoding: Encoding = "utf-8";
  /** Another encoding that explains the bytes nearly as well: the choice is to be confirmed; null when there is none. */
  rival: Encoding | null = null;
  bom = false;
  /** Lines with undecodable bytes so far. */
  damagedLines = 0;
  /** Where the physical lines decoded so far lie in the bytes. */
  readonly lines = new LineOffsets();
  /** Byte offsets of the first undecodable byte of each damaged line, in order; the reader drops those that it has passed. */
  readonly damage: number[] = [];
  /** Bytes left over at the end (half of a UTF-16 unit). */
  trailingBytes = 0;
  #stage: "head" | "ascii" | "window" | "text" = "head";
  #pending: Buffer = Buffer.alloc(0);
  #offset = 0;
  #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  readonly #where: string;

  constructor(where: string) {
    this.#where = where;
  }

  /** Takes the next bytes; returns the text that can be decoded so far. `final`: no more bytes follow. */
  push(bytes: Uint8Array, final: boolean): string {
    this.#pending = this.#pending.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.concat([this.#pending, bytes]);
    if (this.#stage === "head") {
      if (this.#pending.length < headSize && !final) return "";
      this.#start();
    }
    let text = "";
    if (this.#stage === "ascii") text += this.#ascii(final);
    if (this.#stage === "window" && (this.#pending.length >= windowSize || final)) this.#choose(guess(this.#pending.subarray(0, windowSize), this.#pending.length < windowSize));
    if (this.#stage === "text") text += this.#decode(final);
    return text;
  }

  /** Decides what the first bytes alone can decide. */
  #start(): void {
    const head = this.#pending.subarray(0, headSize);
    const marked = byteOrderMark(head);
    if (marked) {
      this.bom = true;
      if (marked.encoding === null) throw unsupported(this.#where, "UTF-32");
      this.#take(marked.length);
      this.lines.begin(marked.length);
      this.#choose({ encoding: marked.encoding, rival: null });
      return;
    }
    const wide = guessWide(head);
    if (wide) this.#choose(wide);
    else this.#stage = "ascii";
  }

  #choose({ encoding, rival }: Guess): void {
    this.encoding = encoding;
    this.rival = rival;
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    this.#stage = "text";
  }

  #take(length: number): Buffer {
    const taken = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    this.#offset += length;
    return taken;
  }

  /** The text before the first byte above 7F; the one character before it stays, because it is evidence too. */
  #ascii(final: boolean): string {
    const end = isAscii(this.#pending) ? this.#pending.length : this.#pending.findIndex((byte) => byte > 0x7f);
    if (end < this.#pending.length) this.#stage = "window";
    const taken = this.#take(final && this.#stage === "ascii" ? end : Math.max(0, end - 1));
    this.lines.feed(taken, this.encoding);
    return taken.toString("latin1");
  }

  /** Decodes whole lines; what follows the last line end waits for more. */
  #decode(final: boolean): string {
    let text = "";
    for (;;) {
      const length = final ? this.#pending.length : lastBoundary(this.#pending, this.encoding);
      if (length === 0) return text;
      const start = this.#offset;
      text += this.#piece(this.#take(length), start);
      if (final) return text;
    }
  }

  #piece(bytes: Buffer, start: number): string {
    const odd = this.encoding.startsWith("utf-16") ? bytes.length % 2 : 0;
    this.trailingBytes += odd;
    const whole = odd ? bytes.subarray(0, bytes.length - odd) : bytes;
    this.lines.feed(whole, this.encoding);
    try {
      return this.#decoder.decode(whole);
    } catch {
      return this.#damaged(whole, start);
    }
  }

  #damaged(bytes: Buffer, start: number): string {
    const lenient = new TextDecoder(this.encoding, { ignoreBOM: true });
    let text = "";
    for (let from = 0; from < bytes.length; ) {
      const to = afterLineFeed(bytes, from, this.encoding);
      const line = bytes.subarray(from, to);
      try {
        text += this.#decoder.decode(line);
      } catch {
        // Every U+FFFD is marked: a line may hold several records (CR line ends, a JSON array on one line).
        const decoded = lenient.decode(line).replaceAll("\ufffd", damageMark);
        text += decoded.includes(damageMark) ? decoded : damageMark + decoded;
        this.damagedLines++;
        this.damage.push(start + from + firstBad(line, this.encoding));
      }
      from = to;
    }
    return text;
  }
}

/** Position after the next line feed, or the end. A byte 0A is never part of a longer character in UTF-8, GB18030 or Big5. */
function afterLineFeed(bytes: Buffer, from: number, encoding: Encoding): number {
  if (!encoding.startsWith("utf-16")) {
    const at = bytes.indexOf(0x0a, from);
    return at < 0 ? bytes.length : at + 1;
  }
  const low = encoding === "utf-16le" ? 0 : 1;
  for (let i = from; i + 1 < bytes.length; i += 2) if (bytes[i + low] === 0x0a && bytes[i + 1 - low] === 0) return i + 2;
  return bytes.length;
}

/** How many of the bytes can be decoded now: up to the last line feed; of an endless line, up to a character boundary. 0: wait for more. */
function lastBoundary(bytes: Buffer, encoding: Encoding): number {
  const feed = afterLastLineFeed(bytes, encoding);
  if (feed > 0 || bytes.length <= partSize) return feed;
  if (encoding.startsWith("utf-16")) return wideBoundary(bytes, encoding);
  if (encoding === "utf-8") {
    let end = partSize;
    while (end > partSize - 4 && (bytes[end]! & 0xc0) === 0x80) end--;
    return end;
  }
  let end = 0;
  while (end < partSize) {
    const second = bytes[end + 1] ?? 0;
    end += bytes[end]! < 0x80 ? 1 : encoding === "gb18030" && second >= 0x30 && second <= 0x39 ? 4 : 2;
  }
  return Math.min(end, bytes.length);
}

function afterLastLineFeed(bytes: Buffer, encoding: Encoding): number {
  if (!encoding.startsWith("utf-16")) return bytes.lastIndexOf(0x0a) + 1;
  const low = encoding === "utf-16le" ? 0 : 1;
  for (let i = bytes.length - (bytes.length % 2) - 2; i >= 0; i -= 2) if (bytes[i + low] === 0x0a && bytes[i + 1 - low] === 0) return i + 2;
  return 0;
}

/** UTF-16: whole units, not ending in the first half of a pair. */
function wideBoundary(bytes: Buffer, encoding: Encoding): number {
  const end = bytes.length - (bytes.length % 2);
  if (end < 2) return 0;
  const high = encoding === "utf-16le" ? bytes[end - 1]! : bytes[end - 2]!;
  return high >= 0xd8 && high <= 0xdb ? end - 2 : end;
}

/** Offset of the byte at which strict decoding of the line fails. */
function firstBad(line: Buffer, encoding: Encoding): number {
  let good = 0;
  let bad = line.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder(encoding, { fatal: true }).decode(line.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return Math.min(good, line.length - 1);
}

function unsupported(where: string, got: string): YuqingError {
  return new YuqingError("ENCODING_UNSUPPORTED", 2, {
    what: { zh: "不支持的文字编码", en: "unsupported text encoding" },
    where,
    got,
    expected: "UTF-8, GB18030 (GBK), UTF-16, Big5",
    next: { zh: "另存为 UTF-8 后重跑", en: "save the file as UTF-8 and run again" },
  });
}
