import { unzipSync, strFromU8 } from "fflate";
import { expect, it } from "vitest";
import { inputOf } from "../../pipeline/import/open/inputs.ts";
import { Notes } from "../../pipeline/import/doubts/notes.ts";
import { openFile } from "../../pipeline/import/open/open.ts";
import { readRows } from "../../pipeline/import/tables/read.ts";
import { SaxesParser } from "saxes";
import { auditWorkbook } from "../../reports/excel/audit.ts";
import { workbook } from "../../reports/excel/workbook.ts";
import { hostile, material, scratch } from "./material.ts";

const file = scratch();
const { sample, posts } = material();
const told = { key: sample.key, event: "=HYPERLINK(\"x\")", language: "zh" } as const;

it("writes the same bytes for the same sample, and parts that are well-formed XML", () => {
  const book = auditWorkbook(posts, told);
  expect(auditWorkbook(posts, told)).toEqual(book);
  const parts = unzipSync(book);
  expect(Object.keys(parts)).toEqual(["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]);
  for (const part of Object.values(parts)) {
    const parser = new SaxesParser();
    parser.on("error", (error) => expect.unreachable(error.message));
    parser.write(strFromU8(part)).close();
  }
});

it("holds texts as texts and the number as a number: no formula, a list for the labels, a header that stays", () => {
  const sheet = strFromU8(unzipSync(auditWorkbook(posts, told))["xl/worksheets/sheet2.xml"]!);
  expect(sheet).not.toMatch(/<f>|t="str"/);
  expect(sheet).toContain('<c r="A2" s="4"><v>1</v></c>');
  expect(sheet).toContain('<c r="D2" s="0" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
  expect(sheet).toContain('sqref="E2:E41"><formula1>"正面,中性,负面,说不清"</formula1>');
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).not.toMatch(/positive|negative|neutral|stratum/);
});

it("comes back letter for letter through our reader, but for half an emoji", async () => {
  const path = file("hostile.xlsx", auditWorkbook(posts, told));
  const texts: string[] = [];
  for await (const { header, rows } of readRows(await openFile(inputOf(path)), { cellLimit: 10_000, mapped: ["序号"] }, { format: "csv", encoding: null, delimiter: null, headed: true, headerLine: 0, skippedSheets: [] }, new Notes())) {
    const at = header.indexOf("正文");
    if (at >= 0) texts.push(...rows.map(({ cells }) => cells[at]!));
  }
  const half = hostile.findIndex((text) => text.startsWith("\ud83d"));
  expect(texts.slice(0, hostile.length)).toEqual(hostile.map((text, i) => (i === half ? text.replace("\ud83d ", "\ufffd ") : text)));
});

it("refuses a text that a cell cannot hold", () => {
  expect(() => workbook([{ name: "a", widths: [], rows: [[{ value: "长".repeat(32_768), style: "text" }]] }])).toThrow(RangeError);
});
