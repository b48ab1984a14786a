import { describe, expect, it } from "vitest";
import { expectedPosts, fitDecay, growthOf, horizons, learntDecays, outlook, priorAt } from "../../analyzers/forecast.ts";
import { measureEvents } from "./forecast-events.ts";

const even = (hours: number) => Array<number>(hours).fill(1);
const decaying = (exponent: number, hours: number) => Array.from({ length: hours }, (_, hour) => 1e5 * (hour + 1) ** -exponent);

describe("fitDecay", () => {
  it("goes more than half of the way from the prior to a planted power law when the posts are many", () => {
    const decay = fitDecay({ counts: decaying(1.2, 24), exposure: even(24) }, { mean: 2, deviation: 0.3 })!;
    expect(decay.exponent).toBeGreaterThan(1.2);
    expect(decay.exponent).toBeLessThan(1.6);
    // Σ 100000·t^−1.2 over t = 25 … 48.
    const truth = Array.from({ length: 24 }, (_, i) => 1e5 * (25 + i) ** -1.2).reduce((sum, value) => sum + value, 0);
    expect(expectedPosts(decay, 24, even(24)) / truth).toBeCloseTo(0.9, 1);
  });
  it("keeps to the prior when the posts are few, and takes the usual activity out", () => {
    expect(fitDecay({ counts: [2, 1, 1, 0, 1, 1], exposure: even(6) }, { mean: 1.5, deviation: 0.1 })!.exponent).toBeCloseTo(1.5, 1);
    const night = Array.from({ length: 24 }, (_, hour) => (hour % 24 < 8 ? 0.1 : 1.5));
    const decay = fitDecay({ counts: decaying(1.5, 24).map((rate, hour) => rate * night[hour]!), exposure: night }, { mean: 2, deviation: 0.3 })!;
    expect(decay.exponent).toBeLessThan(1.65);
    // The same posts without that clock.
    expect(decay.exponent).toBeCloseTo(fitDecay({ counts: decaying(1.5, 24), exposure: even(24) }, { mean: 2, deviation: 0.3 })!.exponent, 1);
  });
  it("stretches time by the scale", () => {
    const slow = Array.from({ length: 24 }, (_, hour) => 1e5 * (hour / 8 + 1) ** -2);
    expect(fitDecay({ counts: slow, exposure: even(24) }, { mean: 2, deviation: 0.3 }, 8)!.exponent).toBeCloseTo(2, 5);
  });
  it("declines without a post in the latest hours", () => {
    expect(fitDecay({ counts: [50, 60, 9, 0, 0, 0], exposure: even(6) }, { mean: 1.5, deviation: 0.1 })).toBeNull();
  });
});

describe("outlook", () => {
  const errors = [{ age: 6, horizon: 24, n: 40, quantiles: [-1, 0, 1] as [number, number, number] }, { age: 24, horizon: 24, n: 30, quantiles: [-0.5, 0, 0.5] as [number, number, number] }];
  it("multiplies by the quantiles and interpolates in the log of age", () => {
    // ln 12 lies half way between ln 6 and ln 24: quantiles ±0.75; (90 + 10)·e^0.75 − 10.
    expect(outlook(errors, 12, 24, 90)).toEqual({ horizon: 24, low: expect.closeTo(100 * Math.exp(-0.75) - 10, 9) as number, middle: expect.closeTo(90, 9) as number, high: expect.closeTo(100 * Math.exp(0.75) - 10, 9) as number, n: 30 });
  });
  it("is never below 0 and takes the nearest age outside the table", () => {
    expect(outlook(errors, 2, 24, 0)).toMatchObject({ low: 0, middle: 0, high: expect.closeTo(10 * Math.E - 10, 9) as number });
    expect(outlook(errors, 500, 24, 0).high).toBeCloseTo(10 * Math.exp(0.5) - 10, 9);
  });
  it("ships errors for every horizon at every age, in order", () => {
    const { priors, errors } = learntDecays();
    for (const { age } of priors) {
      for (const horizon of horizons) {
        const [row, ...more] = errors.filter((one) => one.age === age && one.horizon === horizon);
        expect(more).toEqual([]);
        expect([...row!.quantiles].sort((a, b) => a - b)).toEqual(row!.quantiles);
        expect(row!.n).toBeGreaterThan(500);
      }
    }
    expect(priorAt(priors, 3)).toEqual(priorAt(priors, 6));
  });
});

it("measures growth with an interval that holds the planted factor, and none of six posts", () => {
  const growth = growthOf({ counts: [100, 122, 142, 175, 205, 250], exposure: even(6) })!;
  expect(growth.factor).toBeCloseTo(1.2, 2);
  expect(growth.low).toBeGreaterThan(1.1);
  expect(growth.high).toBeLessThan(1.3);
  expect(growthOf({ counts: [1, 1, 1, 1, 1, 1], exposure: even(6) })).toBeNull();
  // Night: the counts fall with the usual activity, the rate does not.
  expect(growthOf({ counts: [200, 160, 120, 80, 40, 20], exposure: [2, 1.6, 1.2, 0.8, 0.4, 0.2] })!.factor).toBeCloseTo(1, 6);
});

it("forecasts cut synthetic events whose decay is another", () => {
  const { forecasts, male, covered } = measureEvents(3000, 3030);
  expect(forecasts).toBeGreaterThan(20);
  expect(male).toBeLessThan(0.5);
  expect(covered).toBeGreaterThan(0.75);
});
