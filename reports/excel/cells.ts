import type { Chart } from "../contract.ts";
import { textWidth } from "../charts/measure.ts";
import { cellLimit, type Cell, type CellStyle, type Worksheet } from "./workbook.ts";

/** A text for a cell; what a cell cannot hold is cut, and … marks the cut. */
export const text = (value: string | null, style: CellStyle = "text"): Cell | null => (value === null ? null : { value: value.length > cellLimit ? `${value.slice(0, cellLimit - 1)}…` : value, style });
export const number = (value: number | null): Cell | null => (value === null ? null : { value, style: "number" });
export const head = (labels: readonly string[]): (Cell | null)[] => labels.map((label) => text(label, "head"));

/** Formatted text of a number column as the number that it shows: 「1,234」, 「12.3%」. Anything else (1.2万, 未知, —) stays text. */
export function shown(value: string): Cell | null {
  if (/^-?(\d{1,3}(,\d{3})+|\d+)$/.test(value) && value.length <= 15) return { value: Number(value.replaceAll(",", "")), style: "integer" };
  if (/^-?\d+\.\d+$/.test(value) && value.length <= 15) return { value: Number(value), style: "number" };
  const share = /^(-?\d+(\.\d)?)%$/.exec(value);
  // Divided as text, so that 12.3 % is 0.123 and not 0.12300000000000001.
  if (share) return { value: Number(`${share[1]}e-2`), style: share[2] === undefined ? "percent" : "percent1" };
  return text(value);
}

/** The table of a chart as a sheet. */
export function chartSheet(name: string, { table: { columns, rows } }: Chart): Worksheet {
  const cells = rows.map((row) => columns.map(({ key, align }) => (Object.hasOwn(row, key) ? (align === "right" ? shown(row[key]!) : text(row[key]!)) : null)));
  return { name, widths: columns.map(({ key, label }) => widthOf([label, ...rows.slice(0, 100).map((row) => (Object.hasOwn(row, key) ? row[key]! : ""))])), rows: [head(columns.map(({ label }) => label)), ...cells] };
}

/** Width in characters after the longest text, between 8 and 48. */
const widthOf = (texts: readonly string[]): number => Math.round(Math.min(48, Math.max(8, ...texts.map((each) => 2 + 1.8 * textWidth(each.slice(0, 40), 1)))));

/** Names that Excel takes: at most 31 characters, none of \ / ? * [ ] :, no apostrophe at an end, not empty, each once whatever its case. */
export function sheetNames(wishes: readonly string[]): string[] {
  const taken = new Set<string>();
  return wishes.map((wish) => {
    const legal = [...wish.replace(/[\\/?*[\]:\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, " ").replace(/^[\s']+|[\s']+$/g, "")];
    const cut = (length: number): string => {
      const kept = [...legal];
      while (kept.join("").length > length) kept.pop();
      return kept.join("").replace(/[\s']+$/, "") || "Sheet";
    };
    let name = cut(31);
    for (let no = 2; taken.has(name.toLowerCase()) || name.toLowerCase() === "history"; no++) name = `${cut(31 - ` ${no}`.length)} ${no}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
