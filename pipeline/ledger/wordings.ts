import type { Night, NightItem } from "../nightly/contract.ts";
import { nearDuplicates, normalForm } from "../relate/near-duplicates.ts";
import type { Facts } from "./conditions.ts";
import type { LedgerItem } from "./ledger.ts";

/** One wording of a night: its items under all its events. */
export interface Wording {
  /** The earliest item. */
  head: NightItem;
  events: string[];
  facts: Facts;
  risk_micro: number;
  /** The item of the ledger that is this wording; null when it is new. */
  known: LedgerItem | null;
}

/**
 * The wordings of a night, each once: a post of two events, two heads of near-equal text, and a wording that the ledger holds (the same head, else near-equal text; the
 * latest such item) are brought together. Posts and reach are added up within an event; of several events the greatest counts, since a post may be of both.
 */
export function wordingsOf({ items, events }: Pick<Night, "items" | "events">, filed: readonly LedgerItem[]): Wording[] {
  const heads = nearDuplicates([...filed, ...items].map(comparedText));
  const knownOf = new Map<number, LedgerItem>();
  const knownPosts = new Map<string, LedgerItem>();
  for (const [i, item] of filed.entries()) {
    knownOf.set(heads[i]!, item);
    knownPosts.set(item.post, item);
  }
  const groups = new Map<string, { known: LedgerItem | null; members: NightItem[] }>();
  for (const [i, member] of items.entries()) {
    const cluster = heads[filed.length + i]!;
    const known = knownPosts.get(member.id) ?? knownOf.get(cluster) ?? null;
    const key = known === null ? `cluster ${cluster}` : known.id;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { known, members: [member] });
    else group.members.push(member);
  }
  const grades = new Map(events.map(({ key, grade }) => [key, grade?.index ?? null]));
  return [...groups.values()].map(({ known, members }) => wording(members, grades, known));
}

/** Own words; a title alone; else nothing that another post could equal. */
function comparedText(item: LedgerItem | NightItem): string {
  const text = [item.text, item.title].find((words) => normalForm(words) !== "");
  return text ?? ("post" in item ? item.post : item.id);
}

function wording(members: readonly NightItem[], grades: ReadonlyMap<string, number | null>, known: LedgerItem | null): Wording {
  const head = members.reduce((first, one) => (isEarlier(one, first) ? one : first));
  const events = distinct(members.flatMap(({ event }) => (event === null ? [] : [event])));
  const sums = new Map<string | null, { posts: number; reach: number }>();
  for (const { event, posts, reach } of members) {
    const sum = sums.get(event) ?? { posts: 0, reach: 0 };
    sums.set(event, { posts: sum.posts + posts, reach: sum.reach + reach });
  }
  const most = (of: "posts" | "reach"): number => Math.max(...[...sums.values()].map((sum) => sum[of]));
  const facts: Facts = {
    classes: distinct(members.flatMap(({ classes }) => classes)),
    posts: most("posts"),
    reach: most("reach"),
    reposts: greatest(members.map(({ reposts }) => reposts)),
    field: head.field,
    region: head.region,
    event: greatest(events.map((event) => grades.get(event) ?? null)),
  };
  return { head, events, facts, risk_micro: Math.max(...members.map((one) => one.risk_micro)), known };
}

/** By time, the unknown last; then by id. */
function isEarlier(a: NightItem, b: NightItem): boolean {
  const [left, right] = [a.published_ms ?? Infinity, b.published_ms ?? Infinity];
  return left === right ? a.id < b.id : left < right;
}

/** The greatest known number; null without one. */
function greatest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

export const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
