import { expect, it } from "vitest";
import type { Finding, Table } from "../../../analyzers/contract.ts";
import { phases } from "../../../analyzers/event/phases.ts";
import { timeline } from "../../../analyzers/event/timeline.ts";
import { eventSchema } from "../../../pipeline/config.ts";
import { stepEvent } from "../synthetic-event.ts";

const hourMs = 3_600_000;
const context = (milestones: { time: string; text: string; url?: string }[] = [], findings = new Map<string, Finding>()) => ({ event: eventSchema.parse({ milestones }), utcOffsetMs: 8 * hourMs, findings });
const at = (day: number, hour: number) => Date.UTC(2025, 2, day, hour) - 8 * hourMs;
const post = (which: string, id: string, published_ms: number, precision = "second") => ({ which, id, published_ms, precision, platform: "weibo", author_name: "甲*", title: `帖 ${id}`, url: null });
const coverage = [{ posts: 100, timed: 90 }];
const run = (firsts: Table, day_posts: Table = [], given = context()) => timeline.analyze({ coverage, firsts, day_posts }, timeline.options.parse({}), given);
const course = phases.analyze({ volume: stepEvent() }, phases.options.parse({}), context());

it("joins given and found moments in order of time, one entry a post", () => {
  const top = { ...post("", "m1", at(4, 9)), day: 20_151, rank: 1, field: "media", engagement: 9, copies: 1 };
  const { data } = run(
    [post("all", "a", at(3, 1)), post("public", "a", at(3, 1)), post("media", "m1", at(4, 9)), post("official", "o", at(4, 20), "day")],
    [top, { ...top, id: "second", rank: 2 }, { ...top, id: "other day", day: 20_150 }],
    context([{ time: "2025-03-04 12:00", text: "通报" }, { time: "2025-03-03", text: "事发" }], new Map([["phases", course as Finding]])),
  );
  expect(data.moments.map(({ what, post, precision, source }) => [what.join("+"), post, precision, source])).toEqual([
    ["milestone", null, "day", "given"],
    ["first", "a", "minute", "found"],
    ["first_media+top", "m1", "minute", "found"],
    ["milestone", null, "minute", "given"],
    ["peak", null, "minute", "found"],
    ["first_official", "o", "day", "found"],
  ]);
  expect(data.moments.find(({ what }) => what.includes("peak"))).toMatchObject({ ms: at(4, 17), posts: 205 });
});

it("gives delays in hours when both times are exact, else in days", () => {
  const { figures, data } = run([post("all", "a", at(3, 1)), post("media", "m", at(3, 13)), post("official", "o", at(6, 0), "day")]);
  const figure = (key: string) => figures.find((one) => one.key === key)!;
  expect(figure("delay.media")).toMatchObject({ value: 12, unit: "hours", filter: { id: "m" } });
  expect(figure("delay.official")).toMatchObject({ value: 3, unit: "days" });
  expect(data.delays).toEqual({ media: true, official: false });
  // From the evening of the 3rd to a day known as the 6th: three days, not the two and a bit to its midnight.
  expect(run([post("all", "a", at(3, 20)), post("official", "o", at(6, 0), "day")]).figures.find(({ key }) => key === "delay.official")).toMatchObject({ value: 3, unit: "days" });
  expect(run([post("all", "a", at(3, 1))]).data.delays).toEqual({ media: null, official: null });
});

it("has evidence for every post it names", () => {
  const { figures } = run([post("all", "a", at(3, 1)), post("media", "m", at(3, 13))]);
  expect(figures.filter(({ key }) => key.startsWith("moment.time.")).map(({ filter }) => filter)).toEqual([{ id: "a" }, { id: "m" }]);
});

it("is empty without posts and unavailable without times and milestones", () => {
  expect(timeline.analyze({ coverage: [], firsts: [], day_posts: [] }, timeline.options.parse({}), context()).status).toBe("empty");
  expect(run([]).status).toBe("unavailable");
  expect(run([], [], context([{ time: "2025-03-03", text: "事发" }]))).toMatchObject({ status: "ok", data: { moments: [{ what: ["milestone"] }] } });
});

it("does not depend on the order of rows", () => {
  const firsts = [post("all", "a", at(3, 1)), post("media", "b", at(3, 1)), post("official", "c", at(3, 1))];
  expect(run([...firsts].reverse())).toEqual(run(firsts));
});
