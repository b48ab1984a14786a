import { expect, it } from "vitest";
import { severity as analyzer } from "../../analyzers/event/severity.ts";
import { severity as section } from "../../reports/case-study/severity.ts";
import { eventSchema } from "../../pipeline/config.ts";

const textOf = (parts: ReturnType<typeof section.tell>[number]) => parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
const tables = {
  volume: [{ slot: null, posts: 1200, engagement: 5 }],
  author_sizes: [{ posts: 1, authors: 800 }],
  reach: [{ id: "weibo:1", reposts: 650 }],
  type_authors: [{ author_type: null, authors: 800 }],
  region_authors: [{ region: "江苏", authors: 40 }, { region: "浙江", authors: 20 }, { region: "上海", authors: 19 }],
  terms: [{ field: "media", term: "死亡", docs: 2 }, { field: "public", term: "死亡", docs: 50 }],
};
const analyze = (event = {}, options = {}) => analyzer.analyze(tables, analyzer.options.parse(options), { event: eventSchema.parse(event), utcOffsetMs: 8 * 3_600_000, findings: new Map() });

it("gives the grade with every satisfied condition, and lists all with what was measured", () => {
  const finding = analyze();
  expect(finding.data.level).toBe(1);
  expect(section.tell(finding, "zh").map(textOf)).toEqual(["按规则表“本系统口径”为“较大”（黄色），依据：帖文 1,200条（≥ 1,000条），单条最高转发 650（≥ 500）。"]);
  const what = (zh: string) => finding.data.conditions.filter((one) => one.what.zh === zh);
  expect(what("有 20 个以上账号的省份")[0]).toMatchObject({ value: 2, least: 5, satisfied: false });
  expect(what("媒体账号")[0]).toMatchObject({ value: null, satisfied: false });
  expect(what("含“死亡”的媒体文本")[0]).toMatchObject({ value: 2, satisfied: false });
  expect(section.extra!(finding, "zh")!.text).toContain("数据不足");
});

it("keeps both when a person sets another level", () => {
  const finding = analyze({ severity: { level: "major", reason: "涉及未成年人" } });
  expect(finding.data).toMatchObject({ measured: 1, level: 2, reason: "涉及未成年人" });
  expect(section.tell(finding, "zh").map(textOf)[0]).toBe("人工定为“重大”（橙色），理由：涉及未成年人。");
});

it("says so when that level does not exist", () => {
  expect(analyze({ severity: { level: "grave", reason: "x" } })).toMatchObject({ status: "unavailable", reason: { zh: "事件文件 severity.level 的“grave”不在规则表中（general, larger, major, severe）；按规则表应为“较大”" } });
});

it("takes the department's table, or one of the user's", () => {
  expect(analyze({}, { grades: "department" }).data).toMatchObject({ table: "部门预案口径（一般／重大）", level: 1 });
  const own = { name: "本单位", levels: [{ key: "low", zh: "低", en: "low", colour: "blue", default: true }, { key: "high", zh: "高", en: "high", colour: "red", any: [{ measure: "posts", least: 5000 }] }] };
  expect(section.tell(analyze({}, { grades: own }), "zh").map(textOf)).toEqual(["按规则表“本单位”，没有一项条件满足，为“低”（蓝色）。"]);
});
