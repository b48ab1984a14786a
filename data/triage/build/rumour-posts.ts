import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";
import { normalize } from "../../../analyzers/post/normalize.ts";
import { triageRules } from "../../../analyzers/post/triage/rules.ts";
import { CueWords } from "../../../analyzers/post/triage/words.ts";
import { rumourFeatures, type Replies } from "../../../analyzers/post/triage/rumour.ts";
import { root } from "../../../pipeline/paths.ts";

const folder = `${root}/../shared/data/events/cascades`;
/** Hours after the post within which replies are read. */
export const windows = [0, 1, 6, 24, Infinity] as const;

export interface RumourPost {
  text: string;
  ms: number;
  rumour: boolean;
  /** Features by window. */
  features: number[][];
}

/** The timed posts of CED with their features, the earliest first. Needs the program zstd. */
export async function readRumourPosts(): Promise<RumourPost[]> {
  const cues = new CueWords(triageRules());
  const find = (text: string) => cues.find(normalize(text, () => true).clean);
  const lines = gunzipSync(readFileSync(`${folder}/posts.jsonl.gz`)).toString("utf8").trimEnd().split("\n");
  const posts = lines.map((line) => JSON.parse(line) as { id: string; text: string; time: string | null; label: string }).filter(({ time }) => time !== null);
  const seen = new Map(posts.map((post) => [post.id, { post, ms: instant(post.time!), known: windows.map((): Replies => ({ worded: 0, doubts: 0 })) }]));
  for await (const line of createInterface({ input: spawn("zstd", ["-dc", `${folder}/reposts.jsonl.zst`]).stdout })) {
    const { post_id, text, time } = JSON.parse(line) as { post_id: string; text: string | null; time: string | null };
    const root = seen.get(post_id);
    if (root === undefined) continue;
    const own = (text ?? "").trim();
    if (own === "" || /^(转发微博|轉發微博|repost|转发|轉發)[。.!！]?$/i.test(own)) continue;
    const doubts = find(own).has("doubt");
    // Some times lack the year: such a reply is read in the widest window alone.
    const ms = instant(time ?? "");
    const late = Number.isNaN(ms) ? Infinity : (ms - root.ms) / 3_600_000;
    windows.forEach((hours, i) => {
      if (hours === 0 || late > hours) return;
      const counts = root.known[i]!;
      counts.worded++;
      if (doubts) counts.doubts++;
    });
  }
  return [...seen.values()]
    .map(({ post, ms, known }) => {
      const hits = new Set(find(post.text).keys());
      return { text: post.text, ms, rumour: post.label === "rumor", features: known.map((replies) => rumourFeatures(hits, replies)) };
    })
    .sort((a, b) => a.ms - b.ms || (a.text < b.text ? -1 : 1));
}

const instant = (time: string): number => Date.parse(`${time.replace(" ", "T")}+08:00`);
