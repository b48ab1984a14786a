import type { EventConfig } from "./config.ts";
import { localMs } from "./config.ts";
import type { Database } from "./engines/duckdb.ts";
import { settlePlaces } from "./places.ts";
import { accountColumns, duckdbColumns, textColumns } from "./schema.ts";

/** Rows of one file that the cleaning left out. */
export interface Cleaned {
  file: number;
  kept: number;
  /** Rows merged into an earlier row of the same id. */
  duplicates: number;
  outside: number;
  /** Originals outside the window that posts inside it repost or comment on (窗口外原帖); part of `outside`. */
  outside_roots: number;
}

/** Loads the workers' files into `texts`, numbers the texts by key, and spreads their lists into tables. */
export async function loadTexts(database: Database, files: readonly string[]): Promise<void> {
  await database.run(`CREATE TABLE texts (text_no INTEGER, ${duckdbColumns(textColumns)})`);
  if (files.length > 0) {
    const columns = Object.entries(textColumns).map(([name, type]) => `${name}: '${type === "ARRAY<STRING>" ? "VARCHAR[]" : type === "STRING" ? "VARCHAR" : type}'`).join(", ");
    const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(", ");
    await database.run(`INSERT INTO texts SELECT row_number() OVER (ORDER BY text_key), ${Object.keys(textColumns).join(", ")} FROM read_json([${list}], format = 'newline_delimited', columns = {${columns}}, maximum_object_size = 67108864)`);
  }
  await spreadTexts(database);
}

/**
 * Spreads the lists of `texts` into one table each. Hashtags that differ in letter case or blanks only are one, under the name that most texts use.
 * `text_accounts`: names after @, as written.
 */
export async function spreadTexts(database: Database): Promise<void> {
  await database.run("CREATE TABLE tokens AS SELECT text_no, unnest(terms) AS term FROM texts");
  await database.run(`CREATE TABLE hashtags AS
    WITH used AS (SELECT text_no, unnest(tags) AS tag FROM texts),
      variants AS (SELECT tag, lower(replace(tag, ' ', '')) AS folded, count(*) AS texts FROM used GROUP BY tag),
      named AS (SELECT tag, first_value(tag) OVER (PARTITION BY folded ORDER BY texts DESC, tag) AS name FROM variants)
    SELECT DISTINCT text_no, name AS tag FROM used JOIN named USING (tag)`);
  await database.run("CREATE TABLE text_accounts AS SELECT text_no, unnest(mentions) AS account FROM texts");
  await database.run("CREATE TABLE text_emoticons AS SELECT text_no, unnest(list_distinct(emoticons)) AS emoticon FROM texts");
  await database.run("CREATE TABLE text_regions AS SELECT text_no, unnest(mentioned) AS region FROM texts");
  await database.run("CREATE TABLE triage_cues AS SELECT text_no, split_part(cue, chr(1), 1) AS cue, split_part(cue, chr(1), 2) AS word FROM (SELECT text_no, unnest(triage) AS cue FROM texts)");
  await database.run("CREATE TABLE text_targets AS SELECT text_no, split_part(target, chr(1), 1) AS subject, split_part(target, chr(1), 2) AS stance FROM (SELECT text_no, unnest(targets) AS target FROM texts)");
}

/**
 * Rows with the same id are one post: the first row read stays, takes the greatest of the known counts (the later collection has seen more) and, where it
 * does not know the author, the author's type or a region, what the first later row knows. What files of accounts say fills the same gaps.
 * A repost that quotes its root's words without its id gets the earliest original of the platform with those words as root.
 * Drops posts outside the event's window, joins the scores, and makes `scored`: one narrow row a post. `author` becomes a number by first appearance, so that
 * no output depends on the key of the author hash. author_first: 1 for an author's first post of a day; a post without known author is always 1.
 * engagement: known reposts + comments + likes. An id made from the content (`text:…`) holds the key too: what leaves names the row instead.
 */
export async function clean(database: Database, event: EventConfig): Promise<Cleaned[]> {
  const from = event.window.from ? localMs(event.window.from, event.utcOffset) : null;
  const to = event.window.to ? localMs(event.window.to, event.utcOffset) : null;
  await merge(database);
  await settlePlaces(database, event.region);
  await database.run(
    `CREATE TABLE sifted AS SELECT row_no, id, file, kind, row_number() OVER (PARTITION BY id ORDER BY row_no) > 1 AS duplicate,
       coalesce(published_ms < $1 OR published_ms >= $2, false) AS outside FROM posts`,
    [from ?? -8e15, to ?? 8e15],
  );
  await database.run(`CREATE TABLE scored AS
    WITH kept AS (
      SELECT p.* EXCLUDE (title, own, quoted) REPLACE (CASE WHEN starts_with(p.id, 'text:') THEN 'row:' || p.row_no ELSE p.id END AS id) FROM merged p JOIN sifted s ON s.row_no = p.row_no WHERE NOT s.duplicate AND NOT s.outside
    ), origins AS (
      SELECT platform, text_key, arg_min(id, {'ms': coalesce(published_ms, 9007199254740991), 'row': row_no}) AS id FROM kept WHERE kind = 'original' AND text_key IN (SELECT root_key FROM kept) GROUP BY platform, text_key
    ), authors AS (
      SELECT author, row_number() OVER (ORDER BY min(row_no))::BIGINT AS number FROM kept WHERE author IS NOT NULL GROUP BY author
    )
    SELECT k.row_no, k.id, k.file, k.line, k.platform, k.site, k.channel, k.field, k.kind, k.parent, coalesce(k.root, o.id) AS root, k.depth, t.text_no,
      k.published_ms, k.precision, k.day, k.slot, a.number AS author, k.author_name, k.author_type, k.followers, k.region_ip, k.region_profile, k.reposts,
      t.polarity, t.emotion, t.positive_micro, t.negative_micro, greatest(t.positive_micro, t.negative_micro, 1000000 - t.positive_micro - t.negative_micro) AS greatest_micro,
      CASE WHEN k.text_key IS NULL THEN 0 ELSE 1 END AS worded,
      CASE WHEN k.author IS NULL OR row_number() OVER (PARTITION BY k.author, k.day ORDER BY k.row_no) = 1 THEN 1 ELSE 0 END AS author_first,
      (coalesce(k.reposts, 0) + coalesce(k.comments, 0) + coalesce(k.likes, 0))::BIGINT AS engagement,
      CASE WHEN k.reposts IS NULL AND k.comments IS NULL AND k.likes IS NULL THEN 0 ELSE 1 END AS counted
    FROM kept k LEFT JOIN texts t ON t.text_key = k.text_key LEFT JOIN authors a ON a.author = k.author
      LEFT JOIN origins o ON o.text_key = k.root_key AND o.platform IS NOT DISTINCT FROM k.platform`);
  return database.rows<{ file: number; kept: number; duplicates: number; outside: number; outside_roots: number }>(
    `SELECT file, count(*) FILTER (NOT duplicate AND NOT outside) AS kept, count(*) FILTER (duplicate) AS duplicates, count(*) FILTER (NOT duplicate AND outside) AS outside,
       count(*) FILTER (NOT duplicate AND outside AND kind = 'original' AND id IN (SELECT root FROM scored)) AS outside_roots
     FROM sifted GROUP BY file ORDER BY file`,
  );
}

/** Makes the view `merged`: `posts` with what later rows of the same id and files of accounts add. Only the first row of an id is meant to be read from it. */
export async function merge(database: Database): Promise<void> {
  await database.run(`CREATE TABLE IF NOT EXISTS accounts (row_no BIGINT, ${duckdbColumns(accountColumns)})`);
  await database.run(`CREATE TABLE repeated AS SELECT id, ${later.map((column) => `arg_min(${column}, row_no) AS ${column}`).join(", ")}, ${greatest.map((column) => `max(${column}) AS ${column}`).join(", ")}
    FROM posts WHERE id IN (SELECT id FROM posts GROUP BY id HAVING count(*) > 1) GROUP BY id`);
  await database.run(`CREATE TABLE profiles AS SELECT author, arg_min(author_type, row_no) AS author_type, max(followers) AS followers, arg_min(coalesce(region_profile, region_ip), row_no) AS region_profile FROM accounts GROUP BY author`);
  const type = "coalesce(p.author_type, r.author_type, a.author_type)";
  await database.run(`CREATE VIEW merged AS SELECT p.* REPLACE (
      coalesce(p.author, r.author) AS author, coalesce(p.author_name, r.author_name) AS author_name, ${type} AS author_type,
      CASE WHEN p.author_type IS NOT NULL OR ${type} IS NULL THEN p.field WHEN ${type} = 'government' THEN 'official' WHEN ${type} = 'media' THEN 'media' ELSE 'public' END AS field,
      coalesce(r.followers, p.followers, a.followers) AS followers, coalesce(p.region_ip, r.region_ip) AS region_ip, coalesce(p.region_profile, r.region_profile, a.region_profile) AS region_profile,
      ${["reposts", "comments", "likes", "reads"].map((column) => `coalesce(r.${column}, p.${column}) AS ${column}`).join(", ")})
    FROM posts p LEFT JOIN repeated r ON r.id = p.id LEFT JOIN profiles a ON a.author = coalesce(p.author, r.author)`);
}

/** Taken from the first row that knows. */
const later = ["author", "author_name", "author_type", "region_ip", "region_profile"];
const greatest = ["followers", "reposts", "comments", "likes", "reads"];
