import { describe, expect, it } from "vitest";
import type { Table } from "../../../analyzers/contract.ts";
import { auditOf, calibration, day, find, row, times } from "../mood-rows.ts";

const figure = (finding: ReturnType<typeof find>, key: string) => finding.figures.find((one) => one.key === key);
const crowd = [row("media", "negative", 10), row("media", "neutral", 80), row("media", "positive", 10), row("media", null, 7), row("public", "negative", 1500), row("public", "neutral", 300), row("public", "positive", 200, { platform: null })];

describe("without a check and without a calibration", () => {
  const finding = find(crowd);

  it("counts what the model says, the unknown apart, and gives no share at all", () => {
    expect(figure(finding, "media.posts.neutral")).toMatchObject({ value: 80, unit: "posts", estimate: true, filter: { field: "media", worded: 1, polarity: "neutral" } });
    expect(figure(finding, "media.unknown")).toMatchObject({ value: 7, estimate: false, filter: { field: "media", worded: 1, polarity: null } });
    expect(figure(finding, "public.known")!.value).toBe(2000);
    expect(finding.figures.filter(({ unit }) => unit === "share" || unit === "points")).toEqual([]);
    expect(finding.data.all.estimate).toMatchObject({ kind: "order", shares: null, n: null });
    expect(finding.coverage).toEqual({ posts: 2100, of: 5000 });
  });

  it("lists emotions by size and platforms without the unknown one", () => {
    expect(finding.data.fields.at(-1)!.emotions[0]).toEqual({ emotion: "anger", posts: 1500 });
    expect(finding.data.platforms.map(({ platform, known }) => [platform, known])).toEqual([["weibo", 1900]]);
  });
});

describe("with hand labels", () => {
  // The model calls everything neutral for certain; of 40 labels of the public 30 say negative, of 40 of the media 4.
  const rows = [row("media", "neutral", 100), row("public", "neutral", 1900)];
  const finding = find(rows, { audit: auditOf({ media: 100, public: 1900 }, { media: [...times(4, "negative" as const), ...times(36, "neutral" as const)], public: [...times(30, "negative" as const), ...times(10, "neutral" as const)] }) });

  it("gives each field the share of its own labels, with an interval that holds it", () => {
    expect(figure(finding, "public.share.negative")).toMatchObject({ unit: "share", of: 1900, estimate: true });
    expect(figure(finding, "public.share.negative")!.value).toBeCloseTo(0.75, 9);
    expect(figure(finding, "media.share.negative")!.value).toBeCloseTo(0.1, 9);
    // 0.05 × 0.1 + 0.95 × 0.75
    expect(figure(finding, "all.share.negative")!.value).toBeCloseTo(0.7175, 9);
    const { interval } = figure(finding, "public.share.negative")!;
    expect(interval![0] < 0.65 && interval![1] > 0.83).toBe(true);
  });

  it("compares them, and says what the check came to", () => {
    expect(finding.data.gap!.value).toBeCloseTo(0.65, 9);
    expect(finding.data.gap!.separated).toBe(true);
    expect(finding.data.check).toMatchObject({ labelled: 80, unclear: 0, unlabelled: 0, kappa: null, sheets: [{ annotator: "甲", labelled_at: "2025-03-09" }] });
    // Right where the label is neutral: 0.05 × 0.9 + 0.95 × 0.25.
    expect(figure(finding, "check.accuracy")!.value).toBeCloseTo(0.2825, 9);
    expect(finding.data.check!.confusion).toEqual([[0, 0, 0], [0, 46, 34], [0, 0, 0]]);
  });

  it("a field with too few labels has none of its own", () => {
    const few = find(rows, { audit: auditOf({ media: 100, public: 1900 }, { media: times(5, "neutral" as const), public: times(40, "negative" as const) }) });
    expect(figure(few, "media.share.neutral")).toBeUndefined();
    expect(few.data.fields.map(({ field, estimate }) => [field, estimate!.kind])).toEqual([["media", "order"], ["public", "audited"]]);
    expect(few.data.gap).toBeNull();
  });
});

describe("with a calibration", () => {
  // True shares 0.6 negative, 0.3 neutral, 0.1 positive of 10,000: 0.9 of each class right, 0.05 to each other class.
  const of = (platform: string) => ([["negative", 5600], ["neutral", 3048], ["positive", 1352]] as const).flatMap(([polarity, posts]) => [0, 1, 2, 3].map((band) => row("public", polarity, posts / 4, { platform, band })));

  it("takes the model's errors out where most posts are on its platform", () => {
    const finding = find(of("weibo"), { calibration });
    expect(finding.data.all.estimate!.kind).toBe("calibrated");
    for (const [polarity, share] of [["negative", 0.6], ["neutral", 0.3], ["positive", 0.1]] as const) expect(figure(finding, `public.share.${polarity}`)!.value, polarity).toBeCloseTo(share, 2);
  });

  it("is not used on another platform, on few posts, or where the predictions do not fit it", () => {
    const kind = (rows: Table, effective?: number) => find(rows, { calibration, ...(effective === undefined ? {} : { effective }) }).data.all.estimate!.kind;
    expect(kind(of("douyin"))).toBe("order");
    expect(kind(of("weibo"), 300)).toBe("order");
    expect(kind(of("weibo").map((one) => ({ ...one, band: 3 })))).toBe("order");
    expect(kind(of("weibo").map((one) => ({ ...one, greatest_micro: one.posts * 600_000 })))).toBe("order");
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
  expect(find([], { posts: 0 })).toMatchObject({ status: "empty", figures: expect.any(Array) });
  expect(find([row("public", null, 5)], { posts: 9 })).toMatchObject({ status: "unavailable", coverage: { posts: 0, of: 9 } });
});
