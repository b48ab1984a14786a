import { expect, it } from "vitest";
import { agreement } from "../../../analyzers/quantification/agreement.ts";
import { designInterval } from "../../../analyzers/quantification/intervals.ts";
import { wilson } from "../../../analyzers/statistics.ts";

it("is Wilson's interval for the sample size that the variance is worth", () => {
  // 0.2 · 0.8 / 0.0032 = 50
  designInterval(0.2, 0.0032, 10).forEach((end, i) => expect(end).toBeCloseTo(wilson(10, 50)[i]!, 12));
  expect(designInterval(0.2, 0, 10)).toEqual([0.2, 0.2]);
  expect(designInterval(0, 1e-3, 10)[0]).toBe(0);
  expect(designInterval(1, 1e-3, 10)[1]).toBe(1);
  for (const [share, variance, n] of [[1.1, 0.1, 10], [0.5, NaN, 10], [0.5, 0.1, 0]] as const) expect(() => designInterval(share, variance, n)).toThrow(RangeError);
});

it("gives Cohen's κ", () => {
  // Agreed 35 of 50; chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5; κ = 0.2 / 0.5. Wilson of 35 in 50: 0.5625 … 0.8090.
  const { n, agreed, kappa } = agreement([[20, 5], [10, 15]]);
  expect([n, agreed]).toEqual([50, 0.7]);
  expect(kappa!.value).toBeCloseTo(0.4, 12);
  expect(kappa!.interval[0]).toBeCloseTo(0.125, 3);
  expect(kappa!.interval[1]).toBeCloseTo(0.618, 3);
});

it("does not call full agreement certain, nor agreement that chance explains", () => {
  const { kappa } = agreement([[10, 0], [0, 10]]);
  expect(kappa!.value).toBe(1);
  expect(kappa!.interval[0]).toBeLessThan(0.8);
  expect(agreement([[20, 0], [0, 0]])).toEqual({ n: 20, agreed: 1, kappa: null });
  expect(agreement([[0, 10], [10, 0]]).kappa!.value).toBe(-1);
  expect(() => agreement([[0, 0], [0, 0]])).toThrow(RangeError);
});
