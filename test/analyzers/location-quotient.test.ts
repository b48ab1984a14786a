import { expect, it } from "vitest";
import { benjaminiHochberg, designEffect, groupEffect, locationQuotients } from "../../analyzers/location-quotient.ts";

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

it("measures how far groups fall together: 1 when spread like the base, their size when each sits in one region", () => {
  const base = new Map([["甲", 1], ["乙", 1]]);
  const one = { squares: 1, products: 1 };
  // Ten groups of one: Σn² and Σn·size are the counts. Variance: Σ_r (5 − 2·½·5 + ¼·10) = 5; independent: 10·(½·½)·2 = 5.
  expect(groupEffect([{ region: "甲", squares: 5, products: 5 }, { region: "乙", squares: 5, products: 5 }], base, 10)).toBe(1);
  // Two groups of four, one in each region: per region Σn² = 16, Σn·size = 16, Σsize² = 32: (16 − 16 + 8)·2 = 16; independent: 8·¼·2 = 4.
  expect(groupEffect([{ region: "甲", squares: 16, products: 16 }, { region: "乙", squares: 16, products: 16 }], base, 8)).toBe(4);
  // Two groups of four, each half and half: per region Σn² = 8, Σn·size = 16, Σsize² = 32: (8 − 16 + 8)·2 = 0.
  expect(groupEffect([{ region: "甲", squares: 8, products: 16 }, { region: "乙", squares: 8, products: 16 }], base, 8)).toBe(0);
  expect(groupEffect([], base, 0)).toBe(1);
  expect(groupEffect([{ region: "甲", ...one }], base, 1)).toBe(1);
});

it("adds the effects of two groupings and takes their intersection off once", () => {
  expect(designEffect(3, 2, 1)).toBe(4);
  expect(designEffect(0.9, 0.9, 1)).toBe(1);
});
