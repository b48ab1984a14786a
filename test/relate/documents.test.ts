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
  expect(await makeFeatures(database)).toEqual([{ term: "钢琴", tag: false }, { term: "水质", tag: true }]);
  const { offsets, features, vocabulary } = await readDocuments(database, 1, 14, 2);
  expect(vocabulary).toBe(2);
  const texts = await readTexts(database, Array.from({ length: 13 }, (_, d) => d + 1));
  for (let d = 0; d < 13; d++) {
    const text = texts.get(d + 1)!;
    expect([...features.subarray(offsets[d]!, offsets[d + 1]!)], text).toEqual(text.includes("钢琴") ? [0] : text.includes("#水质#") ? [1] : []);
  }
});
