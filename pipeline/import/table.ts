import { CsvReader } from "./csv.ts";
import { damageMark } from "./encoding.ts";
import { distinctHeaders, isKnownHeader, normalizeHeader } from "./headers.ts";
import type { RawRow, RejectCode } from "./rows.ts";
import { known } from "./values.ts";

/** How a CSV file is laid out. */
export interface CsvLayout {
  delimiter: string;
  /** Records before the header (preamble); −1: no header, the first record is data. */
  headerAt: number;
  header: string[];
  shape: Shape;
  /** First characters to skip: an Excel line `sep=;`. */
  skip: number;
}

const delimiters = [",", "\t", ";", "|", "，"];
const headerDepth = 20;

/**
 * Finds the delimiter and the header: the combination with the most known header names among the first 20 records. `mapped`: header names that the caller maps.
 * Without any known name the file has no header if its first record looks like data (a number, a date, a URL or a long text); columns are then 列1 … 列N.
 */
export function csvLayout(head: string, whole: boolean, mapped: readonly string[]): CsvLayout {
  const separator = /^\ufeff?sep=(.)\r?\n/i.exec(head);
  const skip = separator ? separator[0].length : 0;
  const names = new Set(mapped.map(normalizeHeader));
  let best: { delimiter: string; rows: string[][]; at: number; hits: number } | null = null;
  for (const delimiter of separator ? [separator[1]!] : delimiters) {
    const reader = new CsvReader({ delimiter, fits: null, recordLimit: head.length + 1, mark: damageMark });
    const rows = reader.push(head.slice(skip), whole).map((record) => record.cells).slice(0, headerDepth * 2).filter((cells) => !isBlank(cells));
    const { at, hits } = findHeader(rows, names);
    if (best === null || hits > best.hits || (best.hits === 0 && hits === 0 && rival(rows, best.rows))) best = { delimiter, rows, at, hits };
  }
  const { delimiter, rows, at, hits } = best!;
  if (hits === 0 && looksLikeData(rows[0] ?? [])) {
    return { delimiter, headerAt: -1, ...numbered(usualWidth(rows)), skip };
  }
  return { delimiter, headerAt: at, ...headed(rows[at] ?? []), skip };
}

/** Header and accepted widths from the header record. */
export function headed(cells: readonly string[]): { header: string[]; shape: Shape } {
  const header = distinctHeaders(cells);
  const plain = header.map(normalizeHeader);
  const original = plain.indexOf("是否原创");
  // weibo-crawler leaves the 源微博 block out of the rows of originals.
  const variants = original > 0 && plain.some((name) => name.startsWith("源微博")) ? [original, original + 1] : [];
  return { header, shape: new Shape(header.length, cells.length, variants) };
}

/** Header of a table that has none: 列1 … 列N. */
export function numbered(width: number): { header: string[]; shape: Shape } {
  return { header: Array.from({ length: width }, (_, i) => `列${i + 1}`), shape: new Shape(width, width, []) };
}

/** Which of the first rows is the header: the one with the most known names. */
export function findHeader(rows: readonly (readonly string[])[], mapped: ReadonlySet<string>): { at: number; hits: number } {
  let at = 0;
  let hits = 0;
  rows.slice(0, headerDepth).forEach((cells, i) => {
    const known = new Set(cells.map(normalizeHeader).filter((name) => name !== "" && (mapped.has(name) || isKnownHeader(name)))).size;
    if (known > hits) [at, hits] = [i, known];
  });
  return { at, hits };
}

/** Accepted numbers of cells. */
export class Shape {
  /** `width`: named columns. `rawWidth`: header cells including trailing empty ones. `variants`: shorter rows that the format writes. */
  constructor(
    readonly width: number,
    readonly rawWidth: number,
    readonly variants: readonly number[],
  ) {}

  fits = (cells: number): boolean => (cells >= this.width && cells <= this.rawWidth) || this.variants.includes(cells);

  /** null when the row fits (further cells may follow if they are all empty), else why not. */
  fault(cells: readonly string[]): RejectCode | null {
    const n = cells.length;
    if (this.fits(n)) return null;
    if (n < this.width) return "ROW_SHORT";
    for (let i = this.rawWidth; i < n; i++) if (cells[i]!.trim() !== "") return "ROW_LONG";
    return null;
  }
}

/** A record with nothing in it: no row at all. A line of nothing but delimiters is a row (an empty one). */
export function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && /^[\s\u0000\u001a\ufeff\u200b]*$/.test(cells[0]!);
}

/** Whether the row is the header again (two runs appended to one file), also when a newer version of the tool wrote it. */
export function isHeader(cells: readonly string[], header: readonly string[]): boolean {
  if (cells.length === header.length && cells.every((cell, i) => cell.trim() === header[i]!.replace(/#\d+$/, ""))) return true;
  let names = 0;
  for (const cell of cells) {
    if (cell === "") continue;
    if (cell.length > 30 || !isKnownHeader(cell)) return false;
    names++;
  }
  return names >= 4;
}

function rival(rows: readonly string[][], best: readonly string[][]): boolean {
  const width = usualWidth(rows);
  const share = rows.filter((cells) => cells.length === width).length / Math.max(1, rows.length);
  return width > 1 && share > 0.8 && (usualWidth(best) === 1 || width > usualWidth(best));
}

function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const cells of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 1;
}

/** A number, a date, a URL or eight Han characters are no header. */
export function looksLikeData(cells: readonly string[]): boolean {
  return cells.some((cell) => {
    const text = cell.trim();
    return /^-?\d+(?:\.\d+)?$/.test(text) || /^\d{4}[-/年.]\d{1,2}/.test(text) || /^https?:\/\//.test(text) || (text.match(/\p{Script=Han}/gu)?.length ?? 0) >= 8;
  });
}

/** The one column of a file without a header whose texts are long enough (median of 8 Han characters or more); −1 when there is none or several. */
export function guessTextColumn(sample: readonly RawRow[], width: number): number {
  const long: number[] = [];
  for (let i = 0; i < width; i++) {
    const lengths = sample.map(({ cells }) => (known(cells[i]) ?? "").match(/\p{Script=Han}/gu)?.length ?? 0).sort((a, b) => a - b);
    if ((lengths[lengths.length >> 1] ?? 0) >= 8) long.push(i);
  }
  return long.length === 1 ? long[0]! : -1;
}
