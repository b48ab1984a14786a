import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { nearest, YuqingError, type Message } from "../../errors.ts";
import { dataPath } from "../../paths.ts";
import { maskText } from "../privacy/privacy.ts";
import { known, parseCount } from "./values.ts";
import { platformByName, platformByUrl } from "./platforms.ts";

/** What a header can mean. Columns of Post where they are taken as they are; the others are the raw material of several. */
export const importColumns = [
  "id", "post_id", "comment_id", "parent", "root", "platform", "media_type", "site", "url", "kind", "title", "text", "quoted", "time", "captured",
  "author_id", "author_name", "author_type", "author_note", "followers", "region_ip", "region_profile", "place", "region_source",
  "reposts", "comments", "likes", "reads", "vendor_sentiment", "vendor_sensitivity", "vendor_emotion", "source",
] as const;
export type ImportColumn = (typeof importColumns)[number];

/** Which cells feed each column; empty: none. */
export type Cells = Readonly<Record<ImportColumn, readonly number[]>>;

/** What the rows of a file are. */
export const rowKinds = ["original", "repost", "comment", "account"] as const;
export type RowKind = (typeof rowKinds)[number];

/** A known file format (data/profiles/formats.yaml). */
export interface Format {
  name: string;
  requires: string[];
  absent?: string[];
  platform?: string;
  kind?: RowKind;
  columns?: Partial<Record<ImportColumn, string | null>>;
  html?: boolean;
  /** The rows name no author: the file is called after it (`昵称/uid.csv`). */
  authorOfPath?: boolean;
  /** What the format cannot tell; said only of files that have the headers `requires`. */
  note?: Message & { requires?: string[] };
  /** Our own posts.jsonl: the columns of Post under their own names. */
  dataset?: boolean;
}

/** Which cells feed which column, in order of preference. */
export interface Plan {
  format: Format | null;
  columns: Map<ImportColumn, number[]>;
  /** Number of header cells that the plan was made for. */
  width: number;
  /** All rows are comments (their own ids are comment ids). */
  comments: boolean;
  /** What all rows are and where all come from, by the saved mapping or else the format; null: each row tells. */
  kind: RowKind | null;
  platform: string | null;
  /** What files like this one cannot tell; null when nothing is known to be missing. */
  note: Message | null;
}

/** What the caller says of a file's columns: our column → its headers in order of preference, or 列N by position; null: not used. */
export interface Mapping {
  columns: Readonly<Record<string, string | readonly string[] | null>>;
  platform?: string | undefined;
  kind?: RowKind | undefined;
}

interface Aliases {
  byColumn: Map<ImportColumn, string[]>;
  known: Set<string>;
  formats: Format[];
}
let aliases: Aliases | null = null;

function load(): Aliases {
  if (aliases) return aliases;
  const table = parse(readFileSync(dataPath("profiles", "aliases.yaml"), "utf8")) as { columns: Record<string, unknown[]>; ignored: unknown[] };
  const { formats } = parse(readFileSync(dataPath("profiles", "formats.yaml"), "utf8")) as { formats: Format[] };
  const byColumn = new Map(importColumns.map((column) => [column, (table.columns[column] ?? []).map((name) => normalizeHeader(String(name)))]));
  aliases = { byColumn, known: new Set([...[...byColumn.values()].flat(), ...table.ignored.map((name) => normalizeHeader(String(name)))]), formats };
  return aliases;
}

/** Header as compared: NFKC (／ → /), no invisible characters, single spaces, lower case. */
export function normalizeHeader(header: string): string {
  return header.normalize("NFKC").replace(/[\u200b-\u200f\u2060\ufeff\u0000]/g, "").replace(/\s+/g, " ").trim().toLowerCase();
}

export function isKnownHeader(header: string): boolean {
  const { known } = load();
  return known.has(header) || (/[^0-9:. -]/.test(header) && known.has(normalizeHeader(header)));
}
export const isTextHeader = (header: string): boolean => load().byColumn.get("text")!.includes(normalizeHeader(header));

export const isTitleHeader = (header: string): boolean => load().byColumn.get("title")!.includes(normalizeHeader(header));

/** Header cells made distinct: the second 正文 becomes 正文#2, an empty one 列N; trailing empty ones are dropped. */
export function distinctHeaders(cells: readonly string[]): string[] {
  let width = cells.length;
  while (width > 0 && normalizeHeader(cells[width - 1]!) === "") width--;
  const seen = new Map<string, number>();
  return cells.slice(0, width).map((cell, i) => {
    const name = cell.replace(/[\u200b-\u200f\u2060\ufeff\u0000]/g, "").trim() || `列${i + 1}`;
    const times = (seen.get(normalizeHeader(name)) ?? 0) + 1;
    seen.set(normalizeHeader(name), times);
    return times === 1 ? name : `${name}#${times}`;
  });
}

/**
 * Maps headers to columns. `mapping` wins over everything; then the format's own meanings; then the alias table.
 * `sample`: rows by which ambiguous headers (来源) are decided. `growing`: keys of a JSON file that are mapped may still appear.
 * Throws COLUMN_UNKNOWN, COLUMN_MISSING, NO_TEXT_COLUMN.
 */
export function planColumns(header: readonly string[], sample: readonly (readonly string[])[], mapping: Mapping, where: string, growing = false): Plan {
  const index = indexOf(header);
  const format = formatOf(index);
  const columns = aliasColumns(index);
  for (const [column, name] of Object.entries(format?.columns ?? {})) {
    if (name === null) columns.delete(column as ImportColumn);
    else columns.set(column as ImportColumn, [index.get(name)!]);
  }
  for (const [name, mapped] of Object.entries(mapping.columns)) {
    const column = knownColumn(name, where);
    const headers = mapped === null ? [] : typeof mapped === "string" ? [mapped] : mapped;
    const here = headers.filter((given) => !growing || index.has(normalizeHeader(given)));
    if (mapped === null) columns.delete(column);
    else if (here.length > 0) columns.set(column, here.map((given) => position(given, index, header, where)));
  }
  decideByLook(columns, sample);
  const kind = mapping.kind ?? format?.kind ?? null;
  if (kind !== "account" && !columns.has("text") && !columns.has("title")) throw noText(header, where);
  const note = format?.note !== undefined && (format.note.requires ?? []).every((name) => index.has(name)) ? { zh: format.note.zh, en: format.note.en } : null;
  return { format, columns, width: header.length, comments: isCommentFile(columns, header, kind), kind, platform: mapping.platform ?? format?.platform ?? null, note };
}

/** Cells by column, for the builders. */
export const cellsOf = ({ columns }: Plan): Cells => Object.fromEntries(importColumns.map((column) => [column, columns.get(column) ?? []])) as unknown as Cells;

/** What the alias table alone makes of a header. */
export const aliasesOf = (header: readonly string[]): Map<ImportColumn, number[]> => aliasColumns(indexOf(header));

/** Whether a table with this header holds accounts instead of posts. */
export const isAccountTable = (header: readonly string[]): boolean => formatOf(indexOf(header))?.kind === "account";

function indexOf(header: readonly string[]): Map<string, number> {
  const index = new Map<string, number>();
  header.forEach((name, i) => {
    const plain = normalizeHeader(name);
    if (!index.has(plain)) index.set(plain, i);
  });
  return index;
}

function formatOf(index: ReadonlyMap<string, number>): Format | null {
  return load().formats.find((f) => f.requires.every((name) => index.has(name)) && !(f.absent ?? []).some((name) => index.has(name))) ?? null;
}

function aliasColumns(index: ReadonlyMap<string, number>): Map<ImportColumn, number[]> {
  const columns = new Map<ImportColumn, number[]>();
  for (const [column, names] of load().byColumn) {
    const found = names.map((name) => index.get(name)).filter((i) => i !== undefined);
    if (found.length > 0) columns.set(column, found);
  }
  return columns;
}

function isCommentFile(columns: ReadonlyMap<ImportColumn, number[]>, header: readonly string[], kind: RowKind | null): boolean {
  if (kind !== null) return kind === "comment";
  const text = columns.get("text")?.[0];
  return columns.has("comment_id") || (text !== undefined && /^评论/.test(normalizeHeader(header[text]!)));
}

/** 来源 names a site or an author; 评论 may hold texts instead of counts; `author` may hold ids. */
function decideByLook(columns: Map<ImportColumn, number[]>, sample: readonly (readonly string[])[]): void {
  const values = (i: number): string[] => sample.map((cells) => known(cells[i])).filter((cell) => cell !== null);
  const source = columns.get("source")?.[0];
  if (source !== undefined) {
    const cells = values(source);
    const sites = cells.filter((cell) => platformByName(cell) || platformByUrl(cell) || /[网报台]$|新闻|客户端|在线|论坛|日报|频道/.test(cell)).length;
    if (!columns.has("site") && (columns.has("author_name") || sites * 2 >= cells.length)) columns.set("site", [source]);
    else if (!columns.has("author_name")) columns.set("author_name", [source]);
    columns.delete("source");
  }
  const counts = columns.get("comments")?.[0];
  if (counts !== undefined && !columns.has("text")) {
    const cells = values(counts);
    const texts = cells.filter((cell) => parseCount(cell).problem === "COUNT_UNREADABLE").length;
    if (cells.length > 0 && texts * 2 > cells.length) {
      columns.set("text", [counts]);
      columns.delete("comments");
    }
  }
}

function knownColumn(column: string, where: string): ImportColumn {
  if ((importColumns as readonly string[]).includes(column)) return column as ImportColumn;
  const near = nearest(column, importColumns);
  throw new YuqingError("COLUMN_UNKNOWN", 2, {
    what: { zh: `没有名为 ${column} 的列`, en: `there is no column named ${column}` },
    where,
    got: column,
    expected: importColumns.join(", "),
    next: near ? { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } : { zh: "改正 --map 或 columns", en: "correct --map or columns" },
  });
}

function position(name: string, index: Map<string, number>, header: readonly string[], where: string): number {
  const plain = normalizeHeader(name);
  const found = index.get(plain);
  if (found !== undefined) return found;
  const numbered = /^列(\d{1,5})$/.exec(plain);
  if (numbered && Number(numbered[1]) >= 1 && Number(numbered[1]) <= header.length) return Number(numbered[1]) - 1;
  const near = nearest(plain, [...index.keys()]);
  throw new YuqingError("COLUMN_MISSING", 2, {
    what: { zh: `文件里没有表头 ${name}`, en: `the file has no header ${name}` },
    where,
    got: header.join(" | ").slice(0, 2000),
    expected: name,
    next: near ? { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } : { zh: "照表头改正 --map 或 columns", en: "correct --map or columns after the header" },
  });
}

export function noText(header: readonly string[], where: string): YuqingError {
  const names = load().byColumn.get("text")!;
  const near = header.find((name) => !isKnownHeader(name) && names.some((known) => normalizeHeader(name).includes(known))) ?? header.find((name) => !isKnownHeader(name)) ?? "HEADER";
  return new YuqingError("NO_TEXT_COLUMN", 2, {
    what: { zh: "没有找到正文列", en: "no text column found" },
    where,
    got: header.map((name) => maskText([...name].slice(0, 30).join(""))).join(" | ").slice(0, 2000), // a file without a header shows its first row here
    expected: names.slice(0, 12).join(", "),
    next: { zh: `用 --map text=表头 指明，例如 --map text=${near}`, en: `name it with --map text=HEADER, for example --map text=${near}` },
  });
}
