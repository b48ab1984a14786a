import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { maskName, maskText, Pseudonyms } from "../../pipeline/import/privacy/privacy.ts";
import { impersonal, personal } from "./personal.ts";
import { csvCell, rejectLine, rejectsHeader } from "../../pipeline/import/tables/rejects.ts";

describe("maskText", () => {
  const cases: [string, string][] = [
    ["电话13812345678。", "电话138****5678。"],
    ["138 1234 5678 或 138-1234-5678", "138****5678 或 138****5678"],
    ["＋86 １３８１２３４５６７８", "＋86１３８****５６７８"],
    ["一三八一二三四五六七八", "一三八****五六七八"],
    ["1\u200b3812\u200d345678", "138****5678"],
    ["1 3 8 1 2 3 4 5 6 7 8", "138****5678"],
    ["010-88886666、(0755)12345678", "010****6666、(0755****5678"],
    ["卡6222021234567890128", "卡622202*********0128"],
    ["6222 0212 3456 7890 128", "622202*********0128"],
    ["卡号4111111111111111", "卡号411111******1111"],
    ["QQ：123456789，扣扣 1234567", "QQ：***，扣扣 ***"],
    ["加我微信zhang_san88 或VX：Abcdefg", "加我微信*** 或VX：***"],
    ["https://example.com/13812345678?tel=13812345678", "https://example.com/13812345678?tel=138****5678"],
    ["https://t.cn/A6xyz,13812345678", "https://t.cn/A6xyz,138****5678"],
    ["x ＠ qq.com、a(at)b.cn、a%40b.cn", "***@***、***@***、***@***"],
    ["身份证11010119900307123X", "身份证110101********123X"],
    ["写信到 zhang.san@example.com.cn 吧", "写信到 ***@*** 吧"],
    ["@张三 和 ＠李四：你好", "@*** 和 @***：你好"],
  ];
  for (const [text, masked] of cases) it(text, () => expect(maskText(text)).toBe(masked));
  for (const text of ["微博 4932063356789722", "抖音 7412001234567890123", "价格 13812345678901", "2021-08-07 12:30:00", "BV1xx411c7mD", "12345678901", "微信公众号：人民日报", "微信 windows 版", "QQ音乐12345678", "183.160.15.201", "400-820-8820", "4111111111111111", "https://www.zhihu.com/answer/13812345678"]) {
    it(`leaves ${text}`, () => expect(maskText(text)).toBe(text));
  }
  it("masks twice as once", () => {
    for (const [text] of cases) expect(maskText(maskText(text))).toBe(maskText(text));
  });
  it("is linear on hostile text", () => {
    expect(maskText("a".repeat(1_000_000) + "@").length).toBeGreaterThan(1);
    expect(maskText("1".repeat(1_000_000)).length).toBe(1_000_000);
    for (const unit of ["1 ", "1\u200b", "138-", "加我", "微信 ", "@", "a@", "a.", "https://", "QQ1234 ", "〇（", "身份证"]) expect(maskText(unit.repeat(200_000)).length).toBeGreaterThan(1);
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

/** All digits of a text as ASCII, letters lower-case, separators gone. */
const bare = (text: string): string => [...text.normalize("NFKC")].map((c) => ("零一二三四五六七八九".includes(c) ? String("零一二三四五六七八九".indexOf(c)) : c === "〇" ? "0" : c === "幺" ? "1" : c)).join("").replace(/[\s\-.·—\u200b-\u200d\u2060\ufeff]/g, "");

describe("E2, E5: 1,000 personal numbers in disguise, 1,000 numbers that are none", () => {
  const random = mulberry32(20261122);
  it("masks at least 99 %, in the agreed shapes", () => {
    const missed = Array.from({ length: 1000 }, () => personal(random)).filter(({ text, secret, shape }) => {
      const masked = bare(maskText(text));
      const form = shape === null ? "***" : secret.slice(0, shape[0]) + "*".repeat(secret.length - shape[0] - shape[1]) + secret.slice(-shape[1]);
      return masked.includes(bare(secret)) || !masked.includes(form);
    });
    expect(missed.length, missed.map(({ text }) => text).join("\n")).toBeLessThanOrEqual(10);
  });
  it("touches at most 1 % of the others", () => {
    const touched = Array.from({ length: 1000 }, () => impersonal(random)).filter((text) => maskText(text) !== text);
    expect(touched.length, touched.join("\n")).toBeLessThanOrEqual(10);
  });
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
    expect(rejectLine({ file: 0, name: "a.csv", line: 3, lineTo: 4, byteFrom: 40, byteTo: 66, code: "ROW_LONG", detail: "5 / 3", raw: "@张三,13812345678,\udfff", table: { key: "0.0", text: "{}" } }, "en")).toBe('a.csv,3,4,40,66,ROW_LONG,more cells than the header (5 / 3),"\'@***,138****5678,\ufffd"\r\n');
  });
});
