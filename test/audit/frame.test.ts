import { afterAll, beforeAll, expect, it } from "vitest";
import { readFrame } from "../../pipeline/audit/frame.ts";
import { readPosts } from "../../pipeline/audit/posts.ts";
import { drawSample } from "../../pipeline/audit/draw.ts";
import { relateClusters } from "../../pipeline/relate/clusters.ts";
import { makeWordedTexts } from "../../pipeline/relate/texts.ts";
import type { ScoredText } from "../../pipeline/schema.ts";
import { fill, post, type Filled } from "../fixture.ts";

const text = (text_key: string, polarity: ScoredText["polarity"]): ScoredText => ({ text_key, terms: [], tags: [], emoticons: [], mentions: [], polarity, positive_micro: polarity === null ? null : 100_000, negative_micro: polarity === null ? null : 300_000, emotion: polarity === null ? null : "none", mentioned: [], opinions: [], targets: null, triage: [], err: null });
const notice = "明天早八点到晚六点全城停水请提前储水";
const posts = [
  post(1, { platform: "weibo", own: notice, text_key: "a", published_ms: 1_740_960_000_000 }),
  post(2, { platform: "weibo", own: notice, text_key: "a" }),
  post(3, { platform: "douyin", field: "media", own: notice, text_key: "a" }),
  post(4, { platform: "weibo", own: `${notice}！！`, text_key: "b" }),
  post(5, { platform: null, title: "<b>气死了</b>", own: "打 13800138000 没人接", text_key: "c", published_ms: 1_740_960_000_000 }),
  post(6, { platform: "weibo", own: "👍", text_key: "d" }), // no basis: no mood
  post(7, { platform: "weibo", kind: "repost" }), // no own words
];

let filled: Filled;
beforeAll(async () => {
  filled = await fill(posts, [text("a", "neutral"), text("b", "neutral"), text("c", "negative"), text("d", null)]);
  await makeWordedTexts(filled.database);
  await relateClusters(filled.database);
});
afterAll(() => filled.database.close());

it("has the posts with own words and a mood, once a text and field, near-equal texts in one cluster", async () => {
  const frame = await readFrame(filled.database);
  expect(frame.map(({ id, text_key, field, cluster, posts: count, predicted }) => [id, text_key, field, cluster, count, predicted])).toEqual([
    ["row:0:3", "a", "media", "a", 1, "neutral"],
    ["row:0:1", "a", "public", "a", 2, "neutral"],
    ["row:0:4", "b", "public", "a", 1, "neutral"],
    ["row:0:5", "c", "public", "c", 1, "negative"],
  ]);
  expect(frame.every(({ micro }) => micro[0] + micro[1] + micro[2] === 1_000_000)).toBe(true);
});

it("shows platform, time and words, numbers of persons masked unless the run is internal; what is unknown is said", async () => {
  const sample = drawSample(await readFrame(filled.database), { size: 100, seed: 1, model: "test" });
  const shown = async (privacy: "masked" | "internal") => {
    const all = await readPosts(filled.database, sample, { language: "zh", privacy, utcOffsetMs: 8 * 3_600_000 });
    return new Map(all.map((one, i) => [sample.items[i]!.id, one]));
  };
  const masked = await shown("masked");
  expect(masked.get("row:0:5")).toMatchObject({ platform: "未知", published: "2025年3月3日 08:00", text: "<b>气死了</b>\n打 138****8000 没人接" });
  expect(masked.get("row:0:4")).toMatchObject({ platform: "微博", published: "未知", text: `${notice}！！` });
  expect((await shown("internal")).get("row:0:5")!.text).toContain("13800138000");
});
