import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { columnOf, customKind, numberText } from "../../pipeline/import/tables/cell-values.ts";
import type { YuqingError } from "../../pipeline/errors.ts";
import { readStrings } from "../../pipeline/import/tables/workbook.ts";
import type { Archive } from "../../pipeline/import/open/zip.ts";
import { fixture, importAll, scratch } from "./import-all.ts";

/** A workbook from sheet bodies (the rows' XML), shared strings and number formats. */
function workbook(sheets: { name: string; rows: string; state?: string }[], { strings = "", formats = [] as number[], custom = "", from1904 = false } = {}): Uint8Array {
  const xml = (text: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
  const parts: Record<string, Uint8Array> = {
    "xl/workbook.xml": xml(`<workbook xmlns:r="x">${from1904 ? '<workbookPr date1904="1"/>' : ""}<sheets>${sheets.map(({ name, state }, i) => `<sheet name="${name}" sheetId="${i + 1}" ${state ? `state="${state}"` : ""} r:id="rId${i + 1}"/>`).join("")}</sheets></workbook>`),
    "xl/_rels/workbook.xml.rels": xml(`<Relationships>${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/s${i + 1}.xml"/>`).join("")}</Relationships>`),
    "xl/sharedStrings.xml": xml(`<sst>${strings}</sst>`),
    "xl/styles.xml": xml(`<styleSheet><numFmts>${custom}</numFmts><cellXfs>${formats.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`),
  };
  sheets.forEach(({ rows }, i) => (parts[`xl/worksheets/s${i + 1}.xml`] = xml(`<worksheet><sheetData>${rows}</sheetData></worksheet>`)));
  return zipSync(parts, { level: 1 });
}
/** The zip with another size of an entry written into its directory. */
function declared(zip: Uint8Array, name: string, size: number): Buffer {
  const copy = Buffer.from(zip);
  copy.writeUInt32LE(size, copy.lastIndexOf(name) - 46 + 24);
  return copy;
}
const text = (reference: string, value: string): string => `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`;
const header = `<row r="1">${text("A1", "微博id")}${text("B1", "正文")}${text("C1", "发布时间")}${text("D1", "点赞数")}</row>`;
const codeOf = async (path: string): Promise<string> => importAll(path).then(() => "ok", (error: YuqingError) => error.code);

describe("cells", () => {
  it("reads shared, rich and inline strings, without phonetics, with escapes", async () => {
    const strings = "<si><t>普通</t></si><si><r><t>富</t></r><r><t>文本</t></r><rPh><t>fu</t></rPh></si>";
    const rows = `${header}<row r="2"><c r="B2" t="s"><v>0</v></c></row><row r="3"><c r="B3" t="s"><v>1</v></c></row><row r="4">${text("B4", "一_x000D_&#10;二_x005F_x &amp;amp;")}</row>`;
    const { posts } = await importAll(scratch(workbook([{ name: "a", rows }], { strings })));
    expect(posts.map(({ own, line }) => [own, line])).toEqual([["普通", 2], ["富文本", 3], ["一\n二_x &amp;", 4]]);
  });
  it("prints integers with every digit and dates as text", async () => {
    const rows = `${header}<row r="2"><c r="A2"><v>4.932063356789722E15</v></c>${text("B2", "a")}<c r="C2" s="1"><v>44415.5208333333</v></c><c r="D2"><v>12</v></c></row><row r="3">${text("B3", "b")}<c r="C3" s="2"><v>44415</v></c></row>`;
    const { posts } = await importAll(scratch(workbook([{ name: "a", rows }], { formats: [0, 22, 57] })), { platform: "weibo" });
    expect(posts[0]).toMatchObject({ id: "weibo:4932063356789722", published_ms: Date.UTC(2021, 7, 7, 4, 30), precision: "second", likes: 12 });
    expect(posts[1]).toMatchObject({ precision: "day", day: 18_846 });
  });
  it("knows the 1904 system, custom formats and the edges of Excel's calendar", () => {
    expect(numberText("42953.5", "datetime", true)).toBe("2021-08-07 12:00:00");
    expect(customKind('yyyy"年"m"月"d"日"')).toBe("date");
    expect(customKind("yyyy/mm/dd hh:mm;@")).toBe("datetime");
    expect(customKind("[h]:mm")).toBe(null);
    expect(customKind("0.00_ ;[Red]0.00")).toBe(null);
    expect(customKind("General")).toBe(null);
    for (const serial of ["60", "-1", "2958466", "1e308"]) expect(numberText(serial, "date", false)).not.toMatch(/-\d\d-/);
    expect(numberText("2958465", "date", false)).toBe("9999-12-31");
    expect(numberText("0.5", "time", false)).toBe("12:00:00");
    expect(numberText("7412001234567890123", null, false)).toBe("7412001234567890123");
    expect(numberText("4.932063356789722E15", null, false)).toBe("4932063356789722");
    expect(numberText("1.5", null, false)).toBe("1.5");
  });
  it("finds a cell's column", () => expect(["A1", "Z9", "AA1", "XFD1048576", "XFE1", undefined].map(columnOf)).toEqual([0, 25, 26, 16_383, -1, -1]));
});

describe("sheets", () => {
  it("imports every sheet with a text column and lists the others", async () => {
    const rows = (value: string): string => `${header}<row r="5">${text("B5", value)}</row>`;
    const { posts, summary } = await importAll(scratch(workbook([{ name: "总事件", rows: rows("甲") }, { name: "词云", rows: `<row r="1">${text("A1", "词")}${text("B1", "次数")}</row>` }, { name: "藏", rows: rows("密"), state: "hidden" }, { name: "子事件1", rows: rows("乙") }])));
    expect(posts.map(({ own, id }) => [own, id])).toEqual([["甲", "row:0:5"], ["乙", "row:0:4.5"]]);
    expect(summary.skippedSheets).toEqual(["词云", "藏"]);
  });
  it("skips a preamble and takes longer rows only when the rest is empty", async () => {
    const rows = `<row r="1">${text("A1", "导出时间：今天")}</row>${header.replaceAll("1", "2")}<row r="3">${text("B3", "a")}${text("F3", " ")}</row><row r="4">${text("B4", "b")}${text("E4", "多")}</row>`;
    const { posts, rejects } = await importAll(scratch(workbook([{ name: "a", rows }])));
    expect([posts.length, rejects.map(({ code, line }) => [code, line])]).toEqual([1, [["ROW_LONG", 4]]]);
  });
  it("without any text column is an error", async () => {
    expect(await codeOf(scratch(workbook([{ name: "a", rows: `<row r="1">${text("A1", "词")}</row>` }])))).toBe("NO_TEXT_COLUMN");
  });
});

describe("hostile workbooks", () => {
  const codes: [string, string][] = [
    ["bomb_entity.xlsx", "FILE_DAMAGED"], ["xxe_file.xlsx", "FILE_DAMAGED"], ["truncated_10.xlsx", "FILE_TRUNCATED"], ["truncated_50.xlsx", "FILE_TRUNCATED"], ["truncated_90.xlsx", "FILE_TRUNCATED"], ["truncated_99.xlsx", "FILE_TRUNCATED"], ["empty.xlsx", "FILE_EMPTY"], ["html_as.xls", "FILE_KIND"],
    ["csv_named.xlsx", "ok"], ["not_a_zip.xlsx", "ok"], ["dimension_max.xlsx", "ok"], ["merge_max.xlsx", "ok"], ["deep_xml.xlsx", "FILE_DAMAGED"], ["traversal_entries.xlsx", "ok"], ["symlink_entry.xlsx", "ok"], ["formula_cells.xlsx", "ok"], ["serial_dates.xlsx", "ok"], ["proto_sheet_names.xlsx", "NO_TEXT_COLUMN"],
  ];
  for (const [name, code] of codes) it(`${name}: ${code}`, async () => expect(await codeOf(fixture("xlsx", name))).toBe(code));
  it("refuses a sheet that says it inflates beyond the budget, and one that says less than it does", async () => {
    const book = workbook([{ name: "a", rows: header + " ".repeat(100_000) }]);
    expect(await codeOf(scratch(declared(book, "xl/worksheets/s1.xml", 70_000_000)))).toBe("FILE_INFLATES");
    expect(await codeOf(scratch(declared(book, "xl/worksheets/s1.xml", 1000)))).toBe("FILE_DAMAGED");
  });
  it("refuses a cell without end, though the budget allows it", async () => {
    const pieces = `<t>${"长".repeat(1000)}</t>`.repeat(17_000);
    expect(await codeOf(scratch(workbook([{ name: "a", rows: `${header}<row r="2"><c r="B2" t="inlineStr"><is>${pieces}</is></c></row>` }])))).toBe("FILE_DAMAGED");
  });
  it("refuses lists of styles or strings that no memory should hold", async () => {
    expect(await codeOf(scratch(declared(workbook([{ name: "a", rows: header }]), "xl/styles.xml", 40_000_000)))).toBe("FILE_TOO_LARGE");
    const string = Buffer.from(`<si><t>${"a".repeat(1_000_000)}</t></si>`);
    const archive = {
      has: () => true,
      async *read() {
        yield Buffer.from("<sst>");
        for (let i = 0; i < 202; i++) yield string;
      },
    } as unknown as Archive;
    await expect(readStrings(archive, "a.xlsx")).rejects.toMatchObject({ code: "FILE_TOO_LARGE", parts: { got: "xl/sharedStrings.xml: 201 strings" } });
  });
  it("reads a sheet once, however many names it has", async () => {
    const book = workbook([{ name: "a", rows: `${header}<row r="2">${text("B2", "甲")}</row>` }, { name: "b", rows: header }]);
    const parts = unzipSync(book);
    parts["xl/_rels/workbook.xml.rels"] = strToU8(strFromU8(parts["xl/_rels/workbook.xml.rels"]!).replace("s2.xml", "s1.xml"));
    expect((await importAll(scratch(zipSync(parts)))).posts).toHaveLength(1);
  });
});
