import { YuqingError, type Language, type Message } from "../errors.ts";
import { Notes } from "../import/doubts/notes.ts";
import { inputOf } from "../import/open/inputs.ts";
import { openFile } from "../import/open/open.ts";
import { readRows, type Reading } from "../import/tables/read.ts";
import { change, tidied, type Edits } from "./change.ts";
import { cellsOf, columnKeys, columnNamed, columns, guideRows, type Column } from "./columns.ts";
import { itemUnknown, sheetNotLedger, statusUnknown } from "./errors.ts";
import { revisionOf, stateAt } from "./history.ts";
import type { Ledger, LedgerItem } from "./ledger.ts";
import { statusNames, statusOf } from "./names.ts";

/** A filled workbook as it came back. */
export interface LedgerSheet {
  /** The cell “filled in by”; null when it is empty. */
  by: string | null;
  rows: SheetRow[];
}
interface SheetRow {
  /** "台账 5": sheet and row. */
  place: string;
  language: Language;
  /** By column; one that the sheet does not have any more is absent. */
  cells: ReadonlyMap<Column, string>;
  /** Why the row could not be read; null when it could. */
  fault: string | null;
}

/** Why a cell cannot be used. column null: the whole row. */
export interface SheetFault {
  place: string;
  column: Column | null;
  got: string;
  why: Message;
}

/** Reads the workbook of `yuqing ledger export`. Throws LEDGER_SHEET, and what openFile throws. */
export async function readLedgerSheet(path: string): Promise<LedgerSheet> {
  const sheet: LedgerSheet = { by: null, rows: [] };
  const seen: string[] = [];
  const reading: Reading = { format: "csv", encoding: null, delimiter: null, headed: true, headerLine: 0, skippedSheets: [] };
  const mapped = [...Object.values(columns), ...Object.values(guideRows)].flatMap(({ zh, en }) => [zh, en]);
  let found = false;
  for await (const { header, sheet: where, rows } of readRows(await openFile(inputOf(path)), { cellLimit: 100_000, mapped }, reading, new Notes())) {
    const names = header.map(columnNamed);
    const listed = ["id", "revision"].every((column) => names.some((name) => name?.column === column));
    found ||= listed;
    if (!listed) seen.push(...header);
    for (const { line, cells, fault, detail } of rows) {
      const written = cells.map((cell) => cell.trim());
      if (!listed) sheet.by ??= signedBy(written);
      else if (fault !== null || written.some((cell) => cell !== "")) {
        const language = names.find((name) => name?.column === "id")!.language;
        sheet.rows.push({ place: where === null ? String(line) : `${where.name} ${line}`, language, cells: new Map(names.flatMap((name, i) => (name === null ? [] : [[name.column, written[i] ?? ""] as const]))), fault: fault === null ? null : `${fault} ${detail}`.trim() });
      }
    }
  }
  if (!found) throw sheetNotLedger(path, seen);
  return sheet;
}

const signedBy = ([item, content]: readonly string[]): string | null => ((item === guideRows.by.zh || item === guideRows.by.en) && content ? content : null);

/**
 * The ledger after what a person changed in the sheet. A cell counts as changed when it differs from what was exported (the revision of the row tells that), so what nights did to
 * an item meanwhile is kept; a field that someone else changed meanwhile to something else is a fault. All or nothing: with any fault the ledger is as it was.
 * A sheet that was applied changes nothing the second time.
 */
export function applySheet(ledger: Ledger, { rows }: LedgerSheet, by: string, at_ms: number, utcOffsetMs: number): { ledger: Ledger; changed: string[]; faults: SheetFault[] } {
  const faults: SheetFault[] = [];
  const changed: string[] = [];
  const items = new Map(ledger.items.map((item) => [item.id, item]));
  const places = new Map<string, string>();
  let after = ledger;
  for (const row of rows) {
    const found = faults.length;
    const id = row.cells.get("id") ?? "";
    const item = items.get(id);
    const fault = (column: Column | null, got: string, why: Message): void => void faults.push({ place: row.place, column, got: [...got].slice(0, 40).join(""), why });
    if (row.fault !== null) fault(null, row.fault, { zh: "这一行读不了", en: "this row cannot be read" });
    else if (item === undefined) fault("id", id, id === "" ? { zh: "这一行没有编号；新的事项由夜间运行登记，不在表里添加", en: "no id: new items are filed by the nightly run, not added in the sheet" } : wordsOf(itemUnknown(id, [...items.keys()])));
    else if (places.has(id)) fault("id", id, { zh: `与“${places.get(id)!}”是同一编号`, en: `the same id as “${places.get(id)!}”` });
    else {
      places.set(id, row.place);
      const edits = editsOf(row, item, utcOffsetMs, fault);
      if (faults.length > found || edits === null) continue;
      try {
        const next = change(after, id, edits, by, at_ms);
        if (next !== after) changed.push(id);
        after = next;
      } catch (cause) {
        if (!(cause instanceof YuqingError)) throw cause;
        fault(columnOf(cause.code), edits.status === undefined ? "" : statusNames[edits.status][row.language], wordsOf(cause));
      }
    }
  }
  return faults.length > 0 ? { ledger, changed: [], faults } : { ledger: after, changed, faults };
}

/** What a person changed in a row; null without a revision that the item had. */
function editsOf(row: SheetRow, item: LedgerItem, utcOffsetMs: number, fault: (column: Column, got: string, why: Message) => void): Edits | null {
  const written = row.cells.get("revision")!.normalize("NFKC");
  const revision = /^\d{1,9}$/.test(written) ? Number(written) : Infinity;
  if (revision > revisionOf(item)) {
    fault("revision", written, { zh: `台账中这一条的版本是 0 … ${revisionOf(item)}；版本列不要改动`, en: `the item has revisions 0 … ${revisionOf(item)}; leave that column alone` });
    return null;
  }
  const exported = stateAt(item, revision);
  const cells = cellsOf(exported, row.language, utcOffsetMs);
  for (const column of columnKeys) {
    const cell = row.cells.get(column);
    if (cell !== undefined && !columns[column].editable && plain(cell) !== plain(String(cells[column]))) fault(column, cell, { zh: `这一列不能改；原为“${clipped(String(cells[column]))}”`, en: `not a column to edit; it was “${clipped(String(cells[column]))}”` });
  }
  const edits: Edits = {};
  const status = row.cells.get("status");
  const wanted = status === undefined ? exported.status : statusOf(status);
  if (wanted === null) fault("status", status!, wordsOf(statusUnknown(status!)));
  else if (wanted !== exported.status && wanted !== item.status) {
    if (item.status !== exported.status) fault("status", status!, meanwhile(statusNames[item.status], row.language));
    edits.status = wanted;
  }
  for (const field of ["department", "note"] as const) {
    const cell = row.cells.get(field);
    const value = cell === undefined ? exported[field] : tidied(field, cell);
    if (value === exported[field] || value === item[field]) continue;
    if (item[field] !== exported[field]) fault(field, cell!, meanwhile({ zh: clipped(item[field] ?? ""), en: clipped(item[field] ?? "") }, row.language));
    edits[field] = value;
  }
  return edits;
}

const meanwhile = (now: Message, language: Language): Message => ({ zh: `导出之后已有人改为“${now[language]}”；请重新导出后再改`, en: `changed by someone since the export, to “${now[language]}”; export again and change it there` });

/** What an error says, on one line. */
const wordsOf = ({ parts: { what, expected, next } }: YuqingError): Message => {
  const line = (language: Language): string => [what[language], expected, next?.[language]].filter((part) => part !== undefined).join(language === "zh" ? "；" : "; ");
  return { zh: line("zh"), en: line("en") };
};

/** Which cell a refused change is about. */
function columnOf(code: string): Column {
  if (code === "LEDGER_DEPARTMENT") return "department";
  return code === "LEDGER_REASON" || code === "LEDGER_VALUE" ? "note" : "status";
}

/** What no spreadsheet changes by itself: letters and digits. */
const plain = (text: string): string => text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "");
const clipped = (text: string): string => [...text].slice(0, 30).join("");
