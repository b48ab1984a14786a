import { z } from "zod";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM");
const on = z.boolean().default(true).describe("false: no alert of this kind");
const hours = (most: number) => z.number().min(0).max(most);

/** `alerts` of yuqing.yaml: what an alert is given for, and whom it is handed to. */
export const alertRulesSchema = z.strictObject({
  grade: z
    .strictObject({
      on,
      from: z.number().int().min(1).max(7).default(1).describe("place in the table of grades from which it is told: 0 is the lowest grade, 1 the next"),
      urgentFrom: z.number().int().min(1).max(7).default(2).describe("place from which the alert is urgent: it goes out in quiet hours too"),
      lowerAfterHours: hours(720).default(24).describe("the standing grade is raised at once, and lowered when the measured one has been below it for so long"),
    })
    .prefault({})
    .describe("the grade of an event is reached or raised"),
  surge: z
    .strictObject({
      on,
      ratio: z.number().min(1).max(100).default(2).describe("the lower bound of the ratio must reach this"),
      posts: z.number().int().min(1).default(30).describe("posts that the three hours must hold"),
      withinHours: hours(168).min(6).default(48).describe("surges longer ago are none any more"),
    })
    .prefault({})
    .describe("three hours hold many more posts than the day before them lets expect"),
  mentions: z
    .strictObject({
      media: z.boolean().default(true).describe("first post of a medium"),
      official: z.boolean().default(true).describe("first post of a government account"),
      withinHours: hours(8760).default(72).describe("older ones, as a new event finds them in the archive, are not told"),
    })
    .prefault({})
    .describe("media or authorities take up an event"),
  deadlines: z.strictObject({ on, hoursBefore: hours(720).default(24).describe("how long before a deadline; it is told once then, and once when it has passed") }).prefault({}).describe("deadlines of the ledger"),
  quiet: z
    .strictObject({ from: clock, to: clock })
    .refine(({ from, to }) => from !== to, { path: ["to"], message: "not the same as from" })
    .nullable()
    .default(null)
    .describe("local hours in which only urgent alerts go out; the others wait for the first run after them"),
  mergeHours: hours(168).default(6).describe("alerts of one event and kind within so long of the last one wait, and go out as one; grades do not wait"),
  command: z.array(z.string().min(1)).min(1).max(50).nullable().default(null).describe("program and arguments that get each alert as JSON on standard input, e.g. [/opt/mail.sh, --to, duty]; null: alerts.jsonl only"),
  timeLimitSeconds: z.number().int().min(1).max(600).default(30).describe("after which the command is ended"),
});
export type AlertRules = z.infer<typeof alertRulesSchema>;
