import { strongestSurge } from "../../analyzers/surge.ts";
import type { Night, NightEvent } from "../nightly/contract.ts";
import { changeOf, least } from "./change.ts";
import type { DigestEvent } from "./schema.ts";

/** An event as its last night of the period knows it, and as the last night before. */
export interface Known {
  row: NightEvent;
  before: NightEvent | null;
  /** Posts by local hour, as the latest night that still has the hour counts them. */
  hours: ReadonlyMap<number, number>;
}

/** Lower bound of the ratio from which a surge is told. */
const leastGrowth = 1.5;
const hourMs = 3_600_000;

/** Events of the period by key. */
export function knownEvents(nights: readonly Night[], before: readonly Night[]): Map<string, Known> {
  const earlier = new Map(before.flatMap(({ events }) => events).map((row) => [row.key, row]));
  const rows = nights.flatMap(({ events }) => events);
  const hours = new Map<string, Map<number, number>>();
  for (const row of rows) {
    if (!hours.has(row.key)) hours.set(row.key, new Map());
    for (const [hour, posts] of row.hours) hours.get(row.key)!.set(hour, posts);
  }
  return new Map(rows.map((row) => [row.key, { row, before: earlier.get(row.key) ?? null, hours: hours.get(row.key)! }]));
}

export const gradeIn = (known: Known | undefined): DigestEvent["grade"] => (known?.row.grade ? { index: known.row.grade.index, name: known.row.grade.name } : null);

export interface Scope {
  nights: readonly Night[];
  before: readonly Night[];
  /** How many of both read a row. */
  lengths: readonly [now: number, before: number];
  /** Begin of what the period's first night read: the instant of the night before it, else a day earlier. */
  since_ms: number;
  utcOffsetMs: number;
}

/** Events with new posts or a moved grade, the gravest first, then by new posts; `quiet` counts the others. */
export function eventRows(known: ReadonlyMap<string, Known>, { nights, before, lengths, since_ms, utcOffsetMs }: Scope): { rows: DigestEvent[]; quiet: number } {
  const [now, then] = [freshByEvent(nights), freshByEvent(before)];
  const all = [...known.values()].map((one): DigestEvent => {
    const { key, name, posts, grade } = one.row;
    const old = one.before?.grade;
    return {
      key,
      name,
      posts,
      fresh: changeOf(now.get(key) ?? 0, then.get(key) ?? 0, lengths),
      grade: gradeIn(one),
      reasons: grade?.reasons ?? [],
      grade_before: old ? { index: old.index, name: old.name } : null,
      moved: one.before === null ? (before.length > 0 ? "new" : null) : !grade || !old ? null : grade.index > old.index ? "raised" : grade.index < old.index ? "lowered" : "same",
      surge: surgeOf(one.hours, since_ms, utcOffsetMs),
    };
  });
  const rows = all.filter(({ fresh, moved }) => fresh.now > 0 || moved === "raised" || moved === "lowered");
  rows.sort((a, b) => (b.grade?.index ?? -1) - (a.grade?.index ?? -1) || b.fresh.now - a.fresh.now || (a.key < b.key ? -1 : 1));
  return { rows, quiet: all.length - rows.length };
}

function freshByEvent(nights: readonly Night[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { event, posts } of nights.flatMap(({ counts }) => counts)) if (event !== null) sums.set(event, (sums.get(event) ?? 0) + posts);
  return sums;
}

/** The strongest surge within the period; three hours before it are what it is held against. */
function surgeOf(posts: ReadonlyMap<number, number>, sinceMs: number, utcOffsetMs: number): DigestEvent["surge"] {
  const first = Math.floor((sinceMs + utcOffsetMs) / hourMs) - 3;
  const last = [...posts.keys()].reduce((latest, hour) => Math.max(latest, hour), -Infinity);
  if (last < first) return null;
  const filled = Array.from({ length: last - first + 1 }, (_, i) => ({ clock: (((first + i) % 24) + 24) % 24, posts: posts.get(first + i) ?? 0, judged: 0, negative: 0 }));
  const surge = strongestSurge({ start_ms: first * hourMs - utcOffsetMs, hours: filled });
  if (surge === null || surge.lower < leastGrowth || surge.posts < least) return null;
  return { from_ms: surge.ms, posts: surge.posts, before: surge.before, ratio: surge.ratio, lower: surge.lower };
}
