import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { expect, it } from "vitest";
import { regions as analyzer } from "../../analyzers/event/regions.ts";
import { population } from "../../analyzers/population.ts";
import type { Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { dataPath } from "../../pipeline/paths.ts";
import { regions } from "../../reports/case-study/regions.ts";
import { draw } from "../../reports/charts/draw.ts";

const text = (sentences: ReturnType<typeof regions.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const located = (source: string, region: string | null, posts: number) => ({ day: 20_150, source, region, posts, author_days: posts });
const find = (rows: Table, region?: string) => {
  const posts = Math.max(100, rows.reduce((sum, row) => sum + (row.source === "ip" ? (row.posts as number) : 0), 0));
  return analyzer.analyze({ regions: rows, coverage: [{ posts, worded: 80 }], author_sizes: [{ posts: 1, authors: posts }], region_clusters: [] }, analyzer.options.parse({}), { event: eventSchema.parse({ region }), utcOffsetMs: 28_800_000, findings: new Map() });
};

it("tells the first places, what lies abroad, and mentions apart", () => {
  const finding = find([located("ip", "湖北", 45), located("ip", "广东", 25), located("ip", "北京", 20), located("ip", "海南", 6), located("ip", "海外", 4), located("mentioned", "湖北", 40), located("mentioned", "广东", 8)], "海南省");
  const told = text(regions.tell(finding, "zh"));
  expect(told[0]).toBe("发布地（IP 属地）已知的 100条帖文中，湖北（45.0%）最多，其次为广东（25.0%）、北京（20.0%）；另有海外（4.0%）。");
  expect(told[1]).toBe("事发地海南占 6.0%。");
  expect(told.at(-1)).toBe("有文字的 80条帖文中，提到较多的省份为湖北（50.0%）、广东（10.0%）；提到的地方不等于发布地，两者不相加。");
  expect(regions.charts(finding, "zh").map(({ title }) => title)).toEqual(["湖北最多，45.0%", "帖文较多的是湖北、广东、北京", "正文提到最多的是湖北，50.0%"]);
});

it("gives counts below 20 posts, shares a tied first place, and says which region it speaks of", () => {
  const finding = find([located("profile", "湖北", 5), located("profile", "广东", 5), located("profile", "其他", 1)]);
  expect(text(regions.tell(finding, "zh"))).toEqual(["IP 属地未知或不足以立论，以下发布地按账号资料所填地区。", "账号资料地区已知的 11条帖文中，广东（5条）、湖北（5条）并列首位；另有其他（1条）。"]);
  expect(regions.charts(finding, "zh").map(({ title }) => title)).toEqual(["广东等地并列首位，各 5条", "帖文较多的是广东、湖北"]);
  expect(text(regions.tell(find([located("ip", "海外", 3)]), "zh"))).toEqual(["发布地（IP 属地）已知的 3条帖文均不在各省份：海外（3条）。"]);
  expect(regions.charts(find([located("ip", "海外", 3)]), "zh")).toEqual([]);
  expect(text(regions.tell(find([located("mentioned", "湖北", 9)]), "zh"))[0]).toBe("数据没有发布地，以下只列正文提到的省份。");
  expect(regions.tell(find([]), "zh")).toEqual([]);
});

/** Every province as its residents let expect, 湖北 three times, 河南 a third. */
const tested = find([...population().residents].map(([region, people]) => located("ip", region, Math.round((people / 1_409_778_724) * 20_000 * (region === "湖北" ? 3 : region === "河南" ? 1 / 3 : 1)))));

it("speaks of more or less than expected only where the test allows it", () => {
  expect(text(regions.tell(tested, "zh"))[1]).toMatch(/^相对常住人口（未校正平台用户的地区构成；括号内为区位商，相当为一）：偏多的有湖北（2\.\d\d）；偏少的有河南（0\.\d\d）。$/);
  const ranking = regions.charts(tested, "zh")[1]!;
  expect(ranking.note).toContain("竖线为按 2020 年人口普查常住人口应有的条数");
  const { values } = (ranking.body as unknown as { spec: { data: { values: { name: string; label: string }[] } } }).spec.data;
  expect(values.filter(({ label }) => /[▲▼]/.test(label)).map(({ name, label }) => [name, label.at(-1)])).toEqual([["湖北", "▲"]]);
});

it("gives each of 34 provinces a tile whose label tells share or 0", () => {
  const [map] = regions.charts(tested, "zh");
  const { values } = (map!.body as unknown as { spec: { data: { values: { name: string; label: string; tone: string }[] } } }).spec.data;
  expect(values).toHaveLength(34);
  expect(values.find(({ name }) => name === "台湾")).toMatchObject({ label: "0", tone: "empty" });
  expect(values.find(({ name }) => name === "湖北")).toMatchObject({ tone: "strong" });
  expect(map!.table.rows[0]!.region).toBe("湖北");
});

it("draws a map without empty tiles, and one with a single province", async () => {
  const { provinces } = parse(readFileSync(dataPath("regions", "provinces.yaml"), "utf8")) as { provinces: { key: string }[] };
  for (const rows of [provinces.map(({ key }) => located("ip", key, 9)), [located("ip", "西藏", 1)]]) {
    const [map, ranking] = regions.charts(find(rows), "zh");
    expect((await draw(map!, "t", { language: "zh" })).text).toContain("西藏");
    expect((await draw(ranking!, "t", { language: "zh" })).text).not.toMatch(/NaN|undefined/);
  }
});

it("draws without warnings in both languages and both widths", async () => {
  for (const language of ["zh", "en"] as const) for (const chart of regions.charts(tested, language)) for (const width of [720, 344]) expect((await draw(chart, "t", { language, width })).text).not.toMatch(/NaN|undefined/);
  expect(regions.charts(tested, "en")[0]!.title).toMatch(/^Hubei leads with/);
});

it("tells cities and counties that texts name, and what cannot be told apart", async () => {
  const finding = find([
    located("ip", "江苏", 50), located("mentioned", "江苏", 40), located("place", "320583", 20), located("place", "320500", 9), located("place", "513322", 5),
    located("unclear", "?", 7), located("unclear", "?鼓楼区", 6),
  ]);
  expect(text(regions.tell(finding, "zh")).slice(-2)).toEqual(["正文点名的市、县中，较多的是苏州市昆山市（20条）、苏州市（9条）、甘孜藏族自治州泸定县（5条）。", "另有 7条提到多地同名、凭上下文分辨不出的地名（鼓楼区），未归入任何一地。"]);
  const chart = regions.charts(finding, "zh").at(-1)!;
  expect(chart).toMatchObject({ id: "regions-places", title: "正文点名最多的市县是苏州市昆山市，20条" });
  expect(chart.table.rows.map((row) => Object.values(row).join(" "))).toEqual(["苏州市昆山市 江苏 320583 20 25.0%", "苏州市 江苏 320500 9 11.3%", "甘孜藏族自治州泸定县 四川 513322 5 6.3%", "鼓楼区（多地同名，未归入） — — 6 7.5%"]);
  for (const width of [720, 344]) expect((await draw(chart, "t", { language: "zh", width })).text).toContain("泸定县");
});
