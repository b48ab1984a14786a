import { describe, expect, it } from "vitest";
import type { Post } from "../../pipeline/schema.ts";
import { fixture, importAll, scratch } from "./import-all.ts";
import { csvText } from "./tables.ts";

/** Values of the hostile files of ../shared/data/hostile/csv-own (free to copy), each with its documented reading: checks B2 to B5. */
const local = ({ published_ms, precision }: Post): string | null => (published_ms === null ? null : `${new Date(published_ms + 8 * 3_600_000).toISOString().slice(0, precision === "day" ? 10 : precision === "minute" ? 16 : 19)}`);

describe("dates.csv (B2)", () => {
  const expected: (string | null)[] = [
    /* 1970-01-01, 0, -1 */ null, null, null, /* 2099-12-31: the event's window leaves it out */ "2099-12-31", /* 9999, 0001 */ null, null, /* no such day, month, hour */ null, null, null, null,
    /* Z, +14:00 */ "2021-08-07T20:30:00", "2021-08-07T06:30:00", /* day or month first? */ null, null, "2021-08-07", "2021-08-07", /* 210807, 8月7日 */ null, null, /* 下午3点 */ "2021-08-07T15:00",
    "2021-08-07T12:30:00", "2021-08-07T12:30:00", "2021-08-07T12:30:00", /* Excel serials */ "2021-08-07", "2021-08-07T12:00:00", null, /* 昨天 刚刚 30秒前 3 小时前 今天12:30 去年 */ null, null, null, null, null, null, /* N/A - 1e10 */ null, null, null,
    "2021-08-07T12:30:00", /* 1986, 1991 */ null, null, /* two times in one cell */ null,
  ];
  it("each has its reading or is unknown; without a capture time no relative word is guessed", async () => {
    const { posts } = await importAll(fixture("csv", "dates.csv"));
    expect(posts.map((post) => local(post))).toEqual(expected);
  });
  it("with a capture time, nothing later than a day after it or older than the platform is kept", async () => {
    const rows = [["昨天 12:30", "2021-08-08 09:00"], ["12-31 23:00", "2021-01-02 09:00"], ["2022-12-31 23:00", "2021-01-02 09:00"], ["2021-01-03 08:00", "2021-01-02 09:00"], ["2008-05-12 14:28", "2021-01-02 09:00"]];
    const { posts, summary } = await importAll(scratch(csvText(["微博正文", "平台", "发布时间", "采集时间"], rows.map(([time, captured]) => ["河水又涨了", "微博", time!, captured!]))));
    // The second had no year: it belongs to the year before. The third and fourth say their time in full: one is impossible and unknown, never moved; the other lies within a day.
    expect(posts.map((post) => local(post))).toEqual(["2021-08-07T12:30", "2020-12-31T23:00", null, "2021-01-03T08:00", null]);
    expect(summary.suspicions.filter(({ code }) => code.startsWith("TIME_I") || code === "TIME_RESOLVED").map(({ code, count }) => [code, count])).toEqual([["TIME_IMPLAUSIBLE", 2], ["TIME_RESOLVED", 2]]);
  });
});

describe("two time columns (B3)", () => {
  const read = async (names: string[], cells: string[]): Promise<[string | null, number]> => {
    const { posts, summary } = await importAll(scratch(csvText(["正文", ...names], [["河水又涨了", ...cells]])));
    return [local(posts[0]!), summary.suspicions.find(({ code }) => code === "TIME_DISAGREES")?.count ?? 0];
  };
  it("that disagree: the written date wins over the number, and the row is counted", async () => {
    expect(await read(["create_time", "create_date_time"], ["1722445735", "2024-07-31 17:08:55+08:00"])).toEqual(["2024-07-31T17:08:55", 1]);
    expect(await read(["create_time", "create_date_time"], ["1722416935", "2024-07-31 17:08:55+08:00"])).toEqual(["2024-07-31T17:08:55", 0]);
  });
  it("of which one is relative: the absolute one wins", async () => {
    expect(await read(["发布时间", "发布时间戳", "采集时间"], ["昨天 23:59", "1628310600", "2021-08-08 09:00"])).toEqual(["2021-08-07T12:30:00", 1]);
    expect(await read(["发布时间", "发布时间戳"], ["昨天 23:59", "1628310600"])).toEqual(["2021-08-07T12:30:00", 0]);
  });
  it("of which one is a day and one a clock time: both together", async () => {
    expect(await read(["日期", "时间"], ["2021-08-07", "12:30"])).toEqual(["2021-08-07T12:30", 0]);
    expect(await read(["Date", "Time"], ["2021/8/7", "7:05:09"])).toEqual(["2021-08-07T07:05:09", 0]);
    expect(await read(["日期", "时间"], ["2021-08-07", "25:30"])).toEqual(["2021-08-07", 0]);
    expect(await read(["日期", "时间"], ["", "12:30"])).toEqual([null, 0]);
  });
  it("of which one knows only the day: the clock time of that day wins, of another day not", async () => {
    expect(await read(["发布日期", "发布时间戳"], ["2021-08-07", "1628310600"])).toEqual(["2021-08-07T12:30:00", 0]);
    expect(await read(["发布日期", "发布时间戳"], ["2021-08-05", "1628310600"])).toEqual(["2021-08-05", 0]);
  });
});

describe("counts.csv, regions.csv, ids_excel.csv (B4, B5)", () => {
  it("31 counts: 10 cannot be read and none of them becomes 0; 3 are floors", async () => {
    const { posts, summary } = await importAll(fixture("csv", "counts.csv"));
    expect(posts.map(({ reposts }) => reposts)).toEqual([0, 12_000, 12_000, 12_000, 12_000, 100_000, 1_000_000, 150_000_000, 1000, 1234, 0, 0, 0, null, null, null, 12_000, null, null, null, 0, null, 1234, null, null, 30_000, null, null, null, 1, null]);
    expect(summary.suspicions.filter(({ code }) => code.startsWith("COUNT")).map(({ code, count }) => [code, count])).toEqual([["COUNT_UNREADABLE", 9], ["COUNT_FLOOR", 3]]);
  });
  it("28 regions: every row has its province, 海外, 其他 or nothing, and stays a row", async () => {
    const { posts } = await importAll(fixture("csv", "regions.csv"));
    expect(posts.map(({ region_ip, region_profile }) => region_ip ?? region_profile)).toEqual(["山东", "浙江", "浙江", "广东", "山东", "山东", "山东", "山东", "内蒙古", "新疆", "香港", "香港", "澳门", "台湾", "其他", "海外", "海外", "海外", null, null, null, null, "广东", "北京", "上海", "黑龙江", "陕西", "山西"]);
    expect(posts.slice(0, 5).map(({ region_ip }) => region_ip)).toEqual(["山东", "浙江", "浙江", "广东", null]);
  });
  it("ids that Excel has damaged identify nothing; wrapped ones keep their digits", async () => {
    const { posts, summary } = await importAll(fixture("csv", "ids_excel.csv"), { platform: "weibo" });
    expect(posts.map(({ id }) => id)).toEqual(["row:0:2", "row:0:3", "weibo:5042915983755885", "weibo:5042915983755885", "weibo:5042915983755885"]);
    expect(summary.suspicions.find(({ code }) => code === "ID_DAMAGED")?.count).toBe(2);
  });
});
