import { describe, expect, it } from "vitest";
import { clocks } from "../../analyzers/exposure.ts";
import { phasesOf, wavesOf, withoutLatent } from "../../analyzers/lifecycle.ts";
import { timeSeries } from "../../analyzers/series.ts";
import { mulberry32, negativeBinomial } from "../../analyzers/statistics.ts";
import { fitTrend } from "../../analyzers/trend.ts";
import { measure } from "./phase-accuracy.ts";
import { syntheticEvent, volumeRows } from "./synthetic-event.ts";

const none = (rates: readonly number[]) => rates.map(() => false);
const told = (rates: number[], missing = none(rates)) => phasesOf(rates, missing).map(({ name, from, to }) => `${name} ${from}-${to}`);

describe("phasesOf", () => {
  it("parts at 5 %, 50 %, 50 % and 10 % of the highest rate", () => {
    expect(told([1, 2, 4, 10, 30, 60, 100, 60, 30, 12, 8, 5])).toEqual(["latent 0-3", "growth 3-5", "burst 5-8", "lasting 8-10", "fading 10-12"]);
  });
  it("keeps the burst together while the rate stays above 10 %, and a later wave in the lasting phase", () => {
    expect(told([10, 20, 60, 20, 100, 20, 55, 15, 11])).toEqual(["growth 0-2", "burst 2-7", "lasting 7-9"]);
    expect(told([10, 20, 100, 60, 5, 4, 3, 70, 40, 2, 1])).toEqual(["growth 0-2", "burst 2-4", "lasting 4-9", "fading 9-11"]);
  });
  it("puts a wave that had died down before into the latent phase", () => {
    expect(told([20, 60, 20, 2, 2, 20, 30, 100, 90, 1, 1])).toEqual(["latent 0-5", "growth 5-7", "burst 7-9", "fading 9-11"]);
  });
  it("gives a phase of one bin to its longer neighbour, but never the burst", () => {
    // One bin of growth between three latent and one of burst; one bin of lasting before four of fading.
    expect(told([1, 1, 1, 20, 100, 20, 5, 5, 5, 5])).toEqual(["latent 0-4", "burst 4-5", "fading 5-10"]);
  });
  it("has one phase when the rate never halves", () => {
    expect(told([60, 80, 100, 70])).toEqual(["burst 0-4"]);
    expect(told([7])).toEqual(["burst 0-1"]);
  });
  it("does not put the peak into a bin without collection", () => {
    expect(told([10, 20, 200, 100, 20, 15, 4, 4], [false, false, true, false, false, false, false, false])).toEqual(["growth 0-2", "burst 2-4", "lasting 4-6", "fading 6-8"]);
  });
  it("joins a latent phase of under 10 posts or 1 %", () => {
    const spans = [{ name: "latent", from: 0, to: 2 }, { name: "growth", from: 2, to: 4 }, { name: "burst", from: 4, to: 6 }] as const;
    expect(withoutLatent(spans, [4, 5, 20, 20, 50, 50]).map(({ name, from }) => [name, from])).toEqual([["growth", 0], ["burst", 4]]);
    expect(withoutLatent(spans, [5, 5, 20, 20, 50, 50]).map(({ name }) => name)).toEqual(["latent", "growth", "burst"]);
    expect(withoutLatent(spans, [5, 6, 300, 300, 500, 500]).map(({ name }) => name)).toEqual(["growth", "burst"]);
  });
});

describe("wavesOf", () => {
  const waves = (rates: number[], apart = 1, deviation = 0) => wavesOf({ rates, missing: none(rates), deviation: rates.map(() => deviation) }, apart);
  it("gives peaks with a prominence of 20 % and their windows", () => {
    // 50 rises 40 above the 10 between it and 100: kept. 30 rises 15 above 15: below 20, dropped.
    expect(waves([5, 100, 10, 50, 15, 30, 2])).toEqual([{ peak: 1, from: 1, to: 2 }, { peak: 3, from: 2, to: 6 }]);
  });
  it("needs distance, and a rise beyond the deviations", () => {
    expect(waves([5, 100, 10, 50, 15], 6).map(({ peak }) => peak)).toEqual([1]);
    // The base of 50 is 15: log(50/15) = 1.20; 2·√(0.5² + 0.5²) = 1.41, 2·√(0.4² + 0.4²) = 1.13.
    expect(waves([5, 100, 10, 50, 15], 1, 0.5).map(({ peak }) => peak)).toEqual([1]);
    expect(waves([5, 100, 10, 50, 15], 1, 0.4).map(({ peak }) => peak)).toEqual([1, 3]);
  });
  it("counts a peak at the edge as the main wave", () => {
    expect(waves([100, 50, 20, 10]).map(({ peak }) => peak)).toEqual([0]);
  });
});

describe("on synthetic events", () => {
  it("finds the planted phases (60 events; test/bench/phases.ts runs 400)", () => {
    const { frameAccuracy, macroF1, medianPeakErrorHours, intervalCoverage } = measure(0, 60, 25);
    expect(frameAccuracy).toBeGreaterThan(0.87);
    expect(macroF1).toBeGreaterThan(0.85);
    expect(medianPeakErrorHours).toBeLessThanOrEqual(2);
    expect(intervalCoverage!).toBeGreaterThan(0.83);
    expect(intervalCoverage!).toBeLessThan(0.97);
  });

  it("finds no phases and no wave under a constant rate in at least 95 %, with and without a daily rhythm", () => {
    let [flat, all] = [0, 0];
    for (const clock of ["even", "weibo-2020"] as const) {
      for (const [rate, days] of [[3, 3], [30, 3], [3, 12], [20, 30]] as const) {
        for (let seed = 0; seed < 12; seed++) {
          const random = mulberry32(1000 * rate + 10 * days + seed);
          const counts = Array.from({ length: 24 * days }, (_, hour) => negativeBinomial(random, rate * clocks[clock][hour % 24]!, Infinity));
          const trend = fitTrend(timeSeries(volumeRows(counts, 24 * 18_000, random))!, "weibo-2020")!;
          all++;
          if (trend.flat || phasesOf(trend.rates, trend.missing).length === 1) flat++;
        }
      }
    }
    expect(flat / all).toBeGreaterThanOrEqual(0.95);
  });

  const spansOf = (counts: readonly number[], firstHour: number) => {
    const series = timeSeries(volumeRows(counts, firstHour, mulberry32(9)))!;
    const trend = fitTrend(series, "weibo-2020")!;
    return phasesOf(trend.rates, trend.missing).map(({ name, from }) => ({ name, hour: (series.start + from * series.width) / 6 - firstHour }));
  };

  it("is the same a day later", () => {
    for (const seed of [3, 4, 5]) {
      const { counts, firstHour } = syntheticEvent(seed);
      expect(spansOf(counts, firstHour + 24)).toEqual(spansOf(counts, firstHour));
    }
  });

  it("moves its begins by less than a tenth of the span when nine posts of ten are dropped", () => {
    const random = mulberry32(2);
    const shifts: number[] = [];
    for (let seed = 0; seed < 30; seed++) {
      const { counts, firstHour } = syntheticEvent(seed);
      if (counts.reduce((sum, posts) => sum + posts, 0) < 5000) continue;
      const thin = counts.map((count) => Array.from({ length: count }, () => random()).filter((u) => u < 0.1).length);
      const full = spansOf(counts, firstHour).slice(1);
      for (const { name, hour } of spansOf(thin, firstHour)) for (const other of full) if (other.name === name) shifts.push(Math.abs(hour - other.hour) / counts.length);
    }
    shifts.sort((a, b) => a - b);
    expect(shifts.length).toBeGreaterThan(20);
    expect(shifts[Math.floor(shifts.length / 2)]!).toBeLessThan(0.02);
    expect(shifts.filter((shift) => shift < 0.1).length / shifts.length).toBeGreaterThan(0.9);
  });

  it("keeps its phases when a busy morning was not collected", () => {
    const { counts, firstHour } = syntheticEvent(1);
    const whole = spansOf(counts, firstHour);
    const peak = counts.indexOf(Math.max(...counts));
    const holed = counts.map((count, i) => (i >= peak + 6 && i < peak + 10 ? 0 : count));
    const series = timeSeries(volumeRows(holed, firstHour, mulberry32(9)))!;
    expect(fitTrend(series, "weibo-2020")!.missing.filter(Boolean).length).toBeGreaterThan(0);
    expect(spansOf(holed, firstHour).map(({ name }) => name)).toEqual(whole.map(({ name }) => name));
  });
});
