import { wilson } from "../statistics.ts";
import { designInterval } from "./intervals.ts";

/** A post whose value is known: 1 when it has the property, else 0. */
export interface ClusteredPost {
  /** Key of the author; null when unknown: an author of its own. */
  author: string | number | null;
  /** Whose words it gives: the author of the earliest post of its text cluster, as a key. Copies of one author's several texts hang together too. */
  source: string | number;
  value: number;
}

/**
 * Share of posts with a property, with a 95 % interval that takes neither an author's posts nor the copies of a source for independent: the variance is that between authors plus that between
 * sources minus that between author–source pairs (Cameron, Gelbach & Miller 2011, two-way clusters), at least the greatest of the three. No random numbers; it covers better
 * than percentiles of a bootstrap by author or by source (test/bench/shares.ts).
 * @throws RangeError without posts
 */
export function clusteredShare(posts: readonly ClusteredPost[]): { share: number; interval: [lo: number, hi: number] } {
  const n = posts.length;
  if (n === 0) throw new RangeError("clusteredShare: no posts");
  const share = posts.reduce((total, { value }) => total + value, 0) / n;
  const author = (post: ClusteredPost, i: number): string => (post.author === null ? `#${i}` : `@${post.author}`);
  const byAuthor = between(posts, share, author);
  const bySource = between(posts, share, ({ source }) => String(source));
  const byPair = between(posts, share, (post, i) => `${author(post, i)}\n${post.source}`);
  const variance = Math.max(byAuthor.variance + bySource.variance - byPair.variance, byAuthor.variance, bySource.variance, byPair.variance);
  const units = Math.min(byAuthor.units, bySource.units);
  return { share, interval: variance === 0 ? wilson(share * units, units) : designInterval(share, variance, units) };
}

/** Variance of the share when whole groups were drawn, and the number of groups that its size is worth: (Σ size)² / Σ size². */
function between(posts: readonly ClusteredPost[], share: number, key: (post: ClusteredPost, i: number) => string): { variance: number; units: number } {
  const groups = new Map<string, { excess: number; size: number }>();
  posts.forEach((post, i) => {
    const name = key(post, i);
    const group = groups.get(name) ?? { excess: 0, size: 0 };
    group.excess += post.value - share;
    group.size++;
    groups.set(name, group);
  });
  const [squares, sizes] = [...groups.values()].reduce<[number, number]>(([a, b], { excess, size }) => [a + excess ** 2, b + size ** 2], [0, 0]);
  return { variance: (squares / posts.length ** 2) * (groups.size / Math.max(1, groups.size - 1)), units: posts.length ** 2 / sizes };
}
