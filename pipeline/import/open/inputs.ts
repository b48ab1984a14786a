import { lstatSync, realpathSync, statSync } from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import { YuqingError } from "../../errors.ts";
import { kind, nothing, unreadable } from "./file-errors.ts";
import { walk } from "./folder.ts";
import { isPattern, parsePattern } from "./glob.ts";
import { firstBytes } from "./regular-file.ts";
import { headSize, isZip, strangerOf } from "./signatures.ts";
import { officeZip, stranger, twice, type Skipped } from "./skipped.ts";
import { zipInputs } from "./zip-inputs.ts";
import { Archive } from "./zip.ts";

/** One file to import. */
export interface Input {
  /** Path on disk. */
  path: string;
  /** Name of the entry inside a .zip; null for a plain file. */
  entry: string | null;
  /** As shown: the file's name, or its path relative to the folder or pattern given; `archive.zip/inner.csv` for an entry. */
  name: string;
}

export const inputOf = (path: string): Input => ({ path, entry: null, name: basename(path) });

/**
 * Files, folders (with all below), patterns and zips as single inputs, in the order given and sorted by code point within each. What is found in a folder, pattern or zip but is no table is `skipped` with
 * the reason; what is named directly is not, its import says what is wrong. A pattern matches files only. Names are distinct. Throws FILE_MISSING, FILE_UNREADABLE, FILE_KIND; INPUT_NONE when nothing is left of one of `given`.
 */
export async function expandInputs(given: readonly string[]): Promise<{ inputs: Input[]; skipped: Skipped[] }> {
  const collection = new Collection();
  for (const one of given) await collection.add(one);
  return { inputs: distinct(collection.inputs), skipped: collection.skipped };
}

class Collection {
  readonly inputs: Input[] = [];
  readonly skipped: Skipped[] = [];
  readonly #taken = new Set<string>();
  /** Inputs met, those given before included. */
  #met = 0;

  async add(given: string): Promise<void> {
    const before = { met: this.#met, skipped: this.skipped.length };
    const info = isPattern(given) && !exists(given) ? null : infoOf(given);
    if (info === null) await this.#pattern(given);
    else if (info.isDirectory()) await this.#folder(given, null, () => true);
    else if (!info.isFile()) throw kind(given, "device, pipe or socket", { zh: "请给出文件", en: "give a file" });
    else if (!isZip(headOf(given)) || !(await this.#zip(given, basename(given), false))) this.#take(given, null, basename(given));
    if (this.#met === before.met) throw nothing(given, this.skipped.slice(before.skipped).slice(0, 5).map(({ name, reason }) => `${name} (${reason.en})`).join(", "));
  }

  async #pattern(given: string): Promise<void> {
    const { base, depth, matches } = parsePattern(sep === "\\" ? given.replaceAll("\\", "/") : given);
    if (infoOf(base).isDirectory()) await this.#folder(base, depth, matches);
  }

  async #folder(folder: string, depth: number | null, matches: (relative: string) => boolean): Promise<void> {
    const { files, skipped } = walk(folder, depth);
    this.skipped.push(...skipped.filter(({ name }) => matches(name)));
    for (const name of files.filter(matches)) await this.#found(join(folder, name), name);
  }

  /** A file that was not named itself. One that cannot be read is taken: its import says why. */
  async #found(path: string, name: string): Promise<void> {
    const head = headOf(path);
    const found = isZip(head) ? null : strangerOf(head);
    if (found) this.skipped.push({ name, reason: stranger(found) });
    else if (!isZip(head) || !(await this.#zip(path, name, true))) this.#take(path, null, name);
  }

  /** Takes the entries of a zip that is no workbook; false when the file is to be taken as it is. */
  async #zip(path: string, name: string, found: boolean): Promise<boolean> {
    let archive: Archive;
    try {
      archive = await Archive.open(path);
    } catch (cause) {
      if (cause instanceof YuqingError) return false;
      throw cause;
    }
    try {
      if (archive.isWorkbook) return false;
      if (["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"].some((part) => archive.has(part))) {
        if (found) this.skipped.push({ name, reason: officeZip });
        return found;
      }
      const { names, skipped } = await zipInputs(archive);
      this.skipped.push(...skipped.map((one) => ({ name: `${name}/${one.name}`, reason: one.reason })));
      for (const entry of names) this.#take(path, entry, `${name}/${entry}`);
      return true;
    } finally {
      archive.close();
    }
  }

  #take(path: string, entry: string | null, name: string): void {
    this.#met++;
    const key = `${realpathSync(path)}\0${entry ?? ""}`;
    if (this.#taken.has(key)) this.skipped.push({ name, reason: twice });
    else this.inputs.push({ path, entry, name });
    this.#taken.add(key);
  }
}

const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

function infoOf(path: string) {
  try {
    return statSync(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Empty when it cannot be read. */
function headOf(path: string): Buffer {
  try {
    return firstBytes(path, headSize);
  } catch (cause) {
    if (cause instanceof YuqingError) return Buffer.alloc(0);
    throw cause;
  }
}

/** Inputs of one name get as many of their parent folders before it as tell them apart. */
function distinct(inputs: readonly Input[]): Input[] {
  const named = inputs.map((input) => ({ ...input }));
  for (let changed = true; changed; ) {
    const times = new Map<string, number>();
    for (const { name } of named) times.set(name, (times.get(name) ?? 0) + 1);
    changed = false;
    for (const input of named) {
      if (times.get(input.name) === 1) continue;
      const inner = input.entry === null ? "" : `/${input.entry}`;
      const parts = resolve(input.path).split(sep);
      const shown = input.name.slice(0, input.name.length - inner.length).split("/").length;
      if (shown >= parts.length) continue;
      input.name = parts.slice(-shown - 1).join("/") + inner;
      changed = true;
    }
  }
  return named;
}
