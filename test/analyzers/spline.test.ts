import { expect, it } from "vitest";
import { chooseSpline, fitSpline, isFlat, overdispersion } from "../../analyzers/spline.ts";
import { mulberry32, poisson } from "../../analyzers/statistics.ts";

const counts = [3, 7, 2, 9, 30, 12, 40, 22, 9, 4, 6, 1];
const exposure = [1, 2, 0.5, 1, 0, 1, 2, 1, 1, 1, 1.5, 0.2];
const bend = (rate: ArrayLike<number>, i: number) => rate[i]! - 2 * rate[i - 1]! + rate[i - 2]!;

it("ends where the gradient of the penalised likelihood is zero", () => {
  const { logRate } = fitSpline({ counts, exposure }, 2, 1.5);
  const gradient = counts.map((y, i) => (exposure[i] === 0 ? 0 : (exposure[i]! * Math.exp(logRate[i]!) - y) / 1.5));
  for (let i = 2; i < counts.length; i++) [4, -8, 4].forEach((factor, k) => (gradient[i - k]! += factor * bend(logRate, i)));
  expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-8);
});

it("takes edf and deviations from the inverse, checked against Gauss–Jordan", () => {
  const { logRate, edf, deviation } = fitSpline({ counts, exposure }, 2, 1.5);
  const n = counts.length;
  const weight = counts.map((_, i) => (exposure[i]! * Math.exp(logRate[i]!)) / 1.5);
  const rows = counts.map((_, i) => counts.map((_, j) => (i === j ? weight[i]! : 0)).concat(counts.map((_, j) => (i === j ? 1 : 0))));
  for (let i = 2; i < n; i++) for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) rows[i - a]![i - b]! += 4 * [1, -2, 1][a]! * [1, -2, 1][b]!;
  for (let i = 0; i < n; i++) {
    const pivot = rows[i]![i]!;
    rows[i] = rows[i]!.map((value) => value / pivot);
    for (let k = 0; k < n; k++) if (k !== i) rows[k] = rows[k]!.map((value, j) => value - (k === i ? 0 : rows[k]![i]! * rows[i]![j]!));
  }
  const inverse = rows.map((row, i) => row[n + i]!);
  expect(edf).toBeCloseTo(inverse.reduce((sum, value, i) => sum + value * weight[i]!, 0), 8);
  deviation.forEach((value, i) => expect(value).toBeCloseTo(Math.sqrt(inverse[i]!), 8));
});

it("does not look at the count of a bin without exposure and bridges it", () => {
  const even = [8, 8, 8, 0, 0, 8, 8, 8];
  const open = [1, 1, 1, 0, 0, 1, 1, 1];
  const fit = fitSpline({ counts: even, exposure: open }, 10, 1);
  expect([...fit.logRate].map((value) => Math.exp(value).toFixed(4))).toEqual(Array(8).fill("8.0000"));
  expect(fitSpline({ counts: [8, 8, 8, 999, 5, 8, 8, 8], exposure: open }, 10, 1).logRate).toEqual(fit.logRate);
});

it("reproduces exponential growth whatever λ is", () => {
  const growth = [10, 20, 40, 80, 160, 320];
  for (const smoothing of [0.3, 100, 1e5]) {
    const { logRate } = fitSpline({ counts: growth, exposure: growth.map(() => 1) }, smoothing, 1);
    growth.forEach((count, i) => expect(Math.exp(logRate[i]!)).toBeCloseTo(count, 4));
  }
});

it("takes one bin or two, long zeros, and one burst without overflow", () => {
  for (const series of [[5], [5, 9], [0, 0, 0, 0, 0, 1], [...Array<number>(60).fill(0), 1e6, ...Array<number>(1000).fill(0)]]) {
    const fit = chooseSpline({ counts: series, exposure: series.map(() => 1) });
    for (const value of fit.logRate) expect(Number.isFinite(value)).toBe(true);
    expect(Number.isFinite(fit.bic)).toBe(true);
  }
  expect(() => chooseSpline({ counts: [0, 0], exposure: [1, 1] })).toThrow(RangeError);
});

it("measures overdispersion", () => {
  const random = mulberry32(3);
  const even = Array.from({ length: 2000 }, () => poisson(random, 20));
  const open = even.map(() => 1);
  expect(overdispersion({ counts: even, exposure: open })).toBeCloseTo(1, 1);
  // Each count tripled: variance 9·20 over a mean of 3·20.
  expect(overdispersion({ counts: even.map((count) => 3 * count), exposure: open })).toBeCloseTo(3, 0);
  expect(overdispersion({ counts: [4], exposure: [1] })).toBe(1);
});

it("tells a constant rate from a trend", () => {
  const random = mulberry32(5);
  const flat = { counts: Array.from({ length: 120 }, () => poisson(random, 6)), exposure: Array<number>(120).fill(1) };
  const rising = { ...flat, counts: Array.from({ length: 120 }, (_, i) => poisson(random, 3 + i / 20)) };
  expect(isFlat(flat, chooseSpline(flat))).toBe(true);
  expect(isFlat(rising, chooseSpline(rising))).toBe(false);
});
