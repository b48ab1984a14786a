import { expect, it } from "vitest";
import { logOddsZ } from "../../analyzers/keyness.ts";
import type { Mixture } from "../../pipeline/relate/mixture.ts";
import { centralityOf, salience } from "../../pipeline/relate/salience.ts";

// Two features in two topics and an empty one: feature 0 eight times in topic 0, twice in topic 1; feature 1 the other way round.
const mixture: Mixture = { topics: 3, vocabulary: 2, beta: 0.2, documents: Int32Array.of(5, 5, 0), features: Int32Array.of(8, 2, 0, 2, 8, 0), totals: Int32Array.of(10, 10, 0) };

it("is the z of a feature in a topic against all others, 0 in an empty one", () => {
  const z = logOddsZ({ count: 8, total: 10 }, { count: 2, total: 10 }, 500);
  expect(z).toBeGreaterThan(0);
  const found = salience(mixture);
  for (const [cell, expected] of [z, -z, 0, -z, z, 0].entries()) expect(found[cell]).toBeCloseTo(expected, 5);
});

it("makes a document central by its mean salience, drawn to 0 when it has few features", () => {
  const given = { mixture, salience: Float32Array.of(6, -6, 0, 3, -3, 0) };
  // 6 / (1 + 5), (6 + 3) / (2 + 5), nothing / 5.
  expect([[0], [0, 1], []].map((features) => centralityOf(given, 0, Int32Array.from(features)))).toEqual([1, 9 / 7, 0]);
});
