import { YuqingError } from "../errors.ts";

/** Hands work on; what the system refuses becomes ARCHIVE_WRITE (exit 1). */
export function guard<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (cause instanceof YuqingError || code === undefined || (cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw unwritable((cause as NodeJS.ErrnoException).path ?? folder, code);
  }
}

/** The same for a file that the database writes: it says in words what the system refused. */
export async function guardCopy<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const [, words] = /^IO Error: ([^\n]*)/.exec(cause instanceof Error ? cause.message : "") ?? [];
    if (words === undefined) throw cause;
    throw unwritable(path, words.split(": ").at(-1)!.slice(0, 160));
  }
}

function unwritable(where: string, got: string): YuqingError {
  return new YuqingError("ARCHIVE_WRITE", 1, {
    what: { zh: "写不了档案", en: "cannot write the archive" },
    where,
    got,
    next: { zh: "检查权限和剩余空间后重跑；档案仍是完整的，下一次运行会自行清理", en: "check permissions and free space and run again; the archive is whole, and the next run cleans up by itself" },
  });
}

export function missing(folder: string): YuqingError {
  return new YuqingError("ARCHIVE_MISSING", 2, {
    what: { zh: "这里没有档案", en: "there is no archive" },
    where: folder,
    expected: "manifest.json",
    next: { zh: "新项目：yuqing init DIR；清单被删：从备份恢复整个 archive 目录", en: "a new project: yuqing init DIR; a deleted manifest: restore the whole archive folder from a backup" },
  });
}

/** Whoever placed a link where the archive or a report goes decides what is overwritten. */
export function linked(folder: string): YuqingError {
  return new YuqingError("ARCHIVE_LINK", 2, { what: { zh: "目录是符号链接", en: "the folder is a symbolic link" }, where: folder, next: { zh: "换成真实的目录；要用别的磁盘，请把整个项目放到那里", en: "put a real folder there; to use another disk, put the whole project on it" } });
}

export function altered(where: string, got: string, expected: string): YuqingError {
  return new YuqingError("ARCHIVE_ALTERED", 1, {
    what: { zh: "档案文件缺失或被改动", en: "a file of the archive is missing or altered" },
    where,
    got,
    expected,
    next: { zh: "运行 yuqing verify 查看全部问题，从备份恢复；没有自动重建任何内容", en: "yuqing verify names all such files; restore them from a backup; nothing was rebuilt" },
  });
}

export function unpublished(where: string, got: string): YuqingError {
  return new YuqingError("ARCHIVE_PUBLISH", 3, {
    what: { zh: "档案已写好，但报告未能放到 reports/", en: "the archive is written, but the reports could not be put under reports/" },
    where,
    got,
    next: { zh: "检查 reports/ 的权限和剩余空间；下一次运行会自行补发", en: "check permissions and free space of reports/; the next run puts them there by itself" },
  });
}
