import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Post } from "../../pipeline/schema.ts";
import { fixture, importAll } from "./import-all.ts";

/**
 * What every invented vendor sample must give, row by row, checked by eye against the files: a line "# file, profile, read = posts + rejects", then
 * line, platform, kind, local time, precision, author?, author type, region by IP, region of the profile, reposts, comments, likes, reads, id, root.
 * An id from the content is shown as "text". Empty: unknown.
 */
const golden = readFileSync(join(import.meta.dirname, "..", "golden", "import", "vendor.tsv"), "utf8").split(/^# /m).slice(1);
const local = (ms: number | null): string => (ms === null ? "" : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " "));
const line = (post: Post): string =>
  [post.line, post.platform, post.kind, local(post.published_ms), post.precision, post.author && "author", post.author_type, post.region_ip, post.region_profile, post.reposts, post.comments, post.likes, post.reads, post.id!.replace(/^text:.*/, "text"), post.root].map((value) => value ?? "").join("\t");

describe("vendor samples", () => {
  it("are all here", () => expect(golden.map((table) => table.split("\t")[0]!)).toEqual(readdirSync(fixture("vendor")).sort()));
  for (const table of golden) {
    const [head, ...rows] = table.trimEnd().split("\n");
    const [name, profile, law] = head!.split("\t");
    it(name!, async () => {
      if (law === undefined) return expect(await importAll(fixture("vendor", name!)).catch((error: { code: string }) => error.code)).toBe(profile);
      const { posts, rejects, summary } = await importAll(fixture("vendor", name!));
      expect([summary.profile ?? "", `${summary.read} = ${posts.length} + ${rejects.length}`]).toEqual([profile, law]);
      // A row of empty cells at the end is cut off with the table.
      expect(posts.map((post) => line(post).trimEnd())).toEqual(rows.map((row) => row.trimEnd()));
    });
  }
});

const shared = new URL("../../../shared/data/vendor/", import.meta.url).pathname;
describe.skipIf(!existsSync(shared))("real samples of ../shared/data/vendor, counted only", () => {
  const count = (posts: readonly Post[], column: keyof Post): number => posts.filter((post) => post[column] !== null).length;
  it("666ghj: 150 articles", async () => {
    const { posts, rejects, summary } = await importAll(join(shared, "weibo_articles_666ghj.csv"));
    expect([summary.profile, posts.length, rejects.length, new Set(posts.map(({ id }) => id)).size]).toEqual(["微博（666ghj）", 150, 0, 148]);
    expect((["published_ms", "author", "region_ip", "reposts", "comments", "likes"] as const).map((column) => count(posts, column))).toEqual([150, 150, 126, 150, 150, 150]);
  });
  // One comment's region is the name of a robot account.
  it("666ghj: 200 comments", async () => {
    const { posts, rejects, summary } = await importAll(join(shared, "weibo_comments_666ghj.csv"));
    expect([summary.profile, posts.length, rejects.length]).toEqual(["微博评论（666ghj）", 200, 0]);
    expect((["published_ms", "author", "region_ip", "region_profile", "root", "likes"] as const).map((column) => count(posts, column))).toEqual([200, 200, 199, 200, 200, 200]);
  });
  it("reviews: 200, one without a time", async () => {
    const { posts, rejects, summary } = await importAll(join(shared, "reviews_qingyunian.csv"));
    expect([summary.profile, posts.length, rejects.length, count(posts, "published_ms"), count(posts, "own")]).toEqual([null, 200, 0, 199, 200]);
  });
});
