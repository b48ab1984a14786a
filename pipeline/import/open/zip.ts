import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, createInflateRaw } from "node:zlib";
import { fromFdPromise, type Entry, type ZipFile } from "yauzl";
import { YuqingError } from "../../errors.ts";
import { inflated, inflateLimit, inflateRatio } from "./compression.ts";
import { damaged, inflates, kind, truncated } from "./file-errors.ts";
import { openRegular } from "./regular-file.ts";

/** Entries beyond this are refused. */
const entryLimit = 10_000;

/** An entry by its name, decoded, with "/" between folders. */
export interface ZipEntry {
  name: string;
  entry: Entry;
}

interface Directory {
  entries: readonly ZipEntry[];
  byName: ReadonlyMap<string, Entry>;
  /** By name as a workbook's parts refer to each other: in any case. */
  parts: ReadonlyMap<string, Entry>;
  /** Bytes of all entries unpacked, as declared. */
  total: number;
}

/** That of the archive read last: 10,000 entries imported one by one do not read it 10,000 times. */
let latest: { key: string; directory: Directory } | null = null;

/** A zip read in place. Nothing is ever written under an entry's name, so names cannot lead anywhere; sizes in its headers are upper bounds that are enforced, never trusted. */
export class Archive {
  #spent = 0;
  private constructor(
    private readonly zip: ZipFile,
    private readonly directory: Directory,
    private readonly where: string,
    /** Bytes that may be inflated from it in all. */
    private readonly limit: number,
  ) {}

  /** Opens a zip on disk. Throws FILE_TRUNCATED, FILE_KIND, FILE_INFLATES, and what openRegular throws. */
  static async open(path: string): Promise<Archive> {
    const { fd, info } = openRegular(path);
    return Archive.#from(fd, path, info.size, `${path}\0${info.ino}\0${info.size}\0${info.mtimeMs}`);
  }

  /** Opens a zip that comes as a stream, through a private temporary file that has no name any more when it is filled. `packed`: bytes on disk by which its inflation is judged. */
  static async unpack(chunks: AsyncIterable<Buffer>, packed: number, where: string): Promise<Archive> {
    const fd = namelessFile();
    try {
      for await (const part of chunks) writeFileSync(fd, part);
    } catch (cause) {
      closeSync(fd);
      throw cause;
    }
    return Archive.#from(fd, where, packed, null);
  }

  static async #from(fd: number, where: string, packed: number, key: string | null): Promise<Archive> {
    let zip: ZipFile;
    try {
      zip = await fromFdPromise(fd, { autoClose: false, decodeStrings: false, validateEntrySizes: false });
    } catch (cause) {
      closeSync(fd);
      throw truncated(where, `zip, byte ${packed}: ${(cause as Error).message}`);
    }
    try {
      if (zip.entryCount > entryLimit) throw kind(where, `zip, ${zip.entryCount} files`, { zh: `压缩包里最多 ${entryLimit} 个文件：请先解压`, en: `at most ${entryLimit} files in a zip: unpack it first` });
      const directory = key !== null && latest?.key === key ? latest.directory : await listed(zip, where);
      if (key !== null) latest = { key, directory };
      const archive = new Archive(zip, directory, where, inflateLimit(packed));
      // All entries of a plain zip may be read, each by an Archive of its own: together they must keep the budget (which overlapping entries cannot).
      if (!archive.isWorkbook && directory.total > archive.limit) throw inflates(where, `${packed} B → ${directory.total} B`, inflateRatio);
      return archive;
    } catch (cause) {
      zip.close();
      throw cause;
    }
  }

  get entries(): readonly ZipEntry[] {
    return this.directory.entries;
  }

  /** The entry of exactly this name; of several the last. */
  entry(name: string): Entry | undefined {
    return this.directory.byName.get(name);
  }

  get isWorkbook(): boolean {
    return this.has("xl/workbook.xml");
  }

  has(part: string): boolean {
    return this.directory.parts.has(part.toLowerCase());
  }

  /** Bytes of a part of a workbook, unpacked; 0 when there is no such part. */
  size(part: string): number {
    return this.directory.parts.get(part.toLowerCase())?.uncompressedSize ?? 0;
  }

  /** The bytes of a part of a workbook; nothing when there is no such part. Throws as `inflate`. */
  async *read(part: string): AsyncGenerator<Buffer> {
    const entry = this.directory.parts.get(part.toLowerCase());
    if (entry) yield* this.inflate(entry, part);
  }

  /** The bytes of an entry, piece by piece; size and CRC-32 are checked. Throws FILE_INFLATES beyond the budget, FILE_DAMAGED, FILE_TRUNCATED, FILE_KIND (encrypted, unknown method). */
  async *inflate(entry: Entry, name: string): AsyncGenerator<Buffer> {
    const { uncompressedSize: size, compressionMethod: method } = entry;
    if (!entry.canDecodeFileData()) throw kind(this.where, entry.isEncrypted() ? `zip, encrypted: ${name}` : `zip, method ${method}: ${name}`, { zh: "请先解压", en: "unpack it first" });
    this.#spent += size;
    if (this.#spent > this.limit) throw inflates(this.where, `${name}: ${entry.compressedSize} B → ${size} B`, inflateRatio);
    const at = entry.relativeOffsetOfLocalHeader;
    let done = 0;
    let crc = 0;
    try {
      const packed = await this.zip.openReadStreamPromise(entry, { decodeFileData: false });
      for await (const part of method === 0 ? (packed as AsyncIterable<Buffer>) : inflated(packed, createInflateRaw({ chunkSize: 65_536 }), this.where, `${name} at ${at}`)) {
        done += part.length;
        crc = crc32(part, crc);
        if (done > size) throw new Error(`> ${size} B`);
        yield part;
      }
      if (done < size) throw new Error(`${done} of ${size} B`);
      if (crc !== entry.crc32) throw new Error("CRC-32");
    } catch (cause) {
      throw cause instanceof YuqingError ? cause : damaged(this.where, `${name} at ${at}, byte ${done} unpacked`, cause);
    }
  }

  close(): void {
    this.zip.close();
  }
}

async function listed(zip: ZipFile, where: string): Promise<Directory> {
  const entries: ZipEntry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push({ name: nameOf(entry), entry });
  } catch (cause) {
    throw truncated(where, `zip, entry ${entries.length + 1}: ${(cause as Error).message}`);
  }
  return {
    entries,
    byName: new Map(entries.map(({ name, entry }) => [name, entry])),
    parts: new Map(entries.map(({ name, entry }) => [name.toLowerCase().replace(/^\//, ""), entry])),
    total: entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0),
  };
}

/** UTF-8 when flagged or valid, else GB18030: Chinese Windows writes names in its code page and says nothing. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  let name: string;
  try {
    name = new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    name = new TextDecoder((entry.generalPurposeBitFlag & 0x800) !== 0 ? "utf-8" : "gb18030").decode(raw);
  }
  return name.replaceAll("\\", "/");
}

/** A file that only this process can reach and that is gone when it is closed, even when the process is killed. */
function namelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), "yuqing-zip-"));
  try {
    return openSync(join(folder, "workbook"), "wx+", 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
