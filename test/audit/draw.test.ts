import { describe, expect, it } from "vitest";
import { sampleSchema, type AuditSample } from "../../pipeline/audit/contract.ts";
import { allocation, drawSample } from "../../pipeline/audit/draw.ts";
import type { FrameText } from "../../pipeline/audit/frame.ts";
import { frameText } from "./material.ts";

const draw = (frame: readonly FrameText[], size: number, seed = 1): AuditSample => drawSample(frame, { size, seed, model: "test" });
const many = (n: number, prefix: string, platform: string | null, predicted: FrameText["predicted"], posts = 1) => Array.from({ length: n }, (_, i) => frameText(`${prefix}${String(i).padStart(3, "0")}`, platform, predicted, posts));
const hitsOf = (sample: AuditSample) => Object.fromEntries(sample.strata.map(({ name }) => [name, sample.items.filter(({ stratum }) => stratum === name).reduce((sum, { times }) => sum + times, 0)]));

describe("allocation", () => {
  it.each([
    ["15 each, the rest to the large one", [100, 20, 5], 60, [40, 15, 5]],
    ["85 for 600 : 380 after 15 for the small one: 52 : 33", [600, 380, 20], 100, [52, 33, 15]],
    ["no more than there are", [3, 2], 100, [3, 2]],
  ])("%s", (_, posts, size, counts) => expect(allocation(posts, size)).toEqual(counts));
});

describe("draw", () => {
  it("takes everything when there is no more than asked for: copies are one item drawn as often as there are posts", () => {
    const sample = draw([frameText("a", "weibo", "negative", 3), frameText("b", "weibo", "negative"), frameText("c", null, "positive")], 100);
    expect(sample.posts).toBe(5);
    expect(sample.strata.map(({ name, posts }) => [name, posts])).toEqual([["other/positive", 1], ["other/negative", 4]]);
    expect(sample.items.map(({ text_key, size, times }) => [text_key, size, times]).sort()).toEqual([["a", 3, 3], ["b", 1, 1], ["c", 1, 1]]);
    expect(sampleSchema.parse(sample)).toEqual(sample);
  });

  it("draws a text or a cluster by its share, whatever the seed: of 200 posts, every second one", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const cluster = Array.from({ length: 20 }, (_, i) => frameText(`c${i}`, "weibo", "negative", 1, "c0"));
      const { items } = draw([frameText("big", "weibo", "negative", 20), ...cluster, ...many(160, "s", "weibo", "negative")], 100, seed);
      expect(items.find(({ text_key }) => text_key === "big")!.times).toBe(10);
      expect(items.filter(({ text_key }) => text_key.startsWith("c")).length).toBe(10);
      expect(items.length).toBe(1 + 10 + 80);
    }
  });

  it("joins cells that would get fewer than 15 items to other of their polarity, and gives those 15 all the same", () => {
    const sample = draw([...many(600, "a", "weibo", "negative"), ...many(40, "b", "douyin", "negative"), ...many(30, "c", "zhihu", "negative"), ...many(300, "d", "weibo", "neutral"), ...many(30, "e", null, "positive")], 100);
    expect(hitsOf(sample)).toEqual({ "other/positive": 15, "other/negative": 15, "weibo/neutral": 23, "weibo/negative": 47 });
  });

  it("joins the smallest cells until 15 items each fit into the sample", () => {
    const cells = [1, 2, 3, 4, 5].flatMap((p) => many(160, `p${p}-`, `p${p}`, "negative"));
    const sample = draw([...cells, ...many(60, "x", "p6", "positive"), ...many(70, "y", "p6", "neutral"), ...many(70, "z", "p6", "negative")], 100);
    // Eight strata of 15 are 120: p1 and p2, the first of the smallest, go to other; six make 90.
    expect(sample.strata.map(({ name, posts }) => [name, posts])).toEqual([["other/positive", 60], ["other/neutral", 70], ["other/negative", 390], ["p3/negative", 160], ["p4/negative", 160], ["p5/negative", 160]]);
    expect(Object.values(hitsOf(sample)).every((n) => n >= 15)).toBe(true);
  });

  it("means of predictions are weighted by posts", () => {
    const sample = draw([{ ...frameText("a", "weibo", "negative", 3), micro: [0, 200_000, 800_000] }, { ...frameText("b", "weibo", "negative"), micro: [400_000, 0, 600_000] }], 100);
    expect(sample.strata[0]!.mean_micro).toEqual([100_000, 150_000, 750_000]);
  });

  it("draws every post as likely as any other: 1,000 posts, step 10, 400 seeds", () => {
    const frame = [frameText("three", "weibo", "neutral", 3), ...many(997, "s", "weibo", "neutral")];
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) for (const { text_key, times } of draw(frame, 100, seed).items) counts.set(text_key, (counts.get(text_key) ?? 0) + times);
    // 400 × 3/10 = 120 with a standard deviation of 9.2 for the text of three; χ² of the others, 40 ± 6 each, about 997 ± 45.
    expect(Math.abs(counts.get("three")! - 120)).toBeLessThan(4 * 9.2);
    const squares = many(997, "s", null, "neutral").reduce((sum, { text_key }) => sum + ((counts.get(text_key) ?? 0) - 40) ** 2 / 36, 0);
    expect(squares).toBeGreaterThan(800);
    expect(squares).toBeLessThan(1200);
  });

  it("is the same for the same seed, another for another; its order does not give the strata away", () => {
    const frame = [...many(400, "a", "weibo", "negative"), ...many(400, "b", "douyin", "positive")];
    const sample = draw(frame, 100);
    expect(draw(frame, 100)).toEqual(sample);
    expect(draw(frame, 100, 2).key).not.toBe(sample.key);
    expect(sample.items.map(({ no }) => no)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    // 50 of each in random order change stratum about 50 times; sorted by stratum, once.
    const changes = sample.items.filter(({ stratum }, i) => i > 0 && stratum !== sample.items[i - 1]!.stratum).length;
    expect(changes).toBeGreaterThan(30);
    expect(changes).toBeLessThan(70);
  });
});
