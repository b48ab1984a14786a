import { z } from "zod";
import { clocks } from "./exposure.ts";
import type { Hour } from "./hours.ts";
import { quantile } from "./statistics.ts";

const side = z.object({ posts: z.number(), judged: z.number(), negative: z.number() });
export const contrastSchema = z.object({
  before: side,
  after: side,
  /** Posts per usual hour after ÷ before; null when nothing was posted before. */
  ratio: z.number().nullable(),
  /** The same ratio at the other full hours whose windows lie in the data; null with fewer than ten. middle: its 10th and 90th percentile. lower: share of them below the ratio; null without one. */
  placebo: z.object({ hours: z.number(), median: z.number(), middle: z.tuple([z.number(), z.number()]), lower: z.number().nullable() }).nullable(),
});

const fewest = 10;

/**
 * What `window` full hours before hour `at` held, and what the `window` hours after it did; the hour itself belongs to neither. Placebo: hours whose windows do not touch `at`'s own hour.
 * Null when a window leaves the data.
 */
export function contrast(hours: readonly Hour[], at: number, window: number): z.infer<typeof contrastSchema> | null {
  if (at - window < 0 || at + window >= hours.length) return null;
  const ratio = ratioAt(hours, at, window);
  const others = hours
    .map((_, i) => i)
    .filter((i) => i - window >= 0 && i + window < hours.length && Math.abs(i - at) > window)
    .flatMap((i) => ratioAt(hours, i, window) ?? [])
    .sort((a, b) => a - b);
  const placebo = others.length < fewest ? null : { hours: others.length, median: quantile(others, 0.5), middle: [quantile(others, 0.1), quantile(others, 0.9)] as [number, number], lower: ratio === null ? null : others.filter((other) => other < ratio).length / others.length };
  return { before: total(hours.slice(at - window, at)), after: total(hours.slice(at + 1, at + window + 1)), ratio, placebo };
}

function ratioAt(hours: readonly Hour[], at: number, window: number): number | null {
  const before = rate(hours.slice(at - window, at));
  return before === 0 ? null : rate(hours.slice(at + 1, at + window + 1)) / before;
}

const rate = (hours: readonly Hour[]): number => sum(hours, (hour) => hour.posts) / sum(hours, ({ clock }) => clocks["weibo-2020"][clock]!);

function total(hours: readonly Hour[]): z.infer<typeof side> {
  return { posts: sum(hours, ({ posts }) => posts), judged: sum(hours, ({ judged }) => judged), negative: sum(hours, ({ negative }) => negative) };
}

const sum = (hours: readonly Hour[], of: (hour: Hour) => number): number => hours.reduce((all, hour) => all + of(hour), 0);
