import { expect, it } from "vitest";
import { chooseQuotes, isQuotable } from "../../pipeline/relate/quotes.ts";

const said = (sentence: string, authors = 1, engagement = 0) => ({ sentence, authors, engagement });

it.each([
  ["水质检测报告什么时候公布？", true],
  ["请 @清源发布 给个说法", false],
  ["请＠清源发布给个说法", false],
  ["看这里 http://t.cn/A6abcd", false],
  ["联系电话 13800001234", false],
  ["电话１３８００００１２３４", false],
  ["一共 1234 户停水", true],
  ["这帮废物就知道推", false],
  ["\u0001骗子", false],
  ["换行\n的句子", false],
])("%s may be quoted: %s", (sentence, expected) => {
  expect(isQuotable(sentence)).toBe(expected);
});

it("leads with a typical sentence, then takes what differs", () => {
  const sentences = [
    said("检测报告应该每天公布一次才对"),
    said("检测报告应该每天公布一次才行"),
    said("检测报告应该马上公布给居民看"),
    said("原始数据和检测报告都要公布"),
    said("隔壁老王家的猫又跑了一整天"),
  ];
  const chosen = chooseQuotes(sentences);
  expect(chosen.length).toBe(3);
  expect([0, 1]).toContain(chosen[0]);
  expect(chosen.includes(0) && chosen.includes(1)).toBe(false);
});

it("prefers 12 to 60 characters, and what more people say", () => {
  const texts = ["报告快公布", "检测报告请尽快公布出来吧"];
  expect(chooseQuotes([said(texts[0]!), said(texts[1]!)])[0]).toBe(1);
  const alike = ["检测报告请尽快公布出来吧甲乙", "检测报告请尽快公布出来吧丙丁"];
  expect(chooseQuotes([said(alike[0]!, 1), said(alike[1]!, 9)])[0]).toBe(1);
  expect(chooseQuotes([said(alike[0]!, 1, 1000), said(alike[1]!, 1, 0)])[0]).toBe(0);
});

it("quotes nobody when nothing may be quoted", () => {
  expect(chooseQuotes([said("去死吧"), said("@某人 凭什么")])).toEqual([]);
  expect(chooseQuotes([])).toEqual([]);
  expect(chooseQuotes([said("？")])).toEqual([0]);
});
