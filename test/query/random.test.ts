import { expect, it } from "vitest";
import { format, queryHash } from "../../pipeline/query/format.ts";
import { matcher } from "../../pipeline/query/match.ts";
import { parse } from "../../pipeline/query/parse.ts";
import { drawPost, drawQuery, generator, holds, spell } from "./naive.ts";

const seeds = Array.from({ length: 100 }, (_, i) => 20_261_122 + i);

it("10,000 random queries hold for the posts that a plain evaluator names, and survive their canonical form", () => {
  const seen = new Map<boolean, number>();
  for (const seed of seeds) {
    const random = generator(seed);
    const drawn = Array.from({ length: 100 }, () => drawQuery(random));
    const queries = drawn.map((query) => spell(random, query));
    for (const query of queries) {
      const canonical = format(parse(query)!);
      expect(parse(canonical), `seed ${seed}: ${query}`).toEqual(parse(query));
      expect(format(parse(canonical)!)).toBe(canonical);
      expect(queryHash(canonical, 0)).toBe(queryHash(query, 0));
    }
    const match = matcher(queries.map((query, i) => ({ key: String(i), query, utcOffsetMs: 8 * 3_600_000 })));
    for (let n = 0; n < 20; n++) {
      const post = drawPost(random);
      const expected = drawn.flatMap((query, i) => (holds(query, post) ? [String(i)] : []));
      const got = match(post);
      const odd = [...got, ...expected].find((key) => got.includes(key) !== expected.includes(key));
      expect(odd, `seed ${seed}: ${odd === undefined ? "" : queries[Number(odd)]} on ${JSON.stringify(post)}`).toBeUndefined();
      for (const [i] of drawn.entries()) seen.set(got.includes(String(i)), (seen.get(got.includes(String(i))) ?? 0) + 1);
    }
  }
  // Both answers are common, else the comparison would say little.
  expect(Math.min(seen.get(true)!, seen.get(false)!)).toBeGreaterThan(40_000);
});
