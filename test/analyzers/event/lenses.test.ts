import { describe, expect, it } from "vitest";
import { lenses } from "../../../analyzers/event/lenses.ts";
import type { Table } from "../../../analyzers/contract.ts";
import { eventSchema } from "../../../pipeline/config.ts";
import { changes, lenses as section } from "../../../reports/case-study/lenses.ts";

const day = 20_513; // 2026-03-01
const row = (at: number | null, platform: string | null, posts: number, originals: number, author_days: number, engagement: number, more: object = {}) => ({ day: at, slot: at === null ? null : at * 144, platform, channel: "social", field: "public", posts, originals, author_days, engagement, ...more });
const volume = [row(day, "weibo", 50, 5, 40, 10), row(day + 1, "weibo", 30, 9, 20, 20), row(day + 1, "douyin", 10, 2, 5, 900), row(day + 2, "weibo", 4, 0, 4, 0), row(null, null, 6, 1, 6, 0)];
const tables = (rows: Table): Record<string, Table> => ({ volume: rows, sentiment: rows.map((one) => ({ ...one, polarity: one.platform === "douyin" ? "positive" : "negative" })), regions: rows.map((one) => ({ ...one, source: "ip", region: "广东" })), audience: rows.map((one) => ({ ...one, author_type: "ordinary" })) });
const analyze = (rows: Table, window = {}) => lenses.analyze(tables(rows), { platforms: 8 }, { event: eventSchema.parse({ window }), utcOffsetMs: 8 * 3_600_000, findings: new Map() });
const value = (finding: ReturnType<typeof analyze>, key: string) => finding.figures.find((one) => one.key === key)?.value;

describe("lenses", () => {
  const finding = analyze(volume);
  const first = (question: string) => finding.data.firsts.find((one) => one.question === question)!;

  it("names the first of each question under each lens, worked out by hand", () => {
    // Posts by day: 50, 40, 4. Originals: 5, 11, 0. Author-days: 40, 25, 4. Engagement: 10, 920, 0.
    expect(first("day").by.map(({ key }) => Number(key) - day)).toEqual([0, 1, 0, 1]);
    expect(first("platform").by.map(({ key }) => key)).toEqual(["weibo", "weibo", "weibo", "douyin"]);
    expect(first("polarity").by.map(({ key }) => key)).toEqual(["negative", "negative", "negative", "positive"]);
    expect(first("region").by.map(({ key }) => key)).toEqual(["广东", "广东", "广东", "广东"]);
    expect([first("day"), first("platform"), first("polarity"), first("region")].map(changes)).toEqual([true, true, true, false]);
    expect(finding.figures.find(({ key }) => key === "platform.engagement")).toMatchObject({ value: 900, of: 930, unit: "count", filter: { platform: "douyin" }, estimate: false });
    expect(finding.figures.find(({ key }) => key === "polarity.originals")).toMatchObject({ filter: { polarity: "negative", worded: 1, kind: "original" }, estimate: true });
  });

  it("compares the last whole day with the day before: the last of the data may be cut, unless the window ends with it", () => {
    expect([value(finding, "day.last"), value(finding, "day.last.posts"), value(finding, "day.before.posts")]).toEqual([(day + 1) * 86_400_000 - 8 * 3_600_000, 40, 50]);
    const whole = analyze(volume, { to: "2026-03-04" });
    expect([value(whole, "day.last.posts"), value(whole, "day.before.posts")]).toEqual([4, 40]);
    expect(value(analyze(volume, { to: "2026-03-04 12:00" }), "day.last.posts")).toBe(40);
    expect(value(analyze(volume.slice(0, 1)), "day.last")).toBeUndefined();
  });

  it("gives cells that add up to the totals under every lens; what has no time has no bin", () => {
    const totals = (cells: number[][], dimensions: number) => [0, 1, 2, 3].map((lens) => cells.reduce((sum, cell) => sum + cell[dimensions + lens]!, 0));
    expect(totals(finding.data.volume, 3)).toEqual([100, 17, 75, 930]);
    expect(totals(finding.data.moods, 4)).toEqual([100, 17, 75, 930]);
    expect(totals(finding.data.places, 2)).toEqual([100, 17, 75, 930]);
    expect(finding.data.volume[0]).toEqual([-1, 2, 2, 6, 1, 6, 0]);
    expect(finding.data.platforms).toEqual(["weibo", "douyin", null]);
  });

  it("keeps platforms beyond the cut together, and counts equals by name", () => {
    const many = Array.from({ length: 200 }, (_, i) => row(day, `site${String(i).padStart(3, "0")}`, 1, 1, 1, 0));
    const { data } = analyze(many);
    expect(data.platforms).toHaveLength(8);
    expect(data.volume.find(([, , platform]) => platform === 8)!.slice(3)).toEqual([192, 192, 192, 0]);
    expect(data.firsts[1]!.by.map(({ key }) => key)).toEqual(["site000", "site000", "site000", null]);
  });

  it("does without times, and says which conclusions change", () => {
    const { data, figures } = analyze([row(null, "weibo", 3, 1, 2, 0)]);
    expect([data.times, data.days, data.firsts[0]!.by.map(({ key }) => key)]).toEqual([[], [], [null, null, null, null]]);
    expect(figures.some(({ key }) => key.startsWith("day"))).toBe(false);
    expect(section.tell({ ...finding, status: "ok" }, "zh").flat().join("")).toMatch(/^换一种计数口径，最多的一天、最多的平台、最多的情绪（模型判定）会变/);
  });
});
