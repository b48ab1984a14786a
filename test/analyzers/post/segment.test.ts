import { expect, it } from "vitest";
import { jiebaSegmenter, usableWord } from "../../../analyzers/post/segment.ts";

const segmenter = jiebaSegmenter(["云杉出行", "鹿鸣里", "🍉条", "a b", "Ｘ９计划"]);

it("keeps user words whole, also full-width ones", () => {
  expect(segmenter.cut("在云杉出行和鹿鸣里的X9计划")).toEqual(["在", "云杉出行", "和", "鹿鸣里", "的", "X9计划"]);
});
it.each([["云杉出行", true], ["Ｘ９计划", true], ["🍉条", false], ["a b", false], ["甲", false], ["[怒]", false], ["x".repeat(31), false]])("usableWord(%s) is %s", (word, usable) => {
  expect(usableWord(word)).toBe(usable);
});
it("cuts known sentences, its mistakes included", () => {
  expect(segmenter.cut("他说凭什么呢")).toEqual(["他", "说", "凭", "什么", "呢"]);
  expect(segmenter.cut("不是很喜欢")).toEqual(["不是", "很", "喜欢"]);
});
it.each(["你好\n\n  a\t\u0000b", "\ue000\ue000太过分\ue001x\ue002", "😡👨‍👩‍👧", "don't 3.5% C++", ""])("gives the text back when joined: %j", (text) => {
  expect(segmenter.cut(text).join("")).toBe(text);
});
