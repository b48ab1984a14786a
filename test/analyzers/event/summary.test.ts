import { expect, it } from "vitest";
import type { Figure, Finding } from "../../../analyzers/contract.ts";
import { phases } from "../../../analyzers/event/phases.ts";
import { summary } from "../../../analyzers/event/summary.ts";
import { timeline } from "../../../analyzers/event/timeline.ts";
import { eventSchema } from "../../../pipeline/config.ts";
import { stepEvent } from "../synthetic-event.ts";

const hourMs = 3_600_000;
const event = eventSchema.parse({});
const figure = (key: string, value: number, rest: Partial<Figure> = {}): Figure => ({ key, label: { zh: key, en: key }, value, unit: "share", of: 1000, interval: null, filter: null, estimate: false, ...rest });
const finding = (...figures: Figure[]): Finding => ({ status: "ok", reason: null, lens: "posts", coverage: { posts: 1000, of: 1000 }, method: { zh: "", en: "" }, figures, data: {} });
const guess = (key: string, value: number, half: number, of = 1000) => figure(key, value, { of, interval: [value - half, value + half], estimate: true });
const run = (findings: Record<string, Finding>, claims = 6, posts = 1000) => summary.analyze({ coverage: posts === 0 ? [] : [{ posts }] }, summary.options.parse({ claims }), { event, utcOffsetMs: 8 * hourMs, findings: new Map(Object.entries(findings)) });
const ids = (findings: Record<string, Finding>) => run(findings).data.claims.map(({ id }) => id);

const course = phases.analyze({ volume: stepEvent() }, phases.options.parse({}), { event, utcOffsetMs: 8 * hourMs, findings: new Map() }) as Finding;
const moments = (official: number, precision = "second") =>
  timeline.analyze(
    { coverage: [{ posts: 1000, timed: 1000 }], firsts: ([["all", 0], ["official", official]] as const).map(([which, hour]) => ({ which, id: which, published_ms: Date.UTC(2025, 2, 3, hour) - 8 * hourMs, precision, platform: null, author_name: null, title: null, url: null })), day_posts: [] },
    timeline.options.parse({}),
    { event, utcOffsetMs: 8 * hourMs, findings: new Map([["phases", course]]) },
  ) as Finding;

it("calls something the first only when it is", () => {
  expect(ids({ regions: finding(figure("ip.share.广东", 0.3), figure("ip.share.北京", 0.29)) })).toEqual(["region"]);
  expect(ids({ regions: finding(figure("ip.share.广东", 0.3), figure("ip.share.北京", 0.3)) })).toEqual([]);
  // Abroad and unlisted are not regions.
  expect(run({ regions: finding(figure("ip.share.海外", 0.6), figure("ip.share.广东", 0.3)) }).data.claims[0]!.names).toEqual([{ zh: "广东", en: "Guangdong" }]);
  // Estimates need intervals that are apart.
  expect(ids({ topics: finding(guess("topic.share.public.1", 0.4, 0.03), guess("topic.share.public.2", 0.35, 0.03)) })).toEqual([]);
  expect(ids({ topics: finding(guess("topic.share.public.1", 0.4, 0.02), guess("topic.share.public.2", 0.35, 0.02), guess("topic.share.public.0", 0.9, 0.01)) })).toEqual(["topic-public"]);
  // A topic that other samples do not show is not named.
  const shaky = { ...finding(guess("topic.share.public.1", 0.4, 0.02), guess("topic.share.public.2", 0.35, 0.02)), data: { topics: [{ topic: 1, stable: false, loose: false }, { topic: 2, stable: true, loose: false }] } };
  expect(ids({ topics: shaky })).toEqual([]);
  expect(ids({ topics: { ...shaky, data: { topics: [{ topic: 1, stable: true, loose: false }] } } })).toEqual(["topic-public"]);
});

it("tells no share of fewer than 20, no mood without a majority, no gap that touches zero", () => {
  expect(ids({ spreaders: finding(figure("kind.share.original", 0.1, { of: 19 })), viewpoints: finding(guess("viewpoint.share.1", 0.5, 0.1, 19)) })).toEqual([]);
  expect(ids({ sentiment: finding(guess("public.share.negative", 0.52, 0.03)) })).toEqual([]);
  expect(ids({ sentiment: finding(guess("public.share.negative", 0.6, 0.03), { ...guess("gap.negative", 0.08, 0.09), unit: "points" }) })).toEqual(["mood"]);
});

it("ranks by surprise, weight and reliability, and tells in a fixed order", () => {
  const findings = {
    overview: finding(figure("posts", 1000, { unit: "posts", of: null }), figure("span.days", 4, { unit: "days", of: null })),
    spreaders: finding(figure("kind.share.original", 0.1)),
    regions: finding(figure("ip.share.广东", 0.5), figure("ip.share.北京", 0.1)),
    sentiment: finding(guess("public.share.negative", 0.7, 0.03)),
    viewpoints: finding(guess("viewpoint.share.2", 0.5, 0.03)),
  };
  expect(ids(findings)).toEqual(["scale", "mood", "originals", "region", "viewpoint"]);
  // All surprises are capped at 8: scale 64, mood 24, viewpoint 19.2, region 16, originals 8.
  expect(run(findings, 3).data.claims.map(({ id }) => id)).toEqual(["scale", "mood", "viewpoint"]);
});

it("repeats the figures under keys that name their source", () => {
  const { figures } = run({ regions: finding(figure("ip.share.广东", 0.5)) });
  expect(figures).toEqual([figure("from.regions.ip.share.广东", 0.5, { label: { zh: "ip.share.广东", en: "ip.share.广东" } })]);
});

it("places the first official post before or after the hour of most posts, and says nothing when only the day is known", () => {
  // Most posts: 2025-03-04 17:00, hour 41.
  for (const [hour, late] of [[30, false], [41, false], [42, true], [70, true]] as const) expect(run({ phases: course, timeline: moments(hour) }).data.late).toBe(late);
  expect(run({ phases: course, timeline: moments(24, "day") }).data.late).toBeNull();
  expect(run({ phases: course, timeline: moments(48, "day") }).data.late).toBe(true);
  expect(run({ phases: course }).data.late).toBeNull();
});

it("closes with the first lesson that the data supports", () => {
  const lesson = (findings: Record<string, Finding>) => run(findings).data.lesson.id;
  const questions = finding(figure("questions", 2, { unit: "count", of: null }), guess("viewpoint.share.1", 0.5, 0.1));
  expect(lesson({ phases: { ...course, data: { ...(course.data as object), end: "lasting" } }, timeline: moments(70) })).toBe("unfinished");
  expect(lesson({ phases: course, timeline: moments(70), viewpoints: questions })).toBe("late");
  expect(lesson({ phases: course, timeline: moments(30), viewpoints: questions })).toBe("questions");
  expect(lesson({ phases: course })).toBe("none");
});

it("is empty without posts, unavailable without findings, and ignores findings that are not ok", () => {
  expect(run({}, 6, 0).status).toBe("empty");
  expect(run({})).toMatchObject({ status: "unavailable", figures: [] });
  expect(run({ regions: { ...finding(figure("ip.share.广东", 0.5)), status: "unavailable" } }).status).toBe("unavailable");
});
