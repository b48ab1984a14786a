import { columnOf, numberText, unescapeCell, type Styles } from "./cell-values.ts";
import { kind } from "../open/file-errors.ts";
import { isAccountTable, isTextHeader, isTitleHeader, noText, normalizeHeader } from "../posts/headers.ts";
import type { Notes } from "../doubts/notes.ts";
import type { WorkbookSource } from "../open/open.ts";
import type { Reading, ReadOptions } from "./read.ts";
import { quoted } from "./rejects.ts";
import type { RawRow, RowBatch } from "./rows.ts";
import { findHeader, headed, isHeader, looksLikeData, numbered, type Shape } from "./table.ts";
import { readSheets, readStrings, readStyles, type Sheet } from "./workbook.ts";
import { readXml } from "./xml.ts";
import type { Archive } from "../open/zip.ts";

interface SheetRow {
  line: number;
  cells: string[];
}

const headRows = 20;

/**
 * Reads all visible sheets of a workbook that have a text column, one after another; the others are listed in `reading.skippedSheets`.
 * Only the rows in flight and the shared strings are in memory; declared dimensions, merges, formulas and links are not looked at.
 */
export async function* readWorkbook(source: WorkbookSource, options: ReadOptions, reading: Reading, notes: Notes): AsyncGenerator<RowBatch> {
  const { path } = source;
  const archive = await source.archive();
  try {
    if (!archive.isWorkbook) {
      throw kind(path, `zip: ${archive.entries.slice(0, 5).map(({ name }) => name).join(", ")}`, { zh: "压缩包：请先解压，再导入里面的文件；.xlsb/.ods 请另存为 .xlsx", en: "a zip: unpack it and import what is inside; save .xlsb/.ods as .xlsx" });
    }
    const { sheets, from1904 } = await readSheets(archive, path);
    const styles = await readStyles(archive, path, from1904);
    const strings = await readStrings(archive, path);
    let firstHeader: string[] | null = null;
    let used = 0;
    for (const [index, sheet] of sheets.entries()) {
      let found = false;
      for await (const part of sheet.hidden ? [] : readSheet(archive, path, sheet, strings, styles, options, reading, notes)) {
        firstHeader ??= part.header;
        if (!part.usable) break;
        found = true;
        yield { sheet: { name: sheet.name, index }, table: index, ...part };
      }
      if (found) used++;
      else {
        reading.skippedSheets.push(sheet.name);
        notes.add("SHEET_SKIPPED", 0);
      }
    }
    if (used === 0) throw noText(firstHeader ?? [], path);
  } finally {
    archive.close();
  }
}

interface SheetPart extends Pick<RowBatch, "header" | "headed" | "dialect" | "rows"> {
  usable: boolean;
}

/** As which a workbook's rows are written in rejects.csv. */
const dialect = { format: "csv", delimiter: ",", quote: '"', strict: true, variants: [] } as const;

async function* readSheet(archive: Archive, path: string, sheet: Sheet, strings: readonly string[], styles: Styles, options: ReadOptions, reading: Reading, notes: Notes): AsyncGenerator<SheetPart> {
  let waiting: SheetRow[] = [];
  let table: { header: string[]; shape: Shape; headed: boolean } | null = null;
  const names = new Set(options.mapped.map(normalizeHeader));
  const start = (): SheetPart | null => {
    const { at, hits } = findHeader(waiting.map((row) => row.cells), names);
    const bare = hits === 0 && looksLikeData(waiting[0]?.cells ?? []);
    const width = Math.max(0, ...waiting.map((row) => row.cells.length));
    table = bare ? { ...numbered(width), headed: false } : { ...headed(waiting[at]?.cells ?? []), headed: true };
    const plain = table.header.map(normalizeHeader);
    const usable = isAccountTable(table.header) || table.header.some((name) => isTextHeader(name) || isTitleHeader(name)) || plain.some((name) => names.has(name)) || (bare && width > 0 && [...names].some((name) => /^列\d+$/.test(name)));
    for (const row of waiting.slice(0, bare ? 0 : at)) notes.add("PREAMBLE", row.line);
    waiting = waiting.slice(bare ? 0 : at + 1);
    reading.headed = !bare;
    return usable ? null : { ...table, usable: false, dialect: { ...dialect, width }, rows: [] };
  };
  const take = (): SheetPart => {
    const { header, shape, headed: withHeader } = table!;
    const rows = waiting.map(({ line, cells }) => rowOf(line, cells, header, shape, withHeader));
    waiting = [];
    return { header, headed: withHeader, usable: true, dialect: { ...dialect, width: header.length }, rows };
  };
  for await (const rows of sheetRows(archive, path, sheet.part, strings, styles)) {
    waiting.push(...rows);
    if (table === null && waiting.length < headRows) continue;
    if (table === null) {
      const unusable = start();
      if (unusable) return yield unusable;
    }
    yield take();
  }
  if (table === null) {
    if (waiting.length === 0) return;
    const unusable = start();
    yield unusable ?? take();
  }
}

function rowOf(line: number, cells: string[], header: readonly string[], shape: Shape, withHeader: boolean): RawRow {
  const row = { line, lineTo: line, byteFrom: null, byteTo: null, get raw(): string { return csvLine(cells, header.length); }, detail: "" };
  const fault = withHeader && isHeader(cells, header) ? "HEADER_REPEATED" : shape.faultOfSheet(cells);
  return Object.assign(row, fault ? { cells: [], fault, detail: fault === "ROW_LONG" ? `${cells.length} / ${shape.width}` : "" } : { cells, fault: null });
}

/** Trailing empty cells are not stored: the line has them. */
function csvLine(cells: readonly string[], width: number): string {
  const padding = new Array<string>(Math.max(0, width - cells.length)).fill("");
  return [...cells, ...padding].map(quoted).join(",");
}

/** The non-empty rows of a sheet, as they stream in. */
async function* sheetRows(archive: Archive, path: string, part: string, strings: readonly string[], styles: Styles): AsyncGenerator<SheetRow[]> {
  let ready: SheetRow[] = [];
  let row: SheetRow | null = null;
  let line = 0;
  let column = -1;
  let type = "";
  let style = 0;
  let value = "";
  let inside: "v" | "t" | null = null;
  let phonetic = false;
  const handler = {
    open(name: string, attributes: Record<string, string>): void {
      if (name === "row") {
        line = Number(attributes["r"] ?? line + 1) || line + 1;
        row = { line, cells: [] };
        column = -1;
      } else if (name === "c") {
        const at = columnOf(attributes["r"]);
        column = at >= 0 ? at : Math.min(column + 1, 16_383);
        type = attributes["t"] ?? "n";
        style = Number(attributes["s"] ?? 0);
        value = "";
      } else if (name === "v") inside = "v";
      else if (name === "t") inside = phonetic ? null : "t";
      else if (name === "rPh") phonetic = true;
    },
    text(text: string): void {
      if (inside !== null) value += text;
    },
    close(name: string): void {
      if (name === "v" || name === "t") inside = null;
      else if (name === "rPh") phonetic = false;
      else if (name === "c" && row !== null && value !== "") {
        while (row.cells.length < column) row.cells.push("");
        row.cells[column] = cellText(type, value, style, strings, styles);
      } else if (name === "row") {
        if (row !== null && row.cells.some((cell) => cell !== "")) ready.push(row);
        row = null;
      }
    },
  };
  for await (const rows of readXml(archive, part, path, handler, () => ready)) {
    ready = [];
    if (rows.length > 0) yield rows;
  }
}

function cellText(type: string, value: string, style: number, strings: readonly string[], styles: Styles): string {
  if (type === "s") return strings[Number(value)] ?? "";
  if (type === "inlineStr" || type === "str") return unescapeCell(value);
  if (type === "b") return value === "1" ? "true" : "false";
  if (type === "e") return "";
  if (type === "d") return value.replace("T", " ");
  return numberText(value, styles.kinds[style] ?? null, styles.from1904);
}
