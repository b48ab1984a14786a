import type { Ledger, LedgerItem } from "../ledger/ledger.ts";
import type { Digest, OpenItem } from "./schema.ts";
import type { Span } from "./span.ts";

const hourMs = 3_600_000;

/** What was filed and closed in the period, and what is open at its end: overdue first, then by deadline, then by grade. `most`: items listed. */
export function ledgerOf({ items }: Ledger, { from, to }: Span, sinceMs: number, nowMs: number, most: number): Digest["ledger"] {
  const open = items.filter(({ status }) => status !== "closed");
  const rows = open.map((one) => ({ one, row: openItem(one, nowMs) }));
  rows.sort((a, b) => (a.row.due?.due_ms ?? Infinity) - (b.row.due?.due_ms ?? Infinity) || b.one.grade.index - a.one.grade.index || (a.row.id < b.row.id ? -1 : 1));
  return {
    filed: items.filter(({ first_seen }) => first_seen >= from && first_seen <= to).map(({ id }) => id),
    closed: items.filter((one) => one.status === "closed" && closedAt(one) > sinceMs && closedAt(one) <= nowMs).map(({ id }) => id),
    open: open.length,
    overdue: rows.filter(({ row }) => (row.due?.due_h ?? 0) < 0).length,
    items: rows.slice(0, most).map(({ row }) => row),
  };
}

function closedAt({ history }: LedgerItem): number {
  return history.findLast(({ change }) => change.field === "status" && change.to === "closed")?.at_ms ?? -Infinity;
}

function openItem({ id, events, title, url, first_seen, grade, classes, status, department, deadlines }: LedgerItem, nowMs: number): OpenItem {
  const [due] = deadlines.filter(({ met_ms }) => met_ms === null).sort((a, b) => a.due_ms - b.due_ms || (a.rule < b.rule ? -1 : 1));
  return {
    id,
    events,
    title,
    url,
    first_seen,
    grade: { zh: grade.zh, en: grade.en },
    classes,
    status,
    department,
    due: due === undefined ? null : { name: due.name, due_ms: due.due_ms, due_h: (due.due_ms - nowMs) / hourMs, provisional: due.provisional },
  };
}
