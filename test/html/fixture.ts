import type { Figure } from "../../analyzers/contract.ts";
import { eventSchema, runSchema } from "../../pipeline/config.ts";
import { lenses as lensesAnalyzer } from "../../analyzers/event/lenses.ts";
import { coverage } from "../../reports/case-study/coverage.ts";
import { lenses } from "../../reports/case-study/lenses.ts";
import { platforms } from "../../reports/case-study/platforms.ts";
import { palette } from "../../reports/charts/theme.ts";
import type { Section } from "../../reports/contract.ts";
import { html } from "../../reports/html/html.ts";
import { teller } from "../../reports/narrative/say.ts";
import { reportSchema, reportVersion, type Report } from "../../reports/report.ts";

/** A small invented report, written by hand: two real sections, three of its own (a time chart, a stacked one, a list), one unavailable, one failed. */

const hour = 3_600_000;
const start = Date.UTC(2026, 2, 1, 8); // 2026-03-01 16:00 +08:00

const figure = (key: string, zh: string, en: string, value: number | null, unit: Figure["unit"], more: Partial<Figure> = {}): Figure => ({ key, label: { zh, en }, value, unit, of: null, interval: null, filter: null, estimate: false, ...more });

const base = (id: string, zh: string, en: string) => ({ id, question: { zh, en }, status: "ok" as const, reason: null, lens: "posts" as const, quoted: [] as string[], coverage: { posts: 1900, of: 2000 }, method: { zh: "按帖文计数，含转发。", en: "Posts are counted, reposts included." } });

const names = ["weibo", "douyin", "wechat", "news"];
const posts = [1200, 400, 200, 100];
const measures = (n: number) => ({ posts: n, originals: n / 10, author_days: n / 2, engagement: n * 3 });

const findings: Report["findings"] = [
  {
    ...base("coverage", "这份报告读了什么、知道什么、不知道什么？", "What was read, what is known, what is not?"),
    coverage: { posts: 2000, of: 2000 },
    figures: [
      figure("read", "读入行数", "rows read", 2100, "count"),
      figure("kept", "计入帖文", "posts kept", 2000, "posts", { filter: {} }),
      figure("duplicates", "重复行", "duplicate rows", 60, "count"),
      figure("outside", "时间窗口外", "outside the window", 25, "count"),
      figure("accounts", "账号行", "rows about accounts", 0, "count"),
      figure("rejected", "拒收行", "rejected rows", 15, "count"),
      ...[["timed", "有发布时间", 1], ["bare", "无本人文字的转发", 0.4123], ["typed", "有作者类型", 0.2], ["region_ip", "有 IP 属地", 0.655]].map(([key, label, value]) => figure(`known.${key}`, label as string, `${key} known`, value as number, "share", { of: 2000 })),
    ],
    data: { posts: 2000, columns: [], low: ["typed"], kinds: [], read: 2100, duplicates: 60, outside: 25, outside_roots: 0, accounts: 0, rejected: 15, links: [] },
  },
  {
    ...base("volume", "声量怎样起落？", "How did the volume move?"),
    figures: [
      figure("posts", "帖文总数", "posts in all", 20_031, "posts", { filter: {} }),
      figure("peak", "峰值小时的帖文", "posts in the peak hour", 412, "posts", { filter: { published_ms: { gte: start + 20 * hour, lt: start + 21 * hour } } }),
      figure("peak.ms", "峰值小时", "peak hour", start + 20 * hour, "ms"),
    ],
    data: { bins: Array.from({ length: 72 }, (_, i) => Math.round(400 * Math.exp(-(((i - 20) / (i < 20 ? 5 : 14)) ** 2)) + (i % 24) + 3)) },
  },
  {
    ...base("platforms", "主要在哪些平台上传播？", "On which platforms did it spread?"),
    figures: [
      figure("posts.known", "平台已知的帖文", "posts with a known platform", 1900, "posts"),
      ...names.flatMap((name, i) => [
        figure(`platform.posts.${name}`, `${name} 的帖文`, `posts on ${name}`, posts[i]!, "posts", { filter: { platform: name } }),
        figure(`platform.share.${name}`, `${name} 的占比`, `share of ${name}`, posts[i]! / 1900, "share", { of: 1900, filter: { platform: name } }),
      ]),
      figure("channel.share.news", "新闻网站的占比", "share of news sites", 100 / 1900, "share", { of: 1900, filter: { channel: "news" } }),
    ],
    data: {
      platforms: names.map((platform, i) => ({ platform, channel: "social", ...measures(posts[i]!) })),
      rest: 0,
      channels: [{ channel: "social", ...measures(1800) }, { channel: "news", ...measures(100) }],
      first: { posts: "weibo", originals: "weibo", author_days: "weibo", engagement: "douyin" },
    },
  },
  {
    ...base("mood", "媒体与民间的情绪有何不同？", "How do media and public differ in mood?"),
    figures: [figure("negative.public", "民间负面占比", "negative share, public", 0.5234, "share", { of: 1500, interval: [0.49, 0.556], filter: { field: "public", polarity: "negative" }, estimate: true })],
    data: { shares: { media: [0.12, 0.8, 0.08], official: [0.02, 0.9, 0.08], public: [0.52, 0.35, 0.13] } },
  },
  { ...base("regions", "哪些地区最关注？", "Which regions care most?"), status: "unavailable", reason: { zh: "数据没有地区一列", en: "the data has no region column" }, figures: [], data: null },
  { id: "topics", question: { zh: "在谈什么？", en: "What is spoken of?" }, status: "error", error: "no table \"topics\"" },
];

const event = eventSchema.parse({ name: "青梅日记门店后厨事件", summary: "3月1日，一段后厨视频在网上流传；公司次日回应，监管部门到店检查。", label: "示例数据", window: { from: "2026-03-01", to: "2026-03-04" } });

/** Posts of three days on two platforms: Weibo has more posts, Douyin more engagement. day 20513 is 2026-03-01. */
const counted = [
  [20_513, "weibo", "public", 600, 60, 300, 900],
  [20_514, "weibo", "public", 500, 40, 250, 600],
  [20_514, "douyin", "public", 300, 90, 280, 4000],
  [20_515, "weibo", "media", 100, 20, 50, 300],
].map(([day, platform, field, posts, originals, author_days, engagement]) => ({ day: day as number, slot: (day as number) * 144 + 72, platform, field, posts, originals, author_days, engagement, channel: "social" }));
const part = (more: object, share: number) => counted.map((row) => ({ ...row, ...more, posts: (row.posts as number) * share, originals: (row.originals as number) * share, author_days: (row.author_days as number) * share, engagement: (row.engagement as number) * share }));
/** The lens switch as its analyzer gives it for those posts. */
export const lensFinding = lensesAnalyzer.analyze(
  {
    volume: counted as never,
    sentiment: [...part({ polarity: "negative" }, 0.5), ...part({ polarity: "neutral" }, 0.3), ...part({ polarity: null }, 0.2)] as never,
    regions: [...part({ source: "ip", region: "广东" }, 0.6), ...part({ source: "ip", region: "浙江" }, 0.4)] as never,
    audience: part({ author_type: "ordinary" }, 1) as never,
  },
  { platforms: 8 },
  { event, utcOffsetMs: 8 * hour, findings: new Map() },
);
findings.push({ ...lensFinding, id: lensesAnalyzer.id, question: lensesAnalyzer.question, quoted: [], data: lensFinding.data as never });

const sampleTexts = ["门店把隔夜的果茶又摆上了柜台，店员说“公司让这么做”。", "转给常去的朋友看看，等一个说法。", "【通报】市场监管部门已到店检查，结果将及时公布。"];
const rows: Report["rows"] = sampleTexts.map((text, i) => ({
  id: `weibo:${i + 1}`,
  place: `帖文.csv:${i + 2}`,
  platform: i === 2 ? "news" : "weibo",
  field: i === 2 ? "media" : "public",
  published_ms: start + i * hour,
  precision: i === 1 ? "day" : "minute",
  author_name: i === 1 ? null : "林*夏",
  text,
  url: ["https://example.invalid/post/1?a=1&b=2", null, "javascript:alert(1)"][i]!,
  engagement: 120 - i * 40,
}));

const volume: Section<{ bins: number[] }> = {
  id: "volume",
  heading: { zh: "声量趋势", en: "Volume" },
  tell(finding, language) {
    const { say, fact } = teller(finding, language);
    return language === "zh" ? [say`共 ${fact("posts")}，${fact("peak.ms")} 起的一小时最多，有 ${fact("peak")}。`] : [say`${fact("posts")} in all; the hour from ${fact("peak.ms")} has most, ${fact("peak")}.`];
  },
  charts({ data }, language) {
    const zh = language === "zh";
    const local = (i: number) => start + 8 * hour + i * hour;
    return [
      {
        id: "volume-hours",
        title: zh ? "次日中午达到峰值，两天后仍有余波" : "It peaks at noon of the second day",
        note: zh ? "条／小时，n = 20,031，含转发" : "posts an hour, n = 20,031",
        body: {
          kind: "vega-lite",
          spec: {
            height: 220,
            layer: [
              { data: { values: [{ from: local(0), to: local(14), name: zh ? "发展期" : "growth" }, { from: local(14), to: local(36), name: zh ? "爆发期" : "outbreak" }, { from: local(36), to: local(72), name: zh ? "延续期" : "tail" }] }, layer: [
                { transform: [{ filter: `datum.name === '${zh ? "爆发期" : "outbreak"}'` }], mark: { type: "rect", color: palette.muted, opacity: 0.25 }, encoding: { x: { field: "from", type: "temporal", scale: { type: "utc" } }, x2: { field: "to" } } },
                { mark: { type: "text", align: "left", baseline: "top", dx: 4, y: 4, color: palette.soft }, encoding: { x: { field: "from", type: "temporal", scale: { type: "utc" } }, text: { field: "name" } } },
              ] },
              { data: { values: data.bins.map((n, i) => ({ t: local(i), n })) }, mark: { type: "area" }, encoding: { x: { field: "t", type: "temporal", scale: { type: "utc" }, axis: { title: null, grid: false } }, y: { field: "n", type: "quantitative", axis: { title: null } } } },
            ],
          },
        },
        table: { columns: [{ key: "t", label: zh ? "小时" : "hour" }, { key: "n", label: zh ? "帖文" : "posts", align: "right" }], rows: data.bins.slice(0, 5).map((n, i) => ({ t: String(i), n: String(n) })) },
      },
    ];
  },
};

const mood: Section<{ shares: Record<string, number[]> }> = {
  id: "mood",
  heading: { zh: "情绪：媒体与民间", en: "Mood" },
  tell(finding, language) {
    const { say, fact } = teller(finding, language);
    return [language === "zh" ? say`民间帖文中负面占 ${fact("negative.public")}（模型估计，词典法，未经人工核对）。` : say`Of the public posts ${fact("negative.public")} are negative (model estimate).`];
  },
  charts({ data }, language) {
    const zh = language === "zh";
    const order = ["negative", "neutral", "positive"] as const;
    const values = Object.entries(data.shares).flatMap(([field, shares]) => order.map((polarity, i) => ({ field, polarity, share: shares[i]!, order: i })));
    return [
      {
        id: "mood-fields",
        title: zh ? "民间过半为负面，媒体以中性为主" : "Over half of the public posts are negative",
        note: zh ? "占比，模型估计，n = 1,900" : "shares, model estimate, n = 1,900",
        body: {
          kind: "vega-lite",
          spec: {
            data: { values },
            height: { step: 36 },
            encoding: { y: { field: "field", type: "nominal", axis: { title: null } }, x: { field: "share", type: "quantitative", stack: "normalize", axis: { title: null, format: ".0%" } }, order: { field: "order" }, color: { field: "polarity", type: "nominal", scale: { domain: [...order], range: order.map((key) => palette[key]) } } },
            mark: { type: "bar" },
          },
        },
        table: { columns: [{ key: "field", label: zh ? "舆论场" : "field" }, { key: "share", label: zh ? "负面" : "negative", align: "right" }], rows: Object.entries(data.shares).map(([field, shares]) => ({ field, share: `${shares[0]! * 100}%` })) },
      },
    ];
  },
  extra: (_, language) => html`<ul><li><a data-post="weibo:1">${language === "zh" ? "代表性帖文" : "a typical post"}</a>, <a data-post="weibo:2"><bdi>weibo:2</bdi></a>, <a data-post="weibo:404"><bdi>weibo:404</bdi></a>, <a data-fact="negative.public">52%</a></li></ul>`,
};

const bare = (id: string, zh: string, en: string): Section => ({ id, heading: { zh, en }, tell: () => [], charts: () => [] });

export const sections = [coverage, volume, platforms, mood, bare("regions", "区域热度", "Regions"), bare("topics", "热门话题", "Topics"), lenses, bare("absent", "不在报告里", "absent")] as unknown as Section[];

/** A fresh copy each time: tests may change it. */
export function sampleReport(): Report {
  const facts = findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map((one) => ({ finding: finding.id, key: one.key, matched: one.filter && 400, samples: one.filter ? ["weibo:1", "weibo:2"] : [] }))));
  const report: Report = {
    version: reportVersion,
    generator: { name: "yuqing", version: "0.1.0" },
    event,
    config: runSchema.parse({}),
    manifest: { files: [{ name: "帖文.csv", bytes: 1_234_567, sha256: "ab".repeat(32), format: "csv", encoding: "gb18030", read: 2100, kept: 2000, duplicates: 60, outside: 25, accounts: 0, rejected: 15, note: null, fault: null }], versions: { yuqing: "0.1.0", vega: "6.4.0" } },
    intake: { read: 2100, kept: 2000, duplicates: 60, outside: 25, accounts: 0, rejected: 15, rejects: [{ code: "TIME", rows: 12 }, { code: "WIDTH", rows: 3 }], suspicions: [{ code: "LONG_ID", file: "帖文.csv", message: { zh: "编号像是被 Excel 改成了科学记数，去重可能有误", en: "ids look rounded by Excel; duplicates may be wrong" }, bends: { zh: "去重", en: "duplicates" }, rows: 7, lines: [12, 1040] }] },
    notes: [{ zh: "观点句共 900 种，全部归并。", en: "900 distinct opinion sentences, all grouped." }],
    findings,
    facts: facts.map((fact, i) => ({ no: i + 1, ...fact })),
    rows,
  };
  return reportSchema.parse(structuredClone(report));
}
