import { expect, it } from "vitest";
import { spreaders as analyzer } from "../../analyzers/event/spreaders.ts";
import type { Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { spreaders } from "../../reports/case-study/spreaders.ts";
import { draw } from "../../reports/charts/draw.ts";

const text = (sentences: ReturnType<typeof spreaders.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const find = (tables: Record<string, Table>) => analyzer.analyze({ audience: [], author_sizes: [], spreaders: [], firsts: [], cascades: [], ...tables }, analyzer.options.parse({}), { event: eventSchema.parse({}), utcOffsetMs: 28_800_000, findings: new Map() });
const account = (author: number, author_name: string | null, seen: number, more = {}) => ({ author, author_name, author_type: "media", platform: "weibo", followers: 20_000, posts: 3, originals: 1, engagement: 10, seen, first_ms: Date.UTC(2025, 2, 2, 17), first_id: `p${author}`, ...more });
const full = (name = "云帆晚报") =>
  find({
    audience: [{ author_type: "ordinary", tier: "low", kind: "original", posts: 66 }, { author_type: "media", tier: "1m", kind: "original", posts: 22 }, { author_type: "ordinary", tier: "low", kind: "repost", posts: 612 }, { author_type: null, tier: null, kind: "repost", posts: 100 }],
    author_sizes: [{ posts: 1, authors: 700 }, { posts: 50, authors: 2 }],
    spreaders: [account(1, name, 400), account(2, "云**客", 30, { followers: null })],
    firsts: [{ which: "all", id: "p2", precision: "minute" }],
    cascades: [{ root: "p1", seen: 400, authors: 390, depth: 6, first_ms: 0, last_ms: 7_200_000, platform: "weibo", author_name: name, title: `公司回应${"的说明".repeat(20)}` }, { root: "x", seen: 3, authors: 3, depth: null, first_ms: null, last_ms: null, platform: null, author_name: null, title: null }],
  });

it("tells kinds, types, accounts and the most reposted one", () => {
  expect(text(spreaders.tell(full(), "zh"))).toEqual([
    "全部 800条帖文中，原创占 11.0%，转发占 89.0%。",
    "作者类型已知的 700条帖文中，普通用户占 96.9%，媒体占 3.1%；其中原创 88条，普通用户占 75.0%，媒体占 25.0%。",
    // Ten busiest: 50 + 50 + 8 of 800.
    "共 702个账号参与，发帖最多的十个账号占其帖文的 13.5%；粉丝数已知的帖文中，百万粉以上账号占 3.1%。",
    "数据中被转发最多的账号是云帆晚报，可见转发 400条。",
  ]);
});

it("gives counts below 20 posts, names no leader on a tie, and says what is missing", () => {
  const few = find({ audience: [{ author_type: null, tier: null, kind: "original", posts: 4 }, { author_type: "talent", tier: null, kind: "comment", posts: 2 }], spreaders: [account(1, "甲", 5), account(2, "乙", 5)] });
  expect(text(spreaders.tell(few, "zh"))).toEqual(["全部 6条帖文中，原创 4条，评论 2条。", "作者类型已知的 2条帖文中，达人 2条。", "数据没有作者、粉丝数，相应部分从略。"]);
  expect(spreaders.charts(few, "zh").map(({ id, title }) => [id, title])).toEqual([["spreaders-accounts", "重点账号"]]);
  expect(spreaders.tell(find({}), "zh")).toEqual([]);
});

it("tabulates the accounts with roles and local dates", () => {
  const chart = spreaders.charts(full(), "zh").find(({ id }) => id === "spreaders-accounts")!;
  // 17:00 UTC on 2 March is 01:00 on 3 March at +08:00.
  expect(chart.table.rows).toEqual([
    { name: "云帆晚报", roles: "被转最多", type: "媒体", platform: "微博", followers: "20,000", posts: "3", originals: "1", engagement: "10", seen: "400", first: "2025年3月3日" },
    { name: "云**客", roles: "首发", type: "媒体", platform: "微博", followers: "未知", posts: "3", originals: "1", engagement: "10", seen: "30", first: "2025年3月3日" },
  ]);
});

it("lists cascades with shortened titles, escaped", () => {
  const list = spreaders.extra!(full("<b>晚报</b>"), "zh")!.text;
  expect(list).toContain(`「公司回应${"的说明".repeat(12)}…」`);
  expect(list).toContain("&lt;b&gt;晚报&lt;/b&gt;");
  expect(list).toContain("（数据中没有原帖）");
  expect(list).toContain(">未知</td>");
  expect(spreaders.extra!(find({}), "zh")).toBeNull();
});

it("draws without warnings, hostile names included", async () => {
  for (const name of ["云帆晚报", "</text><script>alert(1)</script>", "\u202e反\n向".repeat(50), "__proto__"]) {
    for (const language of ["zh", "en"] as const) for (const chart of spreaders.charts(full(name), language)) for (const width of [720, 344]) expect((await draw(chart, "t", { language, width })).text).not.toMatch(/NaN|undefined|<script/);
  }
});
