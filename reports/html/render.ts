import type { Language } from "../../pipeline/errors.ts";
import type { Drawings } from "../charts/drawings.ts";
import type { Section } from "../contract.ts";
import type { Report } from "../report.ts";
import { coverageCard, coverageId } from "./coverage-card.ts";
import { dataAndMethod } from "./data-and-method.ts";
import { document } from "./document.ts";
import { evidence } from "./evidence.ts";
import { html, type Html } from "./html.ts";
import { frontPage } from "./front-page.ts";
import { runningLabel } from "./masthead.ts";
import { findingOf, pageOf, type OnFailure, type Page } from "./page.ts";
import { panel } from "./panel.ts";
import { script } from "./script.ts";
import { sectionBlock } from "./section.ts";
import { stylesheet } from "./style.ts";

export interface RenderOptions {
  language: Language;
  /**
   * Called with the place ("topics", "platforms-share") when a section cannot be told or a chart not drawn; the page shows a notice there.
   * Without it the first such error rejects the rendering.
   */
  onFailure?: OnFailure;
  /** Shared with the other formats of the same rendering. */
  drawings?: Drawings | undefined;
}

/**
 * The report as one HTML file: one script of our own, no request, every text escaped, light, dark and print; complete without JavaScript. Same report, same bytes.
 * Sections come in the order given; those without a finding are left out. The 口径卡 stands where "coverage" stands in that order; without it, first.
 */
export async function renderHtml(report: Report, sections: readonly Section[], { language, onFailure = rethrow, drawings }: RenderOptions): Promise<string> {
  const page = pageOf(report, sections, language, onFailure, drawings);
  const told = sections.filter(({ id }) => id !== coverageId && findingOf(page, id) !== undefined);
  const blocks: Html[] = [];
  for (const section of told) blocks.push(await sectionBlock(page, section, blocks.length + 1));
  const before = told.filter((section) => sections.indexOf(section) < sections.findIndex(({ id }) => id === coverageId)).length;
  const list = contents(page, told);
  const inline = html`<details class="contents inline"><summary>${page.words.contents}</summary>${list}</details>`;
  const card = await coverageCard(page);
  blocks.splice(before, 0, before === 0 ? html`${card}${inline}` : card);
  const { name } = report.event;
  return document(
    { language, title: name, stylesheet: stylesheet(language, { title: name, label: runningLabel(report.event) }), script },
    html`<a class="skip" href="#main">${page.words.skip}</a>
<div class="page">
<nav class="contents side" aria-label="${page.words.contents}">${list}</nav>
<main id="main">${await frontPage(page)}${before > 0 && inline}
${blocks}${dataAndMethod(page, told.length + 1)}${evidence(page)}
<footer class="colophon">${page.words.generator} ${report.generator.name} ${report.generator.version}</footer>
</main>
</div>${panel(page)}`,
  ).text;
}

const rethrow: OnFailure = (_, error) => {
  throw error;
};

function contents({ words, language }: Page, sections: readonly Section[]): Html {
  const entry = (id: string, text: string, no: number | null) => html`<li><a href="#${id}">${no !== null && html`<span class="no">${no}</span>`}${text}</a></li>`;
  return html`<ol>${entry(coverageId, words.coverage, null)}${sections.map(({ id, heading }, i) => entry(id, heading[language], i + 1))}${entry("data-and-method", words.data, sections.length + 1)}${entry("evidence", words.evidence, null)}</ol>`;
}
