import { expect, it } from "vitest";
import { keyDateSchema, keyDatesBetween } from "../../pipeline/digest/calendar.ts";

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
const between = (from: string, to: string, own: unknown[] = []): string[] => keyDatesBetween(dayOf(from), dayOf(to), own.map((one) => keyDateSchema.parse(one))).map(({ day, name }) => `${dateOf(day)} ${name.zh}`);

it("names every day of holidays and meetings, within the span only", () => {
  expect(between("2026-03-10", "2026-03-15")).toEqual(["2026-03-10 全国两会", "2026-03-11 全国两会", "2026-03-12 全国两会", "2026-03-12 植树节", "2026-03-15 3·15 消费者权益日"]);
  // 国务院办公厅: 1–7 October 2026 off; 中秋 25–27 September. 30 September is 烈士纪念日.
  expect(between("2026-09-27", "2026-10-02")).toEqual(["2026-09-27 中秋", "2026-09-30 烈士纪念日", "2026-10-01 国庆节", "2026-10-02 国庆节"]);
  expect(between("2026-12-13", "2026-12-13")).toEqual(["2026-12-13 国家公祭日"]);
  expect(between("2026-11-02", "2026-11-08")).toEqual([]);
});

it("knows moved and new ones by year", () => {
  expect(between("2020-06-07", "2020-06-08")).toEqual([]);
  expect(between("2020-07-07", "2020-07-08")).toEqual(["2020-07-07 高考", "2020-07-08 高考"]);
  expect(between("2026-06-06", "2026-06-09")).toEqual(["2026-06-07 高考", "2026-06-08 高考"]);
  expect([between("2013-12-13", "2013-12-13"), between("2014-12-13", "2014-12-13")]).toEqual([[], ["2014-12-13 国家公祭日"]]);
  expect(between("2020-05-21", "2020-05-21")).toEqual(["2020-05-21 全国两会"]);
});

it("computes lunar days, also those whose lunar year began in the year before; unpublished years have the day itself", () => {
  // 元宵 2026 is 3 March, 七夕 19 August, 重阳 18 October; 2025 had a second sixth month.
  expect(between("2026-03-03", "2026-03-03")).toEqual(["2026-03-03 元宵节"]);
  expect([between("2026-08-19", "2026-08-19"), between("2026-10-18", "2026-10-18"), between("2025-08-29", "2025-08-29")].flat()).toEqual(["2026-08-19 七夕", "2026-08-19 医师节", "2026-10-18 重阳节", "2025-08-29 七夕"]);
  expect(between("2031-01-22", "2031-01-24")).toEqual(["2031-01-23 春节"]);
  expect(between("2027-01-15", "2027-01-15", [{ zh: "腊八", when: "lunar 12-08" }])).toEqual(["2027-01-15 腊八"]);
});

it("adds the project's own", () => {
  const own = [{ zh: "本市两会", when: ["2026-01-12/2026-01-13"] }, { zh: "巡视", when: "01-13", since: 2026, except: [2027] }, { zh: "闰日", when: "02-29" }];
  expect(between("2026-01-11", "2026-01-14", own)).toEqual(["2026-01-12 本市两会", "2026-01-13 巡视", "2026-01-13 本市两会"]);
  expect([between("2027-01-12", "2027-01-13", own), between("2025-01-13", "2025-01-13", own), between("2028-02-28", "2028-03-01", own), between("2027-02-28", "2027-03-01", own)].map((dates) => dates.length)).toEqual([0, 0, 1, 0]);
});

it.each(["2026-02-29", "13-01", "06-08/06-07", "2026-03-04/03-12", "03-04/2026-03-12", "2026-01-01/2026-03-04", "lunar 13-01", "lunar 01-31", "next week", ""])("refuses %s", (when) => {
  expect(keyDateSchema.safeParse({ zh: "甲", when }).success).toBe(false);
});
