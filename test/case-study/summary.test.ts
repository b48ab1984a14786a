import { expect, it } from "vitest";
import { summary as analyzer } from "../../analyzers/event/summary.ts";
import type { Figure, Finding } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { summary } from "../../reports/case-study/summary.ts";

const text = (sentences: ReturnType<typeof summary.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const figure = (key: string, value: number, rest: Partial<Figure> = {}): Figure => ({ key, label: { zh: key, en: key }, value, unit: "share", of: 1000, interval: null, filter: null, estimate: false, ...rest });
const guess = (key: string, value: number, half: number, zh = key, en = key) => figure(key, value, { interval: [value - half, value + half], estimate: true, label: { zh, en } });
const finding = (...figures: Figure[]): Finding => ({ status: "ok", reason: null, lens: "posts", coverage: { posts: 1, of: 1 }, method: { zh: "", en: "" }, figures, data: {} });
const find = (findings: Record<string, Finding>) => analyzer.analyze({ coverage: [{ posts: 1000 }] }, analyzer.options.parse({}), { event: eventSchema.parse({}), utcOffsetMs: 8 * 3_600_000, findings: new Map(Object.entries(findings)) });

const phases = finding(
  figure("phase.share.burst", 0.7),
  figure("phase.length.burst", 12, { unit: "hours" }),
  figure("phase.length.fading", 36, { unit: "hours" }),
  figure("peak.time", Date.UTC(2025, 2, 4, 9), { unit: "ms" }),
  figure("peak.posts", 205, { unit: "posts" }),
  figure("wave.time.1", Date.UTC(2025, 2, 4, 9), { unit: "ms" }),
  figure("wave.height.1", 1, { unit: "ratio" }),
  figure("wave.time.2", Date.UTC(2025, 2, 6, 1), { unit: "ms" }),
  figure("wave.height.2", 0.42, { unit: "ratio" }),
);

it("tells scale, course and response, then the lesson", () => {
  const found = find({
    overview: finding(figure("posts", 23_456, { unit: "posts" }), figure("span.days", 6, { unit: "days" })),
    phases,
    timeline: finding(figure("delay.official", 30, { unit: "hours" })),
  });
  expect(text(summary.tell(found, "zh"))).toEqual([
    "本次事件共 2.35万条帖文，前后 6天。",
    "爆发期集中了全部时段帖文的约七成，帖文最多的一小时为 2025年3月4日 17:00（205条）。",
    "主峰之后，2025年3月6日 09:00前后再起一波，最高速率约为主峰的 0.42 倍。",
    "数据中最早的政务帖文晚于最早的帖文 30小时。",
    "主峰之后又起波峰，首轮回应之后的持续跟进值得复盘；此处只述先后，不推断因果。",
  ]);
});

it("tells mood, topics, views, words, regions and originals, estimates marked and without decimals", () => {
  const found = find({
    sentiment: finding(guess("public.share.negative", 0.684, 0.02), { ...guess("gap.negative", 0.213, 0.05), unit: "points" }),
    topics: finding(guess("topic.share.media.1", 0.398, 0.02, "#企业回应#", "#企业回应#")),
    viewpoints: finding(guess("viewpoint.share.1", 0.25, 0.02, "批评“加班”", "criticism of “加班”"), figure("questions", 3, { unit: "count", of: null, estimate: true })),
    "hot-words": finding(figure("term.docs.截图", 90, { unit: "count" }), figure("term.docs.a.b", 80, { unit: "count" })),
    spreaders: finding(figure("kind.share.original", 0.11)),
  });
  expect(text(summary.tell(found, "zh"))).toEqual([
    "民间情绪以负面为主，约占 68%（模型估计）。",
    "民间的负面占比比媒体高约 21 个百分点（模型估计）。",
    "原创占帖文的 11.0%。",
    "媒体话题以“#企业回应#”居首，约占 40%（模型估计）。",
    "表达批评“加班”的账号最多，约占有观点账号的 25%（模型估计）。",
    "相对日常用语突出的词有“截图”（90 篇）、“a.b”（80 篇）。",
    "数据中有 3 类待回应的问题，宜逐项核对是否已有回应。",
  ]);
  for (const sentence of text(summary.tell(found, "en"))) expect(sentence).not.toMatch(/[，。]|undefined|NaN/);
  expect(text(summary.tell(found, "en")).length).toBe(7);
});

it("links every number to a figure of its own", () => {
  const found = find({ phases });
  for (const sentence of summary.tell(found, "zh")) for (const part of sentence) if (typeof part !== "string") expect(found.figures.map(({ key }) => key)).toContain(part.fact);
});

it("is silent without a finding to tell, and closes soberly when nothing stands out", () => {
  expect(summary.tell(find({}), "zh")).toEqual([]);
  expect(text(summary.tell(find({ regions: finding(figure("ip.share.广东", 0.5)) }), "zh"))).toEqual(["IP 属地已知的帖文中，广东最多，占 50.0%。", "数据没有指向需要单独处置的环节；上述结论只就所采集的帖文而言。"]);
});

it("without shares of moods it tells the order of the model's labels in posts, where the lead outlasts the model's error", () => {
  const labelled = (negative: number, neutral: number, ...more: Figure[]) => {
    const post = (key: string, value: number) => figure(`public.${key}`, value, { unit: "posts", of: null, estimate: key !== "known" });
    return text(summary.tell(find({ sentiment: finding(post("known", 1000), post("posts.positive", 1000 - negative - neutral), post("posts.neutral", neutral), post("posts.negative", negative), ...more) }), "zh"));
  };
  expect(labelled(600, 300)[0]).toBe("民间可判断情绪的 1,000条帖文中，模型判为负面的最多，有 600条（未校准，只看先后，不作占比）。");
  expect(labelled(500, 260)).toEqual([]);
  expect(labelled(600, 300, guess("public.share.negative", 0.52, 0.1))).toEqual([]);
});
