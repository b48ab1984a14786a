import type { AuditLabel } from "./contract.ts";

/** How a label may be written; the first is how we write it. Digits are the page's keys. */
const spellings: readonly (readonly [AuditLabel, readonly string[]])[] = [
  ["positive", ["正面", "正", "正向", "积极", "褒", "positive", "pos", "1"]],
  ["neutral", ["中性", "中", "中立", "客观", "neutral", "neu", "2"]],
  ["negative", ["负面", "负", "负向", "消极", "贬", "negative", "neg", "3"]],
  ["unclear", ["说不清", "不清", "不确定", "无法判断", "unclear", "unsure", "?", "4"]],
];
const known = new Map(spellings.flatMap(([label, words]) => words.map((word) => [word, label] as const)));

/** For messages: every accepted spelling. */
export const knownLabels = spellings.map(([, words]) => words.join("/")).join("; ");

/** The label of a cell: null when it is empty, undefined when it is none of ours. */
export function labelOf(cell: string): AuditLabel | null | undefined {
  const word = cell.normalize("NFKC").trim().toLowerCase();
  return word === "" ? null : known.get(word);
}
