import { YuqingError } from "../errors.ts";

/** What can be wrong with a whole file. All exit 2: nothing of the file is used. */

const expectedKinds = "CSV / TSV, JSON, JSONL, XLSX; .gz, .zst";

export function unreadable(path: string, cause: unknown): YuqingError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  if (code !== "ENOENT") {
    return new YuqingError("FILE_UNREADABLE", 2, { what: { zh: "文件读不了", en: "cannot read the file" }, where: path, got: code, next: { zh: "检查权限", en: "check its permissions" } });
  }
  return new YuqingError("FILE_MISSING", 2, { what: { zh: "文件不存在", en: "no such file" }, where: path, next: { zh: "检查路径", en: "check the path" } });
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
