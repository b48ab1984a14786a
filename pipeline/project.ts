import { randomBytes } from "node:crypto";
import { closeSync, constants, fstatSync, fsyncSync, linkSync, lstatSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { YuqingError, type Message } from "./errors.ts";

const keyBytes = 32;
/** Elsewhere the mode of a file says nothing about who can read it. */
const hasModes = process.platform !== "win32";

/**
 * The secret of the author pseudonyms (HMAC-SHA-256), of at least 128 bits: the environment variable YUQING_KEY (32 or more hex digits) or FOLDER/.yuqing/key
 * (64 hex digits, mode 0600), which is made on first use. Two first uses at once get the same key. The key is never part of a message.
 * Throws KEY_INVALID, KEY_EXPOSED, KEY_LINK, KEY_UNREADABLE, KEY_UNWRITABLE (exit 2).
 */
export function projectKey(folder: string, environment: Readonly<Record<string, string | undefined>> = process.env): Uint8Array {
  const given = environment["YUQING_KEY"];
  if (given !== undefined) return givenKey(given);
  const hidden = join(folder, ".yuqing");
  const path = join(hidden, "key");
  if (isLink(hidden)) throw linked(hidden);
  if (isLink(path)) throw linked(path);
  return readKey(path) ?? makeKey(hidden, path);
}

function givenKey(text: string): Uint8Array {
  if (/^(?:[0-9a-f]{2}){16,}$/i.test(text)) return Buffer.from(text, "hex");
  throw failure("KEY_INVALID", { zh: "环境变量 YUQING_KEY 不是密钥", en: "the environment variable YUQING_KEY is no key" }, "YUQING_KEY", `${text.length} characters`, {
    zh: "用 openssl rand -hex 32 生成；或去掉该变量，使用项目目录里的密钥文件", en: "make one with openssl rand -hex 32, or unset it to use the key file of the project",
  }, "≥ 32 hex digits, an even number");
}

/** The key in the file; null when there is no file. */
function readKey(path: string): Uint8Array | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    if (code === "ENOENT") return null;
    if (code === "ELOOP") throw linked(path);
    throw failure("KEY_UNREADABLE", { zh: "密钥文件读不了", en: "cannot read the key file" }, path, code, { zh: "检查权限，或设置环境变量 YUQING_KEY", en: "check its permissions or set YUQING_KEY" });
  }
  try {
    const info = fstatSync(file);
    if (!info.isFile()) throw damaged(path, "not a file");
    if (hasModes && (info.mode & 0o077) !== 0) {
      throw failure("KEY_EXPOSED", { zh: "密钥文件对其他用户开放", en: "the key file is open to others" }, path, (info.mode & 0o777).toString(8), { zh: `运行 chmod 600 ${path}；若文件曾被他人读过，请换新密钥`, en: `run chmod 600 ${path}; if others may have read it, replace the key` }, "600");
    }
    if (info.size > 1024) throw damaged(path, `${info.size} bytes`);
    const text = readFileSync(file, "latin1").trim();
    if (!/^[0-9a-f]{64}$/i.test(text)) throw damaged(path, `${info.size} bytes`);
    return Buffer.from(text, "hex");
  } finally {
    closeSync(file);
  }
}

/** Writes a new key beside its place and links it there: it appears whole or not at all, and whoever comes second takes the first one's. */
function makeKey(hidden: string, path: string): Uint8Array {
  const key = randomBytes(keyBytes);
  const temporary = join(hidden, `key.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    mkdirSync(hidden, { recursive: true, mode: 0o700 });
    ignoreByGit(hidden);
    const file = openSync(temporary, "wx", 0o600);
    try {
      writeSync(file, `${key.toString("hex")}\n`);
      fsyncSync(file);
      linkSync(temporary, path);
    } finally {
      closeSync(file);
      rmSync(temporary, { force: true });
    }
    return key;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const first = code === "EEXIST" ? readKey(path) : null;
    if (first !== null) return first;
    throw failure("KEY_UNWRITABLE", { zh: "写不了密钥文件", en: "cannot write the key file" }, path, code, { zh: "检查项目目录的权限，或用 YUQING_KEY=$(openssl rand -hex 32) 提供密钥", en: "check the permissions of the project folder, or give a key: YUQING_KEY=$(openssl rand -hex 32)" });
  }
}

/** A key must not end in a repository. */
function ignoreByGit(hidden: string): void {
  try {
    writeFileSync(join(hidden, ".gitignore"), "*\n", { flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function linked(path: string): YuqingError {
  return failure("KEY_LINK", { zh: "密钥不能是符号链接", en: "the key must not be a symbolic link" }, path, "symlink", { zh: "换成真实的文件和目录", en: "put the real file and folder there" });
}

function damaged(path: string, got: string): YuqingError {
  return failure("KEY_INVALID", { zh: "密钥文件已损坏", en: "the key file is damaged" }, path, got, {
    zh: "从备份恢复；没有备份就删除它，会生成新密钥，但作者代号与以前的报告不再一致", en: "restore it from a backup; or delete it and a new one is made, with pseudonyms other than those of earlier reports",
  }, "64 hex digits");
}

function failure(code: string, what: Message, where: string, got: string, next: Message, expected?: string): YuqingError {
  return new YuqingError(code, 2, { what, where, got, next, ...(expected === undefined ? {} : { expected }) });
}
