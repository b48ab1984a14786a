import { breadths, reachOf, structuralVirality, treeOf, type Tree } from "../../analyzers/cascade.ts";
import type { Database, SqlRow } from "../engines/duckdb.ts";
import { strips } from "./cascade-strips.ts";
import { write, type Values } from "./rows.ts";

/** How a repost found the post that it is of. */
type Link = "given" | "chain" | "farther" | "direct" | "lost";

/** Cascades drawn as a picture. */
const drawn = 3;
const dayMs = 86_400_000;
const never = 9_007_199_254_740_991;

/** A repost as the database gives it. */
interface Repost extends SqlRow {
  root: string;
  root_row: number | null;
  root_ms: number | null;
  root_author: number | null;
  root_name: string | null;
  row_no: number;
  /** The post that the file names as reposted: its row; null: none named, or not in the data. */
  above: number | null;
  /** The file names a post other than the root. */
  named: boolean;
  ms: number | null;
  precision: string | null;
  depth: number | null;
  name: string | null;
  chain: string | null;
  author: number | null;
}

/**
 * Links every repost to the post it is of, and measures the trees. A post that the file names as reposted is taken; else the names of the chain are looked for, nearest first: the latest
 * repost of the same root by an account of that name, no later than the repost itself; else it hangs on the root. A repost that names its parent only has the parent's root.
 * Makes, of `scored` and `posts`:
 * `cascade_posts(row_no, root, above, depth, below, link)`: every repost with a root. above: row of the post it is of; null when that is a root that is not in the data. depth: from 1,
 *   at least what the chain says. below: reposts in its subtree. link: given · chain · farther (a name farther up the chain; the nearer ones are not in the data) · direct (the source
 *   shows nothing between it and the root) · lost (something is between, but not in the data).
 * `cascades(root, row_no, reposts, depth, deeper, mean_depth, breadth, virality, cycles, shape_no)`: every root. deeper: there may be more levels, for chains were cut. cycles: reposts of their own descendants, cut at the earliest.
 *   shape_no: 1 … 3 for the largest, which have rows in `cascade_strips`.
 * `cascade_authors(author, reposts)`: reposts that came about through an author, see reachOf.
 * `cascade_strips(shape_no, kind, no, above, row_no, posts, from_ms, to_ms, course)`: see strips.
 */
export async function relateCascades(database: Database): Promise<void> {
  await database.run("CREATE TABLE cascade_posts (row_no BIGINT, root VARCHAR, above BIGINT, depth INTEGER, below INTEGER, link VARCHAR)");
  await database.run("CREATE TABLE cascades (root VARCHAR, row_no BIGINT, reposts INTEGER, depth INTEGER, deeper BOOLEAN, mean_depth DOUBLE, breadth INTEGER, virality DOUBLE, cycles INTEGER, shape_no INTEGER)");
  await database.run("CREATE TABLE cascade_authors (author BIGINT, reposts BIGINT)");
  await database.run("CREATE TABLE cascade_strips (shape_no INTEGER, kind VARCHAR, no INTEGER, above INTEGER, row_no BIGINT, posts INTEGER, from_ms BIGINT, to_ms BIGINT, course VARCHAR)");
  const cut = await findRoots(database);
  const largest = await database.rows<{ root: string }>(`SELECT root FROM cascade_rows GROUP BY root ORDER BY count(*) DESC, root LIMIT ${drawn}`);
  const shapes = new Map(largest.map(({ root }, i) => [root, i + 1]));
  // Nothing can be written while the reposts are read: what is to be written waits.
  const posts: Values[] = [];
  const cascades: Values[] = [];
  const pictures: Values[] = [];
  const reach = new Map<number, number>();
  let group: Repost[] = [];
  const close = () => {
    if (group.length === 0) return;
    const cascade = linked(group);
    const { first, tree, depths } = cascade;
    const shape = shapes.get(first.root) ?? null;
    for (const row of postRows(cascade)) posts.push(row);
    cascades.push(cascadeRow(cascade, shape, cut));
    for (const [author, reposts] of reachOf(tree, Int32Array.from(group, ({ author }) => author ?? -1), first.root_author ?? -1)) reach.set(author, (reach.get(author) ?? 0) + reposts);
    if (shape !== null) for (const { kind, no, above, node, posts, from_ms, to_ms, course } of strips(tree, depths, group.map(({ ms }) => ms), first.root_ms)) pictures.push([shape, kind, no, above, node === null ? null : BigInt(group[node]!.row_no), posts, BigInt(from_ms), BigInt(to_ms), course]);
    group = [];
  };
  await database.each<Repost>(
    `SELECT r.root, o.row_no AS root_row, o.published_ms AS root_ms, o.author AS root_author, op.author_name_key AS root_name, s.row_no, q.row_no AS above, coalesce(s.parent <> r.root, false) AS named,
       s.published_ms AS ms, s.precision, s.depth, p.author_name_key AS name, p.chain, s.author
     FROM cascade_rows r JOIN scored s ON s.row_no = r.row_no JOIN posts p ON p.row_no = r.row_no
       LEFT JOIN scored q ON q.id = s.parent LEFT JOIN scored o ON o.id = r.root LEFT JOIN posts op ON op.row_no = o.row_no
     ORDER BY r.root, s.published_ms NULLS LAST, s.row_no`,
    (row) => {
      if (group.length > 0 && group[0]!.root !== row.root) close();
      group.push(row);
    },
  );
  close();
  const authors = [...reach].filter(([, reposts]) => reposts > 0).sort((a, b) => a[0] - b[0]).map(([author, reposts]) => [BigInt(author), BigInt(reposts)]);
  for (const [table, rows] of [["cascade_posts", posts], ["cascades", cascades], ["cascade_authors", authors], ["cascade_strips", pictures]] as const) await write(database, table, rows);
}

/** Makes `cascade_rows(row_no, root)`: reposts and their roots. Where only the parent is named the root is found by climbing; a cycle without a root ends at its earliest post: these are returned. */
async function findRoots(database: Database): Promise<Set<string>> {
  await database.run("CREATE TABLE cascade_rows AS SELECT row_no, root FROM scored WHERE kind = 'repost' AND root <> id");
  const rootless = await database.rows<{ row_no: number; id: string; parent: string; root: string | null; open: boolean }>(
    `SELECT s.row_no, s.id, s.parent, q.root, coalesce(q.kind = 'repost' AND q.root IS NULL AND q.parent IS NOT NULL, false) AS open
     FROM scored s LEFT JOIN scored q ON q.id = s.parent WHERE s.kind = 'repost' AND s.root IS NULL AND s.parent IS NOT NULL ORDER BY s.published_ms NULLS LAST, s.row_no`,
  );
  if (rootless.length === 0) return new Set();
  const index = new Map(rootless.map(({ id }, i) => [id, i]));
  const { parents, order, broken } = treeOf(Int32Array.from(rootless, ({ parent, open }) => (open ? (index.get(parent) ?? -1) : -1)));
  const cut = new Set(broken.map((i) => rootless[i]!.id));
  const roots: string[] = [];
  const rows: Values[] = [];
  for (const i of order.toReversed()) {
    const { row_no, id, parent, root } = rootless[i]!;
    roots[i] = parents[i]! >= 0 ? roots[parents[i]!]! : cut.has(id) ? id : (root ?? parent);
    if (roots[i] !== id) rows.push([BigInt(row_no), roots[i]!]);
  }
  await write(database, "cascade_rows", rows);
  return cut;
}

interface Cascade {
  first: Repost;
  reposts: readonly Repost[];
  tree: Tree;
  links: Link[];
  /** At least the tree's depths: a chain tells of posts that are not in the data. */
  depths: Int32Array;
  deeper: boolean;
}

/** The tree of one root's reposts, which come in order of time. */
function linked(reposts: readonly Repost[]): Cascade {
  const first = reposts[0]!;
  const rows = new Map(reposts.map(({ row_no }, i) => [row_no, i]));
  const named = new Map<string, number[]>();
  reposts.forEach(({ name }, i) => {
    if (name === null) return;
    const list = named.get(name);
    if (list === undefined) named.set(name, [i]);
    else list.push(i);
  });
  const found = reposts.map((repost, i): [number, Link] => {
    const given = repost.above === null ? undefined : rows.get(repost.above);
    if (given !== undefined) return [given, "given"];
    return chained(repost, i, reposts, named) ?? [-1, repost.named || repost.chain !== null ? "lost" : "direct"];
  });
  const tree = treeOf(Int32Array.from(found, ([parent]) => parent));
  const depths = new Int32Array(reposts.length);
  let deeper = reposts.some(({ chain }) => chain?.endsWith("…") ?? false);
  for (const i of tree.order.toReversed()) {
    const said = reposts[i]!.depth ?? 0;
    const above = tree.parents[i]! < 0 ? 0 : depths[tree.parents[i]!]!;
    depths[i] = Math.max(above + 1, said);
    if (said > 0 && reposts[i]!.chain !== null && said < above + 1) deeper = true;
  }
  return { first, reposts, tree, links: found.map(([, link]) => link), depths, deeper };
}

/** The latest repost by the nearest account of the chain that is in the data; of the account of the root: the root, unless the account reposted it too. */
function chained(repost: Repost, self: number, reposts: readonly Repost[], named: ReadonlyMap<string, readonly number[]>): [number, Link] | null {
  for (const [hop, name] of repost.chain?.split(" ").entries() ?? []) {
    const at = latest(named.get(name) ?? [], self, reposts);
    if (at !== null) return [at, hop === 0 ? "chain" : "farther"];
    if (name === repost.root_name) return [-1, hop === 0 ? "chain" : "farther"];
  }
  return null;
}

/** The last of a name's reposts before `self`, else one at the same time as far as the times are known. */
function latest(list: readonly number[], self: number, reposts: readonly Repost[]): number | null {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < self) low = middle + 1;
    else high = middle;
  }
  if (low > 0) return list[low - 1]!;
  const next = list[0] === self ? list[1] : list[0];
  return next !== undefined && (reposts[next]!.ms ?? never) <= lastMs(reposts[self]!) ? next : null;
}

/** A time known to the day or minute only may be as late as its end. */
const lastMs = ({ ms, precision }: Repost): number => (ms === null ? never : ms + (precision === "day" ? dayMs - 1 : precision === "minute" ? 59_999 : 0));

function postRows({ first, reposts, tree, links, depths }: Cascade): Values[] {
  return reposts.map(({ row_no }, i) => {
    const above = tree.parents[i]! < 0 ? first.root_row : reposts[tree.parents[i]!]!.row_no;
    return [BigInt(row_no), first.root, above === null ? null : BigInt(above), depths[i]!, tree.sizes[i]! - 1, links[i]!];
  });
}

function cascadeRow({ first, reposts, tree, depths, deeper }: Cascade, shape: number | null, cut: ReadonlySet<string>): Values {
  const counts = breadths(depths);
  const sum = depths.reduce((total, depth) => total + depth, 0);
  const widest = counts.reduce((most, count) => Math.max(most, count), 0);
  return [first.root, first.root_row === null ? null : BigInt(first.root_row), reposts.length, counts.length, deeper, { double: sum / reposts.length }, widest, { double: structuralVirality(tree.sizes)! }, tree.broken.length + (cut.has(first.root) ? 1 : 0), shape];
}
