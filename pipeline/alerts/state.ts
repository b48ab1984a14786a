import { z } from "zod";

export const alertKinds = ["grade", "surge", "media", "official", "deadline"] as const;
export type AlertKind = (typeof alertKinds)[number];
/** notice < warning < urgent. */
export const alertLevels = ["notice", "warning", "urgent"] as const;

const words = z.strictObject({ zh: z.string(), en: z.string() });
const ms = z.number().int();

const alertSchema = z.strictObject({
  /** Stable: the same finding has the same id, also when it is handed over twice. */
  id: z.string(),
  /** Key of the event; null: a ledger item of no event. */
  event: z.string().nullable(),
  kind: z.enum(alertKinds),
  /** When it went out, UTC ms. */
  at_ms: ms,
  level: z.enum(alertLevels),
  text: words,
  /** What was measured, for programs; `count` when several findings were merged. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** Ids of posts it rests on, at most 20. */
  posts: z.array(z.string()),
});
/** A line of alerts.jsonl, and what the command gets. */
export type Alert = z.infer<typeof alertSchema>;

const grade = z.strictObject({ index: z.number().int(), name: words });
export type StandingGrade = z.infer<typeof grade>;

/** All alerts that went out, oldest first (state "alert-log"). */
export const alertLogSchema = z.array(alertSchema);

const eventState = z.strictObject({
  key: z.string(),
  /** Grade that stands; null: never graded. */
  standing: grade.nullable(),
  /** Measured grades that may still count, oldest first; each held until the next. */
  measured: z.array(grade.extend({ ms })),
  /** End of the last surge that was told, UTC ms. */
  surge_ms: ms.nullable(),
  /** Whether the first post of media, of authorities was seen. */
  media: z.boolean(),
  official: z.boolean(),
});
export type EventState = z.infer<typeof eventState>;

/** What alerts remember from run to run (state "alerts" of the archive). */
export const alertStateSchema = z.strictObject({
  version: z.literal(1),
  events: z.array(eventState),
  /** Deadlines told, by item, rule and stage. */
  told: z.array(z.strictObject({ item: z.string(), rule: z.string(), stage: z.enum(["near", "overdue"]), due_ms: ms })),
  /** Found and held back until `from_ms` (end of quiet hours) or the end of the merge window. */
  pending: z.array(z.strictObject({ alert: alertSchema, from_ms: ms })),
  /** Last alert of an event and kind. */
  issued: z.array(z.strictObject({ event: z.string().nullable(), kind: z.enum(alertKinds), at_ms: ms })),
  /** To be handed to the command, oldest first; fault: why the last attempt failed. */
  outbox: z.array(z.strictObject({ alert: alertSchema, attempts: z.number().int().min(0), fault: words.nullable() })),
});
export type AlertState = z.infer<typeof alertStateSchema>;

export const firstAlertState: AlertState = { version: 1, events: [], told: [], pending: [], issued: [], outbox: [] };
