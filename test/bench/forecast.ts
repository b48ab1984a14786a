import { learntDecays, outlook, priorAt } from "../../analyzers/forecast.ts";
import { errorsAt, halves, male } from "../../data/forecast/cascades.ts";

/** npx tsx test/bench/forecast.ts [CASCADES]: error and 80 % coverage of the forecast on the half of the cascades that nothing was learnt from. Seconds. */
const [file = new URL("../../../shared/data/cascades-derived/cascades_hourly.jsonl.gz", import.meta.url).pathname] = process.argv.slice(2);
const [, held] = halves(file);
const { priors, errors: learnt } = learntDecays();
const rows = [6, 9, 24, 36, 72].flatMap((age) => (["checked", "ced"] as const).map((source) => {
  const errors = errorsAt(held.filter((cascade) => cascade.source === source), age, 24, priorAt(priors, age));
  // Far above the 10 posts that are added, the band is the errors themselves.
  const { n, ...band } = outlook(learnt, age, 24, 1e9);
  const [low, middle, high] = [band.low, band.middle, band.high].map((posts) => Math.log((posts + 10) / (1e9 + 10))) as [number, number, number];
  return { age, source, cascades: errors.length, male: male(errors), maleOfMiddle: male(errors.map((error) => error - middle)), covered: errors.filter((error) => error >= low && error <= high).length / errors.length, learntFrom: n };
}));
console.table(rows);
