import { expect, it } from "vitest";
import { communitiesOf, type Edge } from "../../pipeline/relate/modularity.ts";

const edge = (a: number, b: number, weight = 1): Edge => ({ a, b, weight });

it("parts two triangles that hang together by one edge, and leaves lone nodes alone", () => {
  expect([...communitiesOf(7, [edge(0, 1), edge(1, 2), edge(0, 2), edge(3, 4), edge(4, 5), edge(3, 5), edge(2, 3)], 1)]).toEqual([0, 0, 0, 1, 1, 1, 2]);
});

it("merges communities of communities at low resolution and parts more at high", () => {
  // Three pairs in a row. Merging two pairs gains weight 1 of 8 in all against γ · 5 · 6 / (2 · 64) at most: for γ = 0.1 it pays, for γ = 2 it does not.
  const edges = [edge(0, 1, 2), edge(2, 3, 2), edge(4, 5, 2), edge(1, 2), edge(3, 4)];
  expect([...communitiesOf(6, edges, 0.1)]).toEqual([0, 0, 0, 0, 0, 0]);
  expect([...communitiesOf(6, edges, 2)]).toEqual([0, 0, 1, 1, 2, 2]);
});

it("ends on a ring of equal weights that rounding makes unequal, and on no edges", () => {
  const ring = Array.from({ length: 30 }, (_, i) => edge(i, (i + 1) % 30, 0.1 + 0.2));
  expect(new Set(communitiesOf(30, ring, 2)).size).toBeGreaterThan(1);
  expect([...communitiesOf(3, [], 1)]).toEqual([0, 1, 2]);
});
