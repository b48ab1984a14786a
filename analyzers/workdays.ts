import { createRequire } from "node:module";

const dayMs = 86_400_000;
/** State Council notices as published by the package chinese-days (MIT): dates off, and Saturdays and Sundays worked instead. */
const notices = createRequire(import.meta.url)("chinese-days/dist/chinese-days.json") as Record<"holidays" | "workdays", Record<string, string>>;
const off = new Set(Object.keys(notices.holidays));
const worked = new Set(Object.keys(notices.workdays));
const years = new Set([...off].map((date) => Number(date.slice(0, 4))));

/** "2026-10-10" of a day since 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** False for years whose holiday notice is not known here (before 2004, or not yet out): their working days are only Monday to Friday (暂按周末推算). */
export const isPublished = (day: number): boolean => years.has(new Date(day * dayMs).getUTCFullYear());

/** True for working days of mainland China: Monday to Friday without public holidays, and the weekend days worked instead. `day`: local days since 1970-01-01. */
export function isWorkday(day: number): boolean {
  const date = dateOf(day);
  if (worked.has(date)) return true;
  const weekday = (((day + 4) % 7) + 7) % 7;
  return !off.has(date) && weekday !== 0 && weekday !== 6;
}

/** The n-th working day after `day`, which itself does not count (Civil Code, art. 201); `n` ≥ 1. */
export function workdayAfter(day: number, n: number): number {
  let left = n;
  let at = day;
  while (left > 0) if (isWorkday(++at)) left--;
  return at;
}
