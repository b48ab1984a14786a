import { expect, it } from "vitest";
import { characterSets, withCharacters } from "../../pipeline/relate/character-sets.ts";

it("takes Han characters of 3 texts and more and of 30 % at most, from the first 140 characters", () => {
  // Of 10 texts, numbered from 1: 水 and 电 are in 3, 人 in 4, 火 in 2; 光 stands behind 140 others.
  const forms = ["水电水", "电水a1", "水人", "人火", "人火", "人电", "x".repeat(140) + "光", "光", "光", "\u0000!"];
  const sets = characterSets([3, 1, 2, 4, 5, 6, 7, 8, 9, 10], forms);
  expect(sets.vocabulary).toBe(2);
  const bare = { offsets: new Int32Array(11), features: new Int32Array(), vocabulary: 0, weights: new Uint8Array() };
  const { offsets, features, vocabulary } = withCharacters(bare, 1, sets);
  // 水 U+6C34 is feature 0, 电 U+7535 feature 1. Text 1 is 电水, text 2 水人, text 3 水电, text 6 人电.
  expect([[...offsets], [...features], vocabulary]).toEqual([[0, 2, 3, 5, 5, 5, 6, 6, 6, 6, 6], [1, 0, 0, 0, 1, 1], 2]);
});

it("puts characters, of weight 1, after the features of the documents", () => {
  const sets = characterSets([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], ["水", "水", "水", "", "", "", "", "", "", ""]);
  const { offsets, features, vocabulary, weights } = withCharacters({ offsets: Int32Array.of(0, 2, 2), features: Int32Array.of(0, 4), vocabulary: 5, weights: Uint8Array.of(2, 2, 2, 2, 4) }, 2, sets);
  expect([[...offsets], [...features], vocabulary, [...weights]]).toEqual([[0, 3, 3], [0, 4, 5], 6, [2, 2, 2, 2, 4, 1]]);
});

it("accepts no texts", () => {
  const sets = characterSets([], []);
  expect([sets.vocabulary, sets.codes.length]).toEqual([0, 0]);
});
