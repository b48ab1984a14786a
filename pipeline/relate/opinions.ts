import type { Database } from "../engines/duckdb.ts";
import type { cues, Polarity } from "../schema.ts";

export type Cue = (typeof cues)[number];

/** One distinct opinion sentence. */
export interface Opinion {
  sentence: string;
  /** Empty: a feeling or a short text, without any of the cues. */
  cue: Cue | "";
  polarity: Polarity;
  /** A short text as a whole, without opinion sentence, that replies to nothing: may be a slogan, never a viewpoint. */
  whole: boolean;
  /** Distinct authors who posted it; a post without a known author counts as an author of its own. */
  authors: number;
  /** Largest engagement of a post that holds it. */
  engagement: number;
  /** Distinct terms in the sentence. */
  terms: string[];
}

/** Characters of a text that counts as a whole, and terms of one that may be a slogan only. */
const wholeLength = 40;
const wholeTerms = 4;
/** Emoticons and @names, which a text may begin and end with. */
const ornament = "\\s|\\[[^\\[\\]\\s]{1,8}\\]|(回[复覆])?@[^\\s@:：]{1,30}[:：]?";

/**
 * Makes `said(text_no, sentence, …)`, one row an utterance, and `sentences(sentence_no, …)`, the distinct ones by authors, and reads the first
 * `limit` of them; ties go by a hash of the sentence. opinions[i] is sentence_no i. An utterance is an opinion sentence, or a short text without any: who replies in
 * a few words (业界良心) says something of what is replied to, so that these are opinions, whatever their mood.
 */
export async function readOpinions(database: Database, limit: number): Promise<{ opinions: Opinion[]; distinct: number }> {
  await database.run(`
    CREATE OR REPLACE TEMP TABLE said AS
    SELECT text_no, split_part(line, chr(1), 1) AS cue, split_part(line, chr(1), 2) AS polarity, split_part(line, chr(1), 3) AS sentence, FALSE AS whole
    FROM (SELECT text_no, unnest(opinions) AS line FROM texts SEMI JOIN worded_texts USING (text_no))
    UNION ALL
    SELECT text_no, '', polarity, bare, NOT reply
    FROM texts SEMI JOIN worded_texts USING (text_no)
    JOIN (SELECT text_no, bool_or(kind <> 'original') AS reply FROM scored WHERE worded = 1 GROUP BY text_no) USING (text_no)
    JOIN (
      SELECT text_key, min(regexp_replace(regexp_replace(own, '^(${ornament})+', ''), '(${ornament})+$', '')) AS bare FROM posts WHERE title IS NULL GROUP BY text_key
    ) USING (text_key)
    WHERE len(opinions) = 0 AND polarity IS NOT NULL AND length(bare) <= ${wholeLength} AND len(terms) >= 1 AND (reply OR (polarity <> 'neutral' AND len(terms) <= ${wholeTerms}))`);
  await database.run(`
    CREATE OR REPLACE TEMP TABLE sentences AS
    WITH counted AS (
      SELECT sentence, min(cue) AS cue, min(said.polarity) AS polarity, bool_and(whole) AS whole, min(text_no) AS text_no,
        count(DISTINCT coalesce(author, 0 - row_no)) AS authors, max(engagement) AS engagement
      FROM said JOIN scored USING (text_no) WHERE worded = 1 GROUP BY sentence
    )
    SELECT (row_number() OVER (ORDER BY authors DESC, md5(sentence), sentence) - 1)::INTEGER AS sentence_no, * FROM counted`);
  const rows = await database.rows(`
    WITH first AS (SELECT * FROM sentences WHERE sentence_no < ${limit}),
    held AS (SELECT sentence_no, list(term ORDER BY term) AS terms FROM first JOIN tokens USING (text_no) WHERE contains(lower(sentence), lower(term)) GROUP BY sentence_no)
    SELECT sentence, cue, polarity, whole, authors, engagement, coalesce(terms, []) AS terms FROM first LEFT JOIN held USING (sentence_no) ORDER BY sentence_no`);
  const [{ distinct }] = (await database.rows<{ distinct: number }>("SELECT count(*) AS distinct FROM sentences")) as [{ distinct: number }];
  return { opinions: rows as unknown as Opinion[], distinct };
}
