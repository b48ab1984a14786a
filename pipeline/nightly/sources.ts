import { createHash } from "node:crypto";
import { closeSync, readSync, statSync, type Stats } from "node:fs";
import type { Message } from "../errors.ts";
import { YuqingError } from "../errors.ts";
import { expandInputs, type Input } from "../import/open/inputs.ts";
import { openRegular } from "../import/open/regular-file.ts";

/** A file that came in: what it is known by. */
export interface KnownSource {
  name: string;
  sha256: string;
  bytes: number;
  modified_ms: number;
}

export interface FoundSource {
  input: Input;
  /** Of the file on disk: of the archive for an entry of a zip. */
  bytes: number;
  modified_ms: number;
  /** SHA-256 of it; null for an entry of a zip, and for what could not be read here: its import says why. */
  content: string | null;
}

export interface Found {
  /** To be read tonight. */
  fresh: FoundSource[];
  /** Left for the next run, or passed over, with the reason. */
  left: { name: string; reason: Message }[];
  /** Read on an earlier night. */
  known: number;
}

/** Names under which programs write what they have not finished. */
const unfinished = /\.(part|tmp|crdownload|download|filepart)$|^[~.]/i;

/**
 * The files of folders and patterns that have not come in yet. A file of the same name, size and time as one that has is taken for it; any other is known by its content. One that changed
 * within the last `settleSeconds`, or whose name says that it is unfinished, waits. A time in the future counts as settled: the clock may have been set back.
 */
export async function findSources(given: readonly string[], known: readonly KnownSource[], { nowMs, settleSeconds }: { nowMs: number; settleSeconds: number }): Promise<Found> {
  const byPlace = new Set(known.map(placeOf));
  const contents = new Set(known.map(({ sha256 }) => sha256));
  const found: Found = { fresh: [], left: [], known: 0 };
  for (const { input, reason } of await inputsIn(given)) {
    if (reason !== null) {
      found.left.push({ name: input.name, reason });
      continue;
    }
    const { size: bytes, mtimeMs } = attempt<Pick<Stats, "size" | "mtimeMs">>(() => statSync(input.path)) ?? { size: 0, mtimeMs: 0 };
    const modified_ms = Math.floor(mtimeMs);
    if (byPlace.has(placeOf({ name: input.name, bytes, modified_ms }))) {
      found.known++;
      continue;
    }
    const age = nowMs - modified_ms;
    if (unfinished.test(input.name.split("/").at(-1)!) || (age >= 0 && age < settleSeconds * 1000)) {
      found.left.push({ name: input.name, reason: { zh: "还在写入，留待下次", en: "still being written; left for the next run" } });
      continue;
    }
    const content = input.entry === null ? attempt(() => contentHash(input.path)) : null;
    if (content !== null && contents.has(content)) {
      found.known++;
      continue;
    }
    if (content !== null) contents.add(content);
    found.fresh.push({ input, bytes, modified_ms, content });
  }
  found.fresh.sort((a, b) => (a.input.name < b.input.name ? -1 : a.input.name > b.input.name ? 1 : 0));
  return found;
}

const placeOf = ({ name, bytes, modified_ms }: Omit<KnownSource, "sha256">): string => JSON.stringify([name, bytes, modified_ms]);

/** An empty inbox is no error; a mistyped pattern is seen in the digest as nothing new. */
async function inputsIn(given: readonly string[]): Promise<{ input: Input; reason: Message | null }[]> {
  const out: { input: Input; reason: Message | null }[] = [];
  for (const one of given) {
    try {
      const { inputs, skipped } = await expandInputs([one]);
      out.push(...inputs.map((input) => ({ input, reason: null })), ...skipped.map(({ name, reason }) => ({ input: { path: name, entry: null, name }, reason })));
    } catch (cause) {
      if (!(cause instanceof YuqingError) || cause.code !== "INPUT_NONE") throw cause;
    }
  }
  return out;
}

/** Null where the system refuses: a file that went away meanwhile, may not be read, or is on a bad disk. */
function attempt<T>(look: () => T): T | null {
  try {
    return look();
  } catch (cause) {
    if (!(cause instanceof YuqingError) && (cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    return null;
  }
}

/** SHA-256 of a file, read in pieces. */
function contentHash(path: string): string {
  const hash = createHash("sha256");
  const { fd: file } = openRegular(path);
  try {
    const piece = Buffer.alloc(1 << 20);
    for (let read = 0; (read = readSync(file, piece)) > 0; ) hash.update(piece.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
