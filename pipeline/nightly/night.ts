import { z } from "zod";
import type { Message } from "../errors.ts";
import { fields, kinds, polarities } from "../schema.ts";
import type { Night, NightCount, NightItem } from "./contract.ts";

const words = z.strictObject({ zh: z.string(), en: z.string() });
const text = z.string().nullable();
const number = z.number().nullable();
const first = z.strictObject({ id: z.string(), published_ms: z.number(), title: z.string(), url: text, author_name: text });
const field = z.enum(fields);
const polarity = z.enum(polarities).nullable();

/** A night as the archive keeps it: see contract.ts. */
export const nightSchema: z.ZodType<Night> = z.strictObject({
  date: z.string(),
  now_ms: z.number(),
  sources: z.array(z.strictObject({ name: z.string(), sha256: z.string(), read: z.number(), posts: z.number(), accounts: z.number(), rejected: z.number(), fresh: z.number(), fault: words.nullable() })),
  items: z.array(z.strictObject({
    id: z.string(), event: text, title: z.string(), text: z.string(), url: text, platform: text, site: text, field, author_name: text, author_type: text, published_ms: number,
    precision: z.enum(["second", "minute", "day"]).nullable(), region: text, posts: z.number(), authors: z.number(), reach: z.number(), reposts: number, polarity, classes: z.array(z.string()), risk_micro: z.number(),
  })),
  counts: z.array(z.strictObject({ day: number, event: text, platform: text, field, kind: z.enum(kinds), polarity, posts: z.number(), originals: z.number(), engagement: z.number() })),
  events: z.array(z.strictObject({
    key: z.string(), name: z.string(), posts: z.number(), fresh: z.number(),
    grade: z.strictObject({ level: z.string(), index: z.number(), name: words, reasons: z.array(words) }).nullable(),
    hours: z.array(z.tuple([z.number(), z.number()])),
    firsts: z.strictObject({ media: first.nullable(), official: first.nullable() }),
  })),
  failures: z.array(words),
});

/** How failures begin that every run finds anew: an event file that is not valid, a report that could not be made. */
export const eventRefused = "事件";
const reportFailed = "没有出报告 ";
const foundAnew = ({ zh }: Message): boolean => zh.startsWith(eventRefused) || zh.startsWith(reportFailed);

/** How a night records that the report of an event could not be made: the next run tries it again. */
export const noReport = (event: string, why: Message): Message => ({ zh: `${reportFailed}${event}：${why.zh}`, en: `no report of ${event}: ${why.en}` });
export const hasNoReport = ({ failures }: Night, event: string): boolean => failures.some(({ zh }) => zh.startsWith(`${reportFailed}${event}：`));

/** Two runs of one date as one night: counts add up, a wording seen in both is one item, an event is as the later run saw it. */
export function mergeNights(earlier: Night | null, later: Night): Night {
  if (earlier === null) return later;
  const fresh = new Map(earlier.events.map((event) => [event.key, event.fresh]));
  const keys = new Set(later.events.map(({ key }) => key));
  // What could not be read at first and was later, or still cannot be, is said once.
  const retried = new Set(later.sources.map(({ name }) => name));
  return {
    date: later.date,
    now_ms: Math.max(earlier.now_ms, later.now_ms),
    sources: [...earlier.sources.filter(({ fault, name }) => fault === null || !retried.has(name)), ...later.sources],
    items: mergeItems(earlier.items, later.items),
    counts: mergeCounts(earlier.counts, later.counts),
    events: [...earlier.events.filter(({ key }) => !keys.has(key)), ...later.events.map((event) => ({ ...event, fresh: event.fresh + (fresh.get(event.key) ?? 0) }))].sort((a, b) => (a.key < b.key ? -1 : 1)),
    failures: [...new Map([...earlier.failures.filter((one) => !foundAnew(one)), ...later.failures].map((one) => [one.zh, one])).values()],
  };
}

function mergeItems(earlier: readonly NightItem[], later: readonly NightItem[]): NightItem[] {
  const items = new Map(earlier.map((item) => [keyOf([item.event, item.id]), item]));
  for (const item of later) {
    const key = keyOf([item.event, item.id]);
    const known = items.get(key);
    items.set(key, known === undefined ? item : { ...known, posts: known.posts + item.posts, authors: known.authors + item.authors, reach: known.reach + item.reach, reposts: known.reposts === null ? item.reposts : Math.max(known.reposts, item.reposts ?? 0), classes: [...new Set([...known.classes, ...item.classes])].sort(), risk_micro: Math.max(known.risk_micro, item.risk_micro) });
  }
  return [...items.values()];
}

function mergeCounts(earlier: readonly NightCount[], later: readonly NightCount[]): NightCount[] {
  const counts = new Map<string, NightCount>();
  for (const row of [...earlier, ...later]) {
    const key = keyOf([row.day, row.event, row.platform, row.field, row.kind, row.polarity]);
    const known = counts.get(key);
    counts.set(key, known === undefined ? row : { ...row, posts: known.posts + row.posts, originals: known.originals + row.originals, engagement: known.engagement + row.engagement });
  }
  return [...counts.values()];
}

const keyOf = (parts: readonly (string | number | null)[]): string => JSON.stringify(parts);
