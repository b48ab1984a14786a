import { BrokenRows } from "./broken-rows.ts";
import { csvRow } from "./csv-rows.ts";
import { CsvReader } from "./csv.ts";
import { damageMark, TextDecoding } from "../decode/encoding.ts";
import { headless } from "../open/file-errors.ts";
import { isTextHeader } from "../posts/headers.ts";
import { jsonLayout, JsonReader, type JsonLayout } from "./jsonl.ts";
import type { Notes } from "../doubts/notes.ts";
import type { Source, TextSource } from "../open/open.ts";
import { rejectsColumns } from "./rejects.ts";
import { rejectsDelimiter, RepairReader } from "./repairs.ts";
import type { RawRow, RowBatch } from "./rows.ts";
import { csvLayout, isBlank } from "./table.ts";
import { textBytes } from "../decode/text-bytes.ts";
import { readWorkbook } from "./xlsx.ts";

/** How the file was read; complete when all rows have been. */
export interface Reading {
  format: "csv" | "jsonl" | "json" | "xlsx" | "rejects";
  encoding: string | null;
  delimiter: string | null;
  /** False when the columns had to be numbered because the file has no header. */
  headed: boolean;
  /** Last physical line of a CSV's header; the lines before it are preamble. 0: no header. */
  headerLine: number;
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
    yield* readWorkbook(source, options, reading, notes);
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
  const delimiter = rejectsDelimiter(head);
  const rows =
    delimiter !== null ? readRejects(rest, delimiter, options, reading, decoding, notes)
    : json ? readJson(rest, json, options, reading, decoding, notes)
    : readCsv(head.slice(0, headLength), whole && head.length <= headLength, rest, source.path, options, reading, decoding, notes);
  for await (const batch of rows) {
    reading.encoding = decoding.encoding;
    if (decoding.damagedLines > 0) for (const row of batch.rows) undecodable(row, decoding);
    yield batch;
  }
  reading.encoding = decoding.encoding;
  if (decoding.rival !== null) notes.set("ENCODING_DOUBTFUL", 1, [], { zh: `${decoding.encoding} / ${decoding.rival}`, en: `${decoding.encoding} / ${decoding.rival}` });
  if (decoding.trailingBytes > 0) notes.add("TRAILING_BYTES", 0, decoding.trailingBytes);
}

/** A file that is called .jsonl is read as such even if its first line is no object. */
function namedJson(name: string): JsonLayout | null {
  return /\.(?:jsonl|ndjson)(?:\.gz|\.zst)?$/i.test(name) ? { mode: "lines", skip: 0 } : null;
}

async function* decoded(source: TextSource, decoding: TextDecoding): AsyncGenerator<string> {
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
  const bytes = { lines: decoding.lines, length: (text: string) => textBytes(text, decoding.encoding) };
  const reader = new JsonReader(layout, { recordLimit: options.cellLimit * 2, bytes });
  const table = { sheet: null, header: reader.header, headed: true, table: 0, dialect: { format: "json" } } as const;
  for await (const { text, final } of pieces) {
    yield { ...table, rows: reader.push(text, final) };
    decoding.lines.forget(reader.line);
  }
  if (reader.repaired > 0) notes.add("LONE_SURROGATES", 0, reader.repaired);
}

async function* readCsv(head: string, whole: boolean, pieces: AsyncIterable<{ text: string; final: boolean }>, where: string, options: ReadOptions, reading: Reading, decoding: TextDecoding, notes: Notes): AsyncGenerator<RowBatch> {
  const { shape, header, dialect, digits, headerAt, skip } = csvLayout(head, whole, options.mapped);
  const headed = headerAt >= 0;
  Object.assign(reading, { format: "csv", delimiter: dialect.delimiter, headed });
  const reader = new CsvReader({ dialect, fits: shape.fits, ...limits(options), firstLine: skip > 0 ? 2 : 1 });
  const table = { sheet: null, header, headed, table: 0, dialect: { format: "csv", ...dialect, width: shape.rowWidth, variants: shape.variants } } as const;
  const check = new BrokenRows({ digits, quote: dialect.quote, width: shape.rowWidth });
  const place = { shape, header, headed };
  let skipped = skip;
  let before = headerAt + 1;
  for await (const { text, final } of pieces) {
    const rows: RawRow[] = [];
    for (const record of reader.push(text.slice(skipped), final)) {
      if (isBlank(record.cells)) {
        if (record.raw.includes("\0")) notes.add("NUL_BYTES", record.line);
        continue;
      }
      if (before > 0) {
        if (header.length === 0) throw headless(where, record.raw, headLength);
        before--;
        reading.headerLine = record.lineTo;
        if (before > 0) notes.add("PREAMBLE", record.line);
        continue;
      }
      const released = check.next(record, csvRow(record, place, decoding.lines, notes));
      if (released !== null) rows.push(released);
    }
    const last = final ? check.last : null;
    if (last !== null) rows.push(last);
    skipped = 0;
    yield { ...table, rows };
    decoding.lines.forget(reader.line);
  }
}

/** A rejects.csv after repair. */
async function* readRejects(pieces: AsyncIterable<{ text: string; final: boolean }>, delimiter: string, options: ReadOptions, reading: Reading, decoding: TextDecoding, notes: Notes): AsyncGenerator<RowBatch> {
  Object.assign(reading, { format: "rejects", delimiter, headed: true, headerLine: 1 });
  const repairs = new RepairReader(limits(options), notes);
  const reader = new CsvReader({ dialect: { delimiter, quote: '"', strict: true }, fits: (cells) => cells === rejectsColumns.length, recordLimit: options.cellLimit * 4, rawLimit: options.cellLimit + 1, trusted: true });
  let first = true;
  for await (const { text, final } of pieces) {
    for (const record of reader.push(text, final)) {
      if (!first && !isBlank(record.cells)) {
        const batch = repairs.read(record, { byteFrom: decoding.lines.start(record.line), byteTo: decoding.lines.end(record.lineTo) });
        if (batch) yield batch;
      }
      first = false;
    }
    decoding.lines.forget(reader.line);
  }
}

/** A record may hold several cells of the greatest length; of one that is given up as much is kept as can be repaired elsewhere. */
const limits = ({ cellLimit }: ReadOptions): { recordLimit: number; rawLimit: number } => ({ recordLimit: cellLimit * 2, rawLimit: cellLimit + 1 });

/** Rejects a row that holds undecodable bytes. Its quotes come first: they are why it ends where it does. */
function undecodable(row: RawRow, { damage, encoding }: TextDecoding): void {
  const { byteFrom, byteTo } = row;
  while (damage[0] !== undefined && byteFrom !== null && damage[0] < byteFrom) damage.shift();
  if (!row.raw.includes(damageMark) || row.fault === "UNCLOSED_QUOTE" || row.fault === "STRAY_QUOTE" || row.fault === "CELL_TOO_LONG") return;
  const at = damage[0] !== undefined && byteTo !== null && damage[0] < byteTo ? damage[0] : byteFrom;
  Object.assign(row, { fault: "UNDECODABLE", cells: [], detail: `byte ${at}, ${encoding}` });
}
