import { describe, expect, it } from "vitest";
import { heat as analyzer } from "../../analyzers/event/heat.ts";
import { fingerprintOf, firstDay, place } from "../../analyzers/fingerprint.ts";
import type { Context, Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import type { Entry } from "../../pipeline/library/entry.ts";
import { heat as section } from "../../reports/case-study/heat.ts";
import { fill, post } from "../fixture.ts";

const textOf = (parts: ReturnType<typeof section.tell>[number]) => parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
const day0 = 20_150;
/** `posts` posts in ten-minute slot `slot` of the event. */
const row = (slot: number, posts: number, given: Record<string, unknown> = {}) => ({ day: day0 + Math.floor(slot / 144), slot: day0 * 144 + slot, platform: "weibo", kind: "original", posts, engagement: 2 * posts, ...given });
/** 40 posts an hour through two days: 10 of them reposts on Douyin. */
const steady = Array.from({ length: 48 }, (_, hour) => [row(6 * hour, 30), row(6 * hour, 10, { platform: "douyin", kind: "repost" })]).flat();
const tables = (volume: readonly object[], given: Record<string, Table> = {}): Record<string, Table> => {
  const posts = (volume as { posts: number }[]).reduce((sum, one) => sum + one.posts, 0);
  return { volume: volume as Table, coverage: [{ posts, counted: posts, authored: posts }], author_sizes: [{ posts: 2, authors: 700 }, { posts: 5, authors: 80 }], region_authors: [{ region: "广东" }, { region: "北京" }], account_counts: [], ...given };
};
const context = (given: object = {}, library: Context["library"] = null): Context => ({ event: eventSchema.parse({ name: "本事件", ...given }), utcOffsetMs: 8 * 3_600_000, findings: new Map(), library });
const past = (name: string, posts: number, type: string | null = null): Entry => ({ version: 1, name, type, days: null, generator: "0.1.0", fingerprint: { ...fingerprintOf(tables(steady), context(), null), posts } });
const find = (volume: readonly object[], library: Entry[] | null, given: object = {}, options: object = {}, more: Record<string, Table> = {}) =>
  analyzer.analyze(tables(volume, more), analyzer.options.parse(options), context(given, library && { entries: library, damaged: 0, digest: "" }));

describe("fingerprint", () => {
  it("counts what the tables hold; what nobody knows is null", () => {
    // 48 h × 40; 24 h × 40 on the first day; authors 700 + 80; a quarter of the posts are reposts.
    expect(fingerprintOf(tables(steady), context(), null)).toEqual({ posts: 1920, engagement: 3840, authors: 780, first_day: 960, rise_hours: null, halving_hours: null, repost_share: 0.25, provinces: 2, platforms: 2, negative_share: null });
    const bare = fingerprintOf(tables(steady.map((one) => ({ ...one, platform: null })), { coverage: [{ posts: 1920, counted: 0, authored: 0 }], region_authors: [] }), context(), null);
    expect([bare.engagement, bare.authors, bare.provinces, bare.platforms]).toEqual([null, null, null, null]);
  });

  it("knows the first day only when the data or the window reaches its end", () => {
    const ten = steady.slice(0, 20);
    expect(firstDay(ten, null)).toBeNull();
    // The window closes exactly 144 slots after the first post, or one slot earlier.
    expect(firstDay(ten, day0 * 144 + 144)?.posts).toBe(400);
    expect(firstDay(ten, day0 * 144 + 143)).toBeNull();
    expect(firstDay(steady.map((one) => ({ ...one, slot: null })), null)).toBeNull();
    expect(firstDay([], null)).toBeNull();
  });

  it("does not begin at a stray post of years ago", () => {
    const found = firstDay([row(-144 * 3000, 1), ...steady], null);
    expect(found).toEqual({ from: day0 * 144, to: day0 * 144 + 144, posts: 960 });
  });
});

describe("place", () => {
  it("gives the mid-rank with Wilson's interval: 12 below and 4 equal of 40 are 14 / 40", () => {
    const others = [...new Array<number>(12).fill(1), ...new Array<number>(4).fill(5), ...new Array<number>(24).fill(9)];
    const { n, median, percentile, interval } = place(5, others);
    expect([n, median, percentile]).toEqual([40, 9, 0.35]);
    // p = 0.35, n = 40, z² = 3.8415: centre (0.35 + 0.04802) / 1.09604, half 1.95996·√(0.0056875 + 0.00060023) / 1.09604
    expect(interval!.map((end) => end.toFixed(4))).toEqual(["0.2213", "0.5049"]);
  });

  it("gives none below 30 events, but says how many", () => {
    expect(place(5, new Array<number>(29).fill(1))).toEqual({ n: 29, median: 1, percentile: null, interval: null });
    expect(place(5, new Array<number>(30).fill(1)).percentile).toBe(1);
    expect(place(5, [])).toEqual({ n: 0, median: null, percentile: null, interval: null });
  });
});

describe("heat", () => {
  const library = (alike: number, other: number) => [...Array.from({ length: alike }, (_, i) => past(`甲${i}`, 100 * (i + 1), "职场")), ...Array.from({ length: other }, (_, i) => past(`乙${i}`, 9000, "校园"))];
  const placeOf = (found: ReturnType<typeof find>) => found.data.places.find(({ measure }) => measure === "posts");

  it("tells three plain numbers, and nothing of a library that is not there", () => {
    const found = find(steady, null);
    expect(section.tell(found, "zh").map(textOf)).toEqual(["发布量 1,920条，互动量 3,840 次，参与账号 780个账号；首日声量 960条。"]);
    expect(section.extra!(found, "zh")).toBeNull();
  });

  it("compares with events of the same type when there are 30, and says so", () => {
    const found = find(steady, library(40, 50), { type: "职场" });
    // 100 … 1900 lie below 1920: 19 of 40.
    expect(placeOf(found)).toMatchObject({ base: "type", n: 40, percentile: 0.475 });
    expect(textOf(section.tell(found, "zh")[1]!)).toContain("发布量超过库内 48% 的同类（n = 40）");
    expect(textOf(section.tell(found, "en")[1]!)).toContain("posts: above 48% of the events of the same type in the library (n = 40)");
  });

  it("falls back to all events, with the reason, and to no percentile below 30", () => {
    const all = find(steady, library(29, 50), { type: "职场" });
    expect(placeOf(all)).toMatchObject({ base: "all", n: 79, percentile: 19 / 79 });
    expect(textOf(section.tell(all, "zh")[1]!)).toContain("库内“职场”类事件 29 件，不足 30 件");
    const few = find(steady, library(12, 0));
    expect(few.figures.some(({ key }) => key.startsWith("percentile"))).toBe(false);
    expect(textOf(section.tell(few, "zh")[1]!)).toBe("事件库有 12 件其他事件，每项可比的都不足 30 件，不给百分位。");
    expect(textOf(section.tell(find(steady, []), "zh")[1]!)).toBe("事件库中没有别的事件，无从比较。");
  });

  it("is not compared with itself", () => {
    const found = find(steady, [...library(40, 0), past("本事件", 1920, "职场")], { type: "职场" });
    expect(placeOf(found)!.n).toBe(40);
  });

  it("shows no index unless asked, and none for accounts whose counts are not all known", () => {
    const account_counts = [
      { platform: "weibo", author: 1, author_name: "甲日报", posts: 1, reads: null, reads_most: null, likes: 1, likes_most: 1, reposts: 1, comments: 1 },
      { platform: "weibo", author: 2, author_name: null, posts: 3, reads: null, reads_most: null, likes: null, likes_most: null, reposts: 9, comments: 9 },
      { platform: "wechat", author: 3, author_name: "乙观察", posts: 2, reads: 200, reads_most: 150, likes: 4, likes_most: 3, reposts: null, comments: null },
    ];
    expect(find(steady, null, {}, {}, { account_counts }).data.indices).toEqual([]);
    const { data } = find(steady, null, {}, { indices: true }, { account_counts });
    // BCI of ones: ln 2 · 160. WCI over two days: 100 and 2 a day, 100 and 2 an article, peak 150 and 3.
    const wci = (0.84 * (0.85 * Math.log(101) + 0.15 * Math.log(21)) + 0.16 * (0.85 * Math.log(151) + 0.15 * Math.log(31))) ** 2 * 10;
    expect(data.indices.map(({ index, author }) => [index, author])).toEqual([["wci", 3], ["bci", 1]]);
    expect(data.indices[0]!.value).toBeCloseTo(wci, 6);
    expect(data.indices[1]!.value).toBeCloseTo(160 * Math.log(2), 6);
    expect(find(steady, null, {}, { indices: true }).data.uncounted).toBe(true);
  });

  it("escapes the type and the accounts", () => {
    const found = find(steady, library(29, 50), { type: "<b>x</b>" }, { indices: true }, { account_counts: [{ platform: "weibo", author: 1, author_name: "<img src=x>", posts: 1, reads: null, reads_most: null, likes: 1, likes_most: 1, reposts: 1, comments: 1 }] });
    expect(section.extra!(found, "zh")!.text).toContain("&lt;img src=x&gt;");
    expect(section.extra!(found, "zh")!.text).not.toContain("<img");
  });
});

describe("table account_counts", () => {
  it("sums posts and reposts of an account, without comments; a count that one post lacks is null; of a post read twice the greater counts", async () => {
    const weibo = { platform: "weibo", author: "a", author_name: "甲日报" };
    const wechat = { platform: "wechat", author: "c", author_name: "丙观察" };
    const { database, tables } = await fill([
      post(1, { ...weibo, reposts: 2, comments: 0, likes: 1 }),
      post(2, { ...weibo, kind: "repost", reposts: 0, comments: 4, likes: 3 }),
      post(3, { ...weibo, kind: "comment", reposts: 90, comments: 90, likes: 90 }),
      post(4, { ...weibo, id: "row:0:1", reposts: 5, comments: 0, likes: 1 }),
      post(5, { platform: "weibo", author: "b", author_name: "乙", reposts: 1, comments: 1, likes: 1 }),
      post(6, { platform: "weibo", author: "b", author_name: "乙", reposts: 1, comments: 1 }),
      post(7, { ...wechat, reads: 100, likes: 7 }),
      post(8, { ...wechat, reads: 50, likes: 9 }),
      post(9, { platform: "douyin", author: "d", reposts: 1, comments: 1, likes: 1 }),
    ], []);
    database.close();
    const none = { reads: null, reads_most: null };
    expect(tables.get("account_counts")).toEqual([
      { platform: "wechat", author: 3, author_name: "丙观察", posts: 2, reads: 150, reads_most: 100, likes: 16, likes_most: 9, reposts: null, comments: null },
      { platform: "weibo", author: 1, author_name: "甲日报", posts: 2, ...none, likes: 4, likes_most: 3, reposts: 5, comments: 4 },
      { platform: "weibo", author: 2, author_name: "乙", posts: 2, ...none, likes: null, likes_most: null, reposts: 2, comments: 2 },
    ]);
  });
});
