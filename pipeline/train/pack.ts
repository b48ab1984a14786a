import { columns, encodeModel, decodeModel, type ModelFile } from "../../analyzers/post/model/file.ts";
import { SentimentModel } from "../../analyzers/post/model/model.ts";
import { emotions, polarities } from "../schema.ts";
import { calibrate, decisionWeights, type Calibration } from "./calibrate.ts";
import { gramRows } from "./rows.ts";
import { classes, classifiers, type LabelledText, type Trained } from "./train.ts";

/** Which trained classifiers make a column of the file: the difference of two, calibrated. */
interface Head {
  /** Classes in the order of the calibration; the last is the reference. A single classifier is calibrated against nothing. */
  classifiers: readonly string[];
  label(text: LabelledText): number | null;
}

const polarityHead: Head = {
  classifiers: ["positive", "negative", "neutral"],
  label: ({ kind, polarity }) => (kind === "social" && polarity !== null && polarity !== "not negative" ? ["positive", "negative", "neutral"].indexOf(polarity) : null),
};
const emotionHead: Head = { classifiers: emotions, label: ({ emotion }) => (emotion === null ? null : emotions.indexOf(emotion)) };
const praiseHead: Head = { classifiers: ["praise"], label: ({ kind, polarity }) => (kind === "review" ? (polarity === "positive" ? 0 : 1) : null) };
const reviewHead: Head = { classifiers: ["review"], label: ({ kind }) => (kind === "review" ? 0 : 1) };
const heads = [polarityHead, emotionHead, praiseHead, reviewHead];

/** A weight beyond this share of the weights of its column is clipped. */
const kept = 0.9999;

/** Calibrates the classifiers on `texts` (not among those they were trained on), rounds the weights to bytes and chooses the decision. Returns the model file. */
export function pack(trained: Trained, texts: readonly LabelledText[], name: string): Buffer {
  const scores = scoresOf(trained, texts);
  const calibrations = heads.map((head) => calibrateHead(head, scores, texts));
  const sources = columns.map((column) => sourceOf(column, calibrations));
  const scales: number[] = [];
  const weights = new Int8Array(2 ** trained.bits * columns.length);
  sources.forEach(({ of, against, slope }, c) => {
    const column = Float32Array.from({ length: 2 ** trained.bits }, (_, b) => slope * (trained.weights[b * classes + of]! - (against < 0 ? 0 : trained.weights[b * classes + against]!)));
    const scale = Math.max(1e-9, quantile(column.map(Math.abs), kept) / 127);
    scales.push(scale);
    for (let b = 0; b < column.length; b++) weights[b * columns.length + c] = Math.max(-127, Math.min(127, Math.round(column[b]! / scale)));
  });
  const header = { name, bits: trained.bits, scales, intercepts: sources.map(({ intercept }) => intercept), decision: { polarity: [1, 1, 1], emotion: [1, 1, 1, 1, 1, 1] }, adapted: [] };
  const file = decodeModel(encodeModel(header, weights), name);
  return encodeModel({ ...header, decision: decisionOf(file, texts) }, weights);
}

function scoresOf({ bits, weights }: Trained, texts: readonly LabelledText[]): Float64Array[] {
  const { starts, columns, values } = gramRows(texts.map(({ text }) => text), bits);
  return texts.map((_, row) => {
    const sums = new Float64Array(classes);
    for (let j = starts[row]!; j < starts[row + 1]!; j++) for (let k = 0; k < classes; k++) sums[k]! += weights[columns[j]! * classes + k]! * values[j]!;
    return sums;
  });
}

function calibrateHead(head: Head, scores: readonly Float64Array[], texts: readonly LabelledText[]): Calibration {
  const indexes = head.classifiers.map((name) => classifiers.indexOf(name as (typeof classifiers)[number]));
  const rows = texts.flatMap((text, i) => (head.label(text) === null ? [] : [{ label: head.label(text)!, score: indexes.map((k) => scores[i]![k]!) }]));
  const single = indexes.length === 1;
  return calibrate(rows.map(({ score }) => (single ? [score[0]!, 0] : score)), rows.map(({ label }) => label), single ? 2 : indexes.length);
}

/** Which classifiers a column is made of, and its slope and intercept. */
function sourceOf(column: string, calibrations: readonly Calibration[]): { of: number; against: number; slope: number; intercept: number } {
  const h = heads.findIndex((head) => head.classifiers.includes(column));
  const names = heads[h]!.classifiers as readonly (typeof classifiers)[number][];
  const { slope, intercepts } = calibrations[h]!;
  const position = names.indexOf(column as (typeof classifiers)[number]);
  return { of: classifiers.indexOf(names[position]!), against: names.length === 1 ? -1 : classifiers.indexOf(names.at(-1)!), slope, intercept: intercepts[position]! };
}

function decisionOf(file: ModelFile, texts: readonly LabelledText[]): { polarity: number[]; emotion: number[] } {
  const model = new SentimentModel(file);
  const seen = texts.flatMap((text) => {
    const found = model.predict(text.text);
    return found === null || text.emotion === null || text.polarity === null ? [] : [{ text, found }];
  });
  return {
    polarity: decisionWeights(seen.map(({ found }) => found.polarities), seen.map(({ text }) => polarities.indexOf(text.polarity as (typeof polarities)[number])), polarities.length),
    emotion: decisionWeights(seen.map(({ found }) => found.emotions), seen.map(({ text }) => emotions.indexOf(text.emotion!)), emotions.length),
  };
}

function quantile(values: Float32Array, share: number): number {
  const sorted = values.filter((value) => value > 0).sort();
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
