import { softmax } from "../../analyzers/post/model/calibration.ts";
import { columns, encodeModel, type ModelFile } from "../../analyzers/post/model/file.ts";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { emotions } from "../schema.ts";
import type { Task } from "./evaluate.ts";
import { shuffle } from "./order.ts";
import { calibrate, type Calibration } from "./calibrate.ts";
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

/** Slope and intercepts are refitted on texts that the model has not learnt from: a fifth is left out in turn. */
const folds = 5;
/** A fit to a hundred texts must not go far. */
const caution = 30;
/** Labels without sense would turn the model around. */
const leastSlope = 0.1;

/** Rows of one head: the columns it moves, its labels with the reference last, and those of them that some row has. */
interface Lesson {
  chosen: readonly number[];
  classes: readonly string[];
  present: readonly number[];
  labels: readonly string[];
  grams: Rows;
}

interface Moved {
  /** Bucket-major: buckets × chosen columns. */
  changes: Float32Array;
  /** By chosen column. */
  intercepts: number[];
}

/**
 * The model moved towards a user's own labels: multinomial logistic regression that starts from the model's weights and stops early
 * (5 passes of stochastic gradient descent in a seeded order), so that it stays near them; then slope and intercepts are refitted on rows not learnt from (5 folds).
 * Only the columns of the task change, and labels that no row has are left out of the softmax: rows of two polarities teach which of the two, not that nothing is neutral.
 * `source` is noted in the file. Returns the bytes of the adapted model; `base` stays as it is.
 */
export function adapt(base: ModelFile, rows: readonly { text: string; label: string }[], task: Task, source: { file: string; sha256: string }): Buffer {
  const { header } = base;
  const grams = gramRows(rows.map(({ text }) => text), header.bits);
  const weights = base.weights.slice();
  const intercepts = [...header.intercepts];
  const scales = [...header.scales];
  const fold = foldsOf(rows.map(({ text }) => text));
  for (const head of heads[task]) {
    const lesson = lessonOf(head, rows.map(({ label }) => label), grams);
    const moved = move(lesson, base, () => true);
    const refitted = refit(lesson, base, fold);
    lesson.chosen.forEach((column, k) => {
      for (let bucket = 0; bucket < 2 ** header.bits; bucket++) {
        const at = bucket * width + column;
        weights[at] = Math.max(-127, Math.min(127, Math.round(base.weights[at]! + moved.changes[bucket * lesson.chosen.length + k]! / header.scales[column]!)));
      }
      const among = lesson.present.indexOf(k);
      if (among < 0) return;
      scales[column]! *= refitted.slope;
      intercepts[column] = refitted.slope * moved.intercepts[k]! + refitted.intercepts[among]!;
    });
  }
  return encodeModel({ name: header.name, bits: header.bits, scales, intercepts, decision: header.decision, adapted: [...header.adapted, { ...source, task, texts: rows.length }] }, weights);
}

/** Equal texts are in one fold. */
function foldsOf(texts: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    if (!seen.has(text)) seen.set(text, seen.size % folds);
    return seen.get(text)!;
  });
}

function lessonOf({ columns: pairs, reference }: Head, labels: readonly string[], grams: Rows): Lesson {
  const classes = [...pairs.map(([label]) => label), reference];
  return { chosen: pairs.map(([, column]) => columns.indexOf(column)), classes, present: classes.flatMap((name, k) => (labels.includes(name) ? [k] : [])), labels, grams };
}

/** Slope and intercepts, by present class, that make the odds of left-out rows fit their labels. */
function refit(lesson: Lesson, base: ModelFile, fold: readonly number[]): Calibration {
  const { present, classes, labels } = lesson;
  if (present.length < 2) return { slope: 1, intercepts: present.map(() => 0) };
  const odds: number[][] = [];
  const truths: number[] = [];
  for (let left = 0; left < folds; left++) {
    const moved = move(lesson, base, (row) => fold[row] !== left);
    labels.forEach((label, row) => {
      if (fold[row] !== left || !classes.includes(label)) return;
      const all = oddsOf(lesson, base, moved, row);
      odds.push(present.map((k) => all[k]!));
      truths.push(present.indexOf(classes.indexOf(label)));
    });
  }
  const { slope, intercepts } = calibrate(odds, truths, present.length, caution);
  return { slope: Math.max(leastSlope, slope), intercepts };
}

/** By class, 0 for the reference. */
function oddsOf({ chosen, classes, grams: { starts, columns: buckets, values } }: Lesson, { header, weights }: ModelFile, { changes, intercepts }: Moved, row: number): Float64Array {
  const odds = new Float64Array(classes.length);
  chosen.forEach((column, k) => {
    odds[k] = intercepts[k]!;
    for (let j = starts[row]!; j < starts[row + 1]!; j++) odds[k]! += (weights[buckets[j]! * width + column]! * header.scales[column]! + changes[buckets[j]! * chosen.length + k]!) * values[j]!;
  });
  return odds;
}

function move(lesson: Lesson, base: ModelFile, learns: (row: number) => boolean): Moved {
  const { chosen, classes, present, labels, grams: { starts, columns: buckets, values } } = lesson;
  const order = Int32Array.from(labels.flatMap((label, row) => (classes.includes(label) && learns(row) ? [row] : [])));
  const moved: Moved = { changes: new Float32Array(2 ** base.header.bits * chosen.length), intercepts: chosen.map((column) => base.header.intercepts[column]!) };
  const random = mulberry32(3);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const row of order) {
      const left = 1 - step++ / (epochs * order.length);
      const odds = oddsOf(lesson, base, moved, row);
      classes.forEach((_, k) => {
        if (!present.includes(k)) odds[k] = -Infinity;
      });
      softmax(odds);
      chosen.forEach((_, k) => {
        const slope = odds[k]! - (classes[k] === labels[row] ? 1 : 0);
        moved.intercepts[k]! -= interceptRate * left * slope;
        for (let j = starts[row]!; j < starts[row + 1]!; j++) moved.changes[buckets[j]! * chosen.length + k]! -= rate * left * slope * values[j]!;
      });
    }
  }
  return moved;
}
