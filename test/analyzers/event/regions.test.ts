import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { expect, it } from "vitest";
import { regions } from "../../../analyzers/event/regions.ts";
import type { Table } from "../../../analyzers/contract.ts";
import { population } from "../../../analyzers/population.ts";
import { eventSchema } from "../../../pipeline/config.ts";
import { dataPath } from "../../../pipeline/paths.ts";
import { mulberry32 } from "../../../analyzers/statistics.ts";
import { tiles } from "../../../reports/charts/tile-grid.ts";
import { draw, marked, naivelyMarked, nowhere } from "../region-reports.ts";

const located = (source: string, region: string | null, posts: number, author_days = posts) => ({ day: 20_150, source, region, posts, author_days });
const find = (rows: Table, { posts = 100, worded = 80, sizes = [{ posts: 1, authors: 100 }], clusters = [] as Table, region = undefined as string | undefined } = {}) =>
  regions.analyze({ regions: rows, coverage: [{ posts, worded }], author_sizes: sizes, region_clusters: clusters }, regions.options.parse({}), { event: eventSchema.parse({ region }), utcOffsetMs: 28_800_000, findings: new Map() });
const figure = (finding: ReturnType<typeof find>, key: string) => finding.figures.find((one) => one.key === key);

it("keeps the three sources apart and each over its own denominator", () => {
  const finding = find([
    located("ip", "广东", 30), located("ip", "湖北", 15), located("ip", "海外", 5), located("ip", null, 50),
    located("profile", "上海", 8), located("profile", null, 92),
    located("mentioned", "湖北", 40), located("mentioned", "广东", 20),
  ]);
  expect(figure(finding, "ip.share.广东")).toMatchObject({ value: 0.6, of: 50, interval: null, filter: { region_ip: "广东" } });
  expect(figure(finding, "ip.share.海外")).toMatchObject({ value: 0.1, of: 50 });
  expect(figure(finding, "profile.share.上海")).toMatchObject({ value: 1, of: 8, filter: { region_profile: "上海" } });
  expect(figure(finding, "mentioned.share.湖北")).toMatchObject({ value: 0.5, of: 80, filter: { mentioned: "湖北" } });
  expect(finding.data.sources[0]).toMatchObject({ of: 50, regions: [{ region: "广东" }, { region: "湖北" }], apart: [{ region: "海外", posts: 5 }] });
  expect(finding.data.shown).toBe("ip");
  expect(finding.coverage).toEqual({ posts: 50, of: 100 });
});

it("expects posts in proportion to residents, and only where the base knows them", () => {
  const [ip, , mentioned] = find([located("ip", "广东", 60), located("ip", "香港", 40), located("mentioned", "广东", 3)]).data.sources;
  // 60 posts are in the base; 广东 has 126,012,510 of 1,409,778,724 residents.
  expect(ip!.regions[0]!.expected).toBeCloseTo((60 * 126_012_510) / 1_409_778_724, 9);
  expect(ip!.regions[1]).toMatchObject({ region: "香港", expected: null });
  expect(mentioned!.regions[0]!.expected).toBeNull();
});

it("shows the profile's region when the IP's is unknown or nearly so", () => {
  expect(find([located("profile", "湖北", 30), located("ip", null, 100)]).data.shown).toBe("profile");
  expect(find([located("profile", "湖北", 30), located("ip", "湖北", 5)]).data.shown).toBe("profile");
  expect(find([located("profile", "湖北", 3), located("ip", "湖北", 5)]).data.shown).toBe("ip");
  expect(find([located("mentioned", "湖北", 5)])).toMatchObject({ status: "ok", coverage: { posts: 80, of: 100 }, data: { shown: null, quotients: [] } });
});

it("is unavailable without any region and empty without posts", () => {
  expect(find([located("ip", null, 100), located("profile", null, 100)]).status).toBe("unavailable");
  expect(find([], { posts: 0, worded: 0, sizes: [] })).toMatchObject({ status: "empty", figures: [] });
});

it("marks a province only when authors are known", () => {
  const rows = [...population().residents].map(([region, people]) => located("ip", region, Math.round((people / 1_409_778_724) * (region === "湖北" ? 30_000 : 10_000))));
  const posts = rows.reduce((sum, row) => sum + row.posts, 0);
  const known = find(rows, { posts, sizes: [{ posts: 1, authors: posts }] });
  expect(known.data.quotients[0]).toMatchObject({ region: "湖北", marked: true });
  expect(figure(known, "ip.quotient.湖北")!.value).toBeGreaterThan(2);
  const unknown = find(rows, { posts, sizes: [] });
  expect(unknown.data.design_effect).toBeNull();
  expect(unknown.data.quotients.some(({ marked }) => marked)).toBe(false);
});

it("recognises the event's province by its full name", () => {
  expect(find([located("ip", "湖北", 5)], { region: "湖北省" }).data.event_region).toBe("湖北");
  expect(find([located("ip", "湖北", 5)], { region: "四川" }).data.event_region).toBeNull();
});

it("ships residents of 31 provinces and one tile for each of 34, under the same keys", () => {
  const { provinces } = parse(readFileSync(dataPath("regions", "provinces.yaml"), "utf8")) as { provinces: { key: string }[] };
  expect(tiles().map(({ key }) => key).sort()).toEqual(provinces.map(({ key }) => key).sort());
  expect(new Set(tiles().map(({ column, row }) => `${column},${row}`)).size).toBe(34);
  expect(new Set(tiles().map(({ code }) => code)).size).toBe(34);
  const residents = population().residents;
  // The communiqué's total of the provinces.
  expect([...residents.values()].reduce((sum, people) => sum + people, 0)).toBe(1_409_778_724);
  expect(provinces.filter(({ key }) => !residents.has(key)).map(({ key }) => key).sort()).toEqual(["台湾", "澳门", "香港"].sort());
});

it("lists cities and counties that enough posts name, and counts names that several places share", () => {
  const finding = find([
    located("mentioned", "江苏", 40), located("place", "320583", 20), located("place", "320500", 9), located("place", "110105", 5), located("place", "371321", 4),
    located("unclear", "?", 7), located("unclear", "?鼓楼区", 6), located("unclear", "?朝阳区", 2),
  ]);
  expect(finding.data.places.map(({ name, level, posts, share }) => [name, level, posts, share])).toEqual([["苏州市昆山市", "county", 20, 0.25], ["苏州市", "city", 9, 0.1125], ["北京市朝阳区", "county", 5, 0.0625], ["临沂市沂南县", "county", 4, 0.05]]);
  expect(finding.data.unclear).toEqual({ posts: 7, names: [{ name: "鼓楼区", posts: 6 }, { name: "朝阳区", posts: 2 }] });
  expect(finding.figures.filter(({ key }) => key.startsWith("place."))).toHaveLength(3);
  expect(figure(finding, "place.posts.320583")).toMatchObject({ value: 20, unit: "posts", filter: { mentioned: "320583" } });
  expect(figure(finding, "unclear.posts")).toMatchObject({ value: 7, filter: { mentioned: "?" } });
  expect(find([located("mentioned", "江苏", 40), located("place", "320583", 20), located("place", "320500", 9)]).figures.some(({ key }) => key.startsWith("place."))).toBe(false);
});

it("claims a province in at most 6 % of reports without any difference, though a third of the posts are copies that taken alone claim several", () => {
  const random = mulberry32(20_260_101);
  const plan = { n: 1500, copied: 0.1, repeated: 0, times: nowhere };
  const reports = Array.from({ length: 300 }, () => draw(random, plan));
  expect(reports.reduce((claims, days) => claims + marked(days).length, 0) / reports.length).toBeLessThanOrEqual(0.06);
  expect(reports.slice(0, 30).reduce((claims, days) => claims + naivelyMarked(days).length, 0) / 30).toBeGreaterThan(1);
});

it("finds three provinces planted at twice their share among 5,000 author-days", () => {
  const planted = ["湖北", "北京", "陕西"];
  const random = mulberry32(7);
  let found = 0;
  for (let i = 0; i < 20; i++) {
    const days = draw(random, { n: 5000, copied: 0.05, repeated: 0, times: (region) => (planted.includes(region) ? 2 : 1) });
    found += marked(days).filter(({ region, shrunk }) => shrunk > 1 && planted.includes(region)).length;
  }
  expect(found / 60).toBeGreaterThanOrEqual(0.9);
});
