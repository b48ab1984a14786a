import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { loadResources, scoreText } from "../../../analyzers/post/index.ts";
import { usableWord } from "../../../analyzers/post/segment.ts";
import { isTerm } from "../../../analyzers/post/terms.ts";
import { dataPath } from "../../../pipeline/paths.ts";

const lines = (...path: string[]): string[] => readFileSync(dataPath(...path), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("# "));

it.each([["lexicons", "stopwords.txt"], ["lexicons", "words.txt"], ["emoticons", "emoticons.txt"]])("%s/%s has no repeated or blank-edged line", (...path) => {
  const all = lines(...path);
  expect(all.filter((line, i) => line.trim() !== line || all.indexOf(line) !== i)).toEqual([]);
});

it("sentiment.tsv: a word and six integers a row, sorted, no word twice", () => {
  const rows = lines("lexicons", "sentiment.tsv").map((line) => line.split("\t"));
  expect(rows[0]![0]).toBe("(intercept)");
  expect(rows.filter((row) => row.length !== 7 || !row.slice(1).every((weight) => /^-?\d{1,8}$/.test(weight)))).toEqual([]);
  const words = rows.slice(1).map(([word]) => word!);
  expect(words).toEqual([...new Set(words)].sort());
});

it("every word of words.txt can be held by the segmenter", () => {
  expect(lines("lexicons", "words.txt").filter((word) => !usableWord(word))).toEqual([]);
});

it("background frequencies: terms only, counts per 10^8, most frequent first", () => {
  const rows = gunzipSync(readFileSync(dataPath("frequencies", "background.tsv.gz"))).toString("utf8").trimEnd().split("\n").map((line) => line.split("\t"));
  const stops = new Set(lines("lexicons", "stopwords.txt"));
  expect(rows.filter(([word]) => !isTerm(word!) || stops.has(word!))).toEqual([]);
  expect(rows.length).toBe(60_000);
  expect(new Set(rows.map(([word]) => word)).size).toBe(60_000);
  const counts = rows.map(([, count]) => Number(count));
  expect(counts.reduce((a, b) => a + b)).toBeLessThanOrEqual(1e8 + rows.length);
  expect(counts.every((count, i) => count >= 1 && (i === 0 || count <= counts[i - 1]!))).toBe(true);
});

const shared = new URL("../../../../shared/data/labelled/smp2020_ewect/data.jsonl.gz", import.meta.url);
it.skipIf(!existsSync(shared))("SMP2020 usual dev: accuracy at least 0.78 (needs ../shared)", () => {
  interface Row { text: string; label3: string | null; label: string; domain: string; split: string }
  const rows = gunzipSync(readFileSync(shared)).toString("utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as Row).filter((row) => row.domain === "usual" && row.split === "dev");
  const resources = loadResources([]);
  const truth: Record<string, string> = { happy: "positive", neutral: "neutral", surprise: "neutral" };
  const right = rows.filter((row) => scoreText(row.text, resources).polarity === (truth[row.label] ?? "negative")).length;
  expect(rows.length).toBe(2000);
  expect(right / rows.length).toBeGreaterThan(0.78);
});
