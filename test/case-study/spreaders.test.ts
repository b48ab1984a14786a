import { expect, it } from "vitest";
import { spreaders as analyzer } from "../../analyzers/event/spreaders.ts";
import type { Finding, Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { spreaders } from "../../reports/case-study/spreaders.ts";
import { draw } from "../../reports/charts/draw.ts";

const text = (sentences: ReturnType<typeof spreaders.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const find = (tables: Record<string, Table>, findings = new Map<string, Finding>()) => analyzer.analyze({ audience: [], author_sizes: [], spreaders: [], firsts: [], cascade_starts: [], ...tables }, analyzer.options.parse({}), { event: eventSchema.parse({}), utcOffsetMs: 28_800_000, findings });
const account = (author: number, author_name: string | null, seen: number, more = {}) => ({ author, author_name, author_type: "media", platform: "weibo", followers: 20_000, posts: 3, originals: 1, engagement: 10, reposts: seen, own: seen, remarks: 0, party: null, first_ms: Date.UTC(2025, 2, 2, 17), first_id: `p${author}`, ...more });
const full = (name = "云帆晚报") =>
  find({
    audience: [{ author_type: "ordinary", tier: "low", kind: "original", posts: 66 }, { author_type: "media", tier: "1m", kind: "original", posts: 22 }, { author_type: "ordinary", tier: "low", kind: "repost", posts: 612 }, { author_type: null, tier: null, kind: "repost", posts: 100 }],
    author_sizes: [{ posts: 1, authors: 700 }, { posts: 50, authors: 2 }],
    spreaders: [account(1, name, 400), account(2, "云**客", 30, { followers: null })],
    firsts: [{ which: "all", id: "p2", precision: "minute" }],
  });

it("tells kinds, types, accounts and the most reposted one", () => {
  expect(text(spreaders.tell(full(), "zh"))).toEqual([
    "全部 800条帖文中，原创占 11.0%，转发占 89.0%。",
    "作者类型已知的 700条帖文中，普通用户占 96.9%，媒体占 3.1%；其中原创 88条，普通用户占 75.0%，媒体占 25.0%。",
    // Ten busiest: 50 + 50 + 8 of 800, with a wide interval; 800² / (700·1² + 2·50²) accounts.
    "共 702个账号参与，发帖最多的十个账号占其帖文的 14%，相当于 112个账号平均发帖的集中程度；粉丝数已知的帖文中，百万粉以上账号占 3.1%。",
    "数据中影响最大的账号是云帆晚报，由其帖文带来的转发 400条，占全部转发的 56.2%。",
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
    { name: "云帆晚报", roles: "影响最大", type: "媒体", platform: "微博", followers: "20,000", posts: "3", originals: "1", engagement: "10", reposts: "400", share: "56.2%", remarks: "0", first: "2025年3月3日" },
    { name: "云**客", roles: "首发", type: "媒体", platform: "微博", followers: "未知", posts: "3", originals: "1", engagement: "10", reposts: "30", share: "4.2%", remarks: "0", first: "2025年3月3日" },
  ]);
});

it("gives roles by what the data shows", () => {
  const peak = { status: "ok", data: { bins: { unit: "slot", minutes: 60, number: 40 }, shape: "flat", clock: null, phases: [], peak: { ms: Date.UTC(2025, 2, 3, 4), posts: 90, capped: false }, waves: [], turns: [], gaps: [], end: null, cut: false, utc_offset_ms: 28_800_000 } } as unknown as Finding;
  const noon = Date.UTC(2025, 2, 3, 12) / 3_600_000; // the peak hour, local
  const { data } = find(
    {
      audience: [{ author_type: null, tier: null, kind: "repost", posts: 400 }],
      // 2 passed on 50 of its 60; 3 is a subject's; 4 began the largest tree of the six hours before noon; the larger ones are in the peak hour and too early.
      spreaders: [account(1, "甲", 100), account(2, "乙", 60, { own: 10 }), account(3, "丙", 5, { party: "甲公司" }), account(4, "丁", 40, { remarks: 90 })],
      cascade_starts: [{ hour: noon, author: 1, below: 99 }, { hour: noon - 7, author: 1, below: 98 }, { hour: noon - 6, author: 4, below: 30 }, { hour: noon - 1, author: 2, below: 20 }],
    },
    new Map([["phases", peak]]),
  );
  expect(data.accounts.map(({ author_name, reach, share, roles }) => [author_name, reach, share, roles])).toEqual([
    ["丁", 130, 0.1, ["igniter", "most_reach"]],
    ["甲", 100, 0.25, []],
    ["乙", 60, 0.15, ["relay"]],
    ["丙", 5, 0.0125, ["party"]],
  ]);
});

it("draws without warnings, hostile names included", async () => {
  for (const name of ["云帆晚报", "</text><script>alert(1)</script>", "\u202e反\n向".repeat(50), "__proto__"]) {
    for (const language of ["zh", "en"] as const) for (const chart of spreaders.charts(full(name), language)) for (const width of [720, 344]) expect((await draw(chart, "t", { language, width })).text).not.toMatch(/NaN|undefined|<script/);
  }
});
