import { createHash } from "node:crypto";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { inOneLine, YuqingError, type Message } from "../errors.ts";
import { Draft } from "./draft.ts";
import { altered, guard, linked } from "./errors.ts";
import { isLink, listFiles } from "./files.ts";
import { takeLock } from "./lock.ts";
import { readManifest } from "./manifest-file.ts";
import { fileName, type ArchiveFile, type Manifest } from "./manifest.ts";
import { publish } from "./publish.ts";

/**
 * PROJECT/archive: immutable files, and manifest.json, the only file that is ever replaced. What the manifest does not list does not exist.
 * A commit makes new files durable, then the manifest that lists them: a run killed at any moment leaves the archive as before or as after.
 */

export interface ArchiveOptions {
  /** True takes the lock, repairs what a killed run left, and allows `begin`. */
  write: boolean;
  /** Now, UTC ms: shown to others as the time since when the lock is held. */
  nowMs: number;
  /** What was repaired. */
  onRepair?(message: Message): void;
}

/**
 * Opens the archive of a project folder. A writer removes leftovers of a killed run and completes publications that were cut, and says so by `onRepair`;
 * it must be closed. A reader takes no lock and sees the manifest of one commit, whatever is committed meanwhile.
 * Throws ARCHIVE_MISSING, ARCHIVE_LINK, ARCHIVE_DAMAGED, ARCHIVE_VERSION (exit 2), ARCHIVE_BUSY, ARCHIVE_LOCK, ARCHIVE_WRITE (exit 1).
 */
export function openArchive(project: string, { write, nowMs, onRepair = () => {} }: ArchiveOptions): Archive {
  const folder = join(resolve(project), "archive");
  if (isLink(folder)) throw linked(folder);
  const seen = readManifest(folder); // before the lock: no archive is no place for one
  if (!write) return new Archive(folder, seen, null);
  const giveBack = guard(folder, () => takeLock(folder, nowMs));
  const release = (): void => guard(folder, giveBack);
  try {
    const archive = new Archive(folder, readManifest(folder), release);
    guard(folder, () => removeLeftovers(archive, onRepair));
    completePublications(archive, onRepair);
    return archive;
  } catch (cause) {
    release();
    throw cause;
  }
}

export class Archive {
  /** PROJECT/archive. */
  readonly folder: string;
  #manifest: Manifest;
  #draft: Draft | null = null;
  readonly #release: (() => void) | null;
  /** `release` gives the lock back; null for a reader. Use `openArchive`. */
  constructor(folder: string, manifest: Manifest, release: (() => void) | null) {
    this.folder = folder;
    this.#manifest = manifest;
    this.#release = release;
  }

  /** Of the last commit. Do not change it: hand a new one to `Draft.commit`. */
  get manifest(): Manifest {
    return this.#manifest;
  }

  /** Path of a listed file, which is there in its size. Throws ARCHIVE_ALTERED (exit 1) when it is not. */
  path(name: string): string {
    const file = this.#manifest.files.find((one) => one.name === name);
    if (file === undefined) throw new Error(`not a file of the archive: ${name}`);
    const path = join(this.folder, name);
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? null;
    if (size !== file.bytes) throw altered(path, size === null ? "missing" : `${size} B`, `${file.bytes} B`);
    return path;
  }

  /** Listed files of a kind, in the order in which they were added. */
  files(kind: string): ArchiveFile[] {
    return this.#manifest.files.filter((file) => file.kind === kind);
  }

  /** The present state of a role (ledger, alerts, …); null when none was ever set. Throws ARCHIVE_ALTERED (exit 1) for one that is not as it was written. */
  state<T>(role: string, schema: z.ZodType<T>): T | null {
    const file = this.#manifest.files.find((one) => one.role === role);
    if (file === undefined) return null;
    return this.read(file, schema);
  }

  /** The JSON of a listed file. Throws ARCHIVE_ALTERED (exit 1) for one that is not as it was written. */
  read<T>({ name, bytes: size, sha256, kind }: ArchiveFile, schema: z.ZodType<T>): T {
    const path = join(this.folder, name);
    const bytes = readWhole(path);
    if (bytes === null) throw altered(path, "missing", `${size} B`);
    if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw altered(path, "other content", sha256);
    const parsed = schema.safeParse(JSON.parse(bytes.toString("utf8")));
    if (parsed.success) return parsed.data;
    const { path: key, message } = parsed.error.issues[0]!;
    throw altered(path, `${key.join(".")}: ${message}`, kind);
  }

  /** Starts the changes of one commit. One draft at a time. */
  begin(): Draft {
    if (this.#release === null) throw new Error("the archive was opened for reading");
    if (this.#draft?.open) throw new Error("a draft is open already");
    return (this.#draft = new Draft(this));
  }

  /** @internal For draft and publish: the manifest is on disk. */
  committed(manifest: Manifest): void {
    this.#manifest = manifest;
  }

  /** Discards an open draft and gives the lock back. */
  close(): void {
    try {
      if (this.#draft?.open) this.#draft.discard();
    } finally {
      this.#release?.();
    }
  }
}

/** Null when there is no such file. */
function readWhole(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw cause;
  }
}

/** Removes what no manifest lists: work of a killed run, and quietly what the last commit dropped. A file that we would not name so is left alone. */
function removeLeftovers({ folder, manifest: { files, publications, dropped } }: Archive, onRepair: (message: Message) => void): void {
  const listed = new Set([...files.map(({ name }) => name), ...publications.map(({ file }) => file)]);
  const left = listFiles(folder).filter((name) => name === "manifest.json.tmp" || (!listed.has(name) && fileName.safeParse(name).success));
  for (const name of left) rmSync(join(folder, name), { force: true });
  const said = left.filter((name) => !dropped.includes(name));
  if (said.length > 0) onRepair({ zh: `清理了被中断的运行留下的 ${said.length} 个文件：${some(said, "、")}`, en: `removed ${said.length} leftover files of a run that was cut: ${some(said, ", ")}` });
}

/** A report that still cannot be put there does not stop the night. */
function completePublications(archive: Archive, onRepair: (message: Message) => void): void {
  const names = archive.manifest.publications.map(({ name }) => name);
  if (names.length === 0) return;
  try {
    publish(archive);
    onRepair({ zh: `补发了上一次运行未及放到 reports/ 的 ${names.length} 个文件：${some(names, "、")}`, en: `put ${names.length} files under reports/ that the last run could not: ${some(names, ", ")}` });
  } catch (cause) {
    if (!(cause instanceof YuqingError) || cause.code !== "ARCHIVE_PUBLISH") throw cause;
    onRepair(inOneLine(cause));
  }
}

const some = (names: readonly string[], comma: string): string => `${names.slice(0, 5).join(comma)}${names.length > 5 ? " …" : ""}`;
