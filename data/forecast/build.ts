import { writeFileSync } from "node:fs";
import { horizons, type ExponentPrior, type Learnt } from "../../analyzers/forecast.ts";
import { quantile } from "../../analyzers/statistics.ts";
import { errorsAt, halves, male } from "./cascades.ts";

/** npx tsx data/forecast/build.ts CASCADES: learns decay.json from the first half of cascades_hourly.jsonl.gz. See README.md here. */
const [file = new URL("../../../shared/data/cascades-derived/cascades_hourly.jsonl.gz", import.meta.url).pathname] = process.argv.slice(2);
const ages = [6, 12, 24, 48, 96] as const;
const [cascades] = halves(file);

/** Mean absolute log error over the next 24 hours, each source counting the same. */
function loss(age: number, prior: Pick<ExponentPrior, "mean" | "deviation">): number {
  return (maleOf("checked") + maleOf("ced")) / 2;
  function maleOf(source: "checked" | "ced"): number {
    return male(errorsAt(cascades.filter((cascade) => cascade.source === source), age, 24, prior));
  }
}

/** The widest prior that loses no more than 1 % against the best one: the data of an event shall have a say where it may. */
const priors = ages.map((age): ExponentPrior => {
  const means = Array.from({ length: 14 }, (_, i) => 0.75 + 0.25 * i);
  const candidates = [0.3, 0.1].map((deviation) => means.map((mean) => ({ age, mean, deviation })).map((prior) => ({ prior, loss: loss(age, prior) })).reduce((best, one) => (one.loss < best.loss ? one : best)));
  const least = Math.min(...candidates.map((one) => one.loss));
  return candidates.find((one) => one.loss <= 1.01 * least)!.prior;
});
const errors = priors.flatMap((prior) => horizons.map((horizon): Learnt["errors"][number] => {
  const sorted = errorsAt(cascades, prior.age, horizon, prior).sort((a, b) => a - b);
  const at = (p: number): number => Math.round(1e4 * quantile(sorted, p)) / 1e4;
  return { age: prior.age, horizon, n: sorted.length, quantiles: [at(0.1), at(0.5), at(0.9)] };
}));
const lines = (rows: readonly object[]): string => rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
writeFileSync(new URL("decay.json", import.meta.url), `{\n  "priors": [\n${lines(priors)}\n  ],\n  "errors": [\n${lines(errors)}\n  ]\n}\n`);
