import type { Language } from "../../pipeline/errors.ts";
import type { Section } from "../contract.ts";
import type { Report } from "../report.ts";
import { Reader, type Problem } from "./check.ts";

const withheld = {
  zh: "（此处一句的数字或结论没有事实支持，已略去；报告不完整。）",
  en: "(A sentence was withheld here: no fact backs its number or claim. The report is incomplete.) ",
} as const;

/**
 * The sections with every sentence and chart title checked as it is made: one that the facts do not back is withheld and a notice stands in its place, whatever the format.
 * Each problem is reported once. A report with a problem is partial (exit code 3).
 */
export function verified(report: Report, sections: readonly Section[], onProblem: (problem: Problem) => void): Section[] {
  const readers = new Map<Language, Reader>();
  const reported = new Set<string>();
  const readerIn = (language: Language): Reader => {
    if (!readers.has(language)) readers.set(language, new Reader(report, language));
    return readers.get(language)!;
  };
  const backed = (problems: readonly Problem[]): boolean => {
    for (const problem of problems) {
      const key = [problem.place, problem.text, problem.reason.en].join("\u0000");
      if (!reported.has(key)) onProblem(problem);
      reported.add(key);
    }
    return problems.length === 0;
  };
  return sections.map((section): Section => ({
    ...section,
    tell: (finding, language) => section.tell(finding, language).map((sentence) => (backed(readerIn(language).sentence(section.id, sentence)) ? sentence : [withheld[language]])),
    charts: (finding, language) => section.charts(finding, language).map((chart) => (backed(readerIn(language).chart(section.id, chart)) ? chart : { ...chart, title: section.heading[language] })),
  }));
}
