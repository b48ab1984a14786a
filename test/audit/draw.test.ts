import { describe, expect, it } from "vitest";
import { sampleSchema, type AuditSample } from "../../pipeline/audit/contract.ts";
import { allocation, drawSample } from "../../pipeline/audit/draw.ts";
import type { FrameText } from "../../pipeline/audit/frame.ts";
import { frameText } from "./material.ts";

const draw = (frame: readonly FrameText[], size: number, seed = 1): AuditSample => drawSample(frame, { size, seed, model: "test" });
const many = (n: number, prefix: string, field: FrameText["field"], predicted: FrameText["predicted"], posts = 1) => Array.from({ length: n }, (_, i) => frameText(`${prefix}${String(i).padStart(3, "0")}`, field, predicted, posts));
const hitsOf = (sample: AuditSample) => Object.fromEntries(sample.strata.map(({ name }) => [name, sample.items.filter(({ stratum }) => stratum === name).reduce((sum, { times }) => sum + times, 0)]));

describe("allocation", () => {
  it.each([
    ["15 each, the rest to the large one", [100, 20, 5], 60, [40, 15, 5]],
    ["85 for 600 : 380 after 15 for the small one: 52 : 33", [600, 380, 20], 100, [52, 33, 15]],
    ["no more than there are", [3, 2], 100, [3, 2]],
  ])("%s", (_, posts, size, counts) => expect(allocation(posts.map((n, i) => ({ name: `public/${i}`, posts: n })), size)).toEqual(counts));
});

describe("draw", () => {
  it("takes everything when there is no more than asked for: copies are one item drawn as often as there are posts", () => {
    const sample = draw([frameText("a", "public", "negative", 3), frameText("b", "public", "negative"), frameText("c", "media", "positive")], 100);
    expect(sample.posts).toBe(5);
    expect(sample.strata.map(({ name, posts }) => [name, posts])).toEqual([["media/all", 1], ["public/all", 4]]);
    expect(sample.items.map(({ text_key, size, times }) => [text_key, size, times]).sort()).toEqual([["a", 3, 3], ["b", 1, 1], ["c", 1, 1]]);
    expect(sampleSchema.parse(sample)).toEqual(sample);
  });

  it("draws a text or a cluster by its share, whatever the seed: of 200 posts, every second one", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const cluster = Array.from({ length: 20 }, (_, i) => frameText(`c${i}`, "public", "negative", 1, "c0"));
      const { items } = draw([frameText("big", "public", "negative", 20), ...cluster, ...many(160, "s", "public", "negative")], 100, seed);
      expect(items.find(({ text_key }) => text_key === "big")!.times).toBe(10);
      expect(items.filter(({ text_key }) => text_key.startsWith("c")).length).toBe(10);
      expect(items.length).toBe(1 + 10 + 80);
    }
  });

  it("joins the small cells of a field, gives them 15 all the same, and the media as one stratum 30", () => {
    const sample = draw([...many(560, "a", "public", "negative"), ...many(40, "b", "media", "negative"), ...many(40, "m", "media", "neutral"), ...many(30, "c", "official", "neutral"), ...many(300, "d", "public", "neutral"), ...many(30, "e", "public", "positive")], 100);
    // 1,000 posts: cells under 150 are joined. 30 + 15 + 15 + 15 + 15 leave 10, all for the 560: 15 → 25 (560 / 25.5 > 300 / 15.5).
    expect(hitsOf(sample)).toEqual({ "media/all": 30, "official/all": 15, "public/all": 15, "public/neutral": 15, "public/negative": 25 });
  });

  it("joins the smallest cells until the least numbers of items fit into the sample", () => {
    const cell = (field: FrameText["field"], predicted: FrameText["predicted"], n: number) => many(n, `${field}-${predicted}-`, field, predicted);
    const sample = draw([...cell("media", "negative", 170), ...cell("media", "neutral", 120), ...cell("media", "positive", 10), ...(["official", "public"] as const).flatMap((field) => [...cell(field, "negative", 170), ...cell(field, "neutral", 170), ...cell(field, "positive", 10)])], 100);
    // Of 1,000 posts cells under 150 are joined: media/all 130, official/all 10, public/all 10 and five cells of 170 need 30 + 10 + 10 + 75 = 125.
    // media/negative joins too: 110; official/neutral: 30 + 15 + 15 + 10 + 30 = 100.
    expect(sample.strata.map(({ name, posts }) => [name, posts])).toEqual([["media/all", 300], ["official/all", 180], ["official/negative", 170], ["public/all", 10], ["public/neutral", 170], ["public/negative", 170]]);
    expect(Object.values(hitsOf(sample))).toEqual([30, 15, 15, 10, 15, 15]);
  });

  it("means of predictions are weighted by posts", () => {
    const sample = draw([{ ...frameText("a", "public", "negative", 3), micro: [0, 200_000, 800_000] }, { ...frameText("b", "public", "negative"), micro: [400_000, 0, 600_000] }], 100);
    expect(sample.strata[0]!.mean_micro).toEqual([100_000, 150_000, 750_000]);
  });

  it("draws every post as likely as any other: 1,000 posts, step 10, 400 seeds", () => {
    const frame = [frameText("three", "public", "neutral", 3), ...many(997, "s", "public", "neutral")];
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) for (const { text_key, times } of draw(frame, 100, seed).items) counts.set(text_key, (counts.get(text_key) ?? 0) + times);
    // 400 × 3/10 = 120 with a standard deviation of 9.2 for the text of three; χ² of the others, 40 ± 6 each, about 997 ± 45.
    expect(Math.abs(counts.get("three")! - 120)).toBeLessThan(4 * 9.2);
    const squares = many(997, "s", "public", "neutral").reduce((sum, { text_key }) => sum + ((counts.get(text_key) ?? 0) - 40) ** 2 / 36, 0);
    expect(squares).toBeGreaterThan(800);
    expect(squares).toBeLessThan(1200);
  });

  it("is the same for the same seed, another for another; its order does not give the strata away", () => {
    const frame = [...many(400, "a", "public", "negative"), ...many(400, "b", "media", "positive")];
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
