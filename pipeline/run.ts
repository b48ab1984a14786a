import { reportSchema, reportVersion, type Report } from "../reports/report.ts";
import type { Table } from "../analyzers/contract.ts";
import { usableWord } from "../analyzers/post/segment.ts";
import { analyze, parseOptions } from "./analyze.ts";
import { background } from "./background.ts";
import { clean, loadTexts, type Cleaned } from "./clean.ts";
import type { EventConfig, RunConfig } from "./config.ts";
import { Database } from "./engines/duckdb.ts";
import { YuqingError, type Message } from "./errors.ts";
import { gather } from "./evidence.ts";
import { ingest, type Intake } from "./ingest.ts";
import type { Input } from "./import/inputs.ts";
import type { Reject } from "./import/rejects.ts";
import { integer } from "../reports/format.ts";
import { silent, type Progress } from "./progress.ts";
import { relate } from "./relate/relate.ts";
import { rollup, summarize } from "./rollup/rollup.ts";
import { ScorePool } from "./score/pool.ts";
import { versions } from "./versions.ts";

export interface RunOptions {
  inputs: readonly Input[];
  event: EventConfig;
  config: RunConfig;
  /** Path of a saved column mapping. */
  profile?: string | undefined;
  /** Secret of the author hash: the project's key. */
  key: Uint8Array;
  onReject(reject: Reject): void;
  progress?: Progress;
}

/**
 * START HERE. Files of posts in, one report out:
 *
 *   import → clean → score → relate → rollup → analyze → evidence → report
 *
 * Import and scoring overlap: a text goes to the workers the first time it is seen. Same files and config, same report, to the byte.
 */
export async function run({ inputs, event, config, profile, key, onReject, progress = silent }: RunOptions): Promise<Report> {
  const options = parseOptions(config);
  const database = await Database.open({ memory: config.memory });
  const pool = new ScorePool({ threads: config.threads, userWords: userWords(event), subjects: event.subjects, outFolder: database.folder });
  try {
    progress.start({ zh: "导入打分", en: "import" });
    const intake = await ingest(database, (texts) => pool.submit(texts), { inputs, event, config, profile, key, onReject, progress });
    const scored = await pool.finish();
    const read = intake.reduce((sum, { read }) => sum + read, 0);
    progress.end({ zh: `读入 ${integer(read, "zh")} 行，独立文本 ${integer(scored.scored, "zh")} 篇`, en: `${integer(read, "en")} rows read, ${integer(scored.scored, "en")} distinct texts` });

    progress.start({ zh: "清洗", en: "clean" });
    await loadTexts(database, scored.files);
    const cleaned = await clean(database, event);
    const kept = cleaned.reduce((sum, { kept }) => sum + kept, 0);
    progress.end({ zh: `计入 ${integer(kept, "zh")} 条`, en: `${integer(kept, "en")} posts kept` });
    if (read === 0 || intake.every(({ posts }) => posts === 0)) throw nothing(inputs);
    refuse(intake, config.rejectRefusal);

    progress.start({ zh: "聚合文本", en: "relate" });
    const related = await relate(database, {}, event);
    progress.end({ zh: `话题 ${related.topicLabels.length} 个，观点 ${related.viewpointLabels.length} 个`, en: `${related.topicLabels.length} topics, ${related.viewpointLabels.length} viewpoints` });

    progress.start({ zh: "汇总", en: "rollup" });
    await rollup(database);
    const tables = await summarize(database, config.privacy);
    const files = intake.map((file) => account(file, cleaned.find((row) => row.file === file.file)));
    const all = new Map<string, Table>([...tables, ["intake", files as unknown as Table], ["topic_labels", related.topicLabels], ["viewpoint_labels", related.viewpointLabels], ["background", background()]]);
    progress.end({ zh: `${all.size} 张表`, en: `${all.size} tables` });

    progress.start({ zh: "分析", en: "analyze" });
    const findings = analyze(all, event, options);
    const failed = findings.filter(({ status }) => status === "error").length;
    const { facts, rows } = await gather(database, findings, inputs.map(({ name }) => name), { privacy: config.privacy, samples: 3 });
    progress.end({ zh: `${findings.length} 个章节，${facts.length} 个事实${failed > 0 ? `，${failed} 个失败` : ""}`, en: `${findings.length} sections, ${facts.length} facts${failed > 0 ? `, ${failed} failed` : ""}` });

    return reportSchema.parse({
      version: reportVersion,
      generator: { name: "yuqing", version: versions.yuqing },
      event,
      config,
      manifest: {
        files: files.map(({ name, format, encoding, read, kept, duplicates, outside, accounts, rejected }, i) => ({ name, bytes: intake[i]!.bytes, sha256: intake[i]!.sha256, format, encoding, read, kept, duplicates, outside, accounts, rejected, note: intake[i]!.note, fault: intake[i]!.fault })),
        versions,
      },
      intake: {
        ...Object.fromEntries((["read", "kept", "duplicates", "outside", "accounts", "rejected"] as const).map((key) => [key, files.reduce((sum, file) => sum + file[key], 0)])) as Balance,
        rejects: codes(intake),
        suspicions: intake.flatMap(({ name, suspicions }) => suspicions.map(({ code, message, bends, count, lines }) => ({ code, file: name, message, bends, rows: count, lines }))),
      },
      notes: [...related.notes, ...unusable(event)],
      findings,
      facts,
      rows,
    } satisfies Record<keyof Report, unknown>);
  } catch (cause) {
    await pool.abort();
    throw cause;
  } finally {
    database.close();
  }
}

const userWords = (event: EventConfig): string[] => [...new Set([...event.words, ...event.subjects.flatMap(({ name, aliases }) => [name, ...aliases])])].filter((word) => [...word].length >= 2);

/** Words of the event file that no dictionary can hold (blanks, emoji): they are cut as ordinary text, and the report says so. */
function unusable(event: EventConfig): Message[] {
  const words = userWords(event).filter((word) => !usableWord(word));
  if (words.length === 0) return [];
  return [{ zh: `事件文件中的这些词无法整词切分，按普通文本处理：${words.join("、")}。`, en: `These words of the event file cannot be kept whole and are cut as ordinary text: ${words.join(", ")}.` }];
}

type Balance = Pick<Report["intake"], "read" | "kept" | "duplicates" | "outside" | "accounts" | "rejected">;

function account(file: Intake, cleaned: Cleaned | undefined) {
  const { file: index, name, format, encoding, read, accounts, rejected } = file;
  const { kept = 0, duplicates = 0, outside = 0, outside_roots = 0 } = cleaned ?? {};
  return { file: index, name, format, encoding, read, kept, duplicates, outside, outside_roots, accounts, rejected };
}

/** A report on the minority of rows that could be read would mislead: none is made, an earlier one stays. */
function refuse(intake: readonly Intake[], limit: number): void {
  const read = intake.reduce((sum, { read }) => sum + read, 0);
  const rejected = intake.reduce((sum, { rejected }) => sum + rejected, 0);
  if (rejected <= limit * read) return;
  throw new YuqingError("TOO_MANY_REJECTS", 1, {
    what: { zh: "拒收的行太多，没有写出报告；已有的报告未动", en: "too many rows rejected; no report written, an earlier one is untouched" },
    got: `${rejected} / ${read}`,
    expected: `≤ ${limit * 100}%`,
    next: { zh: "用 yuqing inspect 查看原因；确需出报告时在 --config 里调高 rejectRefusal", en: "see the reasons with yuqing inspect; to report all the same, raise rejectRefusal in the --config file" },
  });
}

function codes(intake: readonly Intake[]): { code: string; rows: number }[] {
  const counts = new Map<string, number>();
  for (const { rejects } of intake) for (const [code, rows] of rejects) counts.set(code, (counts.get(code) ?? 0) + rows);
  return [...counts].map(([code, rows]) => ({ code, rows })).sort((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1));
}

function nothing(inputs: readonly Input[]): YuqingError {
  return new YuqingError("NO_POSTS", 1, {
    what: { zh: "没有一行能读成帖文", en: "not one row could be read as a post" },
    where: inputs.map(({ name }) => name).join(", ").slice(0, 500),
    expected: "≥ 1",
    next: { zh: "用 yuqing inspect 查看表头映射和拒收原因", en: "see header mapping and reject reasons with yuqing inspect" },
  });
}
