import { isGovernmentUrl } from "./platforms.ts";
import type { Notes } from "../doubts/notes.ts";
import type { RawRow } from "../tables/rows.ts";
import { isDigits, known, parseCount } from "./values.ts";

/** Index of the first of these cells that says something; −1 when none does. */
export function firstAt(cells: readonly string[], columns: readonly number[]): number {
  for (const i of columns) if (known(cells[i]) !== null) return i;
  return -1;
}

/** The first of these cells that says something, trimmed. */
export function first(cells: readonly string[], columns: readonly number[]): string | null {
  for (const i of columns) {
    const cell = known(cells[i]);
    if (cell !== null) return cell;
  }
  return null;
}

/** The first of these cells that is a count; null (noted when a cell could not be read) when none is. */
export function countOf(cells: readonly string[], columns: readonly number[], line: number, notes: Notes): number | null {
  let problem = false;
  for (const i of columns) {
    const count = parseCount(cells[i]);
    if (count.value !== null) {
      if (count.problem !== null) notes.add(count.problem, line);
      return count.value;
    }
    problem ||= count.problem !== null;
  }
  if (problem) notes.add("COUNT_UNREADABLE", line);
  return null;
}

/** An http(s) URL, or null: nothing else may ever become a link. */
export function urlOf(cell: string | null): string | null {
  if (cell === null || cell.length > 2048) return null;
  if (/^https?:\/\/[^\s"<>]+$/i.test(cell)) return cell;
  return /^\/\/[^\s"<>/]+\.[^\s"<>]+$/.test(cell) ? `https:${cell}` : null;
}

/** Labels and site names are short; a hostile one is cut. */
export const clipped = (cell: string | null): string | null => (cell === null || cell.length <= 200 ? cell : cell.slice(0, 200).toWellFormed());

/** A title without the … or ... that marks where it was cut off. */
export function withoutEllipsis(title: string): string {
  let end = title.length;
  while (end > 0 && (title[end - 1] === "…" || title[end - 1] === ".")) end--;
  return title.slice(0, end);
}

/** A name column may hold ids or hashes instead: those are keys, not names to show. */
export function authorName(cell: string | null): { shown: string | null; id: string | null } {
  if (cell === null) return { shown: null, id: null };
  if (cell.length >= 8 && (isDigits(cell) || (/^[0-9a-f]{8,64}$/i.test(cell) && /\d/.test(cell)))) return { shown: null, id: cell };
  return { shown: cell.replace(/^["'“]([^"'“”]{1,60})["'”]$/, "$1").slice(0, 100).toWellFormed(), id: null };
}

/** media 媒体 | official 政务 | public 民间: a comment is the public's unless its author is known to be otherwise. */
export function fieldOf(channel: string | null, type: string | null, url: string | null, kind: string): "media" | "official" | "public" {
  if (type === "government") return "official";
  if (type === "media") return "media";
  if (kind === "comment" || type !== null) return "public";
  if (url !== null && isGovernmentUrl(url)) return "official";
  return channel === "news" || channel === "app" || channel === "print" ? "media" : "public";
}

/** Reads 原创/转发, kind, is_repost, 是否原创; null when the value does not decide ("post" may still be a repost by its text). */
export function kindOf(value: string, header: string): "original" | "repost" | "comment" | null {
  const text = value.toLowerCase();
  const yes = text === "true" || text === "是" || text === "1";
  const no = text === "false" || text === "否" || text === "0";
  if (header === "is_repost") return yes ? "repost" : null;
  if (header === "是否原创" || header === "is_original") return yes ? "original" : no ? "repost" : null;
  if (/^(?:评论|回复|comment|reply|跟帖)/.test(text)) return "comment";
  if (/^(?:转发|转载|repost|retweet|forward|快转)/.test(text)) return "repost";
  return /^(?:原创|原文|original|主贴|主帖)/.test(text) ? "original" : null;
}

/** Text of an HTML fragment: known tags dropped, block tags as line breaks, the five common entities decoded. For formats that deliver HTML only. */
export function withoutHtml(html: string): string {
  return html
    .replace(/<(?:br|\/p|\/div|\/li|\/h[1-6])\b[^<>]{0,500}>/gi, "\n")
    .replace(/<\/?(?:p|div|span|a|img|strong|em|b|i|u|font|section|ul|ol|li|h[1-6]|table|tbody|tr|td|blockquote|video|figure)\b[^<>]{0,2000}>/gi, "")
    .replace(/&(nbsp|lt|gt|quot|amp|#39);/g, (_, name: string) => ({ nbsp: " ", lt: "<", gt: ">", quot: '"', amp: "&", "#39": "'" })[name] ?? "");
}

export const idShape = /^[A-Za-z0-9_-][A-Za-z0-9_.+=-]{0,79}$/;
/** What Excel makes of a long id: 4.75E+15. */
export const damagedId = /^\d(?:\.\d{1,16})?E\+?\d{1,3}$/i;
/** Signs of a wrong decoding before us: UTF-8 read as GBK (锟斤拷; 锛, 銆, 鈥, 鏄, 鐨 stand for ，。“ 是 的) or as Latin-1. */
export const mojibake = /锟斤拷|锟紸|[锛銆鈥鏄鐨][^]{0,40}?[锛銆鈥鏄鐨]|(?:[Ã-é][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]{1,2}){2}/;

/** Whether Excel has rounded the ids: of 20 or more ids of 16–19 digits, over half end in 0. */
export function idsRounded(sample: readonly RawRow[], columns: readonly number[]): boolean {
  let long = 0;
  let round = 0;
  for (const { cells } of sample) {
    for (const i of columns) {
      const id = known(cells[i]);
      if (id === null || id.length < 16 || id.length > 19 || !isDigits(id)) continue;
      long++;
      if (id.endsWith("0")) round++;
    }
  }
  return long >= 20 && round * 2 > long;
}
