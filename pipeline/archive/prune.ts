import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "./archive.ts";
import { guard } from "./errors.ts";
import type { ArchiveFile, Manifest } from "./manifest.ts";

/** Kinds of files that hold posts, their accounts, their words, and which event's they are. Counts, nights, states and sources stay. */
export const prunedKinds: readonly string[] = ["posts", "accounts", "members", "word-counts", "wordings"];

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

/** Removes the posts of nights before `date` in one commit, and from the disk at once. Returns the files removed; without any nothing is committed. */
export function pruneBefore(archive: Archive, date: string): ArchiveFile[] {
  const gone = filesBefore(archive.manifest, date);
  if (gone.length === 0) return [];
  archive.begin().commit((manifest) => without(manifest, gone));
  guard(archive.folder, () => gone.forEach(({ name }) => rmSync(join(archive.folder, name), { force: true })));
  return gone;
}
