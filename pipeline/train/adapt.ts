import { softmax } from "../../analyzers/post/model/calibration.ts";
import { columns, encodeModel, type ModelFile } from "../../analyzers/post/model/file.ts";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { emotions } from "../schema.ts";
import type { Task } from "./evaluate.ts";
import { shuffle } from "./order.ts";
import { gramRows, type Rows } from "./rows.ts";

const width = columns.length;
const epochs = 5;
const rate = 0.3;
/** Intercepts move slower: they are in every text. */
const interceptRate = 0.03;

/** Columns that are learnt together by a softmax, by label; the label without a column is the reference, other labels teach it nothing. */
interface Head {
  columns: readonly [label: string, column: (typeof columns)[number]][];
  reference: string;
}
const heads: Record<Task, readonly Head[]> = {
  polarity: [
    { columns: [["positive", "positive"], ["negative", "negative"]], reference: "neutral" },
    { columns: [["positive", "praise"]], reference: "negative" },
  ],
  emotion: [{ columns: emotions.flatMap((name) => (name === "none" ? [] : [[name, name]])), reference: "none" }],
};

/**
 * The model moved towards a user's own labels: multinomial logistic regression that starts from the model's weights and stops early
 * (5 passes of stochastic gradient descent in a seeded order), so that it stays near them. Only the columns of the task change, and labels
 * that no row has are left out of the softmax: rows of two polarities teach which of the two, not that nothing is neutral.
 * `source` is noted in the file. Returns the bytes of the adapted model; `base` stays as it is.
 */
export function adapt(base: ModelFile, rows: readonly { text: string; label: string }[], task: Task, source: { file: string; sha256: string }): Buffer {
  const { name, bits, scales, decision, adapted } = base.header;
  const grams = gramRows(rows.map(({ text }) => text), bits);
  const weights = base.weights.slice();
  const intercepts = [...base.header.intercepts];
  for (const head of heads[task]) move(head, base, rows.map(({ label }) => label), grams, weights, intercepts);
  return encodeModel({ name, bits, scales, intercepts, decision, adapted: [...adapted, { ...source, task, texts: rows.length }] }, weights);
}

function move(head: Head, { header, weights: before }: ModelFile, labels: readonly string[], { starts, columns: buckets, values }: Rows, weights: Int8Array, intercepts: number[]): void {
  const chosen = head.columns.map(([, column]) => columns.indexOf(column));
  const classes = [...head.columns.map(([label]) => label), head.reference];
  const absent = classes.flatMap((name, k) => (labels.includes(name) ? [] : [k]));
  const order = Int32Array.from(labels.flatMap((label, row) => (classes.includes(label) ? [row] : [])));
  const changes = new Float32Array(2 ** header.bits * chosen.length);
  const odds = new Float64Array(classes.length);
  const random = mulberry32(3);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const row of order) {
      const left = 1 - step++ / (epochs * order.length);
      odds.fill(0);
      chosen.forEach((column, k) => {
        odds[k] = intercepts[column]!;
        for (let j = starts[row]!; j < starts[row + 1]!; j++) odds[k]! += (before[buckets[j]! * width + column]! * header.scales[column]! + changes[buckets[j]! * chosen.length + k]!) * values[j]!;
      });
      for (const k of absent) odds[k] = -Infinity;
      softmax(odds);
      chosen.forEach((column, k) => {
        const slope = odds[k]! - (classes[k] === labels[row] ? 1 : 0);
        intercepts[column]! -= interceptRate * left * slope;
        for (let j = starts[row]!; j < starts[row + 1]!; j++) changes[buckets[j]! * chosen.length + k]! -= rate * left * slope * values[j]!;
      });
    }
  }
  chosen.forEach((column, k) => {
    for (let bucket = 0; bucket < 2 ** header.bits; bucket++) {
      const at = bucket * width + column;
      weights[at] = Math.max(-127, Math.min(127, Math.round(before[at]! + changes[bucket * chosen.length + k]! / header.scales[column]!)));
    }
  });
}
