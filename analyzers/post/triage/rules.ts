import { z } from "zod";
import { readYaml } from "../../../pipeline/config.ts";
import { dataPath } from "../../../pipeline/paths.ts";

const named = { zh: z.string().min(1), en: z.string().min(1) };
const words = z.array(z.string().min(1));

export const triageClasses = ["appeal", "suggestion", "hype", "rumour"] as const;
export type TriageClass = (typeof triageClasses)[number];

/** suspected: the class accuses, so it is only ever worded as a suspicion. points: by cue. */
const classSchema = z.strictObject({ ...named, suspected: z.boolean(), points: z.record(z.string(), z.number().int()) });

const rulesSchema = z
  .strictObject({
    /** Points from which a class is given. */
    least: z.number().int().min(1),
    traps: words,
    cues: z.record(z.string(), z.strictObject({ ...named, words })),
    classes: z.strictObject({ appeal: classSchema, suggestion: classSchema, hype: classSchema, rumour: classSchema }),
  })
  .superRefine(({ cues, classes }, context) => {
    for (const name of triageClasses) for (const cue of Object.keys(classes[name].points)) if (!Object.hasOwn(cues, cue)) context.addIssue({ code: "custom", path: ["classes", name, "points", cue], message: "a cue of `cues`" });
  });
export type TriageRules = z.infer<typeof rulesSchema>;

let shipped: TriageRules | null = null;

/** data/triage/cues.yaml, read once, or the file given. Throws CONFIG_INVALID with file and line. */
export const triageRules = (path?: string): TriageRules => (path === undefined ? (shipped ??= readYaml(dataPath("triage", "cues.yaml"), rulesSchema)) : readYaml(path, rulesSchema));
