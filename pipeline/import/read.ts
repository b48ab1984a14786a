import { CsvReader, type CsvRecord } from "./csv.ts";
import { damageMark, TextDecoding } from "./encoding.ts";
import { isTextHeader } from "./headers.ts";
import { jsonLayout, JsonReader, type JsonLayout } from "./jsonl.ts";
import type { Notes } from "./notes.ts";
import type { Source } from "./open.ts";
import type { RawRow, RowBatch } from "./rows.ts";
import { csvLayout, isBlank, isHeader } from "./table.ts";
import { readWorkbook } from "./xlsx.ts";

/** How the file was read; complete when all rows have been. */
export interface Reading {
  format: "csv" | "jsonl" | "json" | "xlsx";
  encoding: string | null;
  delimiter: string | null;
  /** False when the columns had to be numbered because the file has no header. */
  headed: boolean;
  skippedSheets: string[];
}

export interface ReadOptions {
  cellLimit: number;
  /** Header names that the caller maps. */
  mapped: readonly string[];
}

/** Characters from which the layout is decided. */
const headLength = 65_536;

/** Reads a file row by row; fills `reading` and `notes`. Memory does not grow with the file. */
export async function* readRows(source: Source, options: ReadOptions, reading: Reading, notes: Notes): AsyncGenerator<RowBatch> {
  if (source.kind === "xlsx") {
    reading.format = "xlsx";
    yield* readWorkbook(source.path, options, reading, notes);
    return;
  }
  const decoding = new TextDecoding(source.path);
  const pieces = decoded(source, decoding);
  let head = "";
  let whole = false;
  while (head.length < headLength && !whole) {
    const next = await pieces.next();
    if (next.done) whole = true;
    else head += next.value;
  }
  const rest = joined(head, pieces, whole);
  const json = jsonLayout(head.slice(0, headLength), whole && head.length <= headLength, isTextHeader) ?? namedJson(source.name);
  const rows = json ? readJson(rest, json, options, reading, decoding, notes) : readCsv(head, whole, rest, options, reading, decoding, notes);
  for await (const batch of rows) {
    reading.encoding = decoding.encoding;
    yield batch;
  }
  reading.encoding = decoding.encoding;
  if (decoding.trailingBytes > 0) notes.add("TRAILING_BYTES", 0, decoding.trailingBytes);
}

/** A file that is called .jsonl is read as such even if its first line is no object. */
function namedJson(name: string): JsonLayout | null {
  return /\.(?:jsonl|ndjson)(?:\.gz|\.zst)?$/i.test(name) ? { mode: "lines", skip: 0 } : null;
}

async function* decoded(source: Source, decoding: TextDecoding): AsyncGenerator<string> {
  for await (const chunk of source.chunks()) {
    const text = decoding.push(chunk, false);
    if (text !== "") yield text;
  }
  yield decoding.push(Buffer.alloc(0), true);
}

async function* joined(head: string, pieces: AsyncGenerator<string>, whole: boolean): AsyncGenerator<{ text: string; final: boolean }> {
  let ahead = head;
  if (!whole) {
    for await (const piece of pieces) {
      yield { text: ahead, final: false };
      ahead = piece;
    }
  }
  yield { text: ahead, final: true };
}

async function* readJson(pieces: AsyncIterable<{ text: string; final: boolean }>, layout: JsonLayout, options: ReadOptions, reading: Reading, decoding: TextDecoding, notes: Notes): AsyncGenerator<RowBatch> {
  reading.format = layout.mode === "lines" ? "jsonl" : "json";
  const reader = new JsonReader(layout, options.cellLimit * 2);
  for await (const { text, final } of pieces) {
    const rows = reader.push(text, final);
    if (decoding.damagedLines > 0) for (const row of rows) undecodable(row, decoding);
    yield { sheet: null, header: reader.header, rows };
  }
  if (reader.repaired > 0) notes.add("LONE_SURROGATES", 0, reader.repaired);
}

async function* readCsv(head: string, whole: boolean, pieces: AsyncIterable<{ text: string; final: boolean }>, options: ReadOptions, reading: Reading, decoding: TextDecoding, notes: Notes): AsyncGenerator<RowBatch> {
  const layout = csvLayout(head, whole, options.mapped);
  reading.format = "csv";
  reading.delimiter = layout.delimiter;
  reading.headed = layout.headerAt >= 0;
  const { shape, header } = layout;
  const reader = new CsvReader({ delimiter: layout.delimiter, fits: shape.fits, recordLimit: options.cellLimit * 2, mark: damageMark });
  let skip = layout.skip;
  let before = layout.headerAt + 1;
  for await (const { text, final } of pieces) {
    const rows: RawRow[] = [];
    for (const record of reader.push(text.slice(skip), final)) {
      if (isBlank(record.cells)) {
        if (record.raw.includes("\0")) notes.add("NUL_BYTES", record.line);
        continue;
      }
      if (before > 0) {
        before--;
        if (before > 0) notes.add("PREAMBLE", record.line);
        continue;
      }
      const row = rowOf(record, shape, header, reading.headed, notes);
      if (decoding.damagedLines > 0) undecodable(row, decoding, record.lostMarks);
      rows.push(row);
    }
    skip = 0;
    yield { sheet: null, header, rows };
  }
}

function rowOf(record: CsvRecord, shape: { fault(cells: readonly string[]): RawRow["fault"]; width: number }, header: readonly string[], headed: boolean, notes: Notes): RawRow {
  const { line, lineTo, cells, raw } = record;
  if (record.fault) return { line, lineTo, cells: [], raw, fault: record.fault, detail: lineTo > line ? `${line}–${lineTo}` : "" };
  if (headed && isHeader(cells, header)) return { line, lineTo, cells: [], raw, fault: "HEADER_REPEATED", detail: "" };
  const fault = shape.fault(cells);
  if (fault) return { line, lineTo, cells: [], raw, fault, detail: `${cells.length} / ${shape.width}` };
  if (raw.includes("\0")) {
    notes.add("NUL_BYTES", line);
    for (let i = 0; i < cells.length; i++) cells[i] = cells[i]!.replaceAll("\0", "");
  }
  return { line, lineTo, cells, raw, fault: null, detail: "" };
}

/** Marks a row that holds undecodable bytes; takes one byte offset for each damaged line in it. */
function undecodable(row: RawRow, decoding: TextDecoding, lostMarks = 0): void {
  let marks = lostMarks;
  for (let p = row.raw.indexOf(damageMark); p >= 0; p = row.raw.indexOf(damageMark, p + 1)) marks++;
  if (marks <= 0) return;
  const offsets = decoding.damage.splice(0, marks);
  if (row.fault === "UNCLOSED_QUOTE" || row.fault === "CELL_TOO_LONG") return;
  Object.assign(row, { fault: "UNDECODABLE", cells: [], detail: `byte ${offsets[0] ?? "?"}, ${decoding.encoding}` });
}
