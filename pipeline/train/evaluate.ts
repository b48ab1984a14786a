import { calibrationError } from "../../analyzers/post/model/calibration.ts";
import type { OnnxModel } from "../../analyzers/post/index.ts";
import type { Mood, SentimentModel } from "../../analyzers/post/model/model.ts";
import { wilson } from "../../analyzers/statistics.ts";
import { emotions, polarities } from "../schema.ts";

export const tasks = ["polarity", "emotion"] as const;
export type Task = (typeof tasks)[number];
export const labelsOf = { polarity: polarities, emotion: emotions } as const;

export interface Evaluation {
  task: Task;
  texts: number;
  /** Texts for which the model says nothing; counted as wrong. */
  unknown: number;
  /** Labels of the file in the order of the schema; the model chooses among these only. */
  labels: string[];
  /** 0–1; null without texts. */
  accuracy: number | null;
  /** Wilson's 95 % interval of the accuracy; null without texts. */
  accuracyInterval: [lo: number, hi: number] | null;
  macroF1: number | null;
  perLabel: { label: string; texts: number; predicted: number; precision: number | null; recall: number | null; f1: number }[];
  /** confusion[true][predicted], in the order of `labels`; the last column: unknown. */
  confusion: number[][];
  /** Expected calibration error of the probability of the likeliest label, 0–1; null without predictions. */
  calibrationError: number | null;
  /** Of the model, from its text, on this machine, one thread. The only field that differs from run to run. */
  postsPerSecond: number | null;
}

/**
 * Measures the model against labels. A file with two polarities asks which of the two; labels must be those of the task.
 * A text of null is one about which nothing is said.
 */
export function evaluate(model: SentimentModel, rows: readonly Row[], task: Task, clock: () => number = () => performance.now()): Evaluation {
  const start = clock();
  const found = rows.map(({ text }) => (text === null ? null : model.predict(text)));
  return compare(rows, found, task, model.header.decision[task], clock() - start);
}

/** As evaluate, with a model that decides by probability alone. Throws what the model throws; it must know the task. */
export async function evaluateBy(model: Pick<OnnxModel, "predict">, rows: readonly Row[], task: Task, clock: () => number = () => performance.now()): Promise<Evaluation> {
  const start = clock();
  const found: (Mood | null)[] = [];
  for (const { text } of rows) found.push(text === null ? null : await model.predict(text));
  return compare(rows, found, task, labelsOf[task].map(() => 1), clock() - start);
}

interface Row {
  text: string | null;
  label: string;
}

/** `weights`: of the labels of the task in the decision. `ms`: what the predictions took. */
function compare(rows: readonly Row[], found: readonly (Mood | null)[], task: Task, weights: readonly number[], ms: number): Evaluation {
  const all: readonly string[] = labelsOf[task];
  const labels = all.filter((name) => rows.some(({ label }) => label === name));
  const confusion = labels.map(() => new Array<number>(labels.length + 1).fill(0));
  const predictions: { probability: number; right: boolean }[] = [];
  rows.forEach(({ label }, i) => {
    const truth = labels.indexOf(label);
    const prediction = found[i]!;
    if (prediction === null) {
      confusion[truth]![labels.length]!++;
      return;
    }
    const probabilities = task === "polarity" ? prediction.polarities : prediction.emotions!;
    const { choice, probability } = choose(labels.map((name) => probabilities[all.indexOf(name)]!), labels.map((name) => weights[all.indexOf(name)]!));
    confusion[truth]![choice.weighted]!++;
    predictions.push({ probability, right: choice.likeliest === truth });
  });
  return { task, texts: rows.length, labels, confusion, ...summary(labels, confusion), calibrationError: calibrationError(predictions), postsPerSecond: rows.length === 0 || ms <= 0 ? null : Math.round((rows.length / ms) * 1000) };
}

/** Among the given probabilities: the decision of the model, and the likeliest with its share of their sum. Of two labels the likelier is taken. */
function choose(probabilities: readonly number[], weights: readonly number[]): { choice: { weighted: number; likeliest: number }; probability: number } {
  let likeliest = 0;
  let weighted = 0;
  probabilities.forEach((p, k) => {
    if (p > probabilities[likeliest]!) likeliest = k;
    if (p * weights[k]! > probabilities[weighted]! * weights[weighted]!) weighted = k;
  });
  const total = probabilities.reduce((a, b) => a + b, 0);
  return { choice: { weighted: probabilities.length === 2 ? likeliest : weighted, likeliest }, probability: total > 0 ? probabilities[likeliest]! / total : 1 / probabilities.length };
}

function summary(labels: readonly string[], confusion: readonly number[][]): Pick<Evaluation, "accuracy" | "accuracyInterval" | "macroF1" | "perLabel" | "unknown"> {
  const texts = confusion.flat().reduce((a, b) => a + b, 0);
  const perLabel = labels.map((label, k) => {
    const right = confusion[k]![k]!;
    const actual = confusion[k]!.reduce((a, b) => a + b, 0);
    const predicted = confusion.reduce((sum, row) => sum + row[k]!, 0);
    return { label, texts: actual, predicted, precision: predicted === 0 ? null : right / predicted, recall: actual === 0 ? null : right / actual, f1: (2 * right) / (actual + predicted) };
  });
  const right = confusion.reduce((sum, row, k) => sum + row[k]!, 0);
  return {
    unknown: confusion.reduce((sum, row) => sum + row[labels.length]!, 0),
    perLabel,
    accuracy: texts === 0 ? null : right / texts,
    accuracyInterval: texts === 0 ? null : wilson(right, texts),
    macroF1: labels.length === 0 ? null : perLabel.reduce((sum, { f1 }) => sum + f1, 0) / labels.length,
  };
}
