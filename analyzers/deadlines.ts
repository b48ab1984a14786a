import { z } from "zod";
import { isPublished, isWorkday, workdayAfter } from "./workdays.ts";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM");
const rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, "lower-case letters, digits, hyphens"),
  zh: z.string().min(1),
  en: z.string().min(1),
  from: z.enum(["first", "surge"]),
  counts: z.enum(["hours", "deferred", "office", "workdays"]),
  amount: z.number().int().min(1).max(1000),
});

/** A table of deadlines: data/calendars/deadlines.yaml, or the user's. */
export const deadlinesSchema = z
  .strictObject({ office: z.strictObject({ from: clock, to: clock }), rules: z.array(rule).min(1) })
  .refine(({ office }) => office.from < office.to, { path: ["office", "to"], message: "later than office.from" })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length, { path: ["rules"], message: "every id once" });
export type Deadlines = z.infer<typeof deadlinesSchema>;
export type Rule = Deadlines["rules"][number];

const [hourMs, dayMs] = [3_600_000, 86_400_000];

/**
 * The instant (UTC ms) by which a rule wants an answer to something that began at `start`. `provisional`: the span touches a year without published holidays.
 *   hours     start + amount hours
 *   deferred  the same, from the next opening when the start lies outside office hours of a working day
 *   office    after `amount` hours of open office
 *   workdays  end (24:00) of the n-th working day after the start's local day
 */
export function due(start: number, { counts, amount }: Pick<Rule, "counts" | "amount">, office: Deadlines["office"], utcOffsetMs: number): { ms: number; provisional: boolean } {
  const local = start + utcOffsetMs;
  const end = { hours: () => local + amount * hourMs, deferred: () => opening(local, office) + amount * hourMs, office: () => afterOpen(local, amount * hourMs, office), workdays: () => (workdayAfter(Math.floor(local / dayMs), amount) + 1) * dayMs }[counts]();
  const provisional = counts !== "hours" && !(isPublished(Math.floor(local / dayMs)) && isPublished(Math.floor((end - 1) / dayMs)));
  return { ms: end - utcOffsetMs, provisional };
}

const sinceMidnight = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;

/** `local` when the office is open then, else its next opening. */
function opening(local: number, office: Deadlines["office"]): number {
  const day = Math.floor(local / dayMs);
  const time = local - day * dayMs;
  const [from, to] = [sinceMidnight(office.from), sinceMidnight(office.to)];
  if (isWorkday(day) && time < to) return day * dayMs + Math.max(time, from);
  return workdayAfter(day, 1) * dayMs + from;
}

/** The instant at which the office has been open for `length` since `local`. */
function afterOpen(local: number, length: number, office: Deadlines["office"]): number {
  let at = opening(local, office);
  let left = length;
  for (;;) {
    const closing = Math.floor(at / dayMs) * dayMs + sinceMidnight(office.to);
    if (left <= closing - at) return at + left;
    left -= closing - at;
    at = opening(closing, office);
  }
}
