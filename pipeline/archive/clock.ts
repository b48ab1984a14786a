import { localMs } from "../config.ts";
import { YuqingError } from "../errors.ts";

/** Now, UTC ms: what --now says in the project's zone ("2026-11-21 02:30"), else the system's clock. The only place that reads it. Throws USAGE. */
export function clock(given: string | undefined, utcOffset: string): number {
  if (given === undefined) return Date.now();
  const ms = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$/.test(given) ? localMs(given, utcOffset) : NaN;
  if (Number.isNaN(ms)) throw new YuqingError("USAGE", 2, { what: { zh: "时刻的写法不对", en: "cannot read the instant" }, where: "--now", got: given, expected: "YYYY-MM-DD HH:MM" });
  return ms;
}

/** Local date of an instant, "2026-11-21". */
export const localDate = (ms: number, utcOffsetMs: number): string => new Date(ms + utcOffsetMs).toISOString().slice(0, 10);
