import { describe, expect, it } from "vitest";
import { encodeGb18030 } from "../../data/samples/gb18030.ts";

const hex = (text: string): string => encodeGb18030(text).toString("hex");
const decoder = new TextDecoder("gb18030", { fatal: true });

describe("encodeGb18030", () => {
  it.each([
    ["A", "41"],
    ["中", "d6d0"],
    ["€", "a2e3"],
    ["\u0080", "81308130"],
    ["\u{10000}", "90308130"],
    ["😀", "9439fc36"],
    ["\u{10ffff}", "e3329a35"],
  ])("writes the standard's code of %j", (text, code) => {
    expect(hex(text)).toBe(code);
  });

  it("is read back by Node's decoder for every character of the BMP outside private use, where GB18030-2022 moved codes", () => {
    const points = Array.from({ length: 0x10000 }, (_, point) => point).filter((point) => point < 0xd800 || point > 0xf8ff);
    const wrong = points.filter((point) => {
      const text = String.fromCharCode(point);
      return new TextDecoder("gb18030", { fatal: true, ignoreBOM: true }).decode(encodeGb18030(text)) !== text;
    });
    expect(wrong).toEqual([]);
  });

  it("keeps neighbours apart: two-byte, four-byte, ASCII and emoji in one text", () => {
    const text = '他说"离谱"😡🏻\r\n𠮷野家é轉發,❤️';
    expect(decoder.decode(encodeGb18030(text))).toBe(text);
  });

  it("refuses what has no code instead of writing something else", () => {
    expect(() => encodeGb18030("a\ud83d")).toThrow("U+d83d");
    expect(() => encodeGb18030("\ue5e5")).toThrow("U+e5e5");
  });
});
