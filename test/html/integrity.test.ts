import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { present } from "../../pipeline/presentation.ts";
import { changedCounts } from "../../reports/integrity.ts";
import { readReport, reportVersion, type Report } from "../../reports/report.ts";
import { reportOf } from "../browser/case-study-report.ts";

const folder = mkdtempSync(join(tmpdir(), "integrity-"));
afterAll(() => rmSync(folder, { recursive: true }));
const good = await reportOf();
/** A copy of the report after a hand has been at it. */
function edited(change: (report: Report) => void): Report {
  const copy = structuredClone(good);
  change(copy);
  return copy;
}
const figuresOf = (report: Report, id: string) => (report.findings.find((one) => one.id === id) as Exclude<Report["findings"][number], { status: "error" }>).figures;
const write = (text: string): string => {
  writeFileSync(join(folder, "report.json"), text);
  return join(folder, "report.json");
};

describe("a report.json that does not fit together is refused with the place", () => {
  it("takes it as it was made", () => expect(readReport(write(JSON.stringify(good))).facts.length).toBe(good.facts.length));

  const cases: [string, (report: Report) => void, string, RegExp, RegExp][] = [
    ["another version", (r) => Object.assign(r, { version: 1 }), "REPORT_VERSION", /report\.json$/, /^1$/],
    ["a value of another kind", (r) => Object.assign(r.intake, { kept: "many" }), "REPORT_INVALID", /intake\.kept$/, /number/],
    ["a section of unknown name, its facts as they were", (r) => (r.findings.find(({ id }) => id === "platforms")!.id = "platfroms"), "REPORT_INVALID", /facts\.\d+$/, /^platforms /],
    ["a section twice", (r) => r.findings.push(r.findings[0]!), "REPORT_INVALID", /findings\.\d+\.id$/, /./],
    ["a figure taken out", (r) => figuresOf(r, "overview").shift(), "REPORT_INVALID", /facts\.\d+$/, /^overview /],
    ["a fact taken out", (r) => r.facts.splice(3, 1), "REPORT_INVALID", /facts\.3\.no$/, /^5$/],
    ["the sample rows taken out", (r) => r.rows.splice(0), "REPORT_INVALID", /facts\.\d+\.samples$/, /./],
  ];
  it.each(cases)("%s", (_, change, code, where, got) => {
    expect(() => readReport(write(JSON.stringify(edited(change))))).toThrow(expect.objectContaining({ code, exit: 2, parts: expect.objectContaining({ where: expect.stringMatching(where) as string, got: expect.stringMatching(got) as string }) as object }) as Error);
  });

  it.each([["cut short", JSON.stringify(good).slice(0, 5000), "REPORT_UNREADABLE"], ["no JSON", "发布时间,正文", "REPORT_UNREADABLE"], ["null", "null", "REPORT_VERSION"], ["a list", `[{"version":${reportVersion}}]`, "REPORT_VERSION"]])("%s", (_, text, code) => {
    expect(() => readReport(write(text))).toThrow(code);
  });
});

describe("a report whose numbers were changed by hand is shown, and said to be partial", () => {
  it("has no contradiction as it was made", async () => {
    expect(changedCounts(good)).toEqual([]);
    // The 口径卡 of the fixture is an invented one, of other numbers than its facts.
    expect((await present(good, { language: "zh" })).broken.filter((line) => !line.startsWith("#"))).toEqual([]);
  });

  it("names the fact whose count is not that of its rows", async () => {
    const changed = edited((report) => void (figuresOf(report, "overview").find(({ key }) => key === "posts")!.value = 777));
    const no = good.facts.find(({ finding, key }) => finding === "overview" && key === "posts")!.no;
    expect((await present(changed, { language: "zh" })).broken).toContain(`事实-${no}: 与其命中的 300 行不符（可能被手工改过） | 777`);
  });

  it("names a hot word said in more texts than hold it", async () => {
    const [hot] = figuresOf(good, "hot-words").filter(({ key }) => key.startsWith("term.docs."));
    const { no, matched } = good.facts.find(({ finding, key }) => finding === "hot-words" && key === hot!.key)!;
    const by = (value: number) => changedCounts(edited((report) => void (figuresOf(report, "hot-words").find(({ key }) => key === hot!.key)!.value = value))).map(({ place, got }) => [place, got]);
    expect(by(matched!)).toEqual([]);
    expect(by(matched! + 1)).toEqual([[`事实-${no}`, `${matched! + 1}`]]);
  });

  it("names a section that is not known, and the one that was meant", async () => {
    const renamed = edited((report) => {
      report.findings.find(({ id }) => id === "platforms")!.id = "platfroms";
      for (const fact of report.facts) if (fact.finding === "platforms") fact.finding = "platfroms";
    });
    expect((await present(renamed, { language: "zh" })).broken).toContain("platfroms: 没有这个章节，是否想写 platforms？");
    expect((await present(renamed, { language: "en" })).broken).toContain("platfroms: no such section; did you mean platforms?");
  });
});
