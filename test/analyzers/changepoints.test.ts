import { expect, it } from "vitest";
import { turningPoints } from "../../analyzers/changepoints.ts";

const line = (from: number, step: number, length: number) => Array.from({ length }, (_, i) => from + i * step);

it("finds where straight pieces meet, and where a level jumps", () => {
  // A slope up of 40, a slope down of 40: the second piece begins at the turn or beside it.
  const turns = turningPoints([...line(0, 1, 40), ...line(39, -1, 40)]);
  expect(turns.length).toBe(1);
  expect(Math.abs(turns[0]! - 40)).toBeLessThanOrEqual(1);
  expect(turningPoints([...line(5, 0, 30), ...line(50, 0, 30), ...line(5, 0, 30)])).toEqual([30, 60]);
});

it("sees no turn in one line, a constant, or too few values", () => {
  expect(turningPoints(line(3, 0.7, 100))).toEqual([]);
  expect(turningPoints(line(7, 0, 50))).toEqual([]);
  expect(turningPoints([1, 9])).toEqual([]);
  expect(turningPoints([])).toEqual([]);
});

it("keeps to the number and the length of segments", () => {
  const saw = [0, 100, 0, 100, 0, 100].flatMap((level) => line(level, 0, 60));
  expect(turningPoints(saw).length).toBeLessThanOrEqual(3);
  expect(turningPoints(saw, 6)).toEqual([60, 120, 180, 240, 300]);
});

it("does not depend on scale or offset", () => {
  const values = Array.from({ length: 60 }, (_, i) => (i < 25 ? i : 80 - 2 * i) + (i % 3));
  expect(turningPoints(values.map((value) => 1e6 * value - 3e7))).toEqual(turningPoints(values));
});
