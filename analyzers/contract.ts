import type { z } from "zod";
import type { Lens } from "../pipeline/schema.ts";
import type { EventConfig } from "../pipeline/config.ts";
import type { Audit } from "../pipeline/audit/contract.ts";
import type { Library } from "../pipeline/library/entry.ts";
import type { Message } from "../pipeline/errors.ts";
import type { Calibration } from "./quantification/calibration.ts";

/** Selects the rows behind a figure. Keys are columns of the `scored` view; a value is an equality, a list means "one of", {gte,lt} a half-open range. */
export type Filter = Record<string, string | number | boolean | null | (string | number)[] | { gte?: number; lt?: number }>;

export const units = ["posts", "authors", "share", "points", "hours", "days", "ms", "count", "ratio", "score"] as const;

/** One number of the report. */
export interface Figure {
  /** Unique in its finding, stable across runs: "share.weibo". */
  key: string;
  /** What it is, in words, for the evidence table. */
  label: Message;
  /** null when unknown. Never NaN. Unrounded. */
  value: number | null;
  /** "share" is in [0, 1]; "ms" is an instant in UTC. */
  unit: (typeof units)[number];
  /** Denominator of a share, or number of rows behind an estimate; null where there is none (plain counts). */
  of: number | null;
  /** 95 % interval of an estimate, same unit; null for exact counts. */
  interval: [number, number] | null;
  /** Rows behind the figure; null when no row filter can select them. */
  filter: Filter | null;
  /** True when the value comes from a model (sentiment, topics): the report marks it 模型估计. */
  estimate: boolean;
}

/** What an event analyzer returns; the runner adds id, question and timing. */
export interface Finding<D = unknown> {
  /** ok · empty (nothing to analyse) · unavailable (the data lacks a column; `reason` says which). */
  status: "ok" | "empty" | "unavailable";
  reason: Message | null;
  lens: Lens;
  /** Posts that the section speaks of, and how many of all posts of the event that is. */
  coverage: { posts: number; of: number };
  /** How it was computed, with parameters and source of the formula. */
  method: Message;
  figures: Figure[];
  /** Ids of the posts that the section quotes or gives as examples: they join the sample rows. */
  quoted?: readonly string[];
  /** Analyzer-specific numbers that charts and sentences read; plain JSON, unrounded, sorted. */
  data: D;
}

export type Cell = string | number | boolean | null;
export type Table = readonly Readonly<Record<string, Cell>>[];

/** What every event analyzer may know besides its tables. */
export interface Context {
  event: EventConfig;
  /** Milliseconds added to UTC for the event's local time. */
  utcOffsetMs: number;
  /** Moods checked by hand; null when nobody has. */
  audit?: Audit | null;
  /** Past cases that this one is placed against; null without a library. */
  library?: Library | null;
  /** What the sentiment model is known to do on posts of one platform; null when it was adapted and nobody has measured it since. */
  calibration?: (Calibration & { platform: string }) | null;
  /** Findings of analyzers that this one declared in `after`. A failed one is absent. */
  findings: ReadonlyMap<string, Finding>;
}

export interface EventAnalyzer<O = Record<string, unknown>, D = unknown> {
  /** = file name. */
  id: string;
  /** Ends in "？" / "?". */
  question: Message;
  /** Tables (rollups or summaries of pipeline/rollup) that it reads, each with the columns it reads. Nothing else reaches it. */
  requires: Record<string, readonly string[]>;
  /** Analyzers whose findings it reads. */
  after: readonly string[];
  /** Every option has a default and a description. Strict: unknown options are errors. */
  options: z.ZodType<O>;
  /** Schema of Finding.data. */
  data: z.ZodType<D>;
  analyze(tables: Record<string, Table>, options: O, context: Context): Finding<D>;
}
