import { createHash } from "node:crypto";
import type { Database } from "../engines/duckdb.ts";
import { maskText } from "../import/privacy/privacy.ts";
import { parquet } from "../archive/parquet.ts";
import type { NightCount, NightEvent, NightFirst, NightItem } from "./contract.ts";

/** Wordings of an event that a night keeps: those of a class first, then by reach. The rest are counted, not listed. */
const mostItems = 500;
/** Terms of a wording that says something; a shorter one (围观, 寒心) is listed only when it has a class. */
const leastTerms = 3;

/** Makes `event_members(event, id)`: what a query matched, tonight (`matched`) or earlier. */
export async function gatherMembers(database: Database, earlier: ReadonlyMap<string, readonly string[]>): Promise<void> {
  await database.run("CREATE OR REPLACE TEMP TABLE event_members AS SELECT DISTINCT event, id FROM matched");
  for (const [event, files] of earlier) if (files.length > 0) await database.run(`INSERT INTO event_members SELECT $1, id FROM ${parquet(files)}`, [event]);
}

/** Makes `post_events(row_no, event)`: members of an event, and what reposts or comments on them. */
export async function relateEvents(database: Database): Promise<void> {
  const by = (column: string): string => `SELECT p.row_no, m.event FROM posts p JOIN event_members m ON m.id = p.${column} SEMI JOIN scored s ON s.row_no = p.row_no`;
  await database.run(`CREATE OR REPLACE TEMP TABLE post_events AS ${["id", "root", "parent"].map(by).join(" UNION ")}`);
}

/** New posts by day, event, platform, field, kind and mood. */
export async function countNight(database: Database): Promise<NightCount[]> {
  const measures = "count(*) AS posts, count(*) FILTER (s.kind = 'original') AS originals, sum(s.engagement)::BIGINT AS engagement";
  return database.rows<NightCount & Record<string, string | number | null>>(`
    SELECT s.day, e.event, s.platform, s.field, s.kind, s.polarity, ${measures} FROM scored s JOIN post_events e ON e.row_no = s.row_no GROUP BY ALL
    UNION ALL SELECT s.day, NULL, s.platform, s.field, s.kind, s.polarity, ${measures} FROM scored s GROUP BY ALL
    ORDER BY ALL`);
}

/** Wordings among the new posts, by event and id; `left` counts those beyond `mostItems`. Classes and risk are of netizens' posts: triage is not made for reports of media. Reads `text_clusters`, `text_triage` and `text_risk`. */
export async function listItems(database: Database, privacy: "masked" | "internal"): Promise<{ items: NightItem[]; left: number }> {
  const rows = await database.rows(`
    WITH filed AS (
      SELECT s.row_no, e.event FROM scored s LEFT JOIN post_events e ON e.row_no = s.row_no
    ), members AS (
      SELECT f.event, c.head_no, s.row_no, s.field, s.text_no, s.author, s.reposts, 1 + s.engagement AS reach, {'ms': coalesce(s.published_ms + CASE WHEN s.precision = 'day' THEN 86399999 ELSE 0 END, 9007199254740991), 'row': s.row_no} AS place
      FROM filed f JOIN scored s ON s.row_no = f.row_no JOIN text_clusters c ON c.text_no = s.text_no WHERE s.worded = 1
    ), labels AS (
      SELECT m.event, m.head_no, string_agg(DISTINCT t.class, ',' ORDER BY t.class) AS classes FROM members m JOIN text_triage t ON t.text_no = m.text_no WHERE m.field = 'public' AND t.class <> 'undecided' GROUP BY ALL
    ), wordings AS (
      SELECT m.event, m.head_no, count(*)::BIGINT AS posts, count(DISTINCT m.author)::BIGINT + count(*) FILTER (m.author IS NULL) AS authors, sum(m.reach)::BIGINT AS reach, max(m.reposts)::BIGINT AS reposts, max(len(x.terms)) AS terms, min(m.place)['row'] AS row_no, coalesce(max(r.micro), 0)::BIGINT AS risk_micro
      FROM members m JOIN texts x ON x.text_no = m.text_no LEFT JOIN text_risk r ON r.text_no = m.text_no AND m.field = 'public' GROUP BY ALL
    ), ranked AS (
      SELECT w.*, l.classes, row_number() OVER (PARTITION BY w.event ORDER BY (l.classes IS NOT NULL) DESC, w.reach DESC, w.row_no) AS rank, count(*) OVER () AS total
      FROM wordings w LEFT JOIN labels l ON l.event IS NOT DISTINCT FROM w.event AND l.head_no = w.head_no
    )
    SELECT r.total, p.id, r.event, coalesce(p.title, left(p.own, 60)) AS title, left(coalesce(p.own, p.title), 200) AS text, p.url, p.platform, p.site, s.field, s.author_name, s.author_type, s.published_ms, s.precision,
      coalesce(s.region_ip, s.region_profile) AS region, r.posts, r.authors, r.reach, r.reposts, s.polarity, r.classes, r.risk_micro
    FROM ranked r JOIN scored s ON s.row_no = r.row_no JOIN posts p ON p.row_no = r.row_no WHERE r.rank <= ${mostItems} AND (r.classes IS NOT NULL OR r.terms >= ${leastTerms}) ORDER BY r.event NULLS LAST, p.id`);
  const shown = (text: unknown): string => (privacy === "masked" ? maskText(text as string) : (text as string)).replace(/\s+/gu, " ").trim();
  const total = (rows[0]?.total as number | undefined) ?? 0;
  for (const row of rows) delete row.total;
  const items = rows.map(({ classes, ...row }) => ({ ...row, id: outwardId(row.id as string), title: shown(row.title), text: shown(row.text), classes: classes === null ? [] : (classes as string).split(",") }) as unknown as NightItem);
  return { items, left: total - items.length };
}

/** An id made from words and author holds the project's key: what leaves is a hash of it. */
const outwardId = (id: string): string => (id.startsWith("text:") ? `text:${createHash("sha256").update(id).digest("hex").slice(0, 16)}` : id);

/** What an event's posts came to so far. */
export type EventCourse = Pick<NightEvent, "posts" | "hours" | "firsts">;
export const noCourse: EventCourse = { posts: 0, hours: [], firsts: { media: null, official: null } };
const hoursKept = 21 * 24;

/**
 * The course of an event with the posts of `from` added (the table `posts`, or files of the archive), each id once; `added`: how many of them are the event's.
 * Reads `event_members`. Hours are those of the zone.
 */
export async function addCourse(database: Database, from: string, event: string, before: EventCourse, { privacy, utcOffsetMs }: { privacy: "masked" | "internal"; utcOffsetMs: number }): Promise<{ course: EventCourse; added: number }> {
  await database.run(`CREATE OR REPLACE TEMP TABLE event_posts AS
    WITH mine AS (SELECT id FROM event_members WHERE event = '${event.replaceAll("'", "''")}')
    SELECT DISTINCT ON (id) id, field, published_ms, precision, coalesce(title, left(own, 60), '') AS title, url, author_name FROM ${from}
    WHERE id IN (SELECT id FROM mine) OR root IN (SELECT id FROM mine) OR parent IN (SELECT id FROM mine) ORDER BY id, row_no`);
  const [{ added }] = (await database.rows<{ added: number }>("SELECT count(*) AS added FROM event_posts")) as [{ added: number }];
  const counted = await database.rows<{ hour: number; posts: number }>(`SELECT ((published_ms + ${utcOffsetMs}) // 3600000)::BIGINT AS hour, count(*) AS posts FROM event_posts WHERE published_ms IS NOT NULL AND precision <> 'day' GROUP BY hour`);
  const hours = new Map(before.hours);
  for (const { hour, posts } of counted) hours.set(hour, (hours.get(hour) ?? 0) + posts);
  const last = Math.max(...hours.keys(), -Infinity);
  const first = async (field: "media" | "official"): Promise<NightFirst | null> => {
    const [row] = await database.rows("SELECT id, published_ms, title, url, author_name FROM event_posts WHERE field = $1 AND published_ms IS NOT NULL AND precision <> 'day' ORDER BY published_ms, id LIMIT 1", [field]);
    const known = before.firsts[field];
    if (row === undefined || (known !== null && known.published_ms <= (row.published_ms as number))) return known;
    return { ...row, id: outwardId(row.id as string), title: privacy === "masked" ? maskText(row.title as string) : row.title } as unknown as NightFirst;
  };
  return {
    added,
    course: {
      posts: before.posts + added,
      hours: [...hours].filter(([hour]) => hour > last - hoursKept).sort(([a], [b]) => a - b),
      firsts: { media: await first("media"), official: await first("official") },
    },
  };
}
