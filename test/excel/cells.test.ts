import { expect, it } from "vitest";
import { strFromU8, unzipSync } from "fflate";
import { chartSheet, sheetNames, shown, text } from "../../reports/excel/cells.ts";
import { cellLimit, workbook } from "../../reports/excel/workbook.ts";

it("takes formatted numbers as the numbers they show, and leaves the rest as text", () => {
  expect(shown("1,234,567")).toEqual({ value: 1234567, style: "integer" });
  expect(shown("12.3%")).toEqual({ value: 0.123, style: "percent1" });
  expect(shown("7%")).toEqual({ value: 0.07, style: "percent" });
  expect(shown("0.25")).toEqual({ value: 0.25, style: "number" });
  for (const other of ["未知", "—", "1.2万", "<0.1%", "1,23", "=1+1", "", "12345678901234567890"]) expect(shown(other)).toEqual({ value: other, style: "text" });
});

it("makes legal sheet names, each once", () => {
  expect(sheetNames(["a/b", "A b", "'x'", "", "History", "长".repeat(40), "长".repeat(40)])).toEqual(["a b", "A b 2", "x", "Sheet", "History 2", "长".repeat(31), `${"长".repeat(29)} 2`]);
  for (const name of sheetNames(["👍".repeat(20)])) expect([name.length, name]).toEqual([30, "👍".repeat(15)]);
});

it("writes more than 26 columns, numbers in number columns only, and no formula", () => {
  const columns = Array.from({ length: 30 }, (_, i) => ({ key: `k${i}`, label: `列${i}`, align: i === 29 ? ("right" as const) : ("left" as const) }));
  const chart = { id: "c", title: "", note: "", body: { kind: "vega-lite" as const, spec: {} }, table: { columns, rows: [Object.fromEntries(columns.map(({ key }) => [key, "5"]))] } };
  const sheet = strFromU8(unzipSync(workbook([chartSheet("a", chart)]))["xl/worksheets/sheet1.xml"]!);
  expect(sheet).toContain('r="Z1"');
  expect(sheet).toContain('<c r="AA2" s="0" t="inlineStr">');
  expect(sheet).toContain('<c r="AD2" s="5"><v>5</v></c>');
  expect(sheet).not.toContain("<f>");
});

it("cuts a text that a cell cannot hold, and marks the cut", () => {
  expect(text("长".repeat(cellLimit + 5))!.value).toBe(`${"长".repeat(cellLimit - 1)}…`);
});
