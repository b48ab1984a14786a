import { expect, it } from "vitest";
import { WordPiece } from "../../../analyzers/post/model/wordpiece.ts";

const vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "好", "吃", "，", "wi", "##fi", "##f", "##i", "cafe", "2025", "##年", "!", "constructor", "##__proto__"];
const tokens = (text: string, length = 64, lowercase = true): string[] => new WordPiece(vocabulary, length, lowercase).encode(text).map((number) => vocabulary[number]!).slice(1, -1);

it("cuts Han characters apart and other words into their longest pieces", () => {
  expect(tokens("好吃，WiFi!")).toEqual(["好", "吃", "，", "wi", "##fi", "!"]);
  expect(tokens("wifif  wifii\n")).toEqual(["wi", "##fi", "##f", "wi", "##fi", "##i"]);
});

it("a Han character ends the word before it", () => {
  expect(tokens("2025年")).toEqual(["2025", "[UNK]"]);
});

it("a word with a rest that no token begins is unknown as a whole", () => {
  expect(tokens("wifix 好𠮷😀")).toEqual(["[UNK]", "好", "[UNK]", "[UNK]"]);
});

it("lower case and without accents, or as it stands", () => {
  expect(tokens("Café")).toEqual(["cafe"]);
  expect(tokens("cafe WIFI", 64, false)).toEqual(["cafe", "[UNK]"]);
});

it("leaves out invisible characters, reads names of object members as words", () => {
  expect(tokens("\u200b好\u0000\ufffd吃\ud800")).toEqual(["好", "吃"]);
  expect(tokens("constructor toString")).toEqual(["constructor", "[UNK]"]);
});

it("[CLS] … [SEP], and no more tokens than the length", () => {
  const short = new WordPiece(vocabulary, 5, true);
  expect(short.encode("")).toEqual([2, 3]);
  expect(short.encode("好吃好")).toEqual([2, 4, 5, 4, 3]);
  expect(short.encode("好吃wifi好")).toEqual([2, 4, 5, 7, 3]);
  expect(short.encode("好".repeat(100_000))).toEqual([2, 4, 4, 4, 3]);
  expect(short.encode("x".repeat(100_000))).toEqual([2, 1, 3]);
});
