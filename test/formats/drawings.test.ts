import { expect, it } from "vitest";
import { strFromU8, unzipSync } from "fflate";
import { Drawings } from "../../reports/charts/drawings.ts";
import type { Chart } from "../../reports/contract.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { chartPictures } from "../../reports/pictures/charts.ts";
import { renderWord } from "../../reports/word/report.ts";
import { sampleReport, sections } from "../html/fixture.ts";

const chart = (title: string, a: number): Chart => ({ id: "c", title, note: "n = 1", body: { kind: "vega-lite", spec: { data: { values: [{ a }] }, mark: "bar", encoding: { x: { field: "a", type: "quantitative" } } } }, table: { columns: [], rows: [] } });

it("draws the same chart once; another title, number, width, language or prefix is another drawing", async () => {
  const drawings = new Drawings();
  const one = await drawings.draw(chart("甲", 1), "p", { language: "zh", width: 400 });
  expect(await drawings.draw(chart("甲", 1), "p", { language: "zh", width: 400 })).toBe(one);
  const others = [drawings.draw(chart("乙", 1), "p", { language: "zh", width: 400 }), drawings.draw(chart("甲", 2), "p", { language: "zh", width: 400 }), drawings.draw(chart("甲", 1), "p", { language: "zh", width: 401 }), drawings.draw(chart("甲", 1), "p", { language: "en", width: 400 }), drawings.draw(chart("甲", 1), "q", { language: "zh", width: 400 })];
  for (const other of await Promise.all(others)) expect(other).not.toBe(one);
  expect(await new Drawings().draw(chart("甲", 1), "p", { language: "zh", width: 400 })).not.toBe(one);
});

it("shared drawings give the bytes of separate ones", async () => {
  const report = sampleReport();
  const drawings = new Drawings();
  expect(await renderHtml(report, sections, { language: "zh", drawings })).toBe(await renderHtml(report, sections, { language: "zh" }));
  expect(await renderWord(report, sections, { language: "zh", drawings })).toEqual(await renderWord(report, sections, { language: "zh" }));
  expect(await chartPictures(report, sections, "zh", () => {}, drawings)).toEqual(await chartPictures(report, sections, "zh", () => {}));
});

it("Word begins as the page does: figures with their facts, the first sentences, the volume, and the count of rows, before the contents", async () => {
  const main = strFromU8(unzipSync(await renderWord(sampleReport(), sections, { language: "zh" }))["word/document.xml"]!);
  const first = main.slice(0, main.indexOf("<w:pageBreakBefore/>"));
  expect(first).toMatch(/读入 [\d,]+ ＝ 计入 [\d,]+ ＋ 重复 [\d,]+/);
  expect(first).not.toContain("Heading1");
});
