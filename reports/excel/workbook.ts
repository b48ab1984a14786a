import { storedZip } from "./zip.ts";

/** Styles of cells, in the order of `cellXfs`. The first four are typed as text, so that nothing is turned into a date or a formula while editing. */
const styles = ["text", "head", "input", "faint", "number", "integer", "percent", "percent1"] as const;
export type CellStyle = (typeof styles)[number];

export interface Cell {
  value: string | number;
  style: CellStyle;
}

export interface Worksheet {
  /** At most 31 characters, none of \ / ? * [ ] : */
  name: string;
  /** Width of each column in characters. */
  widths: readonly number[];
  /** The first row is the header: it stays in sight. Rows end at their last cell; a gap is null. */
  rows: readonly (readonly (Cell | null)[])[];
  /** Cells of a column, from the second row on, that take one of a list (255 characters in all, no comma within). */
  choice?: { column: number; of: readonly string[]; title: string; message: string };
}

/** Longest text of a cell, in UTF-16 units (Excel's limit). */
export const cellLimit = 32_767;

/** A workbook (ECMA-376, transitional) of texts and numbers, without formulas, links or shared strings. Same sheets, same bytes. */
export function workbook(sheets: readonly Worksheet[]): Uint8Array {
  const numbers = sheets.map((_, i) => i + 1);
  return storedZip([
    ["[Content_Types].xml", xml`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${main}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${main}.styles+xml"/>${numbers.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${main}.worksheet+xml"/>`)}</Types>`],
    ["_rels/.rels", xml`<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", xml`<workbook xmlns="${spreadsheet}" xmlns:r="${office}"><bookViews><workbookView/></bookViews><sheets>${sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)}</sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", xml`<Relationships xmlns="${relationships}">${numbers.map((n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${String(sheets.length + 1)}" Type="${office}/styles" Target="styles.xml"/></Relationships>`],
    ["xl/styles.xml", stylesXml],
    ...sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)] as const),
  ]);
}

const main = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relationships = "http://schemas.openxmlformats.org/package/2006/relationships";

/** Joins what is already XML. */
function xml(strings: TemplateStringsArray, ...values: (string | readonly string[])[]): string {
  const parts = values.map((value, i) => (typeof value === "string" ? value : value.join("")) + strings[i + 1]!);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${strings[0]!}${parts.join("")}`;
}

const font = (rest: string): string => `<font><sz val="11"/>${rest}<name val="等线"/><family val="2"/></font>`;
const fill = (colour: string): string => `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/></patternFill></fill>`;
const format = (numberFormat: number, fontId: number, fillId: number): string => `<xf numFmtId="${numberFormat}" fontId="${fontId}" fillId="${fillId}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`;
/** Format 49 is text, 0 general, 3 #,##0, 9 per cent without decimals; 164 is our own, with one. */
const stylesXml = xml`<styleSheet xmlns="${spreadsheet}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><fonts count="3">${[font(""), font("").replace("<sz", "<b/><sz"), font(`<color rgb="FF9AA3AC"/>`)]}</fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${[fill("FFE8EEF5"), fill("FFFFF8DC")]}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">${[format(49, 0, 0), format(49, 1, 2), format(49, 0, 3), format(49, 2, 0), format(0, 0, 0), format(3, 0, 0), format(9, 0, 0), format(164, 0, 0)]}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function sheetXml({ widths, rows, choice }: Worksheet): string {
  const columns = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  const list = choice && `<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="${escaped(choice.title)}" error="${escaped(choice.message)}" sqref="${letter(choice.column)}2:${letter(choice.column)}${rows.length}"><formula1>"${escaped(choice.of.join(","))}"</formula1></dataValidation></dataValidations>`;
  return xml`<worksheet xmlns="${spreadsheet}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>${rows.map(rowXml)}</sheetData>${list ?? ""}</worksheet>`;
}

function rowXml(cells: readonly (Cell | null)[], index: number): string {
  return `<row r="${index + 1}">${cells.map((cell, i) => (cell === null ? "" : cellXml(cell, `${letter(i)}${index + 1}`))).join("")}</row>`;
}

function cellXml({ value, style }: Cell, place: string): string {
  const attributes = `r="${place}" s="${styles.indexOf(style)}"`;
  if (typeof value === "number") return `<c ${attributes}><v>${value}</v></c>`;
  if (value === "") return `<c ${attributes}/>`;
  if (value.length > cellLimit) throw new RangeError(`cell ${place}: ${value.length} characters`);
  return `<c ${attributes} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

/** Column letters: A … Z, AA …; from 0. */
const letter = (column: number): string => (column < 26 ? "" : letter(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/** Text as XML; characters that XML cannot hold as _xHHHH_, and text that looks like such an escape escaped itself (ECMA-376 §22.9.2.19). Lone surrogates become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`)
    .replace(/[&<>"]/g, (c) => (c === "&" ? "&amp;" : c === "<" ? "&lt;" : c === ">" ? "&gt;" : "&quot;"));
}
