import { printable } from "../../pipeline/errors.ts";
import type { Block, Document, Piece } from "../document.ts";
import { columnsOf, table, wrap } from "./lines.ts";

/** For a mail body or a message in a chat. */
const columns = 72;
/** Rows of one table; the rest is counted. */
const mostRows = 40;

/** A document as plain text of 72 columns, a Han character taking two. Only addresses are longer than a line. Same document, same bytes; ends with a line feed. */
export function renderTextDocument({ language, title, issue, subtitle, label, blocks }: Document): string {
  const zh = language === "zh";
  const head = [[title, issue ?? "", label === "" ? "" : zh ? `【${label}】` : `[${label}]`].filter((part) => part !== "").join(zh ? "　" : " · "), subtitle].filter((line) => line !== "").flatMap((line) => wrap(flat(line), columns));
  const lines = [...head, "=".repeat(columns)];
  let last: string | null = null;
  for (const block of blocks) {
    const kind = block.kind === "paragraph" ? `paragraph ${block.style ?? ""}` : block.kind;
    if (!(kind === last && kind === "paragraph warning")) lines.push("");
    lines.push(...blockLines(block, zh));
    last = kind;
  }
  return `${lines.join("\n")}\n`;
}

const flat = (text: string): string => printable(text.replace(/\s+/gu, " "));

function blockLines(block: Block, zh: boolean): string[] {
  switch (block.kind) {
    case "heading":
      return headingLines(block.text, block.level, zh);
    case "paragraph":
      if (block.style === "warning") return hanging("! ", piecesText(block.pieces));
      if (block.style === "quote") return wrap(piecesText(block.pieces), columns - 4).map((line) => `    ${line}`);
      return wrap(piecesText(block.pieces), columns);
    case "list":
      return block.items.flatMap((item, i) => hanging(block.ordered ? `${i + 1}. ` : "- ", piecesText(item)));
    case "table":
      return [...wrap(flat(block.caption), columns), ...rowsOf(block.columns, block.rows, zh)];
    case "chart": {
      const { title, note, table } = block.chart;
      return [...wrap(flat(title), columns), ...wrap(zh ? `（${flat(note)}）` : `(${flat(note)})`, columns), ...rowsOf(table.columns, table.rows, zh)];
    }
  }
}

function headingLines(text: string, level: 1 | 2 | 3, zh: boolean): string[] {
  if (level === 1) return [...wrap(flat(text), columns), "-".repeat(columns)];
  return wrap(level === 2 ? (zh ? `【${flat(text)}】` : `[${flat(text)}]`) : flat(text), columns);
}

function rowsOf(heads: readonly { key: string; label: string; align?: "left" | "right" }[], rows: readonly Record<string, string>[], zh: boolean): string[] {
  const shown = rows.slice(0, mostRows).map((row) => heads.map(({ key }) => (Object.hasOwn(row, key) ? flat(row[key]!) : "")));
  const left = rows.length - shown.length;
  return [...table(heads.map(({ label, align }) => ({ label: flat(label), ...(align && { align }) })), shown, columns), ...(left > 0 ? [zh ? `（其余 ${left} 行略）` : `(${left} more rows)`] : [])];
}

function hanging(mark: string, text: string): string[] {
  const indent = " ".repeat(columnsOf(mark));
  return wrap(text, columns - indent.length).map((line, i) => (i === 0 ? mark : indent) + line);
}

/** Links by their address after the words. */
function piecesText(pieces: readonly Piece[]): string {
  return flat(pieces.map((piece) => (typeof piece === "string" ? piece : piece.link === undefined ? piece.text : `${piece.text} ${piece.link} `)).join("")).trim();
}
