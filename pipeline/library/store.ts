import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "../errors.ts";
import { YuqingError } from "../errors.ts";
import { Output } from "../output.ts";
import { entrySchema, entryVersion, type Entry, type Library } from "./entry.ts";

/**
 * The event library: a folder with one small JSON file a case, named after the case. Files are written under a temporary name and renamed; nothing else is kept, so
 * a library can be copied, merged and cleaned by hand. A file that cannot be read or was damaged is named and left out.
 */

/** A file of an entry is a few hundred bytes. */
const largest = 65_536;

/** A case and the file that holds it. */
export interface Stored {
  file: string;
  entry: Entry;
}
export type OnDamage = (file: string, reason: Message) => void;

/** Entries in the order of their names. A folder that does not exist is an error: a mistyped path must not pass for an empty library. */
export function readEntries(folder: string, onDamage: OnDamage): Stored[] {
  let files: string[];
  try {
    files = readdirSync(folder).filter((name) => name.endsWith(".json") && !name.startsWith("."));
  } catch (cause) {
    throw new YuqingError("LIBRARY_UNREADABLE", 2, { what: { zh: "事件库读不了", en: "cannot read the event library" }, where: folder, got: (cause as NodeJS.ErrnoException).code ?? String(cause), next: { zh: "检查路径；新的事件库由 yuqing library add 建立", en: "check the path; yuqing library add makes a new library" } });
  }
  const found: Stored[] = [];
  for (const file of files.sort(byCodePoint)) {
    const read = readEntry(join(folder, file));
    if ("zh" in read) onDamage(file, read);
    else if (file !== fileOf(read.name)) onDamage(file, { zh: `文件名与事件“${read.name}”不符`, en: `the file is not named after its event “${read.name}”` }); // a copy would count the case twice
    else found.push({ file, entry: read });
  }
  return found.sort((a, b) => byCodePoint(a.entry.name, b.entry.name));
}

/** The library as a run reads it. */
export function readLibrary(folder: string, onDamage: OnDamage): Library {
  let damaged = 0;
  const entries = readEntries(folder, (file, reason) => {
    damaged++;
    onDamage(file, reason);
  }).map(({ entry }) => entry);
  return { entries, damaged, digest: createHash("sha256").update(JSON.stringify(entries)).digest("hex").slice(0, 12) };
}

/** Writes entries; the folder is made when missing. */
export function writeEntries(folder: string, entries: readonly Entry[]): void {
  const output = new Output(folder);
  try {
    for (const entry of entries) output.write(fileOf(entry.name), `${JSON.stringify(entry, null, 1)}\n`);
    output.commit();
  } catch (cause) {
    output.discard();
    throw cause;
  }
}

/** Name of the file of a case. */
export const fileOf = (name: string): string => `${createHash("sha256").update(name).digest("hex").slice(0, 16)}.json`;

/** The entry, or why it is none. */
function readEntry(path: string): Entry | Message {
  let value: unknown;
  try {
    const info = statSync(path);
    if (!info.isFile() || info.size > largest) return { zh: "不是事件库的文件", en: "not a file of a library" };
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    return { zh: `读不了：${(cause as Error).message}`, en: `cannot be read: ${(cause as Error).message}` };
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (version !== entryVersion) return { zh: `版本不符：${String(version)}，应为 ${entryVersion}`, en: `of version ${String(version)}, expected ${entryVersion}` };
  const parsed = entrySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  return { zh: `内容无效：${issue.path.join(".")} ${issue.message}`, en: `invalid: ${issue.path.join(".")} ${issue.message}` };
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
