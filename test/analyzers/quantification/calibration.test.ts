import { expect, it } from "vitest";
import { byClass, calibratedShares, cellOf, type Calibration } from "../../../analyzers/quantification/calibration.ts";
import { mixtureShares } from "../../../analyzers/quantification/mixture.ts";
import { shifted, unusable } from "../../../analyzers/quantification/shift.ts";

it("inverts the errors of two classes", () => {
  // 0.4 · 0.8 + 0.6 · 0.3 = 0.5
  const [a, b] = mixtureShares([[0.8, 0.2], [0.3, 0.7]], [0.5, 0.5]);
  expect(a).toBeCloseTo(0.4, 5);
  expect(b).toBeCloseTo(0.6, 5);
});

it("stays in the corner when the predictions lie outside of every mixture", () => {
  // The inverse would be (0.9 − 0.3) / 0.5 = 1.2 and −0.2.
  const [a, b] = mixtureShares([[0.8, 0.2], [0.3, 0.7]], [0.9, 0.1]);
  expect(a).toBeCloseTo(1, 5);
  expect(b).toBeCloseTo(0, 5);
});

it("finds the mixture of three classes over more cells than classes", () => {
  const columns = [[0.5, 0.3, 0.1, 0.1], [0.1, 0.1, 0.5, 0.3], [0.2, 0.2, 0.2, 0.4]];
  const truth = [0.2, 0.5, 0.3];
  const q = [0, 1, 2, 3].map((i) => columns.reduce((sum, column, j) => sum + truth[j]! * column[i]!, 0));
  mixtureShares(columns, q).forEach((share, j) => expect(share).toBeCloseTo(truth[j]!, 4));
});

it("puts posts into cells by predicted class and certainty", () => {
  expect([cellOf(0, 0.4), cellOf(0, 0.6), cellOf(1, 0.94), cellOf(2, 0.95), cellOf(2, 1)]).toEqual([0, 1, 6, 11, 11]);
  expect(byClass([1, 2, 3, 4, 0, 0, 0, 5, 6, 0, 0, 0])).toEqual([10, 5, 6]);
});

const calibration: Calibration = {
  name: "invented",
  cells: [[20, 40, 60, 180, 10, 10, 10, 10, 20, 20, 10, 10], [10, 10, 10, 10, 30, 50, 70, 150, 20, 20, 10, 10], [10, 10, 10, 10, 10, 20, 10, 20, 40, 60, 100, 300]],
  meanMaxProbability: 0.8,
};
/** An event with the calibration's own errors. */
const mixture = (shares: number[], posts: number): number[] => {
  const sizes = calibration.cells.map((counts) => counts.reduce((sum, count) => sum + count, 0));
  return calibration.cells[0]!.map((_, i) => posts * shares.reduce((sum, share, j) => sum + (share * calibration.cells[j]![i]!) / sizes[j]!, 0));
};

it("finds the shares of an event with the calibration's own errors, and no shift", () => {
  const event = { cells: mixture([0.1, 0.2, 0.7], 5000), meanMaxProbability: 0.8, effective: 5000 };
  const found = calibratedShares(calibration, event, 1, 200);
  [0.1, 0.2, 0.7].forEach((share, k) => {
    expect(found.shares[k]).toBeCloseTo(share, 2);
    expect(found.intervals[k]![0]).toBeLessThan(share);
    expect(found.intervals[k]![1]).toBeGreaterThan(share);
  });
  expect(found.shares.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
  expect(unusable(calibration, event)).toBeNull();
  expect(shifted(found)).toBeNull();
  expect(calibratedShares(calibration, event, 1, 200)).toEqual(found);
});

it("is less sure with copies than with independent posts", () => {
  const width = (effective: number): number => {
    const [lo, hi] = calibratedShares(calibration, { cells: mixture([0.1, 0.2, 0.7], 5000), meanMaxProbability: 0.8, effective }, 1, 200).intervals[0]!;
    return hi - lo;
  };
  expect(width(100)).toBeGreaterThan(1.5 * width(5000));
});

it("holds the interval at 0 open when a class is absent", () => {
  const { shares, intervals } = calibratedShares(calibration, { cells: mixture([0, 0.3, 0.7], 2000), meanMaxProbability: 0.8, effective: 2000 }, 1, 200);
  expect(shares[0]).toBeLessThan(0.02);
  expect(intervals[0]![0]).toBe(0);
  expect(intervals[0]![1]).toBeGreaterThan(0.005);
  expect(intervals[0]![1]).toBeLessThan(0.06);
});

it("sees a shift: another certainty of the predictions, or predictions that no mixture gives", () => {
  const sure = mixture([0.3, 0.3, 0.4], 3000);
  // The same predicted classes, but never sure.
  const unsure = byClass(sure).flatMap((count) => [count, 0, 0, 0]);
  expect(shifted(calibratedShares(calibration, { cells: unsure, meanMaxProbability: 0.8, effective: 3000 }, 1, 200))).not.toBeNull();
  const allPositive = [100, 200, 300, 2400, 0, 0, 0, 0, 0, 0, 0, 0];
  expect(shifted(calibratedShares(calibration, { cells: allPositive, meanMaxProbability: 0.8, effective: 3000 }, 1, 200))).not.toBeNull();
});

it("is not used for few posts, a thin calibration, or a model much less sure", () => {
  const event = { cells: mixture([0.3, 0.3, 0.4], 3000), meanMaxProbability: 0.8, effective: 3000 };
  expect(unusable(calibration, { ...event, effective: 999 })!.en).toContain("999");
  expect(unusable(calibration, { ...event, meanMaxProbability: 0.74 })!.en).toContain("6.0 points");
  expect(unusable({ ...calibration, cells: [calibration.cells[0]!, calibration.cells[1]!, [49, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]] }, event)!.en).toContain("49");
});
