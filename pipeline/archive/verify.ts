import { statSync } from "node:fs";
import { join } from "node:path";
import { Database } from "../engines/duckdb.ts";
import type { Message } from "../errors.ts";
import type { Archive } from "./archive.ts";
import { listFiles, measureFile } from "./files.ts";
import { workingHolder } from "./lock.ts";
import { readManifest } from "./manifest-file.ts";
import type { Manifest } from "./manifest.ts";

export interface ArchiveFault {
  /** Path under archive/. */
  name: string;
  kind: "missing" | "altered" | "rows" | "unlisted";
  /** What was found and what the manifest says; null where there is nothing to compare. */
  got: string | null;
  expected: string | null;
}

export interface Verification {
  /** Files compared with the manifest, and their bytes. */
  files: number;
  bytes: number;
  /** Sorted by name. Empty: everything is as it was written. */
  faults: ArchiveFault[];
  /** Files of a run that is at work now, or was killed; the next run removes them. Not faults. */
  unfinished: number;
}

export const faultWords: Record<ArchiveFault["kind"], Message> = {
  missing: { zh: "缺失", en: "missing" },
  altered: { zh: "内容被改动", en: "altered" },
  rows: { zh: "行数不符", en: "other number of rows" },
  unlisted: { zh: "不在清单中", en: "not in the manifest" },
};

/**
 * Compares every file with its hash, size and number of rows in the manifest. Changes nothing. What a writer adds or removes meanwhile is no fault: the
 * manifest is read again at the end.
 */
export async function verifyArchive(archive: Archive): Promise<Verification> {
  const { folder, manifest } = archive;
  const listed = [...manifest.files, ...manifest.publications.map(({ file, bytes, sha256 }) => ({ name: file, bytes, sha256, rows: null }))];
  const faults: ArchiveFault[] = [];
  const database = await Database.open({ memory: "200MB", threads: 1 });
  try {
    for (const { name, bytes, sha256, rows } of listed) {
      const path = join(folder, name);
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
        faults.push({ name, kind: "missing", got: null, expected: `${bytes} B` });
        continue;
      }
      const measured = measureFile(path);
      if (measured.sha256 !== sha256) faults.push({ name, kind: "altered", got: `${measured.bytes} B, ${measured.sha256.slice(0, 12)}`, expected: `${bytes} B, ${sha256.slice(0, 12)}` });
      else if (rows !== null) {
        const got = await rowsOf(database, path);
        if (got !== null && got !== rows) faults.push({ name, kind: "rows", got: String(got), expected: String(rows) });
      }
    }
  } finally {
    database.close();
  }
  const now = readManifest(folder);
  const still = new Set(namesOf(now));
  const kept = faults.filter(({ name }) => still.has(name));
  const unlisted = listFiles(folder).filter((name) => !still.has(name) && !now.dropped.includes(name) && !/^(?:manifest\.json|lock(?:\..*)?)$/.test(name));
  const working = workingHolder(folder) !== null;
  if (!working) kept.push(...unlisted.map((name) => ({ name, kind: "unlisted" as const, got: null, expected: null })));
  kept.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files: listed.length, bytes: listed.reduce((sum, file) => sum + file.bytes, 0), faults: kept, unfinished: working ? unlisted.length : 0 };
}

const namesOf = ({ files, publications }: Manifest): string[] => [...files.map(({ name }) => name), ...publications.map(({ file }) => file)];

/** Rows of a table by its own count; null for a format of which we cannot tell. The hash was right, so the content is our own. */
async function rowsOf(database: Database, path: string): Promise<number | null> {
  if (!path.endsWith(".parquet")) return null;
  const [row] = await database.rows<{ rows: number }>("SELECT count(*) AS rows FROM read_parquet($1)", [path]);
  return row!.rows;
}
