/**
 * Trains insult.bin from COLDataset train and calibrates it on dev. Run: npx tsx data/triage/build/insult.ts [FILE]
 * Needs ../shared/data; about half a minute. The same bytes every time on Node 20.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { encodeInsultModel } from "../../../analyzers/post/triage/insult.ts";
import { dataPath, root } from "../../../pipeline/paths.ts";
import { nearDuplicates } from "../../../pipeline/relate/near-duplicates.ts";
import { ascend } from "../../../pipeline/train/ascent.ts";
import { calibrate } from "../../../pipeline/train/calibrate.ts";
import { gramRows, widened, type Rows } from "../../../pipeline/train/rows.ts";

const bits = 20;
const buckets = 2 ** bits;
/** Chosen on dev, and by training on two of the three topics and testing on the third. */
const cost = 0.5;
const passes = 8;

interface Text {
  text: string;
  label: "offensive" | "safe";
  split: "train" | "dev" | "test";
}
const all = gunzipSync(readFileSync(`${root}/../shared/data/labelled/coldataset/data.jsonl.gz`)).toString("utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as Text);
const split = (name: Text["split"]): Text[] => all.filter((text) => text.split === name);
const [dev, test] = [split("dev"), split("test")];
const weights = learn(withoutCopies(split("train"), [...dev, ...test]));
const { slope, intercept } = calibration(weights);
const scale = (slope * quantile(weights.map(Math.abs), 0.9999)) / 127;
const bytes = Int8Array.from(weights.subarray(0, buckets), (weight) => Math.max(-127, Math.min(127, Math.round((slope * weight) / scale))));
writeFileSync(process.argv[2] ?? dataPath("triage", "insult.bin"), encodeInsultModel({ name: "yuqing-insult-1", bits, scale, intercept }, bytes));

/** Log odds that one unit of the model is worth, and those of a text without grams, by dev. */
function calibration(weights: Float32Array): { slope: number; intercept: number } {
  const grams = gramRows(dev.map(({ text }) => text), bits);
  const scores = dev.map((_, row) => [sum(grams, row, weights), 0]);
  const { slope, intercepts } = calibrate(scores, dev.map(({ label }) => (label === "offensive" ? 0 : 1)), 2);
  return { slope, intercept: intercepts[0]! + slope * weights[buckets]! };
}

/** The texts that are near-duplicates of no held text nor of an earlier one. */
function withoutCopies(texts: readonly Text[], held: readonly Text[]): Text[] {
  const heads = nearDuplicates([...held, ...texts].map(({ text }) => text));
  return texts.filter((_, i) => heads[held.length + i] === held.length + i);
}

/** By bucket |log((p + 1) ÷ (n + 1))| of its shares among offensive and safe texts (Wang & Manning 2012). */
function logRatios({ length, starts, columns }: Rows, texts: readonly Text[]): Float32Array {
  const counts = [new Float64Array(buckets), new Float64Array(buckets)] as const;
  const totals = [0, 0];
  for (let row = 0; row < length; row++) {
    const side = texts[row]!.label === "offensive" ? 0 : 1;
    totals[side]!++;
    for (let j = starts[row]!; j < starts[row + 1]!; j++) counts[side][columns[j]!]!++;
  }
  return Float32Array.from({ length: buckets }, (_, b) => Math.abs(Math.log((counts[0][b]! + 1) / (totals[0]! + 2) / ((counts[1][b]! + 1) / (totals[1]! + 2)))));
}

/** Weights of the buckets and, last, of a text without any. */
function learn(texts: readonly Text[]): Float32Array {
  const rows = gramRows(texts.map(({ text }) => text), bits);
  const ratios = logRatios(rows, texts);
  const scaled: Rows = { ...rows, values: rows.values.map((value, j) => value * ratios[rows.columns[j]!]!) };
  const wide = widened(scaled, 1, (_, columns, values, at) => {
    columns[at] = buckets;
    values[at] = 1;
  });
  const targets = Int8Array.from(texts, ({ label }) => (label === "offensive" ? 1 : -1));
  const learnt = ascend({ rows: wide, width: buckets + 1, classes: 1, targets, costs: new Float32Array(texts.length).fill(cost), passes });
  return learnt.map((weight, b) => (b === buckets ? weight : weight * ratios[b]!));
}

function sum({ starts, columns, values }: Rows, row: number, weights: Float32Array): number {
  let total = weights[buckets]!;
  for (let j = starts[row]!; j < starts[row + 1]!; j++) total += weights[columns[j]!]! * values[j]!;
  return total;
}

function quantile(values: Float32Array, share: number): number {
  const sorted = values.filter((value) => value > 0).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
