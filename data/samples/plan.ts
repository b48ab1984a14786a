import type { authorTypes, Field } from "../../pipeline/schema.ts";
import { instant, sampleTimes, trend } from "./curve.ts";
import { desks, voicesOf, type Voice } from "./material.ts";
import { apportion, draw, pickBySum, runningSums, shuffle, type Random } from "./random.ts";

export type Platform = "weibo" | "xiaohongshu" | "douyin" | "bilibili" | "wechat" | "tieba" | "forum" | "zhihu" | "news" | "app";
export type AuthorType = (typeof authorTypes)[number];
/** original with words · repost with own words · repost without */
type Act = "original" | "worded" | "bare";

/** One planned post: who, when, where and what kind; `voice` null for bare reposts. `ms` in UTC. */
export interface Plan {
  ms: number;
  platform: Platform;
  type: AuthorType | null;
  field: Field;
  act: Act;
  voice: Voice | null;
  /** The fixed post of news.yaml that this is. */
  key: (typeof desks.keyPosts)[number] | null;
}

/** Planted numbers of posts: platform, author type (null = the export does not say), originals, reposts with own words, bare reposts. */
const groups: [Platform, AuthorType | null, number, number, number][] = [
  ["news", "media", 130, 306, 0],
  ["app", "media", 165, 468, 0],
  ["weibo", "media", 110, 45, 35],
  ["weibo", "government", 46, 18, 26],
  ["wechat", "media", 40, 60, 0],
  ["wechat", "government", 6, 10, 0],
  ["wechat", "institution", 24, 30, 0],
  ["douyin", "media", 20, 6, 0],
  ["weibo", "enterprise", 6, 8, 20],
  ["weibo", "institution", 14, 20, 40],
  ["weibo", "celebrity", 190, 420, 560],
  ["weibo", "talent", 160, 520, 900],
  ["xiaohongshu", "celebrity", 10, 2, 0],
  ["xiaohongshu", "talent", 60, 24, 0],
  ["xiaohongshu", "ordinary", 150, 150, 0],
  ["douyin", "talent", 60, 22, 0],
  ["douyin", "ordinary", 90, 40, 0],
  ["bilibili", "talent", 50, 12, 0],
  ["bilibili", "ordinary", 40, 17, 0],
  ["wechat", "ordinary", 50, 37, 0],
  ["zhihu", "celebrity", 9, 0, 0],
  ["zhihu", null, 50, 0, 0],
  ["tieba", null, 55, 44, 0],
  ["forum", null, 25, 15, 0],
  ["weibo", "ordinary", 618, 4070, 9697],
];
const acts: Act[] = ["original", "worded", "bare"];

interface Cell {
  platform: Platform;
  type: AuthorType | null;
  act: Act;
  field: Field;
  /** Posts not yet placed in time. */
  left: number;
}

/** Who speaks for whom: newsrooms and news channels are 媒体, offices 政务, all others 民间. */
const fieldOf = (type: AuthorType | null): Field => (type === "media" ? "media" : type === "government" ? "official" : "public");

const hour = 3_600_000;
const burst = instant("2025-07-17 10:30");

/** How much likelier than the crowd a newsroom or an office posts at an instant: both follow announcements, and nothing comes before the first. */
function attention(field: Field, ms: number): number {
  const announcements = desks.keyPosts.filter((key) => (field === "media" ? key.type !== "ordinary" : key.type === "government"));
  const fresh = announcements.map((key) => (ms > key.time ? (key.type === "celebrity" ? 0.1 : 1) * Math.exp((key.time - ms) / (10 * hour)) : 0));
  return ms > announcements[0]!.time ? (0.03 + Math.max(...fresh)) / trend(ms) : 0;
}

/** How much likelier than other netizens one of this kind posts before the police notice: bloggers and authors of originals lead. */
const eagerness = ({ type, act }: Cell): number => (type === "celebrity" || type === "talent" ? 1.6 : 1) * (act === "original" ? 1.6 : 1);

/** All posts of the event with instant, group and voice, ascending in time. Every number of `groups` is met exactly. */
export function planPosts(random: Random): Plan[] {
  const cells = groups.flatMap(([platform, type, ...counts]) => acts.map((act, i): Cell => ({ platform, type, act, field: fieldOf(type), left: counts[i]! })));
  const fixed = desks.keyPosts.map((key): Plan => ({ ms: key.time, platform: "weibo", type: key.type, field: key.field, act: "original", voice: voicesOf[key.field].find(({ id }) => id === key.voice)!, key }));
  for (const { type } of fixed) cells.find((cell) => cell.platform === "weibo" && cell.type === type && cell.act === "original")!.left--;

  let free = sampleTimes(random, count(cells));
  const posts: Plan[] = [];
  for (const field of ["media", "official", "public"] as const) {
    const own = cells.filter((cell) => cell.field === field);
    const indexes = [...free.keys()];
    const taken = field === "public" ? shuffle(random, indexes) : draw(random, indexes, count(own), (i) => attention(field, free[i]!));
    for (const i of taken) posts.push(deal(random, own, free[i]!));
    const gone = new Set(taken);
    free = free.filter((_, i) => !gone.has(i));
  }
  assignVoices(random, posts, fixed);
  return [...fixed, ...posts].sort((a, b) => a.ms - b.ms);
}

const count = (cells: readonly Cell[]): number => cells.reduce((sum, { left }) => sum + left, 0);

/** Draws the cell of a post at an instant, by what is left of each cell, and takes one off. */
function deal(random: Random, cells: readonly Cell[], ms: number): Plan {
  const cell = cells[pickBySum(random, runningSums(cells.map((cell) => cell.left * (ms < burst ? eagerness(cell) : 1))))]!;
  cell.left--;
  return { ms, platform: cell.platform, type: cell.type, field: cell.field, act: cell.act, voice: null, key: null };
}

/** Nobody reacts to what has not happened yet; companies and institutions neither rage nor chant. */
function suits(post: Plan, voice: Voice): boolean {
  const person = post.type !== "enterprise" && post.type !== "institution";
  const composed = voice.polarity !== "negative" && !("repeat" in voice && voice.repeat);
  return post.ms >= voice.from && (person || composed);
}

/** Gives every post with words a voice, so that the voices' shares hold exactly in each field. */
function assignVoices(random: Random, posts: readonly Plan[], fixed: readonly Plan[]): void {
  for (const [field, voices] of Object.entries(voicesOf)) {
    let free = posts.filter((post) => post.field === field && post.act !== "bare");
    const said = fixed.filter((post) => post.field === field);
    const counts = apportion(free.length + said.length, voices.map(({ share }) => share));
    const quotas = voices.map((voice, i) => ({ voice, count: counts[i]! - said.filter((post) => post.voice === voice).length }));
    // Latest first: what was said before a voice's time must be left to the voices that could speak then.
    for (const { voice, count } of quotas.sort((a, b) => b.voice.from - a.voice.from || (a.voice.id < b.voice.id ? -1 : 1))) {
      const taken = new Set(draw(random, free, count, (post) => (suits(post, voice) ? 2 ** ((voice.from - post.ms) / (voice.halfLife * hour)) : 0)));
      for (const post of taken) post.voice = voice;
      free = free.filter((post) => !taken.has(post));
    }
  }
}
