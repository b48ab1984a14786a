import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { versions } from "../versions.ts";
import type { Archive } from "./archive.ts";
import { guard } from "./errors.ts";
import { measureFile, syncFolder, writeDurable } from "./files.ts";
import { readManifest, writeManifest } from "./manifest-file.ts";
import { fileName, reportName, type ArchiveFile, type Manifest, type Publication } from "./manifest.ts";
import { publish } from "./publish.ts";

/** What is said of a file besides its name and content. */
export interface FileFacts {
  /** Rows of a table; null for what is none. */
  rows: number | null;
  /** Local date of the night, "2026-11-21". */
  night?: string | null;
  /** Key of the event. */
  event?: string | null;
}

/**
 * The changes of one commit. Files are written under their final names: nobody sees them before the manifest lists them. Names are never used again,
 * so put `number` into them (posts/2026-11-21.7.parquet). All methods throw ARCHIVE_WRITE (exit 1) when the system refuses.
 */
export class Draft {
  /** Number of the commit to be. */
  readonly number: number;
  open = true;
  readonly #archive: Archive;
  readonly #before: Manifest;
  readonly #taken: Set<string>;
  readonly #mine = new Set<string>();
  readonly #files: ArchiveFile[] = [];
  readonly #publications: Publication[] = [];
  constructor(archive: Archive) {
    this.#archive = archive;
    this.#before = archive.manifest;
    this.number = this.#before.commits + 1;
    this.#taken = new Set([...this.#before.files.map(({ name }) => name), ...this.#before.publications.map(({ file }) => file), ...this.#before.dropped]);
  }

  /** Where to write the file `name` (folder/name under archive/, lower-case ASCII) by any means; its folder is there. Tell `add` when it is written. */
  path(name: string): string {
    if (this.#taken.has(fileName.parse(name))) throw new Error(`a file of that name is in the archive: ${name}`);
    const path = join(this.#archive.folder, name);
    guard(path, () => mkdirSync(dirname(path), { recursive: true, mode: 0o700 }));
    this.#taken.add(name);
    this.#mine.add(name);
    return path;
  }

  /** Takes in a finished file at `path(name)`: makes it durable, measures it. */
  add(name: string, kind: string, facts: FileFacts): ArchiveFile {
    if (!this.#mine.has(name) || this.#files.some((file) => file.name === name)) throw new Error(`not a new file of this draft: ${name}`);
    const path = join(this.#archive.folder, name);
    return this.#list(name, kind, guard(path, () => measureFile(path, { sync: true })), facts, null);
  }

  /** Writes and takes in a file in one go. */
  write(name: string, kind: string, content: string | Uint8Array, facts: FileFacts): ArchiveFile {
    return this.#list(name, kind, this.#stage(name, content), facts, null);
  }

  /** Makes `value` (plain JSON) the present state of the role; once a commit. */
  setState(role: string, value: unknown): void {
    const name = `states/${role}.${this.number}.json`;
    this.#list(name, "state", this.#stage(name, `${JSON.stringify(value)}\n`), { rows: null }, role);
  }

  /** Puts a file at reports/NAME after the commit, in place of one of that name. `mode`: 0o600 for what only its owner may read. */
  publish(name: string, content: string | Uint8Array, mode = 0o644): void {
    if (this.#publications.some((one) => one.name === reportName.parse(name))) throw new Error(`published twice: ${name}`);
    const file = `publications/${this.number}.${this.#publications.length}`;
    this.#publications.push({ name: reportName.parse(name), file, ...this.#stage(file, content), mode });
  }

  /**
   * Makes it so. `change` gets the manifest with the new files and states and returns it with nights, sources, events; files that it leaves out of `files`
   * are removed by the next writer. When it throws, `archive.manifest.commits` says whether the commit holds; ARCHIVE_PUBLISH (exit 3): it does, but something could not be put under reports/.
   */
  commit(change: (manifest: Manifest) => Manifest = (manifest) => manifest): void {
    const { folder } = this.#archive;
    const before = this.#before;
    const roles = new Set(this.#files.flatMap(({ role }) => role ?? []));
    const published = new Set(this.#publications.map(({ name }) => name));
    const next = change({
      ...before,
      generator: { name: "yuqing", version: versions.yuqing },
      commits: this.number,
      files: [...before.files.filter(({ role }) => role === null || !roles.has(role)), ...this.#files],
      publications: [...before.publications.filter(({ name }) => !published.has(name)), ...this.#publications],
    });
    const kept = new Set([...next.files.map(({ name }) => name), ...next.publications.map(({ file }) => file)]);
    const dropped = [...before.files.map(({ name }) => name), ...before.publications.map(({ file }) => file), ...this.#mine].filter((name) => !kept.has(name));
    try {
      guard(folder, () => {
        const folders = new Set([...this.#mine].map((name) => dirname(join(folder, name))));
        for (const one of [...folders, folder]) syncFolder(one);
        for (const name of before.dropped) rmSync(join(folder, name), { force: true });
        writeManifest(folder, { ...next, dropped });
      });
    } catch (cause) {
      this.#archive.committed(readManifest(folder)); // the rename may have happened
      this.open = this.#archive.manifest.commits < this.number;
      throw cause;
    }
    this.open = false;
    this.#archive.committed({ ...next, dropped });
    publish(this.#archive);
  }

  /** Removes what was staged and is not listed. */
  discard(): void {
    this.open = false;
    const { folder } = this.#archive;
    const { files, publications } = readManifest(folder);
    const listed = new Set([...files.map(({ name }) => name), ...publications.map(({ file }) => file)]);
    guard(folder, () => [...this.#mine].filter((name) => !listed.has(name)).forEach((name) => rmSync(join(folder, name), { force: true })));
  }

  #stage(name: string, content: string | Uint8Array): { bytes: number; sha256: string } {
    const path = this.path(name);
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    guard(path, () => writeDurable(path, bytes, 0o600));
    return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  }

  #list(name: string, kind: string, measured: { bytes: number; sha256: string }, { rows, night = null, event = null }: FileFacts, role: string | null): ArchiveFile {
    const file: ArchiveFile = { name, kind, ...measured, rows, night, event, role };
    this.#files.push(file);
    return file;
  }
}
