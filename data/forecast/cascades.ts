import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { activityAt, clocks } from "../../analyzers/exposure.ts";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { expectedPosts, fewestPosts, fitDecay, type ExponentPrior, type Hourly } from "../../analyzers/forecast.ts";

/** Posts an hour after an original, 240 hours. */
export interface Cascade extends Hourly {
  source: "checked" | "ced";
}

/** The two halves of cascades_hourly.jsonl.gz: sorted by source and id, shuffled with seed 0 (Fisher–Yates), cut in the middle. The first one is learnt from, the second one only measured on. */
export function halves(file: string): [learn: Cascade[], held: Cascade[]] {
  const rows = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n").map((line) => JSON.parse(line) as { src: "checked" | "ced"; id: string; t0: string; hourly: number[] });
  rows.sort((a, b) => (a.src + a.id < b.src + b.id ? -1 : 1));
  const random = mulberry32(0);
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  const cascades = rows.map(({ src, t0, hourly }): Cascade => {
    const clock = clocks[src === "checked" ? "weibo-2020" : "weibo-2012"];
    const first = Number(t0.slice(11, 13)) + Number(t0.slice(14, 16)) / 60;
    return { source: src, counts: hourly, exposure: hourly.map((_, hour) => activityAt(clock, first + hour)) };
  });
  const half = Math.floor(cascades.length / 2);
  return [cascades.slice(0, half), cascades.slice(half)];
}

/** ln(actual + 10) − ln(expected + 10) of the cascades with enough posts by that age. */
export function errorsAt(cascades: readonly Cascade[], age: number, horizon: number, prior: Pick<ExponentPrior, "mean" | "deviation">): number[] {
  return cascades.flatMap(({ counts, exposure }) => {
    const seen = { counts: counts.slice(0, age), exposure: exposure.slice(0, age) };
    const decay = sum(seen.counts) < fewestPosts ? null : fitDecay(seen, prior);
    return decay === null ? [] : [Math.log((sum(counts.slice(age, age + horizon)) + 10) / (expectedPosts(decay, age, exposure.slice(age, age + horizon)) + 10))];
  });
}

/** Mean |ln((actual + 10)/(expected + 10))|. */
export function male(errors: readonly number[]): number {
  return sum(errors.map(Math.abs)) / errors.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
