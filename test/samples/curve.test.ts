import { expect, it } from "vitest";
import { diurnal, instant, localTime, phases, sampleTimes, start, end, trend } from "../../data/samples/curve.ts";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { apportion, draw } from "../../data/samples/random.ts";

it("reads and prints local time at UTC+8", () => {
  expect(instant("2025-07-17 10:30")).toBe(Date.UTC(2025, 6, 17, 2, 30));
  expect(localTime(Date.UTC(2025, 6, 16, 16, 5))).toBe("2025-07-17 00:05");
});

it("passes through the knots and never overshoots them", () => {
  expect(trend(instant("2025-07-17 21:00"))).toBeCloseTo(1, 12);
  expect(trend(instant("2025-07-16 18:00"))).toBeCloseTo(0.27, 12);
  expect(trend(instant("2025-07-15 08:46"))).toBe(0);
  expect(trend(instant("2025-07-23 00:00"))).toBe(0);
  for (let ms = start; ms < end; ms += 600_000) expect(trend(ms)).toBeLessThanOrEqual(1);
});

it("labels phases by the definition: 5 % up, half, half, 10 %", () => {
  const { growth, burst, peak, persistence, decline } = phases();
  const minute = 60_000;
  expect(localTime(peak)).toBe("2025-07-17 21:00");
  expect([trend(growth - minute) < 0.05, trend(growth) >= 0.05]).toEqual([true, true]);
  expect([trend(burst - minute) < 0.5, trend(burst) >= 0.5]).toEqual([true, true]);
  expect([trend(persistence - minute) >= 0.5, trend(persistence) < 0.5]).toEqual([true, true]);
  expect([trend(decline - minute) >= 0.1, trend(decline) < 0.1]).toEqual([true, true]);
  expect(burst).toBeGreaterThan(instant("2025-07-17 10:30"));
});

it("has a diurnal profile of mean 1", () => {
  expect(diurnal.reduce((a, b) => a + b) / 24).toBeCloseTo(1, 10);
});

it("samples whole minutes of the window in ascending order", () => {
  const times = sampleTimes(mulberry32(1), 500);
  expect(times.every((ms) => ms > start && ms < end && ms % 60_000 === 0)).toBe(true);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

it("apportions by largest remainder", () => {
  expect(apportion(10, [50, 25, 25])).toEqual([5, 3, 2]);
  expect(apportion(7, [1, 1, 1])).toEqual([3, 2, 2]);
});

it("draws only what has a weight, and says when there is too little", () => {
  const weight = (item: string): number => (item === "c" ? 0 : 1);
  expect(draw(mulberry32(3), ["a", "b", "c"], 2, weight).sort()).toEqual(["a", "b"]);
  expect(() => draw(mulberry32(3), ["a", "b", "c"], 3, weight)).toThrow("cannot draw 3 of 2");
});
