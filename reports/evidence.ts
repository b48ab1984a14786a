import type { Language } from "../pipeline/errors.ts";
import type { Filter } from "../analyzers/contract.ts";
import type { Report } from "./report.ts";

/**
 * evidence.csv: one line for every fact and sample row: number, finding, figure, exact value, unit, denominator, interval, filter, matched rows, and the row's place and text.
 * UTF-8 with BOM so that Excel opens it; a cell that a spreadsheet would run as a formula gets a leading apostrophe (to undo: drop one leading ' before = + - @ ' or a control character).
 */
export function evidenceCsv(report: Report, language: Language): string {
  const figures = new Map(report.findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map((figure) => [`${finding.id}\u0000${figure.key}`, figure] as const))));
  const rows = new Map(report.rows.map((row) => [row.id, row]));
  const lines = [["fact", "section", "figure", "label", "value", "unit", "of", "low", "high", "estimate", "filter", "matched", "row", "place", "platform", "published_utc", "author", "text", "url"]];
  for (const fact of report.facts) {
    const figure = figures.get(`${fact.finding}\u0000${fact.key}`)!;
    const head = [fact.no, fact.finding, fact.key, figure.label[language], figure.value, figure.unit, figure.of, figure.interval?.[0], figure.interval?.[1], figure.estimate, figure.filter === null ? "" : filterText(figure.filter), fact.matched].map(cell);
    for (const id of fact.samples.length > 0 ? fact.samples : [null]) {
      const row = id === null ? undefined : rows.get(id);
      lines.push([...head, ...(row ? [row.id, row.place, row.platform, row.published_ms === null ? null : new Date(row.published_ms).toISOString(), row.author_name, row.text, row.url] : Array(7).fill(null)).map(cell)]);
    }
  }
  return `\ufeff${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

/** A filter in words: `platform = weibo; published_ms ≥ 1, < 2`. Empty filter: all posts. */
export function filterText(filter: Filter): string {
  const parts = Object.entries(filter).map(([column, value]) => {
    if (value === null) return `${column} = null`;
    if (Array.isArray(value)) return `${column} ∈ {${value.join(", ")}}`;
    if (typeof value === "object") return `${column} ${[value.gte === undefined ? null : `≥ ${value.gte}`, value.lt === undefined ? null : `< ${value.lt}`].filter((part) => part !== null).join(", ")}`;
    return `${column} = ${value}`;
  });
  return parts.length === 0 ? "*" : parts.join("; ");
}

function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^[=+\-@'\u0000-\u001f]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
