import type { Database } from "../engines/duckdb.ts";
import { comparedForm, nearDuplicateForms } from "./near-duplicates.ts";
import { fillTable } from "./texts.ts";

/** Milliseconds by which the posts of a text are ordered: a post of which only the day is known stands at its end, one without a time comes last. */
const moment = "coalesce(published_ms + CASE WHEN precision = 'day' THEN 86399999 ELSE 0 END, 9007199254740991)";

/**
 * Makes `text_clusters(text_no, head_no)`, one row for each text of `worded_texts`: the head is the earliest text, by its earliest post, that the text is a
 * near-duplicate of; itself if there is none. Texts of the same moment are ordered by number, so that nothing depends on the order of rows.
 * Returns the compared form of each text, because reading all texts is dear.
 */
export async function relateClusters(database: Database): Promise<{ textNos: number[]; forms: string[] }> {
  const textNos: number[] = [];
  const forms: string[] = [];
  for await (const [textNo, text] of textsByTime(database)) {
    textNos.push(textNo);
    forms.push(comparedForm(text));
  }
  const heads = nearDuplicateForms(forms);
  await fillTable(database, "text_clusters", ["text_no", "head_no"], textNos.map((textNo, i) => [textNo, textNos[heads[i]!]!]));
  return { textNos, forms };
}

/** Number and words of every worded text, the earliest first; a block of rows at a time, because all of them may be large. */
async function* textsByTime(database: Database): AsyncGenerator<[number, string]> {
  const sql = `
    WITH earliest AS (SELECT text_no, min(${moment}) AS ms, min(row_no) AS row_no FROM scored WHERE worded = 1 AND text_no IS NOT NULL GROUP BY text_no)
    SELECT text_no, coalesce(p.title || chr(10) || p.own, p.title, p.own) AS text FROM earliest e JOIN posts p ON p.row_no = e.row_no ORDER BY ms, text_no`;
  for await (const { chunk } of database.chunks(sql)) {
    const textNos = chunk.getColumnValues(0) as number[];
    const texts = chunk.getColumnValues(1) as string[];
    for (let i = 0; i < textNos.length; i++) yield [textNos[i]!, texts[i]!];
  }
}
