import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CsvReader } from "../../pipeline/import/tables/csv.ts";
import { damageMark, TextDecoding } from "../../pipeline/import/decode/encoding.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import { fixture } from "./import-all.ts";

function decode(bytes: Uint8Array, size = bytes.length): { text: string; decoding: TextDecoding } {
  const decoding = new TextDecoding("test");
  let text = "";
  for (let at = 0; at < bytes.length; at += size) text += decoding.push(bytes.subarray(at, at + size), false);
  return { text: text + decoding.push(new Uint8Array(0), true), decoding };
}
const table = JSON.parse(readFileSync(fixture("encodings", "expected_table.json"), "utf8")) as string[][];
const bytesOf = (name: string): Buffer => readFileSync(fixture("encodings", name));
function rowsOf(text: string): string[][] {
  const delimiter = text.includes("\t") ? "\t" : ",";
  return new CsvReader({ dialect: { delimiter, quote: '"', strict: false }, fits: null, recordLimit: 1e6, rawLimit: 1e6 }).push(text, true).map(({ cells }) => cells);
}

describe("finds the encoding", () => {
  const cases = { "utf8.csv": "utf-8", "utf8_bom.csv": "utf-8", "gb18030.csv": "gb18030", "gb18030_bom.csv": "gb18030", "utf16le_bom.csv": "utf-16le", "utf16be_bom.csv": "utf-16be", "utf16le_nobom.csv": "utf-16le", "utf16be_nobom.csv": "utf-16be" };
  for (const [name, encoding] of Object.entries(cases)) {
    it(`${name}: ${encoding}, the same table for every piece size`, () => {
      for (const size of [1, 2, 3, 7, 4096]) {
        const { text, decoding } = decode(bytesOf(name), size);
        expect(decoding.encoding).toBe(encoding);
        expect(rowsOf(text)).toEqual(table);
        expect(decoding.damage).toEqual([]);
      }
    });
  }
  it("Big5 whose second bytes are backslashes", () => {
    const { text, decoding } = decode(bytesOf("big5.csv"));
    expect(decoding.encoding).toBe("big5");
    expect(text).toContain("許功蓋");
  });
  it("is not misled by an ASCII head: the first other byte decides", () => {
    const head = Buffer.from("id,text\n" + "1,plain ascii\n".repeat(40_000));
    const tail = Buffer.from([0x32, 0x2c, 0xd6, 0xd0, 0xce, 0xc4, 0xc4, 0xda, 0xc8, 0xdd, 0x0a]);
    const { text, decoding } = decode(Buffer.concat([head, tail]), 65_536);
    expect(decoding.encoding).toBe("gb18030");
    expect(text.endsWith("2,中文内容\n")).toBe(true);
  });
  it("reads the four-byte character that a byte-wise stream breaks", () => {
    const { text } = decode(bytesOf("gb18030_len_mod_65536_eq_1.csv"), 65_536);
    expect(text.trimEnd().endsWith("\u{1F600}")).toBe(true);
  });
  it("refuses UTF-32 by name", () => {
    expect(() => decode(bytesOf("utf32le_bom.csv"))).toThrow(YuqingError);
  });
});

describe("undecodable bytes", () => {
  it("mark the line, keep the others, tell the offset", () => {
    // "好\n" is 4 bytes; the bad byte FF is the third of the second line: offset 6.
    const { text, decoding } = decode(Buffer.concat([Buffer.from("好\nab"), Buffer.from([0xff]), Buffer.from("c\n好\n")]));
    expect(text).toBe(`好\nab${damageMark}c\n好\n`);
    expect(decoding.damage).toEqual([6]);
  });
  it("of GB18030 rows in a UTF-8 file mark just those rows", () => {
    const { text, decoding } = decode(bytesOf("mixed_lines.csv"));
    expect(decoding.encoding).toBe("utf-8");
    const good = rowsOf(text).filter((cells) => !cells.some((cell) => cell.includes(damageMark)));
    expect(good).toEqual([table[0], table[1], table[3], table[5]]);
  });
  it("never come out as U+FFFD", () => {
    for (const name of ["utf8_overlong.csv", "utf8_surrogates.csv", "gb18030_invalid4.csv"]) {
      const { text } = decode(bytesOf(name));
      for (const line of text.split("\n")) expect(line.includes("\ufffd") && !line.includes(damageMark), name).toBe(false);
    }
  });
  it("half a UTF-16 unit at the end is counted", () => {
    expect(decode(bytesOf("utf16le_odd.csv")).decoding.trailingBytes).toBe(1);
  });
  it("a line of several megabytes is decoded in parts without a loss", () => {
    const long = "汉字😀".repeat(400_000);
    const { text, decoding } = decode(Buffer.from(long), 65_536);
    expect(text === long).toBe(true);
    expect(decoding.damage).toEqual([]);
  });
});
