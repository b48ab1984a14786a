import { expect, it } from "vitest";
import { spreaders } from "../../../analyzers/event/spreaders.ts";
import type { Table } from "../../../analyzers/contract.ts";
import { gini } from "../../../analyzers/statistics.ts";
import { eventSchema } from "../../../pipeline/config.ts";

const context = { event: eventSchema.parse({}), utcOffsetMs: 28_800_000, findings: new Map() };
const audience = (author_type: string | null, kind: string, posts: number, tier: string | null = null) => ({ author_type, tier, kind, posts });
const account = (author: number, more: Record<string, string | number | null> = {}) => ({ author, author_name: `甲*${author}`, author_type: null, platform: "weibo", followers: null, posts: 1, originals: 1, engagement: 0, reposts: 0, own: 0, remarks: 0, party: null, first_ms: null, first_id: `p${author}`, ...more });
const find = (tables: Record<string, Table>, options = {}) => spreaders.analyze({ audience: [], author_sizes: [], spreaders: [], firsts: [], cascade_starts: [], ...tables }, spreaders.options.parse(options), context);
const value = (finding: ReturnType<typeof find>, key: string) => finding.figures.find((one) => one.key === key)?.value;

it("shares kinds over all posts, types and tiers over the posts where they are known", () => {
  const finding = find({ audience: [audience("ordinary", "original", 6, "low"), audience("media", "original", 2, "1m"), audience("ordinary", "repost", 22), audience(null, "repost", 50), audience(null, "comment", 20)] });
  expect(["original", "repost", "comment"].map((kind) => value(finding, `kind.share.${kind}`))).toEqual([0.08, 0.72, 0.2]);
  expect(value(finding, "author_type.share.ordinary")).toBeCloseTo(28 / 30, 12);
  expect(value(finding, "original_type.share.media")).toBe(0.25);
  expect(finding.figures.find(({ key }) => key === "tier.share.1m")).toMatchObject({ value: 0.25, of: 8, filter: { followers: { gte: 1_000_000 } } });
  expect(finding.data.missing).toEqual(["author"]);
});

it("says which columns are missing and goes on", () => {
  const finding = find({ audience: [audience(null, "comment", 5)] });
  expect(finding.status).toBe("ok");
  expect(finding.data).toMatchObject({ missing: ["author", "author_type", "followers"], authors: null, all: { known: 0, types: [] }, kinds: [{ kind: "original", posts: 0, share: 0 }, { kind: "repost", posts: 0, share: 0 }, { kind: "comment", posts: 5, share: 1 }] });
  expect(find({})).toMatchObject({ status: "empty", data: { missing: [] } });
});

it("measures concentration from grouped sizes as from the list of authors", () => {
  // 9 authors with 1 post, 2 with 3, 1 with 20: 35 posts; the busiest ten have 20 + 3 + 3 + 7·1 = 33.
  const finding = find({ audience: [audience(null, "original", 35)], author_sizes: [{ posts: 3, authors: 2 }, { posts: 20, authors: 1 }, { posts: 1, authors: 9 }] });
  expect(finding.data.authors).toEqual({ authors: 12, posts: 35, gini: expect.closeTo(gini([...Array<number>(9).fill(1), 3, 3, 20]), 12), top10: 33 / 35, top1: null, effective: expect.closeTo(35 ** 2 / (9 + 2 * 9 + 400), 12) });
  expect(find({ author_sizes: [{ posts: 4, authors: 10 }] }).data.authors).toMatchObject({ gini: 0, top10: null });
});

it("ranks by reach, else by engagement, else by posts", () => {
  const names = (rows: Table) => { const { ranked_by, accounts } = find({ spreaders: rows }).data; return [ranked_by, ...accounts.map(({ author }) => author)]; };
  expect(names([account(1, { engagement: 90 }), account(2, { reposts: 1 })])).toEqual(["reach", 2, 1]);
  expect(names([account(1, { posts: 9 }), account(2, { engagement: 5 })])).toEqual(["engagement", 2, 1]);
  expect(names([account(2), account(1), account(3, { posts: 2 })])).toEqual(["posts", 3, 1, 2]);
});

it("gives a superlative to one account or to none", () => {
  const roles = (rows: Table, firsts: Table = []) => find({ spreaders: rows, firsts }).data.accounts.map((row) => row.roles);
  expect(roles([account(1, { reposts: 5, posts: 2 }), account(2, { reposts: 5 })])).toEqual([["most_posts"], []]);
  expect(roles([account(1, { reposts: 5 })])).toEqual([[]]);
});

it("calls an account first only when the time is better than a day", () => {
  const rows = [account(1, { reposts: 3 }), account(2)];
  const roles = (precision: string) => find({ spreaders: rows, firsts: [{ which: "all", id: "p2", precision }, { which: "media", id: "p9", precision }] }).data.accounts.map((row) => row.roles);
  expect(roles("minute")).toEqual([["most_reach"], ["first"]]);
  expect(roles("day")).toEqual([["most_reach"], []]);
});

it("survives names that are property names of objects", () => {
  const finding = find({ spreaders: [account(1, { author_name: "__proto__" }), account(2, { author_name: "constructor" })] });
  expect(finding.data.accounts.map(({ author_name }) => author_name)).toEqual(["__proto__", "constructor"]);
});
