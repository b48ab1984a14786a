import type { Table } from "../../analyzers/contract.ts";
import { clocks } from "../../analyzers/exposure.ts";
import { negativeBinomial, mulberry32, normal, type Random } from "../../analyzers/statistics.ts";

/** An event with a planted rate: what the lifecycle analyzers are measured on. */
export interface SyntheticEvent {
  /** True posts per average hour, one an hour. */
  rates: number[];
  counts: number[];
  /** Hours since 1970-01-01 local of the first bin. */
  firstHour: number;
}

/**
 * One event of five planted phases (methods note §2): latency with a 5 %-or-less level (absent in 30 %), exponential growth, a skewed burst, exponential decay, a tail,
 * a second wave in 30 %; peak 6 … 3000 posts an hour; the Weibo clock disturbed by 20 % an hour; negative binomial noise of size 3, 8 or 30.
 */
export function syntheticEvent(seed: number): SyntheticEvent {
  const random = mulberry32(seed);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const spread = (low: number, high: number): number => low * (high / low) ** random();
  const peak = spread(6, 3000);
  const shape: number[] = [];
  const ramp = (from: number, to: number, hours: number): void => {
    const n = Math.max(2, Math.round(hours));
    for (let i = 0; i < n; i++) shape.push(from * (to / from) ** ((i + 0.5) / n));
  };
  if (random() < 0.7) ramp(between(0.005, 0.03), 0.04, between(24, 96));
  ramp(0.05, 0.5, spread(4, 48));
  const burst = spread(6, 60);
  const skew = between(0.25, 0.6);
  ramp(0.5, 1, burst * skew);
  ramp(1, 0.5, burst * (1 - skew));
  const decay = shape.length;
  ramp(0.5, 0.1, spread(12, 120));
  ramp(0.1, between(0.005, 0.03), between(24, 120));
  if (random() < 0.3) {
    const centre = between(decay, shape.length - 12);
    const height = between(0.25, 0.7);
    const width = between(3, 10);
    shape.forEach((value, i) => (shape[i] = value + height * Math.exp(-0.5 * ((i - centre) / width) ** 2)));
  }
  const disturbed = clocks["weibo-2020"].map((factor) => factor * Math.exp(0.2 * normal(random)));
  const mean = disturbed.reduce((sum, factor) => sum + factor, 0) / 24;
  const size = [3, 8, 30][Math.floor(random() * 3)]!;
  const firstHour = 440_000 + Math.floor(random() * 24);
  const rates = shape.map((value) => value * peak);
  return { rates, firstHour, counts: rates.map((rate, i) => negativeBinomial(random, (rate * disturbed[(firstHour + i) % 24]!) / mean, size)) };
}

/** Rows of the `volume` table for counts an hour, each post put into one of the hour's six slots. */
export function volumeRows(counts: readonly number[], firstHour: number, random: Random): Table {
  return counts.flatMap((count, hour) => {
    const slots = new Array<number>(6).fill(0);
    for (let i = 0; i < count; i++) slots[Math.floor(random() * 6)]!++;
    return slots.flatMap((posts, slot) => (posts === 0 ? [] : [volumeRow(6 * (firstHour + hour) + slot, posts)]));
  });
}

export function volumeRow(slot: number, posts: number): Table[number] {
  return { day: Math.floor(slot / 144), slot, platform: "weibo", channel: "social", field: "public", kind: "original", posts, originals: posts, author_days: posts, engagement: 0, worded: posts };
}

/** 2025-03-03 00:00 local in slots: a Monday. */
export const monday = 144 * 20_150;

/**
 * An event in steps, one row an hour for the public and, from 5 posts on, one for a fifth of them from news sites:
 * 24 h of 2 posts, 6 h of 20, 12 h around 200 (highest, 205, in the last hour), 12 h of 60, 24 h of 4.
 */
export function stepEvent(): Record<string, string | number | null>[] {
  const hours = [...Array<number>(24).fill(2), ...Array<number>(6).fill(20), ...Array.from({ length: 12 }, (_, i) => 194 + i), ...Array<number>(12).fill(60), ...Array<number>(24).fill(4)];
  return hours.flatMap((posts, hour) => {
    const media = Math.floor(posts / 5);
    const row = { ...volumeRow(monday + 6 * hour + 2, posts - media), day: 20_150 + Math.floor(hour / 24) };
    return [row, ...(media === 0 ? [] : [{ ...row, posts: media, originals: 0, author_days: media, worded: 0, platform: "news", channel: "news", field: "media", kind: "repost" }])];
  });
}
