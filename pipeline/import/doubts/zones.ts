import type { Post } from "../../schema.ts";
import type { Plan } from "../posts/headers.ts";
import { exampleLines, type Notes } from "./notes.ts";
import type { RawRow } from "../tables/rows.ts";
import { parseTime } from "../posts/times.ts";

const hourMs = 3_600_000;
const written = /:\d\d(?:[.,]\d{1,9})?\s?(Z|GMT|UTC|[+-]\d{2}:?\d{2})(?: \d{4})?$/;

interface Rows {
  count: number;
  lines: number[];
}

/** Time zones that do not agree: written with the times, or shown by two time columns that differ by the same whole hours in most rows. */
export class ZoneArtefacts {
  readonly #utcOffsetMs: number;
  /** By minutes east of UTC. */
  readonly #offsets = new Map<number, Rows>();
  /** By hours between two columns. */
  readonly #shifts = new Map<number, Rows>();
  #pairs = 0;
  #columns: readonly number[] = [];

  constructor(utcOffsetMs: number) {
    this.#utcOffsetMs = utcOffsetMs;
  }

  table(plan: Plan): void {
    this.#columns = plan.columns.get("time") ?? [];
  }

  add({ cells, line }: RawRow, { published_ms, precision }: Post): void {
    if (published_ms === null || precision === "day") return;
    const cell = cells[this.#columns[0]!] ?? "";
    if (cell.length > 12 && cell.includes(":")) tally(this.#offsets, minutesEast(cell) ?? this.#utcOffsetMs / 60_000, line);
    if (this.#columns.length > 1) this.#compare(cells, published_ms, line);
  }

  #compare(cells: readonly string[], published: number, line: number): void {
    for (const i of this.#columns) {
      const other = parseTime(cells[i], this.#utcOffsetMs, null);
      if (other.ms === null || other.precision === "day" || i === this.#columns[0]) continue;
      this.#pairs++;
      const hours = (other.ms - published) / hourMs;
      if (hours !== 0 && Math.abs(hours) <= 26 && Number.isInteger(hours)) tally(this.#shifts, hours, line);
      return;
    }
  }

  close(notes: Notes): void {
    if (this.#offsets.size > 1) {
      const byRows = [...this.#offsets].sort((a, b) => b[1].count - a[1].count || a[0] - b[0]);
      const rare = byRows.slice(1).map(([, rows]) => rows);
      const named = byRows.slice(0, 4).map(([minutes]) => zoneName(minutes)).join(", ");
      notes.set("TIME_ZONES_MIXED", rare.reduce((sum, { count }) => sum + count, 0), rare.flatMap(({ lines }) => lines).sort((a, b) => a - b), { zh: named, en: named });
    }
    const shifted = [...this.#shifts].find(([, { count }]) => count >= 5 && count * 2 > this.#pairs);
    if (shifted) notes.set("TIME_SHIFTED", shifted[1].count, shifted[1].lines, { zh: `${signed(shifted[0])} 小时`, en: `${signed(shifted[0])} h` });
  }
}

function tally(rows: Map<number, Rows>, key: number, line: number): void {
  const known = rows.get(key);
  if (!known) rows.set(key, { count: 1, lines: [line] });
  else {
    known.count++;
    if (known.lines.length < exampleLines) known.lines.push(line);
  }
}

/** Minutes east of UTC that a time states; null when it states none. */
function minutesEast(cell: string): number | null {
  const zone = written.exec(cell)?.[1];
  if (zone === undefined) return null;
  if (/^[A-Z]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone[0] === "-" ? -minutes : minutes;
}

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
const zoneName = (minutes: number): string => `${minutes < 0 ? "-" : "+"}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, "0")}:${String(Math.abs(minutes) % 60).padStart(2, "0")}`;
