import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { SaxesParser } from "saxes";
import { afterAll, describe, expect, it } from "vitest";
import type { Language } from "../../pipeline/errors.ts";
import { change } from "../../pipeline/ledger/change.ts";
import { columnKeys, columns, dueTime, type Column } from "../../pipeline/ledger/columns.ts";
import { emptyLedger, type Ledger } from "../../pipeline/ledger/ledger.ts";
import { ledgerRulesSchema } from "../../pipeline/ledger/rules.ts";
import { applySheet, readLedgerSheet, type LedgerSheet } from "../../pipeline/ledger/sheet.ts";
import { root } from "../../pipeline/paths.ts";
import { ledgerWorkbook } from "../../reports/excel/ledger.ts";
import { at, beijing, filed, itemOf, night, nightItem, texts } from "./material.ts";

const folder = mkdtempSync(join(tmpdir(), "yuqing-ledger-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = at("2026-10-08 09:30");
/** Three items: 2026-0001 … 0003, the first with the highest reach. */
const ledger = filed(emptyLedger, night("2026-09-30", texts.slice(0, 3).map((text, i) => nightItem({ id: `p${i}`, text, reach: 9 - i })))).ledger;

const exported = (from: Ledger = ledger, language: Language = "zh"): Uint8Array => ledgerWorkbook(from, from.items, { language, now_ms: now, utcOffsetMs: beijing });
const sheetPart = "xl/worksheets/sheet2.xml";
const address = (column: Column, row: number): string => `${String.fromCharCode(65 + columnKeys.indexOf(column))}${row}`;

/** The workbook with texts typed into cells of the ledger; row 2 is its first item. */
function typed(book: Uint8Array, cells: readonly (readonly [Column, number, string])[], edit: (xml: string) => string = (xml) => xml): Uint8Array {
  const parts = unzipSync(book);
  let xml = strFromU8(parts[sheetPart]!);
  for (const [column, row, value] of cells) {
    const place = address(column, row);
    const before = xml;
    xml = xml.replace(new RegExp(`<c r="${place}"[^>]*?(?:/>|>.*?</c>)`, "s"), () => `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`);
    if (xml === before) throw new Error(`no cell ${place}`);
  }
  parts[sheetPart] = strToU8(edit(xml));
  return zipSync(parts);
}

async function read(book: Uint8Array): Promise<LedgerSheet> {
  const path = join(folder, "back.xlsx");
  writeFileSync(path, book);
  return readLedgerSheet(path);
}
const apply = async (book: Uint8Array, to: Ledger = ledger) => applySheet(to, await read(book), "王五", now, beijing);
const told = ({ faults }: Awaited<ReturnType<typeof apply>>): string[] => faults.map(({ place, column, got, why }) => `${place} ${column} ${got}: ${why.zh}`);

describe("the workbook", () => {
  it("is the same bytes twice, well-formed, and offers the statuses as a list", () => {
    expect(exported()).toEqual(exported());
    const parts = unzipSync(exported());
    for (const part of Object.values(parts)) {
      const parser = new SaxesParser();
      parser.on("error", (error) => expect.unreachable(error.message));
      parser.write(strFromU8(part)).close();
    }
    expect(strFromU8(parts[sheetPart]!)).toContain(`sqref="${address("status", 2)}:${address("status", 4)}"><formula1>"待办,已转办,已回复,已办结"</formula1>`);
    expect(strFromU8(parts["xl/worksheets/sheet1.xml"]!)).toContain("待办 3 · 已转办 0 · 已回复 0 · 已办结 0");
  });

  it("of an empty ledger has no list for no rows, and comes back", async () => {
    expect(strFromU8(unzipSync(exported(emptyLedger))[sheetPart]!)).not.toContain("dataValidation");
    expect((await read(exported(emptyLedger))).rows).toEqual([]);
  });

  it("says a deadline at midnight as the end of the day before", () => {
    expect(dueTime(at("2026-10-14 00:00"), beijing)).toBe("2026-10-13 24:00");
    expect(dueTime(at("2026-10-08 12:00"), beijing)).toBe("2026-10-08 12:00");
  });
});

describe("a sheet that comes back", () => {
  it.each(["zh", "en"] as const)("unchanged (%s) changes nothing", async (language) => {
    expect(await apply(exported(ledger, language))).toEqual({ ledger, changed: [], faults: [] });
  });

  it("makes entries of changed cells, signed and dated, and nothing the second time", async () => {
    const book = typed(exported(), [["status", 2, "转办"], ["department", 2, "城管局"], ["note", 3, "已电话联系"]]);
    const once = await apply(book);
    expect(once.changed).toEqual(["2026-0001", "2026-0002"]);
    expect(itemOf(once.ledger).history).toEqual([
      { at_ms: now, by: "王五", change: { field: "department", from: null, to: "城管局" } },
      { at_ms: now, by: "王五", change: { field: "status", from: "todo", to: "transferred" } },
    ]);
    expect(await apply(book, once.ledger)).toEqual({ ledger: once.ledger, changed: [], faults: [] });
  });

  it("tells who filled it in, and may be sorted, cut, and without columns that were not edited", async () => {
    const parts = unzipSync(exported());
    parts["xl/worksheets/sheet1.xml"] = strToU8(strFromU8(parts["xl/worksheets/sheet1.xml"]!).replace('<c r="B2" s="2"/>', '<c r="B2" s="2" t="inlineStr"><is><t>王五</t></is></c>'));
    const signed = typed(zipSync(parts), [["note", 4, "查过"]], (xml) => xml.replace(/<row r="2">.*?<\/row>/s, "").replaceAll(columns.reach.zh, "别的"));
    const sheet = await read(signed);
    expect([sheet.by, sheet.rows.length]).toEqual(["王五", 2]);
    expect(applySheet(ledger, sheet, "王五", now, beijing)).toMatchObject({ changed: ["2026-0003"], faults: [] });
  });

  it("keeps what the nights did meanwhile", async () => {
    const book = typed(exported(), [["note", 2, "查过"]]);
    const later = filed(ledger, night("2026-10-01", [nightItem({ id: "p0", reach: 500, reposts: 300 })])).ledger;
    const { ledger: after, faults } = await apply(book, later);
    expect(faults).toEqual([]);
    expect(itemOf(after)).toMatchObject({ reach: 509, note: "查过", grade: { key: "major" } });
  });

  it("is refused whole, every fault with row and column", async () => {
    const book = typed(exported(), [["id", 2, "2026-0009"], ["status", 3, "办完了"], ["reach", 3, "1"], ["title", 4, "别的标题"], ["note", 4, "查过"], ["revision", 4, "0"]]);
    const refused = await apply(book);
    expect(refused.ledger).toBe(ledger);
    expect(refused.changed).toEqual([]);
    expect(told(refused)).toEqual([
      "台账 2 id 2026-0009: 台账中没有这一条；2026-0001 … 2026-0003；是否想写 2026-0001？",
      "台账 3 reach 1: 这一列不能改；原为“8”",
      expect.stringContaining("台账 3 status 办完了: 没有这种状态；待办/todo"),
      `台账 4 title 别的标题: 这一列不能改；原为“${texts[2]!}”`,
    ]);
    expect(refused.faults[2]!.why.en).toContain("no such status");
  });

  it.each<[string, Parameters<typeof typed>[1], string]>([
    ["a status out of order", [["status", 2, "已回复"]], "台账 2 status 已回复: 不能由“已办结”改为“已回复”"],
    ["a transfer to nobody", [["status", 3, "已转办"]], "台账 3 department 已转办: 转办没有写明承办部门"],
    ["a revision that never was", [["revision", 2, "7"]], "台账 2 revision 7: 台账中这一条的版本是 0 … 4"],
    ["no revision", [["revision", 2, ""]], "台账 2 revision : 台账中这一条的版本是 0 … 4"],
    ["a row without id", [["id", 2, ""]], "台账 2 id : 这一行没有编号"],
    ["one id twice", [["id", 3, "2026-0001"], ["title", 3, texts[0]!]], "台账 3 id 2026-0001: 与“台账 2”是同一编号"],
    ["a cleared status", [["status", 3, ""]], "台账 3 status : 没有这种状态"],
  ])("is refused with %s", async (_, cells, expected) => {
    const closed = { ...ledger, items: ledger.items.map((item) => (item.id === "2026-0001" ? itemOf(change(ledger, item.id, { status: "closed" }, "李四", now)) : item)) };
    const refused = await apply(typed(exported(closed), cells), closed);
    expect(refused.ledger).toBe(closed);
    expect(told(refused).join("\n")).toContain(expected);
  });

  it("is refused where someone else changed the same cell to something else, not where both say the same", async () => {
    const book = typed(exported(), [["note", 2, "查过"], ["status", 3, "已回复"], ["note", 4, "同一句"]]);
    const others = ([["2026-0001", { note: "不归我们" }], ["2026-0002", { status: "closed" }], ["2026-0003", { note: "同一句" }]] as const).reduce((all, [id, edits]) => change(all, id, edits, "李四", now), ledger);
    expect(told(await apply(book, others))).toEqual([
      "台账 2 note 查过: 导出之后已有人改为“不归我们”；请重新导出后再改",
      "台账 3 status 已回复: 导出之后已有人改为“已办结”；请重新导出后再改",
    ]);
  });

  it("is refused when it is no ledger", async () => {
    await expect(read(typed(exported(), [["id", 1, "序号"]]))).rejects.toMatchObject({ code: "LEDGER_SHEET", exit: 2 });
  });
});

describe("hostile texts", () => {
  const own = ["=1+1", "+cmd|' /C calc'!A0", "</t></is></c>", "_x0041_ 原样", "第一行\n第二行\r\n末", "\ud83d 半个 \u{1f600}", "\u202e反\u2028", "a\u0000\u0001\u001bb", "__proto__", "&lt;b&gt; ]]> $& \"'", " 前后空格 "];
  const payloads = join(root, "../shared/data/hostile/csv-injection/payloads.json");

  async function roundTrip(hostile: readonly string[]): Promise<void> {
    const items = hostile.map((text, i) => nightItem({ id: `${text}:${i}`, title: text, text: `第${i}号楼${String.fromCharCode(0x4e00 + 37 * i).repeat(9)}`, site: text, author_name: text, url: text, event: text, platform: text, region: text }));
    const full = filed(emptyLedger, night("2026-09-30", items), ledgerRulesSchema.parse({ limit: 1000 })).ledger;
    expect(full.items).toHaveLength(hostile.length);
    const noted = full.items.reduce((all, { id, title }) => change(all, id, { department: title, note: title }, "李四", now), full);
    const book = exported(noted);
    expect(strFromU8(unzipSync(book)[sheetPart]!)).not.toMatch(/<f>|t="str"/);
    expect(await apply(book, noted)).toEqual({ ledger: noted, changed: [], faults: [] });
    const { rows } = await read(book);
    expect(rows.map(({ cells }) => cells.get("note"))).toEqual(noted.items.map(({ note }) => note ?? ""));
  }

  it("go out and come back without a change", () => roundTrip(own));
  it.skipIf(!existsSync(payloads))("go out and come back without a change: ../shared/data/hostile/csv-injection", () => roundTrip((JSON.parse(readFileSync(payloads, "utf8")) as { s: string }[]).map(({ s }) => s)));
});
