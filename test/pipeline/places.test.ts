import { afterAll, expect, it } from "vitest";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import type { ScoredText } from "../../pipeline/schema.ts";
import { event, fill, post } from "../fixture.ts";

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));

const shared = "?鼓楼区\u0001320106 320302 350102 410204";
const text = (text_key: string, mentioned: string[]): ScoredText => ({ text_key, terms: [], tags: [], emoticons: [], mentions: [], polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned, opinions: [], targets: [], triage: [], err: null });
const at = Date.UTC(2025, 2, 3, 4);
async function count(region: string | undefined) {
  const posts = [post(1, { text_key: "a", published_ms: at, author: "x" }), post(2, { text_key: "a", published_ms: at, author: "y" }), post(3, { text_key: "b", published_ms: at, author: "x" })];
  const { database, tables } = await fill(posts, [text("a", ["江苏", "320583", shared, "?朝阳区\u0001110105 220104"]), text("b", [shared])], { ...event, region });
  open.push(database);
  return tables.get("regions")!.filter(({ source }) => source !== "ip" && source !== "profile").map(({ source, region: place, posts: n }) => `${source} ${place} ${n}`);
}

it("counts a name that several places share apart, and each post once under ?", async () => {
  expect(await count(undefined)).toEqual(["mentioned 江苏 2", "place 320583 2", "unclear ? 3", "unclear ?朝阳区 2", "unclear ?鼓楼区 3"]);
});

it("settles a shared name by the event's own region, where it leaves one place", async () => {
  expect(await count("江苏徐州市")).toEqual(["mentioned 江苏 3", "place 320302 3", "place 320583 2", "unclear ? 2", "unclear ?朝阳区 2"]);
  // Two places of the name lie in 江苏.
  expect(await count("江苏")).toContain("unclear ?鼓楼区 3");
  expect(await count("某地")).toContain("unclear ?鼓楼区 3");
});

it("sums how author-days hang together, as counted by hand", async () => {
  const one = (line: number, author: string | null, text_key: string | null, region_ip: string | null, day = 0) => post(line, { author, text_key, region_ip, published_ms: at + day * 86_400_000 });
  // Texts a and b are one cluster in the fixture's text_clusters (numbers 2 and 3), c is another (4).
  const posts = [one(1, "x", "a", "广东"), one(2, "y", "b", "广东"), one(3, "x", "c", "广东", 1), one(4, "z", "a", "湖北"), one(5, null, null, "湖北"), one(6, "u", "c", "海外"), one(7, "x", "c", "广东", 1)];
  const { database, tables } = await fill(posts, ["0", "a", "b", "c"].map((key) => text(key, [])));
  open.push(database);
  const rows = tables.get("region_clusters")!.filter(({ source }) => source === "ip").map(({ grouping, region, author_days, squares, products }) => [grouping, region, author_days, squares, products].join(" "));
  expect(rows).toEqual([
    // x twice, y once; z and nobody once each.
    "author 广东 3 5 5", "author 湖北 2 2 2",
    "both 广东 3 3 3", "both 湖北 2 2 2",
    // Cluster ab: two in 广东, one in 湖北 (size 3); c once in 广东, 海外 left out; the post without words alone.
    "text 广东 3 5 7", "text 湖北 2 2 4",
  ]);
});
