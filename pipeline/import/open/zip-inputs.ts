import type { Message } from "../../errors.ts";
import { Lookahead } from "./lookahead.ts";
import { headSize, isZip, strangerOf } from "./signatures.ts";
import { nameReason, stranger, type Skipped } from "./skipped.ts";
import type { Archive, ZipEntry } from "./zip.ts";

const unsafe: Message = { zh: "条目名是绝对路径或含 ..", en: "its name is absolute or holds .." };
const symlink: Message = { zh: "符号链接", en: "a symbolic link" };
const encrypted: Message = { zh: "已加密；请先用密码解压", en: "encrypted; unpack it with its password" };
const again: Message = { zh: "压缩包里有几个同名条目，无法判断哪个是真的；请先解压", en: "the zip holds several entries of this name; unpack it and choose" };
const nested: Message = { zh: "压缩包里的压缩包；请先解压", en: "an archive inside the zip; unpack it first" };

/** The entries of a zip that may be tables, by name in order of code points, and the others with the reason. Folders are neither. */
export async function zipInputs(archive: Archive): Promise<{ names: string[]; skipped: Skipped[] }> {
  const names: string[] = [];
  const skipped: Skipped[] = [];
  const files = archive.entries.filter(({ name }) => !name.endsWith("/"));
  const times = new Map<string, number>();
  for (const { name } of files) times.set(name, (times.get(name) ?? 0) + 1);
  for (const entry of [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))) {
    const reason = times.get(entry.name)! > 1 ? again : (entryReason(entry) ?? (await contentReason(archive, entry)));
    if (reason) skipped.push({ name: entry.name, reason });
    else names.push(entry.name);
  }
  return { names, skipped };
}

function entryReason({ name, entry }: ZipEntry): Message | null {
  const parts = name.split("/");
  if (parts.includes("..") || name.startsWith("/") || /^[a-z]:/i.test(name)) return unsafe;
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return symlink;
  for (const part of parts) {
    const reason = nameReason(part);
    if (reason) return reason;
  }
  if (entry.isEncrypted()) return encrypted;
  const method = entry.compressionMethod;
  return method === 0 || method === 8 ? null : { zh: `压缩方法 ${method} 不支持；请先解压`, en: `compression method ${method} is not supported; unpack it first` };
}

/** A damaged entry is taken: its import then says what is wrong with it. */
async function contentReason(archive: Archive, { name, entry }: ZipEntry): Promise<Message | null> {
  let head: Buffer;
  try {
    const start = await Lookahead.of(archive.inflate(entry, name), headSize);
    await start.close();
    ({ head } = start);
  } catch {
    return null;
  }
  if (isZip(head)) return /\.xl[st][xm]?$/i.test(name) ? null : nested;
  const found = strangerOf(head);
  return found && stranger(found);
}
