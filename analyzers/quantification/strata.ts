import { designInterval } from "./intervals.ts";

/** A stratum of the posts that a sample was drawn from. */
export interface Stratum {
  name: string;
  /** At least 1. */
  posts: number;
  /** Mean predicted probability per class, over all its posts. */
  mean: readonly number[];
}

/** A text drawn from a stratum with a probability proportional to its posts, and labelled. */
export interface Labelled {
  stratum: string;
  /** Posts of the stratum with its words. */
  size: number;
  /** How often it was drawn, at least 1. */
  times: number;
  /** Predicted probability per class. */
  predicted: readonly number[];
  /** Label: 1 for its class and 0 for the others; parts of 1 where annotators differ. */
  label: readonly number[];
}

/** Strata with enough labels of their own, each with its part of all posts; the others are joined to the one whose mean prediction is nearest. */
export interface Group<L extends Labelled = Labelled> {
  /** Part of all posts. */
  weight: number;
  /** Mean predicted probability per class. */
  mean: readonly number[];
  items: Item<L>[];
}
type Item<L extends Labelled = Labelled> = L & {
  /** Part of the group's posts that the item stands for; they add up to 1. */
  weight: number;
  /** 1 − probability of having been drawn: 0 for one so large that no sample could miss it. 1 where the group holds a stratum without labels. */
  free: number;
};

/** Labelled items that a stratum needs to be estimated by itself: a variance takes two. */
const leastLabels = 2;

/**
 * Strata as they are estimated: those with fewer than two labelled items join another.
 * @throws RangeError without labels, or when an item names no stratum
 */
export function groupStrata<L extends Labelled>(strata: readonly Stratum[], labelled: readonly L[]): Group<L>[] {
  if (labelled.length === 0) throw new RangeError("no labels");
  const byStratum = new Map<string, L[]>(strata.map(({ name }) => [name, []]));
  for (const item of labelled) {
    const list = byStratum.get(item.stratum);
    if (list === undefined) throw new RangeError(`no stratum ${item.stratum}`);
    list.push(item);
  }
  const enough = strata.filter(({ name }) => byStratum.get(name)!.length >= leastLabels).sort((a, b) => (a.name < b.name ? -1 : 1));
  const members = new Map<Stratum | null, Stratum[]>();
  for (const stratum of strata) {
    const home = enough.includes(stratum) ? stratum : nearest(stratum, enough);
    members.set(home, [...(members.get(home) ?? []), stratum]);
  }
  const total = strata.reduce((sum, { posts }) => sum + posts, 0);
  return [...members.values()].map((joined) => group(joined, byStratum, total));
}

function nearest(stratum: Stratum, candidates: readonly Stratum[]): Stratum | null {
  const distance = ({ mean }: Stratum): number => mean.reduce((sum, value, k) => sum + Math.abs(value - stratum.mean[k]!), 0);
  return candidates.reduce<Stratum | null>((best, candidate) => (best === null || distance(candidate) < distance(best) ? candidate : best), null);
}

function group<L extends Labelled>(joined: readonly Stratum[], byStratum: ReadonlyMap<string, readonly L[]>, total: number): Group<L> {
  const posts = joined.reduce((sum, stratum) => sum + stratum.posts, 0);
  const mean = joined[0]!.mean.map((_, k) => joined.reduce((sum, stratum) => sum + (stratum.posts / posts) * stratum.mean[k]!, 0));
  const whole = joined.every(({ name }) => byStratum.get(name)!.length > 0);
  const items = joined.flatMap((stratum) => {
    const labelled = byStratum.get(stratum.name)!;
    const draws = labelled.reduce((sum, { times }) => sum + times, 0);
    return labelled.map((item) => ({ ...item, weight: (item.times * stratum.posts) / draws, free: whole ? 1 - Math.min(1, (draws * item.size) / stratum.posts) : 1 }));
  });
  const sum = items.reduce((part, { weight }) => part + weight, 0);
  return { weight: posts / total, mean, items: items.map((item) => ({ ...item, weight: item.weight / sum })) };
}

/** Share of posts with a property that only the labelled show, such as "predicted rightly"; value: 0 … 1 per item. */
export function labelledShare<L extends Labelled>(groups: readonly Group<L>[], value: (item: L) => number): { share: number; interval: [lo: number, hi: number] } {
  const share = Math.min(1, Math.max(0, meanOf(groups, value)));
  const n = groups.reduce((sum, { items }) => sum + items.length, 0);
  return { share, interval: designInterval(share, varianceOf(groups, value), n) };
}

/** Mean over all posts, each group by its part. */
export function meanOf<L extends Labelled>(groups: readonly Group<L>[], value: (item: L) => number): number {
  return groups.reduce((sum, { weight, items }) => sum + weight * items.reduce((part, item) => part + item.weight * value(item), 0), 0);
}

/** Variance of meanOf. */
export function varianceOf<L extends Labelled>(groups: readonly Group<L>[], value: (item: L) => number): number {
  const n = groups.reduce((sum, { items }) => sum + items.length, 0);
  return groups.reduce((sum, group) => sum + group.weight ** 2 * groupVariance(group.items, value, n), 0);
}

/** Labels that all agree do not prove that all posts do, and a rare class is soon missed: the variance has that of half a contrary label among all n added (mean of the Jeffreys posterior at 0 of n). */
function groupVariance<L extends Labelled>(items: readonly Item<L>[], value: (item: L) => number, n: number): number {
  const missable = items.filter(({ free }) => free > 0).length;
  const spread = deviations(items, value);
  const squares = items.reduce((sum, { weight, free }, i) => sum + weight ** 2 * free * spread[i]! ** 2, 0);
  const units = items.reduce((sum, { weight, free }) => sum + weight ** 2 * free, 0);
  const contrary = 0.5 / (n + 1);
  return (squares * missable) / Math.max(1, missable - 1) + units * contrary * (1 - contrary);
}

/** Differences from the mean of the items that could have been missed. */
export function deviations<L extends Labelled>(items: readonly Item<L>[], value: (item: L) => number): number[] {
  const total = items.reduce((sum, { weight, free }) => sum + weight * free, 0);
  const mean = total > 0 ? items.reduce((sum, item) => sum + item.weight * item.free * value(item), 0) / total : 0;
  return items.map((item) => value(item) - mean);
}

