import { strFromU8, unzipSync } from "fflate";
import { beforeAll, expect, it } from "vitest";
import type { Language } from "../../pipeline/errors.ts";
import { units } from "../../analyzers/contract.ts";
import { sections } from "../../reports/case-study/index.ts";
import { reportWorkbook } from "../../reports/excel/report.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { nameOf } from "../../reports/names.ts";
import type { Report } from "../../reports/report.ts";
import { renderWord } from "../../reports/word/report.ts";
import { auditOf, contrastEvent, randomEvent, reportOf } from "../narrative/random-reports.ts";

/** Cells of all formats hold names of things, never the codes of the program: author_type, rumour, ms. */

const reports: Report[] = [];
beforeAll(async () => {
  const [full, any] = [contrastEvent(1), randomEvent(12)];
  reports.push(await reportOf(full, auditOf(full, 1)), await reportOf(any, auditOf(any, 12)));
});

const decode = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
const inside = (xml: string, element: string): string[] => [...xml.matchAll(new RegExp(`<${element}(?: [^>]*)?>(.*?)</${element}>`, "gs"))].map(([, content]) => content!);
const bare = (markup: string): string => decode(markup.replace(/<[^>]*>/g, ""));

async function cellsOf(report: Report, language: Language): Promise<Record<"word" | "excel" | "html", string[]>> {
  // By its key report.json knows a figure: a code on purpose, in the last column of the facts.
  const keys = new Set(report.facts.map(({ finding, key }) => `${finding} ${key}`));
  const word = strFromU8(unzipSync(await renderWord(report, sections, { language }))["word/document.xml"]!);
  const sheets = Object.entries(unzipSync(reportWorkbook(report, sections, { language }))).filter(([name]) => name.startsWith("xl/worksheets/")).map(([, part]) => strFromU8(part));
  const page = (await renderHtml(report, sections, { language })).replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, "");
  return {
    word: inside(word, "w:tc").map(bare),
    excel: sheets.flatMap((sheet) => inside(sheet, "t").map(bare)).filter((text) => !keys.has(text)),
    html: ["td", "th", "option", "dt", "dd", "label", "figcaption"].flatMap((element) => inside(page, element).map(bare)),
  };
}

it.each(["zh", "en"] as const)("no cell shows a code where there is a name (%s)", async (language) => {
  // In Chinese any lower-case word is one; in English those with an underscore and the short ones of units.
  const code = language === "zh" ? /(?<![\w.:#/@-])[a-z][a-z_]{2,}(?![\w:.])/g : /(?<![\w.:#/@-])(?:[a-z]+(?:_[a-z]+)+|ms)(?![\w:.])/g;
  for (const report of reports) {
    for (const [format, cells] of Object.entries(await cellsOf(report, language))) {
      expect(cells.length, format).toBeGreaterThan(100);
      expect([...new Set(cells.flatMap((cell) => [...cell.matchAll(code)].map(([found]) => `${found} in ${cell.slice(0, 80)}`)))], format).toEqual([]);
    }
  }
});

it("names the regions of facts in English too", () => {
  const labels = reports.flatMap(({ findings }) => findings.flatMap((finding) => (finding.status === "error" || finding.id !== "regions" ? [] : finding.figures.map(({ label }) => label.en))));
  expect(labels.length).toBeGreaterThan(5);
  expect(labels.filter((label) => /湖北|广东|北京|海外/.test(label))).toEqual([]);
});

it("names every unit, every reason of rejection, and triage classes as what they are: suspicions", () => {
  for (const unit of units) expect(nameOf("unit", unit, "zh")).toMatch(/^[^a-z]+$/);
  expect([nameOf("reject", "ROW_SHORT", "zh"), nameOf("reject", "constructor", "zh")]).toEqual(["列数少于表头", "constructor"]);
  expect(["rumour", "undecided", "没有的类"].map((key) => nameOf("triage", key, "zh"))).toEqual(["疑似造谣诽谤煽动", "有线索而不判断", "没有的类"]);
  expect([nameOf("region", "湖北", "en"), nameOf("region_ip", "湖北", "zh"), nameOf("mentioned", "?湖北", "en")]).toEqual(["Hubei", "湖北", "Hubei"]);
});
