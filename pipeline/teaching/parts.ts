import type { Report } from "../../reports/report.ts";
import type { Database } from "../engines/duckdb.ts";
import { ingest, type Intake } from "../ingest.ts";
import { silent } from "../progress.ts";
import { run, type RunOptions } from "../run.ts";
import { decisionPoints, eventAt, type DecisionPoint } from "./points.ts";

export interface CasePart extends DecisionPoint {
  /** Made from the posts published before the point and nothing else. */
  report: Report;
}

/** One run a decision point, each on the files cut at its instant. The library and the hand check know what came later and stay out. */
export async function caseParts(full: Report, options: RunOptions): Promise<CasePart[]> {
  const parts: CasePart[] = [];
  for (const point of decisionPoints(full)) {
    const report = await run({ ...options, read: (database) => readUntil(database, point.ms, options), event: eventAt(options.event, point.ms), audit: null, library: null, onReject: () => {} });
    parts.push({ ...point, report });
  }
  return parts;
}

/**
 * The posts surely published before the instant, cut before any word is looked for in them: a post without a time, or of a day that was not over, may have come later.
 */
async function readUntil(database: Database, ms: number, { read, ...options }: RunOptions): Promise<Intake[]> {
  const intake = await (read ? read(database) : ingest(database, { ...options, onReject: () => {}, progress: silent }));
  await database.run("DELETE FROM posts WHERE NOT coalesce(CASE WHEN precision = 'day' THEN published_ms + 86400000 <= $1 ELSE published_ms < $1 END, false)", [ms]);
  return intake;
}
