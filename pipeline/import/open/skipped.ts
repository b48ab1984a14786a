import type { Message } from "../../errors.ts";
import type { Stranger } from "./signatures.ts";

/** Something in a folder, pattern or zip that is not imported, and why. */
export interface Skipped {
  name: string;
  reason: Message;
}

const hidden: Message = { zh: "隐藏文件", en: "hidden" };
const lock: Message = { zh: "Office 打开文件时的锁文件", en: "lock file of an open Office document" };
const system: Message = { zh: "系统附带的文件", en: "a file of the operating system" };
const own: Message = { zh: "yuqing 自己的输出；要导入请直接写出它的文件名", en: "an output of yuqing; name it directly to import it" };
const document: Message = { zh: "文档、配置或程序，不是数据表", en: "a document, configuration or program, not a table" };

export const link = {
  outside: { zh: "符号链接，指向目录之外", en: "a symbolic link that leads out of the folder" },
  inside: { zh: "符号链接，其目标在目录内，已按原名读取", en: "a symbolic link to something in the folder, which is read by its own name" },
  broken: { zh: "符号链接，失效或循环", en: "a symbolic link that is broken or loops" },
} as const satisfies Record<string, Message>;
export const special: Message = { zh: "管道、设备或套接字", en: "a pipe, device or socket" };
export const badName: Message = { zh: "文件名不是 UTF-8，打不开；请改名", en: "its name is not UTF-8 and cannot be opened: rename it" };
export const twice: Message = { zh: "给出了两次，只读一次", en: "given twice, read once" };
export const officeZip: Message = { zh: "zip 形式的文档（docx、pptx、ods、xlsb 等），不是 XLSX 也不是压缩的数据表", en: "a document in zip form (docx, pptx, ods, xlsb …), neither XLSX nor packed tables" };

export const stranger = ({ name }: Stranger): Message => ({ zh: `不是数据表：${name}`, en: `no table: ${name}` });

/** Outputs of this program by name. rejects.csv is imported after repair, when named directly. */
const outputs = new Set(["report.json", "report.html", "evidence.csv", "import.json", "posts.jsonl", "rejects.csv"]);
const systemNames = new Set(["thumbs.db", "desktop.ini", "__macosx"]);
const documents = /\.(?:ya?ml|md|html?|log|py|ipynb|js|ts|css|sh|bat|exe|dll)$/i;

/** Why a file or folder of this name is not looked into; null: it is. */
export function nameReason(name: string): Message | null {
  if (name.startsWith(".")) return hidden;
  if (name.startsWith("~$")) return lock;
  if (systemNames.has(name.toLowerCase())) return system;
  if (outputs.has(name.toLowerCase())) return own;
  return documents.test(name) ? document : null;
}
