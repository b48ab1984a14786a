import { expect, it } from "vitest";
import { topics as analyzer } from "../../analyzers/event/topics.ts";
import { phases } from "../../analyzers/event/phases.ts";
import type { Finding } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { topics } from "../../reports/case-study/topics.ts";
import { draw } from "../../reports/charts/draw.ts";

const text = (sentences: ReturnType<typeof topics.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const row = (field: string, topic: number, posts: number, author_days = posts, day: number | null = 20_000) => ({ day, field, topic, posts, author_days });
const labels = [
  { topic: 1, name: "企业回应", hashtag: true, stability: 910_000, keywords: "回应\u0001声明", examples: "weibo:1\u0001weibo:2" },
  { topic: 2, name: "聊天截图", hashtag: false, stability: 600_000, keywords: "截图", examples: "" },
  { topic: 3, name: "</script><b>", hashtag: false, stability: 599_999, keywords: "", examples: '"><script>' },
];
const utcOffsetMs = 8 * 3_600_000;
const find = (rows: ReturnType<typeof row>[], findings = new Map<string, Finding>()) =>
  analyzer.analyze({ topics: rows, topic_labels: labels, volume: [{ posts: 5000 }] }, analyzer.options.parse({}), { event: eventSchema.parse({}), utcOffsetMs, findings });
const finding = find([row("media", 1, 600), row("media", 2, 200), row("media", 0, 200), row("public", 1, 310), row("public", 2, 300), row("public", 3, 90), row("public", 0, 300)]);

it("tells media, public, and where they differ", () => {
  expect(text(topics.tell(finding, "zh"))).toEqual([
    "媒体话题中，“#企业回应#”（60%）居首，其后有“聊天截图”（20%）；未归入话题的“其他”占 20%（模型估计，分母为 1,000条有自身文字的帖文）。",
    // 31.0 % and 30.0 % are too near to call one the first.
    "民间话题中，居前的有“#企业回应#”（31%）、“聊天截图”（30%）、“</script><b>”（9%，不稳）；未归入话题的“其他”占 30%（模型估计，分母为 1,000条有自身文字的帖文）。",
    "“#企业回应#”的占比，媒体比民间高 29 个百分点（模型估计，两者的 95% 区间不重叠）。",
    "“聊天截图”的占比，民间比媒体高 10 个百分点（模型估计，两者的 95% 区间不重叠）。",
  ]);
  expect(text(topics.tell(finding, "en"))[0]).toBe("Media: “#企业回应#” (60%) is the largest topic, followed by “聊天截图” (20%); posts in no topic make up 20% (model estimate, of 1,000 posts with own words).");
});

it("marks topics below 0.6 as unstable, and tells those of no topic from those too short for one", () => {
  const { data, figures } = find([row("public", 1, 60), row("public", 3, 20), row("public", 0, 15), row("public", -1, 5)]);
  expect(data.topics.map(({ topic, stability, stable }) => [topic, stability, stable])).toEqual([[1, 0.91, true], [3, 0.599999, false], [0, null, null], [-1, null, null]]);
  expect(figures.filter(({ key }) => key.includes("share")).map(({ key, value }) => [key, value])).toEqual([["topic.share.public.1", 0.6], ["topic.share.public.3", 0.2], ["topic.share.public.0", 0.15], ["short.share.public.-1", 0.05]]);
  const told = text(topics.tell(find([row("public", 1, 60), row("public", 3, 20), row("public", 0, 15), row("public", -1, 5)]), "zh"))[1];
  expect(told).toBe("民间话题中，“#企业回应#”（60%）居首，其后有“</script><b>”（20%，不稳）；未归入话题的“其他”占 15%，文字太短的占 5%（模型估计，分母为 100条有自身文字的帖文）。");
});

const day = (number: number, hour = 0) => number * 86_400_000 + hour * 3_600_000 - utcOffsetMs;
const phase = (name: string, from_ms: number, to_ms: number) => ({ name, from_ms, to_ms, posts: 0, margin_ms: null, vague: false, media: 0, official: 0, public: 0, originals: 0, judged: 0, negative: 0, channels: [] });
/** Burst from 6 o'clock of day 100 to 13 o'clock of day 101; fading to the end of day 103. */
const course = new Map([["phases", { data: phases.data.parse({ bins: null, shape: "phases", clock: null, phases: [phase("burst", day(100, 6), day(101, 13)), phase("fading", day(101, 13), day(104))], peak: null, waves: [], turns: [], gaps: [], end: null, cut: false, utc_offset_ms: utcOffsetMs }) } as unknown as Finding]]);

it("counts topics by day and by the phase of the day's noon", () => {
  const finding = find([row("public", 1, 30, 30, 100), row("public", 2, 10, 10, 100), row("public", 1, 40, 40, 101), row("public", 2, 60, 60, 102), row("public", 1, 5, 5, 103), row("public", 0, 15, 15, 103), row("public", 1, 7, 7, null)], course);
  expect(finding.data.phases.map(({ name, from_day, to_day, posts, topics }) => [name, from_day, to_day, posts, ...topics.map(({ topic, posts }) => [topic, posts])])).toEqual([["burst", 100, 102, 80, [1, 70], [2, 10]], ["fading", 102, 104, 80, [2, 60], [1, 5]]]);
  expect(finding.data.topics.map(({ topic, first_day, peak }) => [topic, first_day, peak])).toEqual([[1, 100, { day: 101, posts: 40 }], [2, 100, { day: 102, posts: 60 }], [0, 103, { day: 103, posts: 15 }]]);
  expect(finding.figures.find(({ key }) => key === "phase.share.burst.1")).toMatchObject({ value: 0.875, of: 80, filter: { topic: 1, day: { gte: 100, lt: 102 } } });
  expect(finding.figures.find(({ key }) => key === "topic.peak.2")).toMatchObject({ value: day(102), filter: { topic: 2, day: 102 } });
  expect(text(topics.tell(finding, "zh")).at(-1)).toBe("分阶段看，条数最多的话题——爆发期：“#企业回应#”（88%）、“聊天截图”（13%）；消退期：“聊天截图”（75%）、“#企业回应#”（6%）（模型估计）。");
  const chart = topics.charts(finding, "zh").find(({ id }) => id === "topics-days")!;
  expect(chart.title).toBe("“#企业回应#”4月12日最多，“聊天截图”4月13日最多");
  expect(chart.table.rows).toEqual([{ name: "#企业回应#", first: "4月11日", peak: "4月12日", posts: "40" }, { name: "聊天截图", first: "4月11日", peak: "4月13日", posts: "60" }]);
});

it("gives counts where a field has too few, and says so", () => {
  const few = find([row("media", 1, 30, 12), row("media", 0, 2), row("public", 0, 50)]);
  expect(text(topics.tell(few, "zh"))).toEqual(["媒体有自身文字的帖文 32条，每账号每天计一次为 14条，样本偏少，只列条数（模型估计）：“#企业回应#”（30条）。", "民间有自身文字的 50条帖文没有形成话题（模型估计）。"]);
  expect(text(topics.tell(find([row("public", 1, 19)]), "zh"))).toEqual(["数据中没有媒体有自身文字的帖文。", "民间有自身文字的帖文 19条，每账号每天计一次为 19条，样本偏少，只列条数（模型估计）：“#企业回应#”（19条）。"]);
  expect(topics.charts(find([row("public", 1, 19)]), "zh")).toEqual([]);
});

it("draws media to the left and public to the right", () => {
  const [chart] = topics.charts(finding, "zh");
  const { values } = (chart!.body as unknown as { spec: { data: { values: { name: string; field: string; value: number; text: string }[] } } }).spec.data;
  expect(values.slice(0, 2).map(({ name, field, value, text }) => [name, field, value, text])).toEqual([["#企业回应#", "媒体", -0.6, "60%"], ["#企业回应#", "民间", 0.31, "31%"]]);
  expect(chart!.table.rows.at(-1)).toMatchObject({ name: "其他", media: "20%（18%–23%）", public: "30%（27%–33%）" });
});

it("sums the topics beyond twelve bars, so that the bars of a field add up to 1", () => {
  const [chart] = topics.charts(find(Array.from({ length: 16 }, (_, topic) => row("public", topic, 100 - topic))), "zh");
  const { values } = (chart!.body as unknown as { spec: { data: { values: { name: string; value: number }[] } } }).spec.data;
  expect(values.length).toBe(14);
  expect(values[12]!.name).toBe("其余 3 个话题");
  expect(values.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 12);
});

it("draws and lists without warnings, hostile names included", async () => {
  for (const one of [finding, find([row("public", 3, 40)]), find([row("media", 0, 40), row("public", 0, 40)]), find([row("public", 3, 40, 40, 100), row("public", 3, 40, 40, 102), row("public", 1, 40, 40, 130), row("public", -1, 9, 9, null)], course)]) {
    for (const language of ["zh", "en"] as const) {
      for (const chart of topics.charts(one, language)) expect((await draw(chart, "t", { language })).text).not.toMatch(/NaN|undefined|<script|<b>/);
    }
  }
  const list = topics.extra!(finding, "zh")!.text;
  expect(list).toContain('<a data-post="weibo:1"><bdi>weibo:1</bdi></a>');
  expect(list).toContain("关键词：<bdi>回应、声明</bdi>");
  expect(list).not.toMatch(/<script|<b>/);
});
