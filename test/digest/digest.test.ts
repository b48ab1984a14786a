import { describe, expect, it } from "vitest";
import { changeOf } from "../../pipeline/digest/change.ts";
import { makeDigest } from "../../pipeline/digest/digest.ts";
import { wording } from "../../pipeline/digest/items.ts";
import { digestSchema } from "../../pipeline/digest/schema.ts";
import { spansOf } from "../../pipeline/digest/span.ts";
import type { NightEvent } from "../../pipeline/nightly/contract.ts";
import { digestDocument } from "../../reports/digest/document.ts";
import { renderTextDocument } from "../../reports/text/document.ts";
import { at, count, input, item, night, source } from "./fixture.ts";

const event = (posts: number, index: number, given: Partial<NightEvent> = {}): NightEvent => ({ key: "road", name: "城东施工", posts, fresh: 0, grade: { level: "l", index, name: { zh: ["一般", "较大"][index]!, en: "x" }, reasons: [] }, hours: [], firsts: { media: null, official: null }, ...given });

describe("periods", () => {
  it("runs weeks from Monday and holds a part against the same part", () => {
    expect(spansOf("week", "2026-11-22")).toEqual({ now: { from: "2026-11-16", to: "2026-11-22" }, before: { from: "2026-11-09", to: "2026-11-15" }, whole: true }); // a Sunday
    expect(spansOf("week", "2026-11-18")).toEqual({ now: { from: "2026-11-16", to: "2026-11-18" }, before: { from: "2026-11-09", to: "2026-11-11" }, whole: false });
  });
  it("holds a whole month against the whole month before, and 30 days of March against all of February", () => {
    expect(spansOf("month", "2026-03-31").before).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(spansOf("month", "2026-03-30")).toMatchObject({ before: { from: "2026-02-01", to: "2026-02-28" }, whole: false });
    expect(spansOf("day", "2026-03-01").before).toEqual({ from: "2026-02-28", to: "2026-02-28" });
  });
});

describe("changes", () => {
  it("gives a percentage from 20 posts before on, by the night when the nights differ", () => {
    expect(changeOf(30, 20, [1, 1])).toMatchObject({ ratio: 0.5, basis: "total", reason: null });
    expect(changeOf(30, 19, [1, 1])).toMatchObject({ ratio: null, before: 19, reason: "small" });
    expect(changeOf(30, 0, [1, 1])).toMatchObject({ ratio: null, before: 0, reason: "small" });
    expect(changeOf(30, 0, [1, 0])).toMatchObject({ ratio: null, before: null, reason: "none" });
    expect(changeOf(60, 40, [6, 5])).toMatchObject({ ratio: 60 / 6 / (40 / 5) - 1, basis: "per_night" }); // 10 against 8 a night: +25 %
  });
});

describe("a day", () => {
  const yesterday = night("2026-11-20", { counts: [count("2026-11-20", 30), count("2026-11-20", 10, { event: "road" })], events: [event(10, 0)] });
  const today = night("2026-11-21", {
    sources: [source("a.csv", { read: 70, posts: 66, accounts: 1, rejected: 3, fresh: 45 }), source("b.xlsx", { fault: { zh: "已加密", en: "encrypted" } })],
    counts: [count("2026-11-21", 24, { polarity: "negative" }), count("2026-11-20", 6, { platform: "news", field: "media", polarity: "neutral" }), count(null, 15), count("2026-11-21", 18, { event: "road" })],
    items: [item("1", { event: "road", posts: 5, authors: 4, reach: 100 }), item("1", { event: "other", posts: 5, authors: 4, reach: 100 }), item("2", { reach: 1000, risk_micro: 900_000, classes: ["rumour"] }), item("3", { reach: 2000, risk_micro: 10_000 })],
    events: [event(28, 1)],
    failures: [{ zh: "没有使用 b.xlsx：已加密", en: "b.xlsx was not used: encrypted" }],
  });
  const digest = makeDigest(input({ nights: [today, yesterday] }));

  it("adds up: posts, sources, platforms, moods", () => {
    expect(digest.coverage).toMatchObject({ nights: 1, missing: [], sources: 2, faults: 1, read: 70, posts: 66, accounts: 1, rejected: 3, fresh: 45 });
    expect(digest.fresh).toMatchObject({ now: 45, before: 30, ratio: 0.5 });
    expect(digest.platforms.map(({ platform, field, fresh }) => [platform, field, fresh.now, fresh.before])).toEqual([["weibo", "public", 39, 30], ["news", "media", 6, 0]]);
    expect(digest.mood).toEqual({ judged: 30, unknown: 15, positive: 0, neutral: 6, negative: 24 });
    expect(digest.elsewhere).toEqual({ outside: 6, untimed: 15 });
  });
  it("orders by reach × risk and lists a wording of two events once", () => {
    // 2: 1000 × 0.9 = 900; 3: 2000 × 0.01 = 20; 1: 100 × 0.1 = 10
    expect(digest.top.map(({ id, posts, reach, events }) => [id, posts, reach, events.map(({ key }) => key)])).toEqual([["2", 1, 1000, []], ["3", 1, 2000, []], ["1", 5, 100, ["other", "road"]]]);
    expect(digest.top[2]!.grade).toMatchObject({ index: 1 });
  });
  it("follows the event: 18 new against 10, raised", () => {
    expect(digest.events).toMatchObject([{ key: "road", posts: 28, fresh: { now: 18, before: 10, reason: "small" }, moved: "raised", grade_before: { index: 0 } }]);
  });
  it("says a fault once, and what was rejected", () => {
    expect(digest.failures.map(({ text }) => text.zh)).toEqual(["没有使用 b.xlsx：已加密", "拒收 3 行（所在文件共 70 行）：a.csv"]);
  });
  it("survives JSON and gives the same bytes twice, whatever the order of the nights", () => {
    const bytes = JSON.stringify(digest);
    expect(digestSchema.parse(JSON.parse(bytes))).toEqual(digest);
    expect(JSON.stringify(makeDigest(input({ nights: [yesterday, today] })))).toBe(bytes);
  });
  it("tells a surge: 60 posts in three hours after 6, within the period", () => {
    const hours = Array.from({ length: 24 }, (_, i): [number, number] => [Math.floor((at("2026-11-21", i) + 8 * 3_600_000) / 3_600_000), i >= 15 && i < 18 ? 20 : 2]);
    const told = makeDigest(input({ nights: [{ ...today, events: [event(28, 1, { hours })] }, yesterday] })).events[0]!.surge;
    expect(told).toMatchObject({ from_ms: at("2026-11-21", 15), posts: 60, before: 6 });
    expect(told!.lower).toBeGreaterThanOrEqual(1.5);
  });
});

describe("missing nights", () => {
  it("names them, and compares by the night", () => {
    // Monday 16th to Sunday 22nd without the 18th: 6 nights of 10; the week before 7 nights of 8.
    const days = (from: number, to: number, posts: number) => Array.from({ length: to - from + 1 }, (_, i) => `2026-11-${String(from + i).padStart(2, "0")}`).map((date) => night(date, { counts: [count(date, posts)] }));
    const digest = makeDigest(input({ period: "week", date: "2026-11-22", nights: [...days(9, 15, 8), ...days(16, 22, 10)].filter(({ date }) => date !== "2026-11-18") }));
    expect(digest.coverage).toMatchObject({ nights: 6, missing: ["2026-11-18"], missing_before: [] });
    expect(digest.fresh).toMatchObject({ now: 60, before: 56, basis: "per_night", ratio: 0.25 });
    expect(digest.days!.map(({ posts }) => posts)).toEqual([10, 10, null, 10, 10, 10, 10]);
    expect(digest.days!.map(({ open }) => open)).toEqual([false, false, false, false, false, false, true]); // read at 23:00
  });
  it("tells nights that ran and read nothing from those on which nothing ran", () => {
    // Monday 16th to Sunday 22nd without the 18th; the 20th without a file, the 21st with one that could not be read: 4 nights of 10. The week before 7 nights of 8.
    const days = (from: number, to: number, posts: number) => Array.from({ length: to - from + 1 }, (_, i) => `2026-11-${String(from + i).padStart(2, "0")}`).map((date) => night(date, { counts: [count(date, posts)] }));
    const idle = [night("2026-11-20", { sources: [] }), night("2026-11-21", { sources: [source("b.xlsx", { fault: { zh: "已加密", en: "encrypted" } })] })];
    const nights = [...days(9, 15, 8), ...days(16, 17, 10), ...days(19, 19, 10), ...idle, ...days(22, 22, 10)];
    const week = makeDigest(input({ period: "week", date: "2026-11-22", nights }));
    expect(week.coverage).toMatchObject({ nights: 6, missing: ["2026-11-18"], empty: ["2026-11-20", "2026-11-21"] });
    expect(week.fresh).toMatchObject({ now: 40, before: 56, nights: [4, 7], basis: "per_night", ratio: 0.25 });
    expect(week.days!.map(({ posts }) => posts)).toEqual([10, 10, null, 10, null, null, 10]);
    const text = renderTextDocument(digestDocument(week, "zh")).replaceAll(/\s+/g, "");
    expect(text).toContain("没有运行1夜：11月18日");
    expect(text).toContain("运行了而没有读到一行2夜：11月20日–11月21日");
    const day = makeDigest(input({ date: "2026-11-20", nights }));
    expect(day.fresh).toMatchObject({ now: 0, before: 10, nights: [0, 1], ratio: null, reason: "none" }); // not a fall of 100 %
    expect(renderTextDocument(digestDocument(day, "zh")).replaceAll(/\s+/g, "")).toContain("没有新增帖文；没有读到一行，无从比较。");
    expect(makeDigest(input({ date: "2026-11-22", nights })).fresh).toMatchObject({ now: 10, before: null, reason: "none" });
  });
  it("does not call days before the first night missing", () => {
    expect(makeDigest(input({ period: "week", date: "2026-11-22", nights: [night("2026-11-21"), night("2026-11-22")] })).coverage).toMatchObject({ nights: 2, missing: [] });
  });
  it("is an honest page without any night", () => {
    expect(makeDigest(input({}))).toMatchObject({ now_ms: null, fresh: { now: 0, before: null, reason: "none" }, top: [], events: [], coverage: { nights: 0 } });
  });
});

describe("summaries", () => {
  it("keep the post's words and end at a sentence", () => {
    expect(wording({ title: "某地停水通知", text: "明日八点起停水。请储水。" })).toEqual({ title: "某地停水通知", summary: "明日八点起停水。请储水。" });
    expect(wording({ title: "明日八点起停水。请储", text: "明日八点起停水。请储水。" })).toEqual({ title: "明日八点起停水。请储水。", summary: null });
    const long = `${"水".repeat(50)}。${"电".repeat(60)}`;
    expect(wording({ title: "题", text: long }).summary).toBe(`${"水".repeat(50)}。`);
    expect([...wording({ title: "题", text: "👨‍👩‍👧".repeat(200) }).summary!].length % 5).toBe(1); // whole families of 5 code points, and …
  });
  it("takes 10,000 items of one word and of none", () => {
    const nights = [night("2026-11-21", { items: Array.from({ length: 10_000 }, (_, i) => item(String(i), { text: i % 2 === 0 ? "" : "转发微博", reach: i })) })];
    const digest = makeDigest(input({ nights }));
    expect(digest.wordings).toBe(5001); // 5,000 without text, one of all the others
    expect(digest.top).toHaveLength(10);
  });
});
