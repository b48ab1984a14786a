import type { Language } from "../../pipeline/errors.ts";
import { sections } from "../case-study/index.ts";
import { figure as figureText, integer, points, round } from "../format.ts";
import type { FactChange, ReportDiff } from "./compare.ts";

const statusWords = {
  ok: { zh: "有结果", en: "ok" },
  empty: { zh: "没有帖文", en: "empty" },
  unavailable: { zh: "从略", en: "left out" },
  error: { zh: "失败", en: "failed" },
} as const;
export const statusText = (status: ReportDiff["statuses"][number]["a"], language: Language): string => (status === null ? { zh: "不在报告中", en: "not in the report" } : statusWords[status])[language];

export const sectionName = (id: string, language: Language): string => sections.find((section) => section.id === id)?.heading[language] ?? id;

/** A side of a change as the report writes it; null: absent. */
export function sideText(side: FactChange["a"], language: Language, utcOffsetMs: number): string {
  return side === null ? "—" : figureText(side, language, utcOffsetMs);
}

/** By how much: shares in points, instants in hours, counts with their part of the first value. */
export function changeText({ a, b, difference, overlap }: FactChange, language: Language): string {
  const zh = language === "zh";
  if (a === null || b === null) return "";
  if (difference === null || a.unit !== b.unit) return zh ? "不可比" : "cannot be compared";
  const sign = difference > 0 ? "+" : "−";
  const size = Math.abs(difference);
  const intervals = overlap === null ? "" : overlap ? (zh ? "；区间重叠" : "; intervals overlap") : zh ? "；区间不重叠" : "; intervals apart";
  const part = a.value === 0 ? "" : zh ? `（${sign}${round((size / Math.abs(a.value!)) * 100, 1).toFixed(1)}%）` : ` (${sign}${round((size / Math.abs(a.value!)) * 100, 1).toFixed(1)}%)`;
  switch (b.unit) {
    case "share":
    case "points":
      return `${sign}${size < 0.0005 ? (zh ? "不足 0.1 个百分点" : "less than 0.1 points") : points(size, language)}${intervals}`;
    case "ms":
      return `${sign}${size < 3_600_000 ? `${round(size / 60_000, 0)} ${zh ? "分钟" : "min"}` : `${round(size / 3_600_000, 1)} ${zh ? "小时" : "h"}`}${intervals}`;
    case "posts":
    case "authors":
    case "count":
      return `${sign}${Number.isInteger(size) ? integer(size, language) : round(size, 2)}${part}${intervals}`;
    default:
      return `${sign}${round(size, 2)}${part}${intervals}`;
  }
}
