import type { Table } from "../../analyzers/contract.ts";
import { sentiment } from "../../analyzers/event/sentiment.ts";
import { bandCount } from "../../analyzers/quantification/calibration.ts";
import type { Audit } from "../../pipeline/audit/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { polarities, type Polarity } from "../../pipeline/schema.ts";

export const day = 20_150;
const context = { event: eventSchema.parse({}), utcOffsetMs: 28_800_000, findings: new Map() };

/** A row of the rollup `sentiment`; predictions are sure to 0.7 unless said otherwise. */
export const row = (field: string, polarity: string | null, posts: number, more: Record<string, string | number | null> = {}) => ({ day, slot: day * 144, platform: "weibo", field, polarity, emotion: polarity === null ? null : polarity === "negative" ? "anger" : "none", band: 1, posts, greatest_micro: polarity === null ? null : posts * 700_000, ...more });

export function find(rows: Table, more: { posts?: number; effective?: number; audit?: Audit; calibration?: NonNullable<Parameters<typeof sentiment.analyze>[2]["calibration"]> } = {}) {
  const copies = ["all", "media", "official", "public"].map((field) => ({ field, effective: more.effective ?? 1_000_000 }));
  return sentiment.analyze({ sentiment: rows, mood_copies: copies, coverage: [{ posts: more.posts ?? 5000 }] }, sentiment.options.parse({}), { ...context, audit: more.audit ?? null, calibration: more.calibration ?? null });
}

/** A model that tells the mood of 90 % of posts right, the rest spread evenly, and is as often in every band. */
export const calibration = {
  platform: "weibo",
  name: "test",
  meanMaxProbability: 0.7,
  cells: polarities.map((_, truth) => Array.from({ length: polarities.length * bandCount }, (_, cell) => (Math.floor(cell / bandCount) === truth ? 900 : 50) / bandCount)),
};

/** An audit of one stratum a field: `labels[field]` = hand labels, all on posts that the model called neutral with certainty. */
export function auditOf(posts: Record<string, number>, labels: Record<string, readonly Polarity[]>, annotators = ["甲"]): Audit {
  let no = 0;
  const items = Object.entries(labels).flatMap(([field, list]) => list.map((label) => ({ label, item: { no: ++no, id: `p${no}`, text_key: `t${no}`, stratum: `${field}/all`, size: 1, times: 1, predicted: "neutral" as const, micro: [0, 1_000_000, 0] as [number, number, number] } })));
  const strata = Object.entries(posts).map(([field, n]) => ({ name: `${field}/all`, posts: n, mean_micro: [0, 1_000_000, 0] as [number, number, number] }));
  const sample = { version: 1 as const, key: "0", model: "test", seed: 1, posts: Object.values(posts).reduce((a, b) => a + b, 0), strata, items: items.map(({ item }) => item) };
  return { version: 1, sample, sheets: annotators.map((annotator) => ({ annotator, labelled_at: "2025-03-09", file: "labels.csv", sha256: "", labels: items.map(({ label }, i) => ({ no: i + 1, label })) })) };
}

export const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);
