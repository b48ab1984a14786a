import type { EventConfig } from "../config.ts";
import { offsetMs } from "../config.ts";
import type { Database } from "../engines/duckdb.ts";
import { platformKeys } from "../import/posts/platforms.ts";
import { Pseudonyms } from "../import/privacy/privacy.ts";
import { matcher, type QueryPost } from "../query/match.ts";
import { save } from "../archive/parquet.ts";

const columns = ["platform", "site", "url", "field", "kind", "title", "own", "quoted", "published_ms", "author", "author_name", "author_name_key", "region_ip", "region_profile"] as const satisfies (keyof QueryPost)[];

/**
 * Holds every row of `from` (the table `posts`, or files of the archive) against the queries of the events, and appends what matches to `matched(event, id)`. The same code takes in
 * a night and goes back over the archive for a new or edited event.
 */
export async function assign(database: Database, from: string, events: ReadonlyMap<string, EventConfig>, key: Uint8Array): Promise<void> {
  await database.run("CREATE TABLE IF NOT EXISTS matched (event VARCHAR, id VARCHAR)");
  if (events.size === 0) return;
  const pseudonyms = new Pseudonyms(key);
  const match = matcher([...events].map(([name, { query, utcOffset }]) => ({ key: name, query, utcOffsetMs: offsetMs(utcOffset) })), (account) => ["", ...platformKeys()].map((platform) => pseudonyms.of(`${platform}\u0000${account}`)));
  const appender = await database.connection.createAppender("matched");
  await database.each<QueryPost & { id: string } & Record<string, string | number | null>>(`SELECT id, ${columns.join(", ")} FROM ${from}`, (post) => {
    for (const event of match(post)) {
      appender.appendVarchar(event);
      appender.appendVarchar(post.id);
      appender.endRow();
    }
  });
  appender.closeSync();
}

/** Writes the ids that an event's query matched, in order, to a file. Returns how many. */
export async function writeMembers(database: Database, event: string, path: string): Promise<number> {
  await save(database, `SELECT DISTINCT id FROM matched WHERE event = '${event.replaceAll("'", "''")}' ORDER BY id`, path);
  const [{ ids }] = (await database.rows<{ ids: number }>("SELECT count(DISTINCT id) AS ids FROM matched WHERE event = $1", [event])) as [{ ids: number }];
  return ids;
}
