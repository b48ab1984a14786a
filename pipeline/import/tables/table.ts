import { CsvReader, type Dialect } from "./csv.ts";
import { distinctHeaders, isKnownHeader, normalizeHeader } from "../posts/headers.ts";
import { layoutWidths } from "./layouts.ts";
import type { RawRow, RejectCode } from "./rows.ts";
import { isDigits, known } from "../posts/values.ts";

/** How a CSV file is laid out. */
export interface CsvLayout {
  dialect: Dialect;
  /** Records before the header (preamble); −1: no header, the first record is data. */
  headerAt: number;
  header: string[];
  shape: Shape;
  /** Columns in which at least 80 % of the first rows (five at least) have digits only. */
  digits: number[];
  /** First characters to skip: the Excel line `sep=;`, which is the first physical line then. */
  skip: number;
}

/** Several characters only where a single one would give the same table with blanks or empty columns. */
const delimiters = [",", "\t", ";", "|", "，", ", ", "; ", "||", "::", "^", "\u0001"];
const headerDepth = 20;

/**
 * Finds the dialect and the header: the combination with the most known header names among the first 20 records and, among equals, the most records of the
 * header's width. `mapped`: header names that the caller maps. Without any known name the file has no header if its first record looks like data (a number,
 * a date, a URL or a long text); columns are then 列1 … 列N.
 */
export function csvLayout(head: string, whole: boolean, mapped: readonly string[]): CsvLayout {
  const separator = /^\ufeff?sep=([^"\r\n]{1,3})\r?\n/i.exec(head);
  const skip = separator ? separator[0].length : 0;
  const text = head.slice(skip);
  const names = new Set(mapped.map(normalizeHeader));
  let best: Candidate | null = null;
  for (const quote of /(?:^|[^\p{L}])'/u.test(text) ? (["\"", "'"] as const) : (["\""] as const)) {
    for (const delimiter of separator ? [separator[1]!] : delimiters) {
      if (!text.includes(delimiter) && delimiter !== ",") continue;
      const candidate = tryDialect(text, whole, { delimiter, quote, strict: false }, names);
      if (best === null || better(candidate, best)) best = candidate;
    }
  }
  const { rows, at, hits } = best!;
  const dialect = { ...best!.dialect, strict: quotes(text, whole, best!.dialect) };
  if (hits === 0 && looksLikeData(rows[0] ?? [])) {
    const table = numbered(usualWidth(rows));
    return { dialect, headerAt: -1, ...table, digits: digitColumns(rows, table.shape), skip };
  }
  const data = rows.slice(at + 1);
  const table = headed(rows[at] ?? [], data);
  return { dialect, headerAt: at, ...table, digits: digitColumns(data, table.shape), skip };
}

function digitColumns(rows: readonly (readonly string[])[], shape: Shape): number[] {
  const fitting = rows.filter((cells) => cells.length === shape.rowWidth);
  const columns = Array.from({ length: shape.rowWidth }, (_, i) => i);
  return fitting.length < 5 ? [] : columns.filter((i) => fitting.filter((cells) => /^\d+$/.test(cells[i]!)).length >= 0.8 * fitting.length);
}

interface Candidate {
  dialect: Dialect;
  rows: string[][];
  at: number;
  hits: number;
  /** Records after the header that have its width. */
  fitting: number;
}

function tryDialect(text: string, whole: boolean, dialect: Dialect, names: ReadonlySet<string>): Candidate {
  const reader = new CsvReader({ dialect, fits: null, recordLimit: text.length + 1, rawLimit: 0 });
  const rows = reader.push(text, whole).map(({ cells }) => cells).slice(0, headerDepth * 2).filter((cells) => !isBlank(cells));
  const { at, hits } = findHeader(rows, names);
  const width = rows[at]?.length ?? 0;
  return { dialect, rows, at, hits, fitting: rows.slice(at + 1).filter((cells) => cells.length === width).length };
}

function better(candidate: Candidate, best: Candidate): boolean {
  if (candidate.hits !== best.hits) return candidate.hits > best.hits;
  if (candidate.hits === 0 && candidate.dialect.quote === best.dialect.quote) return rival(candidate.rows, best.rows);
  if (candidate.fitting !== best.fitting) return candidate.fitting > best.fitting;
  return candidate.dialect.delimiter.length > best.dialect.delimiter.length && candidate.dialect.quote === best.dialect.quote;
}

/** Whether the file's writer quotes: at least one cell of the head is quoted regularly. */
function quotes(text: string, whole: boolean, { delimiter, quote }: Dialect): boolean {
  const rows = new CsvReader({ dialect: { delimiter, quote, strict: true }, fits: () => true, recordLimit: text.length + 1, rawLimit: 0 }).push(text, whole);
  return rows.some(({ fault, raw }) => fault === null && raw.includes(quote));
}

/** Header and accepted widths from the header record. `rows`: the first records after it. */
export function headed(cells: readonly string[], rows: readonly (readonly string[])[] = []): { header: string[]; shape: Shape } {
  const header = distinctHeaders(cells);
  return { header, shape: new Shape(header.length, rowWidth(header.length, cells.length, rows), layoutWidths(header)) };
}

/**
 * The one width that rows have. It is the header's, but for cells without a name: a header's trailing empty cells that the rows do not have, or a delimiter
 * that ends every row. A width that only one row has is damage: accepting it would load a row whose cells are shifted.
 */
function rowWidth(named: number, headerCells: number, rows: readonly (readonly string[])[]): number {
  const usual = usualWidth(rows);
  if (rows.length === 0 || usual < named || usual === headerCells) return headerCells;
  const surplusEmpty = rows.every((cells) => cells.length !== usual || cells.slice(named).every((cell) => cell.trim() === ""));
  return usual < headerCells || (surplusEmpty && rows.filter(({ length }) => length === usual).length >= 2) ? usual : headerCells;
}

/** Header of a table that has none: 列1 … 列N. */
export function numbered(width: number): { header: string[]; shape: Shape } {
  return { header: Array.from({ length: width }, (_, i) => `列${i + 1}`), shape: new Shape(width, width, []) };
}

/** Which of the first rows is the header: the one with the most known names. */
export function findHeader(rows: readonly (readonly string[])[], mapped: ReadonlySet<string>): { at: number; hits: number } {
  let at = 0;
  let hits = 0;
  for (const [i, cells] of rows.slice(0, headerDepth).entries()) {
    const names = new Set(cells.map(normalizeHeader).filter((name) => name !== ""));
    const known = [...names].filter((name) => mapped.has(name) || isKnownHeader(name)).length;
    if (known > hits) [at, hits] = [i, known];
    // Nothing but known names: this is the header, and a longer one below it is that of a newer version that appended to the file.
    if (known >= 4 && known === names.size) break;
  }
  return { at, hits };
}

/** Accepted numbers of cells. */
export class Shape {
  /** `width`: named columns. `rowWidth`: cells of a row, unnamed ones included. `variants`: other lengths that the format writes. */
  constructor(
    readonly width: number,
    readonly rowWidth: number,
    readonly variants: readonly number[],
  ) {}

  fits = (cells: number): boolean => cells === this.rowWidth || this.variants.includes(cells);

  /** null when the row fits, else why not. */
  fault(cells: readonly string[]): RejectCode | null {
    const n = cells.length;
    return this.fits(n) ? null : n < this.rowWidth ? "ROW_SHORT" : "ROW_LONG";
  }

  /** For cells that stand at an address (a workbook's): a row may be shorter, or longer by empty ones. */
  faultOfSheet(cells: readonly string[]): RejectCode | null {
    for (let i = this.rowWidth; i < cells.length; i++) if (cells[i]!.trim() !== "") return "ROW_LONG";
    return null;
  }
}

/** A record with nothing in it: no row at all. A line of nothing but delimiters is a row (an empty one). */
export function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && /^[\s\u0000\u001a\ufeff\u200b]*$/.test(cells[0]!);
}

/** Whether the row is the header again (two runs appended to one file), also when a newer version of the tool wrote it, or what a line break in a name has left of it. */
export function isHeader(cells: readonly string[], header: readonly string[]): boolean {
  if (cells.length === header.length && cells.every((cell, i) => isName(cell.trim(), header[i]!))) return true;
  // Nearly every row has a long text or a number and is done with here.
  for (const cell of cells) if (cell.length > 30 || isDigits(cell)) return false;
  const names = cells.filter((cell) => cell !== "");
  const known = names.filter(isKnownHeader).length;
  return known >= 4 && known + 1 >= names.length;
}

/** Whether a cell is the name of a column, made distinct (正文#2) or not. */
const isName = (cell: string, name: string): boolean => cell === name || (name.startsWith(cell) && cell === name.replace(/#\d+$/, ""));

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
