import { closeSync, existsSync, fsyncSync, lstatSync, mkdirSync, openSync, renameSync, rmSync, rmdirSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { YuqingError } from "./errors.ts";

/**
 * Files of one run, written under temporary names beside their places and renamed together at the end: a killed run leaves the old files or
 * the new ones, never half of one. The last file added is renamed last.
 */
export class Output {
  private readonly open = new Map<string, { file: number; waiting: string }>();
  private readonly folder: string;
  /** The folder was made for this output: it goes with a discarded one. */
  private readonly made: boolean;
  constructor(folder: string) {
    this.folder = folder;
    this.made = !existsSync(folder);
    if (this.guard(() => lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink())) throw linked(folder);
    this.guard(() => mkdirSync(folder, { recursive: true }));
  }

  /** Appends text or bytes to a file of the output; the first call creates it, readable by others only if `mode` says so. */
  write(name: string, content: string | Uint8Array, mode = 0o644): void {
    this.guard(() => {
      let part = this.open.get(name);
      if (part === undefined) {
        rmSync(this.temporary(name), { force: true }); // left by a killed run of the same number, or a link put there: never written through
        this.open.set(name, (part = { file: openSync(this.temporary(name), "wx", mode), waiting: "" }));
      }
      if (typeof content === "string") part.waiting += content;
      if (typeof content !== "string" || part.waiting.length >= 65_536) this.flush(part);
      if (typeof content !== "string") writeAll(part.file, content);
    });
  }

  /** Makes the files visible. */
  commit(): void {
    this.guard(() => {
      for (const part of this.open.values()) {
        this.flush(part);
        fsyncSync(part.file);
        closeSync(part.file);
      }
      for (const name of this.open.keys()) renameSync(this.temporary(name), join(this.folder, name));
      this.open.clear();
    });
  }

  /** Removes what was not committed. */
  discard(): void {
    for (const [name, { file }] of this.open) {
      closeSync(file);
      rmSync(this.temporary(name), { force: true });
    }
    this.open.clear();
    if (this.made) {
      try {
        rmdirSync(this.folder);
      } catch {
        // someone else has put something there meanwhile
      }
    }
  }

  private flush(part: { file: number; waiting: string }): void {
    writeAll(part.file, Buffer.from(part.waiting, "utf8"));
    part.waiting = "";
  }

  private temporary(name: string): string {
    return join(this.folder, `.${name}.${process.pid}.tmp`);
  }

  private guard<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw new YuqingError("OUTPUT", 1, {
        what: { zh: "写不了输出", en: "cannot write the output" },
        where: this.folder,
        got: (cause as NodeJS.ErrnoException).code ?? String(cause),
        next: { zh: `检查 ${dirname(this.folder)} 的权限和剩余空间；旧报告未动`, en: `check permissions and free space of ${dirname(this.folder)}; an older report is untouched` },
      });
    }
  }
}

/** One call may take only a part. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Whoever placed a link where the output goes decides what is overwritten. */
function linked(folder: string): YuqingError {
  return new YuqingError("OUTPUT_LINK", 2, { what: { zh: "输出目录是符号链接", en: "the output folder is a symbolic link" }, where: folder, next: { zh: "用 --out 直接写出它指向的目录", en: "name the folder it leads to with --out" } });
}
