import type { Change, HistoryEntry, LedgerItem, Seen } from "./ledger.ts";

/** Number of changes an item has seen: states of one item are told apart by it. */
export const revisionOf = (item: LedgerItem): number => item.history.length;

/** The item after one more change, which is appended to its history. An entry is never dated before the one ahead of it, even if the clock was set back. */
export function recorded(item: LedgerItem, change: Change, by: string, at_ms: number): LedgerItem {
  const last = item.history.at(-1)?.at_ms ?? item.filed_ms;
  const entry: HistoryEntry = { at_ms: Math.max(at_ms, last), by, change };
  return { ...withValue(item, change, "to"), history: [...item.history, entry] };
}

/** The item as it was after `revision` changes (0: as filed): later ones undone, last first. `revision` is at most revisionOf. */
export function stateAt(item: LedgerItem, revision: number): LedgerItem {
  const undone = item.history.slice(revision).reduceRight((state, { change }) => withValue(state, change, "from"), item);
  return { ...undone, history: item.history.slice(0, revision) };
}

function withValue(item: LedgerItem, change: Change, side: "from" | "to"): LedgerItem {
  switch (change.field) {
    case "seen":
      return withSeen(item, (change.to ?? change.from)!.night, change[side]);
    case "met":
      return { ...item, deadlines: item.deadlines.map((one) => (one.rule === change.rule ? { ...one, met_ms: change[side] } : one)) };
    default:
      return { ...item, [change.field]: change[side] };
  }
}

function withSeen(item: LedgerItem, night: string, record: Seen | null): LedgerItem {
  const others = item.seen.filter((one) => one.night !== night);
  const seen = record === null ? others : [...others, record].sort((a, b) => (a.night < b.night ? -1 : 1));
  return { ...item, seen, ...totals(seen) };
}

/** Posts and reach added up, the most reposts of one post. */
export function totals(seen: readonly Seen[]): Pick<LedgerItem, "posts" | "reach" | "reposts"> {
  const reposts = seen.flatMap((one) => (one.reposts === null ? [] : [one.reposts]));
  return { posts: seen.reduce((sum, one) => sum + one.posts, 0), reach: seen.reduce((sum, one) => sum + one.reach, 0), reposts: reposts.length === 0 ? null : Math.max(...reposts) };
}
