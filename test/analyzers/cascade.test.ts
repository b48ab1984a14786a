import { describe, expect, it } from "vitest";
import { breadths, reachOf, structuralVirality, treeOf } from "../../analyzers/cascade.ts";

const tree = (parents: number[]) => treeOf(Int32Array.from(parents));

describe("treeOf", () => {
  it("gives depths and subtree sizes", () => {
    // first ─ 0 ─ 1 ─ 3
    //       │   └ 2
    //       └ 4
    const { depths, sizes, broken } = tree([-1, 0, 0, 1, -1]);
    expect([[...depths], [...sizes], broken]).toEqual([[1, 2, 2, 3, 1], [4, 2, 1, 1, 1], []]);
    expect(breadths(depths)).toEqual([2, 2, 1]);
    expect(breadths(tree([]).depths)).toEqual([]);
  });

  it("takes parents that come later", () => {
    const { depths, sizes } = tree([2, -1, -1]);
    expect([[...depths], [...sizes]]).toEqual([[2, 1, 1], [1, 1, 2]]);
  });

  it("cuts a cycle above its earliest post", () => {
    // 1 → 2 → 3 → 1, with 0 hanging on 3; and 4 reposting itself.
    const { parents, broken, depths } = tree([3, 2, 3, 1, 4]);
    expect([[...parents], broken, [...depths]]).toEqual([[3, -1, 3, 1, -1], [1, 4], [3, 1, 3, 2, 1]]);
  });

  it("needs no recursion: a path of 100 000", () => {
    const n = 100_000;
    const path = treeOf(Int32Array.from({ length: n }, (_, i) => i - 1));
    expect([path.depths[n - 1], path.sizes[0], structuralVirality(path.sizes)]).toEqual([n, n, (n + 2) / 3]);
    expect(reachOf(path, Int32Array.from({ length: n }, (_, i) => i % 2), 2)).toEqual(new Map([[2, n], [0, n / 2], [1, n / 2 - 1]]));
  });
});

describe("structuralVirality", () => {
  it("is exact for stars and paths of n posts", () => {
    for (const n of [2, 3, 10, 101]) {
      expect(structuralVirality(tree(Array.from({ length: n - 1 }, () => -1)).sizes)).toBeCloseTo(2 - 2 / n, 12);
      expect(structuralVirality(tree(Array.from({ length: n - 1 }, (_, i) => i - 1)).sizes)).toBeCloseTo((n + 1) / 3, 12);
    }
    expect(structuralVirality(tree([]).sizes)).toBeNull();
  });

  it("is the mean distance, counted by hand", () => {
    // first–0, 0–1, 0–2: distances 1, 2, 2, 1, 1, 2 → 9 / 6.
    expect(structuralVirality(tree([-1, 0, 0]).sizes)).toBe(1.5);
  });
});

describe("reachOf", () => {
  it("counts the reposts below an author's posts once, without the author's own", () => {
    // first (author 9) ─ 0 (A) ─ 1 (B) ─ 2 (A) ─ 3 (C)
    //                          └ 4 (unknown)
    const reach = reachOf(tree([-1, 0, 1, 2, 0]), Int32Array.from([0, 1, 0, 2, -1]), 9);
    expect(reach).toEqual(new Map([[9, 5], [0, 3], [1, 2], [2, 0]]));
  });

  it("leaves the first author's own reposts out", () => {
    expect(reachOf(tree([-1, 0]), Int32Array.from([7, 8]), 7)).toEqual(new Map([[7, 1], [8, 0]]));
    expect(reachOf(tree([]), new Int32Array(0), -1)).toEqual(new Map());
  });
});
