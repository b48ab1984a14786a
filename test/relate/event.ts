import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadResources, scoreText, type Resources } from "../../analyzers/post/index.ts";
import { clean, loadTexts } from "../../pipeline/clean.ts";
import type { EventConfig } from "../../pipeline/config.ts";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { duckdbColumns, postColumns, type Post, type ScoredText } from "../../pipeline/schema.ts";
import { event, post } from "../fixture.ts";

let resources: Resources | null = null;

/** A post; `opinions` replaces what the analyzer finds in its text. */
export type Given = Partial<Post> & { own: string; opinions?: string[] };

/** The database as relate finds it: posts of the given own words, scored by the real analyzers. Texts are keyed by their words. The caller closes it. */
export async function filled(given: readonly Given[], config: EventConfig = event): Promise<Database> {
  resources ??= loadResources([]);
  const keys = new Map([...new Set(given.map(({ own }) => own))].sort().map((own, i) => [own, i.toString(16).padStart(16, "0")]));
  const database = await Database.open({ memory: "300MB" });
  const posts = given.map((one, i) => post(i + 1, { text_key: keys.get(one.own)!, published_ms: Date.UTC(2025, 2, 3) + i * 60_000, author: `author${i}`, ...one }));
  const opinions = new Map(given.flatMap(({ own, opinions }) => (opinions ? [[own, opinions] as const] : [])));
  const texts = [...keys].map(([own, text_key]): ScoredText => {
    const scores = scoreText(own, resources!);
    return { text_key, ...scores, opinions: opinions.get(own) ?? scores.opinions };
  });
  const lines = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join("\n");
  writeFileSync(join(database.folder, "posts.ndjson"), lines(posts));
  writeFileSync(join(database.folder, "texts.ndjson"), lines(texts));
  await database.run(`CREATE TABLE posts (row_no BIGINT, ${duckdbColumns(postColumns)})`);
  if (posts.length > 0) await database.run(`INSERT INTO posts BY NAME SELECT line AS row_no, * FROM read_json('${join(database.folder, "posts.ndjson")}', format = 'newline_delimited', columns = {${Object.entries(postColumns).map(([name, type]) => `${name}: '${type === "STRING" ? "VARCHAR" : type}'`).join(", ")}})`);
  await loadTexts(database, posts.length === 0 ? [] : [join(database.folder, "texts.ndjson")]);
  await clean(database, config);
  return database;
}
