/**
 * Scores the labelled sets with the shipped lexicon and prints accuracy, macro-F1 and the error of the shares.
 * Run: npx tsx data/lexicons/build/evaluate.ts dev|test
 */
import { read } from "../../../analyzers/post/doc.ts";
import { loadResources } from "../../../analyzers/post/index.ts";
import { evidence, mood, total } from "../../../analyzers/post/sentiment.ts";
import { emotions, polarities } from "../../../pipeline/schema.ts";
import { readCorpora, type Example } from "./corpora.ts";

const split = process.argv[2] === "test" ? "test" : "dev";
const resources = loadResources([]);
const print = (line: string): void => void process.stdout.write(line + "\n");

const groups = new Map<string, Example[]>();
for (const example of readCorpora()) {
  if (example.split !== split) continue;
  for (const key of [example.corpus, ...(split === "test" && !example.leak ? [`${example.corpus} clean`] : [])]) {
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key)!.push(example);
  }
}
print("set\ttexts\taccuracy\tmacro-F1\tshare error\temotion accuracy\temotion macro-F1");
for (const [name, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const scores = group.map(({ text }) => {
    const doc = read(text, resources);
    return mood(total(doc.sentences.map((sentence) => (sentence.tag ? null : evidence(doc, sentence)))), resources.intercept);
  });
  const polarity = measure(polarityPairs(group, scores));
  const moods = group.flatMap(({ emotion }, i): [string, string][] => (emotion === null ? [] : [[emotion, scores[i]!.emotion]]));
  const found = moods.length > 0 ? measure(moods, emotions) : null;
  print([name, group.length, polarity.accuracy, polarity.f1, polarity.shares, found?.accuracy ?? "", found?.f1 ?? ""].join("\t"));
}

/** [true, predicted]. Sets of two classes: positive reviews against negative ones by the sign of the score; "mild" against negative by the polarity. */
function polarityPairs(group: Example[], scores: { polarity: string; micro: number }[]): [string, string][] {
  return group.map(({ label, emotion }, i) => {
    const { polarity, micro } = scores[i]!;
    if (emotion !== null) return [label!, polarity];
    if (label === "positive" || group.some((example) => example.label === "positive")) return [label!, micro > 0 ? "positive" : "negative"];
    return [label!, polarity === "negative" ? "negative" : "mild"];
  });
}

function measure(pairs: [string, string][], classes: readonly string[] = polarities) {
  const present = [...new Set([...classes, "mild"])].filter((name) => pairs.some(([truth]) => truth === name));
  const count = (test: (pair: [string, string]) => boolean): number => pairs.filter(test).length;
  const f1 = present.map((name) => (2 * count(([truth, found]) => truth === name && found === name)) / (count(([truth]) => truth === name) + count(([, found]) => found === name)));
  return {
    accuracy: (count(([truth, found]) => truth === found) / pairs.length).toFixed(3),
    f1: (f1.reduce((a, b) => a + b, 0) / f1.length).toFixed(3),
    shares: present.map((name) => `${name} ${(((count(([, found]) => found === name) - count(([truth]) => truth === name)) / pairs.length) * 100).toFixed(1)}`).join(" "),
  };
}
