import { readModel } from "../analyzers/post/model/file.ts";
import { clean, loadTexts, type Cleaned } from "./clean.ts";
import type { EventConfig, RunConfig } from "./config.ts";
import type { Database } from "./engines/duckdb.ts";
import { YuqingError } from "./errors.ts";
import type { Input } from "./import/open/inputs.ts";
import type { Reject } from "./import/tables/rejects.ts";
import { ingest, type Intake } from "./ingest.ts";
import { integer } from "../reports/format.ts";
import type { Progress } from "./progress.ts";
import { ScorePool } from "./score/pool.ts";

export interface LoadOptions {
  inputs: readonly Input[];
  event: EventConfig;
  config: RunConfig;
  /** Path of a saved column mapping. */
  profile?: string | undefined;
  /** Secret of the author hash: the project's key. */
  key: Uint8Array;
  onReject(reject: Reject): void;
}

/**
 * import → score → clean: files into the tables `posts`, `texts` and `scored` of the database. Import and scoring overlap: a text goes to the workers the first time it is seen.
 * Throws NO_POSTS, TOO_MANY_REJECTS and what the stages throw.
 */
export async function load(database: Database, { inputs, event, config, profile, key, onReject }: LoadOptions, progress: Progress): Promise<{ intake: Intake[]; cleaned: Cleaned[] }> {
  if (config.model !== undefined) readModel(config.model); // a file that cannot be used is told here, with its place, rather than by a worker that dies of it
  const pool = new ScorePool({ threads: config.threads, userWords: userWords(event), subjects: event.subjects, model: config.model ?? null, outFolder: database.folder });
  try {
    progress.start({ zh: "导入打分", en: "import" });
    const intake = await ingest(database, (texts) => pool.submit(texts), { inputs, event, config, profile, key, onReject, progress });
    const scored = await pool.finish();
    const read = intake.reduce((sum, file) => sum + file.read, 0);
    progress.end({ zh: `读入 ${integer(read, "zh")} 行，独立文本 ${integer(scored.scored, "zh")} 篇`, en: `${integer(read, "en")} rows read, ${integer(scored.scored, "en")} distinct texts` });

    progress.start({ zh: "清洗", en: "clean" });
    await loadTexts(database, scored.files);
    const cleaned = await clean(database, event);
    const kept = cleaned.reduce((sum, file) => sum + file.kept, 0);
    progress.end({ zh: `计入 ${integer(kept, "zh")} 条`, en: `${integer(kept, "en")} posts kept` });
    if (intake.every(({ posts }) => posts === 0)) throw nothing(inputs);
    refuse(intake, config.rejectRefusal);
    return { intake, cleaned };
  } catch (cause) {
    await pool.abort();
    throw cause;
  }
}

/** Words of the event file that the segmenter keeps whole. */
export const userWords = (event: EventConfig): string[] => [...new Set([...event.words, ...event.subjects.flatMap(({ name, aliases }) => [name, ...aliases])])].filter((word) => [...word].length >= 2);

/** A report on the minority of rows that could be read would mislead: none is made, an earlier one stays. */
function refuse(intake: readonly Intake[], limit: number): void {
  const read = intake.reduce((sum, file) => sum + file.read, 0);
  const rejected = intake.reduce((sum, file) => sum + file.rejected, 0);
  if (rejected <= limit * read) return;
  throw new YuqingError("TOO_MANY_REJECTS", 1, {
    what: { zh: "拒收的行太多，没有写出报告；已有的报告未动", en: "too many rows rejected; no report written, an earlier one is untouched" },
    got: `${rejected} / ${read}`,
    expected: `≤ ${limit * 100}%`,
    next: { zh: "用 yuqing inspect 查看原因；确需出报告时在 --config 里调高 rejectRefusal", en: "see the reasons with yuqing inspect; to report all the same, raise rejectRefusal in the --config file" },
  });
}

function nothing(inputs: readonly Input[]): YuqingError {
  return new YuqingError("NO_POSTS", 1, {
    what: { zh: "没有一行能读成帖文", en: "not one row could be read as a post" },
    where: inputs.map(({ name }) => name).join(", ").slice(0, 500),
    expected: "≥ 1",
    next: { zh: "用 yuqing inspect 查看表头映射和拒收原因", en: "see header mapping and reject reasons with yuqing inspect" },
  });
}
