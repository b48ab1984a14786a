import { expect, it } from "vitest";
import { topics } from "../../../analyzers/event/topics.ts";
import { wilson } from "../../../analyzers/statistics.ts";
import { eventSchema } from "../../../pipeline/config.ts";

const context = { event: eventSchema.parse({}), utcOffsetMs: 8 * 3_600_000, findings: new Map() };
const options = topics.options.parse({});
const row = (field: string, topic: number, posts: number, author_days: number) => ({ field, topic, posts, author_days });

const tables = {
  topics: [
    row("media", 1, 50, 40), row("media", 1, 10, 10), row("media", 2, 20, 15), row("media", 0, 20, 15),
    row("public", 1, 150, 120), row("public", 2, 500, 350), row("public", 3, 50, 30), row("public", 0, 300, 100),
    row("official", 1, 12, 12),
  ],
  topic_labels: [
    { topic: 1, name: "企业回应", hashtag: true, keywords: "回应\u0001声明", examples: "weibo:1\u0001weibo:2" },
    { topic: 2, name: "聊天截图", hashtag: false, keywords: "截图", examples: "" },
  ],
  volume: [{ posts: 1500 }, { posts: 500 }],
};
const finding = topics.analyze(tables, options, context);
const figure = (key: string) => finding.figures.find((one) => one.key === key);

it("shares are of the field's posts with own words, intervals of its account-days", () => {
  // media: 60 of 100 posts, 80 account-days
  expect(figure("topic.share.media.1")).toEqual({
    key: "topic.share.media.1", label: { zh: "#企业回应#", en: "#企业回应#" }, value: 0.6, unit: "share", of: 100, interval: wilson(48, 80), filter: { field: "media", topic: 1 }, estimate: true,
  });
  expect(figure("topic.share.public.2")).toMatchObject({ value: 0.5, of: 1000, interval: wilson(300, 600) });
  expect(finding.coverage).toEqual({ posts: 1112, of: 2000 });
});

it("shows 其他 and drops nothing: the shares of a field add up to 1", () => {
  expect(figure("topic.share.media.0")).toMatchObject({ label: { zh: "其他", en: "other" }, value: 0.2 });
  for (const field of ["media", "public"] as const) expect(finding.data.topics.reduce((sum, topic) => sum + topic[field].share!, 0)).toBeCloseTo(1, 12);
  expect(finding.data.topics.map(({ topic }) => topic)).toEqual([2, 1, 3, 0]);
  expect(finding.data.topics[2]).toMatchObject({ name: null, keywords: [], examples: [], media: { posts: 0, share: 0, interval: wilson(0, 80) } });
});

it("gives counts only below 20 posts or account-days", () => {
  expect(finding.data.fields.official).toEqual({ posts: 12, author_days: 12, shares: false });
  expect(figure("topic.share.official.1")).toBeUndefined();
  expect(figure("topic.posts.official.1")).toMatchObject({ value: 12, unit: "posts", of: null, interval: null });
  const loud = topics.analyze({ ...tables, topics: [row("media", 1, 900, 19), row("public", 1, 20, 20)] }, options, context).data;
  expect([loud.fields.media.shares, loud.fields.public.shares]).toEqual([false, true]);
  expect(loud.gaps).toEqual([]);
});

it("reports a gap of 10 points or more with separate intervals", () => {
  // Topic 1: 60 % of media, 15 % of public. Topic 2: 20 % and 50 %. 其他 (20 % and 30 %) is no topic. Topic 3: 0 % and 5 %.
  expect(finding.data.gaps.map(({ topic, higher, difference }) => [topic, higher, Number(difference.toFixed(9))])).toEqual([[1, "media", 0.45], [2, "public", 0.3]]);
  // Newcombe: 0.45 − √((0.6 − lo)² + (hi − 0.15)²)
  const [[lo], [, hi]] = [wilson(48, 80), wilson(90, 600)];
  expect(finding.data.gaps[0]!.interval[0]).toBeCloseTo(0.45 - Math.sqrt((0.6 - lo) ** 2 + (hi - 0.15) ** 2), 12);
  expect(figure("topic.gap.2")).toMatchObject({ unit: "points", label: { zh: "“聊天截图”的占比，民间高于媒体" }, estimate: true });
});

it("reports no gap when the intervals overlap", () => {
  // 12 of 30 against 8 of 30: 13 points, intervals from 24.6 % and up to 44.4 %
  const close = [row("media", 1, 12, 12), row("media", 2, 18, 18), row("public", 1, 8, 8), row("public", 2, 22, 22)];
  expect(topics.analyze({ ...tables, topics: close }, options, context).data.gaps).toEqual([]);
});

it("puts loose topics after the others, adds them up, and makes no gap and no phase of them", () => {
  const labels = [...tables.topic_labels, { topic: 3, name: null, hashtag: false, loose: true, keywords: "今天\u0001哈哈", examples: "" }];
  // topic 3: 55 of 100 media posts, 50 of 1000 of the public: a gap, were it a topic
  const loud = [...tables.topics.filter(({ field, topic }) => field !== "media" || topic === 2), row("media", 3, 55, 50), row("media", 0, 25, 20)];
  const { data, figures } = topics.analyze({ ...tables, topics: loud, topic_labels: labels }, options, context);
  expect(data.topics.map(({ topic, loose }) => [topic, loose])).toEqual([[2, false], [1, false], [3, true], [0, false]]);
  expect(data.gaps.map(({ topic }) => topic)).not.toContain(3);
  expect(data.loose!.media).toMatchObject({ posts: 55, share: 0.55 });
  expect(figures.find(({ key }) => key === "loose.share.media")).toMatchObject({ value: 0.55, of: 100, filter: { field: "media", topic: [3] }, estimate: true });
  expect(figures.find(({ key }) => key === "loose.share.media.3")!.label).toEqual({ zh: "未成话题 3", en: "loose group 3" });
});

it("is empty without posts", () => {
  expect(topics.analyze({ topics: [], topic_labels: [], volume: [] }, options, context)).toMatchObject({ status: "empty", data: { topics: [], gaps: [] } });
});
