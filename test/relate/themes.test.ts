import { expect, it } from "vitest";
import { learnThemes } from "../../pipeline/relate/consensus.ts";
import { documentsOf } from "../../pipeline/relate/documents.ts";
import { classify } from "../../pipeline/relate/mixture.ts";
import { adjustedRand } from "./agreement.ts";
import { random } from "./planted-opinions.ts";

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

it("recovers planted themes", () => {
  const { lists, topics: gold } = planted(3000);
  const { documents } = documentsOf(lists);
  const { topics } = classify(learnThemes(documents, 16), documents);
  const themed = [...gold.keys()].filter((d) => gold[d]! >= 0);
  expect(adjustedRand(themed.map((d) => topics[d]), themed.map((d) => gold[d]))).toBeGreaterThan(0.85);
});

it("gives the same for the same documents", () => {
  const { documents } = documentsOf(planted(600).lists);
  const [one, other] = [learnThemes(documents, 16), learnThemes(documents, 16)];
  expect(one.topics).toBeGreaterThan(3);
  expect([...other.features]).toEqual([...one.features]);
});

it("gathers themes of too few documents in its last topic, and accepts no documents", () => {
  // Three documents of 1,000 are below half a per cent.
  const { documents } = documentsOf([["a", "b", 249], ["c", "d", 249], ["g", "h", 249], ["i", "j", 250], ["e", "f", 3]].flatMap(([one, other, count]) => Array<string[]>(count as number).fill([one as string, other as string])));
  const mixture = learnThemes(documents, 8);
  const { topics } = classify(mixture, documents);
  expect([...new Set(topics)].map((topic) => topics.filter((other) => other === topic).length)).toEqual([249, 249, 249, 250, 3]);
  expect([topics[999], mixture.topics]).toEqual([4, 5]);
  for (const lists of [[], [[]]]) expect(learnThemes(documentsOf(lists).documents, 8).documents.reduce((sum, n) => sum + n, 0)).toBe(lists.length);
});
