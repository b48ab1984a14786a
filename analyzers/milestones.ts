import { localMs } from "../pipeline/config.ts";
import type { EventConfig } from "../pipeline/config.ts";

/** A dated event that the analyst gave, in UTC. */
export interface Milestone {
  ms: number;
  precision: "day" | "minute";
  text: string;
  url: string | null;
}

/** Milestones of event.yaml, earliest first; equal times in the order given. */
export function milestonesOf({ milestones, utcOffset }: EventConfig): Milestone[] {
  return milestones
    .map(({ time, text, url }): Milestone => ({ ms: localMs(time, utcOffset), precision: time.length > 10 ? "minute" : "day", text, url: url ?? null }))
    .sort((a, b) => a.ms - b.ms);
}
