import { strToU8, zipSync } from "fflate";

/** Writers of invented tables for the tests of formats: the same rows as CSV, JSON, JSON Lines and a workbook. */

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
export const csvText = (header: readonly string[], rows: readonly (readonly string[])[], bom = "\ufeff"): string => bom + [header, ...rows].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");

const objects = (header: readonly string[], rows: readonly (readonly string[])[]): Record<string, string>[] => rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));
export const jsonText = (header: readonly string[], rows: readonly (readonly string[])[]): string => JSON.stringify(objects(header, rows), null, 4);
export const jsonLines = (header: readonly string[], rows: readonly (readonly string[])[]): string => objects(header, rows).map((row) => `${JSON.stringify(row)}\n`).join("");

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const column = (i: number): string => (i < 26 ? "" : String.fromCharCode(64 + Math.floor(i / 26))) + String.fromCharCode(65 + (i % 26));
const sheetXml = (rows: readonly (readonly string[])[]): string =>
  `<worksheet><sheetData>${rows.map((cells, r) => `<row r="${r + 1}">${cells.map((cell, i) => (cell === "" ? "" : `<c r="${column(i)}${r + 1}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`)).join("")}</row>`).join("")}</sheetData></worksheet>`;

/** A workbook of inline strings; the first row of each sheet is its header. */
export function workbookOf(sheets: readonly { name: string; rows: readonly (readonly string[])[] }[]): Uint8Array {
  const parts: Record<string, Uint8Array> = {
    "xl/workbook.xml": strToU8(`<workbook xmlns:r="x"><sheets>${sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("")}</sheets></workbook>`),
    "xl/_rels/workbook.xml.rels": strToU8(`<Relationships>${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/s${i + 1}.xml"/>`).join("")}</Relationships>`),
  };
  sheets.forEach(({ rows }, i) => (parts[`xl/worksheets/s${i + 1}.xml`] = strToU8(sheetXml(rows))));
  return zipSync(parts);
}
