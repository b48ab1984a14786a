import { createHash } from "node:crypto";
import { bounded, gunzip, unzstd } from "./compression.ts";
import { empty, kind, unreadable } from "./file-errors.ts";
import type { Input } from "./inputs.ts";
import { Lookahead } from "./lookahead.ts";
import { fileBytes, openRegular } from "./regular-file.ts";
import { headSize, isGzip, isZip, isZstd, strangerOf } from "./signatures.ts";
import { Archive } from "./zip.ts";

/** A file, or an entry of a zip, opened by what it holds, not by its name. */
interface Opened {
  /** Where it is, for messages. */
  path: string;
  name: string;
  compression: "gz" | "zst" | null;
  /** Size of the file on disk; of an entry, as unpacked from its zip. */
  bytes: number;
  /** How many of them have been read, for progress; 0 for a workbook on disk, which is read by position. */
  bytesRead(): number;
  /** Their SHA-256; known when all have been read. Throws FILE_CHANGED. */
  sha256(): Promise<string>;
}

export interface TextSource extends Opened {
  kind: "text";
  /** All bytes after decompression, once. Throws FILE_TRUNCATED, FILE_DAMAGED, FILE_INFLATES, FILE_CHANGED. */
  chunks(): AsyncIterable<Buffer>;
}

export interface WorkbookSource extends Opened {
  kind: "xlsx";
  /** Its parts; the caller closes it. Throws FILE_TRUNCATED, FILE_DAMAGED, FILE_INFLATES. */
  archive(): Promise<Archive>;
}

export type Source = TextSource | WorkbookSource;

/** What lies behind an input: a file, or an entry that its zip unpacks. */
interface Stored {
  where: string;
  bytes: number;
  /** Bytes on disk, by which inflation is judged. */
  packed: number;
  chunks: AsyncGenerator<Buffer>;
  /** Reads a file on disk a second time, to see that it is still the same. */
  again?(): AsyncGenerator<Buffer>;
}

/** Opens a file. Throws FILE_MISSING, FILE_UNREADABLE, FILE_EMPTY, FILE_KIND and what `chunks` throws. */
export async function openFile({ path, entry, name }: Input): Promise<Source> {
  const { where, bytes, packed, chunks, again } = entry === null ? fileOf(path) : await entryOf(path, entry);
  const hash = createHash("sha256");
  let read = 0;
  const stored = await Lookahead.of(
    tapped(chunks, (part) => {
      read += part.length;
      hash.update(part);
    }),
    headSize,
  );
  const { head } = stored;
  const compression = isGzip(head) ? "gz" : isZstd(head) ? "zst" : null;
  const source = { path: where, name, compression, bytes, bytesRead: () => read, sha256: async () => hash.digest("hex") } as const;
  if (isZip(head)) {
    if (again === undefined) return { ...source, kind: "xlsx", archive: () => Archive.unpack(stored, packed, where) };
    await stored.close();
    return { ...source, kind: "xlsx", archive: () => Archive.open(path), bytesRead: () => 0, sha256: () => digest(again()) };
  }
  try {
    let plain = stored;
    if (compression !== null) {
      plain = await Lookahead.of(bounded(compression === "gz" ? gunzip(stored, where) : unzstd(stored, head, where), packed, where), headSize);
      if (isZip(plain.head)) throw kind(where, `${compression}(zip)`, { zh: "解压后是 zip；请先解压", en: "a zip inside; unpack it first" });
    }
    refuse(plain.head, where);
    if (plain.head.length < headSize && /^\s*$/.test(plain.head.toString("latin1"))) throw empty(where);
    return { ...source, kind: "text", chunks: () => plain };
  } catch (cause) {
    await stored.close();
    throw cause;
  }
}

function fileOf(path: string): Stored {
  const file = openRegular(path);
  const { info } = file;
  return { where: path, bytes: info.size, packed: info.size, chunks: fileBytes(path, file), again: () => fileBytes(path, { fd: openRegular(path).fd, info }) };
}

async function entryOf(path: string, name: string): Promise<Stored> {
  const where = `${path}/${name}`;
  const archive = await Archive.open(path);
  const found = archive.entry(name);
  if (!found) {
    archive.close();
    throw unreadable(where, { code: "ENOENT" });
  }
  const { uncompressedSize, compressedSize } = found;
  return { where, bytes: uncompressedSize, packed: compressedSize, chunks: closing(archive, archive.inflate(found, name)) };
}

async function* closing(archive: Archive, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } finally {
    archive.close();
  }
}

async function* tapped(chunks: AsyncIterable<Buffer>, see: (part: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const part of chunks) {
    see(part);
    yield part;
  }
}

async function digest(chunks: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of chunks) hash.update(part);
  return hash.digest("hex");
}

function refuse(head: Buffer, where: string): void {
  const stranger = strangerOf(head);
  if (stranger) throw kind(where, stranger.name, stranger.next);
}
