import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { nearDuplicates, normalForm } from "../../pipeline/relate/near-duplicates.ts";
import { isPlain, jaccard, recall } from "./planted-edits.ts";
import { random, say } from "./planted-opinions.ts";

const heads = (texts: string[]): number[] => [...nearDuplicates(texts)];

it("takes the normal form by hand", () => {
  expect(normalForm("【快讯】＃水质＃ 看这里 http://t.cn/A6abcd @某人_1 ＡＢＣ１２[怒]😡！")).toBe("快讯看这里abc12");
  expect(normalForm("#话题# @某人 [怒] 😡 http://t.cn/x")).toBe("");
  expect(normalForm("")).toBe("");
});

it("collapses equal normal forms to the earliest text, in the given order", () => {
  expect(heads(["停水了", "停水了！！", "没停水", "停水了 [怒]"])).toEqual([0, 0, 2, 0]);
  expect(heads(["停水了 [怒]", "没停水", "停水了"])).toEqual([0, 1, 0]);
});

it("compares texts without words by their characters only", () => {
  expect(heads(["[怒]", "😡", "[怒]", "#水质#", "", ""])).toEqual([0, 1, 0, 3, 4, 4]);
});

it("needs equality below 8 characters, Jaccard 0.6 from there on", () => {
  // 7 characters, one changed.
  expect(heads(["今天停水一整天", "今天停水两整天"])).toEqual([0, 1]);
  // 8 characters, one in the middle changed: 5 bigrams shared of 9 = 0.56 < 0.6.
  expect(heads(["今天停水了一整天", "今天停水了两整天"])).toEqual([0, 1]);
  // 9 characters the same way: 6 shared of 10 = 0.6.
  expect(heads(["今天又停水了一整天", "今天又停水了两整天"])).toEqual([0, 0]);
  // 14 characters, the last two changed: 11 shared of 15 = 0.73 ≥ 0.6.
  expect(heads(["甲乙丙丁戊己庚辛壬癸子丑寅卯", "甲乙丙丁戊己庚辛壬癸子丑辰巳"])).toEqual([0, 0]);
  // 14 characters, four changed: 9 shared of 17 = 0.53 < 0.6.
  expect(heads(["甲乙丙丁戊己庚辛壬癸子丑寅卯", "甲乙丙丁戊己庚辛壬癸辰巳午未"])).toEqual([0, 1]);
});

it("takes traditional characters for their simplified ones", () => {
  expect(normalForm("這裡沒有水，龍頭壞了")).toBe("这里没有水龙头坏了");
  expect(normalForm("乾隆和著名")).toBe("乾隆和著名");
  expect(heads(["这里没有水", "這裡沒有水！"])).toEqual([0, 0]);
});

it("joins a text to a head, never to a member: no chains", () => {
  // 18 characters, each text two further on: neighbours share 15 of 19 bigrams, the first and third 13 of 21, the first and last 11 of 23.
  const letters = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏";
  const texts = [0, 2, 4, 6].map((from) => letters.slice(from, from + 18));
  expect(heads(texts)).toEqual([0, 0, 0, 3]);
});

it("survives hostile texts", () => {
  const long = "水".repeat(300_000);
  const lone = "\ud800水务公司今天公布水质报告\udc00";
  const brackets = "[".repeat(50_000) + "#".repeat(50_000) + "@".repeat(50_000);
  expect(heads([long, `${long}水`, lone, "水务公司今天公布水质报告", "__proto__", "constructor", brackets])).toEqual([0, 0, 2, 2, 4, 5, 6]);
});

it("gives the same clusters whatever stands behind a text", () => {
  const texts = [...new Set(say(3000, 7).map(({ text }) => text))];
  const whole = heads(texts);
  expect(heads(texts.slice(0, 500))).toEqual(whole.slice(0, 500));
  expect(whole.filter((head, i) => whole[head] !== head || head > i)).toEqual([]);
});

const comments = new URL("../../../shared/data/events/weibo-ip/comments.jsonl.gz", import.meta.url);

it.skipIf(!existsSync(comments))("finds planted edits of real comments and joins nothing below 0.6 (needs ../shared)", () => {
  const real = [...new Set(gunzipSync(readFileSync(comments)).toString("utf8").trim().split("\n").map((line) => (JSON.parse(line) as { text: string }).text))];
  const own = nearDuplicates(real);
  const alone = real.filter((_, i) => own[i] === i && !own.includes(i, i + 1)).filter(isPlain);
  const between = (from: number, to: number): string[] => alone.filter((text) => normalForm(text).length >= from && normalForm(text).length <= to).slice(0, 2000);
  expect(recall(between(13, 400), random(1))).toBeGreaterThanOrEqual(0.98);
  expect(recall(between(8, 12), random(2))).toBeGreaterThanOrEqual(0.95);
  const joined = real.map((text, i) => [normalForm(text), normalForm(real[own[i]!]!)] as const).filter(([form, head]) => form !== head);
  expect(joined.length).toBeGreaterThan(10);
  expect(joined.filter(([form, head]) => jaccard(form, head) < 0.6)).toEqual([]);
});
