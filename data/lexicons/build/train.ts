/**
 * Learns data/lexicons/sentiment.tsv from the labelled sets of ../shared/data/labelled (see ../README.md).
 * Run: npx tsx data/lexicons/build/train.ts    (3 minutes of one core; same bytes every time)
 */
import { readFileSync, writeFileSync } from "node:fs";
import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { parse } from "yaml";
import { interceptRow, loadResources, negationMark } from "../../../analyzers/post/resources.ts";
import { dataPath } from "../../../pipeline/paths.ts";
import { emotions } from "../../../pipeline/schema.ts";
import { corpora, readCorpora, type Example } from "./corpora.ts";
import { features } from "./features.ts";
import { fit, type Model, type Row } from "./model.ts";

/** A word needs this many training texts, in at least two corpora with two texts each: words of one trade (配置, 火龙果) stay out. */
const minimum = { texts: 5, corpora: 2, textsEach: 2 };
const lexiconSize = 10_000;
const lambda = 1;
/** Weight, in logits, of anger for the words of criticism in cues.yaml and of joy for those of support: learning starts from it. */
const priorWeight = 1.2;
/** Added to the intercepts of none and surprise, in logits: widens the neutral class. Tuned on the dev splits of SMP usual, SMP virus and NLPCC (mean macro-F1). */
const neutralShift = 0.4;

const classes = emotions.length;
const jieba = Jieba.withDict(dict);
const resources = loadResources([]);
const examples = readCorpora().filter(({ split }) => split === "train");
const bags = examples.map(({ text }) => features(text, resources));
const names = [...new Set(examples.map(({ corpus }) => corpus))].sort();
const weights = names.map((name) => corpora.find((corpus) => name.startsWith(corpus.name))!.weight);
const priors = readPriors();

const texts = countTexts();
const first = [...texts.keys()].filter(general).sort();
const strong = strongest(first, learn(first));
const final = strong.sort();
write(final, learn(final));

/** Word → texts that hold it, by corpus. */
function countTexts(): Map<string, number[]> {
  const counts = new Map<string, number[]>();
  bags.forEach((bag, i) => {
    const corpus = names.indexOf(examples[i]!.corpus);
    for (const word of bag.keys()) {
      let row = counts.get(word);
      if (row === undefined) counts.set(word, (row = names.map(() => 0)));
      row[corpus]!++;
    }
  });
  return counts;
}

/** True for words that are common enough and no names. */
function general(word: string): boolean {
  const row = texts.get(word)!;
  const plain = word.startsWith(negationMark) ? word.slice(1) : word;
  if (sum(row) < minimum.texts) return false;
  if (!/[\u3400-\u9fff]/.test(plain) || plain.startsWith("[")) return true;
  return row.filter((count) => count >= minimum.textsEach).length >= minimum.corpora && (priors.has(plain) || !isName(plain));
}

function learn(vocabulary: readonly string[]): Model {
  const index = new Map(vocabulary.map((word, i) => [word, i]));
  const rows = examples.flatMap((example, i): Row[] => {
    const allowed = allowedClasses(example);
    if (allowed === null) return [];
    const known = [...bags[i]!].filter(([word]) => index.has(word));
    const corpus = names.indexOf(example.corpus);
    return [{ words: Int32Array.from(known, ([word]) => index.get(word)!), values: Float64Array.from(known, ([, value]) => value), corpus, allowed, weight: weights[corpus]! }];
  });
  const start = Float64Array.from(vocabulary.flatMap((word) => priors.get(word) ?? emotions.map(() => 0)));
  return fit(rows, names.length, start, lambda);
}

function allowedClasses({ emotion, label }: Example): number[] | null {
  const of = (...allowed: string[]): number[] => allowed.map((name) => (emotions as readonly string[]).indexOf(name));
  if (emotion !== null) return of(emotion);
  if (label === "positive") return of("joy");
  if (label === "negative") return of("anger", "sadness", "fear");
  return label === "mild" ? of("joy", "surprise", "none") : null;
}

/** The words whose weights matter most: greatest |weight − mean| × √texts. */
function strongest(vocabulary: readonly string[], model: Model): string[] {
  const strength = vocabulary.map((word, i) => {
    const row = model.weights.subarray(i * classes, (i + 1) * classes);
    const mean = sum(row) / classes;
    return Math.max(...row.map((weight) => Math.abs(weight - mean))) * Math.sqrt(sum(texts.get(word)!));
  });
  const order = vocabulary.map((_, i) => i).sort((a, b) => strength[b]! - strength[a]! || a - b);
  return order.slice(0, lexiconSize).map((i) => vocabulary[i]!);
}

/** Words of criticism and support of cues.yaml with the weights they start from; a word that training never met keeps them. */
function readPriors(): Map<string, number[]> {
  const cues = parse(readFileSync(dataPath("lexicons", "cues.yaml"), "utf8")) as Record<"criticism" | "support", string[]>;
  const start = (words: string[], emotion: string): [string, number[]][] =>
    words.filter((word) => /^[\u3400-\u9fff]{2,}$/.test(word)).map((word) => [word, emotions.map((name) => (name === emotion ? priorWeight : 0))]);
  return new Map([...start(cues.criticism, "anger"), ...start(cues.support, "joy")]);
}

/** Persons, places, organisations and brands by jieba's part of speech: what is said about them is the event's business, not the lexicon's. */
function isName(word: string): boolean {
  return jieba.tag(word, false).some(({ tag }) => /^n[rstz]/.test(tag));
}

function write(vocabulary: readonly string[], model: Model): void {
  const micro = (row: ArrayLike<number>): string => Array.from(row, (weight) => Math.round(weight * 1e6)).join("\t");
  const rows = new Map(vocabulary.map((word, i) => [word, micro(model.weights.subarray(i * classes, (i + 1) * classes))]));
  for (const [word, weights] of priors) if (!rows.has(word)) rows.set(word, micro(weights));
  const usual = names.indexOf("smp2020_ewect/usual");
  const shifted = emotions.map((name, e) => model.intercepts[usual * classes + e]! + (name === "none" || name === "surprise" ? neutralShift : 0));
  const intercept = micro(shifted);
  const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([word, weights]) => `${word}\t${weights}`);
  const head = `# word\t${emotions.join("\t")}\t(millionths of a logit; ${negationMark}word: the word negated). Written by build/train.ts; see README.md.`;
  writeFileSync(dataPath("lexicons", "sentiment.tsv"), [head, `${interceptRow}\t${intercept}`, ...lines].join("\n") + "\n");
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((a, b) => a + b, 0);
}
