import type { Database } from "../engines/duckdb.ts";

/** Words that more than this share of the posts of media and authorities hold answer nothing. */
const mostShare = 0.2;

/** When a question was first asked, and what media and authorities wrote afterwards. */
export interface Replies {
  /** UTC milliseconds of the first post that asks it; null when no time is known. */
  asked_ms: number | null;
  /** Posts of media and authorities after it that hold its words and do not ask it; null when these are too common among them, none of them wrote, or the time is unknown. */
  replies: number | null;
  /** Id and time of the earliest of them. */
  reply: string | null;
  reply_ms: number | null;
}

const none: Replies = { asked_ms: null, replies: null, reply: null, reply_ms: null };

/** Replies to the question of the given number in `text_viewpoints`. `aspect`: the word or two (a·b) that it is about; null for what is no question. Where only the day is known, a question stands at its end and a reply at its begin, so that no post passes for a reply by doubt. */
export async function findReplies(database: Database, viewpoint: number, aspect: string | null): Promise<Replies> {
  if (aspect === null) return none;
  const words = aspect.split("·");
  const [asked] = await database.rows<{ ms: number | null }>(`SELECT min(published_ms + CASE WHEN precision = 'day' THEN 86399999 ELSE 0 END)::BIGINT AS ms FROM scored JOIN text_viewpoints USING (text_no) WHERE worded = 1 AND viewpoint = ${viewpoint}`);
  const ms = asked?.ms ?? null;
  if (ms === null) return none;
  const [found] = await database.rows<{ all: number; holding: number; replies: number; reply: string | null; reply_ms: number | null }>(
    `WITH formal AS (
       SELECT id, published_ms, h.text_no IS NOT NULL AS holds, q.text_no IS NOT NULL AS asks
       FROM scored LEFT JOIN (SELECT text_no FROM tokens WHERE term IN ($1, $2) GROUP BY text_no HAVING count(DISTINCT term) = $3) h USING (text_no) LEFT JOIN (SELECT DISTINCT text_no FROM text_viewpoints WHERE viewpoint = ${viewpoint}) q USING (text_no)
       WHERE worded = 1 AND field IN ('media', 'official')
     )
     SELECT count(*) AS all, count(*) FILTER (holds) AS holding, count(*) FILTER (holds AND NOT asks AND published_ms > ${ms}) AS replies,
       arg_min(id, {'ms': published_ms, 'id': id}) FILTER (holds AND NOT asks AND published_ms > ${ms}) AS reply, min(published_ms) FILTER (holds AND NOT asks AND published_ms > ${ms})::BIGINT AS reply_ms
     FROM formal`,
    [words[0]!, words.at(-1)!, words.length],
  );
  const { all, holding, replies, reply, reply_ms } = found!;
  if (all === 0 || holding > mostShare * all) return { ...none, asked_ms: ms };
  return { asked_ms: ms, replies, reply, reply_ms };
}
