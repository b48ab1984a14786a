import type { Figure } from "../../analyzers/contract.ts";
import { figure as figureText, instant, integer, round } from "../format.ts";
import { nameOf } from "../names.ts";
import type { Fact, SampleRow } from "../report.ts";
import { filterWords } from "./filter.ts";
import { html, type Html } from "./html.ts";
import { findingOf, type Page } from "./page.ts";

/** The appendix: every number of the report with what stands behind it, folded by section, then the sample rows, each once. A link to an entry opens its fold. */
export function evidence(page: Page): Html {
  const { words, language, report } = page;
  const headings = new Map(page.sections.map(({ id, heading }) => [id, heading[language]]));
  const size = (count: number, of: string) => (language === "zh" ? `（${count} ${of}）` : ` (${count} ${of})`);
  const groups = [...page.facts].map(([id, facts]) => {
    const finding = findingOf(page, id);
    return html`
<details class="facts-of"><summary><h3>${headings.get(id) ?? id}</h3>${size(facts.size, words.facts)}</summary>
<p class="method">${finding && finding.status !== "error" && html`<i>${words.method}</i> ${finding.method[language]} `}<a href="#${id}">${words.back}</a></p>
<ol class="facts">${[...facts.values()].map(({ fact, figure }) => entry(page, fact, figure))}</ol></details>`;
  });
  return html`
<section class="section evidence" id="evidence" aria-labelledby="evidence-heading">
<h2 id="evidence-heading">${words.evidence}</h2>
<p>${words.sources}</p>
<p class="print-choice"><label><input type="checkbox" id="print-facts" checked> ${words.printFacts}</label> <label><input type="checkbox" id="print-rows"> ${words.printRows}</label></p>
<div class="all-facts">${groups}</div>
${report.rows.length > 0 && html`<details class="all-rows"><summary><h3 id="sample-rows">${words.sampleRows}</h3>${size(page.rows.size, words.rows)}</summary>
<ol class="rows">${[...page.rows.values()].map(({ row, no }) => sampleRow(page, row, no))}</ol></details>`}
</section>`;
}

function entry(page: Page, fact: Fact, figure: Figure): Html {
  const { words, language, utcOffsetMs } = page;
  const shown = figureText(figure, language, utcOffsetMs);
  const value = figure.value === null ? null : exact(figure.value, figure, page);
  const part = (label: string, value: Html | string, kind = "") => html`<span class="part${kind}"><i>${label}</i> ${value}</span> `;
  const samples = fact.samples.map((id) => page.rows.get(id)).filter((found) => found !== undefined);
  return html`<li id="事实-${fact.no}"><a class="number" href="#事实-${fact.no}">${words.fact}-${fact.no}</a> ${figure.label[language]} <strong>${shown}</strong>${figure.estimate && html` <span class="tag">${words.estimate}</span>`}<div>${[
    value !== null && !shown.startsWith(value) && part(words.exact, value),
    figure.of !== null && part(words.denominator, integer(figure.of, language)),
    figure.interval && part(words.interval, `[${exact(figure.interval[0], figure, page)}, ${exact(figure.interval[1], figure, page)}]`),
    figure.filter && part(words.filter, html`<bdi>${filterWords(figure.filter, language, utcOffsetMs)}</bdi>`),
    fact.matched !== null && part(words.matched, `${integer(fact.matched, language)} ${words.rows}`, " matched"),
    samples.length > 0 && part(words.samples, html`${samples.map(({ no }) => html`<a href="#行-${no}">${words.row}-${no}</a> `)}`, " samples"),
  ]}</div></li>`;
}

/** More digits than the text: shares and ratios to six decimals, instants to the second in the event's zone. */
function exact(value: number, { unit }: Figure, page: Page): string {
  if (unit === "ms") return `${new Date(value + page.utcOffsetMs).toISOString().slice(0, 19)}${page.report.event.utcOffset}`;
  return Number.isInteger(value) ? integer(value, page.language) : String(round(value, 6));
}

function sampleRow(page: Page, row: SampleRow, no: number): Html {
  const { words, language, utcOffsetMs } = page;
  const link = webLink(row.url);
  const time = row.published_ms === null ? null : instant(row.published_ms, language, utcOffsetMs, row.precision === "day" ? "day" : "minute");
  return html`<li id="行-${no}"><p class="post"><bdi>${row.text}</bdi></p><div><a class="number" href="#行-${no}">${words.row}-${no}</a> ${[
    nameOf("platform", row.platform, language),
    nameOf("field", row.field, language),
    row.author_name,
    time,
    `${words.engagement} ${integer(row.engagement, language)}`,
    `${words.place} ${row.place}`,
    row.id,
  ].map((part) => part !== null && html`<span class="part"><bdi>${part}</bdi></span> `)}${link && html`<a class="part" href="${link}" rel="noopener noreferrer nofollow">${words.source}</a>`}</div></li>`;
}

/** The address when it is an absolute http or https one; else null: nothing else becomes a link. */
export function webLink(url: string | null): string | null {
  if (url === null || !/^https?:\/\//i.test(url)) return null;
  try {
    return new URL(url).href;
  } catch {
    return null;
  }
}
