import type { Filter } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { instant, integer } from "../format.ts";
import { nameOf } from "../names.ts";
import { columnNames, wordsOf } from "./words.ts";

type Scalar = string | number | boolean | null;

/** A filter in the reader's words: 「平台＝微博；发布时间 ≥ 2026年3月1日 08:00」. The empty filter is 全部帖文. */
export function filterWords(filter: Filter, language: Language, utcOffsetMs: number): string {
  const zh = language === "zh";
  const equals = zh ? "＝" : " = ";
  const value = (column: string, cell: Scalar) => valueWords(column, cell, language, utcOffsetMs);
  const test = (column: string, wanted: Filter[string]): string => {
    const name = columnNames[column]?.[language] ?? column;
    if (typeof wanted === "boolean" || ((column === "worded" || column === "author_first") && (wanted === 0 || wanted === 1))) return `${wanted ? "" : zh ? "非" : "not "}${name}`;
    if (Array.isArray(wanted)) return `${name}${equals}${wanted.map((cell) => value(column, cell)).join(zh ? " 或 " : " or ")}`;
    if (wanted === null || typeof wanted !== "object") return `${name}${equals}${value(column, wanted)}`;
    const bounds = [wanted.gte === undefined ? [] : [`≥ ${value(column, wanted.gte)}`], wanted.lt === undefined ? [] : [`< ${value(column, wanted.lt)}`]].flat();
    return `${name} ${bounds.join(zh ? " 且 " : " and ")}`;
  };
  const tests = Object.entries(filter).map(([column, wanted]) => test(column, wanted));
  return tests.length === 0 ? wordsOf(language).all : tests.join(zh ? "；" : "; ");
}

function valueWords(column: string, cell: Scalar, language: Language, utcOffsetMs: number): string {
  if (typeof cell !== "number") return nameOf(column, cell === null ? null : String(cell), language);
  if (column === "day") return instant(cell * 86_400_000, language, 0, "day");
  if (column === "slot") return instant(cell * 600_000, language, 0);
  if (column === "published_ms") return instant(cell, language, utcOffsetMs);
  if (column === "taxonomy" || column === "class") return String(cell + 1);
  if (column === "topic" || column === "viewpoint") return String(cell);
  return integer(cell, language);
}
