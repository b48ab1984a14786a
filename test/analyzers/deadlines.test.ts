import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { deadlinesSchema, due } from "../../analyzers/deadlines.ts";
import { dateOf, isPublished, isWorkday, workdayAfter } from "../../analyzers/workdays.ts";
import { readYaml } from "../../pipeline/config.ts";
import { dataPath } from "../../pipeline/paths.ts";

const beijing = 8 * 3_600_000;
const at = (time: string): number => Date.parse(`${time.replace(" ", "T")}:00+08:00`);
const local = (ms: number): string => new Date(ms + beijing).toISOString().slice(0, 16).replace("T", " ");
const day = (date: string): number => Date.parse(date) / 86_400_000;
const office = { from: "09:00", to: "17:30" };
const by = (start: string, counts: "hours" | "deferred" | "office" | "workdays", amount: number): string => local(due(at(start), { counts, amount }, office, beijing).ms);

it("knows holidays, weekend days worked instead, and leap days", () => {
  expect(isWorkday(day("2024-02-04"))).toBe(true); // Sunday, worked for the Spring Festival
  expect(isWorkday(day("2024-02-12"))).toBe(false); // Monday of the Spring Festival
  expect(isWorkday(day("2024-02-29"))).toBe(true);
  expect(isWorkday(day("2026-10-10"))).toBe(true);
  expect(isWorkday(day("2023-07-01"))).toBe(false);
});

it("counts hours as they pass, through the night", () => {
  expect(by("2025-03-07 20:30", "hours", 5)).toBe("2025-03-08 01:30");
});

it("defers what begins outside office hours to the next opening", () => {
  expect(by("2025-03-07 10:00", "deferred", 3)).toBe("2025-03-07 13:00");
  expect(by("2025-03-07 07:00", "deferred", 3)).toBe("2025-03-07 12:00");
  expect(by("2025-03-07 17:30", "deferred", 3)).toBe("2025-03-10 12:00"); // Friday closing → Monday
  expect(by("2024-02-08 20:00", "deferred", 3)).toBe("2024-02-09 12:00"); // New Year's Eve was a working day in 2024
  expect(by("2024-02-09 18:00", "deferred", 3)).toBe("2024-02-18 12:00"); // over the festival to the Sunday worked
});

it("counts only open hours in the mode office", () => {
  expect(by("2025-03-07 16:30", "office", 3)).toBe("2025-03-10 11:00"); // 1 h on Friday, 2 h on Monday
  expect(by("2025-03-07 09:00", "office", 9)).toBe("2025-03-10 09:30");
});

it("ends working days at midnight, the day of the start not counted", () => {
  expect(by("2025-03-07 00:00", "workdays", 1)).toBe("2025-03-11 00:00");
  expect(by("2025-03-07 23:59", "workdays", 1)).toBe("2025-03-11 00:00");
  expect(by("2025-09-30 09:00", "workdays", 1)).toBe("2025-10-10 00:00"); // first working day after the October holidays is the 9th
});

it("never goes back when the start moves on, and always ends on a working day", () => {
  let before = -Infinity;
  for (let start = at("2026-01-01 00:00"); start < at("2026-12-01 00:00"); start += 5_431_000) {
    const { ms } = due(start, { counts: "workdays", amount: 5 }, office, beijing);
    expect(ms).toBeGreaterThanOrEqual(before);
    expect(isWorkday(Math.floor((ms - 1 + beijing) / 86_400_000))).toBe(true);
    before = ms;
  }
});

it("says when a year's holidays are not out yet", () => {
  expect(isPublished(day("2026-05-05"))).toBe(true);
  expect(isPublished(day("2031-05-05"))).toBe(false);
  expect(due(at("2031-01-02 10:00"), { counts: "workdays", amount: 5 }, office, beijing).provisional).toBe(true);
  expect(due(at("2031-01-02 10:00"), { counts: "hours", amount: 5 }, office, beijing).provisional).toBe(false);
});

it("reads the shipped table, and refuses a wrong one", () => {
  expect(readYaml(dataPath("calendars", "deadlines.yaml"), deadlinesSchema).rules.length).toBeGreaterThan(3);
  const one = { id: "a", zh: "甲", en: "a", from: "first", counts: "hours", amount: 1 };
  expect(deadlinesSchema.safeParse({ office: { from: "17:00", to: "09:00" }, rules: [one] }).success).toBe(false);
  expect(deadlinesSchema.safeParse({ office, rules: [one, one] }).success).toBe(false);
  expect(deadlinesSchema.safeParse({ office, rules: [{ ...one, amount: 0 }] }).success).toBe(false);
});

const golden = "../shared/data/calendars/workday_golden.json";
it.skipIf(!existsSync(golden))("equals all golden cases (needs ../shared)", () => {
  const { cases } = JSON.parse(readFileSync(golden, "utf8")) as { cases: { start: string; workdays: number; due: string }[] };
  expect(cases.length).toBeGreaterThan(1000);
  const wrong = cases.filter(({ start, workdays, due }) => dateOf(workdayAfter(day(start), workdays)) !== due);
  expect(wrong).toEqual([]);
});
