import { share, integer } from "../../reports/format.ts";
import type { Language, Message } from "../errors.ts";
import { postColumns, type Post } from "../schema.ts";
import { IdSet } from "./doubts/id-set.ts";
import { importFile, type ImportOptions } from "./import.ts";
import type { Input } from "./open/inputs.ts";
import type { Suspicion } from "./doubts/notes.ts";
import { rejectReasons } from "./tables/rejects.ts";
import type { RejectCode } from "./tables/rows.ts";

/** What a file would give if it were imported. Plain JSON. */
export interface Inspection {
  file: string;
  /** Name of the recognised export; null when none was. */
  profile: string | null;
  /** What such exports cannot tell; null when nothing is known to be missing. */
  formatNote: Message | null;
  format: string;
  compression: string | null;
  encoding: string | null;
  delimiter: string | null;
  bytes: number;
  sha256: string;
  headers: { header: string; column: string | null; known: boolean }[];
  read: number;
  /** Rows that are posts. */
  kept: number;
  /** Rows that describe accounts. */
  accounts: number;
  rejected: { code: RejectCode; count: number; lines: number[] }[];
  /** Posts with a value, per column of Post. */
  coverage: { column: string; known: number; of: number }[];
  suspicions: Suspicion[];
  /** Sheets of a workbook that were left out. */
  skippedSheets: readonly string[];
  /** The mapping as a profile (YAML) that `--profile` reads; null when the file has no table. */
  mapping: string | null;
}

/** Reads the whole file as import would and reports on it; keeps no post. Throws as import does. */
export async function inspect(input: string | Input, options: Omit<ImportOptions, "key" | "privacy">): Promise<Inspection> {
  const file = importFile(input, 0, { ...options, key: "inspect", privacy: "masked" });
  const columns = (Object.keys(postColumns) as (keyof Post)[]).filter((column) => !["file", "line", "source", "source_line"].includes(column));
  const known = new Map(columns.map((column) => [column, 0]));
  const rejected = new Map<RejectCode, { count: number; lines: number[] }>();
  const seen = new IdSet();
  for await (const { posts, rejects } of file) {
    for (const post of posts) {
      for (const column of columns) if (post[column] !== null) known.set(column, known.get(column)! + 1);
      if (post.id!.startsWith("row:")) continue;
      if (!seen.add(post.id!)) file.notes.add("ID_DUPLICATE", post.line!);
    }
    for (const { code, line } of rejects) {
      const entry = rejected.get(code) ?? { count: 0, lines: [] };
      rejected.set(code, { count: entry.count + 1, lines: entry.lines.length < 5 ? [...entry.lines, line] : entry.lines });
    }
  }
  const { name, profile, formatNote, format, compression, encoding, delimiter, bytes, sha256, headers, read, kept, accounts, skippedSheets, suspicions } = file.summary();
  return {
    file: name, profile, formatNote, format, compression, encoding, delimiter, bytes, sha256, headers, read, kept, accounts,
    rejected: [...rejected].map(([code, entry]) => ({ code, ...entry })).sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    coverage: columns.map((column) => ({ column, known: known.get(column)!, of: kept })),
    suspicions,
    skippedSheets,
    mapping: file.profileText(name),
  };
}

const words = {
  zh: { headers: "表头 → 列", unused: "未使用", unknown: "不认识", rows: "行", kept: "收下", accounts: "账号", rejected: "拒收", coverage: "各列已知比例", suspicions: "可疑之处", bends: "影响", none: "无", lines: "例：行", sheets: "跳过的工作表" },
  en: { headers: "header → column", unused: "not used", unknown: "not known", rows: "rows", kept: "kept", accounts: "accounts", rejected: "rejected", coverage: "known per column", suspicions: "suspicions", bends: "bends", none: "none", lines: "e.g. line", sheets: "sheets skipped" },
} as const;

/** The inspection as text for a terminal. */
export function describe(inspection: Inspection, language: Language): string {
  const word = words[language];
  const { file, profile, formatNote, format, compression, encoding, delimiter, headers, read, kept, accounts, rejected, coverage, suspicions, skippedSheets } = inspection;
  const kind = [profile, format, compression, encoding, delimiter === null ? null : JSON.stringify(delimiter)].filter((part) => part !== null).join(" · ");
  const used = headers.filter(({ column }) => column !== null);
  const unknown = headers.filter(({ column, known }) => column === null && !known);
  const unused = headers.filter(({ column, known }) => column === null && known);
  const example = (lines: readonly number[]): string => (lines.length === 0 ? "" : `  (${word.lines} ${lines.join(", ")})`);
  const told = (message: Message): string => message[language];
  return [
    `${file}  ${kind}`,
    ...(formatNote === null ? [] : [`  ${told(formatNote)}`]),
    `  ${word.rows} ${integer(read, language)} = ${word.kept} ${integer(kept, language)} ${accounts === 0 ? "" : `+ ${word.accounts} ${integer(accounts, language)} `}+ ${word.rejected} ${integer(read - kept - accounts, language)}`,
    ...rejected.map(({ code, count, lines }) => `    ${code} ${integer(count, language)}  ${told(rejectReasons[code])}${example(lines)}`),
    `  ${word.headers}: ${used.map(({ header, column }) => `${header} → ${column}`).join(", ") || word.none}`,
    ...(unused.length > 0 ? [`  ${word.unused}: ${unused.map(({ header }) => header).join(", ")}`] : []),
    ...(unknown.length > 0 ? [`  ${word.unknown}: ${unknown.map(({ header }) => header).join(", ")}`] : []),
    ...(skippedSheets.length > 0 ? [`  ${word.sheets}: ${skippedSheets.join(", ")}`] : []),
    `  ${word.coverage}: ${coverage.filter(({ known }) => known > 0).map(({ column, known, of }) => `${column} ${share(of === 0 ? null : known / of, language)}`).join(", ") || word.none}`,
    `  ${word.suspicions}: ${suspicions.length === 0 ? word.none : ""}`,
    ...suspicions.flatMap(({ code, message, bends, count, lines }) => [
      `    ${code} ${integer(count, language)}  ${told(message)}${example(lines)}`,
      ...(bends === null ? [] : [`      ${word.bends}: ${told(bends)}`]),
    ]),
  ].join("\n");
}
