import { afterAll, expect, it } from "vitest";
import type { Table } from "../../analyzers/contract.ts";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { rollupNames, rollupSql } from "../../pipeline/rollup/rollup.ts";
import { lenses } from "../../pipeline/schema.ts";
import { event, fill, post, sampleEvent } from "../fixture.ts";

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));
async function filled(...input: Parameters<typeof fill>) {
  const made = await fill(...input);
  open.push(made.database);
  return made;
}

const measures = new Set<string>([...lenses, "worded", "timed", "minute", "bare", "authored", "typed", "followed", "region_ip", "region_profile", "counted", "scored", "docs", "wordings_micro", "texts", "texts_micro"]);

/** Sums rows that share all dimensions. */
function merge(rows: Table): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const names = Object.keys(row).sort();
    const numeric = names.filter((name) => measures.has(name));
    const key = JSON.stringify(names.filter((name) => !measures.has(name)).map((name) => [name, row[name]]));
    const sums = groups.get(key) ?? numeric.map(() => 0);
    numeric.forEach((name, i) => (sums[i]! += row[name] as number));
    groups.set(key, sums);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

it("counts by hand: four posts, one repeated id, one author twice a day", async () => {
  const at = (hour: number) => Date.UTC(2025, 2, 3, hour - 8);
  const posts = [
    post(1, { id: "a", platform: "weibo", author: "x", published_ms: at(9), reposts: 5, likes: 1 }),
    post(2, { id: "b", platform: "weibo", author: "x", published_ms: at(9), kind: "repost" }),
    post(3, { id: "a", platform: "weibo", author: "x", published_ms: at(9), reposts: 5, likes: 1 }),
    post(4, { id: "c", platform: "weibo", author: null, published_ms: at(9) + 600_000 }),
  ];
  const { tables } = await filled(posts, []);
  expect(tables.get("volume")).toEqual([
    { day: 20150, slot: 2901654, platform: "weibo", channel: null, field: "public", kind: "original", posts: 1, originals: 1, author_days: 1, engagement: 6, worded: 0 },
    { day: 20150, slot: 2901654, platform: "weibo", channel: null, field: "public", kind: "repost", posts: 1, originals: 0, author_days: 0, engagement: 0, worded: 0 },
    { day: 20150, slot: 2901655, platform: "weibo", channel: null, field: "public", kind: "original", posts: 1, originals: 1, author_days: 1, engagement: 0, worded: 0 },
  ]);
});

it("says what to do when the memory limit is too small", async () => {
  const database = await Database.open({ memory: "10MB" });
  open.push(database);
  await expect(database.run("CREATE TABLE t AS SELECT list(i) AS l FROM range(50000000) r(i)")).rejects.toMatchObject({ code: "MEMORY", exit: 1 });
});

it("does not take a query that breaks off midway for a complete one", async () => {
  const database = await Database.open({ memory: "300MB" });
  open.push(database);
  const take = async (sql: string) => {
    let rows = 0;
    await database.each(sql, () => rows++);
    return rows;
  };
  expect(await take("SELECT i FROM range(300000) r(i)")).toBe(300_000);
  await expect(take("SELECT i, CASE WHEN i = 1000000 THEN error('broken') ELSE 'x' END AS x FROM range(3000000) r(i)")).rejects.toMatchObject({ code: "DATABASE_CUT", exit: 1 });
});

it("leaves posts outside the window out and keeps those without a time", async () => {
  const posts = [post(1, { published_ms: Date.UTC(2025, 2, 2, 15, 59) }), post(2, { published_ms: Date.UTC(2025, 2, 2, 16) }), post(3), post(4, { published_ms: Date.UTC(2025, 2, 3, 16) })];
  const { database } = await filled(posts, [], { ...event, window: { from: "2025-03-03", to: "2025-03-04" } });
  expect(await database.rows("SELECT line FROM scored ORDER BY line")).toEqual([{ line: 2 }, { line: 3 }]);
});

it("does not depend on the order of the input rows, or on the hash of authors", async () => {
  const { posts, texts } = sampleEvent();
  const { tables } = await filled(posts, texts);
  const renamed = [...posts].reverse().map((one) => ({ ...one, author: one.author === null ? null : `other-${[...one.author].reverse().join("")}` }));
  const { tables: again } = await filled(renamed, texts);
  expect([...again]).toEqual([...tables]);
});

it("the days of an event add up to the event, in every rollup", async () => {
  const { posts, texts } = sampleEvent();
  const config = { ...event, taxonomies: [{ name: "用语", classes: [{ name: "自己", any: ["自己"], all: [], not: [] }] }] };
  const whole = await filled(posts, texts, config);
  const even = await filled(posts.filter(({ day }) => (day ?? 0) % 2 === 0), texts, config);
  const odd = await filled(posts.filter(({ day }) => (day ?? 0) % 2 !== 0), texts, config);
  for (const name of rollupNames) {
    // Numbers of strata and terms are the event's own.
    const named = name === "terms" ? "(SELECT day, hour, platform, field, polarity, term, docs, wordings_micro FROM rollup.terms JOIN strata USING (stratum) JOIN vocabulary USING (term_no))" : `rollup.${name}`;
    const rows = async ({ database }: { database: Database }) => (await database.rows(`SELECT * FROM ${named}`)) as unknown as Table;
    const sum = merge([...(await rows(even)), ...(await rows(odd))]);
    expect(sum, name).toEqual(merge(await rows(whole)));
    expect(sum.size, name).toBeGreaterThan(0);
  }
});

/** What DuckDB and Spark SQL read differently must not occur in a rollup. */
const forbidden = /\b(avg|median|quantile\w*|percentile\w*|approx_\w+|list|array_agg|string_agg|regexp\w*|md5|hash|xxhash64|concat|max_by|min_by|arg_m\w+|any_value|first|last|lower|upper|epoch\w*|date_trunc|unnest|explode|qualify|limit)\b|\/|::|\/\/|"|`|\\/i;

it.each(rollupNames.map((name) => [name]))("%s.sql stays in the subset that every engine reads alike", (name) => {
  const sql = rollupSql(name).replace(/^--.*$/gm, "");
  expect(forbidden.exec(sql)?.[0]).toBeUndefined();
  for (const aggregate of sql.match(/(?:CAST\()?(?:count|sum)\(/g) ?? []) expect(aggregate).toMatch(/^CAST\(/);
});
