import { expect, it } from "vitest";
import { clearlyApart } from "../../analyzers/apart.ts";

it("claims a difference beyond 2.576 standard errors, by the half of the interval that faces zero", () => {
  // Half-width 0.1 = 1.96 standard errors: 2.576 of them are 0.1314.
  expect([0.1313, 0.1315, -0.1313, -0.1315].map((value) => clearlyApart(value, [value - 0.1, value + 0.1]))).toEqual([false, true, false, true]);
  // The other half does not count; without a width nothing is apart but by its sign, and a value outside its interval is nothing.
  expect([clearlyApart(0.14, [0.04, 0.9]), clearlyApart(-0.14, [-0.9, -0.04]), clearlyApart(0, [-0.1, 0.1]), clearlyApart(0.5, [0.6, 0.7])]).toEqual([true, true, false, false]);
});
