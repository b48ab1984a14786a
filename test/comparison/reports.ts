import { analyze, parseOptions } from "../../pipeline/analyze.ts";
import { eventSchema, runSchema } from "../../pipeline/config.ts";
import type { Post, ScoredText } from "../../pipeline/schema.ts";
import { reportSchema, reportVersion, type Report } from "../../reports/report.ts";
import { fill } from "../fixture.ts";

/** A report of given posts: real analyzers, no import. `sha256`: two hex digits of the input file. */
export async function reportOf(name: string, posts: readonly Post[], texts: readonly ScoredText[], sha256 = "aa", given: object = {}): Promise<Report> {
  const event = eventSchema.parse({ name, ...given });
  const { database, tables } = await fill(posts, texts, event);
  const config = runSchema.parse({});
  const findings = analyze(tables, event, parseOptions(config));
  database.close();
  const facts = findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map(({ key }) => ({ finding: finding.id, key, matched: null, samples: [] }))));
  const counts = { read: posts.length, kept: posts.length, duplicates: 0, outside: 0, accounts: 0, rejected: 0 };
  return reportSchema.parse({
    version: reportVersion,
    generator: { name: "yuqing", version: "0.1.0" },
    event,
    config,
    manifest: { files: [{ name: `${name}.csv`, bytes: 1, sha256: sha256.repeat(32), format: "csv", encoding: "utf-8", ...counts, note: null, fault: null }], versions: { yuqing: "0.1.0" } },
    intake: { ...counts, rejects: [], suspicions: [] },
    notes: [],
    findings,
    facts: facts.map((fact, i) => ({ no: i + 1, ...fact })),
    rows: [],
  });
}
