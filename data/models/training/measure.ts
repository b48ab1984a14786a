/**
 * Prints accuracy, macro-F1, calibration error and speed of a model on the labelled sets.
 * Run: npx tsx data/models/training/measure.ts dev|test [FILE]
 */
import { loadModel, type SentimentModel } from "../../../analyzers/post/model/model.ts";
import { dataPath } from "../../../pipeline/paths.ts";
import { evaluate, type Task } from "../../../pipeline/train/evaluate.ts";
import { readTexts, type CorpusText } from "./corpora.ts";

const split = process.argv[2] === "test" ? "test" : "dev";
const model = loadModel(process.argv[3] ?? dataPath("models", "sentiment.bin"));
const groups = new Map<string, CorpusText[]>();
for (const text of readTexts()) {
  if (text.split !== split) continue;
  for (const name of text.leak ? [text.corpus] : [text.corpus, `${text.corpus} clean`]) {
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name)!.push(text);
  }
}
const print = (cells: readonly (string | number | null)[]): void => void process.stdout.write(`${cells.map((cell) => (typeof cell === "number" && cell < 1 ? cell.toFixed(4) : String(cell))).join("\t")}\n`);

print(["set", "task", "texts", "unknown", "accuracy", "macro-F1", "ECE", "posts/s", "F1 by label"]);
for (const [name, texts] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (name.endsWith(" clean") && texts.length === groups.get(name.slice(0, -6))!.length) continue;
  if (texts.some(({ polarity }) => polarity === "not negative")) print([name, "negative or not", texts.length, "", accuracyOfNegative(model, texts)]);
  else measure(name, texts, "polarity");
  if (texts.some(({ emotion }) => emotion !== null)) measure(name, texts, "emotion");
}

function measure(name: string, texts: readonly CorpusText[], task: Task): void {
  const rows = texts.flatMap((text) => (text[task] === null ? [] : [{ text: text.text, label: text[task] as string }]));
  const { texts: count, unknown, accuracy, macroF1, calibrationError, postsPerSecond, perLabel } = evaluate(model, rows, task);
  print([name, task, count, unknown, accuracy, macroF1, calibrationError, postsPerSecond, perLabel.map(({ label, f1 }) => `${label} ${f1.toFixed(3)}`).join(" ")]);
}

/** For a source whose "pos" means "not negative". */
function accuracyOfNegative(model: SentimentModel, texts: readonly CorpusText[]): number {
  const right = texts.filter(({ text, polarity }) => {
    const found = model.predict(text);
    return found !== null && (found.polarities[2]! > 0.5) === (polarity === "negative");
  });
  return right.length / texts.length;
}
