import { expect, it } from "vitest";
import type { Finding, Table } from "../../../analyzers/contract.ts";
import { phases } from "../../../analyzers/event/phases.ts";
import { volume } from "../../../analyzers/event/volume.ts";
import { eventSchema } from "../../../pipeline/config.ts";
import { monday, stepEvent, volumeRow } from "../synthetic-event.ts";

const event = eventSchema.parse({ milestones: [{ time: "2025-03-04 06:30", text: "乙" }, { time: "2025-03-03", text: "甲" }] });
const context = (findings = new Map<string, Finding>()) => ({ event, utcOffsetMs: 8 * 3_600_000, findings });
const run = (rows: Table, findings?: Map<string, Finding>) => volume.analyze({ volume: rows }, {}, context(findings));
const row = (day: number | null, field: string, kind: string, posts: number, engagement = 0) => ({ day, slot: null, field, kind, posts, originals: kind === "original" ? posts : 0, author_days: Math.ceil(posts / 2), engagement });

it("counts by bin, day, field and kind, unknown times apart", () => {
  const { data, figures, coverage } = run([row(100, "public", "original", 4), row(100, "public", "repost", 2), row(102, "media", "original", 3), row(null, "official", "comment", 1)]);
  expect(data.width_ms).toBe(86_400_000);
  expect(data.bins.map(({ posts, media, repost }) => [posts, media, repost])).toEqual([[6, 0, 2], [0, 0, 0], [3, 3, 0]]);
  expect(data.days.map(({ day, posts }) => [day, posts])).toEqual([[100, 6], [102, 3]]);
  expect(coverage).toEqual({ posts: 9, of: 10 });
  const figure = (key: string) => figures.find((one) => one.key === key)!;
  expect(figure("field.share.public")).toMatchObject({ value: 0.6, of: 10, filter: { field: "public" } });
  expect(figure("kind.share.comment")).toMatchObject({ value: 0.1, of: 10 });
  expect(figure("peak.value.posts")).toMatchObject({ value: 6, filter: { day: 100 } });
  expect(figure("peak.share.posts")).toMatchObject({ value: 6 / 9, of: 9 });
  expect(figure("total.author_days").value).toBe(2 + 1 + 2 + 1);
});

it("finds the peak day under each lens, the first of equals, none where the measure is zero", () => {
  const { data } = run([row(100, "public", "repost", 5), row(101, "public", "original", 3), row(102, "public", "original", 3)]);
  expect(data.peak_days).toEqual({ posts: { day: 100, value: 5, of: 11 }, originals: { day: 101, value: 3, of: 6 }, author_days: { day: 100, value: 3, of: 7 }, engagement: null });
});

it("copies phases and gaps from the finding of phases, and milestones in order of time", () => {
  const rows = [90, 110, 0, 0, 95, 120, 100, 40, 30, 20, 12, 9].flatMap((posts, i) => (posts === 0 ? [] : [{ ...volumeRow(0, posts), day: 20_150 + i, slot: null }]));
  const found = phases.analyze({ volume: rows }, phases.options.parse({}), context());
  const { data } = run(rows, new Map([["phases", found]]));
  expect(data.bins.map(({ missing }) => Number(missing))).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(data.phases).toEqual(found.data.phases.map(({ name, from_ms, to_ms }) => ({ name, from_ms, to_ms })));
  expect(data.milestones).toEqual([{ ms: Date.UTC(2025, 2, 2, 16), text: "甲" }, { ms: Date.UTC(2025, 2, 3, 22, 30), text: "乙" }]);
});

it("uses the bins of phases", () => {
  const found = phases.analyze({ volume: stepEvent() }, phases.options.parse({}), context());
  const { data } = run(stepEvent());
  expect([data.width_ms, data.bins.length]).toEqual([60_000 * found.data.bins!.minutes, found.data.bins!.number]);
  expect(data.bins[0]!.start_ms).toBe((monday / 6 - 8) * 3_600_000);
});

it("takes empty tables and tables without times, in any order", () => {
  expect(run([]).status).toBe("empty");
  expect(run([row(null, "public", "original", 2)]).status).toBe("unavailable");
  const rows = stepEvent();
  expect(run([...rows].reverse())).toEqual(run(rows));
});
