import type { Chart } from "../contract.ts";
import { html, type Html } from "./html.ts";
import { guarded, type Page } from "./page.ts";

/** Px of the picture for pages and for phones; text is 12 px in both. */
export const widths = { wide: 720, narrow: 344 };

/** Title, note, picture (one for wide screens and paper, one for phones) and the table with the same numbers. */
export async function chartFigure(page: Page, chart: Chart): Promise<Html> {
  const { words, language } = page;
  const picture = await guarded(page, chart.id, words.undrawn, async () => {
    if (chart.body.kind === "svg") return html`<div class="picture">${chart.body.svg}</div>`;
    const wide = await page.drawings.draw(chart, `${chart.id}-w`, { language, width: widths.wide });
    const narrow = await page.drawings.draw(chart, `${chart.id}-n`, { language, width: widths.narrow });
    return html`<div class="picture wide">${wide}</div><div class="picture narrow">${narrow}</div>`;
  });
  return html`
<figure class="chart" id="chart-${chart.id}">
<figcaption><strong>${chart.title}</strong>${noteOf(chart, "span")}</figcaption>
${picture}
${chartTable(page, chart)}
</figure>`;
}

/** The note of a chart; of several lines in columns. */
export function noteOf({ note }: Chart, tag: "span" | "p"): Html {
  const kind = note.includes("\n") ? "note lines" : "note";
  return tag === "p" ? html`<p class="${kind}">${note}</p>` : html`<span class="${kind}">${note}</span>`;
}

function chartTable(page: Page, { id, title, table: { columns, rows } }: Chart): Html {
  const { words, language } = page;
  if (rows.length === 0) return html``;
  const size = language === "zh" ? `（${rows.length} ${words.rows}）` : ` (${rows.length} ${words.rows})`;
  return html`<details class="table"><summary>${words.table}${size}</summary>${dataTable(
    `${id}-table`,
    title,
    columns,
    rows.map((row) => columns.map(({ key }) => (Object.hasOwn(row, key) ? row[key] : null))),
  )}</details>`;
}

/** A table in its own scroll box, so that the page never scrolls sideways. `label` names it for screen readers. */
export function dataTable(id: string, label: string, columns: readonly { label: string; align?: "left" | "right" }[], rows: readonly (readonly (Html | string | null | undefined)[])[]): Html {
  const cell = (value: Html | string | null | undefined, i: number) => (columns[i]!.align === "right" ? html`<td class="number">${value}</td>` : html`<td>${typeof value === "string" ? html`<bdi>${value}</bdi>` : value}</td>`);
  return html`<div class="scroll" id="${id}" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${columns.map((column) => html`<th scope="col"${column.align === "right" && html` class="number"`}>${column.label}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
</table></div>`;
}
