import { expect, it } from "vitest";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { joinForms } from "../../pipeline/term-forms.ts";

it("counts words that differ in letter case as one, under the form of most texts, once a text", async () => {
  const database = await Database.open({ memory: "300MB" });
  // 4S in three texts, 4s in two, one of them with both; OK and ok in one each: OK comes first. 口罩 has no case.
  const tokens = [[1, "4S"], [2, "4S"], [3, "4S"], [3, "4s"], [4, "4s"], [5, "ok"], [6, "OK"], [6, "口罩"]] as const;
  await database.run(`CREATE TABLE tokens AS SELECT * FROM (VALUES ${tokens.map(([text, term]) => `(${text}, '${term}')`).join(", ")}) AS given(text_no, term)`);
  await joinForms(database);
  const rows = await database.rows("SELECT text_no, term FROM tokens ORDER BY ALL");
  database.close();
  expect(rows.map(({ text_no, term }) => [text_no, term])).toEqual([[1, "4S"], [2, "4S"], [3, "4S"], [4, "4S"], [5, "OK"], [6, "OK"], [6, "口罩"]]);
});
