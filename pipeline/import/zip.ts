import type { Readable } from "node:stream";
import { open, type Entry, type ZipFile } from "yauzl";
import { damaged, inflates, kind, truncated } from "./file-errors.ts";

/** Entries beyond this are no workbook. */
const entryLimit = 10_000;
/** Inflated bytes of all entries read: 32 MiB, and beyond that 100 times the size of the file. Headers are not believed. */
const budgetFloor = 33_554_432;
const budgetRatio = 100;

/** The entries of a zip by lower-case name, read in place; nothing is ever written to disk, so names cannot lead anywhere. */
export class Archive {
  #spent = 0;
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: Map<string, Entry>,
    private readonly path: string,
  ) {}

  /** Throws FILE_TRUNCATED, FILE_DAMAGED, FILE_KIND. */
  static async open(path: string): Promise<Archive> {
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      open(path, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, opened) => (error ? reject(truncated(path, `zip: ${error.message}`)) : resolve(opened)));
    });
    const entries = new Map<string, Entry>();
    try {
      for await (const entry of zip.eachEntry()) {
        if (zip.entriesRead > entryLimit) throw kind(path, `zip, > ${entryLimit} files`, { zh: "不是 XLSX", en: "not an XLSX file" });
        entries.set(String(entry.fileName).toLowerCase().replace(/^\//, ""), entry);
      }
    } catch (cause) {
      zip.close();
      throw cause instanceof Error && cause.name === "YuqingError" ? cause : truncated(path, `zip: ${(cause as Error).message}`);
    }
    return new Archive(zip, entries, path);
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  /** The inflated bytes of an entry, piece by piece. Throws FILE_INFLATES beyond the budget, FILE_DAMAGED. */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry) return;
    let stream: Readable;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
    } catch (cause) {
      throw damaged(this.path, name, cause);
    }
    try {
      for await (const part of stream) {
        this.#spent += (part as Buffer).length;
        if (this.#spent > budgetFloor && this.#spent > this.zip.fileSize * budgetRatio) throw inflates(this.path, `${this.zip.fileSize} B → > ${this.#spent} B`, budgetRatio);
        yield part as Buffer;
      }
    } catch (cause) {
      throw (cause as Error).name === "YuqingError" ? cause : damaged(this.path, name, cause);
    } finally {
      stream.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}
