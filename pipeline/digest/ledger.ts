import { stateAt } from "../ledger/history.ts";
import type { Ledger, LedgerItem } from "../ledger/ledger.ts";
import { openItems, type OpenItem as Standing } from "../ledger/open.ts";
import type { Digest, OpenItem } from "./schema.ts";
import type { Span } from "./span.ts";

const hourMs = 3_600_000;

/** What was filed and closed in the period, and what was open at its end, overdue first: the ledger as it stood then, whatever became of it later. `most`: items listed. */
export function ledgerOf({ version, items }: Ledger, { from, to }: Span, sinceMs: number, nowMs: number, most: number): Digest["ledger"] {
  const then = items.filter(({ filed_ms }) => filed_ms <= nowMs).map((item) => stateAt(item, item.history.filter(({ at_ms }) => at_ms <= nowMs).length));
  const open = openItems({ version, items: then }, nowMs);
  return {
    filed: then.filter(({ first_seen }) => first_seen >= from && first_seen <= to).map(({ id }) => id),
    closed: then.filter((item) => item.status === "closed" && closedAt(item) > sinceMs).map(({ id }) => id),
    open: open.length,
    overdue: open.filter(({ overdue }) => overdue.length > 0).length,
    items: open.slice(0, most).map((one) => openItem(one, nowMs)),
  };
}

function closedAt({ history }: LedgerItem): number {
  return history.findLast(({ change }) => change.field === "status" && change.to === "closed")?.at_ms ?? -Infinity;
}

function openItem({ item, overdue, next }: Standing, nowMs: number): OpenItem {
  const { id, events, title, url, first_seen, grade, classes, status, department } = item;
  const due = overdue[0] ?? next;
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
    due: due === null ? null : { name: due.name, due_ms: due.due_ms, due_h: (due.due_ms - nowMs) / hourMs, provisional: due.provisional },
  };
}
