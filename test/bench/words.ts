import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { normalize } from "../../analyzers/post/normalize.ts";
import { loadLexicon } from "../../analyzers/post/resources.ts";
import { dictionaryWords } from "../../analyzers/post/segment.ts";
import { generateDemo } from "../../data/samples/generate.ts";
import { shuffle } from "../../data/samples/random.ts";
import { eventSchema, readYaml, runSchema } from "../../pipeline/config.ts";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { inputOf } from "../../pipeline/import/open/inputs.ts";
import { splitChain } from "../../pipeline/import/posts/reposts.ts";
import { ingest } from "../../pipeline/ingest.ts";
import { silent } from "../../pipeline/progress.ts";
import { candidates, reviewThresholds, thresholds, type Candidate } from "../../pipeline/words/candidates.ts";
import { CorpusBuilder, type Corpus } from "../../pipeline/words/corpus.ts";
import { withEdges } from "../../pipeline/words/edges.ts";
import { discover } from "../../pipeline/words/discover.ts";
import { loadKnown, newWords } from "../../pipeline/words/new-words.ts";
import { distinctTexts, makeDistinctTexts } from "../../pipeline/words/texts.ts";

/**
 * node --import tsx test/bench/words.ts: new words. The names of the demo, taken out of its event file: how often discovery alone keeps them whole; characters shuffled: words found where
 * there are none. With ../shared and zstd, on covid-2020: share of the best candidates in a lexicon (jieba + THUOCL), also in small parts of it; recall of 500 words deleted
 * from the dictionary; CPU seconds beside those of parsing and segmenting the same texts. Two minutes of CPU.
 */
const shared = new URL("../../../shared/data/", import.meta.url).pathname;

interface Text {
  key: string;
  own: string;
}

function corpusOf(texts: readonly Text[]): Corpus {
  const builder = new CorpusBuilder();
  for (const { key, own } of texts) builder.add(key, own);
  return builder.finish(thresholds.leastCount);
}

function timed<T>(name: string, work: () => T): T {
  const before = process.cpuUsage();
  const made = work();
  console.log(`${name}\t${(process.cpuUsage(before).user / 1e6).toFixed(1)} s CPU`);
  return made;
}

const share = (part: number, whole: number): string => (whole === 0 ? "–" : (part / whole).toFixed(3));

/** Organisations, persons and places of the demo; the longer first. */
const names = ["岚栈科技", "栩汀文旅", "岚栈", "栩汀", "澜江", "栖浦", "林某", "周某"];

async function demo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-words-"));
  const database = await Database.open({ memory: "600MB" });
  try {
    const { csvPath, eventPath } = generateDemo(folder);
    const event = readYaml(eventPath, eventSchema);
    await ingest(database, { inputs: [inputOf(csvPath)], event, config: runSchema.parse({}), key: new Uint8Array(32), onReject: () => {}, progress: silent });
    await makeDistinctTexts(database, event);
    const found = (await discover(database, [])).words.map(({ word }) => word);
    const texts: Text[] = [];
    for await (const batch of distinctTexts(database, { inside: true })) texts.push(...batch.map(({ text_key, text }) => ({ key: text_key, own: text })));
    console.log(`demo: ${texts.length} texts, ${found.length} new words: ${found.join(" ")}`);
    for (const [label, words] of [["without discovery", []], ["discovered words", found]] as const) whole(label, words, texts);
    console.log(`demo, characters shuffled\t${passing(corpusOf(shuffled(texts))).length} candidates`);
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

/** How the segmenter takes the names: as a word; inside a longer word (澜江警方); cut. */
function whole(label: string, words: readonly string[], texts: readonly Text[]): void {
  const { segmenter } = loadLexicon(words);
  const counts = new Map(names.map((name) => [name, { all: 0, word: 0, inside: 0 }]));
  for (const { own } of texts) {
    const { clean } = normalize(own, () => true);
    const endOf = new Map<number, number>();
    let at = 0;
    for (const word of segmenter.cut(clean)) endOf.set(at, (at += word.length));
    for (let i = 0; i < clean.length; i++) {
      const name = names.find((one) => clean.startsWith(one, i));
      if (name === undefined) continue;
      const count = counts.get(name)!;
      let from = i;
      while (!endOf.has(from)) from--;
      count.all++;
      if (from === i && endOf.get(i) === i + name.length) count.word++;
      else if (endOf.get(from)! >= i + name.length) count.inside++;
      i += name.length - 1;
    }
  }
  const sum = (key: "all" | "word" | "inside") => [...counts.values()].reduce((total, count) => total + count[key], 0);
  console.log(`${label}: names as a word ${share(sum("word"), sum("all"))}, as a word or inside one ${share(sum("word") + sum("inside"), sum("all"))}\t${[...counts].map(([name, { all, word, inside }]) => `${name} ${share(word, all)}+${share(inside, all)}`).join(" ")}`);
}

/** Those that pass the thresholds. */
const passing = (corpus: Corpus): Candidate[] => candidates(corpus).filter(({ free }) => free);

/** Texts of the same lengths of the same characters. */
function shuffled(texts: readonly Text[]): Text[] {
  const characters = shuffle(mulberry32(1), texts.flatMap(({ own }) => [...own.replace(/[^\u4e00-\u9fff]/g, "")]));
  let at = 0;
  return texts.map(({ key, own }) => ({ key, own: characters.slice(at, (at += own.length)).join("") }));
}

async function covid(): Promise<void> {
  const lines = spawnSync("zstd", ["-dc", `${shared}events/covid-2020/posts.jsonl.zst`], { maxBuffer: 2 ** 30 }).stdout.toString("utf8").trimEnd().split("\n");
  const posts = timed(`parse ${lines.length} lines`, () => lines.map((line) => (JSON.parse(line) as { text: string }).text));
  const distinct = new Map<string, Text>();
  for (const text of posts) {
    const { own } = splitChain(text);
    if (own !== null) distinct.set(own, { key: hash("md5", own).slice(0, 16), own });
  }
  const texts = [...distinct.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const { segmenter } = loadLexicon([]);
  const part = texts.slice(0, 50_000);
  timed(`segment ${part.length} of ${texts.length} distinct texts`, () => part.forEach(({ own }) => segmenter.cut(own)));
  const corpus = timed("gather symbols", () => corpusOf(texts));
  const all = timed(`count ${corpus.size} symbols`, () => candidates(corpus));
  const found = all.filter(({ free }) => free);

  const dictionary = dictionaryWords();
  const lexicon = new Set(dictionary);
  for (const name of readdirSync(`${shared}lexicons/thuocl`)) for (const line of readFileSync(`${shared}lexicons/thuocl/${name}`, "utf8").split("\n")) lexicon.add(line.split("\t")[0]!);
  const precision = (list: readonly Candidate[]): string => share(list.filter(({ word }) => lexicon.has(word)).length, list.length);
  console.log(`candidates ${found.length}; in the lexicon: ${[200, 1000, 3000, 10_000].map((k) => `P@${k} ${precision(found.slice(0, k))}`).join(", ")}`);
  for (const size of [2000, 6000, 20_000]) {
    const some = passing(corpusOf(texts.slice(0, size)));
    console.log(`of ${size} texts: ${some.length} candidates, in the lexicon ${precision(some)}, of the first 300 ${precision(some.slice(0, 300))}`);
  }
  console.log(`5,000 texts, characters shuffled\t${passing(corpusOf(shuffled(texts.slice(0, 5000)))).length} candidates`);

  const counts = new Map(readFileSync(`${shared}frequencies/weibo_covid2020_word_freq.tsv`, "utf8").split("\n").map((line) => line.split("\t")).map(([word, count]) => [word!, Number(count)]));
  const pool = shuffle(mulberry32(1), [...dictionary].filter((word) => /^[\u4e00-\u9fff]{2,5}$/.test(word) && (counts.get(word) ?? 0) >= 200).sort());
  const deleted = new Set(pool.slice(0, 500));
  const known = loadKnown([]);
  const without = { ...known, has: (word: string) => !deleted.has(word) && known.has(word), cut: cutWithout(deleted) };
  const listed = timed("weigh the candidates", () => new Set(withEdges(newWords(all, without, corpus.size), corpus, without.cut).map(({ word }) => word)));
  const used = new Set(found.map(({ word }) => word));
  const toReview = candidates(corpus, reviewThresholds);
  const reviewed = new Set(toReview.filter(({ free }) => free).map(({ word }) => word));
  const reviewList = new Set(withEdges(newWords(toReview, without, corpus.size), corpus, without.cut).map(({ word }) => word));
  const recall = (words: readonly string[], set: ReadonlySet<string>): string => share(words.filter((word) => set.has(word)).length, words.length);
  for (const [label, words] of [["all", [...deleted]], ...[2, 3, 4].map((n) => [`${n} characters`, [...deleted].filter((word) => word.length === n)] as const)] as [string, string[]][]) {
    console.log(`deleted words, ${label} (${words.length}): pass the thresholds to be reviewed ${recall(words, reviewed)}, to be used ${recall(words, used)}; listed for review ${recall(words, reviewList)}, used ${recall(words, listed)}`);
  }
}

/** Cuts by jieba's dictionary without these words. */
function cutWithout(deleted: ReadonlySet<string>): (text: string) => string[] {
  const lines = new TextDecoder().decode(dict).split("\n");
  const jieba = Jieba.withDict(Buffer.from(lines.filter((line) => !deleted.has(line.slice(0, line.indexOf(" ")))).join("\n")));
  return (text) => jieba.cut(text, true);
}

await demo();
if (existsSync(shared)) await covid();
else console.log(`${shared} is absent: nothing measured on real posts`);
