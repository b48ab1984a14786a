import { nearest, YuqingError } from "../errors.ts";
import { inputOf } from "../import/inputs.ts";
import { Notes } from "../import/notes.ts";
import { openFile } from "../import/open.ts";
import { readRows, type Reading } from "../import/read.ts";
import { labelsOf, type Task } from "./evaluate.ts";

export interface LabelledRow {
  line: number;
  text: string;
  /** A label of the task. */
  label: string;
}

/** What people write for the labels, in lower case. */
const spellings: Record<Task, Record<string, readonly string[]>> = {
  polarity: {
    positive: ["positive", "pos", "正", "正面", "积极", "正向"],
    neutral: ["neutral", "neu", "中", "中性", "中立"],
    negative: ["negative", "neg", "负", "负面", "消极", "负向"],
  },
  emotion: {
    joy: ["joy", "happy", "happiness", "喜", "喜悦", "高兴", "开心"],
    anger: ["anger", "angry", "怒", "愤怒", "生气"],
    sadness: ["sadness", "sad", "哀", "悲伤", "伤心"],
    fear: ["fear", "惧", "恐惧", "害怕"],
    surprise: ["surprise", "惊", "惊讶", "惊奇"],
    none: ["none", "neutral", "无", "无情绪", "中性"],
  },
};
const signs = new Map([["1", "positive"], ["0", "neutral"], ["-1", "negative"]]);
const stars = new Map([["1", "positive"], ["0", "negative"]]);

const cellLimit = 1_000_000;
const shown = 5;

/**
 * Reads a labelled CSV, JSONL or XLSX file whole. Labels in Chinese or English; polarity also as 1 / 0 / −1, or as 1 / 0 when the file has no −1 and no other spelling.
 * Throws COLUMN_MISSING, LABELS_EMPTY, LABELS_UNKNOWN, TEXTS_EMPTY, ROWS_UNREADABLE and what opening throws: nothing of a file with a bad row is used.
 */
export async function readLabelled(path: string, columns: { text: string; label: string }, task: Task): Promise<LabelledRow[]> {
  const cells: { line: number; text: string; label: string }[] = [];
  const broken: number[] = [];
  const reading: Reading = { format: "csv", encoding: null, delimiter: null, headed: true, headerLine: 0, skippedSheets: [] };
  for await (const { header, rows } of readRows(await openFile(inputOf(path)), { cellLimit, mapped: [columns.text, columns.label] }, reading, new Notes())) {
    if (rows.length === 0) continue;
    const [text, label] = [columnOf(header, columns.text, path), columnOf(header, columns.label, path)];
    for (const row of rows) {
      if (row.fault === null) cells.push({ line: row.line, text: row.cells[text] ?? "", label: (row.cells[label] ?? "").trim() });
      else broken.push(row.line);
    }
  }
  refuse("ROWS_UNREADABLE", { zh: "有读不了的行", en: "rows that cannot be read" }, path, broken.map((line) => ({ line, got: "" })));
  if (cells.length === 0) throw new YuqingError("LABELS_EMPTY", 2, { what: { zh: "文件里没有标注行", en: "the file has no labelled rows" }, where: path, next: { zh: "检查文件", en: "check the file" } });
  refuse("TEXTS_EMPTY", { zh: "正文为空的行", en: "rows without text" }, path, cells.filter(({ text }) => text.trim() === "").map(({ line }) => ({ line, got: "" })));
  const read = reader(task, cells.map(({ label }) => label));
  const rows = cells.map((cell) => ({ ...cell, known: read(cell.label) }));
  const expected = labelsOf[task].map((name) => spellings[task][name]!.join("=")).join(" | ");
  refuse("LABELS_UNKNOWN", { zh: "不认识的标签", en: "labels that are not known" }, path, rows.filter(({ known }) => known === null).map(({ line, label }) => ({ line, got: JSON.stringify(label) })), expected);
  return rows.map(({ line, text, known }) => ({ line, text, label: known! }));
}

/** How the labels of one file are to be read. */
function reader(task: Task, labels: readonly string[]): (label: string) => string | null {
  const names = new Map(Object.entries(spellings[task]).flatMap(([name, words]) => words.map((word) => [word, name] as const)));
  const distinct = new Set(labels);
  const numbers = task !== "polarity" ? null : [...distinct].every((label) => stars.has(label)) ? stars : signs;
  return (label) => names.get(label.toLowerCase()) ?? numbers?.get(label) ?? null;
}

function columnOf(header: readonly string[], name: string, path: string): number {
  const at = header.findIndex((cell) => cell.trim() === name);
  if (at >= 0) return at;
  const near = nearest(name, header);
  throw new YuqingError("COLUMN_MISSING", 2, {
    what: { zh: "文件没有这一列", en: "the file has no such column" },
    where: path,
    got: name,
    expected: header.slice(0, 20).join(", "),
    next: near === null ? { zh: "用 --text、--label 写出表头里的列名", en: "name columns of the header with --text and --label" } : { zh: `是不是“${near}”？`, en: `did you mean "${near}"?` },
  });
}

/** Throws when there are any bad rows, naming the first few. */
function refuse(code: string, what: { zh: string; en: string }, path: string, bad: readonly { line: number; got: string }[], expected?: string): void {
  if (bad.length === 0) return;
  const first = bad.slice(0, shown);
  throw new YuqingError(code, 2, {
    what: { zh: `${what.zh}（${bad.length} 行）；整个文件都不使用`, en: `${what.en} (${bad.length}); none of the file is used` },
    where: first.map(({ line }) => `${path}:${line}`).join(", "),
    got: [...new Set(first.map(({ got }) => got).filter(Boolean))].join(", ") || String(bad.length),
    ...(expected === undefined ? {} : { expected }),
    next: { zh: "改正这些行后再试", en: "correct these rows and try again" },
  });
}
