import { expect, it } from "vitest";
import { contrast } from "../../analyzers/contrast.ts";
import type { Hour } from "../../analyzers/hours.ts";

/** Hours from 12:00 on: 10 posts each before the 30th, 5 after it, so that only the clock varies otherwise. */
const hours = (posts: (i: number) => number, length = 60): Hour[] => Array.from({ length }, (_, i) => ({ clock: (12 + i) % 24, posts: posts(i), judged: posts(i), negative: i < 30 ? posts(i) : 0 }));

it("sums the windows and leaves the hour of the statement out", () => {
  const found = contrast(hours((i) => (i === 30 ? 1000 : i < 30 ? 10 : 5)), 30, 6)!;
  expect(found.before).toEqual({ posts: 60, judged: 60, negative: 60 });
  expect(found.after).toEqual({ posts: 30, judged: 30, negative: 0 });
});

it("takes the usual activity of the hours out", () => {
  // Hours 24 … 29 begin at 12:00 … 17:00, hours 31 … 36 at 19:00 … 00:00.
  const before = 1.38 + 1.22 + 1.07 + 1.0 + 1.19 + 1.18;
  const after = 1.1 + 1.14 + 1.14 + 1.15 + 1.28 + 0.8;
  expect(contrast(hours(() => 10), 30, 6)!.ratio).toBeCloseTo(before / after, 10);
});

it("compares with the other hours, and says how many are lower", () => {
  const { placebo, ratio } = contrast(hours((i) => (i < 30 ? 100 : 1)), 30, 6)!;
  // Windows fit at hours 6 … 53, of which 24 … 36 touch the statement's own.
  expect(placebo!.hours).toBe(48 - 13);
  expect(ratio!).toBeLessThan(placebo!.middle[0]);
  expect(placebo!.lower).toBe(0);
});

it("is null at the edges, has no ratio after silence, and no placebo from few hours", () => {
  expect(contrast(hours(() => 1), 5, 6)).toBeNull();
  expect(contrast(hours(() => 1), 54, 6)).toBeNull();
  expect(contrast(hours((i) => (i < 30 ? 0 : 1)), 30, 6)!.ratio).toBeNull();
  expect(contrast(hours(() => 1, 20), 10, 6)!.placebo).toBeNull();
});
