import { afterEach, describe, expect, it, vi } from "vitest";
import { makeDigest } from "../../pipeline/digest/digest.ts";
import { missed } from "../../pipeline/digest/missed.ts";
import { digestSchema } from "../../pipeline/digest/schema.ts";
import type * as Drawing from "../../reports/charts/draw.ts";
import { renderDigest } from "../../reports/digest/render.ts";
import type * as Word from "../../reports/word/document.ts";
import { count, input, night } from "./fixture.ts";

const fault = vi.hoisted(() => ({ chart: "", word: false }));
vi.mock("../../reports/charts/draw.ts", async (original: () => Promise<typeof Drawing>) => {
  const real = await original();
  const draw: typeof real.draw = (chart, ...given) => (chart.id === fault.chart ? Promise.reject(new Error("no such scale")) : real.draw(chart, ...given));
  return { ...real, draw };
});
vi.mock("../../reports/word/document.ts", async (original: () => Promise<typeof Word>) => {
  const real = await original();
  const renderWordDocument: typeof real.renderWordDocument = (...given) => (fault.word ? Promise.reject(new Error("no font")) : real.renderWordDocument(...given));
  return { ...real, renderWordDocument };
});
afterEach(() => Object.assign(fault, { chart: "", word: false }));

const digest = makeDigest(input({ nights: [night("2026-11-21", { counts: [count("2026-11-21", 30)] })] }));
async function rendered(): Promise<{ told: string[]; names: string[]; text(ending: string): string }> {
  const told: string[] = [];
  const files = await renderDigest(digest, "en", ({ en }) => told.push(en));
  return { told, names: [...files.keys()], text: (ending) => String(files.get(`day-2026-11-21.${ending}`)).replace(/\s+/g, " ") };
}

describe("what a digest could not hold stands in the digest", () => {
  it("nothing when all went well", async () => {
    const { told, text } = await rendered();
    expect([told, JSON.parse(text("json")).failures]).toEqual([[], []]);
    expect(text("html")).not.toContain("class=\"warning\"");
  });
  it("a chart that cannot be drawn: its table in HTML and Word, the failure in every format, said once", async () => {
    fault.chart = "digest-platforms";
    const { told, names, text } = await rendered();
    const said = "could not draw digest-platforms, its table stands in its place: no such scale";
    expect(told).toEqual([said]);
    expect(names).toEqual(["json", "html", "txt", "docx"].map((ending) => `day-2026-11-21.${ending}`));
    expect(digestSchema.parse(JSON.parse(text("json"))).failures).toEqual([{ text: expect.objectContaining({ en: said }), dates: ["2026-11-21"] }]);
    expect(text("txt")).toContain(said);
    expect(text("html")).toContain(said);
    expect(text("html")).toContain("This chart could not be drawn; its table follows.");
  });
  it("a format that cannot be written: the others are there and say so", async () => {
    fault.word = true;
    const { told, names, text } = await rendered();
    expect([told.length, names.some((name) => name.endsWith(".docx"))]).toEqual([1, false]);
    for (const ending of ["json", "html", "txt"]) expect(text(ending)).toContain("no Word file");
  });
});

describe("a digest that could not be made", () => {
  const record = missed("day", "2026-11-20", { zh: "内部错误", en: "internal error" });
  const nights = [night("2026-11-20", { failures: [record, { zh: "没有使用 a.csv：坏了", en: "a.csv was not used: broken" }] }), night("2026-11-21"), night("2026-11-22")];
  const failures = (period: "day" | "week", date: string): string[] => makeDigest(input({ period, date, nights })).failures.map(({ text }) => text.en);
  it("is said by the next one, by its week, and not by itself when it is made after all", () => {
    expect(failures("day", "2026-11-20")).toEqual(["a.csv was not used: broken"]);
    expect(failures("day", "2026-11-21")).toEqual(["the daily digest of 2026-11-20 could not be made: internal error"]);
    expect(failures("day", "2026-11-22")).toEqual([]);
    expect(failures("week", "2026-11-22")).toEqual(["the daily digest of 2026-11-20 could not be made: internal error", "a.csv was not used: broken"]);
  });
});
