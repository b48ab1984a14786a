import { hash } from "node:crypto";
import type { Post } from "../schema.ts";
import { authorType, isInstitution } from "./accounts.ts";
import { importColumns, normalizeHeader, type ImportColumn, type Plan } from "./headers.ts";
import { authorName, clipped, damagedId, fieldOf, first, firstAt, idsRounded, idShape, kindOf, midnightsOnly, mojibake, urlOf, withoutEllipsis, withoutHtml } from "./cells.ts";
import type { Notes } from "./notes.ts";
import { isMediaAccount, platformByName, platformByUrl, type Platform } from "./platforms.ts";
import { maskName, type Pseudonyms } from "./privacy.ts";
import { parseRegion } from "./regions.ts";
import { splitChain } from "./reposts.ts";
import type { RawRow, RejectCode } from "./rows.ts";
import { parseTime, type Time } from "./times.ts";
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

const noTime: Time = { ms: null, precision: null, problem: null, relative: false };
const dayMs = 86_400_000;
const slotMs = 600_000;

/** The text that is scored: title and own words. `text_key` is its MD5. */
export const scoredText = (title: string | null, own: string | null): string => `${title ?? ""}\n${own ?? ""}`;

/** Turns the rows of one table into posts. The decisions that need several rows (Excel-rounded ids, midnight times) come from the sample. */
export class PostBuilder {
  readonly #plan: Plan;
  readonly #options: PostOptions;
  readonly #notes: Notes;
  readonly #cells: Record<ImportColumn, readonly number[]>;
  readonly #kindHeader: string;
  readonly #titleIsText: boolean;
  readonly #idsRounded: boolean;
  readonly #midnightIsDay: boolean;
  readonly #formatPlatform: Platform | null;
  readonly #optionPlatform: Platform | null;
  /** The last time read with no capture time: exports sorted by day repeat it. */
  #lastTime: { cell: string; time: Time } = { cell: "", time: noTime };

  constructor(plan: Plan, header: readonly string[], sample: readonly RawRow[], options: PostOptions, notes: Notes) {
    this.#plan = plan;
    this.#options = options;
    this.#notes = notes;
    this.#cells = Object.fromEntries(importColumns.map((column) => [column, plan.columns.get(column) ?? []])) as unknown as Record<ImportColumn, readonly number[]>;
    const kind = this.#cells.kind[0];
    this.#kindHeader = kind === undefined ? "" : normalizeHeader(header[kind] ?? "");
    const title = this.#cells.title[0];
    this.#titleIsText = title !== undefined && normalizeHeader(header[title] ?? "") === "标题/微博内容";
    this.#formatPlatform = plan.format?.platform === undefined ? null : platformByName(plan.format.platform);
    this.#optionPlatform = options.platform === null ? null : platformByName(options.platform);
    this.#idsRounded = idsRounded(sample, [...this.#cells.id, ...this.#cells.post_id, ...this.#cells.comment_id]);
    this.#midnightIsDay = midnightsOnly(sample, this.#cells.time, options.utcOffsetMs);
    if (this.#idsRounded) notes.add("IDS_ROUNDED", sample[0]?.line ?? 1);
  }

  /** The post, or why there is none. */
  build(row: RawRow): Post | RejectCode {
    const cells = row.cells;
    const at = this.#cells;
    const line = row.line;
    const url = urlOf(first(cells, at.url));
    const site = clipped(first(cells, at.site));
    const mediaType = first(cells, at.media_type);
    const typed = mediaType === null ? null : platformByName(mediaType);
    const platform = this.#platform(first(cells, at.platform), site, typed, url);
    if (platform === null && mediaType !== null) this.#notes.add("PLATFORM_UNKNOWN", line);
    const channel = channelOf(platform, typed);
    const textAt = firstAt(cells, at.text);
    const written = textAt < 0 ? null : this.#text(cells[textAt]!);
    const parts = splitChain(written ?? "");
    const title = this.#title(cells, textAt, written, platform);
    const rootRef = this.#reference(first(cells, at.root));
    const kind = this.#kind(cells, rootRef !== null || parts.chain !== null || parts.bare);
    // A repost may come without any text: it counts, it only says nothing.
    if (parts.own === null && title === null && !parts.bare && kind !== "repost") return "EMPTY_ROW";
    if (written !== null) this.#inspectText(written, line);

    const commentIds = kind === "comment";
    const ids = this.#ids(cells, commentIds, platform, url, line);
    const rootId = kind === "original" ? null : this.#qualified(commentIds ? (this.#reference(first(cells, at.post_id)) ?? rootRef) : rootRef, platform, false);
    const parentRef = kind === "original" ? null : this.#qualified(this.#reference(first(cells, at.parent)), platform, commentIds && this.#plan.columns.has("comment_id"));
    const depth = kind === "original" ? 0 : kind === "repost" ? (parts.hops > 0 || parentRef === null ? 1 + parts.hops : null) : null;
    const quotedRoot = first(cells, at.quoted);
    const quoted = parts.chain === null ? quotedRoot : quotedRoot === null ? parts.chain : `${parts.chain}\n${quotedRoot}`;

    const time = this.#time(cells, line);
    const local = time.ms === null ? null : time.ms + this.#options.utcOffsetMs;
    const name = authorName(first(cells, at.author_name));
    const authorId = first(cells, at.author_id) ?? name.id;
    const type = authorType(first(cells, at.author_type), first(cells, at.author_note)) ?? (name.shown !== null && isMediaAccount(name.shown) ? "media" : null);
    const authorKey = authorId ?? name.shown;
    const region = this.#regions(cells, line);
    const sensitivity = clipped(first(cells, at.vendor_sensitivity));
    const isPolarity = sensitivity !== null && /^(?:正|负|中|积极|消极|positive|negative|neutral)/i.test(sensitivity);

    return {
      // A comment's URL is often that of the post: it identifies nothing.
      id: ids ?? (kind === "comment" ? null : url) ?? this.#rowId(line),
      file: this.#options.file,
      line,
      platform: platform?.key ?? null,
      site,
      channel,
      field: fieldOf(channel, type, url, kind),
      kind,
      parent: parentRef ?? (kind === "comment" || depth === 1 ? rootId : null),
      root: rootId,
      title,
      own: parts.own,
      quoted,
      depth,
      text_key: parts.own === null && title === null ? null : hash("md5", scoredText(title, parts.own)).slice(0, 16),
      published_ms: time.ms,
      precision: time.precision,
      day: local === null ? null : Math.floor(local / dayMs),
      slot: local === null || time.precision === "day" ? null : Math.floor(local / slotMs),
      author: authorKey === null ? null : this.#options.pseudonyms.of(`${platform?.key ?? ""}\u0000${authorKey}`),
      author_name: name.shown === null ? null : this.#options.privacy === "internal" || isInstitution(type) ? name.shown : maskName(name.shown),
      author_type: type,
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
    if (mojibake.test(text)) this.#notes.add("TEXT_MOJIBAKE", line);
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
  #ids(cells: readonly string[], comment: boolean, platform: Platform | null, url: string | null, line: number): string | null {
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

  #time(cells: readonly string[], line: number): Time {
    const { utcOffsetMs } = this.#options;
    let result: Time | null = null;
    let captured: number | null = null;
    for (const i of this.#cells.captured) captured ??= parseTime(cells[i], utcOffsetMs, null).ms;
    for (const i of this.#cells.time) {
      const time = this.#parsed(cells[i] ?? "", captured);
      if (result === null || result.ms === null) {
        if (time.ms !== null || result === null || result.problem === null) result = time;
      } else if (time.ms !== null && time.precision !== "day" && result.precision !== "day" && Math.abs(time.ms - result.ms) >= 3_600_000) {
        this.#notes.add("TIME_DISAGREES", line);
        break;
      }
    }
    if (result === null) return noTime;
    if (result.problem !== null) this.#notes.add(result.problem, line);
    if (result.ms === null) return result;
    if (captured !== null && result.ms > captured + dayMs) {
      this.#notes.add("TIME_IMPLAUSIBLE", line);
      return noTime;
    }
    if (result.relative) this.#notes.add("TIME_RESOLVED", line);
    return this.#midnightIsDay && result.precision !== "day" ? { ...result, precision: "day" } : result;
  }

  #parsed(cell: string, captured: number | null): Time {
    if (captured !== null) return parseTime(cell, this.#options.utcOffsetMs, captured);
    if (cell !== this.#lastTime.cell) this.#lastTime = { cell, time: parseTime(cell, this.#options.utcOffsetMs, null) };
    return this.#lastTime.time;
  }

  #regions(cells: readonly string[], line: number): { ip: string | null; profile: string | null } {
    const at = this.#cells;
    const own = this.#region(cells, at.region_ip, line);
    const profile = this.#region(cells, at.region_profile, line);
    const place = at.place.length === 0 ? null : parseRegion(first(cells, at.place) ?? undefined);
    const source = first(cells, at.region_source);
    if (source === "profile" && profile.key === null) return { ip: null, profile: own.key };
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

/** The kind of medium that the row names (客户端, 论坛 …) goes before the platform's usual one, unless the platform has only one. */
function channelOf(platform: Platform | null, typed: Platform | null): string | null {
  if (platform === null) return null;
  const fixed = platform.channel === "social" || platform.channel === "video" || platform.channel === "wechat";
  return typed !== null && typed.generic && typed.key !== "other" && !fixed ? typed.channel : platform.channel;
}
