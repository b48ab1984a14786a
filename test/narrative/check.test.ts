import { expect, it } from "vitest";
import { about, points, wholes } from "../../reports/format.ts";
import { checkPage, checkText, type Problem } from "../../reports/narrative/check.ts";
import { causeIn, claimIn, clearlyMore, holds } from "../../reports/narrative/gates.ts";
import { agrees, amountsIn, numbersIn } from "../../reports/narrative/numbers.ts";
import { teller } from "../../reports/narrative/say.ts";
import { verified } from "../../reports/narrative/verify.ts";
import type { Section, Sentence } from "../../reports/contract.ts";
import type { Figure } from "../../analyzers/contract.ts";
import { lenses } from "../../analyzers/event/lenses.ts";
import { lenses as lensSection } from "../../reports/case-study/lenses.ts";
import { event } from "../fixture.ts";
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

const figure = (unit: Figure["unit"], value: number, more: Partial<Figure> = {}): Figure => ({ key: "k", label: { zh: "", en: "" }, value, unit, of: null, interval: null, filter: null, estimate: false, ...more });

it("is not fooled by words, scales and scripts in which a number may be written", () => {
  const tells = (value: Figure, ...texts: string[]) => texts.map((text) => agrees(value, text, "zh", 0));
  const share = figure("share", 0.286, { of: 500 });
  expect(tells(share, "近三成", "28.6%", "２８.６％")).toEqual([true, true, true]);
  // another tenth, the wrong side, the right number beside a wrong word, full-width digits that differ, points, per mille, no unit
  expect(tells(share, "近六成", "逾三成", "28.6%，近六成", "28.6%（６０%）", "28.6 个百分点", "286‰", "28.6", "三成多", "约三分之一")).toEqual(Array(9).fill(false));
  expect(tells(figure("posts", 12_345), "1.23万条", "1.2万条", "12,345条", "１.２３万条")).toEqual([true, true, true, true]);
  expect(tells(figure("posts", 12_345), "1.3万条", "1.23亿条", "1.23条", "一万两千条", "123万条")).toEqual(Array(5).fill(false));
  expect(tells(figure("points", 0.24, { interval: [0.2, 0.28] }), "24 个百分点", "24%")).toEqual([true, false]);
  expect(numbersIn("共１２条，③ 种").map(({ value }) => value)).toEqual([12, 3]);
  expect(["占三成", "过百分之三十", "三分之二", "两倍", "翻番", "٣条", "3‰", "twice as many", "a third of", "thirty percent"].map((text) => amountsIn(text).length)).toEqual(Array(10).fill(1));
  expect(["一小时内", "两者的区间不重叠", "百万粉以上", "发帖最多的十个账号", "成为首发", "half of the posts"].flatMap(amountsIn)).toEqual([]);
  expect(reasons(["微博占近七成。"])).toEqual(["“近七成”没有事实"]);
  expect(reasons(["共７７７条。"])).toEqual(["“777”没有事实"]);
});

it("gives no share of fewer than 20 rows, and takes no title that is not what its parts tell", () => {
  const report = sampleReport();
  const finding = report.findings.find(({ id }) => id === "platforms")!;
  if (finding.status === "error") throw new Error();
  finding.figures = finding.figures.map((one) => (one.key === "platform.share.weibo" ? { ...one, of: 19 } : one));
  const part = { fact: "platform.share.weibo", text: "63.2%" };
  expect(checkText(report, [saying(["微博占 ", part, "。"])], "zh").map(({ reason }) => reason.zh)).toEqual(["事实 platform.share.weibo 的分母只有 19，不给占比"]);
  const chart = { id: "c", title: "微博占 70.0%", told: ["微博占 ", part], note: "", body: { kind: "vega-lite", spec: {} }, table: { columns: [], rows: [] } };
  const drawn = { ...saying(), charts: () => [chart] } as unknown as Section;
  expect(checkText(sampleReport(), [drawn], "zh").map(({ reason }) => reason.zh)).toEqual(["标题不是所述的各部分"]);
});

it("lets no gate open a word of cause, nor a difference that has turned its sign", () => {
  for (const text of ["通报导致声量回落", "该视频引发讨论"]) expect(causeIn(text, "zh")).not.toBeNull();
  expect(causeIn("此处只述先后，不推断因果；“引发”一词", "zh")).toBeNull();
  expect(causeIn("The statement led to fewer posts", "en")).toBe("led to");
  for (const text of ["声量激增", "大幅回落", "遥遥在前", "远超媒体"]) expect(claimIn(text, "zh")).not.toBeNull();
  const turned = { figures: [figure("points", -0.24, { key: "gap", interval: [-0.28, -0.2] })], data: null } as never;
  expect([1, -1].map((sign) => holds({ kind: "apart", key: "gap", sign: sign as 1 | -1 }, turned, new Map()))).toEqual([false, true]);
});

it("finds a percentage of the page that was changed by hand, also inside another element", () => {
  const report = sampleReport();
  const { no } = report.facts.find(({ key }) => key === "platform.share.weibo")!;
  const link = (shown: string) => `<p>微博占 <a class="fact" href="#事实-${no}" data-no="${no}">${shown}</a>。</p>`;
  expect(checkPage(report, link("63.2%"), "zh")).toEqual([]);
  expect(["63.9%", "<b>63.9%</b>", "６３.９％", "近九成", "6.32%"].map((shown) => checkPage(report, link(shown), "zh").length)).toEqual([1, 1, 1, 1, 1]);
  expect(checkPage(report, '<a data-no="99999">1</a>', "zh")).toHaveLength(1);
});

it("warns of another lens only when the first place really changes", () => {
  const row = (platform: string, posts: number, originals: number) => ({ day: 20_150, slot: 20_150 * 144, platform, field: "public", posts, originals, author_days: posts, engagement: 0 });
  const found = (...volume: ReturnType<typeof row>[]) => lenses.analyze({ volume, sentiment: [], regions: [], audience: [] }, lenses.options.parse({}), { event, utcOffsetMs: 0, findings: new Map() });
  const told = (finding: ReturnType<typeof found>) => lensSection.tell(finding as never, "zh").map((parts) => parts.join(""));
  // Weibo is first of all posts; of originals both have 3. Equal is not another.
  expect(told(found(row("weibo", 9, 3), row("bilibili", 5, 3)))).toEqual(["最多的一天、最多的平台在各口径下相同。"]);
  expect(told(found(row("weibo", 9, 3), row("bilibili", 5, 4)))[0]).toContain("最多的平台会变");
});
