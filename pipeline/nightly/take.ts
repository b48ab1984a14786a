import { statSync } from "node:fs";
import type { ArchiveSource } from "../archive/manifest.ts";
import type { RunConfig } from "../config.ts";
import { eventSchema } from "../config.ts";
import { nameRows } from "../dataset.ts";
import type { Database } from "../engines/duckdb.ts";
import type { Message } from "../errors.ts";
import type { Reject } from "../import/tables/rejects.ts";
import { ingest, type Intake } from "../ingest.ts";
import type { Progress } from "../progress.ts";
import { keepFresh, writePosts } from "./posts.ts";
import type { FoundSource } from "./sources.ts";

export interface TakeOptions {
  sources: readonly FoundSource[];
  config: RunConfig;
  utcOffset: string;
  key: Uint8Array;
  /** Posts files of the archive, and files of the ids of pruned posts. */
  archived: readonly string[];
  pruned: readonly string[];
  /** Contents that the archive has read. */
  known: ReadonlySet<string>;
  /** Where the rows of the night go. */
  paths: { posts: string; accounts: string };
  onReject(reject: Reject): void;
  progress: Progress;
}

export interface Taken {
  /** Sources that were taken in, without their night. */
  sources: Omit<ArchiveSource, "night">[];
  /** Files of which nothing was used; they stay in the inbox and are tried again. */
  refused: { intake: Intake; fault: Message }[];
  /** Rows written. */
  posts: number;
  accounts: number;
}

/**
 * Reads the night's files into `posts` and `accounts`, writes them to `paths`, and leaves in `posts` what the archive does not hold yet. A file that cannot be read, that has more rejected rows than
 * `rejectRefusal`, or that changed while it was read costs itself and no other.
 */
export async function take(database: Database, { sources, config, utcOffset, key, archived, pruned, known, paths, onReject, progress }: TakeOptions): Promise<Taken> {
  const intake = await ingest(database, { inputs: sources.map(({ input }) => input), event: eventSchema.parse({ utcOffset }), config, key, allowNone: true, onReject, progress });
  const seen = new Set(known);
  const used: { intake: Intake; source: FoundSource }[] = [];
  const refused: Taken["refused"] = [];
  for (const [i, one] of intake.entries()) {
    const source = sources[i]!;
    const fault = one.fault ?? tooMany(one, config.rejectRefusal) ?? changed(source, one.sha256);
    const again = fault === null && seen.has(one.sha256);
    if (fault !== null) refused.push({ intake: one, fault });
    else if (!again) used.push({ intake: one, source });
    if (fault !== null || again) await forget(database, one, intake);
    else seen.add(one.sha256);
  }
  await nameRows(database, intake);
  const written = await writePosts(database, intake, paths);
  await keepFresh(database, archived);
  await keepFresh(database, pruned);
  const rows = await database.rows<{ file: number; fresh: number }>("SELECT file, count(*) AS fresh FROM (SELECT id, arg_min(file, row_no) AS file FROM posts GROUP BY id) GROUP BY file");
  const fresh = new Map(rows.map((row) => [row.file, row.fresh]));
  return {
    sources: used.map(({ intake: { file, name, sha256, format, encoding, read, posts, accounts, rejected, rejects, suspicions, note }, source: { bytes, modified_ms } }) => ({
      name, sha256, bytes, modified_ms, format, encoding, read, posts, accounts, rejected, fresh: fresh.get(file) ?? 0, rejects: Object.fromEntries(rejects), suspicions, note, fault: null,
    })),
    refused,
    ...written,
  };
}

/** The rows of a file that is not taken leave the tables; row numbers of the others stay. */
async function forget(database: Database, { file, posts, accounts }: Intake, all: readonly Intake[]): Promise<void> {
  const first = all.slice(0, file).reduce((sum, one) => sum + one.posts + one.accounts, 0);
  for (const table of ["posts", "accounts"]) await database.run(`DELETE FROM ${table} WHERE row_no > $1 AND row_no <= $2`, [BigInt(first), BigInt(first + posts + accounts)]);
}

function tooMany({ read, rejected }: Intake, limit: number): Message | null {
  if (rejected <= limit * read) return null;
  return { zh: `拒收 ${rejected} / ${read} 行，超过 rejectRefusal，整个文件没有使用`, en: `${rejected} of ${read} rows rejected, above rejectRefusal: nothing of the file was used` };
}

function changed({ input, bytes, modified_ms, content }: FoundSource, sha256: string): Message | null {
  const now = statSync(input.path, { throwIfNoEntry: false });
  if (now?.size === bytes && Math.floor(now.mtimeMs) === modified_ms && (content === null || content === sha256)) return null;
  return { zh: "读取期间文件变了，留待下次", en: "it changed while it was read; left for the next run" };
}
