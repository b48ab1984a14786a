import { readYaml, taxonomySchema, type EventConfig, type Taxonomy } from "./config.ts";
import type { Database } from "./engines/duckdb.ts";
import { dataPath } from "./paths.ts";

/** Taxonomies of the event: those that it gives, and shipped ones by name (data/taxonomies). */
export function taxonomiesOf({ taxonomies }: Pick<EventConfig, "taxonomies">): Taxonomy[] {
  return taxonomies.map((one) => (typeof one === "string" ? readYaml(dataPath("taxonomies", `${one}.yaml`), taxonomySchema) : one));
}

/**
 * Makes `text_classes(text_no, taxonomy, class)`, both counted from 0: a text belongs to a class when it holds one of its `any` words, all of `all` and none of `not`.
 * Letters are compared without case; a text may belong to several classes.
 */
export async function classify(database: Database, event: EventConfig): Promise<void> {
  await database.run("CREATE TABLE text_classes (text_no INTEGER, taxonomy INTEGER, class INTEGER)");
  const taxonomies = taxonomiesOf(event);
  if (taxonomies.length === 0) return;
  await database.run(`CREATE TEMP TABLE class_texts AS SELECT t.text_no, lower(min(coalesce(p.title || chr(10) || p.own, p.title, p.own))) AS text
    FROM texts t JOIN posts p ON p.text_key = t.text_key GROUP BY t.text_no`);
  for (const [i, { classes }] of taxonomies.entries()) {
    for (const [j, { any, all, not }] of classes.entries()) {
      const words = [...any, ...all, ...not].map((word) => word.toLowerCase());
      const holds = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => `contains(text, $${from + k + 1})`);
      const parts = [
        any.length > 0 ? `(${holds(0, any.length).join(" OR ")})` : "true",
        ...holds(any.length, any.length + all.length),
        ...holds(any.length + all.length, words.length).map((test) => `NOT ${test}`),
      ];
      await database.run(`INSERT INTO text_classes SELECT text_no, ${i}, ${j} FROM class_texts WHERE ${parts.join(" AND ")}`, words);
    }
  }
  await database.run("DROP TABLE class_texts");
}
