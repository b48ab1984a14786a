import { z } from "zod";
import { statuses } from "../ledger/rules.ts";
import { fields, polarities } from "../schema.ts";
import { periods } from "./options.ts";

/** digest.json. Counts are posts unless said otherwise; dates are local ("2026-11-21"); null is unknown, never zero. Texts of posts stand as they came: whoever prints them escapes. */
export const digestVersion = 1;

const words = z.strictObject({ zh: z.string(), en: z.string() });
const count = z.number().int().min(0);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const span = z.strictObject({ from: date, to: date });
const field = z.enum(fields);
const polarity = z.enum(polarities);
const event = z.strictObject({ key: z.string(), name: z.string() });
const grade = z.strictObject({ index: z.number().int(), name: words });

/**
 * A number against the period before. basis per_night: the two periods have unlike numbers of nights, so that `ratio` compares means of a night.
 * ratio: now ÷ before − 1; null with the reason: "none" = the period before has no night that read a row (before null), or this one has none (before known);
 * "small" = fewer than 20 posts before. nights: those that read a row.
 */
const change = z.strictObject({
  now: count,
  before: count.nullable(),
  nights: z.tuple([count, count]),
  basis: z.enum(["total", "per_night"]),
  ratio: z.number().nullable(),
  reason: z.enum(["none", "small"]).nullable(),
});
export type Change = z.infer<typeof change>;

/** A wording; nights of one wording (same head or same first 200 characters) are put together. */
const item = z.strictObject({
  /** Head: the earliest post. */
  id: z.string(),
  title: z.string(),
  /** Begin of the post's own words, letter for letter, up to the end of a sentence; null when the title says it all. */
  summary: z.string().nullable(),
  url: z.string().nullable(),
  platform: z.string().nullable(),
  site: z.string().nullable(),
  field,
  author_name: z.string().nullable(),
  published_ms: z.number().nullable(),
  precision: z.enum(["second", "minute", "day"]).nullable(),
  posts: count,
  /** Distinct within each night, summed over nights: an upper bound over several. */
  authors: count,
  nights: count,
  reach: count,
  reposts: count.nullable(),
  /** Of the head, by the model: an estimate. */
  polarity: polarity.nullable(),
  classes: z.array(z.string()),
  /** 0–1; orders the list, no probability. */
  risk: z.number(),
  events: z.array(event),
  /** Highest grade of its events. */
  grade: grade.nullable(),
  /** Ids in the ledger. */
  filed: z.array(z.string()),
});
export type DigestItem = z.infer<typeof item>;

const eventRow = event.extend({
  /** All posts in the archive. */
  posts: count,
  fresh: change,
  grade: grade.nullable(),
  reasons: z.array(words),
  /** Against the last night before the period; null when either is unknown. */
  grade_before: grade.nullable(),
  moved: z.enum(["raised", "lowered", "same", "new"]).nullable(),
  /** Three hours within the period that grew most, when the lower bound of the ratio reaches 1.5 and they hold 20 posts. */
  surge: z.strictObject({ from_ms: z.number(), posts: count, before: count, ratio: z.number(), lower: z.number() }).nullable(),
});
export type DigestEvent = z.infer<typeof eventRow>;

const openItem = z.strictObject({
  id: z.string(),
  /** Keys. */
  events: z.array(z.string()),
  title: z.string(),
  url: z.string().nullable(),
  first_seen: date,
  grade: words,
  classes: z.array(z.string()),
  status: z.enum(statuses),
  department: z.string().nullable(),
  /** The deadline longest overdue, else the next one; due_h: hours from `now_ms`, negative when overdue. */
  due: z.strictObject({ name: words, due_ms: z.number(), due_h: z.number(), provisional: z.boolean() }).nullable(),
});
export type OpenItem = z.infer<typeof openItem>;

const peak = z.strictObject({
  date,
  posts: count,
  /** (posts − median) ÷ robust standard deviation. */
  z: z.number(),
  /** Chance of so many or more, times the days tested. */
  p: z.number(),
  /** Share of the day's posts; a post of two events counts in both. */
  events: z.array(event.extend({ posts: count, share: z.number() })),
  /** Wordings whose earliest new post is of the day, with their new posts of that night; share null when these are more than the day's. */
  items: z.array(z.strictObject({ id: z.string(), title: z.string(), posts: count, share: z.number().nullable() })),
  /** Key dates on the day itself, the day before and the day after. */
  dates: z.array(z.strictObject({ date, name: words })),
});
export type Peak = z.infer<typeof peak>;

export const digestSchema = z.strictObject({
  version: z.literal(digestVersion),
  period: z.enum(periods),
  /** 第 N 期 of its series; null when the series is not counted. */
  number: z.number().int().min(1).nullable(),
  office: z.string(),
  label: z.string(),
  title: z.string(),
  span,
  /** False: the period goes on after `span.to`. */
  whole: z.boolean(),
  before: span,
  utc_offset_ms: z.number().int(),
  /** When the last night of the period was read; null without a night. */
  now_ms: z.number().nullable(),
  coverage: z.strictObject({
    nights: count,
    /** Dates on which nothing ran, after the first night that is known. */
    missing: z.array(date),
    missing_before: z.array(date),
    /** Dates of nights that ran and read no row: there was no new file, or none could be used. They count among `nights`, and in no mean of a night. */
    empty: z.array(date),
    sources: count,
    faults: count,
    read: count,
    posts: count,
    accounts: count,
    rejected: count,
    /** Posts that the archive did not hold; the denominator of what follows. */
    fresh: count,
  }),
  /** What went wrong or was left out, once each, with its nights. */
  failures: z.array(z.strictObject({ text: words, dates: z.array(date) })),
  fresh: change,
  fields: z.array(z.strictObject({ field, posts: count })),
  platforms: z.array(z.strictObject({ platform: z.string().nullable(), field, fresh: change })),
  /**
   * Posts by day of publication, from all nights at hand; posts null: nothing ran that night, or it read no row, and nothing came later. open: the day had not ended when the last night was read.
   * null for a single day without a fortnight of nights.
   */
  days: z.array(z.strictObject({ date, posts: count.nullable(), open: z.boolean(), dates: z.array(words) })).nullable(),
  /** New posts of the period that were published on other days, or at an unknown time. */
  elsewhere: z.strictObject({ outside: count, untimed: count }),
  /** Labels of the model on new posts with own words; unchecked. */
  mood: z.strictObject({ judged: count, unknown: count, positive: count, neutral: count, negative: count }),
  /** Distinct wordings; `top` are the first of them. */
  wordings: count,
  top: z.array(item),
  events: z.array(eventRow),
  /** Further events, without new posts and with their grade as before. */
  quiet: count,
  alerts: z.array(z.strictObject({ id: z.string(), event: z.string().nullable(), kind: z.string(), at_ms: z.number(), text: words })),
  ledger: z.strictObject({
    filed: z.array(z.string()),
    closed: z.array(z.string()),
    open: count,
    overdue: count,
    /** Overdue first, then by deadline; the first `options.open` of them. */
    items: z.array(openItem),
  }),
  /** Of a month only: which days stand out, and with what they coincide. reason: why nothing was tested. */
  peaks: z.strictObject({ tested: count, median: z.number().nullable(), dispersion: z.number().nullable(), standing: count, found: z.array(peak), reason: z.enum(["few_days", "few_posts"]).nullable() }).nullable(),
  sections: z.record(z.string(), z.boolean()),
});
export type Digest = z.infer<typeof digestSchema>;
