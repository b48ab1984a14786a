import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { YuqingError } from "../errors.ts";

/** Begin of the paths of our databases' folders, below the system's folder for temporary files. */
export const scratchPrefix = (): string => join(tmpdir(), "yuqing-scratch-");

/** A read or write below the temporary folder that the system refused, whoever met it: SCRATCH (exit 1). Null for any other cause. */
export function scratchFault(cause: unknown): YuqingError | null {
  if (!(cause instanceof Error) || cause instanceof YuqingError) return null;
  const spill = /^Out of Memory Error: failed to offload/.test(cause.message); // what does not fit the limit of memory goes there, and there was no room
  const refused = (cause as NodeJS.ErrnoException).syscall !== undefined || /IO Error|Could not (?:create|open|read|write|fsync|truncate)/i.test(cause.message);
  if (!spill && !(refused && cause.message.includes(scratchPrefix()))) return null;
  const got = spill ? "no room to spill to" : reasonOf(cause);
  return new YuqingError("SCRATCH", 1, {
    what: { zh: "临时目录写不了：数据库的中间结果要放在那里", en: "cannot write the folder for temporary files, where the database keeps what it works on" },
    where: tmpdir(),
    got: [got, ...room(tmpdir())].join("; "),
    next: /File too large|EFBIG/.test(got)
      ? { zh: "放宽文件大小的上限（ulimit -f）后重跑", en: "raise the limit on the size of a file (ulimit -f) and run again" }
      : { zh: "腾出空间，或用环境变量 TMPDIR 指到更大的磁盘后重跑；调高 memory（如 memory: 2GB）可少用临时空间", en: "make room there, or name a larger disk with the environment variable TMPDIR, and run again; more memory (memory: 2GB, say) needs less of it" },
  });
}

/** Codes by which the system refuses a read or a write, through no fault of the program. */
const refusals = new Set(["EACCES", "EDQUOT", "EFBIG", "EIO", "EMFILE", "ENFILE", "ENOSPC", "EPERM", "EROFS"]);

/** Any other read or write that the system refused and nobody had a better word for: SYSTEM (exit 1). Null for what is a bug of ours. */
function systemFault(cause: unknown): YuqingError | null {
  if (!(cause instanceof Error)) return null;
  const { code, syscall, path } = cause as NodeJS.ErrnoException;
  const [, said] = /^IO Error: ([^\n]*)/.exec(cause.message) ?? [];
  if (said === undefined && (syscall === undefined || code === undefined || !refusals.has(code))) return null;
  const where = path ?? /"([^"]+)"/.exec(said ?? "")?.[1];
  return new YuqingError("SYSTEM", 1, {
    what: { zh: "系统拒绝了读写", en: "the system refused a read or a write" },
    ...(where !== undefined && { where }),
    got: reasonOf(cause),
    next: { zh: "检查权限和剩余空间（临时目录 TMPDIR 也算）后重跑", en: "check permissions and free space, of the temporary folder (TMPDIR) as well, and run again" },
  });
}

/** An error that a user can act on; null for a bug of ours. */
export const explained = (cause: unknown): YuqingError | null => (cause instanceof YuqingError ? cause : (scratchFault(cause) ?? systemFault(cause)));

/** "No space left on device"; "ENOSPC". */
function reasonOf(cause: Error): string {
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (code !== undefined && syscall !== undefined) return code;
  return cause.message.split("\n")[0]!.split(": ").at(-1)!.slice(0, 160);
}

/** "12.5 of 100.0 MB free": of the disk, for who is not root. Nothing where the system does not say. */
function room(folder: string): string[] {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    const megabytes = (of: number): string => ((of * bsize) / 1e6).toFixed(1);
    return [`${megabytes(bavail)} of ${megabytes(blocks)} MB free`];
  } catch {
    return [];
  }
}
