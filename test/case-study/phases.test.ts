import { expect, it } from "vitest";
import { phases as analyzer } from "../../analyzers/event/phases.ts";
import type { Finding, Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { phases } from "../../reports/case-study/phases.ts";
import { draw } from "../../reports/charts/draw.ts";
import { monday, stepEvent, volumeRow } from "../analyzers/synthetic-event.ts";

type Found = Parameters<typeof phases.tell>[0];
const text = (sentences: ReturnType<typeof phases.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const find = (volume: Table, clock = "even") => analyzer.analyze({ volume }, analyzer.options.parse({ clock }), { event: eventSchema.parse({}), utcOffsetMs: 8 * 3_600_000, findings: new Map() });
const finding = find(stepEvent());

it("tells the phases, the peak, and who posted", () => {
  expect(text(phases.tell(finding, "zh"))).toEqual([
    "按发帖速率划分，依次为潜伏期（2025年3月3日 00:00起，占 2.0%）、发展期（约3月4日起，占 3.0%）、爆发期（3月4日 06:00起，占 70.9%）、延续期（3月4日 18:00起，占 21.3%）、消退期（3月5日 06:00起，占 2.8%）。",
    "帖文最多的一小时为 3月4日 17:00，共 205条；速率最高后约 4小时降到一半以下。",
    "各阶段帖文中，潜伏期社交平台占 94.1%、媒体占 5.9%；发展期社交平台占 80.0%、媒体占 20.0%；爆发期社交平台占 80.2%、媒体占 19.8%；延续期社交平台占 80.0%、媒体占 20.0%；消退期社交平台占 100.0%、媒体占 0.0%。",
  ]);
  expect(text(phases.tell(finding, "en"))[1]).toBe("The hour with most posts is 4 Mar 17:00 (205 posts); the rate was down to half about 4 h after its maximum.");
});

it("gives counts for phases under 20 posts", () => {
  const few = { ...finding, data: { ...finding.data, phases: finding.data.phases.map((phase) => (phase.name === "fading" ? { ...phase, posts: 12, public: 12, channels: [{ channel: "social", posts: 12 }] } : phase)) } };
  expect(text(phases.tell(few, "zh"))[2]).toMatch(/；消退期社交平台 \d+条、媒体 0条。$/);
});

it("tells waves, unfinished events, gaps, caps and what is left out", () => {
  const { data } = finding;
  const main = data.waves[0]!;
  const odd: Found = {
    ...finding,
    figures: [
      ...finding.figures.filter(({ key }) => key !== "gaps" && key !== "posts.day_only"),
      ...[["wave.time.2", "ms", main.peak_ms + 86_400_000], ["wave.posts.2", "posts", 300], ["wave.height.2", "ratio", 0.42], ["gaps", "hours", 7], ["posts.day_only", "posts", 9]].map(([key, unit, value]) => ({ key, label: { zh: "", en: "" }, value, unit, of: null, interval: null, filter: null, estimate: false }) as Finding["figures"][number]),
    ],
    data: { ...data, end: "lasting", cut: true, waves: [main, { ...main, main: false, height: 0.42, peak_ms: main.peak_ms + 86_400_000, posts: 300 }], gaps: [{ from_ms: main.peak_ms, to_ms: main.peak_ms + 7 * 3_600_000 }], peak: { ...data.peak!, capped: true } },
  };
  expect(text(phases.tell(odd, "zh")).slice(3)).toEqual([
    "主峰之后，3月5日 14:00前后再起一波（二次发酵），最高速率约为主峰的 0.42 倍，该波共 300条。",
    "数据截止时尚未进入消退期。",
    "数据开始时已处爆发期，此前的经过不在数据中。",
    "有合计 7小时一条帖文也没有，而前后帖文很多，应是未采集（首段自 2025年3月4日 14:00起）；这些时段不作零，也不参与划分。",
    "至少五个时段的帖数同为最大值，采集可能有上限，峰值或被低估。",
    "未计入：只有日期 9条。",
  ]);
  expect(text(phases.tell(odd, "en")).length).toBe(9);
});

it("says so when there are no phases", () => {
  expect(text(phases.tell(find([volumeRow(monday, 3)]), "zh"))).toEqual(["有发布时间的帖文 3条，不足以划分阶段。"]);
  const flat = find(Array.from({ length: 72 }, (_, hour) => volumeRow(monday + 6 * hour, 9 + (hour % 3))));
  expect(text(phases.tell(flat, "zh"))).toEqual(["发帖速率与恒定速率没有可辨的差别，不划分阶段。", "帖文最多的一小时为 2025年3月3日 02:00，共 11条。", "至少五个时段的帖数同为最大值，采集可能有上限，峰值或被低估。"]);
  expect(phases.charts(flat, "zh")).toEqual([]);
  expect(phases.tell(find([]), "zh")).toEqual([]);
});

it("draws the posts of each phase without warnings", async () => {
  for (const language of ["zh", "en"] as const) {
    const [chart] = phases.charts(finding, language);
    expect((await draw(chart!, "t", { language })).text).not.toMatch(/NaN|undefined/);
  }
  const [chart] = phases.charts(finding, "zh");
  expect(chart).toMatchObject({ title: "爆发期帖文最多，占 70.9%", note: "单位：条；n = 3,378，含转发；右侧为占比" });
  expect(chart!.table.rows[2]).toMatchObject({ phase: "爆发期", posts: "2,394", share: "70.9%", media: "474", public: "1,920", channel: "社交平台" });
});

it("counts the moods that the model gave in each phase, as counts in the table", () => {
  // The burst of stepEvent is hours 30 to 41; the fading starts long after.
  const mood = (hour: number, polarity: string | null, posts: number) => ({ day: 20_150 + Math.floor(hour / 24), slot: monday + 6 * hour, polarity, posts });
  const sentiment = [mood(35, "negative", 7), mood(36, "neutral", 5), mood(37, null, 90), mood(70, "positive", 2)];
  const finding = analyzer.analyze({ volume: stepEvent(), sentiment }, analyzer.options.parse({ clock: "even", draws: 0 }), { event: eventSchema.parse({}), utcOffsetMs: 8 * 3_600_000, findings: new Map() });
  expect(finding.data.phases.find(({ name }) => name === "burst")).toMatchObject({ judged: 12, negative: 7 });
  expect(phases.charts(finding, "zh")[0]!.table.rows.map(({ mood }) => mood)).toContain("7 / 12");
});
