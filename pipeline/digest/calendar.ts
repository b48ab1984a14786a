import { createRequire } from "node:module";
import { z } from "zod";
import { readYaml } from "../config.ts";
import type { Message } from "../errors.ts";
import { dataPath } from "../paths.ts";
import { dateOf } from "../../analyzers/workdays.ts";

const dayMs = 86_400_000;
const longest = 62;
const pattern = /^(?:lunar (\d{2}-\d{2})|(\d{4}-)?(\d{2}-\d{2})(?:\/(\d{4}-)?(\d{2}-\d{2}))?)$/;

/** When a key date is: "03-15" or "06-07/06-08" every year, "2026-03-04" or "2026-03-04/2026-03-12" once, "lunar 01-15" every lunar year. */
const when = z.string().refine((text) => isTime(text), "MM-DD, YYYY-MM-DD, lunar MM-DD, or two of the first forms with / between (at most 62 days)");
const year = z.number().int().min(1900).max(2200);

/** A key date: data/calendars/key-dates.yaml, and `keyDates` of the project. */
export const keyDateSchema = z.strictObject({
  zh: z.string().trim().min(1).max(40).describe("name, as the charts print it"),
  en: z.string().trim().min(1).max(80).optional().describe("name in English; without it the Chinese one"),
  when: z.union([when, z.array(when).min(1).max(100)]).describe("MM-DD every year, YYYY-MM-DD once, lunar MM-DD; A/B from A to B"),
  since: year.optional().describe("first year"),
  except: z.array(year).default([]).describe("years without it"),
  source: z.string().max(200).optional().describe("where the date is from"),
});
export type KeyDateEntry = z.infer<typeof keyDateSchema>;
export const keyDatesSchema = z.array(keyDateSchema).max(500);

/** A day with a name. Of a range every day is one. */
export interface KeyDate {
  /** Local day, since 1970-01-01. */
  day: number;
  name: Message;
  source: string | null;
}

let shipped: KeyDateEntry[] | null = null;

/**
 * Key dates from one local day to another, both included, by day, then name: public holidays as published, the shipped list and the project's own. A name stands once a day.
 * Years whose holiday notice is not out have the holidays' main day only; 全国两会 and the like are marked only in years that the list names.
 */
export function keyDatesBetween(from_day: number, to_day: number, own: readonly KeyDateEntry[] = []): KeyDate[] {
  shipped ??= readYaml(dataPath("calendars", "key-dates.yaml"), keyDatesSchema);
  const found = new Map<string, KeyDate>();
  const add = (date: KeyDate): void => {
    const key = `${date.day} ${date.name.zh}`;
    if (date.day >= from_day && date.day <= to_day && !found.has(key)) found.set(key, date);
  };
  for (let day = from_day; day <= to_day; day++) holidayOf(day).forEach(add);
  const [first, last] = [yearOf(from_day), yearOf(to_day)];
  for (const entry of [...shipped, ...own]) for (const day of daysOf(entry, first, last)) add({ day, name: { zh: entry.zh, en: entry.en ?? entry.zh }, source: entry.source ?? null });
  return [...found.values()].sort((a, b) => a.day - b.day || (a.name.zh < b.name.zh ? -1 : 1));
}

const yearOf = (day: number): number => Number(dateOf(day).slice(0, 4));
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;
const exists = (date: string): boolean => !Number.isNaN(dayOf(date)) && dateOf(dayOf(date)) === date;

const require = createRequire(import.meta.url);
const { holidays } = require("chinese-days/dist/chinese-days.json") as { holidays: Record<string, string> };
const { getSolarDateFromLunar } = require("chinese-days") as { getSolarDateFromLunar: (date: string) => { date: string } };

/** The public holiday on a day, as its notice has it. */
function holidayOf(day: number): KeyDate[] {
  const [en, zh] = holidays[dateOf(day)]?.split(",") ?? [];
  return en === undefined || zh === undefined ? [] : [{ day, name: { zh, en }, source: "国务院办公厅放假通知（chinese-days）" }];
}

/** Days of an entry that lie in the years, or near them. */
function daysOf({ when: given, since = -Infinity, except }: KeyDateEntry, first: number, last: number): number[] {
  const out = new Set(except);
  return [given].flat().flatMap((text) => spansOf(text, first, last)).flatMap(([from, to]) => {
    const begun = yearOf(from);
    return begun < since || out.has(begun) ? [] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

function spansOf(text: string, first: number, last: number): [number, number][] {
  const [, lunar, fromYear, from, toYear, to = from] = pattern.exec(text)!;
  if (fromYear !== undefined) return [[dayOf(fromYear + from!), dayOf((toYear ?? fromYear) + to!)]];
  // A lunar year ends in the next solar one.
  const years = Array.from({ length: last - first + 2 }, (_, i) => first - 1 + i);
  if (lunar !== undefined) return years.filter((one) => one > 1900 && one < 2100).map((one) => { const day = dayOf(getSolarDateFromLunar(`${one}-${lunar}`).date); return [day, day]; });
  return years.filter((one) => exists(`${one}-${from}`) && exists(`${one}-${to}`)).map((one) => [dayOf(`${one}-${from}`), dayOf(`${one}-${to}`)]);
}

/** Whether a text is a time that exists (02-29 does), the end not before the begin, both with a year or neither. */
function isTime(text: string): boolean {
  const [, lunar, fromYear, from, toYear, to] = pattern.exec(text) ?? [];
  if (lunar !== undefined) return /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|30)$/.test(lunar);
  if (from === undefined) return false;
  const [begin, end] = [`${fromYear ?? "2000-"}${from}`, `${toYear ?? fromYear ?? "2000-"}${to ?? from}`];
  return (to === undefined || (fromYear === undefined) === (toYear === undefined)) && exists(begin) && exists(end) && end >= begin && dayOf(end) - dayOf(begin) < longest;
}
