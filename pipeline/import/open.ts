import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";
import type { Input } from "./inputs.ts";
import { damaged, empty, inflates, kind, truncated, unreadable } from "./file-errors.ts";

/** A file opened by what it holds, not by its name. */
export interface Source {
  path: string;
  name: string;
  kind: "text" | "xlsx";
  compression: "gz" | "zst" | null;
  /** Size on disk. */
  bytes: number;
  /** First bytes after decompression (up to 64 KiB); empty for xlsx. */
  head: Buffer;
  /** All bytes after decompression, once; empty for xlsx (a zip is read by position). Throws FILE_TRUNCATED, FILE_DAMAGED, FILE_INFLATES. */
  chunks(): AsyncIterable<Buffer>;
  /** Bytes of the file on disk read so far, for progress; 0 for xlsx, which is read by position. */
  bytesRead(): number;
  /** SHA-256 of the file on disk; known when all bytes have been read. */
  sha256(): Promise<string>;
}

const headSize = 65_536;
/** A compressed text may inflate to 64 MiB, and beyond that 200 times its size. */
const inflateFloor = 67_108_864;
const inflateRatio = 200;

/** Opens a file. Throws FILE_MISSING, FILE_EMPTY, FILE_KIND and what `chunks` throws. */
export async function openFile({ path, name }: Input): Promise<Source> {
  const bytes = await sizeOf(path);
  const first = await firstBytes(path);
  const hash = createHash("sha256");
  const compression = isGzip(first) ? "gz" : isZstd(first) ? "zst" : null;
  const source = { path, name, compression, bytes } as const;
  if (isZip(first)) {
    return { ...source, kind: "xlsx", head: Buffer.alloc(0), chunks: () => nothing(), bytesRead: () => 0, sha256: () => digest(path) };
  }
  if (compression === null) refuse(first, path);
  const file = createReadStream(path, { highWaterMark: 262_144 });
  const stored = hashing(file, hash);
  const plain = compression === "gz" ? gunzip(stored, path) : compression === "zst" ? unzstd(stored, first, path) : stored;
  const iterator = (compression === null ? plain : bounded(plain, bytes, path))[Symbol.asyncIterator]();
  const ahead: Buffer[] = [];
  let ready = 0;
  while (ready < headSize) {
    const { value, done } = await iterator.next();
    if (done) break;
    ahead.push(value);
    ready += value.length;
  }
  const head = Buffer.concat(ahead).subarray(0, headSize);
  if (compression !== null) {
    if (isZip(head)) throw kind(path, "gzip(zip)", { zh: "解压后是 zip；请先解压", en: "a zip inside; unpack it first" });
    refuse(head, path);
  }
  if (/^\s*$/.test(head.subarray(0, 4096).toString("latin1")) && ready < 4096) throw empty(path);
  return { ...source, kind: "text", head, chunks: () => rest(ahead, iterator), bytesRead: () => file.bytesRead, sha256: async () => hash.digest("hex") };
}

async function sizeOf(path: string): Promise<number> {
  let info;
  try {
    info = await stat(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (!info.isFile()) throw kind(path, info.isDirectory() ? "directory" : "device", { zh: "请给出文件", en: "give a file" });
  if (info.size === 0) throw empty(path);
  return info.size;
}

async function firstBytes(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const part of createReadStream(path, { end: 4095 })) parts.push(part as Buffer);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return Buffer.concat(parts);
}

async function* rest(ahead: Buffer[], iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    for (let part = ahead.shift(); part; part = ahead.shift()) yield part;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

async function* nothing(): AsyncGenerator<Buffer> {
  return;
}

async function* hashing(stream: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const part of stream) {
    hash.update(part);
    yield part;
  }
}

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest("hex");
}

async function* gunzip(stored: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const stream = createGunzip({ chunkSize: 262_144 });
  pipeline(stored, stream, () => {});
  try {
    for await (const part of stream) yield part as Buffer;
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === "Z_BUF_ERROR" ? truncated(path, "gzip") : damaged(path, "gzip", cause);
  }
}

async function* unzstd(stored: AsyncIterable<Buffer>, first: Buffer, path: string): AsyncGenerator<Buffer> {
  if (zstdWindow(first) > 134_217_728) throw inflates(path, "zstd window > 128 MiB", inflateRatio);
  let ready: Buffer[] = [];
  const stream = new Decompress((part) => ready.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
  const step = (bytes: Uint8Array, final: boolean): Buffer[] => {
    ready = [];
    try {
      stream.push(bytes, final);
    } catch (cause) {
      throw final ? truncated(path, "zstd") : damaged(path, "zstd", cause);
    }
    return ready;
  };
  for await (const part of stored) {
    for (let from = 0; from < part.length; from += 65_536) {
      const parts = step(part.subarray(from, from + 65_536), false);
      if (parts.length > 0) yield parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    }
  }
  const last = step(Buffer.alloc(0), true);
  if (last.length > 0) yield Buffer.concat(last);
}

/** Bytes of history that the first frame asks for (RFC 8878 §3.1.1.1.2). */
function zstdWindow(first: Buffer): number {
  const descriptor = first[4] ?? 0;
  if ((descriptor & 0x20) !== 0) return 0;
  const window = first[5] ?? 0;
  const base = 2 ** (10 + (window >> 3));
  return base + (base / 8) * (window & 7);
}

async function* bounded(chunks: AsyncIterable<Buffer>, size: number, path: string): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const part of chunks) {
    total += part.length;
    if (total > inflateFloor && total > size * inflateRatio) throw inflates(path, `${size} B → > ${total} B`, inflateRatio);
    yield part;
  }
}

const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;
const isZstd = (head: Buffer): boolean => head.length > 4 && head.readUInt32LE(0) === 0xfd2fb528;
const isZip = (head: Buffer): boolean => head.length > 4 && head.readUInt32BE(0) === 0x504b0304;

/** Contents that are certainly no table of posts, by their first bytes (hex) or by what a text begins with. */
const strangers: readonly (readonly [hex: string, name: string])[] = [
  ["89504e47", "PNG"],
  ["ffd8ff", "JPEG"],
  ["47494638", "GIF"],
  ["25504446", "PDF"],
  ["d0cf11e0a1b11ae1", "Excel 97–2003 (.xls) / Word (.doc)"],
  ["504b0506", "empty zip"],
  ["504b0708", "split zip"],
  ["526172211a07", "RAR"],
  ["377abcaf271c", "7z"],
  ["425a68", "bzip2"],
  ["fd377a585a00", "xz"],
  ["53514c69746520666f726d617420", "SQLite"],
  ["50415231", "Parquet"],
  ["4f626a01", "Avro"],
  ["4152524f5731", "Arrow"],
  ["7f454c46", "ELF program"],
  ["4d5a9000", "Windows program"],
];

function refuse(head: Buffer, path: string): void {
  const hex = head.subarray(0, 16).toString("hex");
  const stranger = strangers.find(([magic]) => hex.startsWith(magic));
  if (stranger) throw kind(path, stranger[1], { zh: "另存为 CSV（UTF-8）、XLSX 或 JSONL", en: "save it as CSV (UTF-8), XLSX or JSONL" });
  const start = head.subarray(0, 1024).toString("latin1").replace(/^\u00ef\u00bb\u00bf/, "").trimStart().slice(0, 60).toLowerCase();
  if (/^<(!doctype|html|head|table|\?xml|meta|body|div)/.test(start)) {
    throw kind(path, "HTML/XML", { zh: "网页表格：用 Excel 打开后另存为 XLSX", en: "a web page: open it in Excel and save it as XLSX" });
  }
  let control = 0;
  for (const byte of head) if ((byte < 0x20 && byte !== 0 && (byte < 9 || byte > 13)) || byte === 0x7f) control++;
  if (control > 16 && control * 10 > head.length) throw kind(path, "binary", { zh: "不是文本", en: "not a text" });
}
