/**
 * The columns of every table that flows between stages, once. TypeScript types, DuckDB DDL and (later) Spark DDL derive from here.
 * Only STRING, BIGINT, INT, BOOLEAN and ARRAY<STRING> occur, so that two engines agree to the bit. Column names are the same in SQL, in files and in code.
 * null always means "unknown"; 0 and "" are measurements.
 */

export type ColumnType = "STRING" | "BIGINT" | "INT" | "BOOLEAN" | "ARRAY<STRING>";
type Columns = Record<string, ColumnType>;
type Value<T extends ColumnType> = T extends "STRING" ? string : T extends "BOOLEAN" ? boolean : T extends "ARRAY<STRING>" ? string[] : number;
export type Row<C extends Columns> = { [K in keyof C]: Value<C[K]> | null };

/** One cleaned post (帖文). Written by import, never changed afterwards. */
export const postColumns = {
  /** Vendor's id prefixed by platform ("weibo:4932063356789722"); else the URL; else "text:HASH:AUTHOR" when author, time and words are known; else "row:FILE:LINE". Never null. */
  id: "STRING",
  /** Index of the input file in the run's file list, from 0. */
  file: "INT",
  /** First physical line (CSV, JSONL) or sheet row (XLSX) of the record, from 1. JSON arrays: element index, from 1. */
  line: "BIGINT",
  /** Name of the file in which the row first came, when `file` is one of ours (posts.jsonl, rejects.csv) that holds rows of others; else null. */
  source: "STRING",
  /** Its line in `source`. */
  source_line: "BIGINT",
  /** Key of data/platforms/platforms.yaml ("weibo", "wechat", "news" …); null when the source does not say. */
  platform: "STRING",
  /** Site or account list name as the vendor wrote it (来源网站), trimmed. */
  site: "STRING",
  /** social | video | app | news | forum | qa | wechat | print | other: the kind of channel; null when unknown. */
  channel: "STRING",
  /** media 媒体 | official 政务 | public 民间. Never null: public unless channel or author type say otherwise. */
  field: "STRING",
  /** original | repost | comment. Never null. */
  kind: "STRING",
  /** id of the post directly reposted or commented on. */
  parent: "STRING",
  /** id of the first post of the cascade or thread. */
  root: "STRING",
  /** text_key of the root post where the source gives its words but not its id; cleaning finds the root by it. */
  root_key: "STRING",
  title: "STRING",
  /** The author's own words: chain, bare-repost marks and placeholders removed; null when there are none. */
  own: "STRING",
  /** What the author quoted: the `//@…` chain and the root post's text. */
  quoted: "STRING",
  /** Hops of the chain: 0 for an original, 1 + number of `//@` for a repost; null when unknown. */
  depth: "INT",
  /** The same hash of the names in a repost's chain, nearest first, at most 20, joined by blanks; "-": a masked name; "…" at the end: the text was cut, there may be more. Null without a chain. */
  chain: "STRING",
  /** First 16 hex digits of MD5 of the text that is scored (title and own words); null when neither exists. Key of `texts`. */
  text_key: "STRING",
  /** Publication instant, UTC milliseconds. For precision "day": local midnight. */
  published_ms: "BIGINT",
  /** second | minute | day: how exact the source's time is; null when published_ms is null. */
  precision: "STRING",
  /** Calendar day in the event's zone, days since 1970-01-01; null when published_ms is null. */
  day: "INT",
  /** Ten-minute slot in the event's zone, (ms + offset) / 600000; null when precision is "day" or the time unknown. */
  slot: "BIGINT",
  /** Keyed hash of the author's id or name; null when neither is given. */
  author: "STRING",
  /** Display name: masked (首*尾) unless the account is an institution or `privacy: internal`. */
  author_name: "STRING",
  /** Keyed hash of the platform and the display name as the file has it, before masking; null for comments and where no name is given. Chains are joined by it. */
  author_name_key: "STRING",
  /** media | government | enterprise | institution | celebrity (verified person) | talent (达人) | ordinary; null when unknown. */
  author_type: "STRING",
  followers: "BIGINT",
  /** Province key of data/regions/provinces.yaml ("广东"), or "海外" / "其他". IP属地 of the publisher. */
  region_ip: "STRING",
  /** Province the author claims in the profile. */
  region_profile: "STRING",
  reposts: "BIGINT",
  comments: "BIGINT",
  likes: "BIGINT",
  reads: "BIGINT",
  url: "STRING",
  /** The vendor's own labels, kept apart from ours. */
  vendor_sentiment: "STRING",
  vendor_sensitivity: "STRING",
  vendor_emotion: "STRING",
} as const satisfies Columns;
export type Post = Row<typeof postColumns>;

/** What a file of accounts (用户表) says about an author; joined to posts whose own row does not say. Written by import. */
export const accountColumns = {
  /** Same keyed hash as Post.author. Never null. */
  author: "STRING",
  author_type: "STRING",
  followers: "BIGINT",
  region_ip: "STRING",
  region_profile: "STRING",
} as const satisfies Columns;
export type Account = Row<typeof accountColumns>;

/** One distinct scored text (title and own words). Written by the score workers as one JSON object a line, keyed by text_key. */
export const textColumns = {
  text_key: "STRING",
  /** Distinct terms of the text in order of first occurrence: segmented words of 2+ characters without stop words, numbers, names and URLs. */
  terms: "ARRAY<STRING>",
  /** Hashtags without #, in order, distinct; superfluous blanks and a closing 超话 or 话题 removed. */
  tags: "ARRAY<STRING>",
  /** Bracket and Unicode emoticons, in order, with repeats. */
  emoticons: "ARRAY<STRING>",
  /** Names after @ in the author's own words, in order, distinct; not masked. */
  mentions: "ARRAY<STRING>",
  /** positive | neutral | negative; null when the text gives no basis (no Han words, no emoticon). */
  polarity: "STRING",
  /** Probability of positive and of negative in millionths, calibrated (data/models); that of neutral is the rest. Null with polarity. */
  positive_micro: "INT",
  negative_micro: "INT",
  /** joy | anger | sadness | fear | surprise | none; null with polarity. */
  emotion: "STRING",
  /** Places that the text names: province keys, codes of cities and counties, names that several places share (analyzers/post/places.ts). */
  mentioned: "ARRAY<STRING>",
  /** Up to 3 opinion sentences: "cue\u0001polarity\u0001sentence", cue ∈ question|criticism|support|suggestion|help|irony, or empty for a feeling without any of them (grief, fear). */
  opinions: "ARRAY<STRING>",
  /** What the text says towards each subject of the event that it names: "subject\u0001polarity". */
  targets: "ARRAY<STRING>",
  /** What hints at the class of the text in the triage: "cue\u0001word" (data/triage/cues.yaml), word empty for a cue that is no word. */
  triage: "ARRAY<STRING>",
  /** Why the text could not be scored; null when it was. */
  err: "STRING",
} as const satisfies Columns;
export type ScoredText = Row<typeof textColumns>;

const duckdbTypes: Record<ColumnType, string> = { STRING: "VARCHAR", BIGINT: "BIGINT", INT: "INTEGER", BOOLEAN: "BOOLEAN", "ARRAY<STRING>": "VARCHAR[]" };

/** DuckDB column list, e.g. `"id" VARCHAR, "file" INTEGER`. */
export function duckdbColumns(columns: Columns): string {
  return Object.entries(columns).map(([name, type]) => `"${name}" ${duckdbTypes[type]}`).join(", ");
}

export const fields = ["media", "official", "public"] as const;
export type Field = (typeof fields)[number];
export const kinds = ["original", "repost", "comment"] as const;
export const polarities = ["positive", "neutral", "negative"] as const;
export type Polarity = (typeof polarities)[number];
export const emotions = ["joy", "anger", "sadness", "fear", "surprise", "none"] as const;
export const cues = ["question", "criticism", "support", "suggestion", "help", "irony"] as const;
export const authorTypes = ["media", "government", "enterprise", "institution", "celebrity", "talent", "ordinary"] as const;
export const channels = ["social", "video", "app", "news", "forum", "qa", "wechat", "print", "other"] as const;

/** The four ways to count (计数口径). Every rollup carries all four as measures. `author_days`: each author counts once a day. */
export const lenses = ["posts", "originals", "author_days", "engagement"] as const;
export type Lens = (typeof lenses)[number];
