import { basename } from "node:path";
import type { DuckDBAppender } from "@duckdb/node-api";
import { offsetMs, type EventConfig, type RunConfig } from "./config.ts";
import type { Database } from "./engines/duckdb.ts";
import type { Message } from "./errors.ts";
import { importFile } from "./import/import.ts";
import { scoredText } from "./import/post.ts";
import type { Reject } from "./import/rejects.ts";
import { integer } from "../reports/format.ts";
import type { Progress } from "./progress.ts";
import { duckdbColumns, postColumns, type ColumnType, type Post } from "./schema.ts";
import type { ScorePool } from "./score/pool.ts";

/** What the import of one file came to. read = posts + rejected. */
export interface Intake {
  file: number;
  name: string;
  format: string;
  encoding: string;
  bytes: number;
  sha256: string;
  read: number;
  posts: number;
  rejected: number;
  rejects: ReadonlyMap<string, number>;
  suspicions: { code: string; message: Message; count: number; lines: number[] }[];
}

export interface IngestOptions {
  files: readonly string[];
  event: EventConfig;
  config: RunConfig;
  /** Secret of the author hash. */
  key: Uint8Array;
  /** Path of a saved column mapping. */
  profile?: string | undefined;
  onReject(reject: Reject): void;
  progress: Progress;
}

/** Reads the files in the given order into the table `posts` (row_no counts the rows read) and hands every text to the workers the first time it is seen. */
export async function ingest(database: Database, pool: ScorePool, { files, event, config, profile, key, onReject, progress }: IngestOptions): Promise<Intake[]> {
  await database.run(`CREATE TABLE posts (row_no BIGINT, ${duckdbColumns(postColumns)})`);
  const appender = await database.connection.createAppender("posts");
  const seen = new Set<string>();
  const intake: Intake[] = [];
  let rows = 0;
  for (const [index, path] of files.entries()) {
    const source = importFile(path, index, { columns: config.columns, profile, cellLimit: config.cellLimit, utcOffsetMs: offsetMs(event.utcOffset), key, privacy: config.privacy });
    for await (const { posts, rejects } of source) {
      for (const post of posts) append(appender, ++rows, post);
      rejects.forEach(onReject);
      await pool.submit(unseen(posts, seen));
      progress.update((index + source.share()) / files.length, `${integer(rows, "en")} · ${basename(path)}`);
    }
    const { name, format, profile: recognised, encoding, bytes, sha256, read, kept, rejected, rejectedBy, suspicions } = source.summary();
    intake.push({ file: index, name, format: recognised ?? format, encoding: encoding ?? "", bytes, sha256, read, posts: kept, rejected, rejects: rejectedBy, suspicions });
  }
  appender.closeSync();
  return intake;
}

/** The text that is scored: title and own words. text_key is its hash. */
function unseen(posts: readonly Post[], seen: Set<string>): { text_key: string; text: string }[] {
  const fresh: { text_key: string; text: string }[] = [];
  for (const { text_key, title, own } of posts) {
    if (text_key === null || seen.has(text_key)) continue;
    seen.add(text_key);
    fresh.push({ text_key, text: scoredText(title, own) });
  }
  return fresh;
}

const columns = Object.entries(postColumns) as [keyof Post, ColumnType][];

function append(appender: DuckDBAppender, row: number, post: Post): void {
  appender.appendBigInt(BigInt(row));
  for (const [name, type] of columns) {
    const value = post[name];
    if (value === null) appender.appendNull();
    else if (type === "STRING") appender.appendVarchar(value as string);
    else if (type === "BIGINT") appender.appendBigInt(BigInt(value as number));
    else appender.appendInteger(value as number);
  }
  appender.endRow();
}
