import { z } from "zod";

/** Kinds of digest: 日报, 周报, 月报. A week is Monday to Sunday, a month a calendar month, both local. */
export const periods = ["day", "week", "month"] as const;
export type Period = (typeof periods)[number];

export const digestSections = ["sources", "days", "mood", "top", "events", "alerts", "ledger"] as const;
export type DigestSection = (typeof digestSections)[number];

const title = (name: string) => z.string().trim().min(1).max(40).default(name);
const shown = z.boolean().default(true);

/** `digest` of yuqing.yaml. */
export const digestOptionsSchema = z.strictObject({
  office: z.string().trim().max(60).default("").describe("name of the office, printed under the title"),
  label: z.string().trim().max(40).default("内部").describe("printed beside the title, e.g. 内部; empty for none"),
  titles: z.strictObject({ day: title("网络舆情日报"), week: title("网络舆情周报"), month: title("网络舆情月报") }).prefault({}).describe("title of each series; each is numbered by itself"),
  top: z.number().int().min(0).max(50).default(10).describe("number of items shown at the top"),
  rank: z.enum(["reach_risk", "reach", "posts"]).default("reach_risk").describe("what counts as top: reach × risk score, reach alone, or new posts"),
  open: z.number().int().min(1).max(200).default(30).describe("open ledger items that are listed; the rest is counted"),
  sections: z
    .strictObject({ sources: shown, days: shown, mood: shown, top: shown, events: shown, alerts: shown, ledger: shown })
    .prefault({})
    .describe("sections that are printed; failures and the basis always are"),
});
export type DigestOptions = z.infer<typeof digestOptionsSchema>;
