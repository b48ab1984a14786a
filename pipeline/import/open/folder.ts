import { existsSync, readdirSync, realpathSync, type Dirent } from "node:fs";
import { join, sep } from "node:path";
import { unreadable } from "./file-errors.ts";
import { badName, link, nameReason, special, type Skipped } from "./skipped.ts";
import type { Message } from "../../errors.ts";

/** The files in a folder and below, relative to it with "/", sorted by code point; and what was passed over. `depth`: levels to go down; null: all. Throws FILE_UNREADABLE for the folder itself. */
export function walk(folder: string, depth: number | null): { files: string[]; skipped: Skipped[] } {
  const root = realpathSync(folder);
  const files: string[] = [];
  const skipped: Skipped[] = [];
  const waiting = [{ relative: "", level: 1 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { relative, level } = next;
    let found: Dirent[];
    try {
      found = readdirSync(join(root, relative), { withFileTypes: true });
    } catch (cause) {
      if (relative === "") throw unreadable(folder, cause);
      skipped.push({ name: relative, reason: unreadable(folder, cause).parts.what });
      continue;
    }
    for (const entry of found) {
      const name = relative === "" ? entry.name : `${relative}/${entry.name}`;
      const reason = nameReason(entry.name) ?? kindReason(entry, join(root, name), root);
      if (reason) skipped.push({ name, reason });
      else if (entry.isFile()) files.push(name);
      else if (depth === null || level < depth) waiting.push({ relative: name, level: level + 1 });
    }
  }
  return { files: files.sort(byCodePoint), skipped: skipped.sort((a, b) => byCodePoint(a.name, b.name)) };
}

function kindReason(entry: Dirent, path: string, root: string): Message | null {
  if (entry.isSymbolicLink()) return linkReason(path, root);
  if (!entry.isFile() && !entry.isDirectory()) return special;
  return entry.name.includes("\ufffd") && !existsSync(path) ? badName : null;
}

function linkReason(path: string, root: string): Message {
  try {
    return realpathSync(path).startsWith(root.endsWith(sep) ? root : root + sep) ? link.inside : link.outside;
  } catch {
    return link.broken;
  }
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
