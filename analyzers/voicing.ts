import type { Table } from "./contract.ts";
import type { PhaseName } from "./lifecycle.ts";

/** A phase of the event, [from_ms, to_ms) in UTC. */
export interface Span {
  name: PhaseName;
  from_ms: number;
  to_ms: number;
}

/** When a viewpoint was voiced. */
export interface Voicing {
  /** Local midnights in UTC milliseconds: of the first day, and of the day of most posts (the first of equals); null when no day is known. */
  first_ms: number | null;
  peak_ms: number | null;
  /** Authors who voiced it first in each phase, in the order of the phases; empty without phases. */
  joined: number[];
}

const dayMs = 86_400_000;
const slotMs = 600_000;

/** Of a viewpoint whose times are all unknown. */
export const unvoiced = (phases: readonly Span[]): Voicing => ({ first_ms: null, peak_ms: null, joined: phases.map(() => 0) });

/** Viewpoint → when it was voiced, from rows of `viewpoint_times`. A post of which only the day is known is in the phase that holds all of that day, else in none. */
export function voicings(rows: Table, phases: readonly Span[], utcOffsetMs: number): Map<number, Voicing> {
  const found = new Map<number, Voicing>();
  const days = new Map<string, number>();
  const sorted = [...rows].sort((a, b) => Number(a.viewpoint) - Number(b.viewpoint) || Number(a.day) - Number(b.day));
  for (const { viewpoint, day, slot, posts, joined } of sorted as { viewpoint: number; day: number | null; slot: number | null; posts: number; joined: number }[]) {
    const entry = found.get(viewpoint) ?? unvoiced(phases);
    found.set(viewpoint, entry);
    if (day === null) continue;
    const midnight = day * dayMs - utcOffsetMs;
    const key = (ms: number): string => `${viewpoint} ${ms}`;
    days.set(key(midnight), (days.get(key(midnight)) ?? 0) + posts);
    entry.first_ms ??= midnight;
    if (entry.peak_ms === null || days.get(key(midnight))! > days.get(key(entry.peak_ms))!) entry.peak_ms = midnight;
    const [from, to] = slot === null ? [midnight, midnight + dayMs] : [slot * slotMs - utcOffsetMs, slot * slotMs - utcOffsetMs + 1];
    const phase = phases.findIndex((span) => from >= span.from_ms && to <= span.to_ms);
    if (phase >= 0) entry.joined[phase]! += joined;
  }
  return found;
}
