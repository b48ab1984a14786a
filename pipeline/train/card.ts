import { nameOf } from "../../reports/names.ts";
import { integer, round, share } from "../../reports/format.ts";
import type { Language } from "../errors.ts";
import type { Evaluation, Task } from "./evaluate.ts";
import type { Labelled } from "./labelled.ts";

const words = {
  texts: { zh: "文本", en: "texts" },
  unknown: { zh: "说不出的（计为错）", en: "nothing said (counted as wrong)" },
  accuracy: { zh: "准确率（95% 区间）", en: "accuracy (95% interval)" },
  macroF1: { zh: "宏平均 F1", en: "macro-F1" },
  calibrationError: { zh: "校准误差 ECE", en: "calibration error (ECE)" },
  speed: { zh: "速度（条/秒，单线程）", en: "speed (posts/s, one thread)" },
  label: { zh: "标签", en: "label" },
  rows: { zh: "标注", en: "labelled" },
  predicted: { zh: "判为", en: "predicted" },
  precision: { zh: "精确率", en: "precision" },
  recall: { zh: "召回率", en: "recall" },
  confusion: { zh: "标注＼判为", en: "labelled \\ predicted" },
  silent: { zh: "说不出", en: "nothing" },
  readAs: { zh: "标签读作", en: "labels read as" },
} as const;

/** Figures of one labelled file, for people. Rounded here and nowhere else. */
export function evaluationText(found: Evaluation, language: Language): string {
  const { texts, unknown, calibrationError, postsPerSecond } = found;
  const facts = [
    [words.texts[language], integer(texts, language)],
    [words.unknown[language], integer(unknown, language)],
    [words.accuracy[language], accuracyText(found, language)],
    [words.macroF1[language], decimals(found.macroF1, language)],
    [words.calibrationError[language], decimals(calibrationError, language)],
    [words.speed[language], integer(postsPerSecond === null ? null : twoDigits(postsPerSecond), language)],
  ];
  return [aligned(facts), aligned(perLabel(found, language)), aligned(confusion(found, language))].join("\n\n");
}

/** A ratio to three decimals; null is unknown. */
export const decimals = (value: number | null, language: Language): string => (value === null ? integer(null, language) : round(value, 3).toFixed(3));

export const accuracyText = ({ accuracy, accuracyInterval }: Evaluation, language: Language): string =>
  share(accuracy, language) + (accuracyInterval === null ? "" : ` (${accuracyInterval.map((end) => share(end, language)).join(" – ")})`);

/** How the labels were read: `1 = positive 120 · 0 = negative 80`. */
export function spellingsText({ spellings }: Labelled, task: Task, language: Language): string {
  return `${words.readAs[language]}  ${spellings.map(({ written, label, rows }) => `${written} = ${nameOf(task, label, language)} ${integer(rows, language)}`).join(" · ")}`;
}

function perLabel({ task, perLabel }: Evaluation, language: Language): string[][] {
  const percent = (value: number | null): string => (value === null ? "–" : share(value, language));
  return [
    [...[words.label, words.rows, words.predicted, words.precision, words.recall].map((word) => word[language]), "F1"],
    ...perLabel.map(({ label, texts, predicted, precision, recall, f1 }) => [nameOf(task, label, language), integer(texts, language), integer(predicted, language), percent(precision), percent(recall), decimals(f1, language)]),
  ];
}

function confusion({ task, labels, confusion }: Evaluation, language: Language): string[][] {
  const names = labels.map((label) => nameOf(task, label, language));
  return [[words.confusion[language], ...names, words.silent[language]], ...confusion.map((row, k) => [names[k]!, ...row.map((count) => integer(count, language))])];
}

/** Speed is never the same twice: 183,412 → 180,000. */
function twoDigits(value: number): number {
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return round(value / scale, 0) * scale;
}

/** Columns of equal width, the first to the left, the others to the right. A Han or full-width character is two wide. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => wide(row[column]!))));
  const cell = (text: string, column: number): string => (column === 0 ? text + " ".repeat(widths[0]! - wide(text)) : " ".repeat(widths[column]! - wide(text)) + text);
  return rows.map((row) => row.map(cell).join("  ")).join("\n");
}

const wide = (text: string): number => [...text].reduce((sum, character) => sum + (/[\u2e80-\u9fff\uff01-\uff60]/.test(character) ? 2 : 1), 0);
