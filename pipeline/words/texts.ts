import { localMs, type EventConfig } from "../config.ts";
import type { Database } from "../engines/duckdb.ts";
import { parquet } from "../archive/parquet.ts";
import { scoredText } from "../import/posts/post.ts";

export interface DistinctText {
  text_key: string;
  text: string;
}

const batchSize = 512;

/** Makes of posts files of an archive a table `posts` that is enough to look for new words in: posts with words, each once. */
export async function readWordedPosts(database: Database, paths: readonly string[]): Promise<void> {
  await database.run(`CREATE TABLE posts AS SELECT row_number() OVER () AS row_no, * FROM (SELECT DISTINCT ON (id) text_key, title, own, published_ms, author FROM ${parquet(paths)} WHERE text_key IS NOT NULL ORDER BY id, sha256, row_no)`);
}

/** Makes `distinct_texts`: the first row of every distinct text of `posts`, and whether a post with it lies in the event's window. */
export async function makeDistinctTexts(database: Database, { window, utcOffset }: EventConfig): Promise<void> {
  const from = window.from ? localMs(window.from, utcOffset) : -8e15;
  const to = window.to ? localMs(window.to, utcOffset) : 8e15;
  await database.run("CREATE TABLE distinct_texts AS SELECT text_key, min(row_no) AS row_no, bool_or(NOT coalesce(published_ms < $1 OR published_ms >= $2, false)) AS inside FROM posts WHERE text_key IS NOT NULL GROUP BY text_key", [from, to]);
}

/** The texts of `distinct_texts` in batches, in no particular order; `inside`: only those of posts in the event's window. */
export async function* distinctTexts(database: Database, { inside }: { inside: boolean }): AsyncGenerator<DistinctText[]> {
  const sql = `SELECT d.text_key, p.title, p.own FROM posts p JOIN distinct_texts d ON d.row_no = p.row_no ${inside ? "WHERE d.inside" : ""}`;
  for await (const { chunk } of database.chunks(sql)) {
    const [keys, titles, owns] = [0, 1, 2].map((c) => chunk.getColumnValues(c) as (string | null)[]) as [string[], (string | null)[], (string | null)[]];
    const texts = keys.map((text_key, i) => ({ text_key, text: scoredText(titles[i]!, owns[i]!) }));
    for (let at = 0; at < texts.length; at += batchSize) yield texts.slice(at, at + batchSize);
  }
}
