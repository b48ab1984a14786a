import { forecast } from "../../analyzers/event/forecast.ts";
import { phases } from "../../analyzers/event/phases.ts";
import type { Finding } from "../../analyzers/contract.ts";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { syntheticEvent, volumeRows } from "./synthetic-event.ts";

/** Cuts each synthetic event where its rate has fallen to between 40 % and 12 % of the peak, forecasts 24 hours and compares. Their decay is exponential and broad, not what the decay was learnt from. */
export function measureEvents(from: number, to: number) {
  const states = new Map<string, number>();
  const errors: number[] = [];
  let covered = 0;
  for (let seed = from; seed < to; seed++) {
    const { rates, counts, firstHour } = syntheticEvent(seed);
    const random = mulberry32(seed);
    const peak = rates.indexOf(Math.max(...rates));
    const share = 0.12 + 0.28 * random();
    const cut = rates.findIndex((rate, hour) => hour > peak && rate < share * rates[peak]!);
    const seen = volumeRows(counts.slice(0, cut), firstHour, random);
    const context = { event: eventSchema.parse({}), utcOffsetMs: 0, findings: new Map<string, Finding>() };
    context.findings.set("phases", phases.analyze({ volume: seen }, phases.options.parse({ draws: 0 }), context) as Finding);
    const { data } = forecast.analyze({ volume: seen }, forecast.options.parse({}), context);
    states.set(data.state, (states.get(data.state) ?? 0) + 1);
    const day = data.outlooks.find(({ horizon }) => horizon === 24);
    if (!day) continue;
    const actual = counts.slice(cut, cut + 24).reduce((sum, count) => sum + count, 0);
    errors.push(Math.log((actual + 10) / (day.middle + 10)));
    if (actual >= Math.floor(day.low) && actual <= Math.ceil(day.high)) covered++;
  }
  return { states: Object.fromEntries([...states].sort()), forecasts: errors.length, male: errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length, bias: errors.reduce((sum, error) => sum + error, 0) / errors.length, covered: covered / errors.length };
}
