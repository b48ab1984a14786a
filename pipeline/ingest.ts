import type { DuckDBAppender } from "@duckdb/node-api";
import { offsetMs, type EventConfig, type RunConfig } from "./config.ts";
import type { Database } from "./engines/duckdb.ts";
import { YuqingError, type Message } from "./errors.ts";
import { importFile } from "./import/import.ts";
import type { Input } from "./import/open/inputs.ts";
import type { Suspicion } from "./import/doubts/notes.ts";
import type { Reject } from "./import/tables/rejects.ts";
import { integer } from "../reports/format.ts";
import type { Progress } from "./progress.ts";
import { accountColumns, duckdbColumns, postColumns, type Account, type ColumnType, type Post } from "./schema.ts";

/** What the import of one file came to. read = posts + accounts + rejected. */
export interface Intake {
  file: number;
  name: string;
  format: string;
  encoding: string;
  bytes: number;
  sha256: string;
  read: number;
  posts: number;
  accounts: number;
  rejected: number;
  rejects: ReadonlyMap<string, number>;
  suspicions: Suspicion[];
  /** What exports of this format cannot tell. */
  note: Message | null;
  /** Why nothing of the file was used; null when it was. */
  fault: Message | null;
}

export interface IngestOptions {
  inputs: readonly Input[];
  event: EventConfig;
  config: RunConfig;
  /** Secret of the author hash. */
  key: Uint8Array;
  /** Path of a saved column mapping. */
  profile?: string | undefined;
  /** Inputs of which none can be read are an answer, not an error. */
  allowNone?: boolean;
  onReject(reject: Reject): void;
  progress: Progress;
}

/**
 * Reads the files in the given order into the tables `posts` and `accounts` (row_no counts the rows read).
 * A file that cannot be read to its end is left out as a whole and says so in `fault`; when none can be read, the first one's error is thrown.
 */
export async function ingest(database: Database, { inputs, event, config, profile, key, allowNone = false, onReject, progress }: IngestOptions): Promise<Intake[]> {
  await makePostTables(database);
  const posts = await database.connection.createAppender("posts");
  const accounts = await database.connection.createAppender("accounts");
  const intake: Intake[] = [];
  const faults: YuqingError[] = [];
  let rows = 0;
  for (const [index, input] of inputs.entries()) {
    const source = importFile(input, index, { columns: config.columns, profile, cellLimit: config.cellLimit, utcOffsetMs: offsetMs(event.utcOffset), key, privacy: config.privacy });
    const first = rows;
    let fault: YuqingError | null = null;
    try {
      for await (const batch of source) {
        for (const post of batch.posts) append(posts, ++rows, postTypes, post);
        for (const account of batch.accounts) append(accounts, ++rows, accountTypes, account);
        batch.rejects.forEach(onReject);
        progress.update((index + source.share()) / inputs.length, `${integer(rows, "en")} · ${input.name}`);
      }
    } catch (cause) {
      if (!(cause instanceof YuqingError) || cause.exit !== 2) throw cause;
      faults.push((fault = cause));
      posts.flushSync();
      accounts.flushSync();
      for (const table of ["posts", "accounts"]) await database.run(`DELETE FROM ${table} WHERE row_no > $1`, [first]);
      rows = first;
    }
    intake.push(intakeOf(source.summary(), fault));
  }
  posts.closeSync();
  accounts.closeSync();
  if (!allowNone && faults.length > 0 && faults.length === inputs.length) throw faults[0]!;
  return intake;
}

/** The empty tables `posts` and `accounts`; row_no counts the rows read, over both. */
export async function makePostTables(database: Database): Promise<void> {
  await database.run(`CREATE TABLE posts (row_no BIGINT, ${duckdbColumns(postColumns)})`);
  await database.run(`CREATE TABLE accounts (row_no BIGINT, ${duckdbColumns(accountColumns)})`);
}

function intakeOf(summary: ReturnType<ReturnType<typeof importFile>["summary"]>, fault: YuqingError | null): Intake {
  const { file, name, format, profile, encoding, bytes, sha256, read, kept, accounts, rejected, rejectedBy, suspicions, formatNote } = summary;
  const whole = { file, name, format: profile ?? format, encoding: encoding ?? "", bytes, sha256, suspicions, note: formatNote };
  if (fault === null) return { ...whole, read, posts: kept, accounts, rejected, rejects: rejectedBy, fault: null };
  return { ...whole, read: 0, posts: 0, accounts: 0, rejected: 0, rejects: new Map(), fault: brief(fault) };
}

/** Without the path, so that a report does not depend on where its files lay. */
function brief({ code, parts: { what, got } }: YuqingError): Message {
  const said = got === undefined ? "" : ` (${got})`;
  return { zh: `${code}：${what.zh}${said}`, en: `${code}: ${what.en}${said}` };
}

type Types<R> = readonly (readonly [keyof R, ColumnType])[];
const postTypes = Object.entries(postColumns) as unknown as Types<Post>;
const accountTypes = Object.entries(accountColumns) as unknown as Types<Account>;

function append<R>(appender: DuckDBAppender, row: number, types: Types<R>, record: R): void {
  appender.appendBigInt(BigInt(row));
  for (const [name, type] of types) {
    const value = record[name];
    if (value === null) appender.appendNull();
    else if (type === "STRING") appender.appendVarchar(value as string);
    else if (type === "BIGINT") appender.appendBigInt(BigInt(value as number));
    else appender.appendInteger(value as number);
  }
  appender.endRow();
}
