import { expect, it } from "vitest";
import { platforms as analyzer } from "../../analyzers/event/platforms.ts";
import type { Finding, Table } from "../../analyzers/contract.ts";
import { platforms as section } from "../../reports/case-study/platforms.ts";
import { event } from "../fixture.ts";

const row = (platform: string | null, channel: string | null, posts: number, originals = 0, engagement = 0) => ({ platform, channel, posts, originals, author_days: posts, engagement });
const analyze = (volume: Table) => analyzer.analyze({ volume }, { top: 2 }, { event, utcOffsetMs: 0, findings: new Map() });
const told = (finding: ReturnType<typeof analyze>) => section.tell(finding as never, "zh").map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));

it("shares are of posts with a known platform; the rest is summed; another lens may lead", () => {
  // 60 + 30 + 10 known of 125: 60 %, 30 %, 10 %; by engagement douyin leads with 900 against 100.
  const finding = analyze([row("weibo", "social", 60, 5, 100), row("douyin", "video", 30, 5, 900), row("people", "news", 10), row(null, null, 25)]);
  const value = (key: string) => finding.figures.find((figure) => figure.key === key)?.value;
  expect([value("posts.known"), value("platform.share.weibo"), value("platform.share.douyin"), value("channel.share.news")]).toEqual([100, 0.6, 0.3, 0.1]);
  expect(finding.coverage).toEqual({ posts: 100, of: 125 });
  expect(finding.data.rest).toBe(10);
  expect(finding.data.first).toEqual({ posts: "weibo", originals: "douyin", author_days: "weibo", engagement: "douyin" });
  expect(told(finding)).toEqual([
    "平台已知的 100条帖文中，微博占 60.0%，其次为抖音（30.0%）。",
    "渠道已知的 100条帖文中，社交平台占 60.0%，新闻客户端与新闻网站合计占 10.0%。",
    "换一种计数口径，最多的平台不同：全部帖文为微博，仅原创为抖音，每作者每天一次为微博，互动加权为抖音。",
  ]);
});

it("one platform is said in a sentence, without a chart of one bar; none is one line", () => {
  const one = analyze([row("weibo", "social", 60)]);
  expect(told(one)).toEqual(["平台已知的 60条帖文均来自微博。"]);
  expect(section.charts(one as Finding as never, "zh")).toEqual([]);
  expect(analyze([row(null, null, 5)])).toMatchObject({ status: "unavailable", reason: { zh: "数据没有平台或来源网站一列" } });
  expect(analyze([])).toMatchObject({ status: "empty", reason: { zh: "没有帖文" } });
});

it("shares of channels are of posts with a known channel, also where these are more than those with a known platform", () => {
  // The vendor gives the kind of medium of 30 posts without a platform: 30 of 40 are press, not 30 of 10.
  const finding = analyze([row("weibo", "social", 10), row(null, "news", 20), row(null, "app", 10), row(null, null, 5)]);
  const of = (key: string) => finding.figures.filter((figure) => figure.key === key).map(({ value, of }) => [value, of])[0];
  expect([of("press.share"), of("channel.share.social"), of("channel.share.news"), of("platform.share.weibo")]).toEqual([[0.75, 40], [0.25, 40], [0.5, 40], [1, 10]]);
  expect(told(finding)).toEqual(["平台已知的 10条帖文均来自微博。", "渠道已知的 40条帖文中，社交平台占 25.0%，新闻客户端与新闻网站合计占 75.0%。"]);
});

it("of fewer than 20 posts there are counts and no shares, and a chart never puts the unknown first", () => {
  const finding = analyze([row(null, "news", 30), row("weibo", "social", 12), row("douyin", "video", 3)]);
  expect(told(finding)[0]).toBe("平台已知的 15条帖文中，微博有 12条，其次为抖音（3条）。");
  const [chart] = section.charts(finding as Finding as never, "zh");
  expect([chart!.title, chart!.note]).toEqual(["微博居前，有 12条", "单位：条；百分比以平台已知的 15 条为分母，含转发，另有 30 条平台不详"]);
  expect(chart!.table.rows).toEqual([{ name: "未知", posts: "30", share: "—" }, { name: "微博", posts: "12", share: "80.0%" }, { name: "抖音", posts: "3", share: "20.0%" }]);
});
