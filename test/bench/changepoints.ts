import { existsSync, readFileSync } from "node:fs";
import { turningPoints } from "../../analyzers/changepoints.ts";

/**
 * npx tsx test/bench/changepoints.ts [FOLDER] [MOST]: cover and F1 (margin 5) over the 30 univariate TCPD series without missing values, by the published metrics
 * (van den Burg & Williams 2020). MOST: segments allowed, 4 by default, a value tuned on this very set.
 */
const [folder = new URL("../../../shared/data/changepoints", import.meta.url).pathname, most = "4"] = process.argv.slice(2);
type Annotations = Record<string, Record<string, number[]>>;
const annotations = JSON.parse(readFileSync(`${folder}/annotations.json`, "utf8")) as Annotations;
const series = Object.keys(annotations).sort().flatMap((name) => {
  const file = `${folder}/datasets/${name}/${name}.json`;
  if (!existsSync(file)) return [];
  const { series } = JSON.parse(readFileSync(file, "utf8")) as { series: { raw: (number | null)[] }[] };
  const raw = series[0]!.raw;
  return series.length === 1 && raw.every((value) => value !== null && Number.isFinite(value)) ? [{ name, values: raw as number[] }] : [];
});

/** Precision against all annotators together, recall averaged over them; index 0 belongs to every set; each detection is used once. */
function f1(truths: readonly (readonly number[])[], found: readonly number[]): number {
  const detected = [...new Set([0, ...found])].sort((a, b) => a - b);
  const sets = truths.map((truth) => [...new Set([0, ...truth])].sort((a, b) => a - b));
  const union = [...new Set(sets.flat())].sort((a, b) => a - b);
  const precision = hits(union, detected) / detected.length;
  const recall = sets.reduce((sum, truth) => sum + hits(truth, detected) / truth.length, 0) / sets.length;
  return (2 * precision * recall) / (precision + recall);
}

function hits(truth: readonly number[], detected: readonly number[]): number {
  const left = new Set(detected);
  let hit = 0;
  for (const at of truth) {
    const near = [...left].filter((one) => Math.abs(one - at) <= 5).sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0];
    if (near === undefined) continue;
    left.delete(near);
    hit++;
  }
  return hit;
}

/** Mean over annotators of Σ |A|/n · greatest Jaccard overlap of A with a found segment. */
function cover(truths: readonly (readonly number[])[], found: readonly number[], n: number): number {
  const segments = (cuts: readonly number[]) => [0, ...cuts].map((from, i): [number, number] => [from, cuts[i] ?? n]).filter(([from, to]) => from < to);
  const jaccard = ([a, b]: [number, number], [c, d]: [number, number]): number => Math.max(0, Math.min(b, d) - Math.max(a, c)) / (Math.max(b, d) - Math.min(a, c));
  const one = (truth: readonly number[]): number => segments(truth).reduce((sum, span) => sum + ((span[1] - span[0]) / n) * Math.max(...segments(found).map((other) => jaccard(span, other))), 0);
  return truths.reduce((sum, truth) => sum + one(truth), 0) / truths.length;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const score = (find: (values: readonly number[]) => number[]) => {
  const rows = series.map(({ name, values }) => {
    const truths = Object.values(annotations[name]!);
    const found = find(values);
    return { cover: cover(truths, found, values.length), f1: f1(truths, found) };
  });
  return { cover: mean(rows.map((row) => row.cover)), f1: mean(rows.map((row) => row.f1)) };
};
console.log(JSON.stringify({ series: series.length, none: score(() => []), turningPoints: score((values) => turningPoints(values, Number(most))) }, null, 2));
