import { expect, it } from "vitest";
import { frames, layOut, overlap, wordCloud, type CloudWord, type Frame } from "../../reports/charts/word-cloud.ts";

const word = (text: string, count: number, score = 1): CloudWord => ({ text, count, score, title: `${text}：${count} 篇` });
/** 60 words of 2 to 5 Han characters and some Latin, counts as 1/rank. */
const many = Array.from({ length: 60 }, (_, i) => word(i % 7 === 6 ? `WMQ${i}@vivo` : "舆情报告词"[i % 5]!.repeat(2 + (i % 4)) + String.fromCharCode(0x4e00 + i), Math.ceil(6000 / (i + 1)), (i * 37) % 60));

it.each([["wide", frames.wide, 600], ["narrow", frames.narrow, 900]] as [string, Frame, number][])("%s: places every word inside the picture, none over another", (_, frame, most) => {
  const { width, height, words } = layOut(many, frame);
  expect(words.length).toBe(60);
  for (const [i, a] of words.entries()) {
    expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
    expect(a.x + a.width / 2).toBeLessThanOrEqual(width);
    expect(a.y - a.height / 2).toBeGreaterThanOrEqual(0);
    expect(a.y + a.height / 2).toBeLessThanOrEqual(height);
    for (const b of words.slice(i + 1)) expect(overlap(a, b), `${a.text} over ${b.text}`).toBe(false);
  }
  expect(height).toBeLessThan(most);
});

it("knows overlap from touching", () => {
  const box = { x: 0, y: 0, width: 10, height: 4 };
  expect(overlap(box, { ...box, x: 10 })).toBe(false);
  expect(overlap(box, { ...box, y: 4 })).toBe(false);
  expect(overlap(box, { ...box, x: 9.9, y: 3.9 })).toBe(true);
});

it("sizes by the square root of the count, 14 to 56 px", () => {
  // √ of 1, 4, 9: the middle one lies half-way.
  expect(layOut([word("甲", 1), word("乙", 9), word("丙", 4)], frames.wide).words.map(({ text, size }) => [text, size])).toEqual([["乙", 56], ["丙", 35], ["甲", 14]]);
  expect(layOut([word("甲", 5), word("乙", 5)], frames.wide).words.map(({ size }) => size)).toEqual([35, 35]);
});

it("boxes are at least as wide as their characters: Han 1 em, Latin more than 0.56", () => {
  const widths = new Map(layOut([word("方舱医院", 4), word("iPhone", 4)], frames.wide).words.map(({ text, width }) => [text, width / 35]));
  expect(widths.get("方舱医院")).toBeGreaterThanOrEqual(4);
  expect(widths.get("iPhone")).toBeGreaterThan(6 * 0.56);
});

it("colours by quarters of the score, equal scores alike", () => {
  const levels = (scores: number[]) => new Map(layOut(scores.map((score, i) => word(`词${i}`, 10, score)), frames.wide).words.map(({ text, level }) => [text, level]));
  expect([...levels([80, 70, 60, 50, 40, 30, 20, 10])].sort().map(([, level]) => level)).toEqual([4, 4, 3, 3, 2, 2, 1, 1]);
  expect([...levels([5, 5, 5]).values()]).toEqual([4, 4, 4]);
});

it("is legible on a phone: no word below 14 px where the narrow picture is 328 px wide", () => {
  const { width, words } = layOut(many.slice(0, 40), frames.narrow);
  expect(Math.min(...words.map(({ size }) => size)) * (328 / width)).toBeGreaterThanOrEqual(14);
});

it("gives the same picture whatever the order of the words", () => {
  const first = many.slice(0, 40);
  expect(wordCloud([...first].reverse(), "热词").text).toBe(wordCloud(first, "热词").text);
});

it("cuts what is too long, fits what is too wide, escapes what is hostile", () => {
  const { words } = layOut([word("超".repeat(30), 9), word("x".repeat(100_000), 9), word("短", 1)], frames.wide);
  for (const { shown, width } of words) {
    expect([...shown].length).toBeLessThanOrEqual(17);
    expect(width).toBeLessThanOrEqual(704);
  }
  const svg = wordCloud([word('"><script>alert(1)</script>', 3), word("👩‍👩‍👧", 2)], 'a"b').text;
  expect(svg).not.toContain("<script");
  expect(svg).toContain('aria-label="a&quot;b"');
  expect(svg).toContain("<title>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;：3 篇</title>");
  expect(svg).not.toContain("NaN");
});
