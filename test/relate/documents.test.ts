import { afterAll, expect, it } from "vitest";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import { makeFeatures, readDocuments } from "../../pipeline/relate/documents.ts";
import { makeWordedTexts, readTexts } from "../../pipeline/relate/texts.ts";
import { filled } from "./event.ts";

let database: Database | null = null;
afterAll(() => database?.close());

it("takes terms and hashtags of 3 texts and more, without stuffed hashtags and what everyone says", async () => {
  // 13 texts, so a feature may stand in 3 at most (30 % of 13 is 3.9): 钢琴 and #水质# do; 停水 is in 4; #甲甲# to #丁丁# are in 3 texts with four hashtags each.
  const own = [..."子丑寅"].map((x) => `${x}钢琴`).concat([..."卯辰巳午"].map((x) => `${x}停水`), ["#水质#一", "#水质#二", "#水质#三"]);
  const stuffed = ["#甲甲##乙乙##丙丙##丁丁#", "#甲甲##乙乙##丙丙##丁丁#一", "#甲甲##乙乙##丙丙##丁丁#二"];
  database = await filled([...own, ...stuffed].map((text) => ({ own: text })));
  await makeWordedTexts(database);
  expect(await makeFeatures(database, () => false)).toEqual([{ term: "钢琴", tag: false }, { term: "水质", tag: true }]);
  const { offsets, features, vocabulary } = await readDocuments(database, 1, 14, Uint8Array.of(2, 4));
  expect(vocabulary).toBe(2);
  const texts = await readTexts(database, Array.from({ length: 13 }, (_, d) => d + 1));
  for (let d = 0; d < 13; d++) {
    const text = texts.get(d + 1)!;
    expect([...features.subarray(offsets[d]!, offsets[d + 1]!)], text).toEqual(text.includes("钢琴") ? [0] : text.includes("#水质#") ? [1] : []);
  }
});

it("gives a text the known terms of its hashtags, and leaves out what the posts were collected by", async () => {
  // 钢琴 and 学校 are in 3 of 11 texts; the hashtag is in one text only, so it is no feature, but its words are; 停水 was searched for.
  const own = ["甲钢琴，学校", "乙钢琴，学校", "丙钢琴，学校", "停水一", "停水二", "停水三", "#学校停水钢琴课#丁", "戊", "己", "庚", "辛"];
  const other = await filled(own.map((text) => ({ own: text })));
  await makeWordedTexts(other);
  expect(await makeFeatures(other, (term) => term === "停水")).toEqual([{ term: "学校", tag: false }, { term: "钢琴", tag: false }]);
  const { offsets, features } = await readDocuments(other, 1, 12, Uint8Array.of(2, 2));
  const texts = await readTexts(other, Array.from({ length: 11 }, (_, d) => d + 1));
  other.close();
  for (let d = 0; d < 11; d++) expect([...features.subarray(offsets[d]!, offsets[d + 1]!)], texts.get(d + 1)!).toEqual(texts.get(d + 1)!.includes("钢琴") ? [0, 1] : []);
});
