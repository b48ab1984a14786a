import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bci, bvci, nsr, nsrTotal, presets, sov, wci, wci142 } from "../../analyzers/indices.ts";

const rows = readFileSync(new URL("indices.tsv", import.meta.url), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split("\t"));
const full = ([reads, watching, likes, reposts]: number[]) => ({ reads: reads!, watching: watching!, likes: likes!, reposts: reposts! });
const read = ([reads, likes]: number[]) => ({ reads: reads!, likes: likes! });

/** Each index as a function of its arguments in the order of the formula. */
const functions: Record<keyof typeof presets, (x: number[]) => number | null> = {
  wci142: (x) => wci142({ daily: full(x.slice(0, 4)), article: full(x.slice(4, 8)), headline: full(x.slice(8, 12)), peak: full(x.slice(12)) }),
  wci: (x) => wci({ daily: read(x.slice(0, 2)), article: read(x.slice(2, 4)), peak: read(x.slice(4)) }),
  bci: ([posts, reposts, comments, likes]) => bci({ posts: posts!, reposts: reposts!, comments: comments!, likes: likes! }),
  bvci: ([uploads, plays, comments, fans, newFans]) => bvci({ uploads: uploads!, plays: plays!, comments: comments!, fans: fans!, newFans: newFans! }),
  sov: ([mentions, panel]) => sov(mentions!, panel!),
  nsr: ([positive, negative]) => nsr(positive!, negative!),
  nsrTotal: ([positive, negative, total]) => nsrTotal(positive!, negative!, total!),
};

describe.each(Object.entries(functions))("%s", (name, index) => {
  const vectors = rows.filter(([of]) => of === name).map(([, given, value]) => ({ x: given!.split(",").map(Number), value: Number(value) }));

  it("agrees with 20 vectors worked out apart, to 1e-6", () => {
    expect(vectors.length).toBe(20);
    for (const { x, value } of vectors) expect(Math.abs(index(x)! - value), `${x}`).toBeLessThan(1e-6);
  });

  it("moves one way in every argument", () => {
    const falling = new Map([["sov", [1]], ["nsr", [1]], ["nsrTotal", [1]]]);
    // The greater total of nsrTotal draws the value to 0: no direction of its own.
    const checked = name === "nsrTotal" ? [0, 1] : vectors[0]!.x.map((_, i) => i);
    const base = name === "sov" ? [3, 50] : name === "nsr" ? [40, 30] : name === "nsrTotal" ? [40, 30, 200] : vectors[4]!.x;
    for (const at of checked) {
      const more = base.map((value, i) => (i === at ? value + 1 : value));
      const change = index(more)! - index(base)!;
      expect(falling.get(name)?.includes(at) ? -change : change, `argument ${at}`).toBeGreaterThan(0);
    }
  });

  it("refuses what is no count", () => {
    for (const bad of [-1, Number.NaN, Infinity]) expect(() => index(vectors[2]!.x.map((value, i) => (i === 0 ? bad : value)))).toThrow(RangeError);
  });
});

it("has no share of nothing", () => {
  expect([sov(0, 0), nsr(0, 0), nsrTotal(0, 0, 0)]).toEqual([null, null, null]);
  expect(() => sov(3, 2)).toThrow(RangeError);
  expect(() => nsrTotal(3, 2, 4)).toThrow(RangeError);
});
