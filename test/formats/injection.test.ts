import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { expect, it } from "vitest";
import { reportWorkbook } from "../../reports/excel/report.ts";
import { evidenceCsv } from "../../reports/evidence.ts";
import type { Report } from "../../reports/report.ts";
import { sampleReport, sections } from "../html/fixture.ts";

const shared = (path: string): string => fileURLToPath(new URL(`../../../shared/data/hostile/${path}`, import.meta.url));
const [injections, blns] = [shared("csv-injection/payloads.json"), shared("blns/blns.json")];
const read = (path: string): unknown[] => (existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as unknown[]) : []);
const own = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "'=1", "''=1", '="a"', "=HYPERLINK(\"http://a.example\",\"x\")", "a,b", 'a"b', "_x003D_1", "-", "'"];
const strings = [...new Set([...own, ...read(injections).map((one) => (one as { s: string }).s), ...read(blns).map(String)])].filter((text) => text !== "");

/** Every string as text, author, address and place of a row, each row a sample of some fact. */
function poisoned(): Report {
  const report = sampleReport();
  const [first] = report.rows;
  const rows = strings.map((text, i) => ({ ...first!, id: `x:${i}`, text, author_name: text, url: text, place: text }));
  return { ...report, rows, facts: report.facts.map((fact, i) => ({ ...fact, samples: i === 0 ? rows.map(({ id }) => id) : [] })) };
}
const whole = (text: string): string => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

it(`evidence.csv: no cell begins as a formula, and each of ${strings.length} strings comes back letter for letter`, () => {
  const rows = parse(evidenceCsv(poisoned(), "zh"), { bom: true, columns: true, relax_quotes: false }) as Record<string, string>[];
  for (const row of rows) for (const [column, cell] of Object.entries(row)) if (!/^(value|of|low|high|matched|fact)$/.test(column)) expect(cell).not.toMatch(/^[=+\-@\u0000-\u001f]/);
  const undone = (cell: string): string => cell.replace(/^'(?=[=+\-@'\u0000-\u001f])/, "");
  for (const column of ["text", "author", "url", "place"]) expect(rows.slice(0, strings.length).map((row) => undone(row[column]!))).toEqual(strings);
});

it(`report.xlsx: ${strings.length} strings are inline text, no formula, and come back letter for letter`, () => {
  const parts = unzipSync(reportWorkbook(poisoned(), sections, { language: "zh" }));
  const sheets = Object.keys(parts).filter((name) => name.startsWith("xl/worksheets/"));
  const last = sheets.sort((a, b) => Number(/\d+/.exec(a)![0]) - Number(/\d+/.exec(b)![0])).at(-1)!;
  for (const sheet of sheets) expect(strFromU8(parts[sheet]!)).not.toMatch(/<f[ >]|t="(str|e|b)"/);
  const cells = new Map<string, string>();
  let place = "";
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    if (name !== "c") return;
    place = (attributes as Record<string, string>).r!;
    cells.set(place, "");
  });
  parser.on("text", (text) => void cells.set(place, (cells.get(place) ?? "") + text));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(strFromU8(parts[last]!)).close();
  const undone = (text: string): string => text.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  for (const column of ["C", "F", "H", "I"]) expect(strings.map((_, i) => undone(cells.get(`${column}${i + 2}`)!))).toEqual(strings.map(whole));
});
