import { expect, it } from "vitest";
import { FeatureGraph } from "../../pipeline/relate/communities.ts";
import { documentsOf, selectDocuments } from "../../pipeline/relate/documents.ts";
import { assignTopics, learnTopics } from "../../pipeline/relate/learn-topics.ts";
import { classify, fitMixture } from "../../pipeline/relate/mixture.ts";
import { adjustedRand } from "./agreement.ts";
import { random } from "./planted-opinions.ts";

const never = (): boolean => false;
const sorted = (lists: string[][]): string[][] => [...lists].sort((a, b) => (a.join() < b.join() ? -1 : 1));

it("numbers features in code-point order and drops rare and common ones", () => {
  // 丙 in 5 of 10 documents is above 30 %, 甲 in 2 is below 3.
  const { terms, documents } = documentsOf([["乙", "丙"], ["丙", "constructor"], ["甲", "乙", "丙"], ["乙", "constructor"], ["constructor", "甲"], ["丙"], ["丙"], [], [], []]);
  expect(terms).toEqual(["constructor", "乙"]);
  expect([...documents.offsets]).toEqual([0, 1, 2, 3, 5, 6, 6, 6, 6, 6, 6]);
  expect([...documents.features]).toEqual([1, 0, 1, 0, 1, 0]);
  const some = selectDocuments(documents, [3, 0]);
  expect([[...some.offsets], [...some.features]]).toEqual([[0, 2, 3], [0, 1, 1]]);
});

it("finds communities of features that occur together more than chance", () => {
  // Two pairs, each in 4 of 14 documents; e stands alone.
  const lists = [...Array<string[]>(4).fill(["a", "b"]), ...Array<string[]>(4).fill(["c", "d"]), ...Array<string[]>(3).fill(["e"]), [], [], []];
  const { terms, documents } = documentsOf(lists);
  expect(terms).toEqual(["a", "b", "c", "d", "e"]);
  const [a, b, c, d, e] = new FeatureGraph(documents, never).communities(1);
  expect([a === b, c === d, a === c, e]).toEqual([true, true, false, -1]);
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

/** `count` documents of 4 to 8 terms from ten topics of 40 words each (Zipf sizes) and 60 common words; a tenth common words only. */
function planted(count: number): { lists: string[][]; topics: number[] } {
  const next = random(11);
  const topics: number[] = [];
  const lists = Array.from({ length: count }, () => {
    const u = next() * 2.93;
    let topic = 0;
    for (let sum = 1; topic < 9 && sum < u; sum += 1 / (topic + 1)) topic++;
    if (next() < 0.1) topic = -1;
    topics.push(topic);
    const words = Array.from({ length: 4 + Math.floor(next() * 5) }, () => (topic < 0 || next() < 0.4 ? `c${Math.floor(next() * 60)}` : `t${topic}-${Math.floor(next() * next() * 40)}`));
    return [...new Set(words)];
  });
  return { lists, topics };
}

it("recovers planted topics and their shares", () => {
  const { lists, topics: gold } = planted(6000);
  const { documents } = documentsOf(lists);
  const { topics } = assignTopics(learnTopics(documents, never, 30), documents);
  const kept = [...topics.keys()].filter((d) => topics[d]! >= 0 && gold[d]! >= 0);
  expect(adjustedRand(kept.map((d) => topics[d]), kept.map((d) => gold[d]))).toBeGreaterThan(0.85);
  expect(meanShareError(topics, gold)).toBeLessThan(0.02);
});

/** Mean absolute error of the shares of the gold topics when each found topic counts as the gold topic most of it is. */
function meanShareError<T>(found: ArrayLike<number>, gold: readonly T[]): number {
  const cells = new Map<number, Map<T, number>>();
  for (const [d, truth] of gold.entries()) {
    const row = cells.get(found[d]!) ?? new Map<T, number>();
    cells.set(found[d]!, row.set(truth, (row.get(truth) ?? 0) + 1));
  }
  const shares = new Map<T, number>();
  for (const truth of gold) shares.set(truth, (shares.get(truth) ?? 0) - 1 / gold.length);
  for (const [topic, row] of cells) {
    const [major] = [...row].sort((a, b) => b[1] - a[1])[0]!;
    if (topic >= 0) for (const [, n] of row) shares.set(major, shares.get(major)! + n / gold.length);
  }
  return [...shares.values()].reduce((sum, error) => sum + Math.abs(error), 0) / shares.size;
}

it("has no randomness: the same documents, the same topics", () => {
  const { documents } = documentsOf(sorted(planted(1500).lists));
  const { documents: again } = documentsOf(sorted([...planted(1500).lists].reverse()));
  const model = learnTopics(documents, never, 20);
  expect([...assignTopics(learnTopics(again, never, 20), again).topics]).toEqual([...assignTopics(model, documents).topics]);
});

it("leaves documents with too little evidence to no topic; a hashtag is enough", () => {
  const lists = [...planted(1500).lists, ["t0-0"], ["t0-0", "t0-1"], []];
  const { terms, documents } = documentsOf(lists);
  const { topics } = assignTopics(learnTopics(documents, never, 20), documents);
  expect([topics[1500], topics[1502]]).toEqual([-1, -1]);
  expect(topics[1501]).toBeGreaterThanOrEqual(0);
  const isTag = (feature: number): boolean => terms[feature] === "t0-0";
  expect(assignTopics(learnTopics(documents, isTag, 20), documents).topics[1500]).toBeGreaterThanOrEqual(0);
});

it("accepts no documents, empty documents and no features", () => {
  for (const lists of [[], [[]], [["a"], ["b"]]]) {
    const { documents } = documentsOf(lists);
    expect([...assignTopics(learnTopics(documents, never, 20), documents).topics]).toEqual(lists.map(() => -1));
  }
});
