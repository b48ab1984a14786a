import { z } from "zod";
import { fingerprintSchema } from "../../analyzers/fingerprint.ts";

/** Version of the files of an event library. */
export const entryVersion = 1;

/** One finished case in the library. A name stands for one case. */
export const entrySchema = z.strictObject({
  version: z.literal(entryVersion),
  name: z.string().min(1).max(500),
  /** `type` of event.yaml; null without. */
  type: z.string().min(1).max(40).nullable(),
  /** First and last local day with posts, counted from 1970-01-01; null when no post has a time. */
  days: z.strictObject({ first: z.number().int(), last: z.number().int() }).nullable(),
  /** Version of yuqing that counted. */
  generator: z.string(),
  fingerprint: fingerprintSchema,
});
export type Entry = z.infer<typeof entrySchema>;

/** A library as read. */
export interface Library {
  /** By name, in order of code points. */
  entries: readonly Entry[];
  /** Files that could not be read and were left out. */
  damaged: number;
  /** First 12 hex digits of a SHA-256 over the entries: the same library, the same places. */
  digest: string;
}
