import { afterAll, expect, it } from "vitest";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import type { Post } from "../../pipeline/schema.ts";
import { fill, post } from "../fixture.ts";

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));

/** Minutes after midnight as a time; a repost of "r" by the named account unless said otherwise. */
const at = (minute: number) => Date.UTC(2025, 2, 3) + minute * 60_000;
const root = post(1, { id: "r", author: "a0", author_name_key: "n0", published_ms: at(0) });
const repost = (line: number, minute: number | null, given: Partial<Post> = {}) => post(line, { id: `p${line}`, kind: "repost", root: "r", parent: "r", depth: 1, author: `a${line}`, author_name_key: `n${line}`, published_ms: minute === null ? null : at(minute), ...given });
const chained = (line: number, minute: number | null, chain: string, given: Partial<Post> = {}) => repost(line, minute, { parent: null, chain, depth: 1 + chain.split(" ").filter((name) => name !== "…").length, ...given });

async function relate(posts: Post[]) {
  const { database } = await fill(posts, []);
  open.push(database);
  const links = await database.rows<{ id: string; above: string | null; root: string; depth: number; below: number; link: string }>("SELECT s.id, q.id AS above, c.root, c.depth, c.below, c.link FROM cascade_posts c JOIN scored s USING (row_no) LEFT JOIN scored q ON q.row_no = c.above ORDER BY s.row_no");
  const cascades = await database.rows("SELECT root, reposts, depth, deeper, mean_depth, breadth, virality, cycles, shape_no FROM cascades ORDER BY root");
  return { database, links: links.map(({ id, above, depth, below, link }) => `${id}<${above} ${depth} +${below} ${link}`), roots: links.map(({ root }) => root), cascades };
}

it("takes parents that are given, and finds others by the names of the chain", async () => {
  const { links, cascades } = await relate([
    root,
    repost(2, 1),
    repost(3, 2, { parent: "p2", depth: null }),
    chained(4, 3, "n3 n2"),
    chained(5, 4, "n99 n2"), // the nearer one is not in the data
    chained(6, 5, "n99"), // nobody of the chain is
    repost(7, 6, { parent: "gone", depth: null }),
  ]);
  expect(links).toEqual(["p2<r 1 +3 direct", "p3<p2 2 +1 given", "p4<p3 3 +0 chain", "p5<p2 3 +0 farther", "p6<r 2 +0 lost", "p7<r 1 +0 lost"]);
  // Tree: r─2─3─4, 2─5, r─6, r─7; sizes 4 2 1 1 1 1 of n = 7: 4·3 + 2·5 + 4·(1·6) = 46 over 21 pairs. Depths 1 2 3 3 2 1.
  expect(cascades).toEqual([{ root: "r", reposts: 6, depth: 3, deeper: false, mean_depth: 2, breadth: 2, virality: 46 / 21, cycles: 0, shape_no: 1 }]);
});

it("takes the latest repost before, also when it was in the same minute but stands later in the file", async () => {
  const { links } = await relate([root, repost(2, 1, { author_name_key: "x" }), repost(3, 5, { author_name_key: "x" }), chained(4, 4, "x"), chained(5, 6, "x"), chained(6, 9, "n7"), repost(7, 9), chained(8, 1, "n7")]);
  // p8 is before p7: not its repost.
  expect(links.slice(2)).toEqual(["p4<p2 2 +0 chain", "p5<p3 2 +0 chain", "p6<p7 2 +0 chain", "p7<r 1 +1 direct", "p8<r 2 +0 lost"]);
});

it("never hangs a post on itself, and takes the root's own name for the root", async () => {
  const { links } = await relate([root, chained(2, 1, "n2"), chained(3, 2, "n0"), chained(4, 3, "- n3")]);
  expect(links).toEqual(["p2<r 2 +0 lost", "p3<r 2 +1 chain", "p4<p3 3 +0 farther"]);
});

it("says when the cascade may be deeper than its chains tell", async () => {
  expect((await relate([root, repost(2, 1), chained(3, 2, "n2 …")])).cascades).toMatchObject([{ depth: 2, deeper: true }]);
  // p4's chain names p3 alone, which itself is of the second level.
  expect((await relate([root, repost(2, 1), chained(3, 2, "n2"), chained(4, 3, "n3")])).cascades).toMatchObject([{ depth: 3, deeper: true }]);
});

it("cuts a cycle above its earliest post and counts it; finds roots by climbing", async () => {
  const parent = (line: number, of: string) => repost(line, line, { root: null, parent: of, depth: null });
  const { links, roots, cascades } = await relate([root, parent(2, "p4"), parent(3, "p2"), parent(4, "p3"), parent(5, "r"), parent(6, "p5"), parent(7, "gone")]);
  expect(roots).toEqual(["p2", "p2", "r", "r", "gone"]);
  expect(links).toEqual(["p3<p2 1 +1 direct", "p4<p3 2 +0 given", "p5<r 1 +1 direct", "p6<p5 2 +0 given", "p7<null 1 +0 direct"]);
  expect(cascades.map(({ root, cycles }) => `${root} ${cycles}`)).toEqual(["gone 0", "p2 1", "r 0"]);
  expect((await relate([root, repost(2, 1, { parent: "p3" }), repost(3, 2, { parent: "p2" })])).cascades).toMatchObject([{ root: "r", cycles: 1, depth: 2 }]);
});

it("takes a path of 5,000", async () => {
  const { cascades, database } = await relate([root, ...Array.from({ length: 5000 }, (_, i) => repost(i + 2, i, i === 0 ? {} : { parent: `p${i + 1}`, depth: null }))]);
  expect(cascades).toMatchObject([{ reposts: 5000, depth: 5000, breadth: 1, mean_depth: 2500.5, virality: 5002 / 3 }]);
  expect(await database.rows("SELECT count(*) AS n, max(reposts) AS most FROM cascade_authors")).toEqual([{ n: 5000, most: 5000 }]);
});

it("draws branches, the rest and depths over time", async () => {
  // p2 has three below it, one of them (p3) has none of its own; p6 and p7 hang on the root.
  const { database } = await relate([root, repost(2, 10), chained(3, 20, "n2"), chained(4, 30, "n2"), chained(5, 48, "n2"), repost(6, 40), repost(7, null)]);
  const strips = await database.rows<{ course: string }>("SELECT kind, no, above, row_no, posts, course FROM cascade_strips ORDER BY kind, no");
  expect(strips.map(({ course, ...rest }) => ({ ...rest, shown: course.split(",").reduce((sum, n) => sum + Number(n), 0), parts: course.split(",").length }))).toEqual([
    { kind: "all", no: 0, above: 0, row_no: null, posts: 6, shown: 5, parts: 48 },
    { kind: "branch", no: 1, above: 0, row_no: 2, posts: 4, shown: 4, parts: 48 },
    { kind: "depth", no: 1, above: 0, row_no: null, posts: 3, shown: 2, parts: 48 },
    { kind: "depth", no: 2, above: 0, row_no: null, posts: 3, shown: 3, parts: 48 },
    { kind: "rest", no: 0, above: 0, row_no: null, posts: 2, shown: 1, parts: 48 },
  ]);
});

it("takes data without reposts", async () => {
  expect((await relate([root])).links).toEqual([]);
});
