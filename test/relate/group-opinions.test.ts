import { expect, it } from "vitest";
import { groupOpinions, type OpinionGroup } from "../../pipeline/relate/group-opinions.ts";
import type { Opinion } from "../../pipeline/relate/opinions.ts";
import { wordClasses } from "../../pipeline/relate/word-classes.ts";
import { classesOf, measure } from "./grouping-accuracy.ts";
import { canteen } from "./planted-canteen.ts";
import { random, say, viewpoints } from "./planted-opinions.ts";

const nothing = (): boolean => false;

it.each([1, 2, 3])("recovers planted viewpoints, their shares and their lead quotes (seed %i)", (seed) => {
  const { rand, error, leads, alike } = measure(say(3000, seed), viewpoints);
  expect(rand).toBeGreaterThan(0.6);
  expect(error).toBeLessThan(0.03);
  expect(leads.filter(({ right }) => right).length / leads.length).toBeGreaterThanOrEqual(0.9);
  expect(alike).toBeLessThanOrEqual(0.5);
});

it("holds on an event of less even wording", () => {
  const { rand, error } = measure(say(3000, 1, canteen), canteen.viewpoints);
  expect(rand).toBeGreaterThan(0.5);
  expect(error).toBeLessThan(0.03);
});

/** Sentences for and against one thing, and 200 about another so that they are no majority. No two are near-duplicates. */
function sides(positive: number, negative: number): Opinion[] {
  const one = (sentence: string, terms: string[], polarity: Opinion["polarity"], cue: Opinion["cue"]): Opinion => ({ sentence, cue, polarity, whole: false, authors: 1, engagement: 0, terms });
  const next = random(9);
  const letters = [..."天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"];
  const name = (): string => Array.from({ length: 6 }, () => letters[Math.floor(next() * letters.length)]!).join("");
  return [
    ...Array.from({ length: positive }, () => one(`${name()}师傅${name()}抢修管道`, ["师傅", "抢修", "管道"], "positive", "support")),
    ...Array.from({ length: negative }, () => one(`抢修${name()}管道师傅${name()}`, ["师傅", "抢修", "管道"], "negative", "criticism")),
    ...Array.from({ length: 200 }, () => one(`${name()}检测报告${name()}数据`, ["检测", "报告", "数据"], "neutral", "question")),
  ];
}
const about = (groups: readonly OpinionGroup[], opinions: readonly Opinion[]) => groups.filter(({ members }) => opinions[members[0]!]!.terms.includes("抢修"));

it("divides a group when supporters and critics both have weight, not when one side is rare", () => {
  const even = sides(40, 40);
  const both = about(groupOpinions(even, nothing, classesOf(even)).groups, even);
  expect(both.map(({ polarity, cue, members }) => [polarity, cue, members.length]).sort()).toEqual([["negative", "criticism", 40], ["positive", "support", 40]]);
  const uneven = sides(70, 10);
  const one = about(groupOpinions(uneven, nothing, classesOf(uneven)).groups, uneven);
  expect(one.map(({ polarity, cue, members }) => [polarity, cue, members.length])).toEqual([["positive", "support", 80]]);
});

it("sets slogans apart: short, said word for word by twenty, about nothing in particular", () => {
  const said = (sentence: string, authors: number, terms: string[], whole = false): Opinion => ({ sentence, cue: "support", polarity: "positive", whole, authors, engagement: 0, terms });
  const opinions = [
    ...sides(40, 40),
    said("一定会好起来的！", 15, ["好起来"]),
    said("一定会好起来的", 6, ["好起来"]),
    said("河东加油", 30, ["河东", "加油"], true),
    said("感谢抢修师傅", 30, ["感谢", "抢修", "师傅"]),
    said("都会过去", 19, []),
    said("早日恢复供水一定会好起来的吧", 40, ["早日", "恢复", "好起来"]),
  ];
  const classes = new Map([...classesOf(opinions), ["好起来", "verb"] as const, ["河东", "place"] as const, ["师傅", "noun"] as const]);
  const { groups } = groupOpinions(opinions, nothing, classes);
  const slogans = groups.filter(({ kind }) => kind === "slogan");
  expect(slogans.map(({ members, aspect }) => [members.map((i) => opinions[i]!.sentence), aspect])).toEqual([[["一定会好起来的！", "一定会好起来的"], null], [["河东加油"], null]]);
  expect(groups.flatMap(({ members }) => members).filter((i) => opinions[i]!.whole).length).toBe(1);
});

it("takes what a group is about from its nouns, places and verbs, never from query words or cue words; a group without any is none", () => {
  const opinions = sides(60, 0);
  const classes = new Map([["抢修", "verb"], ["师傅", "cue"], ["管道", "other"]] as const);
  // Every sentence says 抢修管道.
  expect(about(groupOpinions(opinions, nothing, classes).groups, opinions)[0]!.aspect).toBe("抢修管道");
  expect(about(groupOpinions(opinions, (term) => term === "抢修", classes).groups, opinions)).toEqual([]);
});

it("makes a much copied sentence that shares no words with others a viewpoint of its own", () => {
  const copied = (sentence: string, authors: number): Opinion => ({ sentence, cue: "help", polarity: "negative", whole: false, authors, engagement: 0, terms: ["退还", "装修押金"] });
  const opinions = [...sides(40, 0), copied("请物业今天就把装修押金退还给全体业主", 15), copied("请物业今天就把装修押金退还给全体业主！！", 5), copied("楼上钢琴声从早响到晚有没有人能管", 19)];
  const { groups } = groupOpinions(opinions, nothing, new Map([["装修押金", "noun"], ["退还", "verb"]] as const));
  expect(groups.filter(({ cue }) => cue === "help")).toEqual([{ kind: "viewpoint", cue: "help", polarity: "negative", aspect: "装修押金", members: [240, 241] }]);
});

it("accepts no opinions", () => {
  expect(groupOpinions([], nothing, new Map()).groups).toEqual([]);
});

it("knows word classes from the dictionary and the cue list", () => {
  expect([...wordClasses(["水质", "武汉", "公布", "非常", "建议", "青溪岭水厂", "constructor"])]).toEqual([["水质", "noun"], ["武汉", "place"], ["公布", "verb"], ["非常", "other"], ["建议", "cue"], ["青溪岭水厂", "noun"], ["constructor", "noun"]]);
});
