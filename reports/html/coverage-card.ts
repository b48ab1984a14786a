import type { Figure } from "../../analyzers/contract.ts";
import { integer } from "../format.ts";
import { nameOf } from "../names.ts";
import { html, type Html } from "./html.ts";
import { factLink, findingOf, guarded, type Page } from "./page.ts";
import { sentences } from "./section.ts";

/** Section id of the finding that the card shows; it has no place among the other sections. */
export const coverageId = "coverage";

/** 口径卡: what was read and kept, what is known of it, and what looks wrong. Always there, whatever the findings. */
export async function coverageCard(page: Page): Promise<Html> {
  const { words, language } = page;
  const section = page.sections.find(({ id }) => id === coverageId);
  const finding = findingOf(page, coverageId);
  const told = section && finding?.status === "ok" ? await guarded(page, coverageId, words.failed, () => sentences(page, section, finding)) : null;
  return html`
<section class="card" id="${coverageId}" aria-labelledby="coverage-heading">
<div class="card-head"><h2 id="coverage-heading">${words.coverage}</h2>
${finding && html`<p class="question">${finding.question[language]}</p>`}
${balance(page)}
${told}</div>
${finding?.status === "error" && html`<p class="notice" role="note">${words.failed}<br><small><bdi>${finding.error}</bdi></small></p>`}
${faults(page)}
${finding?.status === "ok" && html`<details class="known"><summary>${words.known}</summary>${meters(page, finding.figures)}</details>`}
${doubts(page)}
<p class="reading">${words.reading}</p>
</section>`;
}

/** read = kept + duplicates + outside + accounts + rejected; files of accounts are rare, so that term shows only then. */
function balance(page: Page): Html {
  const { words, language, report } = page;
  const term = (key: "read" | "kept" | "duplicates" | "outside" | "accounts" | "rejected", sign: string) => {
    const text = integer(report.intake[key], language);
    return html`<div class="term ${key}"><dt>${words[key]}</dt><dd>${sign && html`<span class="sign" aria-hidden="true">${sign}</span>`}${page.facts.get(coverageId)?.has(key) ? factLink(page, coverageId, key, text) : text}</dd></div>`;
  };
  return html`<dl class="balance">${term("read", "")}${term("kept", "=")}${term("duplicates", "+")}${term("outside", "+")}${report.intake.accounts > 0 && term("accounts", "+")}${term("rejected", "+")}</dl>`;
}

/** Shares of posts for which a column is known. Bars are SVG: the page's security policy forbids style attributes. */
function meters(page: Page, figures: readonly Figure[]): Html {
  const shares = figures.filter(({ unit }) => unit === "share");
  return html`<dl class="meters">${shares.map(
    ({ key, label, value }) => html`<div><dt>${label[page.language]}</dt><dd>${factLink(page, coverageId, key)}<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="4"/><rect class="level" width="${Math.round((value ?? 0) * 1000) / 10}" height="4"/></svg></dd></div>`,
  )}</dl>`;
}

/** What looks wrong, folded away behind how many there are. */
function doubts(page: Page): Html {
  const { words, language, report } = page;
  const parts = [formatNotes(page), suspicions(page), rejects(page)];
  if (parts.every(({ text }) => text === "")) return html``;
  const many = report.intake.suspicions.length;
  return html`<details class="doubts"><summary>${words.doubts}${many > 0 && (language === "zh" ? `（${many} 项）` : ` (${many})`)}</summary>${parts}</details>`;
}

function suspicions(page: Page): Html {
  const { words, language, report } = page;
  if (report.intake.suspicions.length === 0) return html``;
  const where = (lines: readonly number[]) => lines.length > 0 && html`${language === "zh" ? "，" : ", "}${words.lines} ${lines.slice(0, 5).map((line) => integer(line, language)).join(language === "zh" ? "、" : ", ")}${language === "zh" && " 行"}`;
  return html`<div class="suspicions"><h3>${words.suspicions}</h3><ul>${report.intake.suspicions.map(
    ({ file, message, bends, rows, lines }) => html`<li>${message[language]} <small><bdi>${file}</bdi>${language === "zh" ? "：" : ": "}${integer(rows, language)} ${words.rows}${where(lines)}</small>${bends && html`<br><small>${words.bends}${bends[language]}</small>`}</li>`,
  )}</ul></div>`;
}

/** Files of which nothing was used. */
function faults({ words, language, report }: Page): Html {
  const files = report.manifest.files.filter(({ fault }) => fault !== null);
  if (files.length === 0) return html``;
  return html`<div class="suspicions" role="note"><h3>${words.faults}</h3><ul>${files.map(({ name, fault }) => html`<li><bdi>${name}</bdi> <small>${fault![language]}</small></li>`)}</ul></div>`;
}

/** What exports of the files' formats cannot tell, said once a format. */
function formatNotes({ words, language, report }: Page): Html {
  const notes = new Map(report.manifest.files.flatMap(({ format, note }) => (note === null ? [] : [[format, note[language]] as const])));
  if (notes.size === 0) return html``;
  return html`<div class="suspicions" role="note"><h3>${words.formats}</h3><ul>${[...notes].map(([format, note]) => html`<li><bdi>${format}</bdi> <small>${note}</small></li>`)}</ul></div>`;
}

function rejects(page: Page): Html {
  const { words, language, report } = page;
  if (report.intake.rejects.length === 0) return html``;
  return html`<p class="rejects"><strong>${words.rejects}</strong> ${report.intake.rejects.map(({ code, rows }, i) => `${i > 0 ? (language === "zh" ? "；" : "; ") : ""}${nameOf("reject", code, language)} ${integer(rows, language)}`)}</p>`;
}
