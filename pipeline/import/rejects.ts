import type { Message } from "../errors.ts";
import { damageMark } from "./encoding.ts";
import { maskText } from "./privacy.ts";
import type { RejectCode } from "./rows.ts";

/** A row that was not taken, with its place and reason. */
export interface Reject {
  /** Index of the input file. */
  file: number;
  /** File name, with #sheet for workbooks of several sheets. */
  name: string;
  line: number;
  lineTo: number;
  code: RejectCode;
  /** What exactly was wrong, unmasked (a JSON parser quotes the text); "" when the code says it all. */
  detail: string;
  /** The row as written, up to 500 characters, unmasked: `rejectLine` masks. */
  raw: string;
}

export const rejectReasons: Record<RejectCode, Message> = {
  UNDECODABLE: { zh: "有无法解码的字节", en: "bytes that cannot be decoded" },
  UNCLOSED_QUOTE: { zh: "引号没有闭合", en: "a quote is not closed" },
  CELL_TOO_LONG: { zh: "单元格或整行超过长度上限", en: "a cell or the row is longer than the limit" },
  ROW_SHORT: { zh: "列数少于表头", en: "fewer cells than the header" },
  ROW_LONG: { zh: "列数多于表头", en: "more cells than the header" },
  HEADER_REPEATED: { zh: "重复的表头行", en: "the header again" },
  EMPTY_ROW: { zh: "没有正文也没有标题", en: "neither text nor title" },
  BAD_JSON: { zh: "不是合法的 JSON", en: "not valid JSON" },
  NOT_OBJECT: { zh: "不是 JSON 对象", en: "not a JSON object" },
  DUPLICATE_KEY: { zh: "同一个键出现两次", en: "a key occurs twice" },
};

/** Header of rejects.csv; the file starts with a UTF-8 byte-order mark so that Excel opens it as UTF-8. */
export const rejectsHeader = "\ufefffile,line_from,line_to,code,reason,raw\r\n";

/** One line of rejects.csv (CRLF included): text masked, cells safe to open in a spreadsheet. */
export function rejectLine(reject: Reject, language: "zh" | "en"): string {
  const reason = rejectReasons[reject.code][language] + (reject.detail === "" ? "" : ` (${maskText(reject.detail)})`);
  const raw = maskText(reject.raw.replaceAll(damageMark, "\ufffd").toWellFormed().replaceAll("\0", ""));
  return `${[reject.name, String(reject.line), String(reject.lineTo), reject.code, reason, raw].map(csvCell).join(",")}\r\n`;
}

/**
 * A CSV cell that a spreadsheet does not take for a formula: one ' is put before a text that begins with = + - @ (also full-width), TAB, CR, LF or '.
 * Reversible: whoever reads the cell drops one leading '.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@＝＋－＠\t\r\n']/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
