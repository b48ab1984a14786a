import { readModel } from "../analyzers/post/model/file.ts";
import { OnnxModel } from "../analyzers/post/model/onnx.ts";
import { isOnnx } from "../analyzers/post/model/onnx-files.ts";
import { clean, loadTexts, type Cleaned } from "./clean.ts";
import type { EventConfig, RunConfig } from "./config.ts";
import type { Database } from "./engines/duckdb.ts";
import { YuqingError } from "./errors.ts";
import type { Input } from "./import/open/inputs.ts";
import type { Reject } from "./import/tables/rejects.ts";
import { ingest, type Intake } from "./ingest.ts";
import { integer } from "../reports/format.ts";
import { markParties } from "./parties.ts";
import { classify } from "./taxonomy.ts";
import type { Progress } from "./progress.ts";
import { ScorePool, type PoolResult } from "./score/pool.ts";
import { discover, type Discovery } from "./words/discover.ts";
import { mergeAliases, noEventWords, vocabularyOf, type EventWords } from "./words/event-words.ts";
import { distinctTexts, makeDistinctTexts } from "./words/texts.ts";

export interface LoadOptions {
  inputs: readonly Input[];
  /** Fills `posts` and `accounts` from elsewhere (the archive) instead of from `inputs`. */
  read?: ((database: Database) => Promise<Intake[]>) | undefined;
  event: EventConfig;
  config: RunConfig;
  /** What the files that the event names say about words. */
  words?: EventWords;
  /** Path of a saved column mapping. */
  profile?: string | undefined;
  /** Secret of the author hash: the project's key. */
  key: Uint8Array;
  onReject(reject: Reject): void;
}

export interface Loaded {
  intake: Intake[];
  cleaned: Cleaned[];
  /** New words of the event; null where a reviewed list says which. */
  found: Discovery | null;
}

/**
 * import → words → score → clean: files into the tables `posts`, `texts` and `scored` of the database. New words are looked for in all texts before the first is segmented.
 * Throws NO_POSTS, TOO_MANY_REJECTS and what the stages throw.
 */
export async function load(database: Database, { inputs, read: readPosts, event, config, words = noEventWords, profile, key, onReject }: LoadOptions, progress: Progress): Promise<Loaded> {
  // A file that cannot be used is told here, with its place, rather than by a worker that dies of it.
  const onnx = config.model !== undefined && isOnnx(config.model) ? await OnnxModel.load(config.model, config.threads) : null;
  if (config.model !== undefined && onnx === null) readModel(config.model);

  progress.start({ zh: "导入", en: "import" });
  const intake = await (readPosts ? readPosts(database) : ingest(database, { inputs, event, config, profile, key, onReject, progress }));
  const read = intake.reduce((sum, file) => sum + file.read, 0);
  progress.end({ zh: `读入 ${integer(read, "zh")} 行`, en: `${integer(read, "en")} rows read` });
  if (intake.every(({ posts }) => posts === 0)) throw nothing(intake);
  refuse(intake, config.rejectRefusal);

  progress.start({ zh: "发现新词", en: "words" });
  await makeDistinctTexts(database, event);
  const { words: given, dropped, aliases } = vocabularyOf(event, words);
  const found = words.list === null ? await discover(database, given, dropped) : null;
  const fresh = found?.words.map(({ word }) => word) ?? [];
  const listed = words.list?.words.length ?? fresh.length;
  progress.end({ zh: `${integer(listed, "zh")} 个`, en: `${integer(listed, "en")} new words` });

  progress.start({ zh: "打分", en: "score" });
  const pool = new ScorePool({ threads: config.threads, userWords: [...given, ...fresh], subjects: event.subjects, model: onnx ? null : (config.model ?? null), onnx, outFolder: database.folder });
  const scored = await score(database, pool, progress);
  progress.end({ zh: `独立文本 ${integer(scored.scored, "zh")} 篇`, en: `${integer(scored.scored, "en")} distinct texts` });

  progress.start({ zh: "清洗", en: "clean" });
  await loadTexts(database, scored.files);
  await mergeAliases(database, aliases);
  const cleaned = await clean(database, event);
  await markParties(database, event, key);
  await classify(database, event);
  const kept = cleaned.reduce((sum, file) => sum + file.kept, 0);
  progress.end({ zh: `计入 ${integer(kept, "zh")} 条`, en: `${integer(kept, "en")} posts kept` });
  return { intake, cleaned, found };
}

/** Hands every distinct text to the pool. */
async function score(database: Database, pool: ScorePool, progress: Progress): Promise<PoolResult> {
  try {
    const [{ total }] = (await database.rows<{ total: number }>("SELECT count(*) AS total FROM distinct_texts")) as [{ total: number }];
    let done = 0;
    for await (const texts of distinctTexts(database, { inside: false })) {
      await pool.submit(texts);
      progress.update((done += texts.length) / total, integer(done, "en"));
    }
    return await pool.finish();
  } catch (cause) {
    await pool.abort();
    throw cause;
  }
}

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

function nothing(inputs: readonly { name: string }[]): YuqingError {
  return new YuqingError("NO_POSTS", 1, {
    what: { zh: "没有一行能读成帖文", en: "not one row could be read as a post" },
    where: inputs.map(({ name }) => name).join(", ").slice(0, 500),
    expected: "≥ 1",
    next: { zh: "用 yuqing inspect 查看表头映射和拒收原因", en: "see header mapping and reject reasons with yuqing inspect" },
  });
}
