import type { Report } from "../../reports/report.ts";
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
    const report = await run({ ...options, event: eventAt(options.event, point.ms), audit: null, library: null, onReject: () => {} });
    parts.push({ ...point, report });
  }
  return parts;
}
