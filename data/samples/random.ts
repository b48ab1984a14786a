/** A number in [0, 1), the next of a fixed sequence. */
export type Random = () => number;

/** An integer in [from, to], both included. */
export const integer = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1));

export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** Standard normal deviate (Box and Muller). */
export const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export function shuffle<T>(random: Random, list: readonly T[]): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = integer(random, 0, i);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/** `count` different items, drawn with chances proportional to their weights (Efraimidis and Spirakis 2006). Throws when too few have a weight above 0. */
export function draw<T>(random: Random, items: readonly T[], count: number, weight: (item: T) => number): T[] {
  const keyed: { item: T; key: number }[] = [];
  for (const item of items) {
    const w = weight(item);
    if (w > 0) keyed.push({ item, key: -Math.log(1 - random()) / w });
  }
  if (keyed.length < count) throw new Error(`cannot draw ${count} of ${keyed.length} items`);
  return keyed.sort((a, b) => a.key - b.key).slice(0, count).map(({ item }) => item);
}

/** Whole numbers that sum to `total` and are nearest to the shares (largest remainder; ties to the earlier one). */
export function apportion(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  const exact = shares.map((share) => (share / sum) * total);
  const whole = exact.map(Math.floor);
  const byRemainder = exact.map((_, i) => i).sort((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
  const missing = total - whole.reduce((a, b) => a + b, 0);
  for (const i of byRemainder.slice(0, missing)) whole[i]!++;
  return whole;
}

/** Running totals for `pickBySum`. */
export function runningSums(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) sums[i] = total += weights[i]!;
  return sums;
}

/** Index drawn with chances proportional to the weights behind `sums`. */
export function pickBySum(random: Random, sums: Float64Array): number {
  const target = random() * sums.at(-1)!;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
