import { offsetMs } from "../config.ts";
import { Database } from "../engines/duckdb.ts";
import type { Language } from "../errors.ts";
import type { Intake } from "../ingest.ts";
import { load } from "../load.ts";
import { relateClusters } from "../relate/clusters.ts";
import { makeWordedTexts } from "../relate/texts.ts";
import type { RunOptions } from "../run.ts";
import { silent } from "../progress.ts";
import { leastLabels, type AuditSample } from "./contract.ts";
import { drawSample, type DrawOptions } from "./draw.ts";
import { tooFew } from "./errors.ts";
import { readFrame } from "./frame.ts";
import { readPosts, type AuditPost } from "./posts.ts";

export interface Drawn {
  sample: AuditSample;
  posts: AuditPost[];
  intake: Intake[];
}

/**
 * Draws the sample of an event's posts: import → score → clean → clusters as `run` does them, so that the predictions are those of the report.
 * Throws AUDIT_SMALL, and what those stages throw.
 */
export async function sampleRun(run: RunOptions, options: DrawOptions, language: Language): Promise<Drawn> {
  const { event, config, progress = silent } = run;
  const database = await Database.open({ memory: config.memory });
  try {
    const { intake } = await load(database, run, progress);

    progress.start({ zh: "抽样", en: "sample" });
    await makeWordedTexts(database);
    await relateClusters(database);
    const sample = drawSample(await readFrame(database), options);
    if (sample.items.length < leastLabels) throw tooFew(sample.items.length, leastLabels);
    const posts = await readPosts(database, sample, { language, privacy: config.privacy, utcOffsetMs: offsetMs(event.utcOffset) });
    progress.end({ zh: `从 ${sample.posts} 条中抽出 ${sample.items.length} 条`, en: `${sample.items.length} of ${sample.posts} posts` });
    return { sample, posts, intake };
  } finally {
    database.close();
  }
}
