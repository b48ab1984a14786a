import type { Table } from "./contract.ts";

/** Posts of one hour: all, those whose mood the model judged, those it took for negative. clock: 0 … 23. */
export interface Hour {
  clock: number;
  posts: number;
  judged: number;
  negative: number;
}

/** Consecutive local hours; start_ms: begin of the first, UTC. */
export interface Hours {
  start_ms: number;
  hours: Hour[];
}

/** Posts of each hour from the first to the last, from `volume` and `sentiment`; null without posts whose hour is known, or when they lie more than 400 days apart. */
export function hoursOf(volume: Table, sentiment: Table, utcOffsetMs: number): Hours | null {
  const counts = new Map<number, Hour>();
  const at = (slot: number): Hour => {
    const hour = Math.floor(slot / 6);
    if (!counts.has(hour)) counts.set(hour, { clock: ((hour % 24) + 24) % 24, posts: 0, negative: 0, judged: 0 });
    return counts.get(hour)!;
  };
  for (const { slot, posts } of volume) if (slot !== null) at(slot as number).posts += posts as number;
  for (const { slot, polarity, posts } of sentiment) {
    if (slot === null || polarity === null) continue;
    at(slot as number).judged += posts as number;
    if (polarity === "negative") at(slot as number).negative += posts as number;
  }
  const known = [...counts.keys()].sort((a, b) => a - b);
  if (known.length === 0 || known.at(-1)! - known[0]! > 24 * 400) return null;
  const hours = Array.from({ length: known.at(-1)! - known[0]! + 1 }, (_, i) => at((known[0]! + i) * 6));
  return { start_ms: known[0]! * 3_600_000 - utcOffsetMs, hours };
}
