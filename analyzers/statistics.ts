/** Intervals, concentration and seeded random numbers. Arguments that make no sense (no trials, negative means) are programming errors: RangeError. */

/**
 * Wilson's 95 % score interval for a proportion (Wilson 1927), in [0, 1].
 * @param successes 0 … n
 * @param n number of independent trials, at least 1
 */
export function wilson(successes: number, n: number): [lo: number, hi: number] {
  if (!(n >= 1) || !(successes >= 0) || successes > n) throw new RangeError(`wilson: ${successes} of ${n}`);
  const z = 1.959963984540054;
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [successes === 0 ? 0 : (centre - half) / scale, successes === n ? 1 : (centre + half) / scale];
}

/** Quantile of values sorted ascending, linear between neighbours (type 7 of Hyndman & Fan 1996). p in [0, 1]; at least one value. */
export function quantile(sorted: readonly number[], p: number): number {
  if (sorted.length === 0 || !(p >= 0 && p <= 1)) throw new RangeError(`quantile ${p} of ${sorted.length} values`);
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

/** Gini coefficient of non-negative values with a positive sum, in [0, 1 − 1/n]: 0 = all equal. Gini = Σ(2i − n − 1)·x₍ᵢ₎ / (n·Σx), i from 1. */
export function gini(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const total = sorted.reduce((sum, value) => sum + value, 0);
  if (n === 0 || !(total > 0) || sorted[0]! < 0) throw new RangeError(`gini of ${n} values with sum ${total}`);
  return sorted.reduce((sum, value, i) => sum + (2 * i + 1 - n) * value, 0) / (n * total);
}

/** A source of numbers in [0, 1). */
export type Random = () => number;

/** mulberry32 (Tommy Ettinger, public domain): the same seed gives the same numbers on every machine. */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal variate, by Box–Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Gamma variate with mean `shape` and scale 1, shape > 0 (Marsaglia & Tsang 2000). */
export function gamma(random: Random, shape: number): number {
  if (!(shape > 0)) throw new RangeError(`gamma: shape ${shape}`);
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Poisson variate. Exact below a mean of 500 (in pieces of 25: Poisson counts add up); above, the normal approximation rounded, whose error is far below sampling noise. */
export function poisson(random: Random, mean: number): number {
  if (!(mean >= 0)) throw new RangeError(`poisson: mean ${mean}`);
  if (mean > 500) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  let total = 0;
  for (let rest = mean; rest > 0; rest -= 25) total += smallPoisson(random, Math.min(rest, 25));
  return total;
}

/** Counts how many uniform numbers can be multiplied before the product falls below e^−mean (Knuth). */
function smallPoisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; count++) product *= 1 - random();
  return count;
}

/** Negative binomial variate with mean `mean` and variance mean + mean²/size; size = Infinity is Poisson. */
export function negativeBinomial(random: Random, mean: number, size: number): number {
  if (mean === 0 || size === Infinity) return poisson(random, mean);
  return poisson(random, (gamma(random, size) * mean) / size);
}
