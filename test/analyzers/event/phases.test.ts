import { describe, expect, it } from "vitest";
import type { Table } from "../../../analyzers/contract.ts";
import { phases } from "../../../analyzers/event/phases.ts";
import { eventSchema } from "../../../pipeline/config.ts";
import { monday, stepEvent, syntheticEvent, volumeRow, volumeRows } from "../synthetic-event.ts";
import { mulberry32 } from "../../../analyzers/statistics.ts";

const hourMs = 3_600_000;
const context = { event: eventSchema.parse({}), utcOffsetMs: 8 * hourMs, findings: new Map() };
const run = (volume: Table, options = {}) => phases.analyze({ volume }, phases.options.parse(options), context);
const start = (monday / 6 - 8) * hourMs;
const day = (no: number, posts: number) => ({ ...volumeRow(0, posts), day: no, slot: null });

describe("on an event in steps", () => {
  const finding = run(stepEvent(), { clock: "even" });
  const { data } = finding;

  it("finds the steps to the hour, and the phases' posts", () => {
    // P is about 200: 2 and 4 posts lie below 5 and 10 %, 20 between 5 and 50 %, 60 between 10 and 50 %. The smoothing may shift a begin by one hour.
    expect(data.phases.map(({ name }) => name)).toEqual(["latent", "growth", "burst", "lasting", "fading"]);
    const hours = data.phases.map(({ from_ms }) => (from_ms - start) / hourMs);
    [0, 24, 30, 42, 54].forEach((hour, i) => expect(Math.abs(hours[i]! - hour)).toBeLessThanOrEqual(1));
    expect(data.phases.find(({ name }) => name === "burst")).toMatchObject({ posts: 12 * 194 + 66, official: 0, channels: [{ channel: "social" }, { channel: "news" }] });
    expect(data.end).toBe("faded");
    expect(data.waves.length).toBe(1);
  });

  it("says who posted, with denominators and filters by slot", () => {
    const figure = (key: string) => finding.figures.find((one) => one.key === key)!;
    // A fifth of each hour, rounded down: 38 of 194 … 41 of 205.
    const media = 38 + 39 * 5 + 40 * 5 + 41;
    expect(figure("field.share.burst.media")).toMatchObject({ value: media / 2394, of: 2394, filter: { slot: { gte: monday + 30 * 6, lt: monday + 42 * 6 }, field: "media" } });
    expect(figure("phase.share.burst")).toMatchObject({ value: 2394 / 3378, of: 3378 });
    const begin = figure("phase.begin.burst");
    expect(begin).toMatchObject({ value: start + 30 * hourMs, estimate: true });
    expect(begin.interval![0]).toBeLessThan(begin.value!);
    expect(figure("phase.begin.latent")).toMatchObject({ value: start, interval: null, estimate: false });
  });

  it("gives the peak as counted, not as smoothed", () => {
    expect(data.peak).toEqual({ ms: start + 41 * hourMs, posts: 205, capped: false });
    // A single outlier is the peak as counted.
    expect(run([...stepEvent(), volumeRow(monday, 500)]).data.peak).toMatchObject({ ms: start, posts: 502 });
  });
});

it("flags five equal maxima as a possible cap", () => {
  const capped = stepEvent().filter(({ field }) => field === "public").map((row) => ({ ...row, posts: Math.min(150, row.posts as number) }));
  expect(run(capped).data.peak).toMatchObject({ capped: true });
});

it("works in days, with missing days left out and told", () => {
  const counts = [20, 40, 300, 900, 1000, 0, 0, 800, 700, 500, 300, 200, 150, 120, 100, 90, 80, 70, 60, 50, 45, 40, 40, 35, 30, 30, 25, 25, 20, 20];
  const { data, figures } = run(counts.flatMap((posts, i) => (posts === 0 ? [] : [day(20_150 + i, posts)])));
  expect(data.bins).toEqual({ unit: "day", minutes: 1440, number: 30 });
  expect(data.gaps).toEqual([{ from_ms: (20_155 * 24 - 8) * hourMs, to_ms: (20_157 * 24 - 8) * hourMs }]);
  expect(figures.find(({ key }) => key === "gaps")).toMatchObject({ value: 2, unit: "days" });
  // One burst across the hole, not two.
  expect(data.phases.map(({ name }) => name)).toEqual(["growth", "burst", "lasting", "fading"]);
  expect(data.waves.length).toBe(1);
});

it("says when the data ends before the fading phase, or at the peak, or begins in the burst", () => {
  const rows = stepEvent();
  const until = (hour: number) => rows.filter((row) => (row.slot as number) < monday + 6 * hour);
  expect(run(until(50), { clock: "even" }).data.end).toBe("lasting");
  const rising = Array.from({ length: 48 }, (_, hour) => volumeRow(monday + 6 * hour, Math.round(2 * 1.13 ** hour)));
  expect(run(rising, { clock: "even" }).data.end).toBe("rising");
  const late = rows.filter((row) => (row.slot as number) >= monday + 6 * 31);
  expect(run(late, { clock: "even" }).data).toMatchObject({ cut: true });
});

it("gives no phases for few posts or a constant rate, and never fails on odd tables", () => {
  expect(run([]).status).toBe("empty");
  expect(run([{ ...volumeRow(0, 5), day: null, slot: null }])).toMatchObject({ status: "unavailable", coverage: { posts: 0, of: 5 } });
  expect(run([volumeRow(monday, 1)]).data).toMatchObject({ shape: "few", phases: [] });
  expect(run([volumeRow(monday, 10_000)]).data.shape).toBe("few");
  const random = mulberry32(4);
  const flat = volumeRows(Array.from({ length: 72 }, () => 8 + Math.floor(random() * 5)), monday / 6, random);
  expect(run(flat).data).toMatchObject({ shape: "flat", phases: [], waves: [] });
});

it("counts what it leaves out", () => {
  const finding = run([...stepEvent(), day(20_151, 7), { ...volumeRow(0, 3), day: null, slot: null }, volumeRow(monday - 144 * 300, 2)]);
  const value = (key: string) => finding.figures.find((one) => one.key === key)!.value;
  expect([value("posts.timed"), value("posts.untimed"), value("posts.day_only"), value("posts.strays")]).toEqual([3378, 3, 7, 2]);
  expect(finding.coverage).toEqual({ posts: 3378, of: 3390 });
});

it("does not depend on the order of rows, on a split of rows, or on anything but its seed", () => {
  const { counts, firstHour } = syntheticEvent(7);
  const rows = volumeRows(counts, firstHour, mulberry32(1));
  const whole = run(rows);
  expect(run([...rows].reverse())).toEqual(whole);
  expect(run(rows.flatMap((row) => [{ ...row, posts: 1 }, { ...row, posts: (row.posts as number) - 1 }]))).toEqual(whole);
  expect(phases.data.parse(JSON.parse(JSON.stringify(whole.data)))).toEqual(whole.data);
});

it("gives no interval without draws", () => {
  expect(run(stepEvent(), { draws: 0 }).data.phases.every(({ margin_ms }) => margin_ms === null)).toBe(true);
});
