import { integer } from "../../reports/format.ts";
import { printable, type Language } from "../errors.ts";
import { dueTime, sourceOf } from "./columns.ts";
import type { Ledger } from "./ledger.ts";
import { classNames, statusNames } from "./names.ts";
import { countsOf, openItems, standing, type OpenItem } from "./open.ts";
import { statuses, type Status } from "./rules.ts";

/** Which items are wanted. all: closed ones too, also when `status` is absent. */
export interface Wanted {
  all: boolean;
  event: string | null;
  status: Status | null;
}

/** The wanted items: open ones as openItems has them, then closed ones in order of filing. */
export function wantedItems(ledger: Ledger, { all, event, status }: Wanted, now_ms: number): OpenItem[] {
  const closed = all || status === "closed" ? ledger.items.filter((item) => item.status === "closed").map((item) => standing(item, now_ms)) : [];
  return [...openItems(ledger, now_ms), ...closed].filter(({ item }) => (event === null || item.events.includes(event)) && (status === null || item.status === status));
}

/** Lines for a terminal: a header, an item each, cells apart by tabs; hostile texts cannot break a line. */
export function listLines(items: readonly OpenItem[], language: Language, utcOffsetMs: number): string[] {
  const heads = language === "zh" ? ["编号", "状态", "时限", "等级", "类别", "事件", "触达", "承办部门", "来源", "标题"] : ["id", "status", "deadline", "grade", "class", "event", "reach", "department", "source", "title"];
  const rows = items.map((one) => {
    const { id, status, grade, classes, events, reach, department, title } = one.item;
    return [id, statusNames[status][language], dueWords(one, language, utcOffsetMs), grade[language], classNames(classes, language), events.join(" "), integer(reach, language), department ?? "—", sourceOf(one.item, language), title];
  });
  return [heads, ...rows].map((cells) => cells.map((cell) => printable(cell.replace(/\s+/g, " "))).join("\t"));
}

/** "逾期 2026-10-08 12:00 首次回复（…）": the oldest that has passed, else the next; — without one. */
function dueWords({ overdue, next }: OpenItem, language: Language, utcOffsetMs: number): string {
  const due = overdue[0] ?? next;
  if (due === null || due === undefined) return "—";
  return `${overdue.length > 0 ? (language === "zh" ? "逾期 " : "overdue ") : ""}${dueTime(due.due_ms, utcOffsetMs)} ${due.name[language]}${due.provisional ? (language === "zh" ? "（暂按周末推算）" : " (holidays not published yet)") : ""}`;
}

/** How the whole ledger stands, in two lines. */
export function countLines(ledger: Ledger, now_ms: number, language: Language): string[] {
  const { items, status, overdue, deadlines } = countsOf(ledger, now_ms);
  const number = (value: number): string => integer(value, language);
  const by = statuses.map((one) => `${statusNames[one][language]} ${number(status[one])}`).join(" · ");
  const open = items - status.closed;
  if (language === "zh") return [`台账 ${number(items)} 条：${by}；未办结 ${number(open)} 条，其中逾期 ${number(overdue)} 条`, `时限：按时 ${number(deadlines.met)} · 逾期完成 ${number(deadlines.late)} · 逾期未办 ${number(deadlines.overdue)} · 未到期 ${number(deadlines.running)}`];
  return [`${number(items)} items: ${by}; ${number(open)} open, ${number(overdue)} of them overdue`, `deadlines: met ${number(deadlines.met)} · late ${number(deadlines.late)} · overdue ${number(deadlines.overdue)} · not due yet ${number(deadlines.running)}`];
}
