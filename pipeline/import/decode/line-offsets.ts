import type { Encoding } from "./encoding.ts";

const lf = 10;
const cr = 13;

/**
 * Byte offsets of the physical lines of a text file, in its bytes after decompression. A line ends with LF, CRLF or CR; 0A and 0D are never part of a longer
 * character in UTF-8, GB18030 or Big5. Lines that are past are forgotten, so memory does not grow with the file.
 */
export class LineOffsets {
  /** Starts of the lines from `#first` on; ends, before the line end, of those that are complete. */
  #starts: number[] = [0];
  #ends: number[] = [];
  #first = 1;
  /** Bytes fed so far. */
  #size = 0;
  /** Bytes of the CR that was fed last and may yet be half of a CRLF; else 0. */
  #held = 0;

  /** The text begins after `offset` bytes (a byte-order mark). */
  begin(offset: number): void {
    this.#starts = [offset];
    this.#size = offset;
  }

  /** Takes the next bytes of the text; of UTF-16 whole units. */
  feed(bytes: Buffer, encoding: Encoding): void {
    const wide = encoding.startsWith("utf-16");
    const next = encoding === "utf-16be" ? bytes[1] : bytes[0];
    if (this.#held > 0 && bytes.length > 0) {
      if (next !== lf || (wide && bytes[0]! + bytes[1]! !== lf)) this.#endLine(this.#size - this.#held, this.#size);
      else {
        this.#endLine(this.#size - this.#held, this.#size + this.#held);
        this.#size += this.#held;
        bytes = bytes.subarray(this.#held);
      }
      this.#held = 0;
    }
    if (wide) this.#wide(bytes, encoding === "utf-16le" ? 0 : 1);
    else this.#narrow(bytes);
    this.#size += bytes.length;
  }

  /** Offset of the first byte of a line; the end of the text for a line that has not begun. */
  start(line: number): number {
    return this.#starts[line - this.#first] ?? this.#size;
  }

  /** Offset after the last byte of a line, without its line end. */
  end(line: number): number {
    return this.#ends[line - this.#first] ?? this.#size - this.#held;
  }

  /** Forgets the lines before `line`. */
  forget(line: number): void {
    const past = Math.min(line - this.#first, this.#ends.length);
    if (past <= 0) return;
    this.#starts = this.#starts.slice(past);
    this.#ends = this.#ends.slice(past);
    this.#first += past;
  }

  #narrow(bytes: Buffer): void {
    let feed = bytes.indexOf(lf);
    let turn = bytes.indexOf(cr);
    while (feed >= 0 || turn >= 0) {
      if (turn < 0 || (feed >= 0 && feed < turn)) {
        this.#endLine(this.#size + feed, this.#size + feed + 1);
        feed = bytes.indexOf(lf, feed + 1);
        continue;
      }
      if (turn + 1 === bytes.length) this.#held = 1;
      else this.#endLine(this.#size + turn, this.#size + turn + (feed === turn + 1 ? 2 : 1));
      if (feed === turn + 1) feed = bytes.indexOf(lf, feed + 1);
      turn = bytes.indexOf(cr, turn + 1);
    }
  }

  #wide(bytes: Buffer, low: 0 | 1): void {
    const unit = (at: number): number => (at + 1 < bytes.length ? bytes[at + low]! + bytes[at + 1 - low]! * 256 : -1);
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      const c = unit(at);
      if (c === lf) this.#endLine(this.#size + at, this.#size + at + 2);
      else if (c === cr && at + 2 >= bytes.length) this.#held = 2;
      else if (c === cr) {
        const length = unit(at + 2) === lf ? 4 : 2;
        this.#endLine(this.#size + at, this.#size + at + length);
        at += length - 2;
      }
    }
  }

  #endLine(end: number, next: number): void {
    this.#ends.push(end);
    this.#starts.push(next);
  }
}
