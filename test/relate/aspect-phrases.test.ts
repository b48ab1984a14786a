import { expect, it } from "vitest";
import { aspectPhrase } from "../../pipeline/relate/aspect-phrases.ts";

it("names a word as most of its sentences go on with it", () => {
  // 良心: 4; 业界良心: 3 of them (0.75); 业界良心啊: 2, but 啊 tells nothing.
  expect(aspectPhrase(["良心"], ["业界良心啊", "真是业界良心啊", "业界良心，服", "还算有良心"])).toBe("业界良心");
  // Two of four would go on with 业界, but two are too few to be a usage.
  expect(aspectPhrase(["良心"], ["业界良心", "业界良心吧", "有良心", "凭良心讲"])).toBe("良心");
});

it("names a word that most deny as they deny it", () => {
  expect(aspectPhrase(["接受"], ["接受不了", "真的接受不了啊", "不能接受", "我能接受"])).toBe("接受不了");
  expect(aspectPhrase(["接受"], ["接受不了", "我能接受", "完全接受", "可以接受"])).toBe("接受");
});

it("adds a second word when the first is not said by most, in the order of the sentences", () => {
  const apart = ["退押金", "押金呢", "物业躲着", "物业在哪", "业委会呢"];
  expect(aspectPhrase(["物业", "押金"], apart)).toBe("物业·押金");
  expect(aspectPhrase(["押金", "物业"], [...apart, "物业退押金"])).toBe("物业·押金");
  expect(aspectPhrase(["押金", "物业"], ["退押金", "押金呢", "押金没退", "物业躲着"])).toBe("押金");
});

it("takes regular-expression signs and missing words for what they are", () => {
  expect(aspectPhrase(["c++"], ["c++难", "c++", "学c++"])).toBe("c++");
  expect(aspectPhrase([], ["随便"])).toBeNull();
  expect(aspectPhrase(["没有"], [])).toBe("没有");
});

it("does not cut a name out of a copied sentence", () => {
  const copied = ["楼上天天半夜拖椅子物业从来不管", "求助：楼上天天半夜拖椅子物业从来不管", "楼上天天半夜拖椅子物业从来不管！在线等"];
  expect(aspectPhrase(["椅子"], copied)).toBe("椅子");
});

it("prints no insult that is usually said with the word", () => {
  expect(aspectPhrase(["恶心"], ["真他妈恶心", "他妈恶心透了", "他妈恶心"])).toBe("恶心");
});

it("does not grow into what may be a person's name", () => {
  expect(aspectPhrase(["处长"], ["赵处长走好", "赵处长来了", "赵处长"])).toBe("处长");
});
