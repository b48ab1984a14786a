import { triageClasses, triageRules, type TriageClass, type TriageRules } from "../../analyzers/post/triage/rules.ts";
import type { Language, Message } from "../errors.ts";
import type { Status } from "./rules.ts";

export const statusNames: Record<Status, Message> = {
  todo: { zh: "待办", en: "to do" },
  transferred: { zh: "已转办", en: "transferred" },
  replied: { zh: "已回复", en: "replied" },
  closed: { zh: "已办结", en: "closed" },
};

/** How a status may be written; compared without case and blanks. */
const spellings: readonly (readonly [Status, readonly string[]])[] = [
  ["todo", ["待办", "未办", "待处理", "todo", "open"]],
  ["transferred", ["已转办", "转办", "已转交", "transferred"]],
  ["replied", ["已回复", "回复", "已答复", "replied"]],
  ["closed", ["已办结", "办结", "已完成", "closed"]],
];
const known = new Map(spellings.flatMap(([status, words]) => words.map((word) => [word, status] as const)));

/** For messages: what statuses may be called. */
export const knownStatuses = Object.entries(statusNames).map(([status, { zh }]) => `${zh}/${status}`).join(", ");

/** The status that a word means; null when it is none. */
export function statusOf(word: string): Status | null {
  return known.get(word.normalize("NFKC").replace(/\s+/g, "").toLowerCase()) ?? null;
}

/** Words of statuses, for the nearest one to a slip. */
export const statusWords: readonly string[] = [...known.keys()];

let classRules: TriageRules["classes"] | null = null;

/** "咨询诉求、疑似恶意炒作传播"; "" without any. A class that we do not know is shown as it is. */
export function classNames(classes: readonly string[], language: Language): string {
  return classes.map((name) => className(name, language)).join(language === "zh" ? "、" : ", ");
}

function className(name: string, language: Language): string {
  if (!(triageClasses as readonly string[]).includes(name)) return name;
  classRules ??= triageRules().classes;
  const { suspected, zh, en } = classRules[name as TriageClass];
  return language === "zh" ? `${suspected ? "疑似" : ""}${zh}` : `${suspected ? "suspected " : ""}${en}`;
}
