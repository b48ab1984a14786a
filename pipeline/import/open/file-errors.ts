import { YuqingError } from "../../errors.ts";
import { maskText } from "../privacy/privacy.ts";

/** What can be wrong with a whole file. All exit 2: nothing of the file is used. */

const expectedKinds = "CSV / TSV, JSON, JSONL, XLSX; .gz, .zst, .zip";

/** What to do about an operating system's error. */
const remedies = new Map<string, { zh: string; en: string }>([
  ["ELOOP", { zh: "符号链接循环：请给出真正的文件", en: "a loop of symbolic links: give the file itself" }],
  ["EMFILE", { zh: "打开的文件过多：调高 ulimit -n", en: "too many open files: raise ulimit -n" }],
  ["ENOSPC", { zh: "临时目录已满：清理，或用 TMPDIR 换一个", en: "the temporary folder is full: make room or set TMPDIR" }],
  ["EIO", { zh: "磁盘或网络出错：把文件复制到本机再试", en: "disk or network error: copy the file to this machine and try again" }],
]);

export function unreadable(where: string, cause: unknown): YuqingError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  if (code === "ENOENT") return new YuqingError("FILE_MISSING", 2, { what: { zh: "文件不存在", en: "no such file" }, where, next: { zh: "检查路径", en: "check the path" } });
  const next = remedies.get(code) ?? { zh: "检查权限", en: "check its permissions" };
  return new YuqingError("FILE_UNREADABLE", 2, { what: { zh: "文件读不了", en: "cannot read the file" }, where, got: code, next });
}

export function changed(where: string, got: string): YuqingError {
  return new YuqingError("FILE_CHANGED", 2, {
    what: { zh: "文件在读取过程中变了；整个文件都不使用", en: "the file changed while it was read; none of it is used" },
    where,
    got,
    next: { zh: "等采集程序写完，或先复制一份再导入", en: "wait until the crawler is done, or import a copy" },
  });
}

/** Nothing to import in what was given. `skipped`: what was found instead. */
export function nothing(where: string, skipped: string): YuqingError {
  return new YuqingError("INPUT_NONE", 2, {
    what: { zh: "这里没有可以导入的文件", en: "there is no file to import here" },
    where,
    got: skipped === "" ? "0" : skipped,
    expected: expectedKinds,
    next: { zh: "检查路径；通配符用 *、?、**、[abc]", en: "check the path; patterns know *, ?, ** and [abc]" },
  });
}

export function empty(path: string): YuqingError {
  return new YuqingError("FILE_EMPTY", 2, { what: { zh: "文件是空的", en: "the file is empty" }, where: path, got: "0", next: { zh: "重新导出该文件，或把它从列表中去掉", en: "export it again or leave it out" } });
}

export function kind(path: string, got: string, next: { zh: string; en: string }): YuqingError {
  return new YuqingError("FILE_KIND", 2, { what: { zh: "不是可以导入的文件", en: "not a file that can be imported" }, where: path, got, expected: expectedKinds, next });
}

export function truncated(path: string, got: string): YuqingError {
  return new YuqingError("FILE_TRUNCATED", 2, {
    what: { zh: "文件不完整（在中间断开）；整个文件都不使用", en: "the file is cut off; none of it is used" },
    where: path,
    got,
    next: { zh: "重新下载或重新导出该文件", en: "download or export it again" },
  });
}

export function damaged(path: string, got: string, cause: unknown): YuqingError {
  return new YuqingError("FILE_DAMAGED", 2, {
    what: { zh: "文件已损坏；整个文件都不使用", en: "the file is damaged; none of it is used" },
    where: path,
    got: `${got}: ${(cause as Error).message}`,
    next: { zh: "重新下载或重新导出该文件", en: "download or export it again" },
  });
}

export function inflates(path: string, got: string, ratio: number): YuqingError {
  return new YuqingError("FILE_INFLATES", 2, {
    what: { zh: "压缩文件解压后过大", en: "the compressed file inflates too far" },
    where: path,
    got,
    expected: `≤ ${ratio} : 1`,
    next: { zh: "确认来源可靠后自行解压，再导入解压后的文件", en: "if you trust it, unpack it yourself and import the result" },
  });
}

/** A workbook that asks for more memory than any honest one. */
export function tooLarge(where: string, got: string, expected: string): YuqingError {
  return new YuqingError("FILE_TOO_LARGE", 2, {
    what: { zh: "工作簿过大，内存放不下", en: "the workbook is too large to be kept in memory" },
    where,
    got,
    expected,
    next: { zh: "把工作表另存为 CSV（UTF-8）再导入", en: "save its sheets as CSV (UTF-8) and import those" },
  });
}

/** A table whose first line is no header: it does not end, its quote never closes, or its cells are empty. `beginning`: of that line. */
export function headless(where: string, beginning: string, most: number): YuqingError {
  return new YuqingError("HEADER_UNREADABLE", 2, {
    what: { zh: `表头读不出来：首行超过 ${most} 字、引号未闭合或全是空格子`, en: `no header can be read: the first line is longer than ${most} characters, its quote never closes, or its cells are empty` },
    where,
    got: maskText(beginning.slice(0, 80).toWellFormed()),
    next: { zh: "检查首行的换行和引号，或重新导出该文件", en: "check the line end and the quotes of the first line, or export the file again" },
  });
}
