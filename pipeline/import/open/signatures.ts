import type { Message } from "../../errors.ts";

/** What a file is, by its first bytes. */

/** So many bytes decide. */
export const headSize = 4096;

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;
export const isZstd = (head: Buffer): boolean => head.length > 4 && head.readUInt32LE(0) === 0xfd2fb528;
export const isZip = (head: Buffer): boolean => head.length > 4 && head.readUInt32BE(0) === 0x504b0304;

/** Contents that are certainly no table of posts, by their first bytes (hex). */
const magic: readonly (readonly [hex: string, name: string])[] = [
  ["89504e47", "PNG"],
  ["ffd8ff", "JPEG"],
  ["47494638", "GIF"],
  ["25504446", "PDF"],
  ["d0cf11e0a1b11ae1", "Excel 97–2003 (.xls), Word (.doc), or a workbook with a password"],
  ["504b0506", "empty zip"],
  ["504b0708", "split zip"],
  ["526172211a07", "RAR"],
  ["377abcaf271c", "7z"],
  ["425a68", "bzip2"],
  ["fd377a585a00", "xz"],
  ["53514c69746520666f726d617420", "SQLite"],
  ["50415231", "Parquet"],
  ["4f626a01", "Avro"],
  ["4152524f5731", "Arrow"],
  ["7f454c46", "ELF program"],
  ["4d5a9000", "Windows program"],
];

export interface Stranger {
  name: string;
  next: Message;
}

/** Names what is certainly no table of posts; null: it may be one. */
export function strangerOf(head: Buffer): Stranger | null {
  const save = { zh: "另存为 CSV（UTF-8）、XLSX 或 JSONL", en: "save it as CSV (UTF-8), XLSX or JSONL" };
  const hex = head.subarray(0, 16).toString("hex");
  const known = magic.find(([start]) => hex.startsWith(start));
  if (known) return { name: known[1], next: save };
  if (head.subarray(257, 262).toString("latin1") === "ustar") return { name: "tar", next: { zh: "请先解包", en: "unpack it first" } };
  const start = head.subarray(0, 1024).toString("latin1").replace(/^\u00ef\u00bb\u00bf/, "").trimStart().slice(0, 60).toLowerCase();
  if (/^<(!doctype|html|head|table|\?xml|meta|body|div)/.test(start)) return { name: "HTML/XML", next: { zh: "网页表格：用 Excel 打开后另存为 XLSX", en: "a web page: open it in Excel and save it as XLSX" } };
  let control = 0;
  for (const byte of head) if ((byte < 0x20 && byte !== 0 && (byte < 9 || byte > 13)) || byte === 0x7f) control++;
  return control > 16 && control * 10 > head.length ? { name: "binary", next: { zh: "不是文本", en: "not a text" } } : null;
}
