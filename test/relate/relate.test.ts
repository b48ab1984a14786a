import { afterAll, expect, it } from "vitest";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import { relate, type Related } from "../../pipeline/relate/relate.ts";
import { event } from "../fixture.ts";
import { filled, type Given } from "./event.ts";
import { random, say } from "./planted-opinions.ts";

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));

async function related(given: readonly Given[], config = event): Promise<Related & { database: Database }> {
  const database = await filled(given, config);
  open.push(database);
  return { database, ...(await relate(database, {}, config)) };
}

const said = say(2500, 3);
const planted = said.map(({ text, author, viewpoint, cue, polarity }, i): Given => ({
  id: `p${i}`,
  own: viewpoint === 0 && i % 2 === 0 ? `#水质检测# ${text}` : text,
  author: `a${author}`,
  likes: i % 50,
  opinions: [`${cue}\u0001${polarity}\u0001${text}`],
}));
const config = { ...event, query: ["化工厂"], subjects: [{ name: "清源水务公司", aliases: ["水务公司"], accounts: [] }] };

const whole = related(planted, config);

it("gives every text one topic and every text and viewpoint one row, with labels for each", async () => {
  const { database, topicLabels, viewpointLabels, notes } = await whole;
  const texts = new Set(planted.map(({ own }) => own)).size;
  expect(await database.rows("SELECT count(*) AS rows, count(DISTINCT text_no) AS texts FROM text_topics")).toEqual([{ rows: texts, texts }]);
  const topics = await database.rows<{ topic: number; posts: number }>("SELECT topic, count(*) AS posts FROM scored JOIN text_topics USING (text_no) WHERE topic > 0 GROUP BY topic ORDER BY topic");
  expect(topics.map(({ topic }) => topic)).toEqual(topicLabels.map(({ topic }) => topic));
  for (const loose of [false, true]) {
    const sizes = topics.filter((_, i) => topicLabels[i]!.loose === loose).map(({ posts }) => posts);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  }
  expect(topicLabels.length).toBeGreaterThan(5);
  const rows = await database.rows("SELECT count(*) AS rows, count(DISTINCT (text_no, viewpoint)) AS pairs FROM text_viewpoints");
  expect(rows[0]!.rows).toBe(rows[0]!.pairs);
  const found = await database.rows<{ viewpoint: number; authors: number }>("SELECT viewpoint, count(DISTINCT author) AS authors FROM scored JOIN text_viewpoints USING (text_no) WHERE viewpoint > 0 GROUP BY viewpoint ORDER BY viewpoint");
  expect(found.map(({ viewpoint }) => viewpoint)).toEqual(viewpointLabels.map(({ viewpoint }) => viewpoint));
  expect(await database.rows("SELECT viewpoint, kind FROM viewpoint_labels WHERE viewpoint > 0 ORDER BY viewpoint")).toEqual(viewpointLabels.map(({ viewpoint, kind }) => ({ viewpoint, kind })));
  expect(notes.length).toBe(1);
});

it("names topics by a hashtag that is theirs, and never by query words and subjects", async () => {
  const { topicLabels } = await whole;
  expect(topicLabels.filter(({ hashtag }) => hashtag).map(({ name }) => name)).toEqual(["水质检测"]);
  const names = topicLabels.flatMap(({ name }) => name ?? []);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, loose } of topicLabels) expect(name === null).toBe(loose);
  for (const { name, keywords } of topicLabels) {
    expect(["化工厂", "水务公司", "清源水务公司", event.name, ""]).not.toContain(name);
    expect(String(keywords).split("\u0001").filter((term) => ["化工厂", "水务公司", "公司", "化工"].includes(term))).toEqual([]);
  }
});

it("shows examples and quotes that stand in the posts, each with its post", async () => {
  const { topicLabels, viewpointLabels } = await whole;
  const own = new Map(planted.map((one) => [one.id, one.own]));
  for (const { examples } of topicLabels) {
    const ids = String(examples).split("\u0001");
    expect(ids.length).toBe(3);
    expect(new Set(ids.map((id) => own.get(id))).size).toBe(3);
    expect(own.has(ids[0]!)).toBe(true);
  }
  for (const { quotes, kind } of viewpointLabels) {
    const pairs = String(quotes).split("\u0001").map((quote) => quote.split("\u0002") as [string, string]);
    if (kind === "viewpoint") expect(pairs.length).toBe(3);
    for (const [id, sentence] of pairs) {
      expect(own.get(id)).toContain(sentence);
      // The earliest post of all that hold the same text.
      expect(planted.findIndex((one) => one.own === own.get(id))).toBe(planted.findIndex((one) => one.id === id));
    }
  }
});

it("depends on neither the order of rows nor on who is called what", async () => {
  const { topicLabels, viewpointLabels, database } = await whole;
  const next = random(5);
  const shuffled = planted.map((one, i) => ({ one: { ...one, published_ms: Date.UTC(2025, 2, 3) + i * 60_000, author: `other-${[...one.author!].reverse().join("")}` }, at: next() }));
  const again = await related(shuffled.sort((a, b) => a.at - b.at).map(({ one }) => one), config);
  expect(again.topicLabels).toEqual(topicLabels);
  expect(again.viewpointLabels).toEqual(viewpointLabels);
  for (const table of ["text_topics", "text_viewpoints"]) {
    const sql = `SELECT * FROM ${table} ORDER BY ALL`;
    expect(await again.database.rows(sql)).toEqual(await database.rows(sql));
  }
});

it("leaves posts outside the window and texts of nobody out", async () => {
  const late = { own: "窗口之外的话题说的是另一件事情", published_ms: Date.UTC(2025, 5, 1) };
  const { database } = await related([...planted.slice(0, 50), late], { ...config, window: { from: "2025-03-01", to: "2025-04-01" } });
  expect(await database.rows("SELECT count(*) AS n FROM text_topics")).toEqual([{ n: new Set(planted.slice(0, 50).map(({ own }) => own)).size }]);
});

it("accepts an event without posts, with one post, and with hostile ones", async () => {
  const none = await related([]);
  expect([none.topicLabels, none.viewpointLabels, await none.database.rows("SELECT * FROM text_topics")]).toEqual([[], [], []]);
  const one = await related([{ own: "凭什么水费一分不少？" }]);
  expect([one.topicLabels, one.viewpointLabels]).toEqual([[], []]);
  const wild = ["constructor __proto__ '; DROP TABLE posts; --", "#constructor# #__proto__#", "\u0001\u0002凭什么\u0001不公布\u0002检测报告", "<img src=x onerror=alert(1)>必须严查", "[".repeat(2000), "#".repeat(2000)];
  const hostile = await related(Array.from({ length: 300 }, (_, i) => ({ own: `${wild[i % wild.length]!}${i % 40}` })));
  expect(await hostile.database.rows("SELECT count(*) AS n FROM text_topics")).toEqual([{ n: 120 }]);
  for (const { quotes } of hostile.viewpointLabels) for (const quote of quotes === "" ? [] : String(quotes).split("\u0001")) expect(quote.split("\u0002").length).toBe(3);
});
