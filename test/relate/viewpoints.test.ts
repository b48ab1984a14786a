import { expect, it } from "vitest";
import { event } from "../fixture.ts";
import { relateViewpoints } from "../../pipeline/relate/viewpoints.ts";
import { makeWordedTexts } from "../../pipeline/relate/texts.ts";
import { filled, type Given } from "./event.ts";

const robbed = ["这是抢钱", "抢钱啊", "明摆着抢钱", "又来抢钱", "抢钱也没这么快", "干脆去抢钱", "抢钱呢这是", "变相抢钱而已"];
const away = ["绕道走", "只能绕道", "以后绕道", "大家都绕道", "绕道就对了", "我选择绕道", "劝朋友绕道", "开车绕道吧"];
const rest = ["猴子可爱", "山上下雪没", "天气预报呢", "照片清楚", "哪座山", "缆车排队", "早饭吃面", "周末加班"];
const root = "青石岭景区门票下月涨到三百元";
const comment = (own: string): Given => ({ own, kind: "comment", root: "root" });

async function related(given: readonly Given[]) {
  const database = await filled(given);
  await makeWordedTexts(database);
  const { labels } = await relateViewpoints(database, { maxViewpoints: 12, maxSentences: 1000 }, event);
  const rows = await database.rows<{ viewpoint: number; texts: string }>(
    "SELECT viewpoint, string_agg(own, '|' ORDER BY own) AS texts FROM text_viewpoints JOIN texts USING (text_no) JOIN (SELECT DISTINCT text_key, own FROM posts) USING (text_key) GROUP BY viewpoint ORDER BY viewpoint",
  );
  const [totals] = await database.rows("SELECT count(*) AS labels FROM viewpoint_labels WHERE kind = 'ungrouped'");
  database.close();
  return { labels, rows: new Map(rows.map(({ viewpoint, texts }) => [viewpoint, texts.split("|")])), totals };
}

it("finds what short replies say, named by their word, and counts the replies that say none of it", async () => {
  const { labels, rows, totals } = await related([{ own: root, id: "root" }, ...[...robbed, ...away, ...rest].map((own) => comment(`[怒]${own} @某某`))]);
  const found = labels.filter(({ kind }) => kind === "viewpoint").map(({ viewpoint, aspect, cue, quotes }) => ({ aspect, cue, texts: rows.get(viewpoint as number)!.length, quotes: String(quotes) }));
  expect(found.map(({ aspect, cue, texts }) => [aspect, cue, texts]).sort()).toEqual([["抢钱", null, 8], ["绕道", null, 8]]);
  // Quotes are pieces of the posts, without the emoticon before and the name after.
  for (const { quotes, aspect } of found) for (const quote of quotes.split("\u0001")) expect(quote.split("\u0002")[1]).toMatch(new RegExp(`^[^@\\[]*${String(aspect)}[^@\\[]*$`));
  expect(rows.get(0)!.length).toBe(8);
  expect(totals).toEqual({ labels: 1 });
});

it("takes no short post that replies to nothing for a view", async () => {
  const { labels, rows } = await related([...robbed, ...away, ...rest].map((own) => ({ own })));
  expect(labels.filter(({ kind }) => kind === "viewpoint")).toEqual([]);
  expect([...rows.keys()].filter((viewpoint) => viewpoint > 0)).toEqual([]);
});

it("gives the same whatever the order of the posts", async () => {
  const given = [{ own: root, id: "root" }, ...[...robbed, ...away, ...rest].map((own, i) => ({ ...comment(own), id: `c${i}`, published_ms: Date.UTC(2025, 2, 3, i) }))];
  const [one, other] = await Promise.all([related(given), related([...given].reverse())]);
  expect(other.labels).toEqual(one.labels);
});
