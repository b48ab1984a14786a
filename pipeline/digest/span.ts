import { dateOf } from "../../analyzers/workdays.ts";
import type { Period } from "./options.ts";

/** Local dates, both included. */
export interface Span {
  from: string;
  to: string;
}

const dayMs = 86_400_000;

/** Days since 1970-01-01 of "2026-11-21". */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

/** All dates of a span. */
export const datesOf = ({ from, to }: Span): string[] => Array.from({ length: dayOf(to) - dayOf(from) + 1 }, (_, i) => dateOf(dayOf(from) + i));

/**
 * The period that holds `date`, up to that date, and the same part of the period before. A whole month is held against the whole month before,
 * whatever their lengths; a part of one against as many days.
 */
export function spansOf(period: Period, date: string): { now: Span; before: Span; whole: boolean } {
  const day = dayOf(date);
  if (period === "day") return { now: { from: date, to: date }, before: { from: dateOf(day - 1), to: dateOf(day - 1) }, whole: true };
  if (period === "week") {
    const monday = day - mod(day + 3, 7); // 1970-01-01 was a Thursday
    return { now: { from: dateOf(monday), to: date }, before: { from: dateOf(monday - 7), to: dateOf(day - 7) }, whole: day === monday + 6 };
  }
  const first = dayOf(`${date.slice(0, 7)}-01`);
  const earlier = dayOf(`${dateOf(first - 1).slice(0, 7)}-01`);
  const whole = dateOf(day + 1).slice(0, 7) !== date.slice(0, 7);
  return { now: { from: dateOf(first), to: date }, before: { from: dateOf(earlier), to: dateOf(whole ? first - 1 : Math.min(first - 1, earlier + day - first)) }, whole };
}

const mod = (a: number, n: number): number => ((a % n) + n) % n;
