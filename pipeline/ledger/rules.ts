import { z } from "zod";
import { deadlinesSchema, type Deadlines } from "../../analyzers/deadlines.ts";
import { triageClasses } from "../../analyzers/post/triage/rules.ts";
import { readYaml } from "../config.ts";
import { parseRegion } from "../import/posts/regions.ts";
import { dataPath } from "../paths.ts";
import { fields } from "../schema.ts";

/** Statuses of an item, in the order in which it goes through them: 待办, 已转办, 已回复, 已办结. */
export const statuses = ["todo", "transferred", "replied", "closed"] as const;
export type Status = (typeof statuses)[number];

const count = z.number().int().min(1);
const key = z.string().regex(/^[a-z0-9-]+$/, "lower-case letters, digits, hyphens");
const classes = z.array(z.enum(triageClasses)).min(1);

/** Every key that is given must hold; of a list, one of it. What is unknown does not hold. */
export const conditionSchema = z
  .strictObject({
    classes: classes.optional().describe("classes of triage; suspected, never a verdict"),
    reach: count.optional().describe("reach of the wording, at least"),
    reposts: count.optional().describe("most reposts of one post of the wording, at least"),
    posts: count.optional().describe("posts of the wording, at least"),
    fields: z.array(z.enum(fields)).min(1).optional().describe("kind of account of the head: media, official, public"),
    outside: z.literal(true).optional().describe("the head comes from a province that is not in home"),
    event: count.optional().describe("grade of its event, at least: 0 is the lowest of the event's table, 1 the next"),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), "at least one condition");
export type ItemCondition = z.infer<typeof conditionSchema>;

const level = z.strictObject({
  key,
  zh: z.string().min(1).max(20),
  en: z.string().min(1).max(40),
  any: z.array(conditionSchema).min(1).optional().describe("one of them must hold; the lowest level has none"),
});
export type ItemLevel = z.infer<typeof level>;

/** Of a department's plan (data/severity/department.yaml) the conditions that one item can satisfy. */
const departmentLevels: z.input<typeof level>[] = [
  { key: "general", zh: "一般", en: "general" },
  { key: "major", zh: "重大", en: "major", any: [{ reposts: 101 }, { fields: ["media"] }, { outside: true }] },
];

const shipped = (): Deadlines => readYaml(dataPath("calendars", "deadlines.yaml"), deadlinesSchema);

const clock = z.strictObject({
  rule: key.describe("id of a rule of the table"),
  until: z.enum(["transferred", "replied", "closed"]).describe("status that stops the clock; a later one does too"),
  classes: classes.optional().describe("only for items of one of these classes"),
  grades: z.array(key).min(1).optional().describe("only for items of one of these grades"),
});

const deadlines = z
  .strictObject({
    table: deadlinesSchema.default(shipped).describe("office hours and rules; the shipped table is data/calendars/deadlines.yaml"),
    start: z.enum(["filed", "published"]).default("filed").describe("when the clocks start: when the item was filed, or when its head was published (filed when that is unknown)"),
    clocks: z
      .array(clock)
      .default([
        { rule: "first-reply", until: "replied" },
        { rule: "answer", until: "closed" },
        { rule: "answer-latest", until: "closed" },
      ])
      .describe("which rules of the table an item has to keep"),
  })
  .superRefine(({ table, clocks }, context) => {
    clocks.forEach(({ rule }, i) => {
      if (!table.rules.some(({ id }) => id === rule)) context.addIssue({ code: "custom", path: ["clocks", i, "rule"], message: `a rule of the table: ${table.rules.map(({ id }) => id).join(", ")}` });
    });
  });

/** `ledger` of yuqing.yaml. */
export const ledgerRulesSchema = z
  .strictObject({
    any: z
      .array(conditionSchema)
      .max(20)
      .default([{ classes: ["appeal", "rumour", "hype"] }, { reposts: 101 }, { reach: 1000 }, { event: 1, reach: 100 }])
      .describe("a wording of the night is filed when one of these holds"),
    limit: z.number().int().min(0).max(1000).default(50).describe("items filed a night at most, the highest grade and reach first; the rest is counted"),
    home: z
      .array(z.string().refine((place) => parseRegion(place).key !== null, "a province or a city").transform((place) => parseRegion(place).key!))
      .default([])
      .describe("provinces of the office's own area; without any nothing counts as outside"),
    grades: z
      .array(level)
      .min(1)
      .max(8)
      .default(departmentLevels)
      .refine((levels) => new Set(levels.map((one) => one.key)).size === levels.length, "every key once")
      .refine((levels) => levels.every((one, i) => (i === 0) === (one.any === undefined)), "every level but the first has conditions (any)")
      .describe("grades of items, lowest first: the highest with a condition that holds"),
    deadlines: deadlines.prefault({}),
  })
  .superRefine(({ grades, deadlines: { clocks } }, context) => {
    clocks.forEach((one, i) => {
      const unknown = one.grades?.find((grade) => !grades.some((known) => known.key === grade));
      if (unknown !== undefined) context.addIssue({ code: "custom", path: ["deadlines", "clocks", i, "grades"], message: `keys of grades: ${grades.map((known) => known.key).join(", ")}` });
    });
  });
export type LedgerRules = z.infer<typeof ledgerRulesSchema>;
