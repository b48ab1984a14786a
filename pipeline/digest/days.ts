import { dateOf } from "../../analyzers/workdays.ts";
import type { Message } from "../errors.ts";
import type { Night, NightItem } from "../nightly/contract.ts";
import type { KeyDate } from "./calendar.ts";
import { least } from "./change.ts";
import { standingOut } from "./peaks.ts";
import type { Digest, Peak } from "./schema.ts";
import { datesOf, dayOf, type Span } from "./span.ts";

const dayMs = 86_400_000;

/** Posts by day of publication over all the nights (in order), those of later nights included. `missing`: dates of which no night read a row; those before the first night are none either. */
export function daysOf(span: Span, nights: readonly Night[], missing: ReadonlySet<string>, keyDates: readonly KeyDate[], utcOffsetMs: number): NonNullable<Digest["days"]> {
  const counts = new Map<number | null, number>();
  for (const { day, event, posts } of nights.flatMap((night) => night.counts)) if (event === null) counts.set(day, (counts.get(day) ?? 0) + posts);
  const first = nights[0]?.date ?? "9999";
  const lastMs = nights.reduce((latest, { now_ms }) => Math.max(latest, now_ms), -Infinity);
  return datesOf(span).map((date) => {
    const posts = counts.get(dayOf(date)) ?? 0;
    return { date, posts: posts === 0 && (date < first || missing.has(date)) ? null : posts, open: (dayOf(date) + 1) * dayMs - utcOffsetMs > lastMs, dates: namesOn(keyDates, dayOf(date)) };
  });
}

const namesOn = (keyDates: readonly KeyDate[], day: number): Message[] => keyDates.filter((one) => one.day === day).map(({ name }) => name);

/** Which whole days of a month stand out, what made them, and which key dates lie within a day of them: a coincidence, never a cause. */
export function peaksOf(days: NonNullable<Digest["days"]>, nights: readonly Night[], names: ReadonlyMap<string, string>, keyDates: readonly KeyDate[], utcOffsetMs: number): NonNullable<Digest["peaks"]> {
  const { found, ...standing } = standingOut(days.map(({ posts, open }) => (open ? null : posts)));
  return {
    ...standing,
    found: found.map(({ at, z, p }): Peak => {
      const { date, posts } = days[at]!;
      const day = dayOf(date);
      return { date, posts: posts!, z, p, events: eventsOn(day, posts!, nights, names), items: itemsOn(day, posts!, nights, utcOffsetMs), dates: nearDates(day, keyDates) };
    }),
  };
}

function eventsOn(day: number, of: number, nights: readonly Night[], names: ReadonlyMap<string, string>): Peak["events"] {
  const sums = new Map<string, number>();
  for (const one of nights.flatMap(({ counts }) => counts)) if (one.day === day && one.event !== null) sums.set(one.event, (sums.get(one.event) ?? 0) + one.posts);
  const rows = [...sums].map(([key, posts]) => ({ key, name: names.get(key) ?? key, posts, share: posts / of }));
  return rows.sort((a, b) => b.posts - a.posts || (a.key < b.key ? -1 : 1)).slice(0, 3);
}

/** Wordings whose head is of the day, in the first night that has them. */
function itemsOn(day: number, of: number, nights: readonly Night[], utcOffsetMs: number): Peak["items"] {
  const first = new Map<string, NightItem>();
  for (const item of nights.flatMap(({ items }) => items)) {
    if (item.published_ms === null || Math.floor((item.published_ms + utcOffsetMs) / dayMs) !== day) continue;
    if ((first.get(item.id)?.posts ?? 0) < item.posts) first.set(item.id, item);
  }
  const rows = [...first.values()].sort((a, b) => b.posts - a.posts || b.reach - a.reach || (a.id < b.id ? -1 : 1)).slice(0, 3);
  return rows.map(({ id, title, posts }) => ({ id, title, posts, share: posts > of || of < least ? null : posts / of }));
}

function nearDates(day: number, keyDates: readonly KeyDate[]): Peak["dates"] {
  const near = keyDates.filter((one) => Math.abs(one.day - day) <= 1).sort((a, b) => a.day - b.day);
  return near.map((one) => ({ date: dateOf(one.day), name: one.name }));
}
