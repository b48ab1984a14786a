import { hash } from "node:crypto";
import type { Post } from "../../schema.ts";
import { AuthorReader, type AuthorOptions } from "./author.ts";
import { clipped, countOf, damagedId, fieldOf, first, firstAt, idsRounded, idShape, kindOf, mojibake, urlOf, withoutEllipsis, withoutHtml } from "./cells.ts";
import { cellsOf, normalizeHeader, type Cells, type Plan } from "./headers.ts";
import type { Notes } from "../doubts/notes.ts";
import { channelOf, platformByName, platformByUrl, type Platform } from "./platforms.ts";
import { chainKeys, splitChain, type ChainParts } from "./reposts.ts";
import type { RawRow, RejectCode } from "../tables/rows.ts";
import { PublicationClock } from "./publication.ts";
import type { Time } from "./times.ts";
import { isDigits, trimEnds } from "./values.ts";

export interface PostOptions extends AuthorOptions {
  file: number;
  utcOffsetMs: number;
  /** Platform of posts whose file does not say; key of platforms.yaml. */
  platform: string | null;
  /** Sheet number within a workbook, from 0. */
  sheet: number;
}

const dayMs = 86_400_000;
const slotMs = 600_000;

/** The text that is scored: title and own words. `text_key` is its MD5. */
export const scoredText = (title: string | null, own: string | null): string => `${title ?? ""}\n${own ?? ""}`;

/** Key of a scored text: the first 16 hex digits of its MD5; null when there is nothing to score. */
const textKey = (title: string | null, own: string | null): string | null => (own === null && title === null ? null : hash("md5", scoredText(title, own)).slice(0, 16));

/** Day and ten-minute slot of an instant in a zone. */
export function inZone(ms: number | null, precision: string | null, utcOffsetMs: number): { day: number | null; slot: number | null } {
  if (ms === null) return { day: null, slot: null };
  const local = ms + utcOffsetMs;
  return { day: Math.floor(local / dayMs), slot: precision === "day" ? null : Math.floor(local / slotMs) };
}

/** Turns the rows of one table into posts. The decisions that need several rows (Excel-rounded ids, midnight times) come from the sample. */
export class PostBuilder {
  readonly #plan: Plan;
  readonly #options: PostOptions;
  readonly #notes: Notes;
  readonly #cells: Cells;
  readonly #author: AuthorReader;
  readonly #kindHeader: string;
  readonly #titleIsText: boolean;
  readonly #idsRounded: boolean;
  readonly #clock: PublicationClock;
  readonly #formatPlatform: Platform | null;
  readonly #optionPlatform: Platform | null;

  constructor(plan: Plan, header: readonly string[], sample: readonly RawRow[], options: PostOptions, notes: Notes) {
    this.#plan = plan;
    this.#options = options;
    this.#notes = notes;
    this.#cells = cellsOf(plan);
    this.#author = new AuthorReader(this.#cells, header, options, notes);
    const kind = this.#cells.kind[0];
    this.#kindHeader = kind === undefined ? "" : normalizeHeader(header[kind] ?? "");
    const title = this.#cells.title[0];
    this.#titleIsText = title !== undefined && normalizeHeader(header[title] ?? "") === "标题/微博内容";
    this.#formatPlatform = plan.platform === null ? null : platformByName(plan.platform);
    this.#optionPlatform = options.platform === null ? null : platformByName(options.platform);
    this.#idsRounded = idsRounded(sample, [...this.#cells.id, ...this.#cells.post_id, ...this.#cells.comment_id]);
    this.#clock = new PublicationClock(this.#cells.time, this.#cells.captured, sample, options.utcOffsetMs, notes);
    if (this.#idsRounded) notes.add("IDS_ROUNDED", sample[0]?.line ?? 1);
  }

  /** The post, or why there is none. */
  build(row: RawRow): Post | RejectCode {
    const { cells, line } = row;
    const at = this.#cells;
    const { url, site, platform, channel } = this.#origin(cells, line);
    const { own, title, chain, hops, bare, written } = this.#words(cells, platform, line);
    const rootRef = this.#rootRef(cells);
    const kind = this.#kind(cells, rootRef !== null || chain !== null || bare);
    // A repost may come without any text: it counts, it only says nothing.
    const silent = kind === "repost" && (rootRef !== null || first(cells, at.kind) !== null);
    if (own === null && title === null && !bare && !silent) return "EMPTY_ROW";

    const { root, parent, depth } = this.#links(cells, kind, rootRef, hops, platform);
    const quotedRoot = first(cells, at.quoted);
    const quoted = chain === null ? quotedRoot : quotedRoot === null ? chain : `${chain}\n${quotedRoot}`;
    const text_key = textKey(title, own);
    const time = this.#clock.read(cells, line, platform?.since ?? null);
    const { day, slot } = inZone(time.ms, time.precision, this.#options.utcOffsetMs);
    const account = this.#author.author(cells, platform, kind !== "comment");
    const region = this.#author.regions(cells, line);
    const sensitivity = clipped(first(cells, at.vendor_sensitivity));
    const isPolarity = sensitivity !== null && /^(?:正|负|中|积极|消极|positive|negative|neutral)/i.test(sensitivity);

    // A comment's URL is often that of the post: it identifies nothing.
    let id = this.#id(cells, kind === "comment", platform, url, line) ?? (kind === "comment" ? null : url);
    if (id === null && (text_key !== null || quoted !== null)) id = this.#contentId(account.key, time, [platform?.key ?? null, kind, time.ms, text_key, quoted, root], line);

    return {
      id: id ?? this.#rowId(line),
      file: this.#options.file,
      line,
      source: row.origin?.name ?? null,
      source_line: row.origin?.line ?? null,
      platform: platform?.key ?? null,
      site,
      channel,
      field: fieldOf(channel, account.type, url, kind),
      kind,
      parent,
      root,
      root_key: kind !== "repost" || root !== null || quotedRoot === null ? null : textKey(null, splitChain(quotedRoot).own),
      title,
      own,
      quoted,
      depth,
      chain: chain === null || kind !== "repost" ? null : chainKeys(chain, written!, (name) => this.#author.key(name, platform)),
      text_key,
      published_ms: time.ms,
      precision: time.precision,
      day,
      slot,
      author: account.key,
      author_name: account.name,
      author_name_key: account.nameKey,
      author_type: account.type,
      followers: this.#author.followers(cells, line),
      region_ip: region.ip,
      region_profile: region.profile,
      reposts: countOf(cells, at.reposts, line, this.#notes),
      comments: countOf(cells, at.comments, line, this.#notes),
      likes: countOf(cells, at.likes, line, this.#notes),
      reads: countOf(cells, at.reads, line, this.#notes),
      url,
      vendor_sentiment: clipped(first(cells, at.vendor_sentiment)) ?? (isPolarity ? sensitivity : null),
      vendor_sensitivity: isPolarity ? null : sensitivity,
      vendor_emotion: clipped(first(cells, at.vendor_emotion)),
    };
  }

  /**
   * Identity of a post without id and URL: who said what when. Null unless author and time (to the minute or better) are known.
   * The hash of the content stands first, so that ids sort alike whatever the key of the author hash.
   */
  #contentId(author: string | null, { ms, precision }: Time, content: readonly (string | number | null)[], line: number): string | null {
    if (author === null || ms === null || precision === "day") return null;
    this.#notes.add("ID_FROM_CONTENT", line);
    return `text:${hash("md5", JSON.stringify(content)).slice(0, 16)}:${author}`;
  }

  #origin(cells: readonly string[], line: number): { url: string | null; site: string | null; platform: Platform | null; channel: string | null } {
    const at = this.#cells;
    const url = urlOf(first(cells, at.url));
    const site = clipped(first(cells, at.site));
    const mediaType = first(cells, at.media_type);
    const typed = mediaType === null ? null : platformByName(mediaType);
    const platform = this.#platform(first(cells, at.platform), site, typed, url);
    if (platform === null && mediaType !== null) this.#notes.add("PLATFORM_UNKNOWN", line);
    return { url, site, platform, channel: channelOf(platform, typed) };
  }

  #words(cells: readonly string[], platform: Platform | null, line: number): ChainParts & { title: string | null; written: string | null } {
    const textAt = firstAt(cells, this.#cells.text);
    const written = textAt < 0 ? null : this.#text(cells[textAt]!);
    if (written !== null) this.#inspectText(written, line);
    const { own, chain, hops, bare } = splitChain(written ?? "");
    return { own, chain, hops, bare, written, title: this.#title(cells, textAt, written, platform) };
  }

  #links(cells: readonly string[], kind: string, rootRef: string | null, hops: number, platform: Platform | null): { root: string | null; parent: string | null; depth: number | null } {
    if (kind === "original") return { root: null, parent: null, depth: 0 };
    const comment = kind === "comment";
    const parentRef = this.#reference(first(cells, this.#cells.parent));
    const root = this.#qualified(comment ? (this.#reference(first(cells, this.#cells.post_id)) ?? rootRef) : rootRef, platform, false);
    const own = comment ? (first(cells, this.#cells.comment_id) ?? first(cells, this.#cells.id)) : null;
    const parent = parentRef !== null && parentRef === this.#reference(own) ? null : this.#qualified(parentRef, platform, comment && this.#plan.columns.has("comment_id"));
    const depth = !comment && (hops > 0 || parent === null || parent === root) ? 1 + hops : null;
    return { root, parent: parent ?? (comment || depth === 1 ? root : null), depth };
  }

  #rowId(line: number): string {
    const { file, sheet } = this.#options;
    return sheet === 0 ? `row:${file}:${line}` : `row:${file}:${sheet + 1}.${line}`;
  }

  #text(cell: string): string {
    const text = trimEnds(this.#plan.format?.html ? withoutHtml(cell) : cell);
    return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  }

  /**
   * The title, unless it is only a (cut-off) copy of the text, which must not be scored twice: the same cell as the text, a beginning of the text
   * (an ellipsis at its end not counted), or the combined column 标题／微博内容 of a Weibo post.
   */
  #title(cells: readonly string[], textAt: number, written: string | null, platform: Platform | null): string | null {
    const at = firstAt(cells, this.#cells.title);
    if (at < 0 || at === textAt) return null;
    const title = this.#text(cells[at]!);
    if (written === null) return title;
    if (this.#titleIsText && platform?.key === "weibo") return null;
    return written.startsWith(withoutEllipsis(title)) ? null : title;
  }

  #inspectText(text: string, line: number): void {
    if (text.includes("\ufffd")) this.#notes.add("TEXT_REPLACEMENT", line);
    if (mojibake.test(text.length > 200 ? text.slice(0, 200) : text)) this.#notes.add("TEXT_MOJIBAKE", line);
  }

  /** What the row says, then its site, the kind of medium, the file's format, the caller, the URL. */
  #platform(named: string | null, site: string | null, typed: Platform | null, url: string | null): Platform | null {
    const first = named === null ? null : platformByName(named);
    if (first && !first.generic) return first;
    const second = site === null ? null : (platformByName(site) ?? platformByUrl(site));
    if (second && !second.generic) return second;
    return typed ?? first ?? second ?? this.#formatPlatform ?? this.#optionPlatform ?? (url === null ? null : platformByUrl(url));
  }

  #kind(cells: readonly string[], reposts: boolean): "original" | "repost" | "comment" {
    const cell = first(cells, this.#cells.kind);
    const said = cell === null ? null : kindOf(cell, this.#kindHeader);
    if (said !== null) return said;
    const usual = this.#plan.comments ? "comment" : this.#plan.kind;
    if (usual === "comment" || usual === "repost") return usual;
    return reposts ? "repost" : "original";
  }

  /** The vendor's id, prefixed; null when there is none that can be trusted. */
  #id(cells: readonly string[], comment: boolean, platform: Platform | null, url: string | null, line: number): string | null {
    const at = this.#cells;
    const cell = this.#plan.comments ? (first(cells, at.comment_id) ?? first(cells, at.id)) : ((comment ? null : first(cells, at.post_id)) ?? first(cells, at.id));
    if (cell === null) return null;
    const id = this.#reference(cell);
    if (id === null) {
      if (damagedId.test(cell)) this.#notes.add("ID_DAMAGED", line);
      return null;
    }
    if ((platform === null || platform.generic) && url !== null && !comment) return null;
    return this.#qualified(id, platform, this.#plan.columns.has("comment_id") && comment);
  }

  /** The post that this one reposts; exports that name a post its own root mean that it has none. */
  #rootRef(cells: readonly string[]): string | null {
    const root = this.#reference(first(cells, this.#cells.root));
    if (root === null || this.#plan.comments) return root;
    return root === this.#reference(first(cells, this.#cells.post_id) ?? first(cells, this.#cells.id)) ? null : root;
  }

  /** An id as given, when it looks like one: row numbers, names and ids damaged by Excel do not. */
  #reference(cell: string | null): string | null {
    if (cell === null || this.#idsRounded) return null;
    const id = cell.charCodeAt(0) === 39 || cell.charCodeAt(0) === 61 ? cell.replace(/^(?:'|="(.*)"$)/, "$1") : cell;
    if (!idShape.test(id) || damagedId.test(id) || (id.length < 6 && isDigits(id))) return null;
    return id;
  }

  #qualified(id: string | null, platform: Platform | null, comment: boolean): string | null {
    return id === null ? null : `${platform?.key ?? "id"}:${comment ? "comment:" : ""}${id}`;
  }
}
