import { draw } from "../charts/draw.ts";
import type { Chart } from "../contract.ts";
import { documentStyle } from "../digest/style.ts";
import type { Block, Document, Piece } from "../document.ts";
import { document as htmlPage } from "./document.ts";
import { dataTable } from "./figure.ts";
import { html, type Html } from "./html.ts";

/** Px of the picture for pages and for phones. */
const widths = { wide: 720, narrow: 328 };

/** A document as one self-contained page without any script: for screens, phones and A4 paper, light and dark. A chart that cannot be drawn is given as its table, and told to `onFailure`. */
export async function renderHtmlDocument(document: Document, onFailure: (place: string, error: Error) => void = () => {}): Promise<string> {
  const { language, title, issue, subtitle, label } = document;
  const running = [title, issue].filter((part) => part !== null).join(" ");
  const body: Html[] = [];
  for (const group of grouped(document.blocks)) body.push(await groupHtml(group, body.length, language, onFailure));
  return htmlPage(
    { language, title: running, stylesheet: documentStyle({ left: running, right: [label, subtitle].filter((part) => part !== "").join("　") }) },
    html`<main class="sheet">
<header class="head">${label !== "" && html`<span class="badge">${label}</span>`}<h1>${title}${issue !== null && html` <small>${issue}</small>`}</h1><p>${subtitle}</p></header>
${body}
</main>`,
  ).text;
}

/** Paragraphs of warning that follow each other share one box. */
function grouped(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (isWarning(block) && last !== undefined && isWarning(last[0]!)) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

const isWarning = (block: Block): boolean => block.kind === "paragraph" && block.style === "warning";

async function groupHtml(group: readonly Block[], no: number, language: Document["language"], onFailure: (place: string, error: Error) => void): Promise<Html> {
  const [block] = group as [Block];
  if (isWarning(block)) return html`<aside class="warning" role="note">${group.map((one) => one.kind === "paragraph" && html`<p>${piecesHtml(one.pieces)}</p>`)}</aside>\n`;
  switch (block.kind) {
    case "heading":
      return html`${[html`<h2>${block.text}</h2>`, html`<h3>${block.text}</h3>`, html`<h4>${block.text}</h4>`][block.level - 1]}\n`;
    case "paragraph":
      return html`<p${block.style !== undefined && html` class="${block.style}"`}>${piecesHtml(block.pieces)}</p>\n`;
    case "list": {
      const items = block.items.map((pieces) => html`<li>${piecesHtml(pieces)}</li>`);
      return block.ordered ? html`<ol>${items}</ol>\n` : html`<ul>${items}</ul>\n`;
    }
    case "table":
      return html`${tableHtml(`table-${no}`, block.caption, block.columns, block.rows)}\n`;
    case "chart":
      return await chartHtml(block.chart, language, onFailure);
  }
}

/** Only http and https become links, and they tell the other side nothing of where they stood. */
function piecesHtml(pieces: readonly Piece[]): Html {
  return html`${pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    const text = piece.strong ? html`<strong>${piece.text}</strong>` : html`${piece.text}`;
    return piece.link !== undefined && /^https?:\/\//i.test(piece.link) ? html`<a href="${piece.link}" rel="noreferrer nofollow">${text}</a>` : text;
  })}`;
}

async function chartHtml(chart: Chart, language: Document["language"], onFailure: (place: string, error: Error) => void): Promise<Html> {
  const zh = language === "zh";
  const table = chart.table.rows.length > 0 && tableHtml(`${chart.id}-table`, chart.title, chart.table.columns, chart.table.rows);
  const caption = html`<figcaption><strong>${chart.title}</strong><span>${chart.note}</span></figcaption>`;
  try {
    const [wide, narrow] = [await draw(chart, `${chart.id}-w`, { language, width: widths.wide }), await draw(chart, `${chart.id}-n`, { language, width: widths.narrow })];
    const folded = table && html`<details><summary>${zh ? `数据表（${chart.table.rows.length} 行）` : `Table (${chart.table.rows.length} rows)`}</summary>${table}</details>`;
    return html`<figure class="chart">${caption}<div class="picture wide">${wide}</div><div class="picture narrow">${narrow}</div>${folded}</figure>\n`;
  } catch (error) {
    onFailure(chart.id, error as Error);
    return html`<figure class="chart">${caption}<p class="note">${zh ? "此图未能绘制，以下为其数据表。" : "This chart could not be drawn; its table follows."}</p>${table}</figure>\n`;
  }
}

function tableHtml(id: string, label: string, columns: Chart["table"]["columns"], rows: readonly Record<string, string>[]): Html {
  return dataTable(id, label, columns, rows.map((row) => columns.map(({ key }) => (Object.hasOwn(row, key) ? row[key]! : null))));
}
