import { afterAll, expect, it } from "vitest";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import { summarize } from "../../pipeline/rollup/rollup.ts";
import type { Post, ScoredText } from "../../pipeline/schema.ts";
import { fill, post } from "../fixture.ts";

/** The rollups behind hot words, counted by hand. */

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));
const key = (i: number): string => i.toString(16).padStart(16, "0");
const text = (i: number, given: Partial<ScoredText>): ScoredText => ({ text_key: key(i), terms: [], tags: [], emoticons: [], mentions: [], polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned: [], opinions: [], targets: [], triage: [], err: null, ...given });
const noon = Date.UTC(2025, 2, 3, 4);
async function tablesOf(posts: readonly Post[], texts: readonly ScoredText[]) {
  const filled = await fill(posts, texts);
  open.push(filled.database);
  return filled;
}

it("counts an author three times a term and day, however many different texts it posts", async () => {
  const texts = Array.from({ length: 50 }, (_, i) => text(i, { terms: ["刷屏", `第${i}`] }));
  const posts = [...texts.map((_, i) => post(i + 1, { author: "spammer", platform: "weibo", own: "x", text_key: key(i), published_ms: noon + i * 60_000 })), post(51, { author: "other", platform: "weibo", own: "x", text_key: key(0), published_ms: noon })];
  const { tables } = await tablesOf(posts, texts);
  const docs = (term: string) => tables.get("terms")!.find((row) => row.term === term)?.docs;
  expect(docs("刷屏")).toBe(4);
  expect(docs("第0")).toBe(2);
  expect(tables.get("term_totals")!.find(({ dimension }) => dimension === "field")).toMatchObject({ texts: 51, docs: 4 + 51 });
});

it("counts near-duplicates of a day as one wording, and hours where they are known", async () => {
  // Texts 1 and 2 are numbers 2 and 3: one cluster of the fixture. Four authors copy them on one day, a fifth on the next.
  const texts = [text(0, { terms: ["甲乙"] }), text(1, { terms: ["转抄"] }), text(2, { terms: ["转抄"] })];
  const copies = [1, 1, 2, 2].map((i, no) => post(no + 1, { author: `a${no}`, own: "x", text_key: key(i), published_ms: noon + no * 3_600_000 }));
  const { tables } = await tablesOf([...copies, post(5, { author: "a9", own: "x", text_key: key(1), published_ms: noon + 86_400_000 })], texts);
  expect(tables.get("terms")).toEqual([{ field: "public", term: "转抄", docs: 5, wordings_micro: 2_000_000 }]);
  // 2025-03-03 12:00 in +08:00 is local hour 483612.
  expect(tables.get("term_times")).toEqual([]); // never two texts an hour
  expect(tables.get("term_totals")!.filter(({ dimension }) => dimension === "time").map(({ unit, time, texts }) => [unit, time, texts])).toEqual([483612, 483613, 483614, 483615, 483636].map((time) => ["hour", time, 1]));
});

it("gives days where only days are known", async () => {
  const posts = [0, 1, 2].map((i) => post(i + 1, { author: `a${i}`, own: "x", text_key: key(0), published_ms: noon, precision: "day", day: 20_150, slot: null }));
  const { tables } = await tablesOf(posts, [text(0, { terms: ["某词"] })]);
  expect(tables.get("term_times")).toEqual([{ term: "某词", unit: "day", course: "20150:3:999999" }]);
});

it("takes hashtags that differ in case or blanks for one, under the name most texts use, and an author once a day", async () => {
  const texts = [text(0, { tags: ["iPhone 17"] }), text(1, { tags: ["iPhone17"] }), text(2, { tags: ["iPhone17", "IPHONE17"] })];
  const posts = [0, 1, 2].map((i) => post(i + 1, { author: i === 2 ? "b" : "a", own: "x", text_key: key(i), published_ms: noon }));
  const { tables } = await tablesOf(posts, texts);
  expect(tables.get("tags")).toEqual([{ tag: "iPhone17", field: "public", posts: 3, author_days: 2 }]);
});

it("masks mentioned accounts unless they are institutions", async () => {
  const texts = [text(0, { mentions: ["张三丰", "云帆科技", "人民日报"], emoticons: ["[怒]", "[怒]"] })];
  const posts = [post(1, { own: "x", text_key: key(0), author: "a", published_ms: noon }), post(2, { own: "y", author: "b", author_name: "云帆科技", author_type: "enterprise" })];
  const { database, tables } = await tablesOf(posts, texts);
  expect(tables.get("mentions")!.map(({ account, institution, posts }) => [account, institution, posts])).toEqual([["云帆科技", true, 1], ["人民日报", false, 1], ["张***丰", false, 1]]);
  expect((await summarize(database, "internal")).get("mentions")!.map(({ account }) => account)).toEqual(["云帆科技", "人民日报", "张三丰"]);
  expect(tables.get("emoticons")).toEqual([{ emoticon: "[怒]", field: "public", posts: 1, author_days: 1 }]);
});
