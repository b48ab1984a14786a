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

const fileFields: Record<string, [zh: string, en: string]> = { sha256: ["指纹", "digest"], read: ["读入", "read"], kept: ["计入", "kept"] };

/** Files by name and what of them differs; anything else by its path, as in the files of the event and the configuration. */
export function conditionText(path: string, language: Language): string {
  const [, name, field] = /^files\.(.*)\.(sha256|read|kept)$/s.exec(path) ?? [];
  return name === undefined ? path : `${name} · ${fileFields[field!]![language === "zh" ? 0 : 1]}`;
}

/** A value of a condition, cut: strings without their quotes, digests by their first twelve digits. */
export function valueText(json: string | null): string {
  if (json === null || !json.startsWith('"')) return cut(json);
  const text = JSON.parse(json) as string;
  return /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 12) : cut(text);
}

/** The first 60 characters; — for nothing. */
export function cut(text: string | null): string {
  if (text === null) return "—";
  const characters = [...text];
  return characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : text;
}

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
      return `${size < 0.0005 ? (zh ? `${difference > 0 ? "升" : "降"}不足 0.1 个百分点` : `${difference > 0 ? "up" : "down"} less than 0.1 points`) : `${sign}${points(size, language)}`}${intervals}`;
    case "ms":
      return `${sign}${size < 3_600_000 ? `${round(size / 60_000, 0)} ${zh ? "分钟" : "min"}` : `${round(size / 3_600_000, 1)} ${zh ? "小时" : "h"}`}${intervals}`;
    case "hours":
      return `${sign}${round(size, 1)} ${zh ? "小时" : "h"}${part}${intervals}`;
    case "posts":
    case "authors":
    case "count":
      return `${sign}${Number.isInteger(size) ? integer(size, language) : round(size, 2)}${part}${intervals}`;
    default:
      return `${sign}${round(size, 2)}${part}${intervals}`;
  }
}
