import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { inputOf } from "../import/open/inputs.ts";
import { Notes } from "../import/doubts/notes.ts";
import { openFile } from "../import/open/open.ts";
import { readRows, type Reading } from "../import/tables/read.ts";
import type { RawRow } from "../import/tables/rows.ts";
import type { Audit, AuditLabel, AuditSample } from "./contract.ts";
import { labelsUnknown, noAnnotator, noTable, otherSample, rowsMissing, rowsMixed, rowsTwice, rowsUnknown, rowUnreadable } from "./errors.ts";
import { columnNamed, columns, type Column } from "./guide.ts";
import { knownLabels, labelOf } from "./labels.ts";

/** One row of a label sheet by column; a column that the sheet does not have is absent. */
interface LabelRow {
  /** "12" or "标注 12": line of the file, or sheet and row. */
  place: string;
  cells: ReadonlyMap<Column, string>;
}

/**
 * Reads a filled audit.xlsx or labels.csv. Rows may stand in any order; all must be there, once, with their own texts, and every label must be a known one or empty.
 * Throws AUDIT_SHEET, AUDIT_OTHER_SAMPLE, AUDIT_ROW, AUDIT_ROWS, AUDIT_LABELS, AUDIT_ANNOTATOR, and what openFile throws.
 */
export async function readSheet(path: string, sample: AuditSample): Promise<Audit["sheets"][number]> {
  const { rows, facts } = await readTables(path);
  const keys = valuesOf(rows, facts, "key");
  const stranger = keys.find((key) => key !== sample.key);
  if (keys.length === 0 || stranger !== undefined) throw otherSample(path, stranger ?? "", sample.key);
  const numbered = numberRows(path, rows, sample.items.length);
  const mixed = rows.filter(({ cells }) => cells.has("text") && cells.get("check") !== checkOf(sample.key, Number(cells.get("no")), cells.get("text")!));
  if (mixed.length > 0) throw rowsMixed(path, mixed.map(placeOf));
  const labels = labelRows(path, numbered);
  const annotators = valuesOf(rows, facts, "annotator");
  if (annotators.length !== 1) throw noAnnotator(path, annotators);
  const labelled_at = valuesOf(rows, facts, "date").at(-1) ?? null;
  return { annotator: annotators[0]!, labelled_at, file: basename(path), sha256: hash("sha256", readFileSync(path), "hex"), labels };
}

/** Ties a text to its number, whatever a spreadsheet does to its blanks and signs. */
export function checkOf(key: string, no: number, text: string): string {
  return hash("sha256", `${key}:${no}:${text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "")}`, "hex").slice(0, 8);
}

/** The rows of the label table, and what the first sheet of a workbook says (who, when, which sample). */
async function readTables(path: string): Promise<{ rows: LabelRow[]; facts: Map<Column, string> }> {
  const rows: LabelRow[] = [];
  const facts = new Map<Column, string>();
  const seen: string[] = [];
  let found = false;
  const reading: Reading = { format: "csv", encoding: null, delimiter: null, headed: true, headerLine: 0, skippedSheets: [] };
  const mapped = Object.values(columns).flatMap(({ zh, en }) => [zh, en]);
  for await (const { header, sheet, rows: raw } of readRows(await openFile(inputOf(path)), { cellLimit: 100_000, mapped }, reading, new Notes())) {
    const names = header.map(columnNamed);
    const labelled = names.includes("no") && names.includes("label");
    found ||= labelled;
    if (!labelled) seen.push(...header);
    for (const row of raw) {
      const place = sheet === null ? String(row.line) : `${sheet.name} ${row.line}`;
      const cells = cellsOf(row, names, `${path}: ${place}`);
      if (labelled && cells.size > 0) rows.push({ place, cells });
      const fact = columnNamed(cells.get("item") ?? "");
      if (!labelled && fact !== null) facts.set(fact, cells.get("content") ?? "");
    }
  }
  if (!found) throw noTable(path, seen);
  return { rows, facts };
}

/** Empty for a row without anything in it. */
function cellsOf({ cells, fault, detail }: RawRow, names: readonly (Column | null)[], where: string): Map<Column, string> {
  if (fault !== null) throw rowUnreadable(where, `${fault} ${detail}`.trim());
  if (cells.every((cell) => cell.trim() === "")) return new Map();
  return new Map(names.flatMap((name, i) => (name === null ? [] : [[name, (cells[i] ?? "").trim()] as const])));
}

/** What the sheet says in a column of its rows or on its first page: distinct, sorted, without empty ones. */
function valuesOf(rows: readonly LabelRow[], facts: ReadonlyMap<Column, string>, column: Column): string[] {
  return [...new Set([facts.get(column), ...rows.map(({ cells }) => cells.get(column))])].filter((value) => value !== undefined && value !== "").sort() as string[];
}

/** Rows by number: each of 1 … `count` once. */
function numberRows(path: string, rows: readonly LabelRow[], count: number): Map<number, LabelRow> {
  const numbered = new Map<number, LabelRow>();
  const unknown: string[] = [];
  const twice: string[] = [];
  for (const row of rows) {
    const written = row.cells.get("no")!.normalize("NFKC");
    const no = /^\d{1,6}$/.test(written) ? Number(written) : 0;
    if (no < 1 || no > count) unknown.push(placed(row, written));
    else if (numbered.has(no)) twice.push(placed(row, written));
    else numbered.set(no, row);
  }
  if (unknown.length > 0) throw rowsUnknown(path, unknown, count);
  if (twice.length > 0) throw rowsTwice(path, twice);
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((no) => !numbered.has(no));
  if (missing.length > 0) throw rowsMissing(path, missing, count);
  return numbered;
}

function labelRows(path: string, numbered: ReadonlyMap<number, LabelRow>): { no: number; label: AuditLabel | null }[] {
  const unknown: string[] = [];
  const labels = [...numbered].map(([no, row]) => {
    const label = labelOf(row.cells.get("label")!);
    if (label === undefined) unknown.push(placed(row, row.cells.get("label")!));
    return { no, label: label ?? null };
  });
  if (unknown.length > 0) throw labelsUnknown(path, unknown, knownLabels);
  return labels.sort((a, b) => a.no - b.no);
}

const placeOf = ({ place }: LabelRow): string => `[${place}]`;
const placed = (row: LabelRow, written: string): string => `${placeOf(row)} "${[...written].slice(0, 40).join("")}"`;
