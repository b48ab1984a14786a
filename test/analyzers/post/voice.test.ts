import { expect, it } from "vitest";
import { isDemand, isOwnVoice, isQuestion, isRhetorical, isWhole } from "../../../analyzers/post/voice.ts";
import { loadResources, scoreText } from "../../../analyzers/post/index.ts";

it.each([
  ["水厂应该公布检测报告", true],
  ["我认为，水厂说的都是废话", true],
  ["水厂负责人表示，检测结果应当三天内公布", false],
  ["记者从供水公司获悉，管网必须更换", false],
  ["有人说水没问题，太天真了", false],
  ["我听有人说水没问题，太天真了", true],
  ["净水器包邮，大家应该人手一台", false],
  ["青溪新闻网的秒拍视频太感人", false],
  ["如何正确储水？", false],
  ["你觉得水费应该减免吗？", false],
  ["《水为什么是臭的》", false],
  ["《水》里写得真好", true],
  ["水必须一定要干净》", false],
  ["“水合格”三个字谁信", true],
])("%s is the author's own: %s", (sentence, expected) => {
  expect(isOwnVoice(sentence)).toBe(expected);
});

it.each([
  ["什么时候恢复供水", "question"],
  ["桶装水去哪里领？", "question"],
  ["停水要停几天呢", "question"],
  ["这水能喝吗？", "question"],
  ["凭什么不公布", "rhetorical"],
  ["难道要等出了人命？", "rhetorical"],
  ["发通告有什么用？", "rhetorical"],
  ["孩子就没有喝干净水的权利吗？", "rhetorical"],
  ["水已经来了?", "neither"],
  ["看完你就明白为什么要换水管", "neither"],
  ["相信过不了多久就来水", "neither"],
  ["没有人知道水从哪里来", "neither"],
])("%s: %s", (sentence, expected) => {
  expect(isRhetorical(sentence) ? "rhetorical" : isQuestion(sentence) ? "question" : "neither").toBe(expected);
});

it("tells a wish from the noun hope", () => {
  expect(["希望早点来水", "大家都希望换水管", "看到了一丝希望", "充满希望的早晨", "希望破灭，必须追责"].map(isDemand)).toEqual([true, true, false, false, true]);
});

it("closes brackets in any number", () => {
  expect(["（甲）（乙）说得对", "（甲", "甲』", "[怒]太差了"].map(isWhole)).toEqual([true, false, false, true]);
});

it("takes time linear in the length of hostile text", () => {
  for (const part of ["据", "希望", "如何", "？", "《", "没有", "关", "不是", "你觉得", "\n", "@好", "3月"]) expect(typeof isOwnVoice(part.repeat(20_000)) + typeof isQuestion(part.repeat(20_000))).toBe("booleanboolean");
});

it("calls grief no criticism", () => {
  const resources = loadResources([]);
  const cues = (text: string) => (scoreText(text, resources).opinions ?? []).map((line) => line.split("\u0001")[0]);
  expect(cues("凭什么不公布检测报告")).toEqual(["criticism"]);
  expect(cues("心里好难过，泪流满面，逝者安息")).not.toContain("criticism");
});
