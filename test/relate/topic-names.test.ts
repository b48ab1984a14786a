import { expect, it } from "vitest";
import { nameTopic, phrasesOf, type TopicEvidence } from "../../pipeline/relate/topic-names.ts";

type Given = Partial<Omit<TopicEvidence, "phrases">> & { texts?: string[]; others?: string[] };
const evidence = ({ texts = [], others = [], ...given }: Given): TopicEvidence => ({
  keywords: [{ term: "检测", salience: 9 }, { term: "报告", salience: 8 }, { term: "公布", salience: 5 }, { term: "水质", salience: 4 }],
  tags: [],
  phrases: phrasesOf([texts, others])[0]!,
  ...given,
});
const name = (given: Given, taken: string[] = []) => nameTopic(evidence(given), new Set(taken));

it("takes a hashtag that a quarter of the posts carry and the others do not", () => {
  const texts = ["检测报告何时公布"];
  expect(name({ tags: [{ tag: "水质检测", share: 0.25, lift: 1.5 }], texts })).toEqual({ name: "水质检测", hashtag: true });
  expect(name({ tags: [{ tag: "水质检测", share: 0.24, lift: 9 }], texts }).hashtag).toBe(false);
  expect(name({ tags: [{ tag: "青河镇停水", share: 0.9, lift: 1.1 }], texts }).hashtag).toBe(false);
  expect(name({ tags: [{ tag: "水质检测", share: 0.5, lift: 3 }], texts }, ["水质检测"]).hashtag).toBe(false);
  expect(name({ tags: [{ tag: "加群13800001234", share: 0.5, lift: 3 }], texts }).hashtag).toBe(false);
});

it("else a phrase of its texts: the one with most salient words for its length, more texts counting more", () => {
  const texts = ["大家早上好，检测报告何时公布？", "检测报告何时公布！", "水质到底如何公布一下呀。", "检测报告"];
  expect(name({ texts })).toEqual({ name: "检测报告何时公布", hashtag: false });
  expect(name({ texts }, ["检测报告何时公布"]).name).toBe("检测、报告、公布");
  expect(name({ texts: ["水质公布怎么说", "检测报告怎么说"] }).name).toBe("检测报告怎么说");
});

it("prefers a phrase of its own to one that other topics have too, and drops phrases that only join on to others", () => {
  // 检测报告 with 何时公布 has salience 22 in 8 characters; half of the texts that hold it are of another topic. 水质检测 with 报告 has 21 in 7.
  const texts = ["检测报告何时公布", "水质检测报告呢"];
  expect(name({ texts }).name).toBe("水质检测报告呢");
  expect(name({ texts: ["检测报告何时公布", "检测报告何时公布！", "水质检测报告呢"] }).name).toBe("检测报告何时公布");
  expect(name({ texts: ["检测报告何时公布", "检测报告何时公布！", "水质检测报告呢"], others: ["检测报告何时公布", "检测报告何时公布？"] }).name).toBe("水质检测报告呢");
  expect(name({ texts: ["检测报告公布的时候", "检测报告公布的", "也公布检测报告"] }).name).toBe("检测、报告、公布");
});

it("never with @names, addresses, long numbers, words of the platform or insults", () => {
  const texts = ["@检测报告公布处", "www.检测报告公布.cn", "检测报告公布123456", "检测报告公布的微博视频", "检测报告公布废物", "[检测报告公布]"];
  expect(name({ texts }).name).toBe("检测、报告、公布");
});

it("is null without words, hashtags and phrases", () => {
  expect(name({ keywords: [], texts: ["检测报告何时公布"] })).toEqual({ name: null, hashtag: false });
});

it("reads hostile texts in linear time", () => {
  expect(name({ texts: ["[".repeat(100_000), ".".repeat(100_000), "http://".repeat(20_000), "检".repeat(100_000)] }).name).toBe("检测、报告、公布");
});
