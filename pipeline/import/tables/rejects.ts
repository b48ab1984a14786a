import type { Message } from "../../errors.ts";
import { damageMark } from "../decode/encoding.ts";
import { maskText } from "../privacy/privacy.ts";
import type { RejectCode } from "./rows.ts";

/** A row that was not taken, with its place and reason. */
export interface Reject {
  /** Index of the input file. */
  file: number;
  /** File name, with #sheet for workbooks of several sheets. */
  name: string;
  line: number;
  lineTo: number;
  /** Bytes of the row without its line end, half-open, in the file after decompression; null in a workbook. */
  byteFrom: number | null;
  byteTo: number | null;
  code: RejectCode;
  /** What exactly was wrong, unmasked (a JSON parser quotes the text); "" when the code says it all. */
  detail: string;
  /** The whole row as written, unmasked; a workbook's as a CSV line; "" when it is longer than the cell limit. */
  raw: string;
  /** The table of the row: a key that differs between the tables of a run, and what is needed to read the row again (table-text.ts). */
  table: { key: string; text: string };
}

export const rejectReasons: Record<RejectCode, Message> = {
  UNDECODABLE: { zh: "有无法解码的字节", en: "bytes that cannot be decoded" },
  UNCLOSED_QUOTE: { zh: "引号没有闭合", en: "a quote is not closed" },
  STRAY_QUOTE: { zh: "引号出现在不该出现的位置", en: "a quote where none may stand" },
  CELL_TOO_LONG: { zh: "单元格或整行超过长度上限", en: "a cell or the row is longer than the limit" },
  ROW_SHORT: { zh: "列数少于表头", en: "fewer cells than the header" },
  ROW_LONG: { zh: "列数多于表头", en: "more cells than the header" },
  ROW_BROKEN: { zh: "可能断行：相邻的行残缺。核对补全后清空 code 列再导入", en: "may be broken: the row next to it is a fragment; when it is whole, clear the code cell" },
  HEADER_REPEATED: { zh: "重复的表头行", en: "the header again" },
  EMPTY_ROW: { zh: "没有正文也没有标题", en: "neither text nor title" },
  NO_AUTHOR: { zh: "账号表的行没有账号", en: "a row of a table of accounts without an account" },
  BAD_JSON: { zh: "不是合法的 JSON", en: "not valid JSON" },
  NOT_OBJECT: { zh: "不是 JSON 对象", en: "not a JSON object" },
  BAD_VALUE: { zh: "posts.jsonl 里有不合规的值", en: "a value of posts.jsonl that is not allowed" },
  DUPLICATE_KEY: { zh: "同一个键出现两次", en: "a key occurs twice" },
  TABLE_UNKNOWN: { zh: "rejects.csv 里缺少该行所属的 HEADER 行", en: "rejects.csv lacks the HEADER row of the row's table" },
};
const notKept: Message = { zh: "太长，未收入：请在原文件中修改", en: "too long to be kept here: repair it in the original file" };

export const rejectsColumns = ["file", "line_from", "line_to", "byte_from", "byte_to", "code", "reason", "raw"] as const;
/** Code of the rows that hold a table's description instead of a rejected row. */
export const tableCode = "HEADER";

/** Header of rejects.csv; the file starts with a UTF-8 byte-order mark so that Excel opens it as UTF-8. */
export const rejectsHeader = `\ufeff${rejectsColumns.join(",")}\r\n`;

/** One line of rejects.csv (CRLF included), safe to open in a spreadsheet. Masked it can be shown but not repaired. */
export function rejectLine(reject: Reject, language: "zh" | "en", { masked } = { masked: true }): string {
  const said = [reject.detail, reject.raw === "" ? notKept[language] : ""].filter((text) => text !== "").join("; ");
  const reason = rejectReasons[reject.code][language] + (said === "" ? "" : ` (${said})`);
  const raw = reject.raw.replaceAll(damageMark, "\ufffd").toWellFormed();
  const texts = masked ? [maskText(reason), maskText(raw.replaceAll("\0", ""))] : [reason, raw];
  return csvRow([reject.name, ...[reject.line, reject.lineTo, reject.byteFrom, reject.byteTo].map((at) => (at === null ? "" : String(at))), reject.code, ...texts]);
}

/** Writes rejects.csv line by line: before the first row of each table comes its HEADER row. The file starts with `rejectsHeader`. */
export class RejectsWriter {
  readonly #language: "zh" | "en";
  readonly #options: { masked: boolean };
  #table = "";

  constructor(language: "zh" | "en", options: { masked: boolean }) {
    this.#language = language;
    this.#options = options;
  }

  lines(reject: Reject): string {
    const line = rejectLine(reject, this.#language, this.#options);
    if (reject.table.key === this.#table) return line;
    this.#table = reject.table.key;
    const reason = this.#language === "zh" ? "表头与写法，请保留此行" : "header and dialect: keep this row";
    return csvRow([reject.name, "", "", "", "", tableCode, reason, reject.table.text.toWellFormed()]) + line;
  }
}

const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/**
 * A CSV cell that a spreadsheet does not take for a formula: one ' is put before a text that begins with = + - @ (also full-width), TAB, CR, LF or '.
 * Reversible: whoever reads the cell drops one leading '.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@＝＋－＠\t\r\n']/.test(text) ? `'${text}` : text;
  return quoted(safe);
}

/** The cell in quotes where CSV needs them. */
export const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
