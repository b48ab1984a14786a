import { expect, it } from "vitest";
import { nameTopic, spread, tellingWords, type Keyword, type TopicEvidence } from "../../pipeline/relate/topic-names.ts";
import type { WordClass } from "../../pipeline/relate/word-classes.ts";

const word = (term: string, share: number, lift: number): Keyword => ({ term, salience: 10 * share, share, lift });
const classes = new Map<string, WordClass>([["公布", "verb"], ["可怕", "other"], ["支持", "cue"]]);
const evidence = (given: Partial<TopicEvidence>): TopicEvidence => ({
  keywords: [word("检测", 0.5, 4), word("报告", 0.4, 4), word("水质", 0.3, 4), word("居民", 0.2, 4)],
  tags: [],
  texts: [],
  classOf: (term) => classes.get(term) ?? "noun",
  isKnown: () => true,
  ...given,
});
const name = (given: Partial<TopicEvidence>, taken: string[] = []) => nameTopic(evidence(given), new Set(taken));

it("takes a hashtag that a quarter of the posts carry and the others do not", () => {
  expect(name({ tags: [{ tag: "水质检测", share: 0.25, lift: 1.5 }] })).toEqual({ name: "水质检测", hashtag: true });
  expect(name({ tags: [{ tag: "水质检测", share: 0.24, lift: 9 }] }).hashtag).toBe(false);
  expect(name({ tags: [{ tag: "青河镇停水", share: 0.9, lift: 1.1 }] }).hashtag).toBe(false);
  expect(name({ tags: [{ tag: "水质检测", share: 0.5, lift: 3 }] }, ["水质检测"]).hashtag).toBe(false);
  expect(name({ tags: [{ tag: "加群13800001234", share: 0.5, lift: 3 }] }).hashtag).toBe(false);
});

it("else the words that many of its posts hold and few others do: share times ln lift", () => {
  expect(name({})).toEqual({ name: "检测、报告、水质", hashtag: false });
  // 0.5 · ln 1.6 = 0.24 is below 0.2 · ln 4 = 0.28 and above a fifth of the best, 0.4 · ln 4 = 0.55.
  expect(name({ keywords: [word("检测", 0.5, 1.6), word("报告", 0.4, 4), word("水质", 0.3, 4), word("居民", 0.2, 4)] }).name).toBe("报告、水质、居民");
  expect(name({ keywords: [word("检测", 0.5, 1.4), word("报告", 0.4, 4), word("水质", 0.05, 4)] }).name).toBe("报告");
});

it("a verb tells less than a noun, a cue less than a verb, and other words least", () => {
  // 0.5 · 0.6, 0.25, 0.5 · 0.4, 0.6 · 0.3.
  expect(name({ keywords: [word("支持", 0.5, 4), word("可怕", 0.6, 4), word("水质", 0.25, 4), word("公布", 0.5, 4)] }).name).toBe("公布、水质、支持");
  // Most of its posts hold it, and no other word says as much.
  expect(name({ keywords: [word("可怕", 0.9, 4), word("水质", 0.05, 4)] }).name).toBe("可怕");
});

it("joins words that mostly stand side by side, and takes none that is part of another", () => {
  expect(name({ texts: ["检测报告呢", "看检测报告", "水质不好", "水质", "没有报告"] }).name).toBe("检测报告、水质");
  // The pair is in one of four texts that hold the rarer word.
  expect(name({ texts: ["检测报告", "检测，报告", "报告，检测", "报告和检测"] }).name).toBe("检测、报告、水质");
  expect(name({ texts: ["水质检测报告", "水质检测报告"] }).name).toBe("水质检测报告");
  expect(name({ keywords: [word("检测报告", 0.5, 4), word("报告", 0.4, 4), word("水质", 0.3, 4)] }).name).toBe("检测报告、水质");
});

it("takes one word more when the name is taken", () => {
  expect(name({}, ["检测、报告、水质"]).name).toBe("检测、报告、水质、居民");
});

it("leaves out insults, words of the platform, and unknown words that may be a person or a piece of a sentence", () => {
  const keywords = ["废物", "视频", "周某", "张小明", "小王", "敬哥", "别以为", "坐在那张", "内网"].map((term) => word(term, 0.5, 4));
  expect(name({ keywords, isKnown: (term) => ["废物", "视频"].includes(term) }).name).toBe("内网");
  expect(name({ keywords: [word("周末", 0.5, 4)] }).name).toBe("周末");
});

it("falls back on the keywords when none of them may name it, and is null without any", () => {
  expect(name({ keywords: [word("检测", 0.5, 1.4), word("报告", 0.2, 1)] }).name).toBe("检测、报告");
  expect(name({ keywords: [] })).toEqual({ name: null, hashtag: false });
});

it("tells the most telling words by share times ln lift alone, and none that is part of another", () => {
  expect(tellingWords([word("可怕", 0.5, 4), word("检测", 0.9, 1), word("报告", 0.4, 4), word("检测报告", 0.6, 4), word("居民", 0.2, 4)], 3)).toEqual(["检测报告", "可怕", "居民"]);
  expect(spread(["停水", "停水通知", "水", "居民", "街道"], 2)).toEqual(["停水", "居民"]);
});
