import type { Dialect } from "./csv.ts";

/** Why a row was not taken. Texts in rejects.ts. */
export const rejectCodes = [
  "UNDECODABLE", "UNCLOSED_QUOTE", "STRAY_QUOTE", "CELL_TOO_LONG", "ROW_SHORT", "ROW_LONG", "ROW_BROKEN", "HEADER_REPEATED", "EMPTY_ROW", "NO_AUTHOR", "BAD_JSON", "NOT_OBJECT", "DUPLICATE_KEY", "BAD_VALUE", "TABLE_UNKNOWN",
] as const;
export type RejectCode = (typeof rejectCodes)[number];

/** One record of a file before its meaning is known. Never leaves import/. */
export interface RawRow {
  /** First and last physical line (CSV, JSONL) or sheet row (XLSX), from 1; JSON arrays: element index. */
  line: number;
  lineTo: number;
  /** Bytes of the record without its line end, half-open, in the file after decompression; null in a workbook. */
  byteFrom: number | null;
  byteTo: number | null;
  /** By position in the header; "" or missing when absent. */
  cells: string[];
  /** The record as written; of one longer than the limits its beginning. A workbook's row: as a CSV line. */
  raw: string;
  /** Set when the record could not be read; then `cells` is empty. */
  fault: RejectCode | null;
  /** What exactly was wrong ("12 cells", a parser's message); "" when the code says it all. */
  detail: string;
  /** Where the row first stood, for a row of a repaired rejects.csv. */
  origin?: { name: string; line: number };
}

/** Rows under one header. A JSON header grows in place as new keys appear. */
export interface RowBatch {
  /** Name and number (from 0) of the sheet in a workbook; null elsewhere. */
  sheet: { name: string; index: number } | null;
  header: string[];
  /** False when the columns had to be numbered because the table has no header. */
  headed: boolean;
  /** Number of the table in its file, from 0, and how it is written: with both a rejected row can be read again. */
  table: number;
  dialect: TableDialect;
  rows: readonly RawRow[];
}

/** How the rows of a table are written. `width`: cells of a row, unnamed ones included; `variants`: other lengths that the format writes. */
export type TableDialect = { format: "json" } | ({ format: "csv"; width: number; variants: readonly number[] } & Dialect);
