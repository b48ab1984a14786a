import { dictionaryWords } from "../../analyzers/post/segment.ts";
import type { Table } from "../../analyzers/contract.ts";
import type { Database } from "../engines/duckdb.ts";
import { parquet, save } from "../archive/parquet.ts";

/**
 * Words of the archive's posts, a background for the hot words of one event. A wording (a text on a platform on a day of publication) counts once, whoever said it and however often it was
 * collected: so counts of single nights add up to those of all at once. Words are cut by the dictionaries and the project's word list alone, the same way each night.
 *
 *   counts    day, platform, term, wordings: those that hold the term; term "": all of them
 *   wordings  day, platform, text_key, terms: what each holds, by which the event's own are taken out again
 *
 * Days are those of China, since 1970-01-01, whatever zone a project or event has. Platform "": unknown. Posts without time or words of their own are in neither.
 */
export interface ArchiveWords {
  /** Paths of files. */
  counts: readonly string[];
  wordings: readonly string[];
}

const day = "((published_ms + 28800000) // 86400000)::INTEGER AS day";

/** Writes the wordings of `scored` that the archive does not have yet. Reads `texts` and `tokens`. Returns the rows of both files. Throws ARCHIVE_WRITE. */
export async function writeArchiveWords(database: Database, archived: readonly string[], paths: { counts: string; wordings: string }): Promise<{ counts: number; wordings: number }> {
  await database.run(`CREATE OR REPLACE TEMP TABLE night_wordings AS
    SELECT ${day}, coalesce(platform, '') AS platform, texts.text_key, min(text_no) AS text_no FROM scored JOIN texts USING (text_no) WHERE worded = 1 AND published_ms IS NOT NULL GROUP BY ALL`);
  const [{ first, last }] = (await database.rows<{ first: number | null; last: number | null }>("SELECT min(day) AS first, max(day) AS last FROM night_wordings")) as [{ first: number | null; last: number | null }];
  if (archived.length > 0 && first !== null) {
    await database.run(`DELETE FROM night_wordings WHERE (day, platform, text_key) IN (SELECT (day, platform, text_key) FROM ${parquet(archived)} WHERE day BETWEEN ${first} AND ${last})`);
  }
  await database.run(`CREATE OR REPLACE TEMP TABLE night_counts AS
    SELECT day, platform, term, count(*)::INTEGER AS wordings FROM night_wordings JOIN tokens USING (text_no) GROUP BY ALL
    UNION ALL SELECT day, platform, '', count(*)::INTEGER FROM night_wordings GROUP BY ALL`);
  await save(database, "SELECT * FROM night_counts ORDER BY day, platform, term", paths.counts);
  await save(
    database,
    `SELECT w.day, w.platform, w.text_key, coalesce(t.terms, []) AS terms FROM night_wordings w LEFT JOIN (SELECT text_no, list(term ORDER BY term) AS terms FROM tokens WHERE text_no IN (SELECT text_no FROM night_wordings) GROUP BY text_no) t ON t.text_no = w.text_no
    ORDER BY w.day, w.platform, w.text_key`,
    paths.wordings,
  );
  const [rows] = await database.rows<{ counts: number; wordings: number }>("SELECT (SELECT count(*) FROM night_counts) AS counts, (SELECT count(*) FROM night_wordings) AS wordings");
  return rows!;
}

export interface ArchiveTables {
  /** Rows of the table archive_terms. */
  terms: Table;
  /** Rows of archive_totals. */
  totals: Table;
}

/** Texts of the event below which a word is not looked up: it is shown nowhere. */
const leastTexts = 2;

/**
 * What the archive's other posts say on the days (first to last) and platforms of the event in `posts`, `scored` and `tokens`. A text that is one of the event's, word for word, on that day and
 * platform is the event's, whoever else said it. Words: those of the event. One that the dictionaries lack was cut in the archive: it is there at most as often as the rarer one of two words that make it up, besides where the project's list had it.
 */
export async function archiveTables(database: Database, archive: ArchiveWords | null): Promise<ArchiveTables> {
  if (archive === null || archive.counts.length === 0) return { terms: [], totals: [] };
  const { counts, wordings } = archive;
  await database.run(`CREATE OR REPLACE TEMP TABLE event_places AS SELECT DISTINCT ${day}, coalesce(platform, '') AS platform FROM scored WHERE worded = 1 AND published_ms IS NOT NULL`);
  const [{ first, last }] = (await database.rows<{ first: number | null; last: number | null }>("SELECT min(day) AS first, max(day) AS last FROM event_places")) as [{ first: number | null; last: number | null }];
  if (first === null) return { terms: [], totals: [] };
  const span = `day BETWEEN ${first} AND ${last} AND platform IN (SELECT platform FROM event_places)`;
  await database.run(`CREATE OR REPLACE TEMP TABLE event_wordings AS SELECT DISTINCT ${day}, coalesce(platform, '') AS platform, text_key FROM posts WHERE text_key IS NOT NULL AND published_ms IS NOT NULL`);
  await database.run(`CREATE OR REPLACE TEMP TABLE mine AS SELECT day, platform, terms FROM ${parquet(wordings)} SEMI JOIN event_wordings USING (day, platform, text_key) WHERE ${span}`);
  await database.run(`CREATE OR REPLACE TEMP TABLE others AS
    SELECT platform, term, sum(wordings)::BIGINT AS wordings FROM (
      SELECT platform, term, wordings FROM ${parquet(counts)} WHERE term <> '' AND ${span} UNION ALL SELECT platform, unnest(terms), -1 FROM mine
    ) GROUP BY ALL HAVING sum(wordings) > 0`);
  const totals = await database.rows(`
    WITH days AS (
      SELECT day, platform, sum(wordings) AS wordings FROM (SELECT day, platform, wordings FROM ${parquet(counts)} WHERE term = '' AND ${span} UNION ALL SELECT day, platform, -1 FROM mine) GROUP BY ALL HAVING sum(wordings) > 0
    )
    SELECT platform, sum(wordings)::BIGINT AS wordings, (SELECT coalesce(sum(o.wordings), 0)::BIGINT FROM others o WHERE o.platform = d.platform) AS terms, min(day) AS first_day, max(day) AS last_day FROM days d GROUP BY platform ORDER BY platform`);
  if (totals.length === 0) return { terms: [], totals: [] };
  await splitWords(database);
  const terms = await database.rows(`
    SELECT platform, term, sum(wordings)::BIGINT AS wordings, bool_and(exact) AS exact FROM (
      SELECT platform, term, wordings, true AS exact FROM others WHERE term IN (SELECT term FROM tokens)
      UNION ALL
      SELECT a.platform, s.term, max(least(a.wordings, b.wordings)), false FROM word_splits s JOIN others a ON a.term = s.head JOIN others b ON b.term = s.tail AND b.platform = a.platform GROUP BY ALL
    ) GROUP BY ALL ORDER BY platform, term`);
  return { terms: terms as unknown as Table, totals: totals as unknown as Table };
}

/** Makes `word_splits`: the words of the event that the dictionaries lack, and how each may have been cut in the archive, always or until the project's list took it in. */
async function splitWords(database: Database): Promise<void> {
  const long = await database.rows<{ term: string }>(`SELECT term FROM tokens WHERE length(term) >= 4 GROUP BY term HAVING count(*) >= ${leastTexts}`);
  const known = dictionaryWords();
  const pairs = long.filter(({ term }) => !known.has(term)).flatMap(({ term }) => splitsOf(term).map(([head, tail]) => [term, head, tail]));
  await database.run("CREATE OR REPLACE TABLE word_splits (term VARCHAR, head VARCHAR, tail VARCHAR)");
  const appender = await database.connection.createAppender("word_splits");
  for (const pair of pairs) {
    for (const word of pair) appender.appendVarchar(word);
    appender.endRow();
  }
  appender.closeSync();
}

/** 核酸检测 → 核酸 | 检测: parts of two characters or more. */
function splitsOf(term: string): [string, string][] {
  const characters = [...term];
  return Array.from({ length: Math.max(0, characters.length - 3) }, (_, i) => [characters.slice(0, i + 2).join(""), characters.slice(i + 2).join("")]);
}
