import { describe, expect, it } from "vitest";
import { sentiment } from "../../../analyzers/event/sentiment.ts";
import type { Table } from "../../../analyzers/contract.ts";
import { wilson } from "../../../analyzers/statistics.ts";
import { eventSchema } from "../../../pipeline/config.ts";

const context = { event: eventSchema.parse({}), utcOffsetMs: 28_800_000, findings: new Map() };
const day = 20_150;
const row = (field: string, polarity: string | null, posts: number, more: Record<string, string | number | null> = {}) => ({ day, slot: day * 144, platform: "weibo", field, polarity, emotion: polarity === null ? null : polarity === "negative" ? "anger" : "none", posts, author_days: posts, ...more });
const find = (rows: Table, posts = 1000, options = {}) => sentiment.analyze({ sentiment: rows, coverage: [{ posts }] }, sentiment.options.parse(options), context);
const figure = (finding: ReturnType<typeof find>, key: string) => finding.figures.find((one) => one.key === key);

describe("shares per field", () => {
  const finding = find([
    row("media", "negative", 10), row("media", "neutral", 80), row("media", "positive", 10), row("media", null, 7),
    row("public", "negative", 150, { author_days: 75 }), row("public", "neutral", 30, { author_days: 15 }), row("public", "positive", 20, { author_days: 10, platform: null }),
  ]);

  it("divides by posts of known polarity and counts the unknown apart", () => {
    expect(figure(finding, "field.share.media.neutral")).toMatchObject({ value: 0.8, of: 100, unit: "share", estimate: true, filter: { field: "media", worded: 1, polarity: "neutral" } });
    expect(figure(finding, "field.unknown.media")).toMatchObject({ value: 7, unit: "posts", filter: { field: "media", worded: 1, polarity: null } });
    expect(figure(finding, "field.share.official.neutral")).toBeUndefined();
    expect(finding.coverage).toEqual({ posts: 300, of: 1000 });
  });

  it("takes the interval from author-days: 150 of 200 posts by 100 author-days is as sure as 75 of 100", () => {
    expect(figure(finding, "field.share.public.negative")!.interval).toEqual(wilson(75, 100));
  });

  it("compares public and media with Newcombe's interval", () => {
    // 0.75 − 0.10; Wilson of 75/100 and 10/100.
    const [a, b] = [wilson(75, 100), wilson(10, 100)];
    expect(finding.data.gap!.separated).toBe(true);
    expect(finding.data.gap!.value).toBeCloseTo(0.65, 12);
    expect(finding.data.gap!.interval[0]).toBeCloseTo(0.65 - Math.sqrt((0.75 - a[0]) ** 2 + (b[1] - 0.1) ** 2), 12);
  });

  it("lists emotions by size and platforms without the unknown one", () => {
    expect(finding.data.fields.at(-1)!.emotions[0]).toMatchObject({ emotion: "anger", posts: 150, share: 0.75 });
    expect(finding.data.platforms.map(({ platform, known }) => [platform, known])).toEqual([["weibo", 280]]);
  });
});

describe("the gate of the comparison", () => {
  const of = (media: number, crowd: number, n: number, authorDays = 1) =>
    find([row("media", "negative", media, { author_days: media * authorDays }), row("media", "neutral", n - media, { author_days: (n - media) * authorDays }), row("public", "negative", crowd), row("public", "neutral", n - crowd)]).data.gap;

  it("stays shut when intervals overlap, when the gap is small, and when posts are few", () => {
    expect(of(10, 14, 40)!.separated).toBe(false);
    expect(of(40_000, 44_000, 100_000)!.separated).toBe(false);
    expect(of(40_000, 46_000, 100_000)!.separated).toBe(true);
    expect(of(1, 18, 19)).toBeNull();
    // 200 posts by too few authors are too few as well.
    expect(of(100, 180, 200, 0.05)).toBeNull();
  });
});

describe("time bins", () => {
  const unit = (rows: Table) => find(rows).data.time;

  it("are hours of local time for a short span", () => {
    const time = unit([row("public", "negative", 3, { slot: day * 144 + 6 }), row("public", "neutral", 1, { slot: day * 144 + 6 }), row("public", "neutral", 2, { day: null, slot: null })]);
    expect(time).toMatchObject({ unit: "hour", left_out: 2, bins: [{ start_ms: day * 86_400_000 + 3_600_000, field: "public", known: 4, negative: 3 }] });
  });

  it("are days for more than ten days, and when half of the posts have only a day", () => {
    expect(unit([row("public", "negative", 3), row("public", "negative", 3, { day: day + 11, slot: (day + 11) * 144 })])).toMatchObject({ unit: "day", bins: [{ start_ms: day * 86_400_000 }, { start_ms: (day + 11) * 86_400_000 }] });
    expect(unit([row("public", "negative", 3), row("public", "negative", 3, { slot: null })])).toMatchObject({ unit: "day", left_out: 0, bins: [{ known: 6 }] });
  });
});

it("says why there is nothing to say", () => {
  expect(find([], 0)).toMatchObject({ status: "empty", figures: [] });
  expect(find([row("public", null, 5)], 9)).toMatchObject({ status: "unavailable", coverage: { posts: 0, of: 9 } });
});

it("has no interval and no division by zero when the first posts of the day were bare reposts", () => {
  const finding = find([row("public", "negative", 4, { author_days: 0 })]);
  expect(figure(finding, "field.share.public.negative")).toMatchObject({ value: 1, interval: null });
  expect(finding.data.fields[0]!.effective).toBe(0);
});
