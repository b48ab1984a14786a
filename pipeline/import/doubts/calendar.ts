import type { Post } from "../../schema.ts";
import type { Notes } from "./notes.ts";

const hourMs = 3_600_000;
const dayMs = 86_400_000;
const mostPeriods = 200_000;

interface Period {
  rows: number;
  /** Line of its first row. */
  line: number;
}

/** What the times of a whole file show: hours cut off at a limit, days put into the wrong year, minutes that were never known. */
export class CalendarArtefacts {
  readonly #utcOffsetMs: number;
  readonly #hours = new Map<number, Period>();
  /** Of posts whose time is known to the day only. */
  readonly #days = new Map<number, Period>();
  #clocks = 0;
  /** The minute of all clock times so far; −1 when they differ. */
  #minute: number | null = null;
  #minuteLines: number[] = [];

  constructor(utcOffsetMs: number) {
    this.#utcOffsetMs = utcOffsetMs;
  }

  add({ published_ms, precision, day, line }: Post): void {
    if (published_ms === null || day === null) return;
    if (precision === "day") return count(this.#days, day, line!);
    const local = published_ms + this.#utcOffsetMs;
    count(this.#hours, Math.floor(local / hourMs), line!);
    this.#clocks++;
    if (this.#minute === -1) return;
    const minute = Math.floor((local % hourMs) / 60_000);
    this.#minute = this.#minute === null || this.#minute === minute ? minute : -1;
    if (this.#minuteLines.length < 5) this.#minuteLines.push(line!);
  }

  close(notes: Notes): void {
    const capped = plateau(this.#hours) ?? plateau(this.#days);
    if (capped !== null) notes.set("TIME_CAPPED", capped.rows, capped.lines, { zh: `${capped.periods} 个时段各 ${capped.most} 行`, en: `${capped.periods} periods of ${capped.most} rows` });
    if (this.#minute !== null && this.#minute >= 0 && this.#clocks >= 20 && this.#hours.size > 1) notes.set("TIME_ONE_MINUTE", this.#clocks, this.#minuteLines);
    const late = rollover(this.#allDays());
    if (late !== null) notes.set("TIME_YEAR_ROLLOVER", late.rows, late.lines);
  }

  #allDays(): Map<number, Period> {
    const days = new Map(this.#days);
    for (const [hour, { rows, line }] of this.#hours) {
      const day = Math.floor((hour * hourMs) / dayMs);
      const known = days.get(day);
      days.set(day, known ? { rows: known.rows + rows, line: Math.min(known.line, line) } : { rows, line });
    }
    return days;
  }
}

function count(periods: Map<number, Period>, period: number, line: number): void {
  const known = periods.get(period);
  if (known) known.rows++;
  else if (periods.size < mostPeriods) periods.set(period, { rows: 1, line });
}

/** Five or more periods with exactly the largest count, of 10 or more, and fewer periods just below it (80–100 %): a limit, not a peak. */
function plateau(periods: ReadonlyMap<number, Period>): { periods: number; most: number; rows: number; lines: number[] } | null {
  let most = 0;
  for (const { rows } of periods.values()) most = Math.max(most, rows);
  const full = [...periods.values()].filter(({ rows }) => rows === most);
  const below = [...periods.values()].filter(({ rows }) => rows < most && rows >= most * 0.8).length;
  if (most < 10 || full.length < 5 || full.length <= below) return null;
  return { periods: full.length, most, rows: full.length * most, lines: full.map(({ line }) => line).sort((a, b) => a - b) };
}

/**
 * Posts of November or December that lie after those of the same year's January or February, with more than 270 empty days between:
 * a crawl over New Year gave its own year to dates without one. Moved back a year, the two blocks are at most 31 days apart; otherwise they are two seasons.
 */
function rollover(periods: ReadonlyMap<number, Period>): { rows: number; lines: number[] } | null {
  const days = [...periods.keys()].sort((a, b) => a - b);
  const gap = days.findIndex((day, i) => i > 0 && day - days[i - 1]! > 271);
  if (gap < 0) return null;
  const [before, after, last] = [days[gap - 1]!, days[gap]!, days[days.length - 1]!].map((day) => new Date(day * dayMs)) as [Date, Date, Date];
  const year = after.getUTCFullYear();
  if (before.getUTCFullYear() !== year || before.getUTCMonth() > 1 || after.getUTCMonth() < 10 || last.getUTCFullYear() !== year) return null;
  const first = days.find((day) => day >= Date.UTC(year, 0, 1) / dayMs)!;
  const empty = Date.UTC(year + 1, 0, 1) / dayMs - 1 - days[days.length - 1]! + (first - Date.UTC(year, 0, 1) / dayMs);
  if (empty > 31) return null;
  const late = days.slice(gap).map((day) => periods.get(day)!);
  return { rows: late.reduce((sum, { rows }) => sum + rows, 0), lines: late.map(({ line }) => line).sort((a, b) => a - b) };
}
