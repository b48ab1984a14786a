import { closeSync, constants, createReadStream, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { changed, kind, unreadable } from "./file-errors.ts";

/** Plain files on disk: pipes, devices and folders are refused at once, and a file that changes while it is read is found out. */

export interface RegularFile {
  fd: number;
  info: Stats;
}

/** Opens a file for reading; the caller closes it. Never waits (a pipe without a writer would otherwise block for ever). Throws FILE_MISSING, FILE_UNREADABLE, FILE_KIND. */
export function openRegular(path: string): RegularFile {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const info = fstatSync(fd);
  if (info.isFile()) return { fd, info };
  closeSync(fd);
  throw kind(path, info.isDirectory() ? "directory" : "device, pipe or socket", { zh: "请给出文件", en: "give a file" });
}

/** Bytes read at a time. Small pieces are faster: rows that are not yet used up are what a garbage collection has to copy. */
export const pieceSize = 65_536;

/** The first bytes of a file, at most `length`. Throws as openRegular. */
export function firstBytes(path: string, length: number): Buffer {
  const { fd } = openRegular(path);
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, 0));
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    closeSync(fd);
  }
}

/** All bytes of an open file; closes it. Throws FILE_UNREADABLE, and FILE_CHANGED when the file is not the same at the end. */
export async function* fileBytes(path: string, { fd, info }: RegularFile): AsyncGenerator<Buffer> {
  try {
    for await (const part of createReadStream(path, { fd, start: 0, highWaterMark: pieceSize })) yield part as Buffer;
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const now = statSync(path, { throwIfNoEntry: false });
  if (now?.ino !== info.ino || now.size !== info.size || now.mtimeMs !== info.mtimeMs) throw changed(path, `${info.size} B → ${now?.size ?? "–"} B`);
}
