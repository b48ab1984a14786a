import { phases } from "../../analyzers/event/phases.ts";
import { peakOf, phaseNames, phasesOf, wavesOf, withoutLatent, type PhaseName } from "../../analyzers/lifecycle.ts";
import { mulberry32, quantile } from "../../analyzers/statistics.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { syntheticEvent, volumeRows } from "./synthetic-event.ts";

const hourMs = 3_600_000;

/** Runs the analyzer over the events of the seeds [from, to) and compares with the planted rate, hour by hour. The truth is the same definition applied to that rate. */
export function measure(from: number, to: number, draws: number) {
  const confusion = phaseNames.map(() => phaseNames.map(() => 0));
  const [accuracies, small, peakErrors, beginErrors]: number[][] = [[], [], [], []];
  let [covered, intervals, spurious, missed, flat] = [0, 0, 0, 0, 0];
  for (let seed = from; seed < to; seed++) {
    const { rates, counts, firstHour } = syntheticEvent(seed);
    const none = rates.map(() => false);
    const truth = withoutLatent(phasesOf(rates, none), counts);
    const { data } = phases.analyze({ volume: volumeRows(counts, firstHour, mulberry32(seed)) }, phases.options.parse({ draws }), { event: eventSchema.parse({}), utcOffsetMs: 0, findings: new Map() });
    if (data.shape !== "phases") flat++;
    const hour = (ms: number) => ms / hourMs - firstHour;
    const found = data.phases.map(({ name, from_ms, to_ms }) => ({ name, from: hour(from_ms), to: hour(to_ms) }));
    const right = rates.filter((_, i) => {
      const [planted, told] = [at(truth, i), at(found, i + 0.5)];
      if (told) confusion[phaseNames.indexOf(planted!)]![phaseNames.indexOf(told)]!++;
      return planted === told;
    }).length;
    accuracies!.push(right / rates.length);
    if (counts.reduce((sum, posts) => sum + posts, 0) < 1000) small!.push(right / rates.length);
    const main = data.waves.find((wave) => wave.main);
    if (main) peakErrors!.push(Math.abs(hour(main.peak_ms) - peakOf(rates, none)));
    for (const { name, from_ms, margin_ms } of data.phases.slice(1)) {
      const planted = truth.find((span) => span.name === name);
      if (!planted || planted.from === 0) continue;
      const error = Math.abs(hour(from_ms) - planted.from);
      beginErrors!.push(error);
      if (margin_ms === null) continue;
      intervals++;
      if (error <= margin_ms / hourMs) covered++;
    }
    const planted = wavesOf({ rates, missing: none, deviation: rates.map(() => 0) }, 6).length;
    if (data.waves.length > planted) spurious++;
    if (data.waves.length < planted) missed++;
  }
  const f1 = phaseNames.map((_, i) => (2 * confusion[i]![i]!) / (sum(confusion[i]!) + sum(confusion.map((row) => row[i]!))));
  return {
    events: to - from,
    frameAccuracy: mean(accuracies!),
    frameAccuracyBelow1000Posts: small!.length > 0 ? mean(small!) : null,
    macroF1: mean(f1),
    f1: Object.fromEntries(phaseNames.map((name, i) => [name, f1[i]!])),
    medianPeakErrorHours: median(peakErrors!),
    medianBeginErrorHours: median(beginErrors!),
    meanBeginErrorHours: mean(beginErrors!),
    intervalCoverage: intervals > 0 ? covered / intervals : null,
    intervals,
    eventsWithSpuriousWave: spurious,
    eventsWithMissedWave: missed,
    eventsCalledFlat: flat,
  };
}

function at(spans: readonly { name: PhaseName; from: number; to: number }[], hour: number): PhaseName | undefined {
  return spans.find(({ from, to }) => hour >= from && hour < to)?.name ?? (hour < (spans[0]?.from ?? 0) ? spans[0]?.name : spans.at(-1)?.name);
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const median = (values: readonly number[]): number => quantile([...values].sort((a, b) => a - b), 0.5);
