/** Standard errors beyond which a difference is claimed, and those of the half of a 95 % interval. */
const [claimed, half] = [2.576, 1.96];

/**
 * Whether a difference lies clearly on one side of zero: by 99 %, with the half of its 95 % interval that faces zero as 1.96 standard errors. At 95 % mood alone
 * would claim something in one of twenty reports about nothing, and all sections together may in at most 6 % (measured by test/bench/narrative.ts).
 */
export function clearlyApart(value: number, [low, high]: readonly [number, number]): boolean {
  const near = value > 0 ? value - low : high - value;
  return near > 0 && Math.abs(value) > (near * claimed) / half;
}
