/** Figures of a repost tree. Posts are numbered from 0 in order of time; the first post, of which all are reposts, is not among them: its number is −1. */

export interface Tree {
  /** Post of which this one is a repost; −1: of the first post. No cycles. */
  parents: Int32Array;
  /** Reposts between it and the first post, itself included; from 1. */
  depths: Int32Array;
  /** Reposts in its subtree, itself included; from 1. */
  sizes: Int32Array;
  /** Posts from the leaves to the first post: each after all its descendants. */
  order: Int32Array;
  /** Posts that were said to be reposts of their own descendants. */
  broken: number[];
}

/** Makes a tree of any parents, without recursion: a cycle is cut above its earliest post, which becomes a repost of the first post. O(n). */
export function treeOf(given: Int32Array): Tree {
  const parents = Int32Array.from(given);
  const broken = breakCycles(parents);
  const depths = new Int32Array(parents.length);
  const path: number[] = [];
  for (let i = 0; i < parents.length; i++) {
    let at = i;
    while (at >= 0 && depths[at] === 0) {
      path.push(at);
      at = parents[at]!;
    }
    let depth = at < 0 ? 0 : depths[at]!;
    while (path.length > 0) depths[path.pop()!] = ++depth;
  }
  const order = deepestFirst(depths);
  const sizes = new Int32Array(parents.length).fill(1);
  for (const i of order) if (parents[i]! >= 0) sizes[parents[i]!]! += sizes[i]!;
  return { parents, depths, sizes, order, broken };
}

/** Cuts every cycle at its post of lowest number, which is returned. */
function breakCycles(parents: Int32Array): number[] {
  // 0: not looked at; else the number of the walk that came by first.
  const walks = new Int32Array(parents.length);
  const broken: number[] = [];
  for (let i = 0; i < parents.length; i++) {
    let at = i;
    for (; at >= 0 && walks[at] === 0; at = parents[at]!) walks[at] = i + 1;
    if (at < 0 || walks[at] !== i + 1) continue;
    let earliest = at;
    for (let next = parents[at]!; next !== at; next = parents[next]!) earliest = Math.min(earliest, next);
    parents[earliest] = -1;
    broken.push(earliest);
  }
  return broken;
}

/** Counting sort by depth, deepest first. */
function deepestFirst(depths: Int32Array): Int32Array {
  const starts = new Int32Array(depths.reduce((most, depth) => Math.max(most, depth), 0) + 2);
  for (const depth of depths) starts[depth - 1]!++;
  for (let depth = starts.length - 2; depth >= 0; depth--) starts[depth]! += starts[depth + 1]!;
  const order = new Int32Array(depths.length);
  for (let i = 0; i < depths.length; i++) order[starts[depths[i]!]!++] = i;
  return order;
}

/**
 * Structural virality (Goel, Anderson, Hofman & Watts 2016): mean distance between two posts of the cascade, the first post included. Each edge lies on
 * s·(n − s) of the n·(n − 1)/2 paths, s = posts below it. A star has 2 − 2/n, a path (n + 1)/3. Null without reposts.
 */
export function structuralVirality(sizes: Int32Array): number | null {
  const n = sizes.length + 1;
  if (n < 2) return null;
  let total = 0;
  for (const size of sizes) total += size * (n - size);
  return total / ((n * (n - 1)) / 2);
}

/** Reposts of each depth; [0] is depth 1. */
export function breadths(depths: Int32Array): number[] {
  const counts: number[] = [];
  for (const depth of depths) {
    while (counts.length < depth) counts.push(0);
    counts[depth - 1]!++;
  }
  return counts;
}

/**
 * Reposts that came about through each author: those below any of its posts, each counted once however many of the author's posts it lies below; the author's
 * own posts are not among them. `authors`: number of a post's author, negative unknown; `first`: author of the first post. O(n).
 */
export function reachOf({ parents, sizes, order }: Tree, authors: Int32Array, first: number): Map<number, number> {
  const reach = new Map<number, number>();
  const add = (author: number, reposts: number) => reach.set(author, (reach.get(author) ?? 0) + reposts);
  const n = parents.length;
  if (first >= 0) add(first, n);
  // Children of a post are a linked list; the walk goes down it and returns by the parents.
  const child = new Int32Array(n + 1).fill(-1);
  const sibling = new Int32Array(n).fill(-1);
  for (const i of order) {
    sibling[i] = child[parents[i]! + 1]!;
    child[parents[i]! + 1] = i;
  }
  const open = new Map<number, number>(first >= 0 ? [[first, 1]] : []);
  const enter = (i: number) => {
    const author = authors[i]!;
    if (author < 0) return;
    const above = open.get(author) ?? 0;
    open.set(author, above + 1);
    // Below another post of the same author everything is counted already, but for this post, which is the author's own.
    add(author, above === 0 ? sizes[i]! - 1 : -1);
  };
  let at = child[0]!;
  if (at >= 0) enter(at);
  while (at >= 0) {
    if (child[at + 1]! >= 0) {
      at = child[at + 1]!;
      enter(at);
      continue;
    }
    while (at >= 0 && sibling[at]! < 0) {
      leave(at);
      at = parents[at]!;
    }
    if (at < 0) break;
    leave(at);
    at = sibling[at]!;
    enter(at);
  }
  return reach;

  function leave(i: number): void {
    if (authors[i]! >= 0) open.set(authors[i]!, open.get(authors[i]!)! - 1);
  }
}
