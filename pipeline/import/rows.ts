/** Why a row was not taken. Texts in rejects.ts. */
export const rejectCodes = [
  "UNDECODABLE", "UNCLOSED_QUOTE", "CELL_TOO_LONG", "ROW_SHORT", "ROW_LONG", "HEADER_REPEATED", "EMPTY_ROW", "BAD_JSON", "NOT_OBJECT", "DUPLICATE_KEY",
] as const;
export type RejectCode = (typeof rejectCodes)[number];

/** One record of a file before its meaning is known. Never leaves import/. */
export interface RawRow {
  /** First and last physical line (CSV, JSONL) or sheet row (XLSX), from 1; JSON arrays: element index. */
  line: number;
  lineTo: number;
  /** By position in the header; "" or missing when absent. */
  cells: string[];
  /** The record as written, or its beginning. */
  raw: string;
  /** Set when the record could not be read; then `cells` is empty. */
  fault: RejectCode | null;
  /** What exactly was wrong ("12 cells", a parser's message); "" when the code says it all. */
  detail: string;
}

/** Rows under one header. A JSON header grows in place as new keys appear. */
export interface RowBatch {
  /** Name and number (from 0) of the sheet in a workbook; null elsewhere. */
  sheet: { name: string; index: number } | null;
  header: string[];
  rows: RawRow[];
}
