import type { Message } from "../errors.ts";
import type { Deadline, Ledger, LedgerItem } from "./ledger.ts";
import { statuses, type Status } from "./rules.ts";

/** An item that is not closed, and how it stands at an instant. */
export interface OpenItem {
  item: LedgerItem;
  /** Deadlines that have passed without being met, and the next that has not passed; soonest first. */
  overdue: Deadline[];
  next: Deadline | null;
}

/** Open items: overdue ones first, longest overdue at the head; then by the next deadline, those without one last; then the higher grade; then by id. */
export function openItems({ items }: Ledger, now_ms: number): OpenItem[] {
  const open = items.filter(({ status }) => status !== "closed").map((item) => standing(item, now_ms));
  const first = ({ overdue, next }: OpenItem): number => overdue[0]?.due_ms ?? next?.due_ms ?? Infinity;
  return open.sort((a, b) => Number(b.overdue.length > 0) - Number(a.overdue.length > 0) || order(first(a), first(b)) || b.item.grade.index - a.item.grade.index || byId(a.item, b.item));
}

export function standing(item: LedgerItem, now_ms: number): OpenItem {
  const running = item.deadlines.filter(({ met_ms }) => met_ms === null).sort((a, b) => a.due_ms - b.due_ms);
  return { item, overdue: running.filter(({ due_ms }) => due_ms < now_ms), next: running.find(({ due_ms }) => due_ms >= now_ms) ?? null };
}

export interface LedgerCounts {
  items: number;
  status: Record<Status, number>;
  /** Open items with a deadline that has passed. */
  overdue: number;
  /** Over all items: met in time, met late, passed and not met, still running. They add up to all deadlines. */
  deadlines: { met: number; late: number; overdue: number; running: number };
}

export function countsOf({ items }: Ledger, now_ms: number): LedgerCounts {
  const all = items.flatMap(({ deadlines }) => deadlines);
  const count = (which: (one: Deadline) => boolean): number => all.filter(which).length;
  return {
    items: items.length,
    status: Object.fromEntries(statuses.map((status) => [status, items.filter((item) => item.status === status).length])) as Record<Status, number>,
    overdue: items.filter((item) => item.status !== "closed" && standing(item, now_ms).overdue.length > 0).length,
    deadlines: {
      met: count(({ met_ms, due_ms }) => met_ms !== null && met_ms <= due_ms),
      late: count(({ met_ms, due_ms }) => met_ms !== null && met_ms > due_ms),
      overdue: count(({ met_ms, due_ms }) => met_ms === null && due_ms < now_ms),
      running: count(({ met_ms, due_ms }) => met_ms === null && due_ms >= now_ms),
    },
  };
}

/** Deadlines of open items that are not met, as alerts read them; soonest first. */
export function runningDeadlines(ledger: Ledger): { item: string; event: string | null; title: string; rule: string; name: Message; due_ms: number; status: Status }[] {
  return ledger.items
    .filter(({ status }) => status !== "closed")
    .flatMap(({ id, events, title, status, deadlines }) => deadlines.filter(({ met_ms }) => met_ms === null).map(({ rule, name, due_ms }) => ({ item: id, event: events[0] ?? null, title, rule, name, due_ms, status })))
    .sort((a, b) => a.due_ms - b.due_ms || (a.item === b.item ? order(a.rule, b.rule) : byNumber(a.item, b.item)));
}

const order = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: LedgerItem, b: LedgerItem): number => byNumber(a.id, b.id);
/** 2026-9999 before 2026-10000. */
const byNumber = (a: string, b: string): number => a.length - b.length || order(a, b);
