import { expect, it } from "vitest";
import { lift, logOddsZ } from "../../analyzers/keyness.ts";
import { mergePhrases } from "../../analyzers/phrases.ts";
import { mulberry32, poisson } from "../../analyzers/statistics.ts";

it("gives the z-score worked by hand", () => {
  // α = 500·50/5000 = 5 · δ = ln(35/1465) − ln(25/4475) = 1.453123344879000995 · var = 1/35 + 1/25 = 0.068571428571428571
  expect(logOddsZ({ count: 30, total: 1000 }, { count: 20, total: 4000 }, 500)).toBeCloseTo(5.549206438831682, 9);
  expect(logOddsZ({ count: 20, total: 4000 }, { count: 30, total: 1000 }, 500)).toBeCloseTo(-5.549206438831682, 9);
  // α = 500·5120/100010000 = 0.0255974…
  expect(logOddsZ({ count: 120, total: 10_000 }, { count: 5000, total: 100_000_000 }, 500)).toBeCloseTo(58.93385191643137, 9);
  expect(lift({ count: 30, total: 1000 }, { count: 20, total: 4000 })).toBe(6);
});

it("is 0 without a difference, and finite where a corpus lacks the term or holds nothing else", () => {
  expect(logOddsZ({ count: 10, total: 1000 }, { count: 40, total: 4000 }, 500)).toBeCloseTo(0, 12);
  expect(logOddsZ({ count: 10, total: 10 }, { count: 20, total: 20 }, 500)).toBe(0);
  expect(logOddsZ({ count: 0, total: 10 }, { count: 0, total: 20 }, 500)).toBe(0);
  expect(logOddsZ({ count: 10, total: 1000 }, { count: 0, total: 4000 }, 500)).toBeGreaterThan(3.3);
  expect(lift({ count: 10, total: 1000 }, { count: 0, total: 4000 })).toBeNull();
});

/** Zipf frequencies of 5,000 words. */
const zipf = Array.from({ length: 5000 }, (_, i) => 1 / (i + 10));
const mass = zipf.reduce((sum, p) => sum + p, 0);
const draw = (seed: number, total: number, weight: (i: number) => number) => {
  const random = mulberry32(seed);
  const counts = zipf.map((p, i) => poisson(random, (total * p * weight(i)) / mass));
  return { counts, total: counts.reduce((sum, count) => sum + count, 0) };
};
const zs = (a: ReturnType<typeof draw>, b: ReturnType<typeof draw>) => a.counts.map((count, i) => logOddsZ({ count, total: a.total }, { count: b.counts[i]!, total: b.total }, 500));

it("finds nothing in two halves of the same corpus: at most 1 of 50 reports' top words has z ≥ 4.3", () => {
  const claims = Array.from({ length: 50 }, (_, i) => Math.max(...zs(draw(2 * i, 100_000, () => 1), draw(2 * i + 1, 100_000, () => 1)))).filter((z) => z >= 4.3);
  expect(claims.length).toBeLessThanOrEqual(1);
});

it("ranks 40 planted words first (average precision ≥ 0.95)", () => {
  // Every 20th of the 800 most frequent words, 1.5 to 4 times as frequent.
  const planted = (i: number) => i < 800 && i % 20 === 7;
  const z = zs(draw(1, 200_000, (i) => (planted(i) ? 1.5 + (i % 6) / 2 : 1)), draw(2, 1_000_000, () => 1));
  const order = z.map((_, i) => i).sort((a, b) => z[b]! - z[a]!);
  let hits = 0;
  const precision = order.flatMap((i, rank) => (planted(i) ? [++hits / (rank + 1)] : []));
  expect(precision.length).toBe(40);
  expect(precision.reduce((sum, value) => sum + value, 0) / 40).toBeGreaterThanOrEqual(0.95);
});

it("merges a part into a longer word that carries 60 % of both, and only then", () => {
  const terms = [
    { term: "医院", docs: 800 },
    { term: "方舱医院", docs: 600 },
    { term: "方舱", docs: 400 },
    { term: "方", docs: 401 },
    { term: "constructor", docs: 5 },
  ];
  // 方舱: 600 of 1,000 = 60 %. 医院: 600 of 1,400. 方: 600 of 1,001; 方舱 is gone by then.
  expect(mergePhrases(terms, 0.6)).toEqual([
    { term: "医院", docs: 800, parts: [] },
    { term: "方舱医院", docs: 600, parts: ["方舱"] },
    { term: "方", docs: 401, parts: [] },
    { term: "constructor", docs: 5, parts: [] },
  ]);
});
