import { expect, it } from "vitest";
import { sentiment as analyzer } from "../../analyzers/event/sentiment.ts";
import type { Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { sentiment } from "../../reports/case-study/sentiment.ts";
import { draw } from "../../reports/charts/draw.ts";
import { colours } from "../../reports/charts/theme.ts";

const text = (sentences: ReturnType<typeof sentiment.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const day = 20_150;
const row = (field: string, polarity: string | null, posts: number, more: Record<string, string | number | null> = {}) => ({ day, slot: day * 144, platform: "weibo", field, polarity, emotion: polarity === null ? null : polarity === "negative" ? "anger" : "none", posts, author_days: posts, ...more });
const find = (rows: Table) => analyzer.analyze({ sentiment: rows, coverage: [{ posts: 5000 }] }, analyzer.options.parse({}), { event: eventSchema.parse({}), utcOffsetMs: 28_800_000, findings: new Map() });

/** Media 100 posts, mostly neutral; government 12; public 2,000 on two platforms over 30 hours. */
const full = find([
  row("media", "negative", 12, { platform: "news" }), row("media", "neutral", 88, { platform: "news" }),
  row("official", "neutral", 12, { platform: "news" }),
  ...Array.from({ length: 30 }, (_, hour) => hour).flatMap((hour) => {
    const at = { day: day + Math.floor(hour / 24), slot: day * 144 + hour * 6 };
    return hour === 7 ? [row("public", "neutral", 10, at)] : [row("public", "negative", 40, at), row("public", "neutral", 19, at), row("public", "positive", 1, { ...at, platform: "douyin" }), row("public", null, 3, at)];
  }),
]);

it("tells what the model estimates, marked as such, with counts where posts are few", () => {
  expect(text(sentiment.tell(full, "zh"))).toEqual([
    // 1,160 of 1,750; 561; 29.
    "模型估计（词典法，未经人工核对）：媒体（100条）以中性为主（约 88%），负面约 12%、未见正面；政务可判断的仅 12条，只列条数：负面 0条、中性 12条、正面 0条；民间（1,750条）以负面为主（约 66%），中性约 32%、正面约 2%。",
    "民间的负面占比比媒体高约 54 个百分点，两者区间不重叠。",
    "民间的情绪中，怒约 66%（占可判断帖文）。",
    // 微博 1,160 of 1,721; 新闻网站 12 of 112; 抖音 has only 29 posts.
    "分平台看，微博的负面占比（约 67%）高于新闻网站的负面占比（约 11%），两者区间不重叠。",
  ]);
  expect(text(sentiment.tell(full, "en"))[1]).toBe("The negative share of the public is about 54 points higher than that of the media; the intervals do not overlap.");
});

it("ranks nothing that the gate does not let through, and is silent without posts", () => {
  const alike = find([row("media", "negative", 20), row("media", "neutral", 20), row("public", "negative", 22), row("public", "neutral", 18)]);
  expect(text(sentiment.tell(alike, "zh"))).toEqual([
    "模型估计（词典法，未经人工核对）：媒体（40条）负面约 50%、中性约 50%、未见正面；民间（40条）负面约 55%、中性约 45%、未见正面。",
    "民间与媒体的负面占比之差未达到比较门槛，不作高低之分。",
    "民间的情绪中，怒约 55%（占可判断帖文）。",
  ]);
  expect(sentiment.charts(alike, "zh").map(({ title }) => title)).toEqual(["各场域情绪构成（模型估计）"]);
  expect(sentiment.tell(find([]), "zh")).toEqual([]);
  expect(sentiment.tell(find([row("public", null, 9)]), "zh")).toEqual([]);
});

it("leaves thin hours out of the line and says so in the table", () => {
  const chart = sentiment.charts(full, "zh").find(({ id }) => id === "sentiment-time")!;
  expect(chart.title).toBe("民间负面占比逐时在 67% 至 67% 之间（模型估计）");
  expect(chart.table.rows[7]).toEqual({ time: "2025-03-03 07:00", "public-n": "10", "public-share": "—" });
  const values = (chart.body as unknown as { spec: { data: { values: { share: number | null }[] } } }).spec.data.values;
  expect(values[7]!.share).toBeNull();
  expect(values[6]!.share).toBeCloseTo(40 / 60, 12);
});

it("breaks the line where hours are missing, and shows a lone hour as a point", () => {
  const at = (hour: number) => row("public", "negative", 30, { slot: day * 144 + hour * 6 });
  const chart = sentiment.charts(find([at(1), at(2), at(5)]), "zh").find(({ id }) => id === "sentiment-time")!;
  const { values } = (chart.body as unknown as { spec: { data: { values: { time: number; share: number | null; alone: boolean }[] } } }).spec.data;
  expect(values.map(({ time, share, alone }) => [(time - day * 86_400_000) / 3_600_000, share, alone])).toEqual([[1, 1, false], [2, 1, false], [3, null, false], [5, 1, true]]);
});

it("draws without warnings and without NaN in both languages and both widths", async () => {
  const charts = sentiment.charts(full, "zh");
  expect(charts.map(({ id }) => id)).toEqual(["sentiment-fields", "sentiment-time", "sentiment-platforms"]);
  for (const language of ["zh", "en"] as const) for (const chart of sentiment.charts(full, language)) for (const width of [720, 344]) expect((await draw(chart, "t", { language, width })).text).not.toMatch(/NaN|undefined/);
});

it("writes on bars in colours that can be read in light and dark", () => {
  for (const scheme of [0, 1] as const) {
    for (const [bar, label] of [["negative", "paper"], ["neutral", "ink"], ["positive", "paper"]] as const) expect(contrast(colours[bar][scheme], colours[label][scheme]), `${label} on ${bar} ${scheme}`).toBeGreaterThanOrEqual(4);
  }
});

/** WCAG 2 contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
