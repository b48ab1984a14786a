import { hash } from "node:crypto";
import type { Post } from "../schema.ts";
import { authorType, isInstitution } from "./accounts.ts";
import { importColumns, normalizeHeader, type ImportColumn, type Plan } from "./headers.ts";
import { authorName, clipped, damagedId, fieldOf, first, firstAt, idsRounded, idShape, kindOf, mojibake, urlOf, withoutEllipsis, withoutHtml } from "./cells.ts";
import type { Notes } from "./notes.ts";
import { channelOf, isMediaAccount, platformByName, platformByUrl, type Platform } from "./platforms.ts";
import { maskName, type Pseudonyms } from "./privacy.ts";
import { parseRegion } from "./regions.ts";
import { splitChain, type ChainParts } from "./reposts.ts";
import type { RawRow, RejectCode } from "./rows.ts";
import { PublicationClock } from "./publication.ts";
import { isDigits, parseCount, trimEnds } from "./values.ts";

export interface PostOptions {
  file: number;
  utcOffsetMs: number;
  pseudonyms: Pseudonyms;
  privacy: "masked" | "internal";
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

/** Turns the rows of one table into posts. The decisions that need several rows (Excel-rounded ids, midnight times) come from the sample. */
export class PostBuilder {
  readonly #plan: Plan;
  readonly #options: PostOptions;
  readonly #notes: Notes;
  readonly #cells: Record<ImportColumn, readonly number[]>;
  readonly #kindHeader: string;
  /** Columns of Weibo's verified_type codes. */
  readonly #codeColumns: ReadonlySet<number>;
  readonly #titleIsText: boolean;
  readonly #idsRounded: boolean;
  readonly #clock: PublicationClock;
  readonly #formatPlatform: Platform | null;
  readonly #optionPlatform: Platform | null;

  constructor(plan: Plan, header: readonly string[], sample: readonly RawRow[], options: PostOptions, notes: Notes) {
    this.#plan = plan;
    this.#options = options;
    this.#notes = notes;
    this.#cells = Object.fromEntries(importColumns.map((column) => [column, plan.columns.get(column) ?? []])) as unknown as Record<ImportColumn, readonly number[]>;
    const kind = this.#cells.kind[0];
    this.#kindHeader = kind === undefined ? "" : normalizeHeader(header[kind] ?? "");
    this.#codeColumns = new Set(this.#cells.author_type.filter((i) => /^(?:verified_type|认证类型)$/.test(normalizeHeader(header[i] ?? ""))));
    const title = this.#cells.title[0];
    this.#titleIsText = title !== undefined && normalizeHeader(header[title] ?? "") === "标题/微博内容";
    this.#formatPlatform = plan.format?.platform === undefined ? null : platformByName(plan.format.platform);
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
    const { own, title, chain, hops, bare } = this.#words(cells, platform, line);
    const rootRef = this.#reference(first(cells, at.root));
    const kind = this.#kind(cells, rootRef !== null || chain !== null || bare);
    // A repost may come without any text: it counts, it only says nothing.
    const silent = kind === "repost" && (rootRef !== null || first(cells, at.kind) !== null);
    if (own === null && title === null && !bare && !silent) return "EMPTY_ROW";

    const { root, parent, depth } = this.#links(cells, kind, rootRef, hops, platform);
    const quotedRoot = first(cells, at.quoted);
    const time = this.#clock.read(cells, line);
    const local = time.ms === null ? null : time.ms + this.#options.utcOffsetMs;
    const account = this.#account(cells, platform);
    const region = this.#regions(cells, line);
    const sensitivity = clipped(first(cells, at.vendor_sensitivity));
    const isPolarity = sensitivity !== null && /^(?:正|负|中|积极|消极|positive|negative|neutral)/i.test(sensitivity);

    return {
      // A comment's URL is often that of the post: it identifies nothing.
      id: this.#id(cells, kind === "comment", platform, url, line) ?? (kind === "comment" ? null : url) ?? this.#rowId(line),
      file: this.#options.file,
      line,
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
      quoted: chain === null ? quotedRoot : quotedRoot === null ? chain : `${chain}\n${quotedRoot}`,
      depth,
      text_key: textKey(title, own),
      published_ms: time.ms,
      precision: time.precision,
      day: local === null ? null : Math.floor(local / dayMs),
      slot: local === null || time.precision === "day" ? null : Math.floor(local / slotMs),
      author: account.key,
      author_name: account.name,
      author_type: account.type,
      followers: this.#count(cells, at.followers, line),
      region_ip: region.ip,
      region_profile: region.profile,
      reposts: this.#count(cells, at.reposts, line),
      comments: this.#count(cells, at.comments, line),
      likes: this.#count(cells, at.likes, line),
      reads: this.#count(cells, at.reads, line),
      url,
      vendor_sentiment: clipped(first(cells, at.vendor_sentiment)) ?? (isPolarity ? sensitivity : null),
      vendor_sensitivity: isPolarity ? null : sensitivity,
      vendor_emotion: clipped(first(cells, at.vendor_emotion)),
    };
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

  #words(cells: readonly string[], platform: Platform | null, line: number): ChainParts & { title: string | null } {
    const textAt = firstAt(cells, this.#cells.text);
    const written = textAt < 0 ? null : this.#text(cells[textAt]!);
    if (written !== null) this.#inspectText(written, line);
    const { own, chain, hops, bare } = splitChain(written ?? "");
    return { own, chain, hops, bare, title: this.#title(cells, textAt, written, platform) };
  }

  #links(cells: readonly string[], kind: string, rootRef: string | null, hops: number, platform: Platform | null): { root: string | null; parent: string | null; depth: number | null } {
    if (kind === "original") return { root: null, parent: null, depth: 0 };
    const comment = kind === "comment";
    const parentRef = this.#reference(first(cells, this.#cells.parent));
    const root = this.#qualified(comment ? (this.#reference(first(cells, this.#cells.post_id)) ?? rootRef) : rootRef, platform, false);
    const parent = this.#qualified(parentRef, platform, comment && this.#plan.columns.has("comment_id"));
    const depth = !comment && (hops > 0 || parent === null || parent === root) ? 1 + hops : null;
    return { root, parent: parent ?? (comment || depth === 1 ? root : null), depth };
  }

  #account(cells: readonly string[], platform: Platform | null): { key: string | null; name: string | null; type: string | null } {
    const { shown, id } = authorName(first(cells, this.#cells.author_name));
    const key = first(cells, this.#cells.author_id) ?? id ?? shown;
    const type = authorType(this.#typeLabel(cells), first(cells, this.#cells.author_note)) ?? (shown !== null && isMediaAccount(shown) ? "media" : null);
    const open = this.#options.privacy === "internal" || isInstitution(type);
    return {
      key: key === null ? null : this.#options.pseudonyms.of(`${platform?.key ?? ""}\u0000${key}`),
      name: shown === null || open ? shown : maskName(shown),
      type,
    };
  }

  /** A number is a code only in a column of codes: elsewhere (认证 0/1) it is a flag that says nothing about the kind. */
  #typeLabel(cells: readonly string[]): string | null {
    const at = firstAt(cells, this.#cells.author_type);
    const label = at < 0 ? null : first(cells, [at]);
    return label !== null && /^-?\d+$/.test(label) && !this.#codeColumns.has(at) ? null : label;
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
    const stated = (named === null ? null : platformByName(named)) ?? (site === null ? null : (platformByName(site) ?? platformByUrl(site)));
    if (stated && !stated.generic) return stated;
    return typed ?? stated ?? this.#formatPlatform ?? this.#optionPlatform ?? (url === null ? null : platformByUrl(url));
  }

  #kind(cells: readonly string[], reposts: boolean): "original" | "repost" | "comment" {
    const cell = first(cells, this.#cells.kind);
    const said = cell === null ? null : kindOf(cell, this.#kindHeader);
    if (said !== null) return said;
    const usual = this.#plan.comments ? "comment" : this.#plan.format?.kind;
    if (usual === "comment" || usual === "repost") return usual;
    return reposts ? "repost" : "original";
  }

  /** The vendor's id, prefixed; null when there is none that can be trusted. */
  #id(cells: readonly string[], comment: boolean, platform: Platform | null, url: string | null, line: number): string | null {
    const at = this.#cells;
    const cell = this.#plan.comments ? (first(cells, at.comment_id) ?? first(cells, at.id)) : (first(cells, at.id) ?? (comment ? null : first(cells, at.post_id)));
    if (cell === null) return null;
    const id = this.#reference(cell);
    if (id === null) {
      if (damagedId.test(cell)) this.#notes.add("ID_DAMAGED", line);
      return null;
    }
    if ((platform === null || platform.generic) && url !== null && !comment) return null;
    return this.#qualified(id, platform, this.#plan.columns.has("comment_id") && comment);
  }

  /** An id as given, when it looks like one: row numbers, names and ids damaged by Excel do not. */
  #reference(cell: string | null): string | null {
    if (cell === null || this.#idsRounded) return null;
    const id = cell.charCodeAt(0) === 39 || cell.charCodeAt(0) === 61 ? cell.replace(/^(?:'|=)"?|"$/g, "") : cell;
    if (!idShape.test(id) || damagedId.test(id) || (id.length < 6 && isDigits(id))) return null;
    return id;
  }

  #qualified(id: string | null, platform: Platform | null, comment: boolean): string | null {
    return id === null ? null : `${platform?.key ?? "id"}:${comment ? "comment:" : ""}${id}`;
  }

  #regions(cells: readonly string[], line: number): { ip: string | null; profile: string | null } {
    const at = this.#cells;
    const own = this.#region(cells, at.region_ip, line);
    const profile = this.#region(cells, at.region_profile, line);
    const place = at.place.length === 0 ? null : parseRegion(first(cells, at.place) ?? undefined);
    if (first(cells, at.region_source) === "profile") return { ip: null, profile: profile.key ?? own.key };
    const marked = own.key === null ? (profile.marked ? profile.key : place?.marked ? place.key : null) : null;
    return { ip: own.key ?? marked, profile: profile.marked ? null : profile.key };
  }

  #region(cells: readonly string[], columns: readonly number[], line: number): { key: string | null; marked: boolean } {
    let problem = false;
    for (const i of columns) {
      const region = parseRegion(cells[i]);
      if (region.key !== null) return region;
      problem ||= region.problem !== null;
    }
    if (problem) this.#notes.add("REGION_UNREADABLE", line);
    return { key: null, marked: false };
  }

  #count(cells: readonly string[], columns: readonly number[], line: number): number | null {
    let problem = false;
    for (const i of columns) {
      const count = parseCount(cells[i]);
      if (count.value !== null) {
        if (count.problem !== null) this.#notes.add(count.problem, line);
        return count.value;
      }
      problem ||= count.problem !== null;
    }
    if (problem) this.#notes.add("COUNT_UNREADABLE", line);
    return null;
  }
}
