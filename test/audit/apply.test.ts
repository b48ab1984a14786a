import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { applySheets } from "../../pipeline/audit/apply.ts";
import { auditSchema } from "../../pipeline/audit/contract.ts";
import { labelOf } from "../../pipeline/audit/labels.ts";
import { checkOf } from "../../pipeline/audit/sheet.ts";
import { writeAudit, writeSample } from "../../pipeline/audit/write.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import { Output } from "../../pipeline/output.ts";
import { auditWorkbook } from "../../reports/excel/audit.ts";
import { workbookOf } from "../import/tables.ts";
import { fill, material, scratch } from "./material.ts";

const file = scratch();
const folder = dirname(file("x"));
const { sample, posts } = material();
const book = () => readFileSync(file("audit.xlsx"));
/** Labels of the 40 posts: 正面 for the first ten, 负面 for the next twenty, four unclear, six empty. */
const answers = posts.map((_, i) => (i < 10 ? "正面" : i < 30 ? "负面" : i < 34 ? "说不清" : ""));
const expected = posts.map((_, i) => ({ no: i + 1, label: i < 10 ? "positive" : i < 30 ? "negative" : i < 34 ? "unclear" : null }));
const csv = (who: string, edit: (lines: string[]) => string[] = (lines) => lines): string => ["no,key,annotator,date,label", ...edit(posts.map((_, i) => `${i + 1},${sample.key},${who},2025-03-10,${["1", "3", "4", ""][i < 10 ? 0 : i < 30 ? 1 : i < 34 ? 2 : 3]}`))].join("\r\n");

beforeAll(() => writeSample({ sample, posts, intake: [] }, "测试事件", "zh", new Output(folder)));

/** The error of an apply: code, and the parts that say where and what. */
async function refusal(...sheets: string[]): Promise<string> {
  const error = await applySheets(folder, sheets).catch((cause: unknown) => cause);
  if (!(error instanceof YuqingError)) throw error;
  expect(error.exit).toBe(2);
  const { where, got, expected: wanted, next } = error.parts;
  expect(next?.zh, error.code).toBeTruthy();
  return `${error.code} | ${where} | ${got} | ${wanted}`;
}

describe("round trip", () => {
  it("reads a filled workbook: labels, who, when", async () => {
    const audit = await applySheets(folder, [file("audit-filled.xlsx", fill(book(), "张三", answers))]);
    expect(auditSchema.parse(audit)).toEqual(audit);
    expect(audit.sheets[0]).toMatchObject({ annotator: "张三", labelled_at: "2025-03-09", file: "audit-filled.xlsx", labels: expected });
    expect(audit.sample).toEqual(sample);
  });

  it("reads it sorted and saved by another program, headers in English", async () => {
    // Blanks and signs as a program may leave them: the check speaks of letters and digits only.
    const rows = posts.map(({ no, text }, i) => [String(no), text.replace(/[^\p{L}\p{N}]+/gu, " "), answers[i]!, checkOf(sample.key, no, text)]).reverse();
    const guide = [["item", "content"], ["annotator", "Li"], ["key", sample.key]];
    const path = file("sorted.xlsx", workbookOf([{ name: "guide", rows: guide }, { name: "labels", rows: [["no", "text", "label", "check"], ...rows] }]));
    const audit = await applySheets(folder, [path]);
    expect(audit.sheets[0]).toMatchObject({ annotator: "Li", labelled_at: null, labels: expected });
  });

  it("reads two sheets, one of them the page's CSV in any order and in GB18030", async () => {
    const text = csv("李四", (lines) => [...lines].reverse());
    const gb = Buffer.concat([...text].map((c) => (c === "李" ? Buffer.from([0xc0, 0xee]) : c === "四" ? Buffer.from([0xcb, 0xc4]) : Buffer.from(c))));
    const audit = await applySheets(folder, [file("one.xlsx", fill(book(), "张三", answers)), file("labels.csv", gb)]);
    expect(audit.sheets.map(({ annotator, labels }) => [annotator, labels])).toEqual([["张三", expected], ["李四", expected]]);
  });

  it("keeps an earlier audit under a number; the same again changes nothing", async () => {
    const first = await applySheets(folder, [file("a.csv", csv("甲"))]);
    const second = await applySheets(folder, [file("b.csv", csv("乙"))]);
    expect(writeAudit(folder, first, new Output(folder))).toBeNull();
    expect(writeAudit(folder, first, new Output(folder))).toBeNull();
    expect(writeAudit(folder, second, new Output(folder))).toBe("audit.1.json");
    expect(JSON.parse(readFileSync(file("audit.1.json"), "utf8"))).toEqual(first);
    expect(JSON.parse(readFileSync(file("audit.json"), "utf8"))).toEqual(second);
  });
});

describe("refused, with place and next step", () => {
  const without = (n: number) => (sheet: string) => sheet.replace(new RegExp(`<row r="${n}">.*?</row>`, "s"), "");
  const sheet = (name: string, edit: (xml: string) => string, labels: readonly string[] = answers) => file(name, fill(book(), "张三", labels, edit));

  it("rows deleted", async () => expect(await refusal(sheet("deleted.xlsx", (xml) => without(9)(without(5)(xml))))).toBe(`AUDIT_ROWS | ${file("deleted.xlsx")} | -4, -8 | 1 … 40`));

  it("rows added", async () => expect(await refusal(file("added.csv", csv("甲", (lines) => [...lines, `41,${sample.key},甲,,1`])))).toBe(`AUDIT_ROWS | ${file("added.csv")} | [42] "41" | 1 … 40`));

  it("numbers altered", async () => expect(await refusal(sheet("altered.xlsx", (xml) => xml.replace("<v>7</v>", "<v>7.5</v>")))).toBe(`AUDIT_ROWS | ${file("altered.xlsx")} | [标注 8] "7.5" | 1 … 40`));

  it("numbers doubled", async () => expect(await refusal(sheet("doubled.xlsx", (xml) => xml.replace("<v>7</v>", "<v>6</v>")))).toBe(`AUDIT_ROWS | ${file("doubled.xlsx")} | [标注 8] "6" | undefined`));

  it("only the texts sorted, not the numbers", async () => {
    const swapped = (xml: string) => xml.replace("第20位", "第〇位").replace("第21位", "第20位").replace("第〇位", "第21位");
    expect(await refusal(sheet("mixed.xlsx", swapped))).toBe(`AUDIT_ROWS | ${file("mixed.xlsx")} | [标注 21], [标注 22] | undefined`);
  });

  it("unknown labels, each with its row", async () => {
    const said = await refusal(sheet("mistyped.xlsx", (xml) => xml, ["正面", "很好", "0", ...answers.slice(3)]));
    expect(said).toMatch(/^AUDIT_LABELS .*\| \[标注 3\] "很好", \[标注 4\] "0" \| 正面\/正/);
  });

  it("another sample's sheet, and one that does not say which", async () => {
    const other = material(2);
    expect(await refusal(file("other.xlsx", fill(auditWorkbook(other.posts, { key: other.sample.key, event: "", language: "zh" }), "张三", answers)))).toBe(`AUDIT_OTHER_SAMPLE | ${file("other.xlsx")} | ${other.sample.key} | ${sample.key}`);
    expect(await refusal(file("keyless.csv", csv("甲").replaceAll(sample.key, "")))).toBe(`AUDIT_OTHER_SAMPLE | ${file("keyless.csv")} | — | ${sample.key}`);
  });

  it("no annotator, two in one sheet, the same in both", async () => {
    expect(await refusal(file("nobody.xlsx", fill(book(), "", answers)))).toMatch(/^AUDIT_ANNOTATOR .*nobody\.xlsx \| —/);
    expect(await refusal(file("both.csv", csv("甲", (lines) => lines.map((line, i) => (i > 20 ? line.replace("甲", "乙") : line)))))).toMatch(/^AUDIT_ANNOTATOR .*\| 乙, 甲/);
    expect(await refusal(file("甲1.csv", csv("甲")), file("甲2.csv", csv("甲")))).toMatch(/^AUDIT_ANNOTATOR .*甲2\.csv \| 甲/);
  });

  it("fewer than 30 labels; unclear does not count", async () => {
    expect(await refusal(file("few.csv", csv("甲", (lines) => lines.map((line, i) => (i === 12 ? line.replace(/3$/, "") : line)))))).toMatch(/^AUDIT_LABELS .*\| 29 \| ≥ 30/);
  });

  it("a file that is no label sheet, a missing one, three sheets, a folder without a sample", async () => {
    expect(await refusal(file("posts.csv", "正文,时间\n你好,2025-03-01\n"))).toMatch(/^AUDIT_SHEET .*\| 正文 \| 时间 \| /);
    expect(await refusal(file("absent.xlsx"))).toMatch(/^FILE_MISSING/);
    expect(await refusal("a", "b", "c")).toMatch(/^USAGE/);
    await expect(applySheets("/nowhere", ["a"])).rejects.toMatchObject({ code: "AUDIT_SAMPLE" });
  });

  it("a sample.json edited by hand; then no sheet is read", async () => {
    const path = file("sample.json");
    const before = readFileSync(path);
    file("sample.json", before.toString("utf8").replace('"posts": 20', '"posts": 21'));
    expect(await refusal("never-opened.xlsx")).toBe(`AUDIT_SAMPLE | ${path} | ${sample.key} | undefined`);
    file("sample.json", before);
  });
});

it("knows labels in Chinese, English and by the page's keys, and nothing else", () => {
  expect(["正面", " 正 ", "积极", "Positive", "１"].map(labelOf)).toEqual(Array(5).fill("positive"));
  expect(["中性", "neutral", "2"].map(labelOf)).toEqual(Array(3).fill("neutral"));
  expect(["负面", "消极", "NEG", "3"].map(labelOf)).toEqual(Array(4).fill("negative"));
  expect(["说不清", "？", "4"].map(labelOf)).toEqual(Array(3).fill("unclear"));
  expect(["", "  "].map(labelOf)).toEqual([null, null]);
  expect(["0", "-1", "好", "正负", "constructor", "__proto__"].map(labelOf)).toEqual(Array(6).fill(undefined));
});
