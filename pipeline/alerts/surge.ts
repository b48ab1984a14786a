import { clocks } from "../../analyzers/exposure.ts";
import { dispersion, type Surge } from "../../analyzers/surge.ts";
import type { Hours } from "../../analyzers/hours.ts";

const width = 3;
const baselineHours = 24;
/** As in strongestSurge: windows hang together and there are many. */
const z = 3.3;

/**
 * The three hours, beginning at hour `from` or later, that hold most against the day before them (at least three hours of it), by the lower bound of the ratio of rates with the
 * usual activity of the hours taken out: exp(ln ratio − 3.3·√(φ·(1/after + 1/before))). φ: overdispersion of all hours before the window, so that a leap does not hide itself;
 * strongestSurge of a finished event takes it over everything, and compares with three hours only. `before`: posts of that day. Nothing counts as half a post. Null without six hours.
 */
export function latestSurge({ start_ms, hours }: Hours, from: number): Surge | null {
  const posts = hours.map((hour) => hour.posts);
  const usual = hours.map(({ clock }) => clocks["weibo-2020"][clock]!);
  const sum = (values: readonly number[], begin: number, end: number): number => values.slice(begin, end).reduce((total, value) => total + value, 0);
  let best: Surge | null = null;
  for (let at = Math.max(width, from); at + width <= hours.length; at++) {
    const begin = Math.max(0, at - baselineHours);
    const [after, before] = [sum(posts, at, at + width), sum(posts, begin, at)];
    const ratio = Math.max(after, 0.5) / sum(usual, at, at + width) / (Math.max(before, 0.5) / sum(usual, begin, at));
    const phi = dispersion(posts.slice(0, at));
    const lower = Math.exp(Math.log(ratio) - z * Math.sqrt(phi * (1 / Math.max(after, 0.5) + 1 / Math.max(before, 0.5))));
    if (best === null || lower > best.lower) best = { ms: start_ms + at * 3_600_000, posts: after, before, ratio, lower };
  }
  return best;
}
