import { expect, it } from "vitest";
import { viewpoints as analyzer } from "../../analyzers/event/viewpoints.ts";
import type { Finding } from "../../analyzers/contract.ts";
import { mulberry32, quantile } from "../../analyzers/statistics.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { viewpoints } from "../../reports/case-study/viewpoints.ts";
import { draw } from "../../reports/charts/draw.ts";

const text = (sentences: ReturnType<typeof viewpoints.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const label = (viewpoint: number, cue: string | null, polarity: string | null, aspect: string | null, quotes: string, copied = 0) => ({ viewpoint, kind: cue === null ? "slogan" : "viewpoint", cue, polarity, aspect, quotes, copied });
const labels = [
  label(1, "criticism", "negative", "加班", "weibo:7\u0002天天加班谁受得了？\u0001weibo:8\u0002加班费去哪了"),
  label(2, "support", "positive", "回应", "weibo:9\u0002回应很及时<script>", 620_000),
  label(3, "question", null, "通报", 'weibo:"6\u0002通报为什么没有时间'),
  label(9, null, null, null, "weibo:5\u0002加油"),
  { ...label(10, "question", null, "通报", "weibo:6\u0002通报什么时候出来<b>\u0002question"), kind: "question", ask: "when", asked_ms: Date.UTC(2025, 2, 3, 1), replies: 2, reply: "weibo:20", reply_ms: Date.UTC(2025, 2, 3, 4) },
  { ...label(11, "question", null, "赔偿", "weibo:21\u0002赔偿怎么算\u0002question"), kind: "question", ask: "how", asked_ms: null, replies: null, reply: null, reply_ms: null },
];
const span = (name: string, from: number, to: number) => ({ name, from_ms: Date.UTC(2025, 2, from), to_ms: Date.UTC(2025, 2, to) });
const phases = { data: { phases: [span("growth", 1, 3), span("burst", 3, 5)] } } as unknown as Finding;
/** Local noon of 2 and 3 March (UTC+8) as day and slot; a row of which only the day is known. */
const day = (date: number) => Date.UTC(2025, 2, date) / 86_400_000;
const slot = (date: number) => (Date.UTC(2025, 2, date, 12)) / 600_000;
const times = [
  { viewpoint: 1, day: day(2), slot: slot(2), posts: 100, joined: 100 },
  { viewpoint: 1, day: day(3), slot: slot(3), posts: 250, joined: 240 },
  { viewpoint: 1, day: day(4), slot: null, posts: 50, joined: 50 },
  { viewpoint: 1, day: null, slot: null, posts: 10, joined: 10 },
];
const find = (totals: { posts: number; authors: number; grouped_authors: number; slogan_posts: number }, authors: [number, number][], authored = 9000) =>
  analyzer.analyze(
    { viewpoints: authors.map(([viewpoint, count]) => ({ viewpoint, field: "all", posts: count, authors: count, likes: viewpoint === 1 ? 1234 : null })), viewpoint_times: times, opinion_totals: [{ field: "all", ...totals }], viewpoint_labels: labels, coverage: [{ posts: 9000, authored }] },
    analyzer.options.parse({}),
    { event: eventSchema.parse({}), utcOffsetMs: 8 * 3_600_000, findings: new Map([["phases", phases]]) },
  );
const finding = find({ posts: 1900, authors: 1000, grouped_authors: 650, slogan_posts: 300 }, [[1, 400], [2, 250], [3, 15], [9, 280], [10, 40], [11, 6]]);

it("tells where the views gather, with shares of accounts", () => {
  expect(text(viewpoints.tell(finding, "zh"))).toEqual([
    "在发表观点句的 1,000个账号中，观点主要集中在批评“加班”（40%）、支持“回应”（25%）、追问“通报”（15个账号）（模型估计，同一账号可持多种观点）。",
    "未归入所列观点的账号占 35%，含只发口号式评论的账号。",
    "支持“回应”的帖文有 62.0% 出自同一文本的复制粘贴，其占比宜谨慎看待。",
    "待回应的问题 2 类。",
    "口号式评论 300条，另列。",
  ]);
  expect(text(viewpoints.tell(finding, "en"))[0]).toBe("Among the 1,000 accounts that wrote opinion sentences, views focus on criticism of “加班” (40%), support for “回应” (25%), questions about “通报” (15 accounts) (model estimate; an account may hold several views).");
});

it("says 主要集中 only if half of the accounts hold a listed view, and what is missing", () => {
  const scattered = find({ posts: 1000, authors: 1000, grouped_authors: 90, slogan_posts: 0 }, [[1, 90]], 0);
  expect(text(viewpoints.tell(scattered, "zh"))).toEqual([
    "在发表观点句的 1,000个账号中，较多的观点有批评“加班”（9%）（模型估计，同一账号可持多种观点）。",
    "未归入所列观点的账号占 91%。",
    "数据没有作者一列，一条帖文按一个账号计。",
  ]);
  expect(text(viewpoints.tell(find({ posts: 12, authors: 12, grouped_authors: 0, slogan_posts: 0 }, []), "zh"))).toEqual(["共有 12个账号发表观点句，没有形成成规模的观点（模型估计）。"]);
});

it("calls a view the largest only when its interval is above the next", () => {
  expect(viewpoints.charts(finding, "zh")[0]!.title).toBe("批评“加班”的声音最多");
  const near = find({ posts: 1000, authors: 1000, grouped_authors: 700, slogan_posts: 0 }, [[1, 400], [2, 390]]);
  expect(viewpoints.charts(near, "zh")[0]!.title).toBe("批评“加班”的声音居前");
});

it("quotes verbatim with post id, slogans and questions in lists of their own", () => {
  const quotes = viewpoints.extra!(finding, "zh")!.text;
  expect(quotes).toContain('<blockquote class="quote"><bdi>天天加班谁受得了？</bdi> <a data-post="weibo:7"><bdi>weibo:7</bdi></a></blockquote>');
  expect(quotes).toContain("回应很及时&lt;script&gt;");
  expect(quotes).toContain('data-post="weibo:&quot;6"');
  expect(quotes).toContain("<li><bdi>加油</bdi> <span class=\"counts\">280 个账号</span></li>");
  expect(quotes).toContain("复制粘贴集中");
  expect(quotes.indexOf("待回应的问题")).toBeGreaterThan(quotes.indexOf("通报为什么没有时间"));
});

it("says who asks what, and that a possible reply is not checked", () => {
  const [first, second] = viewpoints.extra!(finding, "zh")!.text.split('<ol class="questions">')[1]!.split("<li>").slice(1).map((item) => item.replace(/<[^>]*>/g, "").trim()) as [string, string];
  expect(first).toBe("通报什么时候出来&lt;b&gt; weibo:6“通报”何时、多久，40 个账号，最早 2025年3月3日；疑似已有回应：其后媒体或政务账号 2 条帖文提到，最早 3月3日 weibo:20（未核对是否答复）");
  expect(second.split("口号式评论")[0]!.trim()).toBe("赔偿怎么算 weibo:21“赔偿”怎么办，6 个账号；有无回应：无从判断（没有时间、没有媒体或政务账号的帖文，或所问的词太常见）");
  expect(finding.figures.find(({ key }) => key === "question.authors.10")).toMatchObject({ value: 40, unit: "authors", filter: { viewpoint: 10 } });
});

it("counts in which phase accounts joined a view, as far as the time is known", () => {
  // 3 March begins in UTC at local 08:00, so local noon of 2 March is in the first phase; a day known only as 4 March lies in the burst from local 08:00 of the 3rd to the 5th.
  expect(finding.data.viewpoints[0]).toMatchObject({ joined: [100, 290], first_ms: Date.UTC(2025, 2, 1, 16), peak_ms: Date.UTC(2025, 2, 2, 16), likes: 1234 });
  expect(finding.data.viewpoints[1]).toMatchObject({ joined: [0, 0], first_ms: null, peak_ms: null, likes: null });
  const table = viewpoints.extra!(finding, "zh")!.text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  expect(table).toContain("批评“加班” 100 290 2025年3月2日 2025年3月3日");
});

it("agrees with resampling accounts", () => {
  // 400 of 1,000 accounts: 2,000 draws of 1,000 accounts each.
  const random = mulberry32(1);
  const shares = Array.from({ length: 2000 }, () => Array.from({ length: 1000 }, () => (random() < 0.4 ? 1 : 0)).reduce<number>((sum, one) => sum + one, 0) / 1000).sort((a, b) => a - b);
  const [lo, hi] = finding.data.viewpoints[0]!.interval!;
  expect(Math.abs(quantile(shares, 0.025) - lo)).toBeLessThan(0.005);
  expect(Math.abs(quantile(shares, 0.975) - hi)).toBeLessThan(0.005);
});

it("draws without warnings", async () => {
  for (const one of [finding, find({ posts: 30, authors: 30, grouped_authors: 15, slogan_posts: 0 }, [[3, 15]])]) {
    for (const language of ["zh", "en"] as const) {
      for (const chart of viewpoints.charts(one, language)) expect((await draw(chart, "t", { language })).text).not.toMatch(/NaN|undefined|<script/);
    }
  }
});
