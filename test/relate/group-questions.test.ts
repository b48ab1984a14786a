import { expect, it } from "vitest";
import { askOf, groupQuestions } from "../../pipeline/relate/group-questions.ts";
import type { Opinion } from "../../pipeline/relate/opinions.ts";

const asked = (sentence: string, authors: number, terms: string[], cue: Opinion["cue"] = "question"): Opinion => ({ sentence, cue, polarity: "neutral", whole: false, authors, engagement: 0, terms });
const classes = new Map([["来水", "verb"], ["桶装水", "noun"], ["小区", "noun"], ["领取", "verb"], ["constructor", "noun"], ["请问", "cue"]] as const);
const nothing = (): boolean => false;

it.each([
  ["什么时候来水", "when"],
  ["为什么停水", "why"],
  ["桶装水在哪领", "where"],
  ["谁来负责", "who"],
  ["水费退多少", "amount"],
  ["没水怎么做饭", "how"],
  ["这水能不能喝", "whether"],
  ["到底是什么味道", "what"],
  ["水质合格", null],
])("%s asks %s", (sentence, ask) => {
  expect(askOf(sentence)).toBe(ask);
});

it("groups by what is asked for and about, nouns first, most askers first", () => {
  const opinions = [
    asked("小区什么时候来水", 4, ["小区", "来水"]),
    asked("几时来水啊", 3, ["来水"]),
    asked("请问小区多久能恢复", 5, ["请问", "小区"]),
    asked("桶装水在哪里领取", 6, ["桶装水", "领取"]),
    asked("桶装水为什么涨价", 4, ["桶装水"]),
    asked("小区什么时候来水，太慢了", 90, ["小区", "来水"], "criticism"),
  ];
  // 小区 · when: 4 + 5; of 来水 · when 3 are left, too few; 桶装水 · where: 6; 桶装水 · why: 4, too few.
  expect(groupQuestions(opinions, nothing, classes)).toEqual([
    { ask: "when", aspect: "小区", members: [0, 2] },
    { ask: "where", aspect: "桶装水", members: [3] },
  ]);
  expect(groupQuestions(opinions, (term) => term === "小区", classes).map(({ aspect, members }) => [aspect, members])).toEqual([["桶装水", [3]], ["来水", [0, 1]]]);
});

it("wants two words where the question word tells little", () => {
  const opinions = [asked("桶装水小区有吗？", 5, ["桶装水", "小区"]), asked("小区能领桶装水吗？", 5, ["小区", "桶装水"]), asked("桶装水贵吗？", 9, ["桶装水"])];
  expect(groupQuestions(opinions, nothing, classes)).toEqual([{ ask: "whether", aspect: "小区·桶装水", members: [0, 1] }]);
});

it("accepts no questions and hostile words", () => {
  expect(groupQuestions([], nothing, classes)).toEqual([]);
  expect(groupQuestions([asked("constructor在哪", 5, ["constructor", "__proto__"])], nothing, classes)).toEqual([{ ask: "where", aspect: "constructor", members: [0] }]);
});
