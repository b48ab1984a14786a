import { sections } from "../reports/case-study/index.ts";
import type { Drawings } from "../reports/charts/drawings.ts";
import type { Section } from "../reports/contract.ts";
import { renderHtml } from "../reports/html/render.ts";
import { changedCounts } from "../reports/integrity.ts";
import { checkPage, type Problem } from "../reports/narrative/check.ts";
import { verified } from "../reports/narrative/verify.ts";
import type { Report } from "../reports/report.ts";
import { nearest, type Language, type Message } from "./errors.ts";
import { arranged, unspoken, withDerived, type SectionChoice } from "./sections.ts";

export interface PresentOptions {
  language: Language;
  /** Which sections, in which order and words; null: all as they are. */
  choices?: readonly SectionChoice[] | null;
  drawings?: Drawings | undefined;
}

/** A report as readers get it. */
export interface Presented {
  /** With the findings of derived sections. */
  report: Report;
  /** Checked, chosen and ordered; other formats tell the same. */
  sections: Section[];
  /** The report as HTML. */
  page: string;
  /** What could not be drawn and what no fact backs, one line each; grows while other formats are made. The report is partial unless it is empty. */
  broken: string[];
  /** What the analyst should know and does no harm. */
  hints: Message[];
}

/** Derives, checks, chooses, renders, and reads the finished page again. */
export async function present(given: Report, { language, choices = null, drawings }: PresentOptions): Promise<Presented> {
  const report = withDerived(given, sections);
  const broken: string[] = [];
  const onProblem = ({ place, reason, text }: Problem): void => void broken.push(`${place}: ${reason[language]} | ${text}`);
  const checked = verified(report, sections, onProblem);
  const told = choices === null ? checked : arranged(checked, choices);
  const page = await renderHtml(report, told, { language, drawings, onFailure: (place, error) => void broken.push(`${place}: ${error.message}`) });
  checkPage(report, page, language).forEach(onProblem);
  for (const { id } of report.findings) if (!sections.some((section) => section.id === id)) broken.push(strange(id, language));
  for (const { place, got, reason } of changedCounts(report)) broken.push(`${place}: ${reason[language]} | ${got}`);
  const hints = unspoken(report, choices ?? []).map((id) => ({ zh: `章节 ${id} 没有内容，所写按语不会出现`, en: `section ${id} has nothing to tell: its words are not shown` }));
  return { report, sections: told, page, broken, hints };
}

/** A finding that no section tells: of a name written by hand, or of an analyzer without its section. */
function strange(id: string, language: Language): string {
  const near = nearest(id, sections.map((section) => section.id));
  if (language === "zh") return `${id}: 没有这个章节${near === null ? "" : `，是否想写 ${near}？`}`;
  return `${id}: no such section${near === null ? "" : `; did you mean ${near}?`}`;
}
