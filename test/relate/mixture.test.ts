import { expect, it } from "vitest";
import { documentsOf, selectDocuments } from "../../pipeline/relate/documents.ts";
import { classify, fitMixture } from "../../pipeline/relate/mixture.ts";

it("numbers features in code-point order and drops rare and common ones", () => {
  // 丙 in 5 of 10 documents is above 30 %, 甲 in 2 is below 3.
  const { terms, documents } = documentsOf([["乙", "丙"], ["丙", "constructor"], ["甲", "乙", "丙"], ["乙", "constructor"], ["constructor", "甲"], ["丙"], ["丙"], [], [], []]);
  expect(terms).toEqual(["constructor", "乙"]);
  expect([...documents.offsets]).toEqual([0, 1, 2, 3, 5, 6, 6, 6, 6, 6, 6]);
  expect([...documents.features]).toEqual([1, 0, 1, 0, 1, 0]);
  const some = selectDocuments(documents, [3, 0]);
  expect([[...some.offsets], [...some.features]]).toEqual([[0, 2, 3], [0, 1, 1]]);
});

it("classifies by hand: two topics of two documents", () => {
  const { documents } = documentsOf([["a", "b"], ["a", "b"], ["c", "d"], ["c", "d"], ["a", "b"], ["c", "d"], [], [], [], []]);
  const learnt = selectDocuments(documents, [0, 1, 2, 3]);
  const mixture = fitMixture(learnt, Int32Array.of(0, 0, 1, 1), 2, { beta: 0.05, temperatures: [0, 0, 0] });
  expect([...mixture.documents, ...mixture.totals]).toEqual([2, 2, 4, 4]);
  const { topics, posteriors } = classify(mixture, selectDocuments(documents, [4, 5, 6]));
  expect([...topics]).toEqual([0, 1, 0]);
  // Same sizes and totals, so the odds are the product of (2 + 0.05) / (0 + 0.05) over the two features: 41². Without features: even.
  expect(posteriors[0]).toBeCloseTo(1681 / 1682, 12);
  expect(posteriors[2]).toBe(0.5);
});

it("knows how much likelier a document is in its topic than in all topics together", () => {
  const { documents } = documentsOf([["a", "b"], ["a", "b"], ["c", "d"], ["c", "d"], ["a", "b"], ["a", "c"], ["c", "d"], ...Array<string[]>(8).fill([])]);
  const { evidences } = classify(fitMixture(selectDocuments(documents, [0, 1, 2, 3]), Int32Array.of(0, 0, 1, 1), 2, { beta: 0.05, temperatures: [0] }), selectDocuments(documents, [4, 5]));
  // In the topic: (2.05 / 4.7)² (four features, two words: total 4 + 4 · 0.05, and half a word for the midpoint); in all: (2.05 / 8.2)².
  expect(evidences[0]).toBeCloseTo(2 * Math.log(8.2 / 4.7), 12);
  expect(evidences[1]).toBeCloseTo(Math.log((2.05 * 0.05) / 4.7 ** 2) - 2 * Math.log(2.05 / 8.2), 12);
});

it("draws topics at a temperature, and keeps emptied ones empty", () => {
  const { documents } = documentsOf([["a", "b"], ["a", "b"], ["a", "b"], ["c", "d"], ["c", "d"], ["c", "d"], [], [], [], []]);
  const learnt = selectDocuments(documents, [0, 1, 2, 3, 4, 5]);
  const late = Int32Array.of(0, 0, 0, 1, 1, 1);
  // u just below 1 takes the last topic with a document, however unlikely; topic 2 never had one.
  fitMixture(learnt, late, 3, { beta: 0.05, temperatures: [1], random: () => 1 - 1e-16 });
  expect([...late]).toEqual([1, 1, 1, 1, 1, 1]);
});

it("moves a misplaced document to its likelier topic", () => {
  const { documents } = documentsOf([["a", "b"], ["a", "b"], ["a", "b"], ["c", "d"], ["c", "d"], ["c", "d"], [], [], [], []]);
  const assignment = Int32Array.of(0, 0, 1, 1, 1, 1);
  fitMixture(selectDocuments(documents, [0, 1, 2, 3, 4, 5]), assignment, 2, { beta: 0.05, temperatures: [0, 0, 0] });
  expect([...assignment]).toEqual([0, 0, 0, 1, 1, 1]);
});
