import { expect, it } from "vitest";
import { learnConsensus } from "../../pipeline/relate/consensus.ts";
import { documentsOf } from "../../pipeline/relate/documents.ts";
import { classify } from "../../pipeline/relate/mixture.ts";
import { adjustedRand } from "./agreement.ts";
import { random } from "./planted-opinions.ts";

/** `count` documents of 4 to 8 terms, most of them from one of `topics` sets of 30 words, the others from 60 common words. */
function planted(count: number, topics: number): { lists: string[][]; gold: number[] } {
  const next = random(11);
  const gold: number[] = [];
  const lists = Array.from({ length: count }, () => {
    const topic = Math.floor(next() * topics);
    gold.push(topic);
    return [...new Set(Array.from({ length: 4 + Math.floor(next() * 5) }, () => (next() < 0.25 ? `c${Math.floor(next() * 60)}` : `t${topic}-${Math.floor(next() * next() * 30)}`)))];
  });
  return { lists, gold };
}

it("finds planted topics and their number without being told it, and calls them stable", () => {
  const { lists, gold } = planted(3000, 6);
  const { documents } = documentsOf(lists);
  const { mixture, stabilities } = learnConsensus(documents, 30);
  const { topics } = classify(mixture, documents);
  expect(adjustedRand(topics, gold)).toBeGreaterThan(0.9);
  const large = [...mixture.documents.keys()].filter((topic) => mixture.documents[topic]! >= 30);
  expect(large.length).toBe(6);
  expect(mixture.documents[mixture.topics - 1]).toBeLessThan(30);
  for (const topic of large) expect(stabilities[topic]).toBeGreaterThan(0.6);
});

it("calls topics of words strewn at random unstable", () => {
  const next = random(3);
  const { documents } = documentsOf(Array.from({ length: 1500 }, () => [...new Set(Array.from({ length: 6 }, () => `w${Math.floor(next() * 200)}`))]));
  const { mixture, stabilities } = learnConsensus(documents, 30);
  const mean = stabilities.reduce((sum, stability, topic) => sum + stability * mixture.documents[topic]!, 0) / 1500;
  expect(mean).toBeLessThan(0.5);
});

it("gives the same topics again, and none of nothing", () => {
  const { documents } = documentsOf(planted(600, 4).lists);
  expect(learnConsensus(documents, 10)).toEqual(learnConsensus(documents, 10));
  const none = learnConsensus(documentsOf([]).documents, 10);
  expect([none.mixture.topics, [...none.stabilities]]).toEqual([1, [0]]);
});
