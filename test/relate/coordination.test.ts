import { expect, it } from "vitest";
import { coordinated, rule, type Timed } from "../../pipeline/relate/coordination.ts";
import { mulberry32 } from "../../analyzers/statistics.ts";

/** Posts of authors with one text, a minute apart. */
const burst = (cluster: number, minute: number, authors: number[]): Timed[] => authors.map((author, i) => ({ cluster, author, second: (minute + i) * 60 }));
const five = [11, 12, 13, 14, 15];

it("finds five accounts that post the same words within ten minutes, three times", () => {
  const { groups } = coordinated([...burst(1, 0, five), ...burst(2, 100, [...five, 30]), ...burst(3, 300, [15, 14, 13, 12, 11])]);
  expect(groups).toEqual([{ authors: five, bursts: [{ cluster: 1, from: 0, to: 240, authors: five }, { cluster: 2, from: 6000, to: 6300, authors: five }, { cluster: 3, from: 18_000, to: 18_240, authors: five }] }]);
});

it("does not take two times, four accounts, or eleven minutes for it", () => {
  expect(coordinated([...burst(1, 0, five), ...burst(2, 100, five)]).groups).toEqual([]);
  expect(coordinated([1, 2, 3].flatMap((cluster) => burst(cluster, 100 * cluster, [11, 12, 13, 14]))).groups).toEqual([]);
  const slow = [1, 2, 3].flatMap((cluster) => five.map((author, i) => ({ cluster, author, second: cluster * 100_000 + i * 151 }))); // the fifth 604 s after the first
  expect(coordinated(slow).groups).toEqual([]);
});

it("counts three separate times of one text, but not one account's repeats", () => {
  expect(coordinated([...burst(1, 0, five), ...burst(1, 60, five), ...burst(1, 120, five)]).groups).toHaveLength(1);
  expect(coordinated(Array.from({ length: 50 }, (_, i) => ({ cluster: 1, author: 11 + (i % 4), second: i * 10 }))).bursts).toEqual([]);
});

it("leaves everybody's words out, and keeps groups apart", () => {
  const crowd = Array.from({ length: 300 }, (_, i) => i + 1000);
  const many = [1, 2, 3].flatMap((cluster) => crowd.map((author) => ({ cluster, author, second: cluster * 10_000 })));
  expect(coordinated(many)).toMatchObject({ groups: [], common: 3 });
  const other = [21, 22, 23, 24, 25, 26];
  expect(coordinated([1, 2, 3].flatMap((cluster) => [...burst(cluster, 1000 * cluster, five), ...burst(cluster, 1000 * cluster + 60, other)])).groups.map(({ authors }) => authors)).toEqual([other, five]);
});

it("finds a planted group among chance posts, and no other", () => {
  const random = mulberry32(9);
  const noise = Array.from({ length: 40 }, (_, cluster) => Array.from({ length: 100 }, (): Timed => ({ cluster: cluster + 1, author: 100 + Math.floor(random() * 3000), second: Math.floor(random() * 86_400) })));
  const posts = noise.flatMap((own, i) => (i < 4 ? [...own, ...burst(i + 1, 300 * i, five)] : own));
  expect(coordinated(noise.flat()).groups).toEqual([]);
  expect(coordinated(posts).groups.map(({ authors, bursts }) => [authors, bursts.length])).toEqual([[five, 4]]);
  expect(rule).toEqual({ authors: 5, seconds: 600, times: 3 });
});
