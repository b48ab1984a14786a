import { z } from "zod";
import type { NightEvent } from "./contract.ts";

const words = z.strictObject({ zh: z.string(), en: z.string() });
const first = z.strictObject({ id: z.string(), published_ms: z.number(), title: z.string(), url: z.string().nullable(), author_name: z.string().nullable() }).nullable();

/** State "courses": what each event's posts came to so far, so that a night adds only its own. */
export const coursesSchema = z.record(z.string(), z.strictObject({
  posts: z.number(),
  hours: z.array(z.tuple([z.number(), z.number()])),
  firsts: z.strictObject({ media: first, official: first }),
  grade: z.strictObject({ level: z.string(), index: z.number(), name: words, reasons: z.array(words) }).nullable(),
})) satisfies z.ZodType<Record<string, Pick<NightEvent, "posts" | "hours" | "firsts" | "grade">>>;
export type Courses = z.infer<typeof coursesSchema>;
