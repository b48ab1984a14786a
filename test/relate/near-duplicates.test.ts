import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { nearDuplicates, normalForm } from "../../pipeline/relate/near-duplicates.ts";
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

it("needs equality below 8 characters, Jaccard 0.7 up to 12, 0.6 above", () => {
  // 7 characters, one changed.
  expect(heads(["今天停水一整天", "今天停水两整天"])).toEqual([0, 1]);
  // 10 characters have 9 bigrams, 11 have 10, 9 of them shared: 9 / 10 ≥ 0.7.
  expect(heads(["水务公司今天公布水质", "水务公司今天公布水质了"])).toEqual([0, 0]);
  // 12 characters, the last two cut and two put in their place: 9 shared of 13 = 0.69 < 0.7.
  expect(heads(["甲乙丙丁戊己庚辛壬癸子丑", "甲乙丙丁戊己庚辛壬癸寅卯"])).toEqual([0, 1]);
  // 14 characters the same way: 11 shared of 15 = 0.73 ≥ 0.6.
  expect(heads(["甲乙丙丁戊己庚辛壬癸子丑寅卯", "甲乙丙丁戊己庚辛壬癸子丑辰巳"])).toEqual([0, 0]);
  // 14 characters, four changed: 9 shared of 17 = 0.53 < 0.6.
  expect(heads(["甲乙丙丁戊己庚辛壬癸子丑寅卯", "甲乙丙丁戊己庚辛壬癸辰巳午未"])).toEqual([0, 1]);
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

/** What people do to a text when they pass it on. */
function edits(next: () => number): ((text: string) => string)[] {
  const letters = [..."的一是不了人我在有他这为之大来以个中上们"];
  const some = (text: string, change: (letter: string) => string): string => [...text].map((letter) => (next() < 0.06 ? change(letter) : letter)).join("");
  return [
    (text) => `${text}[泪]😭`,
    (text) => `转：${text}`,
    (text) => `${text} http://t.cn/A6abcd`,
    (text) => `@某某某 ${text}`,
    (text) => text.replace(/[，。！]/g, " "),
    (text) => some(text, () => letters[Math.floor(next() * letters.length)]!),
    (text) => some(text, () => ""),
    (text) => text.slice(0, Math.ceil(text.length * 0.85)),
    (text) => text.slice(text.length >> 1) + text.slice(0, text.length >> 1),
  ];
}

function bigrams(text: string): Set<string> {
  const form = normalForm(text);
  return new Set(Array.from({ length: Math.max(0, form.length - 1) }, (_, i) => form.slice(i, i + 2)));
}

function jaccard(a: string, b: string): number {
  const [left, right] = [bigrams(a), bigrams(b)];
  const shared = [...left].filter((gram) => right.has(gram)).length;
  return shared / (left.size + right.size - shared);
}

it.skipIf(!existsSync(comments))("finds planted edits of real comments and joins nothing below 0.6 (needs ../shared)", () => {
  const real = [...new Set(gunzipSync(readFileSync(comments)).toString("utf8").trim().split("\n").map((line) => (JSON.parse(line) as { text: string }).text))];
  const next = random(1);
  const own = nearDuplicates(real);
  const originals = [...real.keys()].filter((i) => own[i] === i && normalForm(real[i]!).length >= 13).slice(0, 3000);
  const changes = edits(next);
  const edited = originals.map((i, k) => changes[k % changes.length]!(real[i]!));
  const found = nearDuplicates([...real, ...edited]);
  const near = originals.filter((i, k) => normalForm(edited[k]!).length >= 13 && jaccard(real[i]!, edited[k]!) >= 0.6);
  const lost = originals.filter((i, k) => near.includes(i) && found[real.length + k] === real.length + k);
  expect(near.length).toBeGreaterThan(1000);
  expect(1 - lost.length / near.length).toBeGreaterThan(0.98);
  const joined = [...real, ...edited].map((text, i) => [text, found[i]!] as const).filter(([text, head]) => normalForm(text) !== normalForm([...real, ...edited][head]!));
  expect(joined.filter(([text, head]) => jaccard(text, [...real, ...edited][head]!) < 0.6)).toEqual([]);
});
