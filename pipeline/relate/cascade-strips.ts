import type { Tree } from "../../analyzers/cascade.ts";

/** One line of the picture of a cascade: reposts over time. */
export interface Strip {
  /** all: the whole cascade · branch: the subtree of one post · rest: reposts in no branch listed · depth: of one depth. */
  kind: "all" | "branch" | "rest" | "depth";
  /** Branches: from 1, largest first. Depths: the depth; the last is that depth and more. Else 0. */
  no: number;
  /** Number of the branch of which this is a part; 0: of the first post. */
  above: number;
  /** The post that begins a branch. */
  node: number | null;
  posts: number;
  /** Span of the course: from the first post to the time by which 98 % of the reposts were made. */
  from_ms: number;
  to_ms: number;
  /** Reposts in 48 equal parts of the span, joined by commas; later ones and those without time are in `posts` only. */
  course: string;
}

export const parts = 48;
/** Branches listed, and depths told apart. */
const branches = 8;
const deepest = 6;
/** A branch has at least so many reposts, and at least this share of all. */
const least = { reposts: 3, share: 0.01 };

/** What the picture of a cascade shows, however large it is: the largest branches, the rest as counts, and the depths. `times`: UTC ms of each repost; [] when fewer than two moments are known. */
export function strips({ parents, sizes, order }: Tree, depths: Int32Array, times: readonly (number | null)[], rootMs: number | null): Strip[] {
  const known = times.filter((ms) => ms !== null).sort((a, b) => a - b);
  const from_ms = Math.min(rootMs ?? Infinity, known[0] ?? Infinity);
  const to_ms = known[Math.ceil(0.98 * known.length) - 1] ?? -Infinity;
  if (!(to_ms > from_ms)) return [];
  const part = (ms: number | null): number => (ms === null || ms > to_ms ? parts : Math.min(parts - 1, Math.floor((parts * (ms - from_ms)) / (to_ms - from_ms))));

  const tops = [...sizes.keys()].filter((i) => sizes[i]! >= Math.max(least.reposts, least.share * sizes.length)).sort((a, b) => sizes[b]! - sizes[a]! || a - b).slice(0, branches);
  const number = new Map(tops.map((node, k) => [node, k + 1]));
  // Branch of each post: the nearest listed one above it or itself, 0 without.
  const owner = new Int32Array(parents.length);
  const above = new Int32Array(tops.length + 1);
  for (const i of order.toReversed()) {
    const higher = parents[i]! < 0 ? 0 : owner[parents[i]!]!;
    const own = number.get(i);
    if (own !== undefined) above[own] = higher;
    owner[i] = own ?? higher;
  }
  const line = () => new Int32Array(parts + 1);
  const own = Array.from({ length: tops.length + 1 }, line);
  const levels: Int32Array[] = [];
  times.forEach((ms, i) => {
    const depth = Math.min(deepest, depths[i]!);
    while (levels.length < depth) levels.push(line());
    own[owner[i]!]![part(ms)]!++;
    levels[depth - 1]![part(ms)]!++;
  });
  const whole = own.map((counts) => Int32Array.from(counts));
  // Smallest first: a branch lies in larger ones only.
  for (let k = tops.length; k >= 1; k--) for (let at = 0; at <= parts; at++) whole[above[k]!]![at]! += whole[k]![at]!;

  const strip = (kind: Strip["kind"], no: number, counts: Int32Array, under = 0, node: number | null = null): Strip => ({ kind, no, above: under, node, posts: counts.reduce((sum, n) => sum + n, 0), from_ms, to_ms, course: counts.slice(0, parts).join(",") });
  return [
    strip("all", 0, whole[0]!),
    ...tops.map((node, k) => strip("branch", k + 1, whole[k + 1]!, above[k + 1]!, node)),
    ...(tops.length > 0 ? [strip("rest", 0, own[0]!)] : []),
    ...levels.map((counts, i) => strip("depth", i + 1, counts)),
  ];
}
