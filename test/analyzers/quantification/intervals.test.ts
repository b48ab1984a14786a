import { expect, it } from "vitest";
import { agreement } from "../../../analyzers/quantification/agreement.ts";
import { clusteredShare } from "../../../analyzers/quantification/clusters.ts";
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

it("takes an author's posts for one voice", () => {
  const posts = [1, 1, 0, 0].flatMap((value, author) => [0, 1].map(() => ({ author, source: author, value })));
  const { share, interval } = clusteredShare(posts);
  expect(share).toBe(0.5);
  // Authors' sums differ from the mean by ±1: 4 / 8² · 4/3 = 1/12, worth 0.25 · 12 = 3 posts.
  interval.forEach((end, i) => expect(end).toBeCloseTo(wilson(1.5, 3)[i]!, 9));
});

it("takes copies of one source by many authors for one voice", () => {
  const copied = Array.from({ length: 40 }, (_, author) => ({ author, source: author < 20 ? "constructor" : author, value: author < 20 ? 1 : 0 }));
  const alone = copied.map((post, i) => ({ ...post, source: i }));
  const width = ([lo, hi]: [number, number]): number => hi - lo;
  expect(width(clusteredShare(copied).interval)).toBeGreaterThan(2 * width(clusteredShare(alone).interval));
  expect(clusteredShare(alone).interval[0]).toBeCloseTo(wilson(20, 40)[0], 1);
});

it("does not take unknown authors for one, and leaves a share of 0 open", () => {
  const posts = Array.from({ length: 30 }, (_, i) => ({ author: null, source: i, value: 0 }));
  const { share, interval } = clusteredShare(posts);
  expect(share).toBe(0);
  expect(interval[0]).toBe(0);
  expect(interval[1]).toBeCloseTo(wilson(0, 30)[1], 9);
  expect(() => clusteredShare([])).toThrow(RangeError);
});
