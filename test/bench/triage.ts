/**
 * Figures of the triage on data that nobody here wrote: npx tsx test/bench/triage.ts [MODEL] (needs ../shared/data).
 * COLD test: macro-F1 of the insult model at probability ½, precision and recall at the threshold of the cue; texts per second of the cues.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { offensive } from "../../analyzers/post/triage.ts";
import { loadInsultModel } from "../../analyzers/post/triage/insult.ts";
import { triageRules } from "../../analyzers/post/triage/rules.ts";
import { CueWords } from "../../analyzers/post/triage/words.ts";
import { root } from "../../pipeline/paths.ts";

interface Text {
  text: string;
  label: "offensive" | "safe";
  split: "train" | "dev" | "test";
  leak?: boolean;
}
const all = gunzipSync(readFileSync(`${root}/../shared/data/labelled/coldataset/data.jsonl.gz`)).toString("utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as Text);
const model = loadInsultModel(process.argv[2]);
report("COLD dev", all.filter(({ split }) => split === "dev"));
report("COLD test", all.filter(({ split }) => split === "test"));
report("COLD test without texts that leak", all.filter(({ split, leak }) => split === "test" && leak !== true));
speed("cue words", new CueWords(triageRules()), ({ text }, cues) => cues.find(text));
speed("insult model", model, ({ text }, insults) => insults.predict(text));

function report(name: string, texts: readonly Text[]): void {
  const scored = texts.map(({ text, label }) => ({ p: model.predict(text) ?? 0, truth: label === "offensive" }));
  const count = (least: number, found: boolean, truth: boolean) => scored.filter((one) => one.p >= least === found && one.truth === truth).length;
  const f1 = (side: boolean) => (2 * count(0.5, side, side)) / (2 * count(0.5, side, side) + count(0.5, side, !side) + count(0.5, !side, side));
  const [right, wrong, missed] = [count(offensive, true, true), count(offensive, true, false), count(offensive, false, true)];
  const accuracy = (count(0.5, true, true) + count(0.5, false, false)) / scored.length;
  console.log(`${name}: ${scored.length} texts, accuracy ${accuracy.toFixed(4)}, macro-F1 ${((f1(true) + f1(false)) / 2).toFixed(4)}; at ${offensive}: precision ${(right / (right + wrong)).toFixed(3)}, recall ${(right / (right + missed)).toFixed(3)}`);
}

function speed<T>(name: string, tool: T, use: (text: Text, tool: T) => unknown): void {
  const begin = process.hrtime.bigint();
  for (const text of all) use(text, tool);
  console.log(`${name}: ${Math.round(all.length / (Number(process.hrtime.bigint() - begin) / 1e9))} texts/s`);
}
