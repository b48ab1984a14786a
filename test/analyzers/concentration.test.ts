import { describe, expect, it } from "vitest";
import { concentrationOf, intervalsOf } from "../../analyzers/concentration.ts";
import { mulberry32 } from "../../analyzers/statistics.ts";

describe("concentrationOf", () => {
  it("counts by hand", () => {
    // 1 1 2 6: Gini = (−3·1 − 1·1 + 1·2 + 3·6) / (4·10) = 16 / 40; Σ share² = (1 + 1 + 4 + 36) / 100.
    expect(concentrationOf([{ size: 6, authors: 1 }, { size: 1, authors: 2 }, { size: 2, authors: 1 }])).toEqual({ authors: 4, total: 10, gini: 0.4, top10: null, top1: null, effective: 100 / 42 });
  });

  it("equal shares: HHI 1 / n, Gini 0", () => {
    for (const n of [1, 7, 100_000]) expect(concentrationOf([{ size: 3, authors: n }])).toMatchObject({ effective: n, gini: 0 });
  });

  it("shares of the largest", () => {
    // 200 accounts: two of 100, three of 20, the rest of 1. Total 200 + 60 + 195.
    expect(concentrationOf([{ size: 1, authors: 195 }, { size: 20, authors: 3 }, { size: 100, authors: 2 }])).toMatchObject({ top10: (200 + 60 + 5) / 455, top1: 200 / 455 });
    expect(concentrationOf([])).toBeNull();
  });

  it("Gini of 100 000 Pareto numbers is 1 / (2α − 1) within 0.01", () => {
    for (const alpha of [2, 2.5, 3, 5]) {
      const random = mulberry32(7);
      const sizes = Array.from({ length: 100_000 }, () => ({ size: (1 - random()) ** (-1 / alpha), authors: 1 }));
      expect(Math.abs(concentrationOf(sizes)!.gini - 1 / (2 * alpha - 1)), String(alpha)).toBeLessThan(0.01);
    }
  });
});

describe("intervalsOf", () => {
  it("covers the truth of planted distributions", () => {
    // Geometric sizes, P(k) = ½^k: Gini 1/3; effective number n·E[k]²/E[k²] = n·4/6.
    const random = mulberry32(3);
    let [gini, effective] = [0, 0];
    for (let run = 0; run < 100; run++) {
      const counts = new Map<number, number>();
      for (let i = 0; i < 500; i++) {
        const size = 1 + Math.floor(-Math.log2(1 - random()));
        counts.set(size, (counts.get(size) ?? 0) + 1);
      }
      const found = intervalsOf([...counts].map(([size, authors]) => ({ size, authors })), 200)!;
      if (found.gini![0] <= 1 / 3 && 1 / 3 <= found.gini![1]) gini++;
      if (found.effective![0] <= 500 * (4 / 6) && 500 * (4 / 6) <= found.effective![1]) effective++;
    }
    expect(gini).toBeGreaterThanOrEqual(88);
    expect(effective).toBeGreaterThanOrEqual(88);
  });

  it("says nothing of few accounts", () => {
    expect(intervalsOf([{ size: 2, authors: 19 }])).toBeNull();
    expect(intervalsOf([{ size: 2, authors: 20 }])).toMatchObject({ gini: [0, 0], top1: null });
  });
});
