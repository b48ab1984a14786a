import { expect, it } from "vitest";
import { z } from "zod";
import type { EventAnalyzer, Finding } from "../../analyzers/contract.ts";
import { analyze, narrow, parseOptions } from "../../pipeline/analyze.ts";
import { runSchema } from "../../pipeline/config.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import { event } from "../fixture.ts";

const finding = (value: number | null): Finding => ({
  status: "ok", reason: null, lens: "posts", coverage: { posts: 1, of: 1 }, method: { zh: "数", en: "count" },
  figures: [{ key: "n", label: { zh: "数", en: "n" }, value, unit: "posts", of: null, interval: null, filter: null, estimate: false }], data: {},
});
const analyzer = (id: string, work: EventAnalyzer["analyze"], after: string[] = []): EventAnalyzer => ({
  id, question: { zh: "几条？", en: "How many?" }, requires: { volume: ["posts"] }, after, options: z.strictObject({}), data: z.object({}), analyze: work,
});
const tables = new Map([["volume", [{ posts: 3, platform: "weibo" }]]]);

it("turns a throw and a broken contract into error findings and goes on", () => {
  const findings = analyze(tables, event, new Map(), {}, [
    analyzer("throws", () => { throw new Error("boom"); }),
    analyzer("not-a-number", () => finding(Number.NaN)),
    analyzer("fine", () => finding(3)),
  ]);
  expect(findings.map(({ id, status }) => [id, status])).toEqual([["throws", "error"], ["not-a-number", "error"], ["fine", "ok"]]);
  expect(findings[0]).toMatchObject({ error: "boom" });
  expect(findings[1]).toMatchObject({ error: "figure n is NaN" });
});

it("shows an analyzer only the findings it declared, and not those that failed", () => {
  const seen: string[][] = [];
  const look: EventAnalyzer["analyze"] = (_, __, { findings }) => { seen.push([...findings.keys()]); return finding(1); };
  analyze(tables, event, new Map(), {}, [analyzer("a", look), analyzer("b", () => { throw new Error("boom"); }), analyzer("c", look, ["a", "b"])]);
  expect(seen).toEqual([[], ["a"]]);
});

it("gives only declared columns, and refuses a table or column that does not exist", () => {
  expect(narrow(analyzer("a", () => finding(1)), tables)).toEqual({ volume: [{ posts: 3 }] });
  expect(() => narrow({ ...analyzer("a", () => finding(1)), requires: { volume: ["post"] } }, tables)).toThrow("a requires volume.post");
  expect(() => narrow({ ...analyzer("a", () => finding(1)), requires: { nothing: ["posts"] } }, tables)).toThrow("a requires nothing.posts");
});

it("refuses an unknown analyzer or option before any work, with the nearest name", () => {
  const refused = (analyzers: Record<string, Record<string, unknown>>) => {
    try {
      parseOptions(runSchema.parse({ analyzers }));
    } catch (error) {
      return error as YuqingError;
    }
    throw new Error("not refused");
  };
  const mistyped = refused({ platform: {} });
  expect([mistyped.exit, mistyped.parts.where, mistyped.parts.next?.en]).toEqual([2, "analyzers.platform", "did you mean platforms?"]);
  expect(refused({ platforms: { tpo: 3 } }).parts).toMatchObject({ where: "analyzers.platforms", got: "tpo" });
});
