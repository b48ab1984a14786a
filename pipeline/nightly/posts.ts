import { parquet, save } from "../archive/parquet.ts";
import type { Database } from "../engines/duckdb.ts";
import { makePostTables, type Intake } from "../ingest.ts";
import { accountColumns, postColumns } from "../schema.ts";
import type { ArchiveWords } from "../words/archive-words.ts";

/**
 * Posts as the archive keeps them: every row that a source held, as read, with the content hash of its source. Rows of one id are merged when they are read back, as rows of one import are:
 * so that posts collected over thirty nights give what one import of all gives.
 */

/** Columns of a posts file beside `sha256` of the source and `row_no`, by which the rows of a source are ordered. */
const kept = Object.keys(postColumns).filter((name) => name !== "file");
const list = (columns: readonly string[], of = ""): string => columns.map((name) => `${of}"${name}"`).join(", ");

/** Writes the tables `posts` and `accounts` of a night to two files. Returns their rows. */
export async function writePosts(database: Database, intake: readonly Intake[], paths: { posts: string; accounts: string }): Promise<{ posts: number; accounts: number }> {
  await database.run("CREATE OR REPLACE TEMP TABLE night_sources (file INTEGER, sha256 VARCHAR, first BIGINT, last BIGINT)");
  let last = 0;
  for (const { file, sha256, posts, accounts } of intake) await database.run("INSERT INTO night_sources VALUES ($1, $2, $3, $4)", [file, sha256, BigInt(last + 1), BigInt((last += posts + accounts))]);
  await save(database, `SELECT s.sha256, p.row_no, ${list(kept, "p.")} FROM posts p JOIN night_sources s ON s.file = p.file ORDER BY p.row_no`, paths.posts);
  await save(database, `SELECT s.sha256, a.* FROM accounts a JOIN night_sources s ON a.row_no BETWEEN s.first AND s.last ORDER BY a.row_no`, paths.accounts);
  const [counts] = await database.rows<{ posts: number; accounts: number }>("SELECT (SELECT count(*) FROM posts) AS posts, (SELECT count(*) FROM accounts) AS accounts");
  return counts!;
}

/** Leaves in `posts` only the rows of posts that no file of `archived` holds; each has a column `id`. */
export async function keepFresh(database: Database, archived: readonly string[]): Promise<void> {
  if (archived.length > 0) await database.run(`DELETE FROM posts WHERE id IN (SELECT id FROM ${parquet(archived)})`);
}

/** A source of posts that an event's report is made from, as the archive knows it. */
export type ArchivedSource = Pick<Intake, "name" | "format" | "encoding" | "bytes" | "sha256" | "suspicions" | "note">;

export interface EventPosts {
  posts: readonly string[];
  accounts: readonly string[];
  /** Files of ids that the event's query matches. */
  members: readonly string[];
  sources: readonly ArchivedSource[];
  /** Words of all posts of the archive. */
  words: ArchiveWords;
}

/**
 * Fills `posts` and `accounts` with the posts of an event: those whose id the query matched, and what reposts or comments on them. Sources come in the order of their names and
 * contents, whichever night they came in. Days and slots are those of the event's zone. `read` of a source counts its posts of this event; what it held besides is no matter of the event.
 */
export async function readEventPosts(database: Database, { posts, accounts, members, sources }: Omit<EventPosts, "words">, utcOffsetMs: number): Promise<Intake[]> {
  await makePostTables(database);
  if (posts.length === 0 || members.length === 0) return [];
  await database.run(`CREATE TEMP TABLE members AS SELECT DISTINCT id FROM ${parquet(members)}`);
  await database.run(`CREATE TEMP TABLE event_rows AS SELECT * FROM ${parquet(posts)} WHERE id IN (SELECT id FROM members) OR root IN (SELECT id FROM members) OR parent IN (SELECT id FROM members)`);
  const rows = await database.rows<{ sha256: string; posts: number }>("SELECT sha256, count(*) AS posts FROM event_rows GROUP BY sha256");
  const counts = new Map(rows.map((row) => [row.sha256, row.posts]));
  const used = sources.filter(({ sha256 }) => counts.has(sha256)).sort(byName);
  await database.run("CREATE TEMP TABLE event_sources (file INTEGER, sha256 VARCHAR)");
  for (const [file, { sha256 }] of used.entries()) await database.run("INSERT INTO event_sources VALUES ($1, $2)", [file, sha256]);
  const postList = list(Object.keys(postColumns));
  const zoned: Record<string, string> = { file: "s.file", day: `((r.published_ms + ${utcOffsetMs}) // 86400000)::INTEGER`, slot: `CASE WHEN r.precision <> 'day' THEN (r.published_ms + ${utcOffsetMs}) // 600000 END` };
  await database.run(`INSERT INTO posts (row_no, ${postList}) SELECT row_number() OVER (ORDER BY s.file, r.row_no), ${Object.keys(postColumns).map((name) => zoned[name] ?? `r."${name}"`).join(", ")} FROM event_rows r JOIN event_sources s USING (sha256)`);
  if (accounts.length > 0) {
    const accountList = list(Object.keys(accountColumns));
    await database.run("CREATE TEMP TABLE account_sources (file INTEGER, sha256 VARCHAR)");
    for (const [file, { sha256 }] of [...sources].sort(byName).entries()) await database.run("INSERT INTO account_sources VALUES ($1, $2)", [file, sha256]);
    await database.run(`INSERT INTO accounts (row_no, ${accountList}) SELECT row_number() OVER (ORDER BY s.file, a.row_no), ${list(Object.keys(accountColumns), "a.")} FROM ${parquet(accounts)} a JOIN account_sources s USING (sha256) WHERE a.author IN (SELECT author FROM posts)`);
  }
  await database.run("DROP TABLE event_rows");
  return used.map((source, file) => ({ ...source, file, read: counts.get(source.sha256)!, posts: counts.get(source.sha256)!, accounts: 0, rejected: 0, rejects: new Map(), fault: null }));
}

const byName = (a: ArchivedSource, b: ArchivedSource): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.sha256 < b.sha256 ? -1 : 1);
