import { z } from "zod";
import { fields, polarities } from "../schema.ts";
import { statuses } from "./rules.ts";

/** The ledger (台账): every matter that was filed, what became of it, and by whom. State "ledger" of the archive; plain JSON. */
export const ledgerVersion = 1;

const words = z.strictObject({ zh: z.string(), en: z.string() });
const text = z.string().nullable();
const count = z.number().int().min(0);
const ms = z.number().int();
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const status = z.enum(statuses);

/** index: from 0, the lowest of the table of grades. because: the condition that held; null for the lowest grade. */
const grade = words.extend({ key: z.string(), index: count, because: words.nullable() });
export type ItemGrade = z.infer<typeof grade>;

/** New posts of the item's wording in one night. reposts: most of one post; null when none is known. */
const seen = z.strictObject({ night: date, posts: count, reach: count, reposts: count.nullable() });
export type Seen = z.infer<typeof seen>;

const change = <F extends string, T extends z.ZodType>(field: F, value: T) => z.strictObject({ field: z.literal(field), from: value, to: value });
/** One field before and after. seen: what a night brought, `from` null when it was the first time; met: instant at which a deadline was met. */
const changeSchema = z.discriminatedUnion("field", [
  change("status", status),
  change("department", text),
  change("note", text),
  change("grade", grade),
  change("classes", z.array(z.string())),
  change("events", z.array(z.string())),
  change("seen", seen.nullable()),
  change("met", ms.nullable()).extend({ rule: z.string() }),
]);
export type Change = z.infer<typeof changeSchema>;

const deadline = z.strictObject({
  rule: z.string(),
  name: words,
  due_ms: ms,
  /** The span touches a year whose public holidays are not known: counted by Mondays to Fridays (暂按周末推算). */
  provisional: z.boolean(),
  /** Status that meets it. */
  until: status,
  /** null: not met yet. */
  met_ms: ms.nullable(),
});
export type Deadline = z.infer<typeof deadline>;

const item = z.strictObject({
  /** "2026-0001": year of the night, and number in order of filing. */
  id: z.string().regex(/^\d{4}-\d{4,}$/),
  /** Id of the head post. */
  post: z.string(),
  /** The closed item that flared up again; null for a new matter. */
  reopens: text,
  /** Keys of the events, sorted; empty: of none. */
  events: z.array(z.string()),
  title: z.string(),
  /** Beginning of the head's own words. */
  text: z.string(),
  url: text,
  platform: text,
  /** Site or account list as the vendor names it. */
  source: text,
  field: z.enum(fields),
  author_name: text,
  /** Province key. */
  region: text,
  published_ms: ms.nullable(),
  precision: z.enum(["second", "minute", "day"]).nullable(),
  /** Night in which it was filed, and the instant that night took for now. */
  first_seen: date,
  filed_ms: ms,
  /** Over the nights of `seen`: posts and reach added up, the most reposts of one post. */
  posts: count,
  reach: count,
  reposts: count.nullable(),
  seen: z.array(seen).min(1),
  /** Of the head; an estimate, null without basis. */
  mood: z.enum(polarities).nullable(),
  /** Suspected, never a verdict. */
  classes: z.array(z.string()),
  grade,
  /** The condition for which it was filed. */
  filed_for: words,
  deadlines: z.array(deadline),
  status,
  department: text,
  note: text,
  /** In order; only ever appended to. The item before any of it is got back by undoing it (history.ts). */
  history: z.array(z.strictObject({ at_ms: ms, by: z.string(), change: changeSchema })),
});
export type LedgerItem = z.infer<typeof item>;
export type HistoryEntry = LedgerItem["history"][number];

export const ledgerSchema = z.strictObject({
  version: z.literal(ledgerVersion),
  /** In order of filing. */
  items: z.array(item).refine((items) => new Set(items.map(({ id }) => id)).size === items.length, "every id once"),
});
export type Ledger = z.infer<typeof ledgerSchema>;

export const emptyLedger: Ledger = { version: ledgerVersion, items: [] };
