import { z } from "zod";
import { readYaml } from "../../../pipeline/config.ts";
import { dataPath } from "../../../pipeline/paths.ts";
import { sigmoid } from "../model/calibration.ts";

/** Cues of the text that the score reads. */
const cueNames = ["hearsay", "urgency", "harm", "spread", "sensation", "sourced"] as const;
export const rumourFeatureNames = [...cueNames, "doubts"] as const;

/** Replies with own words in the data, and those of them that call the post a rumour or ask for proof. */
export interface Replies {
  worded: number;
  doubts: number;
}

/** Of few replies a share says little: ten more without doubt are thought of. */
const assumed = 10;

/** 0 or 1 by cue, and the share of doubting replies, in the order of `rumourFeatureNames`. */
export function rumourFeatures(cues: ReadonlySet<string>, { worded, doubts }: Replies): number[] {
  return [...cueNames.map((cue) => (cues.has(cue) ? 1 : 0)), doubts / (worded + assumed)];
}

const weightsSchema = z.strictObject({ intercept: z.number(), ...Object.fromEntries(rumourFeatureNames.map((name) => [name, z.number()])) } as Record<"intercept" | (typeof rumourFeatureNames)[number], z.ZodNumber>);
export type RumourWeights = z.infer<typeof weightsSchema>;

export const rumourWeights = (): RumourWeights => readYaml(dataPath("triage", "rumour.yaml"), weightsSchema);

/** How much a post looks like the rumours of CED, 0–1: orders a queue. No probability, for half of the posts of CED are rumours. */
export function rumourScore(weights: RumourWeights, cues: ReadonlySet<string>, replies: Replies): number {
  const features = rumourFeatures(cues, replies);
  return sigmoid(rumourFeatureNames.reduce((sum, name, i) => sum + weights[name] * features[i]!, weights.intercept));
}
