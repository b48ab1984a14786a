import { offsetMs, type EventConfig } from "../config.ts";
import { clean, loadTexts } from "../clean.ts";
import { Database } from "../engines/duckdb.ts";
import type { Language } from "../errors.ts";
import { ingest, type Intake } from "../ingest.ts";
import { relateClusters } from "../relate/clusters.ts";
import { makeWordedTexts } from "../relate/texts.ts";
import type { RunOptions } from "../run.ts";
import { silent, type Progress } from "../progress.ts";
import { ScorePool, type PoolResult } from "../score/pool.ts";
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
    progress.start({ zh: "导入打分", en: "import" });
    const { intake, scored } = await importAndScore(database, run, progress);
    progress.end({ zh: `独立文本 ${scored.scored} 篇`, en: `${scored.scored} distinct texts` });

    progress.start({ zh: "抽样", en: "sample" });
    await loadTexts(database, scored.files);
    await clean(database, event);
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

async function importAndScore(database: Database, { inputs, event, config, profile, key, onReject }: RunOptions, progress: Progress): Promise<{ intake: Intake[]; scored: PoolResult }> {
  const pool = new ScorePool({ threads: config.threads, userWords: userWords(event), subjects: event.subjects, outFolder: database.folder });
  try {
    const intake = await ingest(database, (texts) => pool.submit(texts), { inputs, event, config, profile, key, onReject, progress });
    return { intake, scored: await pool.finish() };
  } catch (cause) {
    await pool.abort();
    throw cause;
  }
}

/** As in run.ts. */
const userWords = (event: EventConfig): string[] => [...new Set([...event.words, ...event.subjects.flatMap(({ name, aliases }) => [name, ...aliases])])].filter((word) => [...word].length >= 2);
