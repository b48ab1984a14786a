import { expect, it } from "vitest";
import { about, points, wholes } from "../../reports/format.ts";
import { checkText, type Problem } from "../../reports/narrative/check.ts";
import { claimIn, clearlyMore } from "../../reports/narrative/gates.ts";
import { teller } from "../../reports/narrative/say.ts";
import { verified } from "../../reports/narrative/verify.ts";
import type { Section, Sentence } from "../../reports/contract.ts";
import { sampleReport } from "../html/fixture.ts";

const saying = (...told: Sentence[]): Section => ({ id: "platforms", heading: { zh: "平台", en: "Platforms" }, tell: () => told, charts: () => [] });
const reasons = (...told: Sentence[]): string[] => checkText(sampleReport(), [saying(...told)], "zh").map(({ reason }) => reason.zh);

it("accepts numbers that round to their fact and refuses those that do not, have none, or claim without a gate", () => {
  expect(reasons(["微博占 ", { fact: "platform.share.weibo", text: "63.2%" }, "。"])).toEqual([]);
  expect(reasons(["微博占 ", { fact: "platform.share.weibo", text: "63.3%" }, "。"])).toHaveLength(1);
  expect(reasons(["微博占 ", { fact: "platform.share.nowhere", text: "1%" }, "。"])).toHaveLength(1);
  expect(reasons(["共 777 条。"])).toEqual(["“777”没有事实"]);
  expect(reasons(["2019年1月1日发布。"])).toEqual(["“2019年1月1日”没有事实"]);
  expect(reasons(["微博居首。"])).toEqual(["“居首”没有门槛"]);
});

it("looks at the gate again: a first place must be first", () => {
  const finding = sampleReport().findings.find(({ id }) => id === "platforms")!;
  const { say, fact } = teller(finding as never, "zh");
  const first = (name: string) => say`${name}居首，占 ${fact(`platform.share.${name}`, undefined, { kind: "first", key: `platform.share.${name}`, among: "platform.share." })}。`;
  expect(reasons(first("weibo"))).toEqual([]);
  expect(reasons(first("douyin"))).toEqual(["门槛未过：first"]);
});

it("withholds what is not backed and reports it once", () => {
  const problems: Problem[] = [];
  const [section] = verified(sampleReport(), [saying(["共 777 条。"], ["没有数字。"])], (problem) => problems.push(problem));
  for (let i = 0; i < 2; i++) expect(section!.tell({} as never, "zh").map((parts) => parts.join(""))).toEqual([expect.stringContaining("已略去"), "没有数字。"]);
  expect(problems).toHaveLength(1);
});

it("knows claim words from counts, denials and quotes", () => {
  for (const text of ["媒体比民间高", "显著增加", "偏多的有北京", "居首位"]) expect(claimIn(text, "zh")).not.toBeNull();
  for (const text of ["帖文最多的一天", "未达显著", "并列首位", "样本偏少", "“显著提高”一词", "可比的整点太少"]) expect(claimIn(text, "zh")).toBeNull();
  expect([clearlyMore(12, 0), clearlyMore(40, 15), clearlyMore(30, 20)]).toEqual([false, true, false]); // n < 20; 25/√55 = 3.4; 10/√50 = 1.4
});

it("rounds shares of a whole to 100.0, tells points as points, and words a share by its side", () => {
  expect(wholes([1 / 3, 1 / 3, 1 / 3], "zh")).toEqual(["33.4%", "33.3%", "33.3%"]);
  expect(wholes([0.5, 0.2], "zh")).toEqual(["50.0%", "20.0%"]);
  expect([points(-0.12345, "zh"), points(0.12345, "zh", [0.1, 0.15])]).toEqual(["12.3 个百分点", "12 个百分点"]);
  expect([0.286, 0.3, 0.315, 0.25, 0.92, 0.001].map((value) => about(value, "zh"))).toEqual(["近三成", "约三成", "逾三成", null, "逾九成", null]);
});
