import { textWidth } from "../charts/measure.ts";
import type { WordBlock } from "./contract.ts";
import { idOf } from "./styles.ts";
import { texts } from "./xml.ts";

type Table = Extract<WordBlock, { kind: "table" }>;

/** Columns from which on the print is small, and its size in half points. */
const many = 7;
const small = 15;
/** Twips beside the text of a cell, and of one among many. */
const padding = 200;
const tight = 100;
/** Columns from which a long header may take two lines. */
const several = 5;

/** A native table, at most as wide as the line: header repeated on every page, rows not torn apart. `bookmark` marks the row of a fact. */
export function tableXml({ columns, rows, facts, small: asked = false, full = false }: Table, style: string, width: number, bookmark: (fact: number) => string): string {
  const fine = asked || columns.length >= many;
  const natural = widthsOf(columns, rows, width, fine, asked);
  const spread = full ? width / natural.reduce((sum, each) => sum + each, 0) : 1;
  const widths = natural.map((each) => Math.floor(each * spread));
  const lines = fine ? '<w:spacing w:before="20" w:after="20" w:line="200" w:lineRule="exact"/>' : "";
  const size = fine ? `<w:rPr><w:sz w:val="${small}"/><w:szCs w:val="${small}"/></w:rPr>` : "";
  const cell = (text: string, i: number, lead = ""): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[i]!}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="${idOf("Cell")}"/>${lines}${columns[i]!.align === "right" ? '<w:jc w:val="right"/>' : ""}</w:pPr>${lead}${text === "" ? "" : `<w:r>${size}${texts(text)}</w:r>`}</w:p></w:tc>`;
  const head = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${columns.map(({ label }, i) => cell(label, i)).join("")}</w:tr>`;
  const body = rows.map((row, r) => `<w:tr><w:trPr><w:cantSplit/></w:trPr>${columns.map(({ key }, i) => cell(Object.hasOwn(row, key) ? row[key]! : "", i, i === 0 && facts ? facts[r]!.map(bookmark).join("") : "")).join("")}</w:tr>`);
  return `<w:tbl><w:tblPr><w:tblStyle w:val="${style}"/><w:tblW w:w="${widths.reduce((sum, each) => sum + each, 0)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>${fine ? `<w:tblCellMar><w:left w:w="${tight / 2}" w:type="dxa"/><w:right w:w="${tight / 2}" w:type="dxa"/></w:tblCellMar>` : ""}<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>${widths.map((each) => `<w:gridCol w:w="${each}"/>`).join("")}</w:tblGrid>${head}${body.join("")}</w:tbl>`;
}

/** Widths after the longest text of each column, at most 22 ems; a table that is too wide takes from its widest columns, so that numbers stay on one line. */
function widthsOf(columns: Table["columns"], rows: Table["rows"], width: number, fine: boolean, asked: boolean): number[] {
  const em = fine ? 175 : 240; // Word sets Han and digits a quarter of an em apart
  const labelLines = columns.length >= several ? 2 : 1;
  const wide = (text: string): number => Math.max(...text.split("\n").map((line) => textWidth(line.slice(0, 60), 1)));
  const longest = ({ key, label }: Table["columns"][number]): number => Math.max(2.5, Math.ceil(wide(label) / labelLines), wordOf(label), ...rows.map((row) => (Object.hasOwn(row, key) ? wide(row[key]!) : 0)));
  const natural = columns.map((column) => Math.ceil(Math.min(asked ? 34 : 22, longest(column)) * em) + (fine ? tight : padding));
  const cap = capOf(natural, width);
  return natural.map((each) => Math.floor(Math.min(each, cap)));
}

/** The longest word of a header, in ems: bold, and never torn apart. Han characters may each begin a line. */
const wordOf = (label: string): number => 1.15 * Math.max(...label.split(/[\s\p{Script=Han}]+/u).map((word) => textWidth(word, 1)));

/** The width to which the widest are cut so that all together fit. */
function capOf(natural: readonly number[], width: number): number {
  let rest = width;
  const sorted = [...natural].sort((a, b) => a - b);
  for (const [i, each] of sorted.entries()) {
    const even = rest / (sorted.length - i);
    if (each > even) return even;
    rest -= each;
  }
  return Infinity;
}
