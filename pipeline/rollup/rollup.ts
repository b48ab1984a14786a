import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../engines/duckdb.ts";
import { root } from "../paths.ts";
import { isMediaAccount } from "../import/posts/platforms.ts";
import { maskName, maskText } from "../import/privacy/privacy.ts";
import type { Table } from "../../analyzers/contract.ts";
import { tables, type TableName } from "./tables.ts";

/** Rollups that exist only as the source of a summary. */
const sources = ["terms", "spoken", "tags", "mentions", "emoticons"] as const;
/** Tables that rollups are made of, in order. */
const steps = ["utterances", "strata", "sampled_wordings", "chains", "text_phrases", "text_terms", "vocabulary"] as const;
const names = Object.keys(tables) as TableName[];
export const rollupNames: readonly string[] = [...names.filter((name) => tables[name].from === "rollup"), ...sources];
/** Columns of summaries that hold words of posts. */
const texts = new Set(["title"]);

export const rollupSql = (name: string): string => readFileSync(join(root, "pipeline", "rollup", `${name}.sql`), "utf8");
const summarySql = (name: string): string => readFileSync(join(root, "pipeline", "rollup", "summaries", `${name}.sql`), "utf8");

/** Rolls `scored` and its side tables up: every rollup becomes a table of the schema `rollup`. `dropped`: words of the analyst's list that must not come back as phrases. */
export async function rollup(database: Database, dropped: ReadonlySet<string> = new Set()): Promise<void> {
  await database.run("CREATE SCHEMA IF NOT EXISTS rollup");
  for (const name of steps) {
    await database.run(`CREATE OR REPLACE TEMP ${name === "text_terms" ? "VIEW" : "TABLE"} ${name} AS ${rollupSql(name)}`);
    if (name === "text_phrases") for (const word of dropped) await database.run("DELETE FROM text_phrases WHERE phrase = $1", [word]);
  }
  for (const name of rollupNames) await database.run(`CREATE OR REPLACE TABLE rollup.${name} AS ${rollupSql(name)}`);
}

/** All tables that event analyzers may read, each sorted by all of its columns. Words of posts are masked unless privacy is internal. */
export async function summarize(database: Database, privacy: "masked" | "internal"): Promise<Map<TableName, Table>> {
  const out = new Map<TableName, Table>();
  for (const name of names) {
    const { from, columns } = tables[name];
    if (from === "run") continue;
    const list = columns.map((column) => `"${column}"`).join(", ");
    const sql = from === "rollup" ? `SELECT ${list} FROM rollup.${name} ORDER BY ALL` : `SELECT ${list} FROM (${summarySql(name)})`;
    const rows = await database.rows(sql);
    if (privacy === "masked") {
      for (const row of rows) for (const column of columns) if (texts.has(column) && typeof row[column] === "string") row[column] = maskText(row[column]);
      if (name === "mentions") for (const row of rows) row.account = shownAccount(row.account as string, row.institution as boolean);
    }
    out.set(name, rows as unknown as Table);
  }
  return out;
}

/** Name of an account for the masked edition: open for institutions only, as authors' names are. */
const shownAccount = (account: string, institution: boolean): string => (institution || isMediaAccount(account) ? account : maskName(account));
