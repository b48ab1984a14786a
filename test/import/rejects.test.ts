import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { ImportOptions } from "../../pipeline/import/import.ts";
import { rejectsHeader, RejectsWriter, type Reject } from "../../pipeline/import/tables/rejects.ts";
import { rejectsDelimiter } from "../../pipeline/import/tables/repairs.ts";
import type { Post } from "../../pipeline/schema.ts";
import { importAll, scratch } from "./import-all.ts";

const written = (rejects: readonly Reject[]): string => {
  const writer = new RejectsWriter("zh", { masked: false });
  return rejectsHeader + rejects.map((reject) => writer.lines(reject)).join("");
};
/** All that a post says but where its row stood. */
function content(post: Post): Record<string, unknown> {
  const { id, ...rest } = post as Post & Record<string, unknown>;
  const bare = Object.fromEntries(Object.entries(rest).filter(([name]) => !["file", "line", "source", "source_line"].includes(name)));
  return { ...bare, id: (id as string).startsWith("row:") ? "row" : id };
}

/** Imports `broken`, repairs its rejects.csv by `repair`, and compares with what `whole`, the repaired original, gives for these rows. */
async function roundTrip(broken: string | Uint8Array, whole: string | Uint8Array, name: string, repair: (csv: string) => string | Uint8Array, options: Partial<ImportOptions> = {}) {
  const first = await importAll(scratch(broken, `broken-${name}`), options);
  const csv = written(first.rejects);
  const unrepaired = await importAll(scratch(csv, `rejects-0-${name}.csv`), options);
  expect(unrepaired.posts, "no row comes in without repair").toEqual([]);
  expect(unrepaired.rejects.map(({ code, raw }) => [code, raw])).toEqual(first.rejects.map(({ code, raw }) => [code, raw.replaceAll("\udfff", "\ufffd")]));
  const again = await importAll(scratch(repair(csv), `rejects-${name}.csv`), options);
  const expected = await importAll(scratch(whole, `whole-${name}`), options);
  const kept = new Set(first.posts.map((post) => JSON.stringify(content(post))));
  expect(again.posts.map(content)).toEqual(expected.posts.map(content).filter((post) => !kept.has(JSON.stringify(post))));
  return { first, again };
}

const rows = (delimiter: string): string[] => [
  ["微博id", "微博正文", "发布时间", "点赞数", "用户昵称"], ["5000000000000001", "甲店很好", "2024-05-01 10:00", "3", "阿一"],
  ["5000000000000002", "乙店一般", "2024-05-01 11:00", "0", "阿二"], ["5000000000000003", '"丙店说""不错""\n第二行"', "2024-05-01 12:00", "7", "阿三"],
].map((cells) => cells.join(delimiter));
const gbk = (text: string, table: Map<string, number[]>): Uint8Array => Uint8Array.from([...text].flatMap((c) => (c < "\x80" ? [c.charCodeAt(0)] : table.get(c)!)));

describe("a repaired rejects.csv gives the posts of the repaired original", () => {
  for (const delimiter of [",", ";", "\t", "|", "||", ", "]) {
    it(`CSV with ${JSON.stringify(delimiter)}`, async () => {
      const [header, a, b, c] = rows(delimiter) as [string, string, string, string];
      const short = b.replace(`${delimiter}0${delimiter}`, `${delimiter}0`);
      const unclosed = c.replace('第二行"', "第二行");
      const { again } = await roundTrip(`${[header, short, a, unclosed].join("\n")}\n`, `${[header, b, a, c].join("\n")}\n`, "a.csv", (csv) => {
        const fixed = csv.replace(short, b).replace('第二行' + delimiter, `第二行""${delimiter}`);
        expect(fixed).not.toBe(csv);
        return fixed;
      });
      expect(again.posts.map(({ own }) => own)).toEqual(["乙店一般", '丙店说"不错"\n第二行']);
    });
  }
  it("also when a spreadsheet saved it with another delimiter, or as UTF-16", async () => {
    const [header, , b] = rows(",") as [string, string, string, string];
    const short = b.replace(",0,", ",0");
    const broken = await importAll(scratch(`${header}\n${short}\n`));
    const cells = written(broken.rejects).replace("\ufeff", "").split("\r\n").slice(0, -1).map((line) => line.match(/"(?:[^"]|"")*"|[^,]+|(?<=,)(?=,)/g)!);
    const tabbed = cells.map((line) => line.join("\t")).join("\r\n").replace(short, b);
    for (const bytes of [Buffer.from(tabbed), Buffer.from(`\ufeff${tabbed}`, "utf16le")]) {
      const { posts, rejects } = await importAll(scratch(bytes));
      expect([posts.map(({ own, likes }) => [own, likes]), rejects]).toEqual([[["乙店一般", 0]], []]);
    }
  });
  it("GB18030, with an undecodable byte", async () => {
    const encoded = new Map<string, number[]>();
    for (let lead = 0xb0; lead <= 0xf7; lead++) for (let trail = 0xa1; trail <= 0xfe; trail++) encoded.set(new TextDecoder("gb18030").decode(Uint8Array.of(lead, trail)), [lead, trail]);
    const text = `${rows(",").join("\n")}\n`;
    const whole = gbk(text, encoded);
    const broken = Uint8Array.from(whole);
    const at = Buffer.from(whole).indexOf(Buffer.from(gbk("乙店", encoded)));
    broken[at] = 0xff;
    const { first } = await roundTrip(broken, whole, "g.csv", (csv) => csv.replace(/(?<=0002,)[^,]*/, "乙店一般"));
    expect(first.rejects.map(({ code, byteFrom, byteTo }) => [code, Buffer.from(broken.subarray(byteFrom!, byteTo!)).includes(0xff)])).toEqual([["UNDECODABLE", true]]);
  });
  const object = (id: number, text: string): string => JSON.stringify({ note_id: `65${id}`, title: "题", desc: text, time: 1714550400000 + id, liked_count: "12", ip_location: "山东", nickname: "某人" });
  it("JSONL", async () => {
    const lines = [object(1, "甲"), object(2, "乙"), object(3, "丙")];
    const bad = lines[1]!.replace('"乙",', '"乙"');
    await roundTrip([lines[0], bad, lines[2]].join("\n"), lines.join("\n"), "b.jsonl", (csv) => csv.replace('""乙""', '""乙"",'));
  });
  it("a JSON array, one line or pretty", async () => {
    for (const [between, indent] of [[",", ""], [",\n", "  "]]) {
      const lines = [object(1, "甲"), object(2, "乙"), object(3, "丙")].map((line) => indent + line);
      const bad = lines[0]!.replace('"甲",', '"甲"');
      const { first } = await roundTrip(`[${[bad, lines[1], lines[2]].join(between)}]`, `[${lines.join(between)}]`, `c${indent!.length}.json`, (csv) => csv.replace('""甲""', '""甲"",'));
      const [{ byteFrom, byteTo }] = first.rejects as [Reject];
      expect([byteFrom, byteTo! - byteFrom!]).toEqual([1 + indent!.length, Buffer.byteLength(bad.trim())]);
    }
  });
  it("XLSX", async () => {
    const book = (cells: readonly (readonly string[])[]): Uint8Array => {
      const xml = (text: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
      const rowXml = (row: readonly string[], i: number): string => `<row r="${i + 1}">${row.map((cell, j) => (cell === "" ? "" : `<c r="${"ABCDEFG"[j]}${i + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`)).join("")}</row>`;
      return zipSync({
        "xl/workbook.xml": xml('<workbook xmlns:r="x"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'),
        "xl/_rels/workbook.xml.rels": xml('<Relationships><Relationship Id="rId1" Target="worksheets/s1.xml"/></Relationships>'),
        "xl/worksheets/s1.xml": xml(`<worksheet><sheetData>${cells.map(rowXml).join("")}</sheetData></worksheet>`),
      });
    };
    const [header, a, b] = rows("\u0001").map((row) => row.split("\u0001")) as [string[], string[], string[], string[]];
    const { first } = await roundTrip(book([header, a, [...b, "", "多"]]), book([header, a, b]), "d.xlsx", (csv) => csv.replace("阿二,,多", "阿二"));
    expect(first.rejects.map(({ code, byteFrom, byteTo }) => [code, byteFrom, byteTo])).toEqual([["ROW_LONG", null, null]]);
  });
});

describe("rejects.csv", () => {
  it("holds one HEADER row for each table, and rows of several files find theirs", async () => {
    const one = await importAll(scratch("id,正文\n1,甲,多\n2,乙\n", "one.csv"));
    const two = await importAll(scratch("编号;内容;x\n1;丙;1;多\n2;丁;2\n", "two.csv"));
    const rejects = [...one.rejects, ...two.rejects.map((reject) => ({ ...reject, file: 1, table: { ...reject.table, key: "1.0" } }))];
    const csv = written(rejects);
    expect(csv.match(/,HEADER,/g)).toHaveLength(2);
    const { posts, summary } = await importAll(scratch(csv.replace("甲,多", "甲").replace("1;多", "1")));
    expect([posts.map(({ own }) => own), summary.read, summary.format]).toEqual([["甲", "丙"], 2, "rejects"]);
  });
  it("without its HEADER row, or with a broken one, says so for every row", async () => {
    const { rejects } = await importAll(scratch("id,正文\n1,甲,多\n2,乙\n"));
    const csv = written(rejects);
    for (const text of [csv.replace(/^.*HEADER.*\r\n/m, ""), csv.replace('""csv""', '""cvs""')]) {
      expect(text).not.toBe(csv);
      expect((await importAll(scratch(text))).rejects.map(({ code }) => code)).toEqual(["TABLE_UNKNOWN"]);
    }
  });
  it("keeps cells that begin like a formula, and long rows out", async () => {
    const { rejects } = await importAll(scratch(`正文,id\n=甲,1,多\n'乙,2,多\n@丙,3,多\n"${"长".repeat(300)}",4,多\n`), { cellLimit: 200 });
    expect(rejects.map(({ raw }) => raw.slice(0, 2))).toEqual(["=甲", "'乙", "@丙", ""]);
    const csv = written(rejects);
    expect(csv).toContain("太长，未收入");
    const again = await importAll(scratch(csv.replaceAll(",多", "")), { cellLimit: 200 });
    expect([again.posts.map(({ own }) => own), again.rejects.map(({ code }) => code)]).toEqual([["=甲", "'乙", "@丙"], ["ROW_LONG"]]);
  });
  it("is known by its header only", () => {
    expect(rejectsDelimiter(rejectsHeader)).toBe(",");
    expect(rejectsDelimiter("file,line_from,text\n")).toBe(null);
  });
  it("takes a row whose text holds whole rows of the file as one row", async () => {
    const body = Array.from({ length: 8 }, () => "1,2,3,4,5,6,7,8").join("\n");
    const { rejects } = await importAll(scratch(`id,正文,c,d,e,f,g\n1,"${body}",c,d,e,f,g,h\n`));
    expect(rejects).toHaveLength(1);
    const { posts } = await importAll(scratch(written(rejects).replace("g,h", "g")));
    expect(posts.map(({ own }) => own)).toEqual([body]);
  });
});
