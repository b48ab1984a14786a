import type { Finding } from "../../analyzers/contract.ts";
import { lenses, type Question } from "../../analyzers/event/lenses.ts";
import { answer, changes } from "../case-study/lenses.ts";
import type { Section } from "../contract.ts";
import { integer, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { chartFigure } from "./figure.ts";
import { html, raw, escape, type Html } from "./html.ts";
import { dataOf, findingOf, guarded, sentence, type Page } from "./page.ts";

/** One section: heading, question, sentences, charts, further blocks, and how it was counted. */
export async function sectionBlock(page: Page, section: Section, no: number): Promise<Html> {
  const finding = findingOf(page, section.id);
  const { words, language } = page;
  if (finding === undefined) return html``;
  const body = finding.status === "error" ? html`<p class="notice" role="note">${words.failed}<br><small><bdi>${finding.error}</bdi></small></p>` : await guarded(page, section.id, words.failed, () => content(page, section, finding));
  return html`
<section class="section" id="${section.id}" aria-labelledby="${section.id}-heading">
<h2 id="${section.id}-heading"><span class="no">${no}</span>${section.heading[language]}</h2>
${finding.status !== "unavailable" && html`<p class="question">${finding.question[language]}</p>`}
${body}
</section>`;
}

async function content(page: Page, section: Section, finding: Finding): Promise<Html> {
  const { words, language } = page;
  if (finding.status !== "ok") {
    return html`<p class="left-out">${words.unavailable}${language === "zh" ? "：" : ": "}${finding.reason?.[language] ?? words.empty}</p>`;
  }
  const charts = await guarded(page, section.id, words.undrawn, async () => {
    const figures = [];
    for (const chart of section.charts(finding, language)) figures.push(await chartFigure(page, chart));
    return html`${figures}`;
  });
  const extra = section.extra?.(finding, language) ?? null;
  return html`${sentences(page, section, finding)}${warning(page, section.id)}${charts}${extra && linked(page, section.id, extra)}${basis(page, finding)}`;
}

/** One paragraph; more than four sentences read better as a list. */
export function sentences(page: Page, section: Section, finding: Finding): Html {
  const told = section.tell(finding, page.language).map((parts) => sentence(page, section.id, parts));
  if (told.length === 0) return html``;
  if (told.length > 4) return html`<ul class="told">${told.map((one) => html`<li>${one}</li>`)}</ul>`;
  return html`<p class="told">${told.map((one, i) => html`${i > 0 && page.language === "en" && " "}${one}`)}</p>`;
}

/** Sections whose first conclusion is one of the lenses' questions; those of volume and platforms say it in a sentence. */
const asked: Record<string, Question> = { sentiment: "polarity", regions: "region", spreaders: "author_type" };

/** Where another way of counting gives another answer: all answers, and the way to the lens switch. */
function warning(page: Page, section: string): Html {
  const question = Object.hasOwn(asked, section) ? asked[section] : undefined;
  const first = dataOf(page, lenses)?.firsts.find((one) => one.question === question);
  if (question === undefined || first === undefined || !changes(first)) return html``;
  const { words, language } = page;
  const list = first.by.map(({ lens, key }, i) => html`${i > 0 && (language === "zh" ? "；" : "; ")}${nameOf("lens", lens, language)} <b>${answer(question, key, language)}</b>`);
  return html`<p class="lens-warning" role="note">${words.changes}${list}${language === "zh" ? "。" : ". "}<a href="#${lenses.id}">${words.lensLink}</a></p>`;
}

function basis(page: Page, finding: Finding): Html {
  const { words, language } = page;
  const { posts, of } = finding.coverage;
  const covered = of === 0 ? html`` : html`<span>${words.basis} ${integer(posts, language)} / ${integer(of, language)} (${share(posts / of, language)})</span>`;
  return html`<details class="basis"><summary><span>${words.lens}${language === "zh" ? "：" : ": "}${nameOf("lens", finding.lens, language)}</span>${covered}<span>${words.method}</span></summary><p>${finding.method[language]}</p></details>`;
}

/**
 * A block of a section points at facts and posts by `<a data-fact="KEY">` and `<a data-post="POST ID">`; the links are made here. An unknown
 * fact is a programming error. A post that is a sample row goes by its number there; any other stays plain text. Attribute values are escaped text, so they are compared escaped.
 */
function linked(page: Page, finding: string, block: Html): Html {
  const posts = new Map([...page.rows].map(([id, { no }]) => [escape(id), no]));
  const facts = new Map([...(page.facts.get(finding) ?? [])].map(([key, { fact, figure }]) => [escape(key), { no: fact.no, estimate: figure.estimate }]));
  const text = block.text
    .replace(/<a data-post="([^"<>]*)">(<bdi>\1<\/bdi>)?/g, (whole, id: string, named?: string) => (posts.has(id) ? `<a href="#行-${posts.get(id)}">${named === undefined ? "" : `${page.words.row}-${posts.get(id)}`}` : whole))
    .replace(/<a data-fact="([^"<>]*)">/g, (_, key: string) => {
      const fact = facts.get(key);
      if (fact === undefined) throw new Error(`no fact "${key}" in ${finding}`);
      return `<a class="fact${fact.estimate ? " estimate" : ""}" href="#事实-${fact.no}" data-no="${fact.no}">`;
    });
  return html`<div class="extra">${raw(text)}</div>`;
}
