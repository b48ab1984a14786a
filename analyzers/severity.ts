import { z } from "zod";
import { fields } from "../pipeline/schema.ts";

const least = z.number().positive();
const condition = z.discriminatedUnion("measure", [
  z.strictObject({ measure: z.enum(["posts", "authors", "engagement", "reposts", "media", "growth", "negative"]), least }),
  z.strictObject({ measure: z.literal("provinces"), each: z.number().int().min(1), least }),
  z.strictObject({ measure: z.literal("words"), words: z.array(z.string().min(2)).min(1).max(100), field: z.enum(fields).optional(), least }),
]);
export type Condition = z.infer<typeof condition>;

const level = z.strictObject({
  key: z.string().regex(/^[a-z]+$/, "lower-case letters"),
  zh: z.string().min(1).max(20),
  en: z.string().min(1).max(40),
  colour: z.enum(["blue", "yellow", "orange", "red"]),
  /** Holds when no condition of any level does. */
  default: z.literal(true).optional(),
  any: z.array(condition).min(1).optional(),
});

export type Level = z.infer<typeof level>;

/** A table of grades (data/severity), lowest first: exactly the lowest is the default, every other has conditions, no threshold falls from one level to the next. */
export const gradesSchema = z
  .strictObject({ name: z.string().min(1).max(60), levels: z.array(level).min(2).max(8) })
  .refine(({ levels }) => new Set(levels.map(({ key }) => key)).size === levels.length, { path: ["levels"], message: "every key once" })
  .refine(({ levels }) => levels.every((one, i) => (i === 0) === (one.default === true)), { path: ["levels"], message: "the first level, and no other, is default: true" })
  .refine(({ levels }) => levels.every((one, i) => (i === 0) === (one.any === undefined)), { path: ["levels"], message: "every level but the default has conditions (any)" })
  .refine(({ levels }) => rising(levels), { path: ["levels"], message: "thresholds of one measure rise from level to level" });
export type Grades = z.infer<typeof gradesSchema>;

/** What a condition looks at; equal keys can be compared. */
export function subjectOf(condition: Condition): string {
  return JSON.stringify({ ...condition, least: undefined });
}

function rising(levels: readonly Level[]): boolean {
  const highest = new Map<string, number>();
  for (const { any } of levels)
    for (const one of any ?? []) {
      if (one.least <= (highest.get(subjectOf(one)) ?? 0)) return false;
      highest.set(subjectOf(one), one.least);
    }
  return true;
}

/** Index of the highest level with a satisfied condition; 0, the default, without one. `value` gives what was measured, null when it is unknown: an unknown condition is not satisfied. */
export function gradeOf({ levels }: Grades, value: (condition: Condition) => number | null): number {
  const holds = levels.map(({ any }) => (any ?? []).some((one) => (value(one) ?? -Infinity) >= one.least));
  return Math.max(0, holds.lastIndexOf(true));
}
