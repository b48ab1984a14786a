import { duplicated, hasBigInteger, quoteBigIntegers, skipSpace, topLevel, valueEnd, ValueScan } from "./json-scan.ts";
import type { LineOffsets } from "../decode/line-offsets.ts";
import type { RawRow } from "./rows.ts";

/**
 * JSON Lines, JSON arrays, and one object that holds an array of rows ({"weibo": […]}), read piece by piece.
 * Integers of 16 digits and more keep every digit (JSON.parse would round them above 2^53). Nested objects become dotted columns (user.name);
 * arrays inside a row are left out. Keys are data: "__proto__" is a column name like any other.
 */
export interface JsonLayout {
  /** "lines": one object a line. "array": the elements of one or more arrays. "member": the elements of the one array at `skip`, inside an object. */
  mode: "lines" | "array" | "member";
  /** Characters before the array that holds the rows. */
  skip: number;
}

/** Characters shown of a record that is longer than the limit. */
const shown = 200;
/** Deepest dotted column. */
const depthLimit = 3;
/** What kind of JSON the text begins with; null when it is no JSON. `whole`: `head` is the whole text. */
export function jsonLayout(head: string, whole: boolean, isText: (key: string) => boolean): JsonLayout | null {
  const start = skipSpace(head, head.startsWith("\ufeff") ? 1 : 0);
  const next = head[skipSpace(head, start + 1)] ?? "";
  if (head[start] === "[") return /["{[\]\d-]/.test(next) ? { mode: "array", skip: start } : null;
  if (head[start] !== "{" || !/["}'a-zA-Z]/.test(next)) return null;
  const lines: JsonLayout = { mode: "lines", skip: 0 };
  const end = valueEnd(head, start);
  if (end >= 0 && !(whole && skipSpace(head, end) >= head.length)) return lines;
  const { keys, array } = topLevel(head, start);
  return array === null || keys.some(isText) ? lines : { mode: "member", skip: array };
}

export interface JsonOptions {
  /** Column names known beforehand. */
  header?: readonly string[];
  /** Characters of a line or element beyond which it is given up. */
  recordLimit: number;
  /** Where the physical lines lie in the bytes, and the bytes of a text that stands in one line; null when nobody asks. */
  bytes: { lines: LineOffsets; length(text: string): number } | null;
}

interface Element {
  byteFrom: number | null;
  /** null for text outside the array, which has no end. */
  scan: ValueScan | null;
  /** Characters after the current position that have been scanned. */
  scanned: number;
  /** Set when the element is longer than the limit: how it begins. */
  beginning: string | null;
}

/** Where a record stands; see RawRow. */
type Place = Pick<RawRow, "line" | "lineTo" | "byteFrom" | "byteTo">;

export class JsonReader {
  /** Column names in order of first appearance; grows. */
  readonly header: string[] = [];
  /** Rows in which a lone surrogate was replaced by U+FFFD or a NUL dropped. */
  repaired = 0;
  readonly #columns = new Map<string, number>();
  readonly #layout: JsonLayout;
  readonly #options: JsonOptions;
  #text = "";
  #at = 0;
  /** Line of the text at `#at`, from 1, and the bytes before `#at` in it. */
  #line = 1;
  #lineBytes = 0;
  /** Elements of arrays read so far. */
  #elementNo = 0;
  #skip: number;
  /** A CR at the end of a piece: it waits for its LF. */
  #held = "";
  /** Lines: the line is longer than the limit and its end is looked for. */
  #beginning: string | null = null;
  /** Arrays: the element whose end is looked for. */
  #value: Element | null = null;
  #open = false;
  /** The array of rows has ended: what follows is no row. */
  #ended = false;

  constructor(layout: JsonLayout, options: JsonOptions) {
    this.#layout = layout;
    this.#skip = layout.skip;
    this.#options = options;
    options.header?.forEach((name) => this.#column(name));
  }

  /** First physical line whose bytes may still be asked for. */
  get line(): number {
    return this.#line;
  }

  push(piece: string, final: boolean): RawRow[] {
    this.#text = this.#text.slice(this.#at) + this.#held + piece;
    this.#held = !final && this.#text.endsWith("\r") ? "\r" : "";
    if (this.#held !== "") this.#text = this.#text.slice(0, -1);
    this.#at = 0;
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, this.#text.length);
      this.#skip -= skipped;
      this.#advance(skipped);
    }
    return this.#layout.mode === "lines" ? this.#lines(final) : this.#elements(final);
  }

  #lines(final: boolean): RawRow[] {
    const rows: RawRow[] = [];
    const text = this.#text;
    const { recordLimit } = this.#options;
    let turn = text.indexOf("\r");
    while (this.#at < text.length) {
      const feed = text.indexOf("\n", this.#at);
      if (turn >= 0 && turn < this.#at) turn = text.indexOf("\r", this.#at);
      const end = turn < 0 || (feed >= 0 && feed < turn) ? feed : turn;
      if (end < 0 && !final) {
        if (this.#beginning === null && text.length - this.#at <= recordLimit) break;
        this.#beginning ??= text.slice(this.#at, this.#at + shown);
        this.#at = text.length;
        break;
      }
      const stop = end < 0 ? text.length : end;
      const line = text.slice(text.charCodeAt(this.#at) === 0xfeff ? this.#at + 1 : this.#at, stop);
      const beginning = this.#beginning ?? (line.length > recordLimit ? line.slice(0, shown) : null);
      if (beginning !== null) rows.push(fault(this.#linePlace(), beginning, "CELL_TOO_LONG", ""));
      else if (!isBlank(line)) rows.push(this.row(line, this.#linePlace()));
      this.#beginning = null;
      this.#line++;
      this.#at = afterLineEnd(text, stop);
    }
    if (final && this.#beginning !== null) rows.push(fault(this.#linePlace(), this.#beginning, "CELL_TOO_LONG", ""));
    return rows;
  }

  #linePlace(): Place {
    const lines = this.#options.bytes?.lines;
    return { line: this.#line, lineTo: this.#line, byteFrom: lines?.start(this.#line) ?? null, byteTo: lines?.end(this.#line) ?? null };
  }

  #elements(final: boolean): RawRow[] {
    const rows: RawRow[] = [];
    while (!this.#ended && (this.#value !== null || this.#nextElement())) {
      const row = this.#endOfElement(final);
      if (row === null) break;
      rows.push(row);
    }
    if (this.#ended) this.#at = this.#text.length;
    return rows;
  }

  /** Moves to the next element; false when there is none in the text. */
  #nextElement(): boolean {
    for (;;) {
      this.#advance(skipSpace(this.#text, this.#at));
      const c = this.#text[this.#at];
      if (c === undefined) return false;
      if (c !== "," && c !== "]" && (c !== "[" || this.#open)) break;
      if (c !== ",") this.#open = c === "[";
      this.#advance(this.#at + 1);
      if (c === "]" && this.#layout.mode === "member") {
        this.#ended = true;
        return false;
      }
    }
    this.#elementNo++;
    this.#value = { byteFrom: this.#byte(), scan: this.#open ? new ValueScan() : null, scanned: 0, beginning: null };
    return true;
  }

  /** The row of the current element; null when its end is not in the text. */
  #endOfElement(final: boolean): RawRow | null {
    const value = this.#value!;
    const text = this.#text;
    const { recordLimit } = this.#options;
    let end = value.scan === null ? -1 : value.scan.next(text, this.#at + value.scanned);
    // A bracket that closes nothing is an element of its own.
    if (end === this.#at && value.beginning === null) end++;
    value.scanned = text.length - this.#at;
    if ((end < 0 ? text.length : end) - this.#at > recordLimit) value.beginning ??= text.slice(this.#at, this.#at + shown);
    if (end < 0 && !final) {
      if (value.beginning === null) return null;
      this.#advance(text.length);
      value.scanned = 0;
      return null;
    }
    const raw = end < 0 ? text.slice(this.#at).trimEnd() : text.slice(this.#at, end);
    this.#advance(this.#at + raw.length);
    if (end < 0) this.#at = text.length;
    this.#value = null;
    const place = { line: this.#elementNo, lineTo: this.#elementNo, byteFrom: value.byteFrom, byteTo: this.#byte() };
    if (value.beginning !== null) return fault(place, value.beginning, "CELL_TOO_LONG", "");
    return end < 0 ? fault(place, raw, "BAD_JSON", this.#open ? "the array does not end" : "text after the array") : this.row(raw, place);
  }

  #byte(): number | null {
    const lines = this.#options.bytes?.lines;
    return lines ? lines.start(this.#line) + this.#lineBytes : null;
  }

  /** Moves on to `to` in the text. */
  #advance(to: number): void {
    const { bytes } = this.#options;
    if (bytes !== null) {
      let from = this.#at;
      for (let p = lineEnd(this.#text, from); p < to; p = lineEnd(this.#text, from)) {
        from = afterLineEnd(this.#text, p);
        this.#line++;
        this.#lineBytes = 0;
      }
      if (from < to) this.#lineBytes += bytes.length(this.#text.slice(from, to));
    }
    this.#at = to;
  }
  /** The row of one object. */
  row(raw: string, place: Place): RawRow {
    let value: unknown;
    try {
      value = JSON.parse(hasBigInteger(raw) ? quoteBigIntegers(raw) : raw);
    } catch (cause) {
      return fault(place, raw, "BAD_JSON", (cause as Error).message);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return fault(place, raw, "NOT_OBJECT", "");
    const cells: string[] = new Array<string>(this.header.length).fill("");
    const keys = this.#flatten(value as Record<string, unknown>, "", 1, cells);
    if (keys !== null && duplicated(raw, keys)) return fault(place, raw, "DUPLICATE_KEY", "");
    if (raw.includes("\\u")) this.#repair(cells);
    return { ...place, cells, raw, fault: null, detail: "" };
  }

  /** Writes the object's values into `cells`; returns the number of keys when the object is flat, else null. */
  #flatten(object: Record<string, unknown>, prefix: string, depth: number, cells: string[]): number | null {
    let keys: number | null = 0;
    for (const key in object) {
      const value = object[key];
      if (typeof value === "object" && value !== null) {
        keys = null;
        if (!Array.isArray(value) && depth < depthLimit) this.#flatten(value as Record<string, unknown>, `${prefix}${key}.`, depth + 1, cells);
        continue;
      }
      if (keys !== null) keys++;
      cells[this.#column(prefix === "" ? key : prefix + key)] = typeof value === "string" ? value : value === null ? "" : String(value);
    }
    return keys;
  }

  #column(name: string): number {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    this.#columns.set(name, this.header.length);
    return this.header.push(name) - 1;
  }

  #repair(cells: string[]): void {
    let repaired = false;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] ?? "";
      const whole = cell.toWellFormed().replaceAll("\0", "");
      if (whole !== cell) [cells[i], repaired] = [whole, true];
    }
    if (repaired) this.repaired++;
  }
}

function fault(place: Place, raw: string, code: RawRow["fault"], detail: string): RawRow {
  return { ...place, cells: [], raw, fault: code, detail };
}

/** Position of the line end at or after `from`; the text's length when there is none. */
function lineEnd(text: string, from: number): number {
  for (let p = from; p < text.length; p++) {
    const c = text.charCodeAt(p);
    if (c === 10 || c === 13) return p;
  }
  return text.length;
}

const afterLineEnd = (text: string, at: number): number => (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1);

/** Blank also: the zero-filled tail that a power cut leaves. */
function isBlank(line: string): boolean {
  return /^[\s\0\ufeff]*$/.test(line);
}
