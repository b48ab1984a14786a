import { createHash } from "node:crypto";
import { loadResources } from "../../analyzers/post/index.ts";
import { decodeModel, readModel } from "../../analyzers/post/model/file.ts";
import { SentimentModel } from "../../analyzers/post/model/model.ts";
import { dataPath } from "../paths.ts";
import { YuqingError } from "../errors.ts";
import { comparedForm } from "../relate/near-duplicates.ts";
import { adapt } from "./adapt.ts";
import { evaluate, labelsOf, type Evaluation, type Task } from "./evaluate.ts";
import type { Labelled, LabelledRow } from "./labelled.ts";
import { wordsRead } from "./words.ts";

/** A model adapted to labels, with the figures on those it has not seen. */
export interface Adapted {
  bytes: Buffer;
  /** Rows it learnt from and rows held out, by label in the order of the task. */
  labels: { label: string; learnt: number; held: number }[];
  /** Rows about whose text the model says nothing: neither learnt nor measured. */
  silent: number;
  /** On the held-out rows: the model as it was, and as it is. */
  before: Evaluation;
  after: Evaluation;
}

/** Below this many different texts figures on a fifth of them say nothing. */
export const fewestTexts = 50;
/** One text in five is held out. */
const heldOut = 5;

/**
 * Adapts a model (path; null: the shipped one) to labelled rows of a file. A fifth of the texts, chosen by hash, is held out: the same texts at every adaptation, so that figures stay honest
 * when a model is adapted again with the same or more rows. The same rows give the same bytes. Throws LABELS_FEW, LABELS_SINGLE, MODEL_*.
 */
export function adaptTo({ rows, sha256 }: Labelled, file: string, task: Task, model: string | null): Adapted {
  const base = readModel(model ?? dataPath("models", "sentiment.bin"));
  const resources = loadResources([], [], model);
  const worded = rows.flatMap((row) => {
    const text = wordsRead(row.text, resources);
    return text === null ? [] : [{ ...row, text }];
  });
  const held = worded.filter(({ text }) => isHeld(text));
  const learnt = worded.filter(({ text }) => !isHeld(text));
  refuse(worded, held, learnt, file);
  const bytes = adapt(base, learnt, task, { file, sha256 });
  const count = (some: readonly LabelledRow[], name: string): number => some.filter(({ label }) => label === name).length;
  return {
    bytes,
    labels: labelsOf[task].map((label) => ({ label, learnt: count(learnt, label), held: count(held, label) })),
    silent: rows.length - worded.length,
    before: evaluate(new SentimentModel(base), held, task),
    after: evaluate(new SentimentModel(decodeModel(bytes, file)), held, task),
  };
}

/** By the form in which copies of a text are equal: a copy must not be on the other side. */
const isHeld = (text: string): boolean => createHash("sha256").update(comparedForm(text)).digest().readUInt32BE(0) % heldOut === 0;

function refuse(worded: readonly LabelledRow[], held: readonly LabelledRow[], learnt: readonly LabelledRow[], file: string): void {
  const texts = new Set(worded.map(({ text }) => comparedForm(text))).size;
  if (texts < fewestTexts || held.length === 0) {
    throw new YuqingError("LABELS_FEW", 2, {
      what: { zh: "标注的文本太少，适配了也量不出好坏", en: "too few labelled texts to adapt to and to measure" },
      where: file,
      got: String(texts),
      expected: `≥ ${fewestTexts}`,
      next: { zh: "补充标注后再试（相同的文本只算一条）", en: "label more and try again (equal texts count once)" },
    });
  }
  const labels = new Set(learnt.map(({ label }) => label));
  if (labels.size >= 2) return;
  throw new YuqingError("LABELS_SINGLE", 2, {
    what: { zh: "只有一种标签：模型会学成什么都判为它", en: "only one label: the model would learn to say nothing else" },
    where: file,
    got: [...labels].join(", "),
    expected: "≥ 2",
    next: { zh: "加入其他标签的文本", en: "add texts of other labels" },
  });
}
