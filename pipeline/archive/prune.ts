import { rmSync } from "node:fs";
import { join } from "node:path";
import { Database } from "../engines/duckdb.ts";
import { parquet, save } from "./parquet.ts";
import type { Archive } from "./archive.ts";
import type { Draft } from "./draft.ts";
import { guard } from "./errors.ts";
import type { ArchiveFile, Manifest } from "./manifest.ts";

/** Kinds of files that hold posts, their accounts, their words, and which event's they are. Counts, nights, states, sources and the ids of posts stay. */
export const prunedKinds: readonly string[] = ["posts", "accounts", "members", "word-counts", "wordings"];

/** Kind of the files with the ids of pruned posts. */
export const idsKind = "ids";

/** Files that hold posts of nights before `date` ("2026-11-21"). */
export const filesBefore = ({ files }: Manifest, date: string): ArchiveFile[] => files.filter(({ kind, night }) => prunedKinds.includes(kind) && night !== null && night < date);

/** The manifest without these files; events lose them too. For `Draft.commit`. */
export function without(manifest: Manifest, gone: readonly ArchiveFile[]): Manifest {
  const names = new Set(gone.map(({ name }) => name));
  return {
    ...manifest,
    files: manifest.files.filter(({ name }) => !names.has(name)),
    events: manifest.events.map((event) => ({ ...event, files: event.files.filter((name) => !names.has(name)) })),
  };
}

/**
 * Removes the posts of nights before `date` in one commit, and from the disk at once; their ids stay (kind "ids", each id once), so that a post that comes again is not new. `memory`: limit of
 * the database, "500MB". Returns the files removed; without any nothing is committed. Throws ARCHIVE_ALTERED when posts are not as they were written: their ids could not be kept.
 */
export async function pruneBefore(archive: Archive, date: string, memory: string): Promise<ArchiveFile[]> {
  const gone = filesBefore(archive.manifest, date);
  if (gone.length === 0) return [];
  const draft = archive.begin();
  try {
    await keepIds(archive, draft, gone.filter(({ kind }) => kind === "posts").map(({ name }) => archive.path(name)), { date, memory });
    draft.commit((manifest) => without(manifest, gone));
  } catch (cause) {
    if (draft.open) draft.discard();
    throw cause;
  }
  guard(archive.folder, () => gone.forEach(({ name }) => rmSync(join(archive.folder, name), { force: true })));
  return gone;
}

/** Writes the ids of `posts` that no earlier prune has kept, in order. */
async function keepIds(archive: Archive, draft: Draft, posts: readonly string[], { date, memory }: { date: string; memory: string }): Promise<void> {
  if (posts.length === 0) return;
  const name = `ids/${date}.${draft.number}.parquet`;
  const path = draft.path(name);
  const known = archive.files(idsKind).map((file) => archive.path(file.name));
  const unknown = known.length === 0 ? "" : ` ANTI JOIN ${parquet(known)} k ON k.id = p.id`;
  const database = await Database.open({ memory });
  try {
    await save(database, `SELECT DISTINCT p.id FROM ${parquet(posts)} p${unknown} ORDER BY p.id`, path);
    const [{ rows }] = (await database.rows<{ rows: number }>(`SELECT count(*) AS rows FROM ${parquet([path])}`)) as [{ rows: number }];
    draft.add(name, idsKind, { rows });
  } finally {
    database.close();
  }
}
