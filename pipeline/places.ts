import { PlaceParser } from "../analyzers/post/places/parser.ts";
import { isWithin, provinceKey } from "../analyzers/divisions.ts";
import type { Database } from "./engines/duckdb.ts";

/**
 * Settles, in the table `text_regions`, the names that several places share (see analyzers/post/places.ts) by the event's own region: the one place of the name in it,
 * or, when there is none or more than one, `?name`. A text with such a name also gets the row `?`, so that posts count once.
 */
export async function settlePlaces(database: Database, region: string | undefined): Promise<void> {
  const shared = await database.rows<{ region: string }>("SELECT DISTINCT region FROM text_regions WHERE starts_with(region, '?') ORDER BY region");
  if (shared.length === 0) return;
  const home = region === undefined ? undefined : new PlaceParser().parse(region).findLast(({ codes }) => codes.length === 1)?.codes[0];
  await database.run("CREATE TABLE settled (region VARCHAR, meant VARCHAR)");
  for (const { region: written } of shared) {
    for (const meant of settle(written, home)) await database.run("INSERT INTO settled VALUES ($1, $2)", [written, meant]);
  }
  await database.run(`CREATE OR REPLACE TABLE text_regions AS
    WITH known AS (SELECT DISTINCT m.text_no, coalesce(s.meant, m.region) AS region FROM text_regions m LEFT JOIN settled s ON s.region = m.region)
    SELECT text_no, region FROM known UNION SELECT text_no, '?' FROM known WHERE starts_with(region, '?')`);
}

/** `?name\u0001codes` as rows of `text_regions`. */
function settle(written: string, home: string | undefined): string[] {
  const [name, codes] = written.split("\u0001") as [string, string];
  const inside = home === undefined ? [] : codes.split(" ").filter((code) => code === home || isWithin(code, home));
  return inside.length === 1 ? [provinceKey(inside[0]!), inside[0]!] : [name];
}
