import { integer } from "../../reports/format.ts";
import { nameOf } from "../../reports/names.ts";
import type { Language, Message } from "../errors.ts";
import { revisionOf } from "./history.ts";
import type { Deadline, LedgerItem } from "./ledger.ts";
import { classNames, statusNames } from "./names.ts";

/** Columns of the workbook, in order; `editable` ones may come back changed. Headers are known in either language. */
export const columns = {
  id: { zh: "编号", en: "id", width: 11, editable: false },
  event: { zh: "事件", en: "event", width: 12, editable: false },
  grade: { zh: "等级", en: "grade", width: 8, editable: false },
  class: { zh: "类别", en: "class", width: 14, editable: false },
  title: { zh: "标题", en: "title", width: 40, editable: false },
  source: { zh: "来源", en: "source", width: 20, editable: false },
  published: { zh: "发布时间", en: "published", width: 17, editable: false },
  found: { zh: "首次发现", en: "first seen", width: 11, editable: false },
  posts: { zh: "帖文", en: "posts", width: 7, editable: false },
  reach: { zh: "触达", en: "reach", width: 9, editable: false },
  reposts: { zh: "单条最高转发", en: "most reposts of one post", width: 9, editable: false },
  mood: { zh: "情绪（估计）", en: "mood (estimate)", width: 9, editable: false },
  deadlines: { zh: "时限", en: "deadlines", width: 44, editable: false },
  status: { zh: "状态", en: "status", width: 10, editable: true },
  department: { zh: "承办部门", en: "department", width: 16, editable: true },
  note: { zh: "备注", en: "note", width: 36, editable: true },
  url: { zh: "链接", en: "link", width: 24, editable: false },
  revision: { zh: "版本", en: "revision", width: 7, editable: false },
} as const satisfies Record<string, Message & { width: number; editable: boolean }>;
export type Column = keyof typeof columns;
export const columnKeys = Object.keys(columns) as Column[];

/** Rows of the first sheet that are read back, or looked for. */
export const guideRows = {
  item: { zh: "项目", en: "item" },
  content: { zh: "内容", en: "content" },
  by: { zh: "填表人", en: "filled in by" },
} as const satisfies Record<string, Message>;

const plainHeader = (header: string): string => header.normalize("NFKC").trim().toLowerCase();

/** The column that a header names, and in which language; null when it is none of ours. */
export function columnNamed(header: string): { column: Column; language: Language } | null {
  const name = plainHeader(header);
  for (const column of columnKeys) for (const language of ["zh", "en"] as const) if (plainHeader(columns[column][language]) === name) return { column, language };
  return null;
}

/** Longest cell, in UTF-16 units: what a page can show; all else stays in the ledger. */
const longest = 2000;

/** Cells of an item as they are exported. Numbers are numbers; unknown ones are words. */
export function cellsOf(item: LedgerItem, language: Language, utcOffsetMs: number): Record<Column, string | number> {
  const { published_ms, precision, reposts, deadlines } = item;
  return {
    id: item.id,
    event: shortened(item.events.join(language === "zh" ? "、" : ", ")),
    grade: item.grade[language],
    class: shortened(classNames(item.classes, language)),
    title: shortened(item.title),
    source: shortened(sourceOf(item, language)),
    published: published_ms === null ? nameOf("", null, language) : local(published_ms, utcOffsetMs).slice(0, precision === "day" ? 10 : 16),
    found: item.first_seen,
    posts: item.posts,
    reach: item.reach,
    reposts: reposts ?? integer(null, language),
    mood: nameOf("polarity", item.mood, language),
    deadlines: deadlines.map((one) => deadlineText(one, language, utcOffsetMs)).join("\n"),
    status: statusNames[item.status][language],
    department: item.department ?? "",
    note: item.note ?? "",
    url: shortened(item.url ?? ""),
    revision: revisionOf(item),
  };
}

/** "微博 · 新浪微博 · 赵*一"; what is not known is left out. */
export function sourceOf({ platform, source, author_name }: LedgerItem, language: Language): string {
  return [platform === null ? null : nameOf("platform", platform, language), source, author_name].filter((part) => part !== null).join(" · ") || nameOf("", null, language);
}

/** "首次回复（…）：2026-10-08 12:00 前" and what came of it. */
export function deadlineText({ name, due_ms, met_ms, provisional }: Deadline, language: Language, utcOffsetMs: number): string {
  const zh = language === "zh";
  const guess = provisional ? (zh ? "（暂按周末推算）" : " (holidays not published yet)") : "";
  const done = met_ms === null ? "" : `${zh ? "；" : "; "}${met_ms > due_ms ? (zh ? "逾期完成于 " : "late, on ") : zh ? "完成于 " : "met on "}${local(met_ms, utcOffsetMs)}`;
  return zh ? `${name.zh}：${dueTime(due_ms, utcOffsetMs)} 前${guess}${done}` : `${name.en}: by ${dueTime(due_ms, utcOffsetMs)}${guess}${done}`;
}

/** "2026-10-13 24:00": a day that ends, not one that begins. */
export function dueTime(due_ms: number, utcOffsetMs: number): string {
  const time = local(due_ms, utcOffsetMs);
  return time.endsWith(" 00:00") ? `${local(due_ms - 1, utcOffsetMs).slice(0, 10)} 24:00` : time;
}

/** "2026-10-08 12:00". */
export const local = (ms: number, utcOffsetMs: number): string => new Date(ms + utcOffsetMs).toISOString().slice(0, 16).replace("T", " ");

const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text);
