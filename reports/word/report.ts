import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Drawings } from "../charts/drawings.ts";
import type { Section } from "../contract.ts";
import { integer, share } from "../format.ts";
import { lowChart } from "../html/front-page.ts";
import { findingOf, pageOf, type OnFailure, type Page } from "../html/page.ts";
import { nameOf } from "../names.ts";
import type { Report } from "../report.ts";
import { brief } from "./brief.ts";
import type { Look, WordBlock } from "./contract.ts";
import { coverageBlocks, methodBlocks } from "./coverage.ts";
import type { WordOptions } from "./document.ts";
import { drawnBlocks, type Draft } from "./draft.ts";
import { evidenceBlocks } from "./evidence.ts";
import { frontDrafts } from "./front.ts";
import { blocksOf } from "./markup.ts";
import { chineseNumber } from "./numerals.ts";
import { citedIn, factOf, guarded, told, warning } from "./told.ts";
import { writeWord } from "./write.ts";

export interface ReportWordOptions extends WordOptions {
  language: Language;
  /** Told of what cannot be told or drawn: the document carries a notice there. Without it the first such error rejects. */
  onFailure?: OnFailure;
  /** Shared with the other formats of the same rendering. */
  drawings?: Drawings | undefined;
}

/** Findings that stand at the beginning: the gist, then what the numbers rest on. */
const [summaryId, coverageId] = ["summary", "coverage"];

/** The report as .docx to hand in: page one, 口径, sections, data and method, evidence of what is cited; long tables stay in report.xlsx. Same report, same bytes on the same machine. */
export async function renderWord(report: Report, sections: readonly Section[], { language, style = "plain", template, onWithout, onFailure, drawings }: ReportWordOptions): Promise<Uint8Array> {
  const page = pageOf(report, sections, language, onFailure ?? rethrow, drawings);
  const drafts: Draft[] = [...frontDrafts(page), { kind: "contents", title: page.words.contents }, ...card(page)];
  const told = sections.filter(({ id }) => id !== coverageId && id !== summaryId && findingOf(page, id) !== undefined);
  drafts.push(...told.flatMap((section, i) => sectionDrafts(page, section, numbered(section.heading[language], i + 1, style, language))));
  const blocks = await drawnBlocks([...drafts, ...methodBlocks(page)], { language, drawings: page.drawings, onWithout, onFailure, brief: true });
  const { name, label, issue = null } = report.event;
  const labels = [label, report.config.privacy === "internal" ? page.words.internal : ""].filter((text) => text !== "").join(" ");
  return writeWord({ language, title: name, issue, subtitle: page.words.kind, label: labels, blocks: [...blocks, ...evidenceBlocks(page, citedIn(blocks))] }, { look: style === "official" ? "officialReport" : style, template });
}

const rethrow: OnFailure = (_, error) => {
  throw error;
};

/** 「一、声量趋势」 in official documents, else 「1　声量趋势」. */
function numbered(heading: string, no: number, style: Look, language: Language): string {
  if (language === "en") return `${no} ${heading}`;
  return style === "official" ? `${chineseNumber(no)}、${heading}` : `${no}　${heading}`;
}

const note = (text: string): WordBlock => ({ kind: "paragraph", runs: [text], style: "note" });

function card(page: Page): Draft[] {
  const section = page.sections.find(({ id }) => id === coverageId);
  const finding = findingOf(page, coverageId);
  const sentences = section && finding?.status === "ok" ? guarded(page, coverageId, () => told(page, section, finding).map((runs): Draft => ({ kind: "paragraph", runs, style: "small" }))) : [];
  return [{ kind: "heading", level: 1, text: page.words.coverage }, ...brief(coverageBlocks(page), page.language), ...sentences];
}

function sectionDrafts(page: Page, section: Section, heading: string): Draft[] {
  const finding = findingOf(page, section.id);
  const head: Draft = { kind: "heading", level: 1, text: heading };
  const { words, language } = page;
  if (finding === undefined) return [];
  if (finding.status === "error") return [head, warning(`${words.failed}${language === "zh" ? "：" : ": "}${finding.error}`)];
  if (finding.status !== "ok") return [head, note(`${words.unavailable}${language === "zh" ? "：" : ": "}${finding.reason?.[language] ?? words.empty}`)];
  return [head, ...guarded(page, section.id, () => content(page, section, finding))];
}

function content(page: Page, section: Section, finding: Finding): Draft[] {
  const { language } = page;
  const sentences = told(page, section, finding);
  // Its first chart stands on page one.
  const charts = section.charts(finding, language).map((chart, i): Draft => ({ kind: "chart", chart, tableOnly: section.id === "volume" && i === 0 && lowChart(chart) !== null }));
  const extra = section.extra?.(finding, language)?.text ?? "";
  const targets = {
    fact: (key: string): number => factOf(page, section.id, key),
    post: (id: string): string | null => {
      const row = page.rows.get(id);
      return row === undefined ? null : `${page.words.row}-${row.no}`;
    },
  };
  return [
    ...(sentences.length > 4 ? [{ kind: "list" as const, items: sentences }] : sentences.length > 0 ? [{ kind: "paragraph" as const, runs: sentences.flatMap((runs, i) => (i > 0 && language === "en" ? [" ", ...runs] : runs)) }] : []),
    ...charts,
    ...(extra === "" ? [] : brief(blocksOf(extra, targets), language)),
    note(basis(page, finding)),
  ];
}

function basis({ words, language }: Page, { lens, coverage: { posts, of } }: Finding): string {
  const colon = language === "zh" ? "：" : ": ";
  const covered = of === 0 ? "" : `${language === "zh" ? "；" : "; "}${words.basis} ${integer(posts, language)} / ${integer(of, language)} (${share(posts / of, language)})`;
  return `${words.lens}${colon}${nameOf("lens", lens, language)}${covered}`;
}
