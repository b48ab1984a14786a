import { expect, it } from "vitest";
import { guess } from "../../pipeline/import/decode/evidence.ts";
import { TextDecoding } from "../../pipeline/import/decode/encoding.ts";
import { encodeGb18030 } from "../../data/samples/gb18030.ts";
import { random } from "../relate/planted-opinions.ts";
import { encodedFiles, outcome } from "./encoded-files.ts";

const files = encodedFiles(random(7), 200);

it("decodes 200 invented files to the very text; a wrong choice always names its rival", () => {
  const results = files.map((file) => ({ ...file, ...outcome(file) }));
  expect(results.filter(({ said }) => said === "silent" || said === "rejected")).toEqual([]);
  const usual = results.filter(({ variant }) => variant !== "big5");
  expect(usual.length).toBeGreaterThan(150);
  expect(usual.filter(({ said }) => said !== "right")).toEqual([]);
  expect(results.filter(({ said }) => said === "right").length).toBeGreaterThanOrEqual(195);
});

it("gives the same text, encoding and rival for every piece size", () => {
  for (const { bytes } of files.filter(({ size }) => size <= 1500)) {
    const whole = new TextDecoding("test");
    const text = whole.push(bytes, true);
    for (const size of [1, 3, 64]) {
      const decoding = new TextDecoding("test");
      let pieces = "";
      for (let at = 0; at < bytes.length; at += size) pieces += decoding.push(bytes.subarray(at, at + size), false);
      pieces += decoding.push(Buffer.alloc(0), true);
      expect([pieces, decoding.encoding, decoding.rival]).toEqual([text, whole.encoding, whole.rival]);
    }
  }
});

it("sees one character before the first byte above 7F, wherever the pieces end", () => {
  // é after a letter is UTF-8; the same bytes C3 A9 are 茅 in GB18030. The first is 70,000 characters in, beyond the head.
  const bytes = Buffer.from(`id,text\n${"1,plain\n".repeat(8_750)}2,café\n`);
  for (const size of [bytes.length, 65_536, bytes.length - 3, bytes.length - 2]) {
    const decoding = new TextDecoding("test");
    let text = "";
    for (let at = 0; at < bytes.length; at += size) text += decoding.push(bytes.subarray(at, at + size), false);
    text += decoding.push(Buffer.alloc(0), true);
    expect([text.endsWith("2,café\n"), decoding.encoding]).toEqual([true, "utf-8"]);
  }
});

it("does not take a long text of another script for GB18030", () => {
  for (const text of ["привет мир, как дела", "ελληνικά κείμενα εδώ", "نص عربي قصير جدا", "日本語のテキストです。", "한국어 문장입니다"]) {
    expect(guess(Buffer.from(text), true).encoding, text).toBe("utf-8");
  }
});

it("names the rival of two bytes that may be a Chinese or a foreign letter", () => {
  // D6 D0 is 中 in GB18030; as UTF-8 it is damaged. C2 B7 is 路 in GB18030 and the dot of foreign names in UTF-8.
  expect(guess(encodeGb18030("a 中 b"), true)).toEqual({ encoding: "gb18030", rival: null });
  expect(guess(Buffer.from([0x61, 0x20, 0xc2, 0xb7, 0x20]), true).rival).not.toBe(null);
});

it("tells UTF-16 without a mark and without any ASCII", () => {
  const text = "今天的水是黄的没有人管";
  for (const [encoding, bytes] of [["utf-16le", Buffer.from(text, "utf16le")], ["utf-16be", Buffer.from(text, "utf16le").swap16()]] as const) {
    const decoding = new TextDecoding("test");
    expect([decoding.push(bytes, true), decoding.encoding]).toEqual([text, encoding]);
  }
});
