import { integer } from "../format.ts";
import { html, type Html } from "./html.ts";
import { factLink, type Page } from "./page.ts";

/** Figures shown large under the title, when the report has them: [finding, figure key]. */
const keyFigures = [
  ["overview", "posts"],
  ["overview", "span.days"],
  ["overview", "authors"],
  ["overview", "share.original"],
] as const;

/** Title, labels, summary of the event, key figures. */
export function masthead(page: Page): Html {
  const { report, words, language } = page;
  const { name, label, summary } = report.event;
  const tiles = keyFigures.flatMap(([finding, key]) => {
    const found = page.facts.get(finding)?.get(key);
    return found ? [html`<div><dt>${found.figure.label[language]}</dt><dd>${factLink(page, finding, key)}</dd></div>`] : [];
  });
  return html`
<header class="masthead">
<p class="kicker">${words.kind}${report.config.privacy === "internal" && html` <span class="badge">${words.internal}</span>`}${label && html` <span class="badge"><bdi>${label}</bdi></span>`}</p>
<h1 class="title${[...name].length > 40 && " long"}"><bdi>${name}</bdi></h1>
${summary && html`<p class="summary"><bdi>${summary}</bdi></p>`}
<dl class="tiles">${tiles.length > 0 ? tiles : html`<div><dt>${words.kept}</dt><dd>${integer(report.intake.kept, language)}</dd></div>`}</dl>
</header>`;
}
