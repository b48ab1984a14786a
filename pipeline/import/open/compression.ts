import { pipeline } from "node:stream";
import { createGunzip, type Gunzip, type InflateRaw } from "node:zlib";
import { Decompress } from "fzstd";
import { YuqingError } from "../../errors.ts";
import { damaged, inflates, truncated, unreadable } from "./file-errors.ts";
import { pieceSize } from "./regular-file.ts";

/** gzip, zstd and deflate as streams, within a budget. */

/** Packed bytes may inflate to 64 MiB, and beyond that 200 times their number. */
export const inflateRatio = 200;
export const inflateLimit = (packed: number): number => Math.max(67_108_864, packed * inflateRatio);

/** Inflates what zlib can. Throws FILE_TRUNCATED and FILE_DAMAGED with the packed byte up to which it was whole (to some 256 KiB). */
export async function* inflated(packed: AsyncIterable<Buffer>, engine: Gunzip | InflateRaw, where: string, format: string): AsyncGenerator<Buffer> {
  pipeline(packed, engine, () => {});
  try {
    for await (const part of engine) yield part as Buffer;
  } catch (cause) {
    if (cause instanceof YuqingError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    const place = `${format}, byte ${engine.bytesWritten}`;
    if (code === "Z_BUF_ERROR") throw truncated(where, place);
    throw code.startsWith("Z_") ? damaged(where, place, cause) : unreadable(where, cause);
  }
}

/** Unpacks a .gz of one or more members, with zeros behind them or not. Throws FILE_TRUNCATED, FILE_DAMAGED (CRC-32; anything but zeros behind the last member, which zlib would pass over in silence). */
export async function* gunzip(packed: AsyncIterable<Buffer>, where: string): AsyncGenerator<Buffer> {
  const engine = createGunzip({ chunkSize: pieceSize });
  const source = packed[Symbol.asyncIterator]();
  let read = 0;
  let used = 0;
  // The engine stops at a zero behind a member; what it left unread is read here, so this source must outlive it.
  async function* parts(): AsyncGenerator<Buffer> {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      const length = withoutZeros(next.value);
      if (length > 0) used = read + length;
      read += next.value.length;
      yield next.value;
    }
  }
  try {
    yield* inflated(parts(), engine, where, "gzip");
    for await (const _ of parts()) void _;
    if (used > engine.bytesWritten) throw damaged(where, `gzip, byte ${engine.bytesWritten}`, new Error("more data behind zeros"));
  } finally {
    await source.return?.();
  }
}

/** Length without the zeros at the end. */
function withoutZeros(bytes: Buffer): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return length;
}

/** Unpacks a .zst; `head` is its beginning. Throws FILE_TRUNCATED, FILE_DAMAGED (content checksums are not checked), FILE_INFLATES. */
export async function* unzstd(packed: AsyncIterable<Buffer>, head: Buffer, where: string): AsyncGenerator<Buffer> {
  if (zstdWindow(head) > 134_217_728) throw inflates(where, "zstd window > 128 MiB", inflateRatio);
  let ready: Buffer[] = [];
  let at = 0;
  const stream = new Decompress((part) => ready.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
  const step = (bytes: Uint8Array, final: boolean): Buffer[] => {
    ready = [];
    try {
      stream.push(bytes, final);
    } catch (cause) {
      throw final ? truncated(where, `zstd, byte ${at}`) : damaged(where, `zstd, byte ${at}`, cause);
    }
    at += bytes.length;
    return ready;
  };
  for await (const part of packed) {
    for (let from = 0; from < part.length; from += 65_536) yield* step(part.subarray(from, from + 65_536), false);
  }
  yield* step(Buffer.alloc(0), true);
}

/** Bytes of history that the first frame asks for: its window or, when it is one segment, its whole content (RFC 8878 §3.1.1.1). */
function zstdWindow(head: Buffer): number {
  const descriptor = head[4] ?? 0;
  if ((descriptor & 0x20) === 0) {
    const window = head[5] ?? 0;
    const base = 2 ** (10 + (window >> 3));
    return base + (base / 8) * (window & 7);
  }
  const at = 5 + [0, 1, 2, 4][descriptor & 3]!;
  const size = [1, 2, 4, 8][descriptor >> 6]!;
  if (head.length < at + size) return 0;
  return size === 8 ? Number(head.readBigUInt64LE(at)) : head.readUIntLE(at, size);
}

/** Passes bytes on until the budget of `packed` bytes is spent. Throws FILE_INFLATES. */
export async function* bounded(chunks: AsyncIterable<Buffer>, packed: number, where: string): AsyncGenerator<Buffer> {
  const limit = inflateLimit(packed);
  let total = 0;
  for await (const part of chunks) {
    total += part.length;
    if (total > limit) throw inflates(where, `${packed} B → > ${total} B`, inflateRatio);
    yield part;
  }
}
