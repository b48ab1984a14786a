import { mulberry32 } from "../../analyzers/statistics.ts";
import { shuffle } from "./order.ts";
import type { Rows } from "./rows.ts";

/** What posts without labels can teach: which emoticon their author put there. */
export interface EmbeddingTask {
  /** Texts without their emoticons. */
  rows: Rows;
  width: number;
  /** By row: the classes (emoticons) that the author used, at least one; each step draws one of them. */
  classes: readonly Int32Array[];
  classCount: number;
  dimensions: number;
  epochs: number;
  /** Size of the first step; falls to zero linearly. */
  rate: number;
  /** Share of a row's columns left out, drawn anew at each step: without it single texts are learnt by heart. */
  dropout: number;
  /** Columns in fewer rows than this stay zero. */
  minimumRows: number;
}

/** A class whose probability is off by less than this is passed over. */
const leastSlope = 3e-4;

/**
 * Vectors of columns whose weighted sum predicts a row's class by a softmax (as fastText, Joulin et al. 2016), by stochastic gradient descent.
 * Returns width × dimensions, column by column.
 */
export function embed({ rows, width, classes, classCount, dimensions, epochs, rate, dropout, minimumRows }: EmbeddingTask): Float32Array {
  const random = mulberry32(5);
  const { starts, columns, values } = rows;
  const counts = new Int32Array(width);
  for (const column of columns) counts[column]!++;
  const vectors = Float32Array.from({ length: width * dimensions }, () => (random() - 0.5) / dimensions);
  const outputs = new Float32Array(classCount * dimensions);
  const biases = new Float32Array(classCount);
  const order = Int32Array.from({ length: rows.length }, (_, row) => row);
  const sum = new Float64Array(dimensions);
  const back = new Float64Array(dimensions);
  const shares = new Float64Array(classCount);
  const kept: number[] = [];
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const row of order) {
      const eta = rate * (1 - step++ / (epochs * rows.length));
      const truth = classes[row]![Math.floor(random() * classes[row]!.length)]!;
      const factor = draw(row);
      if (kept.length === 0) continue;
      sum.fill(0);
      for (const j of kept) for (let k = 0, at = columns[j]! * dimensions; k < dimensions; k++) sum[k]! += vectors[at + k]! * values[j]! * factor;
      softmax();
      back.fill(0);
      for (let c = 0; c < classCount; c++) learnOutput(c, shares[c]! - (c === truth ? 1 : 0), eta);
      for (const j of kept) for (let k = 0, at = columns[j]! * dimensions, by = eta * values[j]! * factor; k < dimensions; k++) vectors[at + k]! -= by * back[k]!;
    }
  }
  for (let column = 0; column < width; column++) if (counts[column]! < minimumRows) vectors.fill(0, column * dimensions, (column + 1) * dimensions);
  return vectors;

  /** Draws the entries that stay into `kept`; returns the factor that gives them the scale of a whole row (occurrences ÷ √occurrences of all). */
  function draw(row: number): number {
    kept.length = 0;
    let all = 0;
    let left = 0;
    for (let j = starts[row]!; j < starts[row + 1]!; j++) {
      all += values[j]!;
      if (counts[columns[j]!]! < minimumRows || random() < dropout) continue;
      kept.push(j);
      left += values[j]!;
    }
    return Math.sqrt(all / left);
  }

  function softmax(): void {
    let greatest = -Infinity;
    for (let c = 0; c < classCount; c++) {
      let odds = biases[c]!;
      for (let k = 0, at = c * dimensions; k < dimensions; k++) odds += outputs[at + k]! * sum[k]!;
      shares[c] = odds;
      greatest = Math.max(greatest, odds);
    }
    let total = 0;
    for (let c = 0; c < classCount; c++) total += shares[c] = Math.exp(shares[c]! - greatest);
    for (let c = 0; c < classCount; c++) shares[c]! /= total;
  }

  function learnOutput(c: number, slope: number, eta: number): void {
    if (Math.abs(slope) < leastSlope) return;
    for (let k = 0, at = c * dimensions; k < dimensions; k++) {
      back[k]! += slope * outputs[at + k]!;
      outputs[at + k]! -= eta * slope * sum[k]!;
    }
    biases[c]! -= eta * slope;
  }
}
