import { describe, expect, it } from "vitest";
import { mulberry32, poisson } from "../../analyzers/statistics.ts";
import { makeDigest } from "../../pipeline/digest/digest.ts";
import { standingOut, upperTail } from "../../pipeline/digest/peaks.ts";
import { dayOf } from "../../pipeline/digest/span.ts";
import { digestDocument } from "../../reports/digest/document.ts";
import { renderTextDocument } from "../../reports/text/document.ts";
import { at, count, input, item, night } from "./fixture.ts";

describe("days that stand out", () => {
  it("claims one in at most 6 % of 500 months of chance", () => {
    for (const mean of [10, 40, 1000]) {
      const random = mulberry32(mean);
      const claimed = Array.from({ length: 500 }, () => standingOut(Array.from({ length: 30 }, () => poisson(random, mean)))).filter(({ found }) => found.length > 0).length;
      expect(claimed).toBeLessThanOrEqual(30);
    }
  });
  it("finds planted days, five at most, and says how many there are", () => {
    const month = Array.from({ length: 30 }, (_, i) => 98 + (i % 5));
    month[3] = 300;
    month[20] = 200;
    expect(standingOut(month)).toMatchObject({ tested: 30, median: 100, dispersion: 1, standing: 2, found: [{ at: 3, z: 20 }, { at: 20, z: 10 }] }); // (300 − 100) ÷ √100
    expect(standingOut(month.map((value, i) => (i < 7 ? 300 + i : value)))).toMatchObject({ standing: 7, found: [{ at: 2 }, { at: 3 }, { at: 4 }, { at: 5 }, { at: 6 }] });
  });
  it("does not judge few days or few posts, nor days not counted", () => {
    expect(standingOut([...Array<number>(13).fill(10), ...Array<null>(17).fill(null)])).toMatchObject({ tested: 13, reason: "few_days", found: [] });
    expect(standingOut(Array<number>(30).fill(0))).toMatchObject({ reason: "few_posts", found: [] });
    expect(standingOut([19, ...Array<number>(29).fill(0)]).found).toEqual([]);
  });
  it("sums the tail of the distribution", () => {
    // Mean 2, variance 4: size 2, p = 1/2. P(0 … 4) = 1/4 + 1/4 + 3/16 + 1/8 + 5/64 = 57/64.
    expect(upperTail(5, 2, 2)).toBeCloseTo(7 / 64, 10);
  });
});

describe("the month", () => {
  const date = (i: number): string => `2026-10-${String(i + 1).padStart(2, "0")}`;
  const month = (posts: (i: number) => number) => [...Array.from({ length: 31 }, (_, i) => night(date(i), { counts: [count(date(i), posts(i)), ...(i === 9 ? [count(date(i), 150, { event: "road" })] : [])], items: i === 9 ? [item("7", { title: "城东停水", posts: 50, published_ms: at(date(9), 8) })] : [], events: [{ key: "road", name: "城东施工", posts: 150, fresh: 0, grade: null, hours: [], firsts: { media: null, official: null } }] })), night("2026-11-01")];
  const keyDates = [{ day: dayOf("2026-10-11"), name: { zh: "全国某日", en: "a day" }, source: null }, { day: dayOf("2026-10-13"), name: { zh: "别的日子", en: "another" }, source: null }];

  it("names events, wordings and key dates of a planted peak as coincidence", () => {
    const digest = makeDigest(input({ period: "month", date: "2026-10-31", keyDates, nights: month((i) => (i === 9 ? 200 : 20 + (i % 3))) }));
    expect(digest.peaks).toMatchObject({ tested: 31, standing: 1, found: [{ date: "2026-10-10", posts: 200, events: [{ key: "road", posts: 150, share: 0.75 }], items: [{ id: "7", posts: 50, share: 0.25 }], dates: [{ date: "2026-10-11" }] }] });
    const text = renderTextDocument(digestDocument(digest, "zh")).replace(/\n\s*/g, "");
    expect(text).toContain("10月10日：200 条；其中城东施工占 75.0%；当日条数较多的有“城东停水”（50 条，相当于 25.0%）；与全国某日（10月11日）同期。");
    expect(text).not.toMatch(/因为|导致|引发|由于/);
  });
  it("says so when no day stands out", () => {
    const digest = makeDigest(input({ period: "month", date: "2026-10-31", nights: month((i) => (i === 9 ? 150 : 140 + (i % 20))) }));
    expect(digest.peaks!.found).toEqual([]);
    expect(renderTextDocument(digestDocument(digest, "zh"))).toContain("没有哪一天突出");
  });
});
