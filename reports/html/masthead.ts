import { heat } from "../../analyzers/event/heat.ts";
import { lenses as lensesAnalyzer } from "../../analyzers/event/lenses.ts";
import type { Lens } from "../../pipeline/schema.ts";
import { count, integer } from "../format.ts";
import { moment } from "../narrative/moment.ts";
import type { Report } from "../report.ts";
import { html, type Html } from "./html.ts";
import { dataOf, factLink, type Page } from "./page.ts";

/** Figures shown large under the title, when the report has them, each with the lens by which its days are counted. */
export const keyFigures: readonly { finding: string; key: string; lens: Lens }[] = [
  { finding: "overview", key: "posts", lens: "posts" },
  { finding: "overview", key: "authors", lens: "author_days" },
  { finding: "overview", key: "posts.original", lens: "originals" },
  { finding: heat.id, key: "engagement", lens: "engagement" },
];

/** Title, labels, the event in the analyst's words. */
export function masthead({ report, words }: Page): Html {
  const { name, label, summary, issue } = report.event;
  return html`
<header class="masthead">
<p class="kicker">${words.kind}${issue !== undefined && html` <bdi class="issue">${issue}</bdi>`}${report.config.privacy === "internal" && html` <span class="badge">${words.internal}</span>`}${label && html` <span class="badge"><bdi>${label}</bdi></span>`}</p>
<h1 class="title${titleClass([...name].length)}"><bdi>${name}</bdi></h1>
${summary && html`<p class="summary"><bdi>${summary}</bdi></p>`}
</header>`;
}

/** Kind or 期号 and label in the head of printed pages. */
export const runningLabel = ({ issue = "", label }: Report["event"], kind = ""): string => [kind, issue, label].filter((text) => text !== "").join(" · ");

export const titleClass = (length: number): string => (length > 120 ? " longest" : length > 40 ? " long" : "");

/** Four figures; under each the last whole day beside the day before, and its course by days. */
export function tiles(page: Page): Html {
  const { report, words, language } = page;
  const shown = keyFigures.flatMap(({ finding, key, lens }) => {
    const found = page.facts.get(finding)?.get(key);
    return found ? [html`<div><dt>${found.figure.label[language]}</dt><dd>${factLink(page, finding, key)}</dd>${change(page, lens)}</div>`] : [];
  });
  return html`<dl class="tiles">${shown.length > 0 ? shown : html`<div><dt>${words.kept}</dt><dd>${integer(report.intake.kept, language)}</dd></div>`}</dl>`;
}

function change(page: Page, lens: Lens): Html {
  const data = dataOf(page, lensesAnalyzer);
  if (data === null) return html``;
  const course = data.days.map((day) => day[lens]);
  const line = course.length > 2 && Math.max(...course) > 0 ? sparkline(course) : html``;
  const figures = page.facts.get(lensesAnalyzer.id);
  const value = (key: string): number | null => figures?.get(key)?.figure.value ?? null;
  const day = value("day.last");
  const [last, before] = [`day.last.${lens}`, `day.before.${lens}`];
  const [now, then] = [value(last), value(before)];
  if (day === null || now === null || then === null) return html`<dd class="change">${line}</dd>`;
  const date = moment(day, page.language, page.utcOffsetMs, "day", day);
  const number = (key: string, amount: number) => factLink(page, lensesAnalyzer.id, key, count(amount, page.language));
  return html`<dd class="change">${line}<span>${factLink(page, lensesAnalyzer.id, "day.last", date)} ${number(last, now)} ${now > then ? "▲" : now < then ? "▼" : "＝"}</span> <span>${page.words.dayBefore} ${number(before, then)}</span></dd>`;
}

/** Bars of the days, the highest in full colour; the numbers stand in the section of the volume. */
function sparkline(values: readonly number[]): Html {
  const [most, step] = [Math.max(...values), 100 / values.length];
  const px = (value: number): number => Math.round(value * 100) / 100;
  return html`<svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">${values.map((value, i) => html`<rect${value === most && html` class="most"`} x="${px(i * step)}" width="${px(step * 0.8)}" y="${px(24 - (23 * value) / most)}" height="${px((23 * value) / most + (value > 0 ? 1 : 0))}"/>`)}</svg>`;
}
