import { expect, it } from "vitest";
import { gamma, gini, mulberry32, negativeBinomial, normal, poisson, quantile, wilson } from "../../analyzers/statistics.ts";

it("gives Wilson's interval", () => {
  // z² = 3.8415: centre (0.5 + 0.19207) / 1.38415 = 0.5; half 1.95996·√(0.025 + 0.0096036) / 1.38415 = 0.26341.
  expect(wilson(5, 10).map((end) => end.toFixed(4))).toEqual(["0.2366", "0.7634"]);
  expect(wilson(0, 10)[0]).toBe(0);
  expect(wilson(10, 10)[1]).toBe(1);
  expect(() => wilson(0, 0)).toThrow(RangeError);
  expect(() => wilson(11, 10)).toThrow(RangeError);
});

it("gives quantiles between neighbours", () => {
  expect(quantile([1, 2, 3, 4], 0)).toBe(1);
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7);
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});

it("gives the Gini coefficient", () => {
  expect(gini([3, 3, 3])).toBe(0);
  // One of four has all: 1 − 1/4.
  expect(gini([0, 8, 0, 0])).toBe(0.75);
  // (−3·1 − 1·2 + 1·3 + 3·4) / (4·10)
  expect(gini([4, 1, 3, 2])).toBe(0.25);
  expect(() => gini([0, 0])).toThrow(RangeError);
});

it("approaches 1/(2α − 1) for Pareto values", () => {
  const n = 100_000;
  for (const alpha of [2, 3]) expect(gini(Array.from({ length: n }, (_, i) => (1 - (i + 0.5) / n) ** (-1 / alpha)))).toBeCloseTo(1 / (2 * alpha - 1), 2);
});

it("draws the same numbers from the same seed", () => {
  const random = mulberry32(1);
  expect([random(), random()]).toEqual([0.6270739405881613, 0.002735721180215478]);
});

it("draws with the right mean and variance", () => {
  const random = mulberry32(7);
  const moments = (draw: () => number) => {
    const values = Array.from({ length: 20_000 }, draw);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length] as const;
  };
  // Relative tolerance 5 %: at least four standard errors of the variance of 20 000 draws.
  const near = ([mean, variance]: readonly [number, number], wanted: [number, number]) => {
    expect(Math.abs(mean / wanted[0] - 1)).toBeLessThan(0.05);
    expect(Math.abs(variance / wanted[1] - 1)).toBeLessThan(0.08);
  };
  const [mean, variance] = moments(() => normal(random));
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(variance).toBeCloseTo(1, 1);
  for (const shape of [0.5, 4]) near(moments(() => gamma(random, shape)), [shape, shape]);
  for (const rate of [0.3, 7, 60, 900]) near(moments(() => poisson(random, rate)), [rate, rate]);
  near(moments(() => negativeBinomial(random, 10, 5)), [10, 10 + 100 / 5]);
  near(moments(() => negativeBinomial(random, 10, Infinity)), [10, 10]);
  expect(poisson(random, 0)).toBe(0);
  expect(negativeBinomial(random, 0, 3)).toBe(0);
});
