import { expect, it } from "vitest";
import { strongestSurge } from "../../analyzers/surge.ts";
import { mulberry32, poisson } from "../../analyzers/statistics.ts";

const hours = (counts: number[], clock: (i: number) => number = (i) => (9 + i) % 24) => ({ start_ms: 0, hours: counts.map((posts, i) => ({ clock: clock(i), posts, judged: 0, negative: 0 })) });

it("finds the three hours that grew, at the hour where they begin", () => {
  const found = strongestSurge(hours([...new Array<number>(24).fill(20), 400, 400, 400, ...new Array<number>(24).fill(400)], () => 12))!;
  expect(found).toMatchObject({ ms: 24 * 3_600_000, posts: 1200, before: 60, ratio: 20 });
  expect(found.lower).toBeGreaterThan(5);
  expect(found.lower).toBeLessThan(20);
});

it("does not take morning for a surge", () => {
  // Posts follow the usual activity: 0.09 at 04:00 up to 1.74 at 08:00.
  const usual = [0.8, 0.36, 0.18, 0.12, 0.09, 0.14, 0.52, 1.17, 1.74, 1.85, 1.64, 1.46, 1.38, 1.22, 1.07, 1.0, 1.19, 1.18, 1.1, 1.1, 1.14, 1.14, 1.15, 1.28];
  expect(strongestSurge(hours(Array.from({ length: 72 }, (_, i) => Math.round(1000 * usual[i % 24]!)), (i) => i % 24))!.lower).toBeLessThan(1.05);
});

it("keeps the bound below 1 at a constant rate in nearly every event", () => {
  const random = mulberry32(7);
  const above = Array.from({ length: 200 }, () => strongestSurge(hours(Array.from({ length: 96 }, () => poisson(random, 10)), () => 12))!.lower).filter((lower) => lower > 1).length;
  expect(above).toBeLessThanOrEqual(10);
});

it("says nothing of a handful of posts", () => {
  expect(strongestSurge(hours([0, 0, 0, 1, 2, 1]))!.lower).toBeLessThan(1);
  expect(strongestSurge(hours([1, 2, 3]))).toBeNull();
});
