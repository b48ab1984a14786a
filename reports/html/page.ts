import type { EventAnalyzer, Figure, Finding } from "../../analyzers/contract.ts";
import { offsetMs } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { Drawings } from "../charts/drawings.ts";
import type { Part, Section, Sentence } from "../contract.ts";
import { figure as figureText } from "../format.ts";
import type { Fact, Report, SampleRow } from "../report.ts";
import { html, type Html } from "./html.ts";
import { wordsOf, type Words } from "./words.ts";

/** What cannot be shown: with it the page carries a notice in that place and goes on; without it the error is thrown. */
export type OnFailure = (place: string, error: Error) => void;

/** The report with its indexes, as the parts of the page read it. */
export interface Page {
  report: Report;
  language: Language;
  words: Words;
  utcOffsetMs: number;
  sections: readonly Section[];
  /** Facts and figures of a finding by figure key. */
  facts: ReadonlyMap<string, ReadonlyMap<string, { fact: Fact; figure: Figure }>>;
  /** Sample rows by post id, with their number on the page. */
  rows: ReadonlyMap<string, { row: SampleRow; no: number }>;
  onFailure: OnFailure;
  drawings: Drawings;
}

export function pageOf(report: Report, sections: readonly Section[], language: Language, onFailure: OnFailure, drawings = new Drawings()): Page {
  const figures = new Map(report.findings.map((finding) => [finding.id, new Map(finding.status === "error" ? [] : finding.figures.map((figure) => [figure.key, figure as Figure]))]));
  const facts = new Map<string, Map<string, { fact: Fact; figure: Figure }>>();
  for (const fact of report.facts) {
    const figure = figures.get(fact.finding)?.get(fact.key);
    if (figure === undefined) throw new Error(`fact ${fact.no} names a figure that is not in the report: ${fact.finding} ${fact.key}`);
    if (!facts.has(fact.finding)) facts.set(fact.finding, new Map());
    facts.get(fact.finding)!.set(fact.key, { fact, figure });
  }
  return {
    report,
    language,
    words: wordsOf(language),
    utcOffsetMs: offsetMs(report.event.utcOffset),
    sections,
    facts,
    rows: new Map(report.rows.map((row, i) => [row.id, { row, no: i + 1 }])),
    onFailure,
    drawings,
  };
}

/** The finding of a section; undefined when the run had no such analyzer. */
export function findingOf(page: Page, id: string): (Finding & { question: Section["heading"] }) | { status: "error"; question: Section["heading"]; error: string } | undefined {
  return page.report.findings.find((finding) => finding.id === id);
}

/** Data of an analyzer's finding; null unless the report has it, ok and as the analyzer writes it. */
export function dataOf<D>(page: Page, { id, data }: Pick<EventAnalyzer<never, D>, "id" | "data">): D | null {
  const finding = findingOf(page, id);
  return finding?.status === "ok" ? (data.safeParse(finding.data).data ?? null) : null;
}

/** Runs `make`; a throw becomes a notice in its place, reported to `onFailure`. */
export async function guarded(page: Page, place: string, notice: string, make: () => Html | Promise<Html>): Promise<Html> {
  try {
    return await make();
  } catch (error) {
    page.onFailure(place, error as Error);
    return html`<p class="notice" role="note">${notice}<br><small><bdi>${place}: ${(error as Error).message}</bdi></small></p>`;
  }
}

/** A number that leads to its entry in the evidence. A number without a fact is a programming error. */
export function factLink(page: Page, finding: string, key: string, text?: string): Html {
  const found = page.facts.get(finding)?.get(key);
  if (found === undefined) throw new Error(`no fact behind "${text ?? key}" (${finding} ${key})`);
  const { fact, figure } = found;
  const { words, language } = page;
  const about = `${words.fact} ${fact.no}${language === "zh" ? "：" : ": "}${figure.label[language]}${figure.estimate ? ` (${words.estimate})` : ""}`;
  return html`<a class="fact${figure.estimate && " estimate"}" href="#事实-${fact.no}" data-no="${fact.no}" title="${about}">${text ?? figureText(figure, language, page.utcOffsetMs)}</a>`;
}

export function sentence(page: Page, finding: string, parts: Sentence): Html {
  return html`${parts.map((part: Part) => (typeof part === "string" ? html`${part}` : factLink(page, finding, part.fact, part.text)))}`;
}
