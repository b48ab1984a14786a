import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { strFromU8, unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { expect, it } from "vitest";
import type { Chart, Section } from "../../reports/contract.ts";
import { evidenceWorkbook, reportWorkbook } from "../../reports/excel/report.ts";
import { reportSchema, type Report } from "../../reports/report.ts";
import { renderWord } from "../../reports/word/report.ts";
import { sampleReport, sections } from "../html/fixture.ts";
import { haveShared, payloads, poisoned } from "../html/payloads.ts";

const injections = fileURLToPath(new URL("../../../shared/data/hostile/csv-injection/payloads.json", import.meta.url));
const formulas = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "'=1", ...(existsSync(injections) ? (JSON.parse(readFileSync(injections, "utf8")) as { s: string }[]).map(({ s }) => s) : [])];

/** Texts of the elements named `element` in all parts; throws when a part is not well-formed. */
function textsOf(bytes: Uint8Array, element: string): string[] {
  const texts: string[] = [];
  for (const [name, part] of Object.entries(unzipSync(bytes))) {
    if (name.endsWith(".png")) continue;
    let open = false;
    const parser = new SaxesParser();
    parser.on("opentag", (tag) => {
      if (tag.name === "f") throw new Error(`a formula in ${name}`);
      if (tag.name === element) texts.push("");
      else if (open && tag.name === "w:br") texts[texts.length - 1] += "\n";
      open = tag.name === element || (open && tag.name !== "w:p");
    });
    parser.on("text", (text) => void (open && (texts[texts.length - 1] += text)));
    parser.on("error", (error) => {
      throw error;
    });
    parser.write(strFromU8(part)).close();
  }
  return texts;
}
const whole = (text: string): string => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

function withRows(report: Report, texts: readonly string[]): Report {
  const [first] = report.rows;
  return { ...report, rows: [...report.rows, ...texts.map((text, i) => ({ ...first!, id: `x:${i}`, text, author_name: text, url: text }))] };
}

it(`Excel holds ${haveShared ? "the live payloads of ../shared and" : ""} all formulas letter for letter as text, and the same bytes twice`, () => {
  const hostile = [...payloads("live"), ...formulas];
  const report = withRows(sampleReport(), hostile);
  const bytes = evidenceWorkbook(report, sections, { language: "zh" });
  expect(evidenceWorkbook(report, sections, { language: "zh" })).toEqual(bytes);
  const found = new Set(textsOf(bytes, "t").map((text) => text.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))));
  expect(hostile.filter((text) => !found.has(whole(text)))).toEqual([]);
});

it("Excel has a sheet for every chart's table, facts as exact numbers, and every poisoned text in legal sheets", () => {
  const report = sampleReport();
  const parts = unzipSync(reportWorkbook(report, sections, { language: "zh" }));
  const book = strFromU8(parts["xl/workbook.xml"]!);
  const names = [...book.matchAll(/<sheet name="([^"]*)"/g)].map((found) => found[1]);
  expect(names.slice(0, 3)).toEqual(["目录", "口径", "事实"]);
  expect(names.at(3)).not.toBe("样本行");
  const facts = strFromU8(parts["xl/worksheets/sheet3.xml"]!);
  const share = report.findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures)).find(({ unit, value }) => unit === "share" && value !== null)!;
  expect(facts).toContain(`<v>${share.value}</v>`);
  const list = payloads("live");
  textsOf(reportWorkbook(poisoned(report, (i) => list[i % list.length]!), sections, { language: "zh", onFailure: () => {} }), "t");
});

it("Word holds every payload letter for letter, in well-formed parts, and the same bytes twice", async () => {
  const hostile = [...payloads("live"), ...formulas].filter((text) => !/[\r\n\t]/.test(text));
  const report: Report = { ...sampleReport(), notes: hostile.map((text) => ({ zh: text, en: text })) };
  const bytes = await renderWord(report, sections, { language: "zh" });
  const found = new Set(textsOf(bytes, "w:t"));
  expect(hostile.filter((text) => !found.has(whole(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")))).toEqual([]);
  expect(await renderWord(report, sections, { language: "zh" })).toEqual(bytes);
  const list = payloads("live");
  textsOf(await renderWord(poisoned(sampleReport(), (i) => list[i % list.length]!), sections, { language: "zh", style: "official", onFailure: () => {} }), "w:t");
});

it("Word cites facts by number, links each to its row, and names what failed", async () => {
  const places: string[] = [];
  const broken = { ...sections[1]!, charts: () => { throw new Error("坏了"); } } as unknown as Section;
  const bytes = await renderWord(sampleReport(), [broken, ...sections.filter(({ id }) => id !== broken.id)], { language: "zh", onFailure: (place) => void places.push(place) });
  expect(new Set(places)).toEqual(new Set([broken.id])); // on page one and in its section
  const main = strFromU8(unzipSync(bytes)["word/document.xml"]!);
  const cited = new Set([...main.matchAll(/w:anchor="(fact_\d+)"/g)].map((found) => found[1]));
  expect(cited.size).toBeGreaterThan(0);
  for (const name of cited) expect(main).toContain(`w:name="${name}"`);
  expect(main).toContain("坏了");
});

/** 300 rows in a chart's table. */
const long: Section = {
  ...sections[2]!,
  tell: () => [],
  charts: (): Chart[] => [{ id: "many", title: "平台很多", note: "n = 1", body: { kind: "vega-lite", spec: { data: { values: [{ a: 1 }] }, mark: "bar", encoding: { x: { field: "a", type: "quantitative" } } } }, table: { columns: [{ key: "p", label: "平台" }], rows: Array.from({ length: 300 }, (_, i) => ({ p: `平台${i}` })) } }],
};

it("a table of 300 rows is left to the workbook, and Word says so; Excel has all of it", async () => {
  const texts = textsOf(await renderWord(sampleReport(), [long], { language: "zh" }), "w:t");
  expect(texts).not.toContain("平台8");
  expect(texts.some((text) => text.includes("report.xlsx"))).toBe(true);
  expect(textsOf(reportWorkbook(sampleReport(), [long], { language: "zh" }), "t")).toContain("平台299");
});

it("a report of no posts, with a title of 500 characters", async () => {
  const full = sampleReport();
  const none = { posts: 0, of: 0 };
  const report = reportSchema.parse({
    ...full,
    event: { ...full.event, name: "长".repeat(200), summary: "" },
    intake: { ...full.intake, read: 0, kept: 0, duplicates: 0, outside: 0, rejected: 0, rejects: [], suspicions: [] },
    findings: full.findings.map((finding) => (finding.status === "error" ? finding : { ...finding, status: "empty", figures: [], coverage: none })),
    facts: [],
    rows: [],
  });
  const long500 = { ...report, event: { ...report.event, name: "长".repeat(500) } };
  const texts = textsOf(await renderWord(long500, sections, { language: "zh" }), "w:t");
  expect(texts[0]).toBe("长".repeat(500));
  expect(texts.some((text) => text.includes("没有可分析的帖文"))).toBe(true);
  textsOf(reportWorkbook(long500, sections, { language: "zh" }), "t");
});

const office = ["/usr/bin/soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"].find((path) => existsSync(path));

it.skipIf(office === undefined)("LibreOffice opens both, and evaluates no formula (needs soffice)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "yuqing-office-"));
  try {
    const report = withRows(sampleReport(), formulas);
    writeFileSync(join(folder, "r.docx"), await renderWord(report, sections, { language: "zh" }));
    writeFileSync(join(folder, "e.xlsx"), evidenceWorkbook(report, sections, { language: "zh" }));
    mkdirSync(join(folder, "out"));
    const convert = (to: string, name: string) => spawnSync(office!, [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--convert-to", to, "--outdir", join(folder, "out"), join(folder, name)], { timeout: 110_000 });
    convert("txt:Text (encoded):UTF8", "r.docx");
    convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "e.xlsx");
    const text = readFileSync(join(folder, "out", "r.txt"), "utf8");
    expect(text).toContain(report.event.name);
    const sheet = readdirSync(join(folder, "out")).find((name) => name.includes("样本行"))!;
    const csv = readFileSync(join(folder, "out", sheet), "utf8");
    for (const formula of formulas.filter((one) => !/[\t\r\n]/.test(one))) expect(csv).toContain(formula.replaceAll('"', '""'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
