import type { Database } from "./engines/duckdb.ts";

/**
 * Counts words of `tokens` that differ in letter case only (4S, 4s) as one, under the form that most texts use, the first by code point of equals. Full and half width
 * are one already (analyzers/post/normalize.ts). The texts stay as they are.
 */
export async function joinForms(database: Database): Promise<void> {
  // Words of three bytes a character are Han throughout: most words, and without case.
  await database.run(`CREATE OR REPLACE TEMP TABLE term_forms AS
    WITH used AS (SELECT term, count(*) AS texts FROM tokens WHERE strlen(term) <> 3 * length(term) GROUP BY term)
    SELECT term, first_value(term) OVER (PARTITION BY lower(term) ORDER BY texts DESC, term) AS form FROM used QUALIFY form <> term`);
  await database.run("CREATE OR REPLACE TEMP TABLE joined_tokens AS SELECT t.rowid AS place, t.text_no, f.form AS term FROM tokens t JOIN term_forms f ON f.term = t.term");
  await database.run("DELETE FROM tokens WHERE rowid IN (SELECT place FROM joined_tokens)");
  await database.run("INSERT INTO tokens SELECT DISTINCT text_no, term FROM joined_tokens ANTI JOIN (SELECT text_no, term FROM tokens SEMI JOIN joined_tokens USING (text_no)) AS held USING (text_no, term)");
}
