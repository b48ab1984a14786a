import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { arranged, readSections, unspoken, withDerived, type DerivedSection } from "../../pipeline/sections.ts";
import { checkText } from "../../reports/narrative/check.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { sampleReport, sections } from "../html/fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "sections-"));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (text: string): string => {
  const path = join(folder, "sections.yaml");
  writeFileSync(path, text);
  return path;
};
const told = (text: string): string => text.replace(/<[^>]*>/g, "");

describe("sections.yaml", () => {
  it("chooses, orders and words sections; the analyst's words are marked and escaped", async () => {
    const choices = readSections(write("sections:\n  - id: platforms\n    heading: 渠道<b>\n    intro: '先看<script>x</script> 99%'\n    closing: 再看\n    charts: []\n  - volume\n"), sections);
    const page = await renderHtml(sampleReport(), arranged(sections, choices), { language: "zh" });
    expect([...page.matchAll(/<section class="section" id="([^"]*)"/g)].map(([, id]) => id).slice(0, 2)).toEqual(["platforms", "volume"]);
    expect(page).not.toContain("<script>x");
    expect(page).not.toContain('id="chart-platforms-share"');
    expect(page).toContain('id="chart-volume-hours"');
    expect(page).toContain("渠道&lt;b&gt;");
    expect(told(page)).toMatch(/【分析师按】先看&lt;script&gt;x&lt;\/script&gt; 99%【按语完】平台已知的 1,900条帖文中.*【分析师按】再看【按语完】/s);
  });

  it("refuses an unknown section with the nearest name, one twice, and an unknown key", () => {
    const error = (text: string) => {
      try {
        readSections(write(text), sections);
      } catch (cause) {
        return (cause as { text(language: "zh"): string }).text("zh");
      }
      return "";
    };
    expect(error("sections: [volume, platfroms]")).toMatch(/SECTION_UNKNOWN[^]*platfroms[^]*是否想写 platforms/);
    expect(error("sections: [volume, volume]")).toMatch(/SECTION_TWICE/);
    expect(error("sections:\n  - { id: volume, titel: x }")).toMatch(/CONFIG_INVALID/);
    expect(error("sections: []")).toMatch(/CONFIG_INVALID/);
  });

  it("says whose words are not shown", () => {
    expect(unspoken(sampleReport(), [{ id: "regions", intro: "x" }, { id: "volume", intro: "y" }, { id: "topics" }])).toEqual(["regions"]);
  });
});

describe("docs/sections.md", () => {
  const example = /^## A new section[^]*?```ts\n([^]*?)```/m.exec(readFileSync("docs/sections.md", "utf8"))![1]!;
  /** As it would stand in reports/case-study, from any folder. */
  const path = join(folder, "channels-and-mood.ts");
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(path, example.replaceAll('from "../', `from "${resolve("reports")}/`).replaceAll(`${resolve("reports")}/../`, `${resolve(".")}/`));

  it("has an example that compiles", () => {
    const { config } = ts.readConfigFile("tsconfig.json", (name) => readFileSync(name, "utf8")) as { config: { compilerOptions: object } };
    const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: true, rewriteRelativeImportExtensions: false, allowImportingTsExtensions: true, typeRoots: [resolve("node_modules/@types")] }, ".");
    const program = ts.createProgram([path], options);
    expect(program.getSemanticDiagnostics(program.getSourceFile(path)).map(({ messageText }) => messageText)).toEqual([]);
  }, 120_000);

  it("has an example that runs: a finding of its own, numbered facts, checked text", async () => {
    const { channelsAndMood } = (await import(path)) as { channelsAndMood: DerivedSection };
    const report = sampleReport();
    report.findings.push({ ...(report.findings.find(({ id }) => id === "mood") as object), id: "sentiment", figures: [{ key: "public.known", label: { zh: "民间", en: "public" }, value: 1500, unit: "posts", of: null, interval: null, filter: null, estimate: false }] } as never);
    report.facts.push({ no: report.facts.length + 1, finding: "sentiment", key: "public.known", matched: null, samples: [] });
    const made = withDerived(report, [channelsAndMood]);
    expect(made.facts.map(({ no }) => no)).toEqual(made.facts.map((_, i) => i + 1));
    const page = await renderHtml(made, [channelsAndMood], { language: "zh" });
    expect(told(page)).toContain("平台已知的帖文 1,900条，民间可判断情绪的 1,500条。");
    expect(checkText(made, [channelsAndMood], "zh")).toEqual([]);
    expect(withDerived(made, [channelsAndMood])).toBe(made);
  });
});
