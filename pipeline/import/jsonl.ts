import { duplicated, hasBigInteger, quoteBigIntegers, skipSpace, topLevel, valueEnd } from "./json-scan.ts";
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

/** Deepest dotted column. */
const depthLimit = 3;
/** An array's element longer than this ends the reading: what follows cannot be told from what is inside it. */
const elementLimit = 8_388_608;

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

export class JsonReader {
  /** Column names in order of first appearance; grows. */
  readonly header: string[] = [];
  /** Rows in which a lone surrogate was replaced by U+FFFD or a NUL dropped. */
  repaired = 0;
  readonly #columns = new Map<string, number>();
  readonly #layout: JsonLayout;
  readonly #recordLimit: number;
  #text = "";
  #at = 0;
  #line = 0;
  #skip: number;
  /** Inside an over-long record: everything up to its end is dropped. */
  #dropping = false;
  #open = false;
  /** Nothing more can be read from the file. */
  #ended = false;

  constructor(layout: JsonLayout, recordLimit: number) {
    this.#layout = layout;
    this.#skip = layout.skip;
    this.#recordLimit = recordLimit;
  }

  push(piece: string, final: boolean): RawRow[] {
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, piece.length);
      this.#skip -= skipped;
      piece = piece.slice(skipped);
    }
    this.#text = this.#text.slice(this.#at) + piece;
    this.#at = 0;
    return this.#layout.mode === "lines" ? this.#lines(final) : this.#elements(final);
  }

  #lines(final: boolean): RawRow[] {
    const rows: RawRow[] = [];
    const text = this.#text;
    while (this.#at < text.length) {
      let end = text.indexOf("\n", this.#at);
      if (end < 0) {
        if (text.length - this.#at > this.#recordLimit && !this.#dropping) {
          this.#line++;
          this.#dropping = true;
          rows.push(this.#tooLong(text.slice(this.#at)));
        }
        if (this.#dropping) this.#at = text.length;
        if (!final || this.#dropping) break;
        end = text.length;
      }
      const line = text.slice(text.charCodeAt(this.#at) === 0xfeff ? this.#at + 1 : this.#at, end);
      this.#at = end + 1;
      if (this.#dropping) {
        this.#dropping = false;
        continue;
      }
      this.#line++;
      if (line.length > this.#recordLimit) rows.push(this.#tooLong(line));
      else if (!isBlank(line)) rows.push(this.#parse(line));
    }
    return rows;
  }

  #tooLong(text: string): RawRow {
    return fault(this.#line, text.slice(0, this.#recordLimit), "CELL_TOO_LONG", "");
  }

  #elements(final: boolean): RawRow[] {
    const rows: RawRow[] = [];
    const text = this.#text;
    while (!this.#ended) {
      const at = skipSpace(text, this.#at);
      this.#at = at;
      const c = text[at];
      if (c === undefined) break;
      if (c === "," || c === "]" || (c === "[" && !this.#open)) {
        if (c !== ",") this.#open = c === "[";
        if (c === "]" && this.#layout.mode === "member") this.#ended = true;
        this.#at++;
        continue;
      }
      const end = this.#open ? valueEnd(text, at) : -1;
      if (this.#open && end < 0 && !final && text.length - at <= elementLimit) break;
      this.#line++;
      const length = (end < 0 ? text.length : end) - at;
      if (length > elementLimit || end < 0) this.#ended = true;
      if (length > this.#recordLimit) rows.push(this.#tooLong(text.slice(at, at + length)));
      else if (end < 0) rows.push(fault(this.#line, text.slice(at), "BAD_JSON", this.#open ? "the array does not end" : "text after the array"));
      else rows.push(this.#parse(text.slice(at, end)));
      this.#at = at + length;
    }
    if (this.#ended) this.#at = text.length;
    return rows;
  }

  #parse(raw: string): RawRow {
    let value: unknown;
    try {
      value = JSON.parse(hasBigInteger(raw) ? quoteBigIntegers(raw) : raw);
    } catch (cause) {
      return fault(this.#line, raw, "BAD_JSON", (cause as Error).message);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return fault(this.#line, raw, "NOT_OBJECT", "");
    const cells: string[] = new Array<string>(this.header.length).fill("");
    const keys = this.#flatten(value as Record<string, unknown>, "", 1, cells);
    if (keys !== null && duplicated(raw, keys)) return fault(this.#line, raw, "DUPLICATE_KEY", "");
    if (raw.includes("\\u")) this.#repair(cells);
    return { line: this.#line, lineTo: this.#line, cells, raw, fault: null, detail: "" };
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

function fault(line: number, raw: string, code: RawRow["fault"], detail: string): RawRow {
  return { line, lineTo: line, cells: [], raw: raw.slice(0, 2000), fault: code, detail };
}

/** Blank also: the zero-filled tail that a power cut leaves. */
function isBlank(line: string): boolean {
  return /^[\s\0\ufeff]*$/.test(line);
}
