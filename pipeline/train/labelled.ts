import { nearest, YuqingError } from "../errors.ts";
import { inputOf } from "../import/open/inputs.ts";
import { Notes } from "../import/doubts/notes.ts";
import { openFile } from "../import/open/open.ts";
import { readRows, type Reading } from "../import/tables/read.ts";
import { labelsOf, type Task } from "./evaluate.ts";

export interface LabelledRow {
  line: number;
  text: string;
  /** A label of the task. */
  label: string;
}

export interface Labelled {
  rows: LabelledRow[];
  /** How the file writes its labels, as read: in the order of the task's labels, then by code point. */
  spellings: { written: string; label: string; rows: number }[];
  /** Of the file's bytes. */
  sha256: string;
}

/** What people write for the labels, in lower case. */
const spellings: Record<Task, Record<string, readonly string[]>> = {
  polarity: {
    positive: ["positive", "pos", "正", "正面", "积极", "正向", "褒"],
    neutral: ["neutral", "neu", "中", "中性", "中立", "客观"],
    negative: ["negative", "neg", "负", "负面", "消极", "负向", "贬"],
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
const signs = new Map([[1, "positive"], [0, "neutral"], [-1, "negative"]]);
const stars = new Map([[1, "positive"], [0, "negative"]]);
const numbersExpected = "1/0/-1 = positive/neutral/negative | 1/0 = positive/negative (no other label in the file)";

const cellLimit = 1_000_000;
const shown = 5;

/**
 * Reads a labelled CSV, JSONL or XLSX file whole. Labels in Chinese or English; polarity also as 1 / 0 / −1, or as 1 / 0 when the file has no −1 and no other spelling.
 * Throws COLUMN_MISSING, LABELS_EMPTY, LABELS_UNKNOWN, TEXTS_EMPTY, ROWS_UNREADABLE and what opening throws: nothing of a file with a bad row is used.
 */
export async function readLabelled(path: string, columns: { text: string; label: string }, task: Task): Promise<Labelled> {
  const source = await openFile(inputOf(path));
  const cells: { line: number; text: string; label: string }[] = [];
  const broken: number[] = [];
  const reading: Reading = { format: "csv", encoding: null, delimiter: null, headed: true, headerLine: 0, skippedSheets: [] };
  for await (const { header, rows } of readRows(source, { cellLimit, mapped: [columns.text, columns.label] }, reading, new Notes())) {
    if (rows.length === 0) continue;
    const [text, label] = [columnOf(header, columns.text, path), columnOf(header, columns.label, path)];
    for (const row of rows) {
      if (row.fault === null) cells.push({ line: row.line, text: row.cells[text] ?? "", label: (row.cells[label] ?? "").normalize("NFKC").trim() });
      else broken.push(row.line);
    }
  }
  refuse("ROWS_UNREADABLE", { zh: "有读不了的行", en: "rows that cannot be read" }, path, broken.map((line) => ({ line, got: "" })));
  if (cells.length === 0) throw new YuqingError("LABELS_EMPTY", 2, { what: { zh: "文件里没有标注行", en: "the file has no labelled rows" }, where: path, next: { zh: "检查文件", en: "check the file" } });
  refuse("TEXTS_EMPTY", { zh: "正文为空的行", en: "rows without text" }, path, cells.filter(({ text }) => text.trim() === "").map(({ line }) => ({ line, got: "" })));
  const read = reader(task, cells.map(({ label }) => label));
  const rows = cells.map((cell) => ({ ...cell, known: read(cell.label) }));
  refuse("LABELS_UNKNOWN", { zh: "不认识的标签", en: "labels that are not known" }, path, rows.filter(({ known }) => known === null).map(({ line, label }) => ({ line, got: JSON.stringify(label.slice(0, 40)) })), expectedLabels(task));
  const sha256 = await source.sha256();
  return { rows: rows.map(({ line, text, known }) => ({ line, text, label: known! })), spellings: counted(cells, (label) => read(label)!, task), sha256 };
}

function expectedLabels(task: Task): string {
  const words = labelsOf[task].map((name) => spellings[task][name]!.join("="));
  return [...words, ...(task === "polarity" ? [numbersExpected] : [])].join(" | ");
}

/** How the labels of one file are to be read. */
function reader(task: Task, labels: readonly string[]): (label: string) => string | null {
  const names = new Map(Object.entries(spellings[task]).flatMap(([name, words]) => words.map((word) => [word, name] as const)));
  const numbers = task !== "polarity" ? null : [...new Set(labels)].every((label) => stars.has(numberOf(label))) ? stars : signs;
  return (label) => names.get(label.toLowerCase()) ?? numbers?.get(numberOf(label)) ?? null;
}

/** "1", "−1", "0.0" (as pandas writes whole numbers beside gaps); NaN for other cells. */
const numberOf = (label: string): number => (/^[-\u2212+]?[01](?:\.0)?$/.test(label) ? Number(label.replace("\u2212", "-")) : NaN);

function counted(cells: readonly { label: string }[], read: (label: string) => string, task: Task): Labelled["spellings"] {
  const counts = new Map<string, number>();
  for (const { label } of cells) counts.set(label, (counts.get(label) ?? 0) + 1);
  const order: readonly string[] = labelsOf[task];
  const found = [...counts].map(([written, rows]) => ({ written, label: read(written), rows }));
  return found.sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label) || (a.written < b.written ? -1 : 1));
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
