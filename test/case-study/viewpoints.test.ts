import { expect, it } from "vitest";
import { viewpoints as analyzer } from "../../analyzers/event/viewpoints.ts";
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
];
const find = (totals: { posts: number; authors: number; grouped_authors: number; slogan_posts: number }, authors: [number, number][], authored = 9000) =>
  analyzer.analyze(
    { viewpoints: authors.map(([viewpoint, count]) => ({ viewpoint, field: "all", posts: count, authors: count })), opinion_totals: [{ field: "all", ...totals }], viewpoint_labels: labels, coverage: [{ posts: 9000, authored }] },
    analyzer.options.parse({}),
    { event: eventSchema.parse({}), utcOffsetMs: 8 * 3_600_000, findings: new Map() },
  );
const finding = find({ posts: 1900, authors: 1000, grouped_authors: 650, slogan_posts: 300 }, [[1, 400], [2, 250], [3, 15], [9, 280]]);

it("tells where the views gather, with shares of accounts", () => {
  expect(text(viewpoints.tell(finding, "zh"))).toEqual([
    "在发表观点句的 1,000个账号中，观点主要集中在批评“加班”（40%）、支持“回应”（25%）、质疑“通报”（15个账号）（模型估计，同一账号可持多种观点）。",
    "未归入所列观点的账号占 35%，含只发口号式评论的账号。",
    "支持“回应”的帖文有 62.0% 出自同一文本的复制粘贴，其占比宜谨慎看待。",
    "所列观点中，1 类为质疑或求助，有待回应，另列于后。",
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

it("quotes verbatim with cue and post id, questions in their own list", () => {
  const quotes = viewpoints.extra!(finding, "zh")!.text;
  expect(quotes).toContain('<blockquote class="quote"><span class="cue cue-criticism">批评</span> <bdi>天天加班谁受得了？</bdi> <a data-post="weibo:7"><bdi>weibo:7</bdi></a></blockquote>');
  expect(quotes.indexOf("待回应的问题")).toBeGreaterThan(quotes.indexOf("回应很及时&lt;script&gt;"));
  expect(quotes.indexOf("通报为什么没有时间")).toBeGreaterThan(quotes.indexOf("待回应的问题"));
  expect(quotes).toContain('data-post="weibo:&quot;6"');
  expect(quotes).toContain("<li><bdi>加油</bdi> <span class=\"counts\">280 个账号</span></li>");
  expect(quotes).toContain("复制粘贴集中");
});

it("draws without warnings", async () => {
  for (const one of [finding, find({ posts: 30, authors: 30, grouped_authors: 15, slogan_posts: 0 }, [[3, 15]])]) {
    for (const language of ["zh", "en"] as const) {
      for (const chart of viewpoints.charts(one, language)) expect((await draw(chart, "t", { language })).text).not.toMatch(/NaN|undefined|<script/);
    }
  }
});
