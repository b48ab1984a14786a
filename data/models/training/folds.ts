/**
 * weibo2018, its 10,000 training rows in five folds (shuffled / contiguous / shuffled without emoticons): macro-F1 of a linear SVM on the model's grams, trained on the folds alone.
 * Run: npx tsx data/models/training/folds.ts
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { mulberry32 } from "../../../analyzers/statistics.ts";
import { root } from "../../../pipeline/paths.ts";
import { ascend } from "../../../pipeline/train/ascent.ts";
import { shuffle } from "../../../pipeline/train/order.ts";
import { gramRows, widened, type Rows } from "../../../pipeline/train/rows.ts";

const bits = 20;
const buckets = 2 ** bits;
const folds = 5;
interface Example {
  text: string;
  is: boolean;
}

const lines = gunzipSync(readFileSync(`${root}/../shared/data/labelled/weibo2018/data.jsonl.gz`)).toString("utf8").trim().split("\n");
const rows = lines.map((line) => JSON.parse(line) as { text: string; label: string | null; split: string }).filter(({ split, label }) => split === "train" && label !== null);
const order = Int32Array.from(rows, (_, i) => i);
shuffle(order, mulberry32(1));
const shuffled = new Array<number>(rows.length);
order.forEach((row, i) => (shuffled[row] = i % folds));
const contiguous = rows.map((_, i) => Math.floor((i * folds) / rows.length));
const withoutEmoticons = (text: string): string => text.replace(/\[[\p{L}0-9]{1,8}\]|\p{Extended_Pictographic}/gu, " ");

process.stdout.write("folds\ttexts\tmean of the folds\tall rows together\n");
for (const [name, fold, read] of [["shuffled", shuffled, String], ["contiguous", contiguous, String], ["without emoticons", shuffled, withoutEmoticons]] as const) {
  const examples = rows.map(({ text, label }) => ({ text: read(text), is: label === "pos" }));
  const found = new Array<boolean>(rows.length);
  const scores = Array.from({ length: folds }, (_, k) => {
    const test = examples.flatMap((_, i) => (fold[i] === k ? [i] : []));
    classify(examples.filter((_, i) => fold[i] !== k), test.map((i) => examples[i]!.text)).forEach((is, j) => (found[test[j]!] = is));
    return macroF1(test.map((i) => found[i]!), test.map((i) => examples[i]!.is));
  });
  const together = macroF1(found, examples.map(({ is }) => is));
  process.stdout.write(`${name}\t${rows.length}\t${(scores.reduce((a, b) => a + b, 0) / folds).toFixed(4)}\t${together.toFixed(4)}\n`);
}

/** TF-IDF brought to length 1, one SVM (C = 1) with an intercept: is each test text of the class? */
function classify(train: readonly Example[], test: readonly string[]): boolean[] {
  const grams = gramRows(train.map(({ text }) => text), bits);
  const counts = new Int32Array(buckets);
  for (const column of grams.columns) counts[column]!++;
  const idf = Float32Array.from(counts, (count) => 1 + Math.log((1 + grams.length) / (1 + count)));
  const targets = Int8Array.from(train, ({ is }) => (is ? 1 : -1));
  const weights = ascend({ rows: weighed(grams, idf), width: buckets + 1, classes: 1, targets, costs: new Float32Array(train.length).fill(1), passes: 10 });
  const { starts, columns, values } = weighed(gramRows(test, bits), idf);
  return test.map((_, row) => {
    let score = 0;
    for (let j = starts[row]!; j < starts[row + 1]!; j++) score += weights[columns[j]!]! * values[j]!;
    return score > 0;
  });
}

function weighed(rows: Rows, idf: Float32Array): Rows {
  const { starts, columns, values } = rows;
  for (let row = 0; row < rows.length; row++) {
    let squares = 0;
    for (let j = starts[row]!; j < starts[row + 1]!; j++) squares += (values[j]! *= idf[columns[j]!]!) ** 2;
    for (let j = starts[row]!; j < starts[row + 1]!; j++) values[j]! /= Math.sqrt(squares);
  }
  return widened(rows, 1, (_, columns, values, at) => {
    columns[at] = buckets;
    values[at] = 1;
  });
}

function macroF1(found: readonly boolean[], truth: readonly boolean[]): number {
  const f1 = (is: boolean): number => {
    const both = truth.filter((value, i) => value === is && found[i] === is).length;
    return (2 * both) / (truth.filter((value) => value === is).length + found.filter((value) => value === is).length);
  };
  return (f1(true) + f1(false)) / 2;
}
