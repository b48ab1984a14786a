import { createHash } from "node:crypto";
import { closeSync, fsyncSync, lstatSync, openSync, readdirSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes a file that did not exist and makes it durable. */
export function writeDurable(path: string, bytes: Uint8Array, mode: number): void {
  const file = openSync(path, "wx", mode);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at); // one call may take only a part
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Puts the bytes in the place of a file: whoever opens it finds the old ones or the new ones, whole. What stood at `path` stays if it throws. */
export function replaceDurable(path: string, temporary: string, bytes: Uint8Array, mode: number): void {
  rmSync(temporary, { force: true }); // left by a killed run, or a link put there: never written through
  writeDurable(temporary, bytes, mode);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Names become durable with their folder. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return; // folders cannot be opened there
  const file = openSync(folder, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Size and hash of a file, read once; `sync` makes it durable. */
export function measureFile(path: string, { sync = false } = {}): { bytes: number; sha256: string } {
  const file = openSync(path, sync ? "r+" : "r");
  try {
    const hash = createHash("sha256");
    const chunk = Buffer.allocUnsafe(1 << 20);
    let bytes = 0;
    for (let got = readSync(file, chunk); got > 0; got = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, got));
      bytes += got;
    }
    if (sync) fsyncSync(file);
    return { bytes, sha256: hash.digest("hex") };
  } finally {
    closeSync(file);
  }
}

/** Paths of everything below the folder that is no folder itself, from the folder, in order; links are not followed. */
export function listFiles(folder: string, under = ""): string[] {
  const entries = readdirSync(join(folder, under), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const name = under === "" ? entry.name : `${under}/${entry.name}`;
    return entry.isDirectory() ? listFiles(folder, name) : [name];
  });
}

export const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
