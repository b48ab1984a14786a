import { analyze, parseOptions } from "../../pipeline/analyze.ts";
import { runSchema, type EventConfig } from "../../pipeline/config.ts";
import { gather } from "../../pipeline/evidence.ts";
import type { Post, ScoredText } from "../../pipeline/schema.ts";
import type { Report } from "../../reports/report.ts";
import { event, fill, sampleEvent } from "../fixture.ts";
import { sampleReport } from "../html/fixture.ts";

/** Posts analysed by every registered analyzer; by default the 300 of the fixture. */
export async function reportOf(posts: readonly Post[] = sampleEvent().posts, texts: readonly ScoredText[] = sampleEvent().texts, config: EventConfig = event): Promise<Report> {
  const { database, tables } = await fill(posts, texts, config);
  try {
    const findings = analyze(tables, config, parseOptions(runSchema.parse({})));
    return { ...sampleReport(), event: config, findings, ...(await gather(database, findings, ["posts.csv"], { privacy: "masked", samples: 3 })) };
  } finally {
    database.close();
  }
}
