import type { Change } from "./schema.ts";

/** Posts before, below which no percentage is told. */
export const least = 20;

/** A number of this period against the same number of the period before; `nights` of both, those that read a row. See Change. */
export function changeOf(now: number, before: number, nights: readonly [now: number, before: number]): Change {
  const basis = nights[0] === nights[1] ? "total" : "per_night";
  if (nights[1] === 0) return { now, before: null, nights: [...nights], basis, ratio: null, reason: "none" };
  if (before < least || nights[0] === 0) return { now, before, nights: [...nights], basis, ratio: null, reason: nights[0] === 0 ? "none" : "small" };
  return { now, before, nights: [...nights], basis, ratio: now / nights[0] / (before / nights[1]) - 1, reason: null };
}
