import { expect, it } from "vitest";
import type { Candidate, Split } from "../../pipeline/words/candidates.ts";
import { CorpusBuilder } from "../../pipeline/words/corpus.ts";
import { withEdges } from "../../pipeline/words/edges.ts";
import { newWords, type Known } from "../../pipeline/words/new-words.ts";

/** In texts of a million symbols; `splits`: how often the parts occur, after the first symbol, the second …; all firm. */
function run(word: string, count: number, { bits = 9, free = true, splits = [] as [left: number, right: number][] } = {}): Candidate {
  const at = splits.map(([left, right]): Split => ({ bits, left, right }));
  return { word, codes: [...word].map((_, i) => i + 1), count, texts: count, cohesion: bits, splits: at, freedom: free ? 2 : 0.4, free, score: count };
}
const dictionary = new Set(["分局", "警方", "口罩", "扩散"]);
const known: Known = { has: (word) => dictionary.has(word), cut: (text) => [...text], functional: () => false };
const found = (...candidates: Candidate[]): string[] => newWords(candidates, known, 1_000_000).map(({ word }) => word);

it("a name in front of a word that stands elsewhere too is the name, free or not", () => {
  // 警方 1,600 times, 400 of them after 澜江, which stands 200 times without it.
  const police = run("澜江警方", 400, { splits: [[600, 400], [600, 1600], [400, 2200]] });
  expect(found(police, run("澜江", 600))).toEqual(["澜江"]);
  expect(found(police, run("澜江", 600, { free: false }))).toEqual(["澜江"]);
});

it("a word that hardly stands anywhere else is part of the name", () => {
  const company = run("岚栈警方", 400, { splits: [[600, 400], [600, 420], [400, 2200]] });
  expect(found(company, run("岚栈", 600))).toEqual(["岚栈警方", "岚栈"]);
});

it("two characters that stand nowhere else are one name with the word; three are a phrase", () => {
  const mask = run("唐都口罩", 400, { splits: [[410, 400], [401, 5000], [400, 5000]] });
  expect(found(mask, run("唐都", 401, { free: false }))).toEqual(["唐都口罩"]);
  const saying = run("扩散归扩散", 40, { splits: [[90, 40], [90, 40], [40, 90], [40, 90]] });
  expect(found(saying, run("扩散归", 40, { free: false }))).toEqual([]);
});

it("what is in front of a word and is no word itself goes with it", () => {
  const phrase = run("戴好口罩", 400, { splits: [[900, 400], [500, 5000], [400, 5000]] });
  expect(found(phrase)).toEqual([]);
  expect(found(phrase, run("戴好", 500, { bits: 4, free: false }))).toEqual([]);
});

it("a run that is not free and names nothing is no word", () => {
  expect(found(run("栖浦", 500, { free: false }))).toEqual([]);
});

it("two characters with a pronoun, adverb or preposition are a word only if they hold together firmly", () => {
  expect(found(run("他说", 300, { bits: 5.2 }), run("都要", 300, { bits: 4.1 }), run("买啊", 300, { bits: 5 }))).toEqual([]);
  expect(found(run("对冲", 300, { bits: 6.1 }), run("抗疫", 300, { bits: 4.1 }))).toEqual(["对冲", "抗疫"]);
});

it("a piece of longer words has no edges, a word has them in some texts at least", () => {
  const texts = ["沈阳市", "衡阳市", "沈阳市", "衡阳市", "栩汀", "去栩汀了"].map((text, i) => [String(i).padEnd(12, "0"), text] as const);
  const builder = new CorpusBuilder();
  for (const [key, text] of texts) builder.add(key, text);
  const corpus = builder.finish(() => 1);
  const runs = ["阳市", "栩汀", "沈阳市"].map((word) => ({ ...run(word, 4), codes: [...word].map((symbol) => corpus.symbols.indexOf(symbol)), texts: 4 }));
  // Of 栩汀 the dictionaries know nothing: one of its two texts is cut wrongly.
  const cut = (text: string): string[] => (text === "去栩汀了" ? ["去栩", "汀了"] : [text]);
  expect(withEdges(runs, corpus, cut).map(({ word }) => word)).toEqual(["栩汀", "沈阳市"]);
});
