import { stringify } from "yaml";
import { lenses } from "../../pipeline/schema.ts";
import { integer } from "../format.ts";
import { nameOf } from "../names.ts";
import { dataTable } from "./figure.ts";
import { html, type Html } from "./html.ts";
import type { Page } from "./page.ts";
import { lensDefinitions } from "./words.ts";

/** 数据与方法: the files as read, how numbers are counted and written, the configuration and the versions behind them. */
export function dataAndMethod(page: Page, no: number): Html {
  const { words, language, report } = page;
  return html`
<section class="section" id="data-and-method" aria-labelledby="data-heading">
<h2 id="data-heading"><span class="no">${no}</span>${words.data}</h2>
<h3>${words.files}</h3>
${files(page)}
<h3>${words.conventions}</h3>
<dl class="lenses">${lenses.map((lens) => html`<div><dt>${nameOf("lens", lens, language)}</dt><dd>${lensDefinitions[lens][language]}</dd></div>`)}</dl>
${report.notes.map((note) => html`<p>${note[language]}</p>`)}
<p>${words.rounding}</p>
<details class="config"><summary>${words.config}</summary><pre tabindex="0"><bdi>${stringify({ event: report.event, config: report.config })}</bdi></pre></details>
<details><summary>${words.versions}</summary><dl class="versions">${Object.entries(report.manifest.versions).map(([name, version]) => html`<div><dt>${name}</dt><dd>${version}</dd></div>`)}</dl></details>
</section>`;
}

function files(page: Page): Html {
  const { words, language, report } = page;
  const counts = ["read", "kept", "duplicates", "outside", "rejected"] as const;
  const columns = [words.file, words.format, words.encoding].map((label) => ({ label }));
  const numbers = [words.size, ...counts.map((key) => words[key])].map((label) => ({ label, align: "right" as const }));
  const rows = report.manifest.files.map((file) => [
    file.name,
    file.format,
    file.encoding,
    bytes(file.bytes, language),
    ...counts.map((key) => integer(file[key], language)),
    html`<code>${file.sha256.slice(0, 12)}</code>`,
  ]);
  return dataTable("input-files", words.files, [...columns, ...numbers, { label: words.sha256 }], rows);
}

function bytes(size: number, language: "zh" | "en"): string {
  return size < 1e6 ? `${integer(size / 1e3, language)} kB` : `${integer(size / 1e6, language)} MB`;
}
