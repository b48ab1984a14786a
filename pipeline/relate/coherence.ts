import type { Documents } from "./documents.ts";

/**
 * How much features belong together: mean normalised pointwise mutual information (Bouma 2009) of their pairs over the documents, in [−1, 1], as Lau et al. (2014) judge topics by.
 * −1: none stand together; 0: as often as by chance; 1: only together. null for fewer than two features.
 */
export function coherenceOf({ offsets, features }: Documents, chosen: readonly number[]): number | null {
  if (chosen.length < 2) return null;
  const count = offsets.length - 1;
  const places = new Map(chosen.map((feature, place) => [feature, place]));
  const together = new Int32Array(chosen.length ** 2);
  for (let d = 0; d < count; d++) {
    const held: number[] = [];
    for (let i = offsets[d]!; i < offsets[d + 1]!; i++) if (places.has(features[i]!)) held.push(places.get(features[i]!)!);
    for (const a of held) for (const b of held) together[a * chosen.length + b]!++;
  }
  const alone = (place: number): number => together[place * chosen.length + place]!;
  let sum = 0;
  for (let a = 0; a < chosen.length; a++) for (let b = 0; b < a; b++) sum += npmi(together[a * chosen.length + b]!, alone(a), alone(b), count);
  return sum / ((chosen.length * (chosen.length - 1)) / 2);
}

/** Normalised pointwise mutual information of two features that `shared` of `count` documents hold together. */
export function npmi(shared: number, a: number, b: number, count: number): number {
  if (shared === 0) return -1;
  return shared === count ? 1 : Math.log((shared * count) / (a * b)) / -Math.log(shared / count);
}

/** Share of the chosen documents that hold one of the features; 0 when none is chosen. */
export function coverageOf({ offsets, features }: Documents, chosen: readonly number[], wanted: readonly number[]): number {
  const holding = chosen.filter((d) => features.subarray(offsets[d]!, offsets[d + 1]!).some((feature) => wanted.includes(feature)));
  return chosen.length === 0 ? 0 : holding.length / chosen.length;
}
