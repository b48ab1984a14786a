import type { Database } from "../engines/duckdb.ts";

/** Makes `worded_texts(text_no, posts)`: the texts that posts of the event have, and how many posts have each. */
export async function makeWordedTexts(database: Database): Promise<void> {
  await database.run("CREATE OR REPLACE TEMP TABLE worded_texts AS SELECT text_no, count(*)::INTEGER AS posts FROM scored WHERE worded = 1 AND text_no IS NOT NULL GROUP BY text_no");
}

/** Title and own words of the given texts. A number that no post has is absent. */
export async function readTexts(database: Database, textNos: Iterable<number>): Promise<Map<number, string>> {
  await want(database, textNos);
  const rows = await database.rows<{ text_no: number; text: string }>(`
    SELECT w.text_no, min(coalesce(p.title || chr(10) || p.own, p.title, p.own)) AS text
    FROM wanted w JOIN texts t ON t.text_no = w.text_no JOIN posts p ON p.text_key = t.text_key GROUP BY w.text_no ORDER BY w.text_no`);
  return new Map(rows.map(({ text_no, text }) => [text_no, text]));
}

/** Fills the table `wanted(text_no)`. */
export async function want(database: Database, textNos: Iterable<number>): Promise<void> {
  await fillTable(database, "wanted", ["text_no"], Array.from(textNos, (textNo) => [textNo]));
}

/** Makes a table of INTEGER columns, in place of one of the same name. */
export async function fillTable(database: Database, table: string, columns: readonly string[], rows: Iterable<readonly number[]>): Promise<void> {
  await database.run(`CREATE OR REPLACE TABLE ${table} (${columns.map((name) => `${name} INTEGER`).join(", ")})`);
  const appender = await database.connection.createAppender(table);
  for (const row of rows) {
    for (const value of row) appender.appendInteger(value);
    appender.endRow();
  }
  appender.closeSync();
}
