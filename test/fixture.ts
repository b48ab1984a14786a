import { clean, spreadTexts } from "../pipeline/clean.ts";
import { eventSchema, type EventConfig } from "../pipeline/config.ts";
import { Database } from "../pipeline/engines/duckdb.ts";
import { markParties } from "../pipeline/parties.ts";
import { relateCascades } from "../pipeline/relate/cascades.ts";
import { relateCoordination } from "../pipeline/relate/coordination.ts";
import { classify } from "../pipeline/taxonomy.ts";
import { relateTriage } from "../pipeline/relate/triage.ts";
import { rollup, summarize } from "../pipeline/rollup/rollup.ts";
import { duckdbColumns, postColumns, textColumns, type Post, type ScoredText } from "../pipeline/schema.ts";
import type { Table } from "../analyzers/contract.ts";

export const event: EventConfig = eventSchema.parse({ name: "测试事件" });
const day0 = 20_150; // 2025-03-03
const offset = 8 * 3_600_000;

/** A post with every column null but the given ones; day and slot follow from published_ms. */
export function post(line: number, given: Partial<Post> = {}): Post {
  const empty = Object.fromEntries(Object.keys(postColumns).map((name) => [name, null])) as unknown as Post;
  const ms = given.published_ms ?? null;
  const timed = ms === null ? {} : { precision: "minute", day: Math.floor((ms + offset) / 86_400_000), slot: Math.floor((ms + offset) / 600_000) };
  return { ...empty, id: `row:0:${line}`, file: 0, line, field: "public", kind: "original", ...timed, ...given };
}

/** 300 posts over 3 days: three platforms, fields, kinds, moods, regions, some unknowns, a few repeated texts. Worked by formula, no randomness. */
export function sampleEvent(): { posts: Post[]; texts: ScoredText[] } {
  const texts: ScoredText[] = Array.from({ length: 40 }, (_, i) => ({
    text_key: i.toString(16).padStart(16, "0"),
    terms: ["公司", ["回应", "截图", "道歉", "通报"][i % 4]!, `词${i % 7}`],
    tags: i % 5 === 0 ? ["公司回应"] : [],
    emoticons: i % 4 === 0 ? ["[怒]", "[怒]"] : [],
    mentions: i % 8 === 0 ? ["甲日报"] : [],
    polarity: ["negative", "neutral", "negative", "positive", null][i % 5]!,
    positive_micro: i % 5 === 4 ? null : [200_000, 100_000, 50_000, 700_000][i % 5]!,
    negative_micro: i % 5 === 4 ? null : [600_000, 100_000, 950_000, 200_000][i % 5]!,
    emotion: i % 5 === 4 ? null : ["anger", "none", "sadness", "joy"][i % 5]!,
    mentioned: i % 6 === 0 ? ["广东"] : [],
    opinions: i % 3 === 0 ? [`criticism\u0001negative\u0001公司应该给一个说法第${i}次`] : [],
    targets: i % 2 === 0 ? [`甲公司\u0001${["negative", "neutral", "positive"][i % 3]!}`] : [],
    triage: i % 7 === 0 ? ["hearsay\u0001网传", "harm\u0001爆炸"] : i % 7 === 1 ? ["plea\u0001投诉"] : i % 7 === 2 ? ["doubt\u0001谣言", "should\u0001应该"] : [],
    err: null,
  }));
  const posts = Array.from({ length: 300 }, (_, i) => {
    const kind = i % 9 === 0 ? "original" : i % 4 === 0 ? "comment" : "repost";
    return post(i + 1, {
      platform: ["weibo", "weibo", "douyin", "news", null][i % 5]!,
      channel: ["social", "social", "video", "news", null][i % 5]!,
      field: i % 5 === 3 ? "media" : i % 50 === 1 ? "official" : "public",
      kind,
      root: kind === "repost" ? "row:0:1" : null,
      depth: kind === "repost" ? 1 : 0,
      own: kind === "repost" && i % 2 === 0 ? null : `第${i % 40}条自己的话`,
      text_key: kind === "repost" && i % 2 === 0 ? null : texts[i % 40]!.text_key,
      published_ms: i % 31 === 30 ? null : day0 * 86_400_000 - offset + Math.floor((i * i) / 1.4) * 60_000 % (3 * 86_400_000),
      author: i % 23 === 0 ? null : `author${i % 90}`,
      author_name: i % 23 === 0 ? null : `甲*${i % 90}`,
      author_type: ["ordinary", "ordinary", "celebrity", "media", null][i % 5]!,
      followers: i % 8 === 0 ? null : (i % 90) * 20_000,
      region_ip: ["广东", "广东", "浙江", "北京", null, "海外"][i % 6]!,
      region_profile: i % 3 === 0 ? "上海" : null,
      reposts: i % 7 === 0 ? null : i % 13,
      comments: i % 11,
      likes: i % 17,
      url: `https://example.invalid/${i}`,
    });
  });
  return { posts, texts };
}

export interface Filled {
  database: Database;
  tables: Map<string, Table>;
}

/** Runs clean → rollup → summarize over given posts and texts, with topics and viewpoints assigned by formula. The caller closes the database. */
export async function fill(posts: readonly Post[], texts: readonly ScoredText[], config: EventConfig = event): Promise<Filled> {
  const database = await Database.open({ memory: "300MB" });
  await database.run(`CREATE TABLE posts (row_no BIGINT, ${duckdbColumns(postColumns)})`);
  await insert(database, "posts", ["row_no", ...Object.keys(postColumns)], posts.map((one) => ({ row_no: one.line, ...one })));
  await database.run(`CREATE TABLE texts (text_no INTEGER, ${duckdbColumns(textColumns)})`);
  const keyed = [...texts].sort((a, b) => (a.text_key! < b.text_key! ? -1 : 1)).map((text, i) => ({ text_no: i + 1, ...text }));
  await insert(database, "texts", ["text_no", ...Object.keys(textColumns)], keyed);
  await spreadTexts(database);
  await clean(database, config);
  await markParties(database, config, new Uint8Array(32));
  await classify(database, config);
  await database.run("CREATE TABLE text_clusters AS SELECT text_no, (text_no - text_no % 2)::INTEGER AS head_no FROM texts");
  await database.run("CREATE TABLE text_topics AS SELECT text_no, (text_no % 3)::INTEGER AS topic FROM texts");
  await database.run("CREATE TABLE text_viewpoints AS SELECT text_no, (1 + text_no % 2)::INTEGER AS viewpoint FROM texts WHERE len(opinions) > 0");
  await database.run("CREATE TABLE viewpoint_labels AS SELECT 1 AS viewpoint, 'viewpoint' AS kind UNION ALL SELECT 2, 'slogan'");
  await relateCascades(database);
  await relateCoordination(database);
  await relateTriage(database);
  await rollup(database);
  const kept = (await database.rows<{ n: number }>("SELECT count(*) AS n FROM scored"))[0]!.n;
  const tables = new Map<string, Table>([
    ...(await summarize(database, "masked")),
    ["intake", posts.length === 0 ? [] : [{ file: 0, name: "posts.csv", format: "csv", encoding: "utf-8", read: posts.length + 2, kept, duplicates: posts.length - kept, outside: 0, outside_roots: 0, accounts: 0, rejected: 2 }]],
    ["topic_labels", posts.length === 0 ? [] : [{ topic: 1, name: "公司回应", hashtag: true, keywords: "回应\u0001公司", examples: "row:0:1" }, { topic: 2, name: "截图流传", hashtag: false, keywords: "截图\u0001词1", examples: "row:0:10" }]],
    ["viewpoint_labels", posts.length === 0 ? [] : [{ viewpoint: 1, kind: "viewpoint", cue: "criticism", polarity: "negative", aspect: "公司", quotes: "row:0:1\u0002公司应该给一个说法第0次", copied: 200_000 }, { viewpoint: 2, kind: "slogan", cue: "support", polarity: "positive", aspect: null, quotes: "row:0:4\u0002加油", copied: 1_000_000 }]],
    ["background", [{ term: "公司", count: 90_000 }, { term: "回应", count: 8_000 }, { term: "截图", count: 1_500 }]],
    ["archive_terms", []],
    ["archive_totals", []],
  ]);
  return { database, tables };
}

async function insert(database: Database, table: string, names: string[], rows: readonly Record<string, unknown>[]): Promise<void> {
  const value = (given: unknown): string => (given === null ? "NULL" : Array.isArray(given) ? `[${given.map((text) => quoted(text as string)).join(", ")}]::VARCHAR[]` : typeof given === "string" ? quoted(given) : String(given));
  const lines = rows.map((row) => `(${names.map((name) => value(row[name])).join(", ")})`);
  if (lines.length > 0) await database.run(`INSERT INTO ${table} VALUES ${lines.join(", ")}`);
}
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
