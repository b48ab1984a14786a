import { readFileSync } from "node:fs";
import { z } from "zod";
import { units } from "../analyzers/contract.ts";
import { eventSchema, runSchema } from "../pipeline/config.ts";
import { YuqingError } from "../pipeline/errors.ts";
import { lenses } from "../pipeline/schema.ts";
import { misfitOf } from "./integrity.ts";

/** `report.json`: the product. Every rendering reads only this; nothing is computed while rendering. Validated on write and on read. */
export const reportVersion = 3;

const message = z.strictObject({ zh: z.string(), en: z.string() });
const finite = z.number().refine(Number.isFinite, "must be finite");
const filter = z.record(z.string(), z.union([z.string(), finite, z.boolean(), z.null(), z.array(z.union([z.string(), finite])), z.strictObject({ gte: finite.optional(), lt: finite.optional() })]));

const figure = z.strictObject({
  key: z.string(),
  label: message,
  value: finite.nullable(),
  unit: z.enum(units),
  of: finite.nullable(),
  interval: z.tuple([finite, finite]).nullable(),
  filter: filter.nullable(),
  estimate: z.boolean(),
});

const found = z.strictObject({
  id: z.string(),
  question: message,
  status: z.enum(["ok", "empty", "unavailable"]),
  reason: message.nullable(),
  lens: z.enum(lenses),
  coverage: z.strictObject({ posts: finite, of: finite }),
  method: message,
  figures: z.array(figure),
  quoted: z.array(z.string()),
  data: z.json(),
});
/** An analyzer that threw or broke its contract: the section says so and the exit code is 3. */
const failed = z.strictObject({ id: z.string(), question: message, status: z.literal("error"), error: z.string() });

/** A row of the source shown as evidence. Text is masked unless privacy is internal. */
const sampleRow = z.strictObject({
  id: z.string(),
  /** File name and line as read, "posts.csv:17". */
  place: z.string(),
  platform: z.string().nullable(),
  field: z.string(),
  published_ms: finite.nullable(),
  precision: z.string().nullable(),
  author_name: z.string().nullable(),
  text: z.string(),
  url: z.string().nullable(),
  engagement: finite,
});

/** A figure with its number in the report and the rows behind it. */
const fact = z.strictObject({
  /** 1, 2, 3 … in the order of findings and figures; anchor 事实-17. */
  no: z.number().int().positive(),
  finding: z.string(),
  key: z.string(),
  /** Rows that the filter selects; null without a filter. */
  matched: finite.nullable(),
  /** Up to 3 ids into `rows`. */
  samples: z.array(z.string()),
});

export const reportSchema = z.strictObject({
  version: z.literal(reportVersion),
  generator: z.strictObject({ name: z.literal("yuqing"), version: z.string() }),
  event: eventSchema,
  config: runSchema,
  manifest: z.strictObject({
    files: z.array(z.strictObject({ name: z.string(), bytes: finite, sha256: z.string(), format: z.string(), encoding: z.string(), read: finite, kept: finite, duplicates: finite, outside: finite, accounts: finite, rejected: finite, note: message.nullable(), fault: message.nullable() })),
    /** Versions of the libraries and data files that shape numbers. */
    versions: z.record(z.string(), z.string()),
  }),
  /** The 口径卡. */
  intake: z.strictObject({
    read: finite,
    kept: finite,
    duplicates: finite,
    outside: finite,
    /** Rows that describe accounts instead of posts. */
    accounts: finite,
    rejected: finite,
    /** Rejected rows by code, most first. */
    rejects: z.array(z.strictObject({ code: z.string(), rows: finite })),
    /** What looks wrong in the input and what it bends. */
    suspicions: z.array(z.strictObject({ code: z.string(), file: z.string(), message, bends: message.nullable(), rows: finite, lines: z.array(finite) })),
  }),
  /** What the stages between reading and analysis left out or sampled. */
  notes: z.array(message),
  findings: z.array(z.union([found, failed])),
  facts: z.array(fact),
  rows: z.array(sampleRow),
});
export type Report = z.infer<typeof reportSchema>;
export type ReportFinding = Report["findings"][number];
export type Fact = z.infer<typeof fact>;
export type SampleRow = z.infer<typeof sampleRow>;

/** Reads and validates a report.json; an edited or foreign one is an error that names the first problem. */
export function readReport(path: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new YuqingError("REPORT_UNREADABLE", 2, { what: { zh: "报告文件读不了", en: "cannot read the report" }, where: path, got: (cause as Error).message, expected: "report.json" });
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (version !== reportVersion) {
    throw new YuqingError("REPORT_VERSION", 2, { what: { zh: "报告版本不符", en: "the report is of another version" }, where: path, got: String(version), expected: String(reportVersion), next: { zh: "用生成它的版本渲染，或重新生成", en: "render it with the version that made it, or make it again" } });
  }
  const invalid = (place: string, got: string, expected: string) => new YuqingError("REPORT_INVALID", 2, { what: { zh: "报告内容无效（可能被手工改过）", en: "the report is invalid (edited by hand?)" }, where: `${path} ${place}`, got, expected });
  const parsed = reportSchema.safeParse(value);
  const issue = parsed.error?.issues[0];
  if (issue !== undefined) throw invalid(issue.path.join("."), issue.message, "reportSchema");
  const misfit = misfitOf(parsed.data!);
  if (misfit !== null) throw invalid(misfit.place, misfit.got, `${misfit.reason.zh} / ${misfit.reason.en}`);
  return parsed.data!;
}
