import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Section } from "../contract.ts";
import { figure as figureText, integer, share } from "../format.ts";
import { findingOf, pageOf, type OnFailure, type Page } from "../html/page.ts";
import { nameOf } from "../names.ts";
import type { Report } from "../report.ts";
import type { Look, Run, WordBlock } from "./contract.ts";
import { coverageBlocks, methodBlocks } from "./coverage.ts";
import type { WordOptions } from "./document.ts";
import { drawnBlocks, type Draft } from "./draft.ts";
import { evidenceBlocks } from "./evidence.ts";
import { blocksOf } from "./markup.ts";
import { chineseNumber } from "./numerals.ts";
import { writeWord } from "./write.ts";

export interface ReportWordOptions extends WordOptions {
  language: Language;
  /** Told of what cannot be told or drawn: the document carries a notice there. Without it the first such error rejects. */
  onFailure?: OnFailure;
}

/** Findings that stand at the beginning: the gist, then what the numbers rest on. */
const [summaryId, coverageId] = ["summary", "coverage"];
const keyFigures = [["overview", "posts"], ["overview", "authors"], ["overview", "span.days"], ["heat", "engagement"]] as const;
/** Rows above which a chart's table stands at the end of the document. */
const longest = 12;

/** The report as .docx: the gist, key figures, 口径, sections, data and method, long tables, evidence. Same report, same bytes on the same machine. */
export async function renderWord(report: Report, sections: readonly Section[], { language, style = "plain", template, onWithout, onFailure }: ReportWordOptions): Promise<Uint8Array> {
  const page = pageOf(report, sections, language, onFailure ?? rethrow);
  const cited = new Set<number>();
  const drafts: Draft[] = [...front(page, cited), { kind: "contents", title: page.words.contents }, ...card(page, cited)];
  const told = sections.filter(({ id }) => id !== coverageId && id !== summaryId && findingOf(page, id) !== undefined);
  drafts.push(...told.flatMap((section, i) => sectionDrafts(page, section, numbered(section.heading[language], i + 1, style, language), cited)));
  const { blocks, tables } = await drawnBlocks([...drafts, ...methodBlocks(page)], { language, onWithout, onFailure, longest });
  const { name, label } = report.event;
  const labels = [label, report.config.privacy === "internal" ? page.words.internal : ""].filter((text) => text !== "").join(" ");
  return writeWord({ language, title: name, issue: null, subtitle: page.words.kind, label: labels, blocks: [...blocks, ...tables, ...evidenceBlocks(page, cited)] }, { look: style, template });
}

const rethrow: OnFailure = (_, error) => {
  throw error;
};

/** 「一、声量趋势」 in official documents, else 「1　声量趋势」. */
function numbered(heading: string, no: number, style: Look, language: Language): string {
  if (language === "en") return `${no} ${heading}`;
  return style === "official" ? `${chineseNumber(no)}、${heading}` : `${no}　${heading}`;
}

/** What the analyst wrote of the event, the sentences of the summary, key figures. */
function front(page: Page, cited: Set<number>): Draft[] {
  const { report, language } = page;
  const summary = page.sections.find(({ id }) => id === summaryId);
  const finding = findingOf(page, summaryId);
  const figures = keyFigures.flatMap(([of, key]) => page.facts.get(of)?.get(key) ?? []);
  return [
    ...(report.event.summary === "" || report.event.summary === undefined ? [] : [lead([report.event.summary])]),
    ...(summary && finding?.status === "ok" ? guarded(page, summaryId, () => told(page, summary, finding, cited).map(lead)) : []),
    ...(figures.length === 0
      ? []
      : [{ kind: "table" as const, caption: language === "zh" ? "主要数字" : "Key figures", columns: figures.map(({ figure }, i) => ({ key: String(i), label: figure.label[language] })), rows: [Object.fromEntries(figures.map(({ figure }, i) => [String(i), figureText(figure, language, page.utcOffsetMs)]))] }]),
  ];
}

const lead = (runs: Run[]): WordBlock => ({ kind: "paragraph", runs, style: "lead" });
const note = (text: string): WordBlock => ({ kind: "paragraph", runs: [text], style: "note" });

function card(page: Page, cited: Set<number>): Draft[] {
  const section = page.sections.find(({ id }) => id === coverageId);
  const finding = findingOf(page, coverageId);
  const sentences = section && finding?.status === "ok" ? guarded(page, coverageId, () => told(page, section, finding, cited).map((runs): Draft => ({ kind: "paragraph", runs }))) : [];
  return [{ kind: "heading", level: 1, text: page.words.coverage }, ...coverageBlocks(page), ...sentences];
}

function sectionDrafts(page: Page, section: Section, heading: string, cited: Set<number>): Draft[] {
  const finding = findingOf(page, section.id);
  const head: Draft = { kind: "heading", level: 1, text: heading };
  const { words, language } = page;
  if (finding === undefined) return [];
  if (finding.status === "error") return [head, warning(`${words.failed}${language === "zh" ? "：" : ": "}${finding.error}`)];
  if (finding.status !== "ok") return [head, note(`${words.unavailable}${language === "zh" ? "：" : ": "}${finding.reason?.[language] ?? words.empty}`)];
  return [head, ...guarded(page, section.id, () => content(page, section, finding, cited))];
}

function content(page: Page, section: Section, finding: Finding, cited: Set<number>): Draft[] {
  const { language } = page;
  const sentences = told(page, section, finding, cited);
  const charts = section.charts(finding, language).map((chart): Draft => ({ kind: "chart", chart }));
  const extra = section.extra?.(finding, language)?.text ?? "";
  const targets = {
    fact: (key: string): number => factOf(page, section.id, key, cited),
    post: (id: string): string | null => {
      const row = page.rows.get(id);
      return row === undefined ? null : `${page.words.row}-${row.no}`;
    },
  };
  return [
    ...(sentences.length > 4 ? [{ kind: "list" as const, items: sentences }] : sentences.length > 0 ? [{ kind: "paragraph" as const, runs: sentences.flatMap((runs, i) => (i > 0 && language === "en" ? [" ", ...runs] : runs)) }] : []),
    ...charts,
    ...(extra === "" ? [] : blocksOf(extra, targets)),
    note(basis(page, finding)),
  ];
}

/** The sentences of a section, each number followed by the number of its fact. */
function told(page: Page, section: Section, finding: Finding, cited: Set<number>): Run[][] {
  return section.tell(finding, page.language).map((parts) => parts.flatMap((part): Run[] => (typeof part === "string" ? [part] : [part.text, { fact: factOf(page, section.id, part.fact, cited) }])));
}

function factOf(page: Page, finding: string, key: string, cited: Set<number>): number {
  const found = page.facts.get(finding)?.get(key);
  if (found === undefined) throw new Error(`no fact "${key}" in ${finding}`);
  cited.add(found.fact.no);
  return found.fact.no;
}

function basis({ words, language }: Page, { lens, coverage: { posts, of } }: Finding): string {
  const colon = language === "zh" ? "：" : ": ";
  const covered = of === 0 ? "" : `${language === "zh" ? "；" : "; "}${words.basis} ${integer(posts, language)} / ${integer(of, language)} (${share(posts / of, language)})`;
  return `${words.lens}${colon}${nameOf("lens", lens, language)}${covered}`;
}

const warning = (text: string): WordBlock => ({ kind: "paragraph", runs: [text], style: "warning" });

/** A throw becomes a notice, reported to `onFailure`. */
function guarded(page: Page, place: string, make: () => Draft[]): Draft[] {
  try {
    return make();
  } catch (error) {
    page.onFailure(place, error as Error);
    return [warning(`${page.words.failed}${page.language === "zh" ? "：" : ": "}${place}: ${(error as Error).message}`)];
  }
}
