import { expect, it } from "vitest";
import { coherenceOf, coverageOf, npmi } from "../../pipeline/relate/coherence.ts";

/** Documents of the given features, of 4. */
function documents(lists: number[][]) {
  const offsets = Int32Array.from([0, ...lists.map((_, d) => lists.slice(0, d + 1).flat().length)]);
  return { offsets, features: Int32Array.from(lists.flat()), vocabulary: 4, weights: new Uint8Array(4).fill(1) };
}

it("is −1 for words never together, 0 for chance, 1 for only together", () => {
  expect([npmi(0, 2, 2, 8), npmi(1, 2, 4, 8), npmi(2, 2, 2, 8), npmi(8, 8, 8, 8)]).toEqual([-1, 0, 1, 1]);
  // 2 of 8 together, 4 and 2 alone: ln(2 · 8 / 8) / ln 4 = 1/2.
  expect(npmi(2, 4, 2, 8)).toBeCloseTo(0.5, 12);
});

it("is the mean over all pairs", () => {
  // 0 and 1 only together (1), 0 and 2 as by chance (0: 1 of 4 together, 2 and 2 alone), 1 and 2 the same.
  const found = documents([[0, 1, 2], [0, 1], [2, 3], [3]]);
  expect(coherenceOf(found, [0, 1])).toBeCloseTo(1, 12);
  expect(coherenceOf(found, [2, 0, 1])).toBeCloseTo(1 / 3, 12);
  expect(coherenceOf(found, [0, 3])).toBe(-1);
});

it("is null for one word or none, and takes a word that no document has", () => {
  const found = documents([[0], [0, 1]]);
  expect([coherenceOf(found, []), coherenceOf(found, [0]), coherenceOf(found, [0, 3])]).toEqual([null, null, -1]);
});

it("covers what share of the chosen documents hold one of the words", () => {
  const found = documents([[0, 1], [1], [2, 3], [3]]);
  expect(coverageOf(found, [0, 1, 2], [0, 2])).toBeCloseTo(2 / 3, 12);
  expect([coverageOf(found, [0, 1], []), coverageOf(found, [], [0])]).toEqual([0, 0]);
});
