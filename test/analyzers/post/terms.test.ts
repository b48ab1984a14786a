import { expect, it } from "vitest";
import { isTerm } from "../../../analyzers/post/terms.ts";

it.each(["道歉", "警方通报", "5G", "A股", "app", "iPhone15", "三亚", "一线", "constructor", "__proto__x", "𠮷野家", "妈妈"])("%s may be a term", (word) => {
  expect(isTerm(word)).toBe(true);
});
it.each(["我", "a", "𠮷", "2020", "3.5%", "三百万", "第二十", "哈哈哈", "!!", "……", "[怒]", "😡", "ああ", "x".repeat(31), ""])("%j may not", (word) => {
  expect(isTerm(word)).toBe(false);
});
