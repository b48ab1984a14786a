import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import { root } from "../../pipeline/paths.ts";
import { relateClusters } from "../../pipeline/relate/clusters.ts";
import { makeWordedTexts } from "../../pipeline/relate/texts.ts";
import { filled, type Given } from "./event.ts";

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));

async function clustered(given: readonly Given[]): Promise<Database> {
  const database = await filled(given);
  open.push(database);
  await makeWordedTexts(database);
  await relateClusters(database);
  return database;
}

/** The words of each text with the words of its head, by the words. */
async function pairs(database: Database): Promise<[string, string][]> {
  const rows = await database.rows<{ own: string; head: string }>(`
    SELECT DISTINCT p.own, h.own AS head FROM text_clusters c JOIN texts t ON t.text_no = c.text_no JOIN posts p ON p.text_key = t.text_key
      JOIN texts u ON u.text_no = c.head_no JOIN posts h ON h.text_key = u.text_key ORDER BY ALL`);
  return rows.map(({ own, head }) => [own, head]);
}

const first = "水务公司今天上午公布了水质检测报告";
const copy = "水务公司今天上午公布了水质检测报告！！转";
const other = "菜市场的西红柿又涨价了，大家少买点";
const at = (hour: number): number => Date.UTC(2025, 2, 3, hour);

it("takes the text of the earliest post as head, whatever the order of rows", async () => {
  const given: Given[] = [
    { own: copy, published_ms: at(9) },
    { own: other, published_ms: at(8) },
    { own: first, published_ms: at(12) },
    // The head's text is posted first here.
    { own: first, published_ms: at(7) },
  ];
  const expected = [[copy, first], [first, first], [other, other]].sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
  expect(await pairs(await clustered(given))).toEqual(expected);
  expect(await pairs(await clustered([...given].reverse()))).toEqual(expected);
});

it("puts a post of which only the day is known at the end of that day, and one without a time last", async () => {
  expect(await pairs(await clustered([{ own: copy, published_ms: at(0), precision: "day" }, { own: first, published_ms: at(20) }]))).toContainEqual([copy, first]);
  expect(await pairs(await clustered([{ own: copy, published_ms: null }, { own: first, published_ms: at(0), precision: "day" }]))).toContainEqual([copy, first]);
});

it("sums clusters up by hand: the largest first, all of them in the totals", async () => {
  const database = await clustered([
    { id: "late", own: copy, published_ms: at(9), author: "a", platform: "weibo" },
    { id: "head", own: first, published_ms: at(7), author: "b", platform: "weibo" },
    { id: "again", own: first, published_ms: at(8), author: "b", platform: "douyin" },
    { id: "nobody", own: `${first}。`, published_ms: at(10), author: null, platform: null },
    { id: "pair1", own: other, published_ms: at(8), author: "c", platform: "weibo" },
    { id: "pair2", own: other, published_ms: at(9), author: "d", platform: "weibo" },
    { id: "alone", own: "今天的晚霞真好看", published_ms: at(10), author: "e", platform: "weibo" },
  ]);
  const summary = (name: string) => database.rows(readFileSync(join(root, "pipeline", "rollup", "summaries", `${name}.sql`), "utf8"));
  const clusters = (await summary("clusters")).map(({ head, posts, texts, authors, platforms, first_ms, title }) => ({ head, posts, texts, authors, platforms, first_ms, title }));
  expect(clusters).toEqual([
    { head: "head", posts: 4, texts: 3, authors: 3, platforms: 2, first_ms: at(7), title: first },
    { head: "pair1", posts: 2, texts: 1, authors: 2, platforms: 1, first_ms: at(8), title: other },
  ]);
  expect(await summary("cluster_totals")).toEqual([{ clusters: 3, posts: 7, texts: 5, repeated_clusters: 2, repeated_posts: 6, repeated_texts: 4 }]);
});

it("accepts an event without posts", async () => {
  const database = await clustered([]);
  expect(await database.rows("SELECT * FROM text_clusters")).toEqual([]);
});
