import { reportSchema, reportVersion, type Report } from "../reports/report.ts";
import type { Table } from "../analyzers/contract.ts";
import { modelVersion } from "../analyzers/post/model/model.ts";
import { usableWord } from "../analyzers/post/segment.ts";
import { analyze, parseOptions } from "./analyze.ts";
import type { Audit } from "./audit/contract.ts";
import { background } from "./background.ts";
import { calibrationOf } from "./calibration.ts";
import type { Cleaned } from "./clean.ts";
import type { EventConfig } from "./config.ts";
import { Database } from "./engines/duckdb.ts";
import type { Message } from "./errors.ts";
import { gather } from "./evidence.ts";
import type { Intake } from "./ingest.ts";
import type { Library } from "./library/entry.ts";
import { load, type LoadOptions } from "./load.ts";
import { silent, type Progress } from "./progress.ts";
import { relate } from "./relate/relate.ts";
import { rollup, summarize } from "./rollup/rollup.ts";
import { joinForms } from "./term-forms.ts";
import { versions } from "./versions.ts";
import { archiveTables, type ArchiveWords } from "./words/archive-words.ts";
import { noEventWords, userWords, vocabularyOf, wordNotes } from "./words/event-words.ts";

export interface RunOptions extends LoadOptions {
  /** Moods checked by hand (`yuqing audit`), on predictions of the same model. */
  audit?: Audit | null | undefined;
  /** Past cases that this one is placed against (`yuqing library`). */
  library?: Library | null | undefined;
  /** Words of the archive that the posts are from: what hot words are compared with. */
  archive?: ArchiveWords | null;
  progress?: Progress;
}

/**
 * START HERE. Files of posts in, one report out:
 *
 *   import → words → score → clean → relate → rollup → analyze → evidence → report
 *
 * Same files and config, same report, to the byte.
 */
export async function run({ audit = null, library = null, archive = null, progress = silent, ...loadOptions }: RunOptions): Promise<Report> {
  const { event, config } = loadOptions;
  const options = parseOptions(config);
  const database = await Database.open({ memory: config.memory });
  try {
    const { intake, cleaned, found } = await load(database, loadOptions, progress);
    const others = await archiveTables(database, archive); // before joinForms: the archive holds words as each night's posts write them
    await joinForms(database);

    progress.start({ zh: "聚合文本", en: "relate" });
    const related = await relate(database, {}, event);
    const topics = related.topicLabels.filter(({ loose }) => loose !== true).length;
    progress.end({ zh: `话题 ${topics} 个，观点 ${related.viewpointLabels.length} 个`, en: `${topics} topics, ${related.viewpointLabels.length} viewpoints` });

    progress.start({ zh: "汇总", en: "rollup" });
    // A word that the analyst dropped does not come back as a phrase.
    await rollup(database, vocabularyOf(event, loadOptions.words).dropped);
    const tables = await summarize(database, config.privacy);
    const files = intake.map((file) => balanceOf(file, cleaned.find((row) => row.file === file.file)));
    const all = new Map<string, Table>([...tables, ["archive_terms", others.terms], ["archive_totals", others.totals], ["intake", files as unknown as Table], ["topic_labels", related.topicLabels], ["viewpoint_labels", related.viewpointLabels], ["background", background()]]);
    progress.end({ zh: `${all.size} 张表`, en: `${all.size} tables` });

    progress.start({ zh: "分析", en: "analyze" });
    const findings = analyze(all, event, options, { audit, library, calibration: calibrationOf(config.model ?? null) });
    const failed = findings.filter(({ status }) => status === "error").length;
    const { facts, rows } = await gather(database, findings, intake.map(({ name }) => name), { privacy: config.privacy, samples: 3 });
    progress.end({ zh: `${findings.length} 个章节，${facts.length} 个事实${failed > 0 ? `，${failed} 个失败` : ""}`, en: `${findings.length} sections, ${facts.length} facts${failed > 0 ? `, ${failed} failed` : ""}` });

    return reportSchema.parse({
      version: reportVersion,
      generator: { name: "yuqing", version: versions.yuqing },
      event,
      config,
      manifest: {
        files: files.map(({ name, format, encoding, read, kept, duplicates, outside, accounts, rejected }, i) => ({ name, bytes: intake[i]!.bytes, sha256: intake[i]!.sha256, format, encoding, read, kept, duplicates, outside, accounts, rejected, note: intake[i]!.note, fault: intake[i]!.fault })),
        versions: { ...versions, ...(config.model !== undefined && { "sentiment model": modelVersion(config.model) }), ...(library !== null && { "event library": library.digest }) },
      },
      intake: {
        ...Object.fromEntries((["read", "kept", "duplicates", "outside", "accounts", "rejected"] as const).map((key) => [key, files.reduce((sum, file) => sum + file[key], 0)])) as Balance,
        rejects: codes(intake),
        suspicions: intake.flatMap(({ name, suspicions }) => suspicions.map(({ code, message, bends, count, lines }) => ({ code, file: name, message, bends, rows: count, lines }))),
      },
      notes: [...related.notes, ...wordNotes(found, loadOptions.words ?? noEventWords), ...unusable(event)],
      findings,
      facts,
      rows,
    } satisfies Record<keyof Report, unknown>);
  } finally {
    database.close();
  }
}

/** Words of the event file that no dictionary can hold (blanks, emoji): they are cut as ordinary text, and the report says so. */
function unusable(event: EventConfig): Message[] {
  const words = userWords(event).filter((word) => !usableWord(word));
  if (words.length === 0) return [];
  return [{ zh: `事件文件中的这些词无法整词切分，按普通文本处理：${words.join("、")}。`, en: `These words of the event file cannot be kept whole and are cut as ordinary text: ${words.join(", ")}.` }];
}

type Balance = Pick<Report["intake"], "read" | "kept" | "duplicates" | "outside" | "accounts" | "rejected">;

function balanceOf(file: Intake, cleaned: Cleaned | undefined) {
  const { file: index, name, format, encoding, read, accounts, rejected } = file;
  const { kept = 0, duplicates = 0, outside = 0, outside_roots = 0 } = cleaned ?? {};
  return { file: index, name, format, encoding, read, kept, duplicates, outside, outside_roots, accounts, rejected };
}

function codes(intake: readonly Intake[]): { code: string; rows: number }[] {
  const counts = new Map<string, number>();
  for (const { rejects } of intake) for (const [code, rows] of rejects) counts.set(code, (counts.get(code) ?? 0) + rows);
  return [...counts].map(([code, rows]) => ({ code, rows })).sort((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1));
}
