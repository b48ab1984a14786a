/**
 * Writes background.tsv.gz, the general word frequencies behind hot words, from ../shared/data (see README.md).
 * Run: npx tsx data/frequencies/build.ts    (1 minute of one core; same bytes every time)
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { Decompress } from "fzstd";
import { loadResources } from "../../analyzers/post/index.ts";
import { read } from "../../analyzers/post/doc.ts";
import { isTerm, terms } from "../../analyzers/post/terms.ts";
import { dataPath, root } from "../../pipeline/paths.ts";

const size = 60_000;
const total = 1e8;
/**
 * A word's largest share counts at most three times its second largest, or three tenths when it is in one corpus only:
 * the theme of one corpus (COVID in 2020) must not pass for general language.
 */
const held = (largest: number, second: number): number => Math.min(largest, 3 * Math.max(second, largest / 10));

const resources = loadResources([]);
const corpora = [countPosts("covid-2020/posts"), countPosts("cascades/reposts"), readCounts("hotsearch_2024_2025"), readCounts("tvnews_2022_2026")].map(toShares);
const mixed = new Map<string, number>();
for (const word of new Set(corpora.flatMap((corpus) => [...corpus.keys()]))) {
  const [largest, second, ...rest] = corpora.map((corpus) => corpus.get(word) ?? 0).sort((a, b) => b - a) as [number, number, number, number];
  mixed.set(word, held(largest, second) + second + rest[0] + rest[1]);
}
const sum = [...mixed.values()].reduce((a, b) => a + b, 0);
const rows = [...mixed]
  .map(([word, share]) => ({ word, count: Math.round((share / sum) * total) }))
  .filter(({ count }) => count > 0)
  .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
  .slice(0, size);
writeFileSync(dataPath("frequencies", "background.tsv.gz"), gzipSync(rows.map(({ word, count }) => `${word}\t${count}\n`).join(""), { level: 9 }));

/** Distinct texts that hold each term, counted as the pipeline counts: own words before the first //@, hashtags apart. Terms of one text only are left out. */
function countPosts(name: string): Map<string, number> {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  const count = (line: string): void => {
    const text = ((JSON.parse(line) as { text: string | null }).text ?? "").split("//@")[0]!;
    if (text === "" || seen.has(text)) return;
    seen.add(text);
    for (const term of terms(read(text, resources))) counts.set(term, (counts.get(term) ?? 0) + 1);
  };
  const decoder = new TextDecoder();
  let rest = "";
  const decompress = new Decompress((chunk) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    lines.forEach(count);
  });
  const file = readFileSync(`${root}/../shared/data/events/${name}.jsonl.zst`);
  const step = 1 << 16;
  for (let at = 0; at < file.length; at += step) decompress.push(file.subarray(at, at + step), at + step >= file.length);
  if (rest !== "") count(rest);
  return new Map([...counts].filter(([, texts]) => texts > 1));
}

/** The same from ready counts (columns word, count, docs). */
function readCounts(name: string): Map<string, number> {
  const lines = readFileSync(`${root}/../shared/data/frequencies/${name}_word_freq.tsv`, "utf8").split("\n").slice(2).filter((line) => line !== "");
  const counts = lines.map((line) => line.split("\t")).map(([word, , docs]) => [word!, Number(docs)] as const);
  return new Map(counts.filter(([word]) => isTerm(word) && resources.vocabulary.get(word)?.stop !== true));
}

/** Counts → shares of all term occurrences. */
function toShares(counts: Map<string, number>): Map<string, number> {
  const all = [...counts.values()].reduce((a, b) => a + b, 0);
  return new Map([...counts].map(([word, count]) => [word, count / all]));
}
