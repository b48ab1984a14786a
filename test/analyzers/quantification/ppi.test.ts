import { expect, it } from "vitest";
import { predictionPoweredShares, toSimplex } from "../../../analyzers/quantification/ppi.ts";
import { groupStrata, labelledShare, type Labelled, type Stratum } from "../../../analyzers/quantification/strata.ts";
import { mulberry32, type Random } from "../../../analyzers/statistics.ts";
import { shuffle } from "../../../data/samples/random.ts";

const item = (stratum: string, predicted: number[], label: number[], more: Partial<Labelled> = {}): Labelled => ({ stratum, size: 1, times: 1, predicted, label, ...more });
const half = [0.5, 0.5];
const yes = [1, 0];
const no = [0, 1];

it("is the mean of the labels, strata by their posts, when predictions say nothing", () => {
  const strata = [{ name: "a", posts: 600, mean: half }, { name: "b", posts: 400, mean: half }];
  const found = predictionPoweredShares(strata, [item("a", half, yes), item("a", half, no), item("a", half, no), item("a", half, no), item("b", half, no), item("b", half, no)]);
  // 0.6 · 1/4 + 0.4 · 0
  expect(found[0]!.share).toBeCloseTo(0.15, 12);
  expect(found[1]!.share).toBeCloseTo(0.85, 12);
  expect(found.map(({ lambda }) => lambda)).toEqual([0, 0]);
  // Of a 0.36 · (1/4)² · (1 − 4/600) · ((0.75² + 3 · 0.25²) · 4/3 + 4 · 1/14 · 13/14), with half a contrary label of six; of b that alone, 0.16 · 2 · (1/2)² · (1 − 2/400) · 1/14 · 13/14.
  expect(found[0]!.se ** 2).toBeCloseTo(0.36 * 0.0625 * (1 - 4 / 600) * (1 + 52 / 196) + 0.16 * 0.5 * (1 - 2 / 400) * (13 / 196), 12);
});

it("is the mean of the predictions when they agree with every label", () => {
  const found = predictionPoweredShares([{ name: "a", posts: 1000, mean: [0.3, 0.7] }], [item("a", yes, yes), item("a", no, no), item("a", no, no), item("a", no, no)]);
  expect(found[0]!.lambda).toBe(1);
  expect(found[0]!.share).toBeCloseTo(0.3, 12);
  // Four labels without an error: the variance of half an error among four, 4 · (1/4)² · (1 − 4/1000) · 0.1 · 0.9.
  expect(found[0]!.se ** 2).toBeCloseTo(0.25 * 0.996 * 0.09, 12);
});

it("knows the share for sure when every post is labelled", () => {
  const found = predictionPoweredShares([{ name: "a", posts: 3, mean: half }], [item("a", half, yes), item("a", half, yes), item("a", half, no)]);
  expect(found[0]!.share).toBeCloseTo(2 / 3, 12);
  expect(found[0]!.se).toBe(0);
  expect(found[0]!.interval).toEqual([found[0]!.share, found[0]!.share]);
});

it("counts a text as often as it was drawn, and takes one that no draw could miss as known", () => {
  const labelled = [item("a", half, yes, { size: 60, times: 3 }), item("a", half, no), item("a", half, no)];
  const found = predictionPoweredShares([{ name: "a", posts: 100, mean: half }], labelled);
  expect(found[0]!.share).toBeCloseTo(3 / 5, 12);
  // Only the other two vary, and they agree: half a contrary label of three, 2 · (1/5)² · (1 − 5/100) · 1/8 · 7/8.
  expect(found[0]!.se ** 2).toBeCloseTo(0.08 * 0.95 * (7 / 64), 12);
});

it("joins a stratum without labels to the one predicted most alike", () => {
  const strata = [{ name: "a", posts: 50, mean: [0.9, 0.1] }, { name: "b", posts: 30, mean: [0.1, 0.9] }, { name: "c", posts: 20, mean: [0.8, 0.2] }];
  const labelled = [item("a", half, yes), item("a", half, yes), item("b", half, no), item("b", half, no)];
  expect(predictionPoweredShares(strata, labelled)[0]!.share).toBeCloseTo(0.7, 12);
  expect(predictionPoweredShares(strata, [item("c", half, yes)])[0]!.share).toBe(1);
  expect(() => predictionPoweredShares(strata, [])).toThrow(RangeError);
  expect(() => groupStrata(strata, [item("toString", half, yes)])).toThrow(RangeError);
});

it("does not claim a share of 0 for sure", () => {
  const labels = Array.from({ length: 100 }, () => item("a", half, no));
  const [share] = predictionPoweredShares([{ name: "a", posts: 1e6, mean: half }], labels);
  // As Wilson's upper end at 0 of 100: z² / (100 + z²) = 0.037.
  expect(share!.share).toBe(0);
  expect(share!.interval[0]).toBe(0);
  expect(share!.interval[1]).toBeCloseTo(0.037, 3);
});

it("estimates a share that only labels show", () => {
  const groups = groupStrata([{ name: "a", posts: 30, mean: half }, { name: "b", posts: 70, mean: half }], [item("a", half, yes), item("a", half, no), item("b", half, yes), item("b", half, yes)]);
  const { share, interval } = labelledShare(groups, ({ label }) => label[0]!);
  expect(share).toBeCloseTo(0.85, 12);
  expect(interval[0]).toBeLessThan(0.85);
  expect(interval[1]).toBeGreaterThan(0.85);
});

it("clips to shares that add up to 1", () => {
  expect(toSimplex([0.6, -0.2, 0.6])).toEqual([0.5, 0, 0.5]);
  expect(() => toSimplex([0, -1])).toThrow(RangeError);
});

function randomAudit(random: Random): { strata: Stratum[]; labelled: Labelled[] } {
  const shares = (): number[] => toSimplex([random(), random(), random()]);
  const strata = ["a", "b", "c", "d"].map((name) => ({ name, posts: 20 + Math.floor(random() * 1000), mean: shares() }));
  const labelled = Array.from({ length: 5 + Math.floor(random() * 60) }, () => {
    const truth = Math.floor(random() * 3);
    return item(strata[Math.floor(random() * (random() < 0.5 ? 4 : 2))]!.name, shares(), [0, 1, 2].map((k) => (k === truth ? 1 : 0)), { size: 1 + Math.floor(random() * 9) });
  });
  return { strata, labelled };
}

it("gives shares that add up to 1, inside their intervals, in whatever order the rows come", () => {
  const random = mulberry32(3);
  for (let i = 0; i < 200; i++) {
    const { strata, labelled } = randomAudit(random);
    const found = predictionPoweredShares(strata, labelled);
    expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    for (const { share, interval, lambda } of found) {
      expect(interval[0]).toBeLessThanOrEqual(share);
      expect(interval[1]).toBeGreaterThanOrEqual(share);
      expect(interval[0]).toBeGreaterThanOrEqual(0);
      expect(interval[1]).toBeLessThanOrEqual(1);
      expect(lambda).toBeGreaterThanOrEqual(0);
      expect(lambda).toBeLessThanOrEqual(1);
    }
    const again = predictionPoweredShares(shuffle(random, strata), shuffle(random, labelled));
    again.forEach(({ share, interval }, k) => {
      expect(share).toBeCloseTo(found[k]!.share, 9);
      expect(interval[1]).toBeCloseTo(found[k]!.interval[1], 9);
    });
  }
});
