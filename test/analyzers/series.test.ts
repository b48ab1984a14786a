import { expect, it } from "vitest";
import { clocks, ownRhythm, priorRhythm } from "../../analyzers/exposure.ts";
import { gapsOf } from "../../analyzers/gaps.ts";
import { binHours, binStart, rhythmOf, timeSeries, type Series } from "../../analyzers/series.ts";
import { volumeRow } from "./synthetic-event.ts";

const day = (no: number, posts: number) => ({ ...volumeRow(0, posts), day: no, slot: null });
const daily = (counts: number[], start = 20_150): Series => ({ unit: "day", width: 1, start, counts, untimed: 0, dayOnly: 0, strays: 0 });
const hourly = (counts: number[]): Series => ({ unit: "slot", width: 6, start: 144 * 20_150, counts, untimed: 0, dayOnly: 0, strays: 0 });

it("has no series without times, and counts the posts without", () => {
  expect(timeSeries([])).toBeNull();
  expect(timeSeries([{ ...volumeRow(0, 5), day: null, slot: null }])).toBeNull();
  expect(timeSeries([{ ...volumeRow(0, 5), day: null, slot: null }, volumeRow(10, 4)])!.untimed).toBe(5);
});

it("counts days when half of the posts have only a day, and all posts then", () => {
  const rows = [day(100, 6), day(102, 4), volumeRow(144 * 100, 5), volumeRow(144 * 101 + 3, 5)];
  expect(timeSeries(rows)).toEqual({ unit: "day", width: 1, start: 100, counts: [11, 5, 4], untimed: 0, dayOnly: 0, strays: 0 });
});

it("leaves posts with only a day out of shorter bins and says how many", () => {
  const rows = Array.from({ length: 72 }, (_, hour) => volumeRow(6 * hour, 5));
  const series = timeSeries([...rows, day(1, 9)])!;
  expect([series.unit, series.width, series.counts.length, series.dayOnly]).toEqual(["slot", 6, 72, 9]);
});

it("takes ten minutes below a day, hours for days, wider bins for few posts, days from twenty days on", () => {
  const every = (step: number, number: number, posts: number) => timeSeries(Array.from({ length: number }, (_, i) => volumeRow(i * step, posts)))!;
  expect(every(1, 100, 5).width).toBe(1);
  expect(every(1, 200, 5).width).toBe(6);
  // One post every three hours for 10 days: 3 h bins hold one each, and 6 h would leave 40 bins, fewer than 60.
  expect(every(18, 80, 1).width).toBe(18);
  expect(every(6, 21 * 24, 5)).toMatchObject({ unit: "day", width: 1 });
});

it("keeps half the core's length beside it and counts what lies beyond", () => {
  const rows = Array.from({ length: 100 }, (_, i) => volumeRow(144 * 20_150 + i, 10));
  const series = timeSeries([...rows, volumeRow(144 * 19_000, 2), volumeRow(144 * 20_150 + 120, 1)])!;
  expect(series.strays).toBe(2);
  expect(series.counts.reduce((sum, posts) => sum + posts, 0)).toBe(1001);
  expect(series.counts.length).toBe(121);
});

it("does not depend on the order of rows", () => {
  const rows = Array.from({ length: 50 }, (_, i) => volumeRow((i * 37) % 300, 1 + (i % 7)));
  expect(timeSeries([...rows].reverse())).toEqual(timeSeries(rows));
});

it("gives bin starts in UTC and lengths in hours", () => {
  // Local midnight of day 20150 in Beijing is 16:00 UTC of the day before.
  expect(binStart(daily([1]), 0, 8 * 3_600_000)).toBe(20_150 * 86_400_000 - 8 * 3_600_000);
  expect(binStart(hourly([1]), 2, 0)).toBe(20_150 * 86_400_000 + 2 * 3_600_000);
  expect([binHours(daily([1])), binHours(hourly([1]))]).toEqual([24, 1]);
});

it("finds clock hours, parts of the day and weekdays", () => {
  const { classes, factors } = rhythmOf(hourly(Array<number>(26).fill(1)), clocks["weibo-2020"]);
  expect([classes[0], classes[23], classes[24]]).toEqual([0, 23, 0]);
  expect(factors.reduce((sum, factor) => sum + factor, 0) / 24).toBeCloseTo(1, 12);
  const parts = rhythmOf({ ...hourly([1, 1, 1]), width: 36, start: 36 }, clocks.even);
  expect(parts.classes).toEqual([1, 2, 3]);
  // Day 20150 is 2025-03-03, a Monday: class 0.
  expect(rhythmOf(daily([1, 1]), clocks.even).classes).toEqual([0, 1]);
});

it("re-estimates a rhythm with a prior of 20 effective posts and at most 20 a bin", () => {
  const rhythm = priorRhythm([0, 1, 0, 1], [1, 1]);
  // Class 0: two bins at twice the rate, told as 1.5; 100 expected each, φ 2: 50 effective, capped at 20: (20·1 + 20·1.5 + 20·1.5)/60 = 4/3. Class 1: as expected: 1.
  const own = ownRhythm(rhythm, [200, 100, 200, 100], [100, 100, 100, 100], [1, 1, 1, 1], 2);
  expect(own.weights).toEqual([60, 60]);
  const mean = (4 / 3 + 1) / 2;
  expect(own.factors[0]).toBeCloseTo(4 / 3 / mean);
  expect(own.factors[1]).toBeCloseTo(1 / mean);
  // A bin that was not observed says nothing.
  expect(ownRhythm(rhythm, [0, 100, 0, 100], [100, 100, 100, 100], [0, 1, 0, 1], 2).weights).toEqual([20, 60]);
});

it("calls empty days between busy ones gaps", () => {
  const counts = [90, 110, 0, 0, 95, 120, 100, 0, 105, 98, 102, 97];
  const series = daily(counts);
  expect(gapsOf(series, rhythmOf(series, clocks.even)).map(Number)).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
});

it("does not call a lull, quiet weekends, quiet nights or rare posts gaps", () => {
  const none = (series: Series, clock: keyof typeof clocks = "even") => expect(gapsOf(series, rhythmOf(series, clocks[clock])).some(Boolean)).toBe(false);
  none(daily([60, 40, 20, 8, 3, 1, 0, 0, 0, 1, 2, 9, 30, 50]));
  none(daily([2, 0, 1, 0, 0, 3, 1, 0, 2]));
  // Offices that rest on Saturday and Sunday, five weeks.
  none(daily(Array.from({ length: 35 }, (_, i) => (i % 7 >= 5 ? 0 : 40))));
  // Silent from 0 to 6 h on four days.
  none(hourly(Array.from({ length: 96 }, (_, i) => (i % 24 < 6 ? 0 : 30))), "weibo-2020");
});

it("calls hours without collection at daytime a gap", () => {
  const counts = Array.from({ length: 96 }, (_, i) => Math.round(40 * clocks["weibo-2020"][i % 24]!));
  const series = hourly(counts.map((count, i) => (i >= 34 && i < 40 ? 0 : count)));
  const gaps = gapsOf(series, rhythmOf(series, clocks["weibo-2020"]));
  expect(gaps.flatMap((gap, i) => (gap ? [i] : []))).toEqual([34, 35, 36, 37, 38, 39]);
});
