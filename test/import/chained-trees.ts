import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { background } from "../../pipeline/background.ts";
import { splitChain } from "../../pipeline/import/posts/reposts.ts";
import { integer, pick, type Random } from "../../data/samples/random.ts";

/** Real repost trees (CED; no texts in them), written out as `words//@name:words//@name:…` with invented names and words. */

const path = new URL("../../../shared/data/cascades-derived/ced_trees.jsonl.gz", import.meta.url);
export const treesExist = existsSync(path);

export interface Tree {
  /** By repost, in order of time: the repost it is of; −1 (or a later one, 14 times in the data) the original. */
  parent: number[];
  /** 1: the repost has no own words. */
  empty: number[];
}
export const realTrees = (): Tree[] => gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as Tree);

/** Lengths of real own words (5 % steps, CED) and of real names (10 % steps, COVID-19 Weibo 2020). */
const ownLengths = [1, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 35, 51, 140];
const nameLengths = [2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 31];
const words = background().map(({ term }) => String(term));
const nameLetters = [..."风云山水小大明月星海花草春秋_-aZx09"];
const colons = [":", ":", ":", ":", "：", "： ", ": "];
const slashes = ["//@", "//@", "//@", "// @"];

const drawLength = (random: Random, steps: readonly number[]): number => {
  const at = integer(random, 0, steps.length - 2);
  return integer(random, steps[at]!, steps[at + 1]!);
};

function sayWords(random: Random): string {
  const length = drawLength(random, ownLengths);
  let text = "";
  while (text.length < length) text += pick(random, [pick(random, words), pick(random, words), pick(random, words), "，", "。", "！", "[怒]", " http://t.cn/A6ab ", "@某某 "]);
  return text.slice(0, length);
}

/** The tree's reposts as microblogs write them, each cut to `limit` characters. */
export interface Written {
  texts: string[];
  names: string[];
  /** True depth, from 1, and the repost it is of; −1: the first post. */
  depths: number[];
  parents: number[];
}

/** `unique`: no two reposts of a tree are by the same name. */
export function writeTree(random: Random, { parent, empty }: Tree, limit: number, unique = false): Written {
  const written: Written = { texts: [], names: [], depths: [], parents: [] };
  const { texts, names, depths, parents } = written;
  for (const [i, at] of parent.entries()) {
    const above = at >= 0 && at < i ? at : -1;
    names.push(Array.from({ length: drawLength(random, nameLengths) }, () => pick(random, nameLetters)).join("") + (unique ? i.toString(36) : ""));
    depths.push(above < 0 ? 1 : depths[above]! + 1);
    parents.push(above);
    const own = empty[i] ? pick(random, ["", "转发微博", "Repost"]) : sayWords(random);
    texts.push((above < 0 ? own : `${own}${pick(random, slashes)}${names[above]}${pick(random, colons)}${texts[above]}`).slice(0, limit));
  }
  return written;
}

export interface Measured {
  reposts: number;
  /** Reposts whose parsed depth is the tree's. */
  exact: number;
  /** By true depth (6: six and more): reposts, and those exact. */
  byDepth: Map<number, { reposts: number; exact: number }>;
}

/** Depths parsed from the chains of the trees, each text cut to `limit` characters as Weibo does. */
export function measureChains(random: Random, trees: readonly Tree[], limit: number): Measured {
  const measured: Measured = { reposts: 0, exact: 0, byDepth: new Map() };
  for (const tree of trees) {
    const { texts, depths } = writeTree(random, tree, limit);
    texts.forEach((text, i) => count(measured, depths[i]!, 1 + splitChain(text).hops === depths[i]));
  }
  return measured;
}

function count(measured: Measured, depth: number, exact: boolean): void {
  const key = Math.min(depth, 6);
  const of = measured.byDepth.get(key) ?? { reposts: 0, exact: 0 };
  measured.byDepth.set(key, of);
  for (const sum of [measured, of]) {
    sum.reposts++;
    if (exact) sum.exact++;
  }
}
