import { describe, expect, it } from "vitest";
import { LineOffsets } from "../../pipeline/import/decode/line-offsets.ts";
import { importAll, scratch } from "./import-all.ts";

const rows = Array.from({ length: 8 }, (_, i) => `${1000 + i},第${i}条,山东`);
const kept = async (lines: readonly string[]): Promise<[texts: (string | null)[], rejects: [string, number][]]> => {
  const { posts, rejects } = await importAll(scratch(`序号,正文,省份\n${lines.join("\n")}\n`));
  return [posts.map(({ own }) => own), rejects.map(({ code, line }) => [code, line])];
};

describe("a line of one cell", () => {
  it("puts the rows on both sides in doubt: it may end the one or begin the other", async () => {
    const [texts, rejects] = await kept([...rows.slice(0, 4), "东", ...rows.slice(4)]);
    expect(rejects).toEqual([["ROW_BROKEN", 5], ["ROW_SHORT", 6], ["ROW_BROKEN", 7]]);
    expect(texts).toHaveLength(6);
  });
  it("but not a row that ends, or begins, with a quoted cell", async () => {
    const [, rejects] = await kept([...rows.slice(0, 4), '1004,"第4条","山东"', "以下为第二部分", '"1005",第5条,山东', ...rows.slice(6)]);
    expect(rejects).toEqual([["ROW_SHORT", 7]]);
  });
  it("nor when it is a whole row with another delimiter", async () => {
    const [, rejects] = await kept([...rows.slice(0, 4), "1004;第4条;山东", ...rows.slice(5)]);
    expect(rejects).toEqual([["ROW_SHORT", 6]]);
  });
});

it("the end of a broken cell that has the table's width is no row", async () => {
  const [, rejects] = await kept([...rows.slice(0, 6), '1006,"他说"好"', '然后,走了",山东', ...rows.slice(7)]);
  expect(rejects.every(([, line]) => line === 8 || line === 9)).toBe(true);
  const [texts] = await kept([...rows.slice(0, 6), "1006,他说好", "然后,走了,山东", ...rows.slice(7)]);
  expect(texts).not.toContain("走了");
});

it("line offsets are the same for every cut, with CR, LF and CRLF, and in UTF-16", () => {
  const text = "a\rb\r\n\nc\r\r\nd";
  // Lines: a | b | (empty) | c | (empty) | d
  const starts = [0, 2, 5, 6, 8, 10];
  const ends = [1, 3, 5, 7, 8, 11];
  for (const [encoding, unit] of [["utf-8", 1], ["utf-16le", 2]] as const) {
    const bytes = Buffer.from(text, unit === 1 ? "utf8" : "utf16le");
    for (let size = unit; size <= bytes.length; size += unit) {
      const lines = new LineOffsets();
      for (let at = 0; at < bytes.length; at += size) lines.feed(bytes.subarray(at, at + size), encoding);
      expect(starts.map((_, i) => lines.start(i + 1)), `${encoding} ${size}`).toEqual(starts.map((at) => at * unit));
      expect(ends.map((_, i) => lines.end(i + 1)), `${encoding} ${size}`).toEqual(ends.map((at) => at * unit));
    }
  }
});
