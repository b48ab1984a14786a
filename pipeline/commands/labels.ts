import { nearest, YuqingError } from "../errors.ts";
import { tasks, type Task } from "../train/evaluate.ts";
import type { Flag, Flags } from "./command.ts";

/** How labelled files are named and read; of `evaluate` and `train`. */
export const labelFlags: Record<string, Flag> = {
  text: { value: "COLUMN", help: { zh: "正文所在列的表头", en: "header of the column that holds the text" } },
  label: { value: "COLUMN", help: { zh: "标签所在列的表头", en: "header of the column that holds the label" } },
  task: { value: "polarity|emotion", help: { zh: "标签是什么：极性（正/中/负）或情绪（喜怒哀惧惊/无）", en: "what the labels are: polarity, or emotion (joy, anger, sadness, fear, surprise, none)" } },
  model: { value: "FILE", help: { zh: "用 yuqing train 适配出的模型，evaluate 也可用 .onnx（默认随程序所带的）", en: "a model adapted by yuqing train, for evaluate also an .onnx file (default: the one shipped)" } },
};

export interface LabelOptions {
  columns: { text: string; label: string };
  task: Task;
  /** Path; null: the shipped model. */
  model: string | null;
}

/** Throws USAGE. */
export function labelOptions(flags: Flags): LabelOptions {
  const columns = { text: required(flags, "text", "COLUMN"), label: required(flags, "label", "COLUMN") };
  const given = required(flags, "task", tasks.join("|"));
  const task = tasks.find((name) => name === given);
  if (task === undefined) {
    const near = nearest(given, tasks);
    throw new YuqingError("USAGE", 2, { what: { zh: "没有这种任务", en: "no such task" }, where: "--task", got: given, expected: tasks.join(", "), ...(near !== null && { next: { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } }) });
  }
  return { columns, task, model: (flags.model as string | undefined) ?? null };
}

export function required(flags: Flags, name: string, value: string): string {
  const given = flags[name];
  if (typeof given === "string" && given !== "") return given;
  throw new YuqingError("USAGE", 2, { what: { zh: `没有给出 --${name}`, en: `--${name} is not given` }, got: given === undefined ? "nothing" : JSON.stringify(given), expected: `--${name} ${value}`, next: { zh: "yuqing --help 列出全部用法", en: "yuqing --help lists everything" } });
}
