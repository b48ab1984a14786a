import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { YuqingError } from "./errors.ts";

/**
 * Files of one run, written under temporary names beside their places and renamed together at the end: a killed run leaves the old files or
 * the new ones, never half of one. The last file added is renamed last.
 */
export class Output {
  private readonly open = new Map<string, number>();
  private readonly folder: string;
  constructor(folder: string) {
    this.folder = folder;
    this.guard(() => mkdirSync(folder, { recursive: true }));
  }

  /** Appends to a file of the output; the first call creates it. */
  write(name: string, text: string): void {
    this.guard(() => {
      let file = this.open.get(name);
      if (file === undefined) this.open.set(name, (file = openSync(this.temporary(name), "w")));
      writeSync(file, text);
    });
  }

  /** Makes the files visible. */
  commit(): void {
    this.guard(() => {
      for (const file of this.open.values()) {
        fsyncSync(file);
        closeSync(file);
      }
      for (const name of this.open.keys()) renameSync(this.temporary(name), join(this.folder, name));
      this.open.clear();
    });
  }

  /** Removes what was not committed. */
  discard(): void {
    for (const [name, file] of this.open) {
      closeSync(file);
      rmSync(this.temporary(name), { force: true });
    }
    this.open.clear();
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
