import { describe, expect, it } from "vitest";
import { sentiment } from "../../reports/case-study/sentiment.ts";
import { draw } from "../../reports/charts/draw.ts";
import { colours } from "../../reports/charts/theme.ts";
import { auditOf, day, find, row, times } from "../analyzers/mood-rows.ts";

const text = (sentences: ReturnType<typeof sentiment.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));

/** Media 100 posts, government 12, public 1,750 on two platforms over 30 hours. */
const rows = [
  row("media", "negative", 12, { platform: "news" }), row("media", "neutral", 88, { platform: "news" }),
  row("official", "neutral", 12, { platform: "news" }),
  ...Array.from({ length: 30 }, (_, hour) => hour).flatMap((hour) => {
    const at = { day: day + Math.floor(hour / 24), slot: day * 144 + hour * 6 };
    return hour === 7 ? [row("public", "neutral", 10, at)] : [row("public", "negative", 40 + (hour === 9 ? 5 : 0), at), row("public", "neutral", 19, at), row("public", "positive", 1, { ...at, platform: "douyin" }), row("public", null, 3, at)];
  }),
];
const unchecked = find(rows);
const audit = auditOf({ media: 100, official: 12, public: 1755 }, { media: [...times(4, "negative" as const), ...times(36, "neutral" as const)], public: [...times(30, "negative" as const), ...times(10, "neutral" as const)] }, ["甲", "乙"]);
const checked = find(rows, { audit });

describe("nobody has checked", () => {
  it("tells counts of labels and says that they are no shares; not one per cent", () => {
    const told = text(sentiment.tell(unchecked, "zh"));
    expect(told).toEqual([
      "媒体（100条）模型判为负面 12条、中性 88条、正面 0条；政务（12条）模型判为负面 0条、中性 12条、正面 0条；民间（1,755条）模型判为负面 1,165条、中性 561条、正面 29条。",
      "媒体、政务、民间的条数是模型判定，未校准，只看先后，不作占比（没有人工核对；没有本领域的校准集）；yuqing audit sample 抽查十分钟，可得占比与区间。",
      "民间帖文中，模型判为怒 1,165条（未校准）。",
    ]);
    expect(JSON.stringify([told, sentiment.charts(unchecked, "zh")])).not.toMatch(/\d%/);
  });
});

describe("with hand labels", () => {
  it("tells shares with their intervals, and how they were come by", () => {
    const told = text(sentiment.tell(checked, "zh"));
    expect(told[0]).toMatch(/^经人工抽查 80 条（标注人：甲 2025-03-09、乙 2025-03-09），模型判对 \d+%（95% 区间 \d+%–\d+%）。$/);
    expect(told[1]).toBe("两位标注人的一致性 κ 为 1.00。");
    expect(told[2]).toMatch(/^媒体（100条）以中性为主，中性 \d+%（95% 区间 \d+%–\d+%）、负面 .*；政务（12条）模型判为负面 0条、中性 12条、正面 0条；民间（1,755条）以负面为主，负面 75%（95% 区间 \d+%–\d+%）/);
    expect(told[3]).toMatch(/^政务的条数是模型判定，未校准/);
    expect(told[4]).toBe("民间的负面占比比媒体高约 65 个百分点，区间不含零。");
    expect(text(sentiment.tell(checked, "en"))[4]).toBe("The negative share of the public is about 65 points higher than that of the media; the interval does not hold zero.");
  });

  it("shows what the model said against what the annotators said", () => {
    expect(String(sentiment.extra!(checked, "zh")).replace(/<[^>]*>/g, " ").replace(/\s+/g, " ")).toContain("负面 中性 正面 负面 0 0 0 中性 34 46 0 正面 0 0 0");
  });
});

it("is silent without posts", () => {
  expect(sentiment.tell(find([]), "zh")).toEqual([]);
  expect(sentiment.tell(find([row("public", null, 9)]), "zh")).toEqual([]);
});

it("names the hour with most posts called negative, and lists all in the table", () => {
  const chart = sentiment.charts(unchecked, "zh").find(({ id }) => id === "sentiment-time")!;
  expect(chart.title).toBe("模型判为负面的帖文在 2025年3月3日 09:00 最多");
  expect(chart.table.rows[9]).toEqual({ time: "2025年3月3日 09:00", "public-known": "65", "public-negative": "45", "media-known": "0", "media-negative": "0" });
});

it("draws without warnings and without NaN in both languages and both widths", async () => {
  expect(sentiment.charts(unchecked, "zh").map(({ id }) => id)).toEqual(["sentiment-fields", "sentiment-time", "sentiment-platforms"]);
  expect(sentiment.charts(checked, "zh").map(({ id }) => id)).toEqual(["sentiment-shares", "sentiment-fields", "sentiment-time", "sentiment-platforms"]);
  for (const language of ["zh", "en"] as const) for (const chart of sentiment.charts(checked, language)) for (const width of [720, 344]) expect((await draw(chart, "t", { language, width })).text).not.toMatch(/NaN|undefined/);
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
