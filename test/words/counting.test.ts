import { expect, it } from "vitest";
import { candidates, thresholds } from "../../pipeline/words/candidates.ts";
import { CorpusBuilder } from "../../pipeline/words/corpus.ts";
import { Counter, Index } from "../../pipeline/words/counter.ts";
import { occurrences } from "../../pipeline/words/occurrences.ts";
import { random, sentences } from "./fixture.ts";

const key = (i: number): string => i.toString(16).padStart(12, "0").split("").reverse().join("").padEnd(16, "0");

function corpusOf(texts: readonly string[], least = 1, limit?: number) {
  const builder = new CorpusBuilder(limit);
  texts.forEach((text, i) => builder.add(key(i), text));
  return builder.finish(() => least);
}

it("counts as a Map does, through all growth", () => {
  const next = random(1);
  const counter = new Counter(2);
  const map = new Map<number, number>();
  for (let i = 0; i < 20_000; i++) {
    const number = 1 + Math.floor(next() ** 3 * (2 ** 32 - 2));
    counter.add(number);
    map.set(number, (map.get(number) ?? 0) + 1);
  }
  const counted = new Map<number, number>();
  counter.each((number, count) => counted.set(number, count));
  expect(counted).toEqual(map);
  expect(counter.size).toBe(map.size);
  const index = new Index([...map]);
  expect([...map].every(([number, count]) => index.at(number) === count)).toBe(true);
  expect(index.at(0xffff_ffff)).toBe(0);
});

it("keeps at most so many of the frequent, equal counts together", () => {
  const counter = new Counter();
  for (const [number, count] of [[5, 3], [6, 2], [7, 2], [8, 1]] as const) for (let i = 0; i < count; i++) counter.add(number);
  expect(counter.frequent(2, 9).map(({ key: number }) => number)).toEqual([5, 6, 7]);
  expect(counter.frequent(2, 2).map(({ key: number }) => number)).toEqual([5]);
});

it("a corpus holds Han characters and Latin words; all else breaks", () => {
  const { codes, symbols, counts, size } = corpusOf(["小米SU7，好 2025@某人 #话题#好[笑]", "好😡米"]);
  const read = [...codes].map((code) => symbols[code] || "|").join(" ");
  expect(read).toBe("| | 小 米 SU7 | 好 | 好 | 笑 | | 好 | 米 | |".replace(" | 笑 | |", " | |"));
  expect(symbols[1]).toBe("好");
  expect([counts[1], size]).toEqual([3, 7]);
});

it("cohesion and freedom by hand", () => {
  // 甲乙 stands 4 times between different neighbours; 甲 and 乙 nowhere else. 16 symbols.
  const corpus = corpusOf(["子甲乙丑", "寅甲乙卯", "辰甲乙巳", "午甲乙未"]);
  const [found, ...others] = candidates(corpus, { ...thresholds, leastCount: () => 4, cohesion: 2, freedom: 1 });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ word: "甲乙", count: 4, texts: 4, splits: [{ left: 4, right: 4 }] });
  expect(found!.cohesion).toBe(2); // log2(4 · 16 / (4 · 4))
  expect(found!.freedom).toBeCloseTo(Math.log(4)); // rare neighbours are breaks: beyond them the text ends, each in its own way
});

it("beyond the limit a sample is counted, the same in any order", () => {
  const texts = sentences(400, ["岚栈"], 2, 2).map((text, i) => [key(i * 7919), text] as const);
  const sample = (list: typeof texts) => {
    const builder = new CorpusBuilder(2000);
    for (const [name, text] of list) builder.add(name, text);
    return builder.finish(() => 1);
  };
  const forward = sample(texts);
  const backward = sample([...texts].reverse());
  expect(forward.sampled).toBeLessThan(1);
  expect(forward.size).toBeLessThanOrEqual(2000);
  expect([backward.sampled, backward.size, backward.symbols]).toEqual([forward.sampled, forward.size, forward.symbols]);
  expect([...backward.texts].sort()).toEqual([...forward.texts].sort());
});

it("tells which texts hold which words, each once", () => {
  const corpus = corpusOf(["甲乙甲乙丙", "丙甲", "乙丙甲乙"]);
  const codes = (word: string): number[] => [...word].map((symbol) => corpus.symbols.indexOf(symbol));
  const pairs: string[] = [];
  occurrences(corpus, ["甲乙", "甲乙丙", "丙甲"].map(codes), (word, text) => pairs.push(`${word}@${text}`));
  expect(pairs.sort()).toEqual(["0@0", "0@2", "1@0", "2@1", "2@2"]);
});

it("a text of rare symbols alone does not shift the texts after it", () => {
  const corpus = corpusOf(["甲乙丙", "丁戊", "甲乙", "己庚", "丙甲乙"], 2);
  expect([corpus.read, [...corpus.texts]]).toEqual([5, [0, 2, 4].map((i) => parseInt(key(i).slice(0, 12), 16))]);
  const at: number[] = [];
  occurrences(corpus, [["甲", "乙"].map((symbol) => corpus.symbols.indexOf(symbol))], (_, text) => at.push(corpus.texts[text]!));
  expect(at).toEqual([...corpus.texts]);
});
