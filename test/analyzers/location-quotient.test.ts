import { expect, it } from "vitest";
import { benjaminiHochberg, designEffect, locationQuotients } from "../../analyzers/location-quotient.ts";
import { population } from "../../analyzers/population.ts";
import { mulberry32, type Random } from "../../analyzers/statistics.ts";

it("computes quotient, shrinkage, interval and mark of a case worked by hand", () => {
  const base = new Map([["甲", 50], ["乙", 30], ["丙", 20]]);
  const rows = locationQuotients(new Map([["甲", 400], ["乙", 400], ["丙", 200], ["海外", 999]]), base, 2);
  // N = 1000 (海外 is not in the base); E = 500, 300, 200; LQ = 0.8, 1.3333, 1.
  expect(rows.map(({ expected }) => expected)).toEqual([500, 300, 200]);
  expect(rows[1]!.quotient).toBeCloseTo(4 / 3, 12);
  // Σ(E/N)(LQ−1)² = 0.5·0.04 + 0.3·0.1111 = 0.053333; D/Ē = 2·3/1000 = 0.006; s² = 0.047333.
  const between = 0.5 * 0.04 + 0.3 / 9 - 0.006;
  const reliability = between / (between + 2 / 300);
  expect(rows[1]!.shrunk).toBeCloseTo(1 + reliability / 3, 12);
  const half = 1.959963984540054 * Math.sqrt((2 / 300) * reliability);
  expect(rows[1]!.interval).toEqual([expect.closeTo(1 + reliability / 3 - half, 12), expect.closeTo(1 + reliability / 3 + half, 12)]);
  // z of 乙 = 100 / √(2·300·0.7) = 4.879500; two-sided p = 1.0634e-6, within the 1.5e-7 of the erfc used.
  expect(Math.abs(rows[1]!.p - 1.0634e-6)).toBeLessThan(1.5e-7);
  // 甲 deviates by less than 0.2 after shrinkage, 丙 not at all.
  expect(rows.map(({ marked }) => marked)).toEqual([false, true, false]);
});

it("gives nothing without observations, and shrinks everything to 1 when the spread is noise", () => {
  const base = new Map([["甲", 1], ["乙", 1]]);
  expect(locationQuotients(new Map([["海外", 5]]), base, 1)).toEqual([]);
  for (const row of locationQuotients(new Map([["甲", 11], ["乙", 9]]), base, 1)) expect(row).toMatchObject({ shrunk: 1, marked: false });
});

it("finds the Benjamini–Hochberg level", () => {
  // q·i/4 = 0.0125, 0.025, 0.0375, 0.05: the third passes although the second alone would not.
  expect(benjaminiHochberg([0.9, 0.03, 0.0374, 0.001], 0.05)).toBe(0.0374);
  expect(benjaminiHochberg([0.9, 0.5], 0.05)).toBe(-1);
});

it("widens variances by authors that post on several days", () => {
  // 10 authors once, 2 authors on 5 of 5 days (8 posts): Σm = 20, Σm² = 60.
  expect(designEffect([{ posts: 1, authors: 10 }, { posts: 8, authors: 2 }], 5, 0)).toBe(3);
  expect(designEffect([{ posts: 8, authors: 2 }], 1, 4)).toBe(1);
  expect(designEffect([], 0, 0)).toBe(1);
});

/** Author-days by province of one report: 30 % of the authors post on 3 to 10 days, the others on one. */
function report(random: Random, authors: number, weight: (region: string) => number) {
  const regions = [...population().residents].map(([region, people]) => ({ region, weight: people * weight(region) }));
  const total = regions.reduce((sum, row) => sum + row.weight, 0);
  const counts = new Map<string, number>();
  const sizes = new Map<number, number>();
  for (let i = 0; i < authors; i++) {
    let at = random() * total;
    const region = regions.find((row) => (at -= row.weight) < 0) ?? regions.at(-1)!;
    const days = random() < 0.3 ? 3 + Math.floor(random() * 8) : 1;
    counts.set(region.region, (counts.get(region.region) ?? 0) + days);
    sizes.set(days, (sizes.get(days) ?? 0) + 1);
  }
  return { counts, effect: designEffect([...sizes].map(([posts, authors]) => ({ posts, authors })), 10, 0) };
}

it("marks a province in at most 6 % of reports without any difference, and far more often when clustering is ignored", () => {
  const random = mulberry32(20_260_101);
  const reports = Array.from({ length: 300 }, () => report(random, 1500, () => 1));
  const claims = (effect: (own: number) => number) => reports.filter((one) => locationQuotients(one.counts, population().residents, effect(one.effect)).some(({ marked }) => marked)).length / reports.length;
  expect(claims((own) => own)).toBeLessThanOrEqual(0.06);
  expect(claims(() => 1)).toBeGreaterThan(0.2);
});

it("finds three provinces planted at twice their share among 5,000 accounts", () => {
  const planted = ["湖北", "北京", "陕西"];
  const random = mulberry32(7);
  let found = 0;
  for (let i = 0; i < 60; i++) {
    const { counts, effect } = report(random, 5000, (region) => (planted.includes(region) ? 2 : 1));
    found += locationQuotients(counts, population().residents, effect).filter(({ region, marked, shrunk }) => marked && shrunk > 1 && planted.includes(region)).length;
  }
  expect(found / 180).toBeGreaterThanOrEqual(0.9);
});
