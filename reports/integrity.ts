import type { Message } from "../pipeline/errors.ts";
import type { Report } from "./report.ts";

/** Where a report does not fit together, as one edited by hand may not. */
export interface Misfit {
  /** Path in report.json: "facts.16.samples". */
  place: string;
  /** What stands there. */
  got: string;
  reason: Message;
}

/** Whether facts, figures and sample rows of a report fit together: the first thing that does not; null when all do. Without it a page cannot be made. */
export function misfitOf({ findings, facts, rows }: Report): Misfit | null {
  const figures = new Map<string, Set<string>>();
  for (const [i, finding] of findings.entries()) {
    if (figures.has(finding.id)) return { place: `findings.${i}.id`, got: finding.id, reason: { zh: "同一章节出现两次", en: "a finding stands there twice" } };
    figures.set(finding.id, new Set(finding.status === "error" ? [] : finding.figures.map(({ key }) => key)));
  }
  const known = new Set(rows.map(({ id }) => id));
  for (const [i, { no, finding, key, samples }] of facts.entries()) {
    if (no !== i + 1) return { place: `facts.${i}.no`, got: `${no}`, reason: { zh: `事实应依次编号，这里应是 ${i + 1}`, en: `facts are numbered in order: ${i + 1} is expected` } };
    if (!figures.get(finding)?.has(key)) return { place: `facts.${i}`, got: `${finding} ${key}`, reason: { zh: "没有这个数字", en: "there is no such figure" } };
    const absent = samples.find((id) => !known.has(id));
    if (absent !== undefined) return { place: `facts.${i}.samples`, got: absent, reason: { zh: "没有这一行", en: "there is no such row" } };
  }
  return null;
}

/**
 * Counts that do not agree with the number of rows which their filter selected when the report was made, so one of the two was changed. A count of posts is that number. The texts of hot words, and the
 * accounts of hashtags, are at most as many: an author's same text counts once a day.
 */
export function changedCounts({ findings, facts }: Report): Misfit[] {
  const figures = new Map(findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map((figure) => [`${finding.id} ${figure.key}`, figure] as const))));
  return facts.flatMap(({ no, finding, key, matched }) => {
    const figure = figures.get(`${finding} ${key}`);
    if (!figure || figure.value === null || matched === null) return [];
    const place = `事实-${no}`;
    if (figure.unit === "posts" && figure.value !== matched) return [{ place, got: `${figure.value}`, reason: { zh: `与其命中的 ${matched} 行不符（可能被手工改过）`, en: `differs from the ${matched} rows behind it (edited by hand?)` } }];
    if (finding === "hot-words" && figure.value > matched) return [{ place, got: `${figure.value}`, reason: { zh: `多于其命中的 ${matched} 行（可能被手工改过）`, en: `more than the ${matched} rows behind it (edited by hand?)` } }];
    return [];
  });
}
