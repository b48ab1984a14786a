import { response } from "../../analyzers/event/response.ts";
import { severity } from "../../analyzers/event/severity.ts";
import { stateWords } from "../case-study/response.ts";
import type { Chart, Section } from "../contract.ts";
import { lapse, moment } from "../narrative/moment.ts";
import { noteOf, widths } from "./figure.ts";
import { html, type Html } from "./html.ts";
import { masthead, tiles } from "./masthead.ts";
import { dataOf, factLink, findingOf, guarded, sentence, type Page } from "./page.ts";

/** Sentences of the summary and subjects of the clock that page one has room for. */
export const mostSentences = 5;
export const mostSubjects = 3;
/** Plot height of the chart of page one, px. */
const plotHeight = 170;

/** Page one: what happened, how grave it is, who spoke when, four figures, and the volume with its phases. Parts whose findings are absent are left out. */
export async function frontPage(page: Page): Promise<Html> {
  return html`<div class="front">${masthead(page)}
${status(page)}
${tiles(page)}
${await told(page)}
${await volumeChart(page)}</div>`;
}

/** Grade and clock, side by side. */
function status(page: Page): Html {
  const boxes = [grade(page), clock(page)].filter((box) => box !== null);
  return boxes.length === 0 ? html`` : html`<div class="status">${boxes}</div>`;
}

function grade(page: Page): Html | null {
  const data = dataOf(page, severity);
  if (data === null || data.level === null) return null;
  const { words, language } = page;
  const { colour, ...name } = data.levels[data.level]!;
  const grounds = data.conditions.filter(({ satisfied, level }) => satisfied && level === data.measured).slice(0, 3);
  return html`<section class="grade-box" aria-labelledby="grade-heading">
<h2 id="grade-heading">${words.grade}</h2>
<p class="level ${colour}"><strong>${name[language]}</strong><span>${words[colour]}</span></p>
<p class="grounds">${data.reason !== null ? html`${words.byHand}<bdi>${data.reason}</bdi>` : grounds.map(({ what, figure }, i) => html`${i > 0 && (language === "zh" ? "，" : ", ")}${what[language]} ${factLink(page, severity.id, figure)}`)}</p>
<p class="more"><a href="#${severity.id}">${words.grounds}</a></p>
</section>`;
}

function clock(page: Page): Html | null {
  const data = dataOf(page, response);
  if (data === null || data.subjects.length === 0) return null;
  const { words, language } = page;
  const rows = data.subjects.slice(0, mostSubjects).map(({ name, statements, first, delay_ms, deadlines }, i) => {
    const key = `${delay_ms === null ? "statement" : "delay"}.${i + 1}`;
    const figure = page.facts.get(response.id)?.get(key)?.figure;
    const told = first === null || figure === undefined ? (statements === 0 ? words.silent : words.timeless) : delay_ms === null ? factLink(page, response.id, key, moment(first.ms, language, data.utc_offset_ms, "day")) : html`${words.spokeAfter} ${factLink(page, response.id, key, lapse(figure, language))}`;
    const due = deadlines.find(({ rule }) => rule === "authoritative-5h") ?? deadlines[0];
    const rule = due && data.rules.find(({ id }) => id === due.rule);
    const state = due && rule && html`<span class="${due.state === "late" || due.state === "lapsed" ? "overdue" : ""}">${rule[language]}${language === "zh" ? "：" : ": "}<strong>${stateWords[due.state ?? "unknown"][language === "zh" ? 0 : 1]}</strong></span>`;
    return html`<li><b><bdi>${name}</bdi></b><span>${told}</span>${state}</li>`;
  });
  return html`<section class="clock-box" aria-labelledby="clock-heading">
<h2 id="clock-heading">${words.clock}</h2>
<ul>${rows}</ul>
<p class="more"><a href="#${response.id}">${words.deadlines}</a></p>
</section>`;
}

/** The first sentences of the summary. */
async function told(page: Page): Promise<Html> {
  const { section, finding } = sectionOf(page, "summary");
  if (section === undefined || finding?.status !== "ok") return html``;
  return guarded(page, "summary", page.words.failed, () => html`<section class="gist" aria-labelledby="gist-heading"><h2 id="gist-heading">${page.words.gist}</h2><ul>${section.tell(finding, page.language).slice(0, mostSentences).map((parts) => html`<li>${sentence(page, "summary", parts)}</li>`)}</ul></section>`);
}

/** The first chart of the volume, lower; its table and notes stand in its own section. */
async function volumeChart(page: Page): Promise<Html> {
  const { section, finding } = sectionOf(page, "volume");
  if (section === undefined || finding?.status !== "ok") return html``;
  return guarded(page, "volume", page.words.undrawn, async () => {
    const chart = lowChart(section.charts(finding, page.language)[0]);
    if (chart === null) return html``;
    const picture = async (width: "wide" | "narrow") => html`<div class="picture ${width}">${await page.drawings.draw(chart, `front-${width[0]}`, { language: page.language, width: widths[width] })}</div>`;
    return html`<figure class="chart"><figcaption><strong>${chart.title}</strong></figcaption>${await picture("wide")}${await picture("narrow")}${noteOf(chart, "p")}</figure>`;
  });
}

/** The chart of the volume as page one shows it; null when it has no spec. */
export function lowChart(chart: Chart | undefined): Chart | null {
  if (chart === undefined || chart.body.kind === "svg") return null;
  return { ...chart, body: { ...chart.body, spec: { ...chart.body.spec, height: plotHeight } } };
}

function sectionOf(page: Page, id: string): { section: Section | undefined; finding: ReturnType<typeof findingOf> } {
  return { section: page.sections.find((section) => section.id === id), finding: findingOf(page, id) };
}
