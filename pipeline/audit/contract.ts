import { z } from "zod";
import { polarities } from "../schema.ts";

/**
 * The hand check of moods: a sample drawn by `yuqing audit sample`, labelled by one or two persons, read back by `yuqing audit apply`.
 * Within a stratum posts are drawn systematically, those of a cluster of near-equal texts standing together: a cluster gets as many draws as its share of the
 * posts, give or take one, and every post is as likely as any other, so the plain mean of a stratum's labels over draws estimates the share of its posts.
 * Near-equal texts are labelled apart (a shared headline under a cheer and under a curse is one cluster); only the very same words are one item.
 */
export const auditVersion = 1;

/** Items that must carry positive, neutral or negative before an audit says anything. */
export const leastLabels = 30;

const label = z.enum([...polarities, "unclear"]);
export type AuditLabel = z.infer<typeof label>;

/** A stratum of the posts with own words: field × predicted polarity ("public/negative"), small ones of a field joined ("media/all"). */
const stratum = z.strictObject({
  name: z.string(),
  /** Posts of the stratum, and their mean predicted probability per polarity (in the order of `polarities`, millionths). */
  posts: z.number().int().positive(),
  mean_micro: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
});

const item = z.strictObject({
  /** 1, 2, 3 … in the order shown. */
  no: z.number().int().positive(),
  /** Post shown: the first read with its words in its field (media, official, public). */
  id: z.string(),
  text_key: z.string(),
  stratum: z.string(),
  /** Posts in its field with its very words, and how often they were drawn: more than once if they may be more than the sampling step. */
  size: z.number().int().positive(),
  times: z.number().int().positive(),
  predicted: z.enum(polarities),
  /** Predicted probabilities, in the order of `polarities`, millionths; they sum to 1,000,000. */
  micro: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
});
export type AuditItem = z.infer<typeof item>;

/** sample.json: what was drawn, from what. */
export const sampleSchema = z.strictObject({
  version: z.literal(auditVersion),
  /** First 16 hex digits of the SHA-256 of all that follows: what a label sheet must name to be applied. */
  key: z.string(),
  /** Version of the model whose predictions these are. */
  model: z.string(),
  seed: z.number().int(),
  /** Posts with own words and a scored mood: what the shares speak of. */
  posts: z.number().int().nonnegative(),
  strata: z.array(stratum),
  items: z.array(item),
});
export type AuditSample = z.infer<typeof sampleSchema>;

/** audit.json: the sample with its labels. */
export const auditSchema = z.strictObject({
  version: z.literal(auditVersion),
  sample: sampleSchema,
  /** One sheet an annotator. `labelled_at`: as the annotator's sheet says (local date), null when it does not. */
  sheets: z.array(z.strictObject({ annotator: z.string(), labelled_at: z.string().nullable(), file: z.string(), sha256: z.string(), labels: z.array(z.strictObject({ no: z.number().int(), label: label.nullable() })) })).min(1),
});
export type Audit = z.infer<typeof auditSchema>;
