import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { treeOf } from "../../analyzers/cascade.ts";
import { clean, loadTexts } from "../../pipeline/clean.ts";
import { eventSchema, runSchema } from "../../pipeline/config.ts";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { inputOf } from "../../pipeline/import/open/inputs.ts";
import { ingest } from "../../pipeline/ingest.ts";
import { silent } from "../../pipeline/progress.ts";
import { relateCascades } from "../../pipeline/relate/cascades.ts";
import { realTrees, writeTree } from "../import/chained-trees.ts";
import { random } from "../relate/planted-opinions.ts";

/**
 * npx tsx test/bench/cascades.ts [PART] [SEED]: sizes of subtrees of real repost trees, written as a vendor's file without parents and read back from the chains by import → clean → relate
 * (needs ../shared). One tree in PART (default 10). rank: Spearman over all reposts whose true subtree or found one holds more than itself; all: over all reposts;
 * top10: share of the ten largest subtrees of each tree (with ten such reposts) that are found among the ten largest, ties at the tenth place counted as found.
 */
const [part = 10, seed = 1] = process.argv.slice(2).map(Number);
const trees = realTrees().filter((_, i) => i % part === 0);
const folder = mkdtempSync(join(tmpdir(), "yuqing-cascades-"));
const start = Date.UTC(2025, 2, 3);
const idOf = (tree: number, post: number): string => String(4_900_000_000_000_000 + tree * 1_000_000 + post);
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
console.log(["limit", "reposts", "rank", "all", "top10", "linked as told", "seconds"].join("\t"));
for (const limit of [140, 280, Infinity]) console.log((await measure(limit)).join("\t"));
rmSync(folder, { recursive: true });

async function measure(limit: number): Promise<(string | number)[]> {
  const next = random(seed);
  const lines = ["平台,mid,作者,用户id,正文,发布时间,根微博mid"];
  const truth = new Map<string, { size: number; parent: string }>();
  trees.forEach((tree, t) => {
    const { texts, names, parents } = writeTree(next, tree, limit, true);
    const { sizes } = treeOf(Int32Array.from(parents));
    texts.forEach((text, i) => {
      const at = new Date(start + (i + 1) * 7000).toISOString();
      lines.push(["微博", idOf(t, i + 1), cell(names[i]!), String(1_000_000_000 + i), cell(text), `${at.slice(0, 10)} ${at.slice(11, 19)}`, idOf(t, 0)].join(","));
      truth.set(`weibo:${idOf(t, i + 1)}`, { size: sizes[i]!, parent: `weibo:${idOf(t, parents[i]! + 1)}` });
    });
  });
  const path = join(folder, "posts.csv");
  writeFileSync(path, lines.join("\n"));
  const database = await Database.open({ memory: "1GB" });
  try {
    const event = eventSchema.parse({});
    await ingest(database, { inputs: [inputOf(path)], event, config: runSchema.parse({}), key: new Uint8Array(32), onReject: () => {}, progress: silent });
    await loadTexts(database, []);
    await clean(database, event);
    const cpu = process.cpuUsage();
    await relateCascades(database);
    const used = process.cpuUsage(cpu);
    const found = await database.rows<{ id: string; root: string; above: string; below: number }>("SELECT s.id, c.root, coalesce(q.id, c.root) AS above, c.below FROM cascade_posts c JOIN scored s USING (row_no) LEFT JOIN scored q ON q.row_no = c.above ORDER BY s.row_no");
    const pairs = found.map(({ id, root, below, above }) => ({ root, size: below + 1, right: above === truth.get(id)!.parent, true: truth.get(id)!.size }));
    const shaped = pairs.filter((pair) => pair.size > 1 || pair.true > 1);
    const figures = [spearman(shaped), spearman(pairs), overlap(shaped), pairs.filter(({ right }) => right).length / pairs.length].map((value) => value.toFixed(4));
    return [limit, found.length, ...figures, ((used.user + used.system) / 1e6).toFixed(1)];
  } finally {
    database.close();
  }
}

interface Pair {
  root: string;
  size: number;
  true: number;
}

function spearman(pairs: readonly Pair[]): number {
  const [a, b] = [ranks(pairs.map(({ size }) => size)), ranks(pairs.map((pair) => pair.true))];
  const middle = (pairs.length + 1) / 2;
  const sum = (of: (i: number) => number) => pairs.reduce((total, _, i) => total + of(i), 0);
  return sum((i) => (a[i]! - middle) * (b[i]! - middle)) / Math.sqrt(sum((i) => (a[i]! - middle) ** 2) * sum((i) => (b[i]! - middle) ** 2));
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const out: number[] = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) out[order[k]!] = (from + 1 + to) / 2;
  }
  return out;
}

function overlap(pairs: readonly Pair[]): number {
  const byRoot = new Map<string, Pair[]>();
  for (const pair of pairs) {
    if (!byRoot.has(pair.root)) byRoot.set(pair.root, []);
    byRoot.get(pair.root)!.push(pair);
  }
  const shares: number[] = [];
  for (const group of byRoot.values()) {
    const told = group.filter((pair) => pair.true > 1);
    if (told.length < 10) continue;
    const top = [...told].sort((a, b) => b.true - a.true).slice(0, 10);
    const tenth = group.map(({ size }) => size).sort((a, b) => b - a)[9]!;
    shares.push(top.filter(({ size }) => size >= tenth).length / 10);
  }
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
