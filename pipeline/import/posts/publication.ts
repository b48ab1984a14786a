import type { Notes } from "../doubts/notes.ts";
import type { RawRow } from "../tables/rows.ts";
import { parseClock, parseTime, type Time } from "./times.ts";

const noTime: Time = { ms: null, precision: null, problem: null, relative: false };
const dayMs = 86_400_000;

/**
 * Reads the publication time of a table's rows, with the help of the capture time, doubts counted. Of several time columns the first that can be read counts,
 * but a date before words like 昨天, and a clock time before the bare date of the same day; a date and a clock time in two columns are joined.
 */
export class PublicationClock {
  readonly #columns: readonly number[];
  readonly #captured: readonly number[];
  readonly #utcOffsetMs: number;
  readonly #notes: Notes;
  /** The export knew only the day: midnight means no clock time. */
  readonly #midnightIsDay: boolean;
  /** The last time read without a capture time: exports sorted by day repeat it. */
  #last: { cell: string; time: Time } = { cell: "", time: noTime };

  constructor(columns: readonly number[], captured: readonly number[], sample: readonly RawRow[], utcOffsetMs: number, notes: Notes) {
    this.#columns = columns;
    this.#captured = captured;
    this.#utcOffsetMs = utcOffsetMs;
    this.#notes = notes;
    this.#midnightIsDay = midnightsOnly(sample, columns, utcOffsetMs);
  }

  /** `since`: when the platform opened, UTC milliseconds: it has no older posts. */
  read(cells: readonly string[], line: number, since: number | null): Time {
    let captured: number | null = null;
    for (const i of this.#captured) captured ??= parseTime(cells[i], this.#utcOffsetMs, null).ms;
    const time = this.#first(cells, captured, line);
    if (time.problem !== null) this.#notes.add(time.problem, line);
    if (time.ms === null) return time;
    if ((captured !== null && time.ms > captured + dayMs) || (since !== null && time.ms < since)) {
      this.#notes.add("TIME_IMPLAUSIBLE", line);
      return noTime;
    }
    if (time.relative) this.#notes.add("TIME_RESOLVED", line);
    return this.#midnightIsDay && (time.ms + this.#utcOffsetMs) % dayMs === 0 ? { ...time, precision: "day" } : time;
  }

  /** The best column's time; else the first problem. A column that differs from it by an hour or more is noted. */
  #first(cells: readonly string[], captured: number | null, line: number): Time {
    let result: Time = noTime;
    let disagrees = false;
    for (const i of this.#columns) {
      const time = this.#parsed(cells[i] ?? "", captured);
      if (result.ms === null) {
        if (time.ms !== null || result.problem === null) result = time;
        continue;
      }
      if (time.ms === null) continue;
      disagrees ||= time.precision !== "day" && result.precision !== "day" && Math.abs(time.ms - result.ms) >= 3_600_000;
      if (this.#isBetter(time, result)) result = time;
    }
    if (disagrees) this.#notes.add("TIME_DISAGREES", line);
    return result.precision === "day" && this.#columns.length > 1 ? this.#atClock(result, cells) : result;
  }

  /** The day, at the clock time that another column holds by itself (日期 + 时间). */
  #atClock(day: Time, cells: readonly string[]): Time {
    for (const i of this.#columns) {
      const clock = parseClock(cells[i]);
      if (clock !== null) return { ...day, ms: day.ms! + clock.ms, precision: clock.precision };
    }
    return day;
  }

  #isBetter(time: Time, than: Time): boolean {
    if (time.relative !== than.relative) return than.relative;
    const day = ({ ms }: Time): number => Math.floor((ms! + this.#utcOffsetMs) / dayMs);
    return than.precision === "day" && time.precision !== "day" && !time.relative && day(time) === day(than);
  }

  #parsed(cell: string, captured: number | null): Time {
    if (captured !== null) return parseTime(cell, this.#utcOffsetMs, captured);
    if (cell !== this.#last.cell) this.#last = { cell, time: parseTime(cell, this.#utcOffsetMs, null) };
    return this.#last.time;
  }
}

/** Whether all clock times are midnight (20 or more of them): then the export knew only the day. */
function midnightsOnly(sample: readonly RawRow[], columns: readonly number[], utcOffsetMs: number): boolean {
  let clocks = 0;
  for (const { cells } of sample) {
    for (const i of columns) {
      const time = parseTime(cells[i], utcOffsetMs, null);
      if (time.ms === null) continue;
      if (time.precision !== "day" && (time.ms + utcOffsetMs) % dayMs !== 0) return false;
      if (time.precision !== "day") clocks++;
      break;
    }
  }
  return clocks >= 20;
}
