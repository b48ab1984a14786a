import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { eventAnalyzers } from "../../analyzers/index.ts";
import type { Finding, Table } from "../../analyzers/contract.ts";
import { analyze, narrow, parseOptions } from "../../pipeline/analyze.ts";
import { runSchema } from "../../pipeline/config.ts";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import { tables as specs } from "../../pipeline/rollup/tables.ts";
import { sections } from "../../reports/case-study/index.ts";
import { event, fill, sampleEvent } from "../fixture.ts";

/** The same laws over every registered event analyzer and its section. */

let tables: Map<string, Table>;
let empty: Map<string, Table>;
const open: Database[] = [];
const options = parseOptions(runSchema.parse({}));

beforeAll(async () => {
  const { posts, texts } = sampleEvent();
  const filled = await fill(posts, texts);
  const bare = await fill([], []);
  open.push(filled.database, bare.database);
  tables = filled.tables;
  empty = bare.tables;
});
afterAll(() => open.forEach((database) => database.close()));

const run = (all: Map<string, Table>) => analyze(all, event, options);
const of = (id: string, all: Map<string, Table>) => {
  const finding = run(all).find((one) => one.id === id)!;
  if (finding.status === "error") throw new Error(finding.error);
  return finding;
};
const numbers = (value: unknown): number[] => (typeof value === "number" ? [value] : value === null || typeof value !== "object" ? [] : Object.values(value).flatMap(numbers));

it("registers every file of analyzers/event once, and a section for each", () => {
  const files = readdirSync(new URL("../../analyzers/event", import.meta.url)).filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -3));
  expect(eventAnalyzers.map(({ id }) => id).sort()).toEqual(files.sort());
  expect(sections.map(({ id }) => id).sort()).toEqual(files.sort());
});

it("puts every analyzer after those that it reads", () => {
  eventAnalyzers.forEach(({ after }, i) => {
    for (const id of after) expect(eventAnalyzers.findIndex((other) => other.id === id)).toBeLessThan(i);
    for (const id of after) expect(eventAnalyzers.some((other) => other.id === id)).toBe(true);
  });
});

describe.each(eventAnalyzers.map((analyzer) => [analyzer.id, analyzer] as const))("%s", (id, analyzer) => {
  it("asks a question in both languages", () => {
    expect(analyzer.question.zh).toMatch(/？$/);
    expect(analyzer.question.en).toMatch(/\?$/);
  });

  it("gives every option a default and a description, and refuses unknown ones", () => {
    const shape = (analyzer.options as unknown as z.ZodObject).shape;
    for (const [name, schema] of Object.entries(shape)) {
      expect((schema as z.ZodType).safeParse(undefined).success, `${name} has a default`).toBe(true);
      expect((schema as z.ZodType).description, `${name} has a description`).toBeTruthy();
    }
    expect(analyzer.options.safeParse({ noSuchOption: 1 }).success).toBe(false);
  });

  it("requires only tables and columns that exist", () => {
    for (const [name, columns] of Object.entries(analyzer.requires)) for (const column of columns) expect((specs as Record<string, { columns: readonly string[] }>)[name]?.columns ?? []).toContain(column);
  });

  it("gives a finding for an event, without NaN, that survives JSON", () => {
    const finding = of(id, tables);
    expect(numbers(finding).every(Number.isFinite)).toBe(true);
    expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
  });

  it("takes an event without posts", () => {
    const finding = of(id, empty);
    expect(["empty", "unavailable"]).toContain(finding.status);
    expect(finding.reason).not.toBeNull();
  });

  it("does not depend on the order of rows", () => {
    const reversed = new Map([...tables].map(([name, rows]) => [name, [...rows].reverse()]));
    expect(of(id, reversed)).toEqual(of(id, tables));
  });

  it("leaves frozen input untouched and gives the same twice", () => {
    const frozen = new Map([...tables].map(([name, rows]) => [name, Object.freeze(rows.map((row) => Object.freeze({ ...row })))]));
    expect(of(id, frozen)).toEqual(of(id, frozen));
  });

  it("keeps shares in [0, 1] and inside their intervals, and marks estimates", () => {
    for (const { key, value, unit, of: denominator, interval } of of(id, tables).figures) {
      if (unit !== "share" || value === null) continue;
      expect(value, key).toBeGreaterThanOrEqual(0);
      expect(value, key).toBeLessThanOrEqual(1);
      expect(denominator, `${key} has a denominator`).not.toBeNull();
      if (interval) expect(interval[0] <= value + 1e-12 && value <= interval[1] + 1e-12, `${key} in ${interval}`).toBe(true);
    }
  });

  it("is told in both languages with sentences whose facts exist", () => {
    const section = sections.find((one) => one.id === id)!;
    for (const all of [tables, empty]) {
      const finding = of(id, all) as unknown as Finding;
      for (const language of ["zh", "en"] as const) {
        for (const sentence of section.tell(finding, language)) {
          const text = sentence.map((part) => (typeof part === "string" ? part : part.text)).join("");
          expect(text).not.toMatch(/undefined|NaN|null|\[object/);
          for (const part of sentence) if (typeof part !== "string") expect(finding.figures.some(({ key }) => key === part.fact), part.fact).toBe(true);
        }
      }
    }
  });
});

it("narrows the input to what an analyzer declares", () => {
  for (const analyzer of eventAnalyzers) {
    for (const [name, rows] of Object.entries(narrow(analyzer, tables))) for (const row of rows) expect(Object.keys(row).sort()).toEqual([...analyzer.requires[name]!].sort());
  }
});
