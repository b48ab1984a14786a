import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { maskName, maskText, Pseudonyms } from "../../pipeline/import/privacy.ts";
import { csvCell, rejectLine, rejectsHeader } from "../../pipeline/import/rejects.ts";

describe("maskText", () => {
  const cases: [string, string][] = [
    ["电话13812345678。", "电话138****5678。"],
    ["138 1234 5678 或 138-1234-5678", "138****5678 或 138****5678"],
    ["＋86 １３８１２３４５６７８", "＋86 １３８****５６７８"],
    ["身份证11010119900307123X", "身份证110101********123X"],
    ["写信到 zhang.san@example.com.cn 吧", "写信到 ***@*** 吧"],
    ["@张三 和 ＠李四：你好", "@*** 和 @***：你好"],
  ];
  for (const [text, masked] of cases) it(text, () => expect(maskText(text)).toBe(masked));
  for (const text of ["微博 4932063356789722", "抖音 7412001234567890123", "价格 13812345678901", "2021-08-07 12:30:00", "BV1xx411c7mD", "12345678901"]) {
    it(`leaves ${text}`, () => expect(maskText(text)).toBe(text));
  }
  it("masks twice as once", () => {
    for (const [text] of cases) expect(maskText(maskText(text))).toBe(maskText(text));
  });
  it("is linear on hostile text", () => {
    expect(maskText("a".repeat(1_000_000) + "@").length).toBeGreaterThan(1);
    expect(maskText("1".repeat(1_000_000)).length).toBe(1_000_000);
  });
});

it("masks names but for the first and last character", () => {
  expect(["张三", "张", "欧阳娜娜", "😀小明😀", "张***三"].map(maskName)).toEqual(["张***三", "张***", "欧***娜", "😀***😀", "张***三"]);
});

describe("Pseudonyms", () => {
  it("are HMAC-SHA256, cut to 16 digits", () => {
    for (const key of ["k", "x".repeat(200)]) {
      const pseudonyms = new Pseudonyms(key);
      for (const text of ["1000000001", "张三", "", "长".repeat(1000)]) expect(pseudonyms.of(text)).toBe(createHmac("sha256", key).update(text).digest("hex").slice(0, 16));
    }
  });
  it("differ under another key", () => expect(new Pseudonyms("a").of("x")).not.toBe(new Pseudonyms("b").of("x")));
});

describe("rejects.csv", () => {
  it("starts with a byte-order mark", () => expect(rejectsHeader.charCodeAt(0)).toBe(0xfeff));
  it("makes cells that no spreadsheet takes for a formula, reversibly", () => {
    for (const text of ["=1+1", "+86", "-记得开心", "@某人", "\t=1", "＝1", "'已有", "平常", '他说"好"', "一\n二", "a,b"]) {
      const cell = csvCell(text);
      const bare = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      expect(bare).not.toMatch(/^[=+\-@\t＝]/);
      expect(bare.startsWith("'") ? bare.slice(1) : bare).toBe(text);
    }
  });
  it("masks the row", () => {
    expect(rejectLine({ file: 0, name: "a.csv", line: 3, lineTo: 4, code: "ROW_LONG", detail: "5 / 3", raw: "@张三,13812345678,\udfff" }, "en")).toBe('a.csv,3,4,ROW_LONG,more cells than the header (5 / 3),"\'@***,138****5678,\ufffd"\r\n');
  });
});
