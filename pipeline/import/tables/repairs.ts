import { csvRow } from "./csv-rows.ts";
import { CsvReader, type CsvRecord } from "./csv.ts";
import { JsonReader } from "./jsonl.ts";
import type { Notes } from "../doubts/notes.ts";
import { rejectsColumns, tableCode } from "./rejects.ts";
import { rejectCodes, type RawRow, type RejectCode, type RowBatch } from "./rows.ts";
import { parseTable, type TableText } from "./table-text.ts";
import { isBlank, Shape } from "./table.ts";

/** Delimiter of a rejects.csv, as we or a spreadsheet wrote it; null when the text begins otherwise. */
export function rejectsDelimiter(head: string): string | null {
  const first = /^\ufeff?"?file"?([,;\t])/.exec(head)?.[1];
  if (first === undefined) return null;
  const line = head.replace(/^\ufeff/, "").split(/[\r\n]/, 1)[0]!.replaceAll('"', "");
  return line === rejectsColumns.join(first) ? first : null;
}

type Table = Omit<RowBatch, "sheet" | "rows"> & { read(raw: string): RawRow[] };

/**
 * Reads the rows of a rejects.csv again, each under the header and dialect of the table that it came from, by the code that read it first. A row that is still
 * broken is rejected again. HEADER rows are no rows.
 */
export class RepairReader {
  /** By the name in the column `file`. */
  readonly #tables = new Map<string, Table>();
  readonly #limits: { recordLimit: number; rawLimit: number };
  readonly #notes: Notes;
  readonly #unknown: Table = { header: [], headed: true, table: 0, dialect: { format: "json" }, read: () => [] };
  #count = 0;

  constructor(limits: { recordLimit: number; rawLimit: number }, notes: Notes) {
    this.#limits = limits;
    this.#notes = notes;
  }

  /** The rows of one record of rejects.csv, with their table; null for a HEADER row. `bytes`: of the record in rejects.csv. */
  read({ line, lineTo, fault, raw, cells: written }: CsvRecord, bytes: Pick<RawRow, "byteFrom" | "byteTo">): RowBatch | null {
    const place = { line, lineTo, ...bytes };
    if (fault !== null || written.length < rejectsColumns.length) return { sheet: null, ...this.#unknown, rows: [{ ...place, cells: [], raw, fault: fault ?? "ROW_SHORT", detail: "" }] };
    const cells = written.map((cell) => (cell.startsWith("'") ? cell.slice(1) : cell));
    const [name = "", firstLine = "", , , , code = "", , row = ""] = cells;
    if (code === tableCode) {
      const text = parseTable(row);
      if (text === null) this.#tables.delete(name);
      else this.#tables.set(name, this.#open(text, ++this.#count));
      return null;
    }
    const table = this.#tables.get(name) ?? this.#unknown;
    const origin = { name, line: Number(firstLine) || 0 };
    const rows = this.#again(table, code, row).map((again) => ({ ...again, ...place, origin }));
    return { sheet: null, ...table, rows };
  }

  #again(table: Table, code: string, raw: string): RawRow[] {
    const known = (rejectCodes as readonly string[]).includes(code) ? (code as RejectCode) : "TABLE_UNKNOWN";
    const fault = (why: RejectCode): RawRow[] => [{ line: 0, lineTo: 0, byteFrom: null, byteTo: null, cells: [], raw, fault: why, detail: "" }];
    if (table === this.#unknown) return fault("TABLE_UNKNOWN");
    // It looks whole: only the analyst can say that it is.
    if (code === "ROW_BROKEN") return fault(code);
    const lossy = code === "UNDECODABLE" || code === "UNCLOSED_QUOTE" || code === "STRAY_QUOTE";
    if (lossy && raw.includes("\ufffd")) return fault("UNDECODABLE");
    const rows = table.read(raw);
    return rows.length === 0 ? fault(known) : rows;
  }

  #open({ header: names, headed, ...dialect }: TableText, number: number): Table {
    if (dialect.format === "json") {
      const reader = new JsonReader({ mode: "lines", skip: 0 }, { header: names, recordLimit: this.#limits.recordLimit, bytes: null });
      const nowhere = { line: 0, lineTo: 0, byteFrom: null, byteTo: null };
      return { header: reader.header, headed, table: number, dialect, read: (raw) => (raw.trim() === "" ? [] : [reader.row(raw, nowhere)]) };
    }
    const shape = new Shape(names.length, dialect.width, dialect.variants);
    const table = { shape, header: names, headed };
    const read = (raw: string): RawRow[] =>
      new CsvReader({ dialect, fits: shape.fits, ...this.#limits })
        .push(raw, true)
        .filter(({ cells }) => !isBlank(cells))
        .map((record) => csvRow(record, table, null, this.#notes));
    return { header: names, headed, table: number, dialect, read };
  }
}
