import { mulberry32 } from "../../analyzers/statistics.ts";
import type { Database } from "../engines/duckdb.ts";
import { write, type Values } from "./rows.ts";

/** A group: this many accounts with the same words within so many seconds, so many times. */
export const rule = { authors: 5, seconds: 600, times: 3 };
/** Bursts of more accounts are everybody's words: they are counted, and join nobody. */
const most = 200;
const shuffles = 40;

/** One post of a text cluster; author below 2²¹, second (UTC) below 2³¹. */
export interface Timed {
  cluster: number;
  author: number;
  second: number;
}

/** Accounts that posted the same words within the time. */
interface Burst {
  cluster: number;
  from: number;
  to: number;
  authors: number[];
}

export interface Group {
  /** Ascending. */
  authors: number[];
  /** Bursts with enough of the group, in order of time; authors: of the group. */
  bursts: Burst[];
}

/**
 * Groups of accounts that several times posted the same words within minutes of each other, and how many there would be had every post come at the time of
 * another post of its day. Makes, of `scored` and `text_clusters`: `coordinated_groups(group_no, author)`, `coordinated_bursts(group_no, burst_no, head_no, from_ms, to_ms, authors)`
 * and `coordination(posts, bursts, common, shuffles, expected, most)`: posts looked at, bursts, those of them that are too large, mean and greatest number of groups by chance.
 */
export async function relateCoordination(database: Database): Promise<void> {
  await database.run("CREATE TABLE coordinated_groups (group_no INTEGER, author BIGINT)");
  await database.run("CREATE TABLE coordinated_bursts (group_no INTEGER, burst_no INTEGER, head_no INTEGER, from_ms BIGINT, to_ms BIGINT, authors INTEGER)");
  await database.run("CREATE TABLE coordination (posts INTEGER, bursts INTEGER, common INTEGER, shuffles INTEGER, expected DOUBLE, most INTEGER)");
  const timed = "FROM scored s JOIN text_clusters c ON c.text_no = s.text_no WHERE s.worded = 1 AND s.author IS NOT NULL AND s.slot IS NOT NULL";
  const [clusters, authors, seconds, days] = (await database.columns(
    `WITH timed AS (SELECT c.head_no, s.author::INTEGER AS author, (s.published_ms // 1000)::INTEGER AS second, s.day, s.row_no ${timed})
     SELECT head_no, author, second, day FROM timed WHERE head_no IN (SELECT head_no FROM timed GROUP BY head_no HAVING count(DISTINCT author) >= ${rule.authors}) ORDER BY head_no, second, row_no`,
    ["head_no", "author", "second", "day"],
  )) as [Int32Array, Int32Array, Int32Array, Int32Array];
  const posts = Array.from(clusters, (cluster, i): Timed => ({ cluster, author: authors[i]!, second: seconds[i]! }));
  const { groups, bursts, common } = coordinated(posts);
  const chance = bursts.length < rule.times ? Array.from({ length: shuffles }, () => 0) : await byChance(database, timed, posts, days);
  await write(database, "coordinated_groups", groups.flatMap((group, i) => group.authors.map((author): Values => [i + 1, BigInt(author)])));
  await write(database, "coordinated_bursts", groups.flatMap((group, i) => group.bursts.map((burst, k): Values => [i + 1, k + 1, burst.cluster, BigInt(burst.from * 1000), BigInt(burst.to * 1000), burst.authors.length])));
  await write(database, "coordination", [[posts.length, bursts.length, common, shuffles, { double: chance.reduce((sum, n) => sum + n, 0) / shuffles }, Math.max(...chance)]]);
}

/** Groups found in each shuffle: every post at the time of a post drawn from those of its day. */
async function byChance(database: Database, timed: string, posts: readonly Timed[], days: Int32Array): Promise<number[]> {
  const [poolDays, pool] = (await database.columns(`SELECT s.day, (s.published_ms // 1000)::INTEGER AS second ${timed} ORDER BY s.day, second`, ["day", "second"])) as [Int32Array, Int32Array];
  const spans = new Map<number, { from: number; to: number }>();
  poolDays.forEach((day, i) => {
    const span = spans.get(day);
    if (span === undefined) spans.set(day, { from: i, to: i + 1 });
    else span.to = i + 1;
  });
  const random = mulberry32(41);
  return Array.from({ length: shuffles }, () => {
    const drawn = posts.map((post, i): Timed => {
      const { from, to } = spans.get(days[i]!)!;
      return { ...post, second: pool[from + Math.floor(random() * (to - from))]! };
    });
    return coordinated(drawn).groups.length;
  });
}

/** Posts come cluster by cluster, in any order of time within. Groups: largest first, then by their smallest author number. */
export function coordinated(posts: readonly Timed[]): { groups: Group[]; bursts: Burst[]; common: number } {
  const bursts = burstsOf(posts);
  const usable = recurring(bursts.filter(({ authors }) => authors.length <= most));
  const groups = components(usable).flatMap((members): Group[] => {
    const own = usable.flatMap((burst): Burst[] => {
      const authors = burst.authors.filter((author) => members.has(author));
      return authors.length >= rule.authors ? [{ ...burst, authors }] : [];
    });
    const authors = [...new Set(own.flatMap(({ authors }) => authors))].sort((a, b) => a - b);
    return own.length >= rule.times ? [{ authors, bursts: own.sort((a, b) => a.from - b.from || a.cluster - b.cluster) }] : [];
  });
  groups.sort((a, b) => b.authors.length - a.authors.length || a.authors[0]! - b.authors[0]!);
  return { groups, bursts, common: bursts.filter(({ authors }) => authors.length > most).length };
}

/** Greedy windows: a burst takes all posts of its cluster within the time of its first one; the next begins after it. */
function burstsOf(posts: readonly Timed[]): Burst[] {
  const bursts: Burst[] = [];
  for (let from = 0, to = 0; from < posts.length; from = to) {
    const cluster = posts[from]!.cluster;
    while (to < posts.length && posts[to]!.cluster === cluster) to++;
    const own = posts.slice(from, to).sort((a, b) => a.second - b.second || a.author - b.author);
    const inside = new Map<number, number>();
    let end = 0;
    for (let begin = 0; begin < own.length; ) {
      for (; end < own.length && own[end]!.second <= own[begin]!.second + rule.seconds; end++) inside.set(own[end]!.author, (inside.get(own[end]!.author) ?? 0) + 1);
      if (inside.size >= rule.authors) {
        bursts.push({ cluster, from: own[begin]!.second, to: own[end - 1]!.second, authors: [...inside.keys()].sort((a, b) => a - b) });
        inside.clear();
        begin = end;
        continue;
      }
      const left = inside.get(own[begin]!.author)! - 1;
      if (left === 0) inside.delete(own[begin]!.author);
      else inside.set(own[begin]!.author, left);
      begin++;
    }
  }
  return bursts;
}

/** Only accounts of enough bursts, only bursts of enough such accounts. */
function recurring(bursts: readonly Burst[]): Burst[] {
  let left = [...bursts];
  for (;;) {
    const times = new Map<number, number>();
    for (const { authors } of left) for (const author of authors) times.set(author, (times.get(author) ?? 0) + 1);
    const next = left.map((burst) => ({ ...burst, authors: burst.authors.filter((author) => times.get(author)! >= rule.times) })).filter(({ authors }) => authors.length >= rule.authors);
    if (next.length === left.length && next.every(({ authors }, i) => authors.length === left[i]!.authors.length)) return next;
    left = next;
  }
}

/** Accounts linked, directly or through others, by enough bursts that both are in. */
function components(bursts: readonly Burst[]): Set<number>[] {
  const pairs = new Map<number, number>();
  for (const { authors } of bursts) for (let i = 0; i < authors.length; i++) for (let j = i + 1; j < authors.length; j++) {
    const pair = authors[i]! * 2 ** 22 + authors[j]!;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  const heads = new Map<number, number>();
  const headOf = (author: number): number => {
    let at = author;
    while (heads.get(at) !== undefined && heads.get(at) !== at) at = heads.get(at)!;
    return at;
  };
  for (const [pair, times] of pairs) {
    if (times < rule.times) continue;
    const [a, b] = [headOf(Math.floor(pair / 2 ** 22)), headOf(pair % 2 ** 22)];
    heads.set(Math.max(a, b), Math.min(a, b));
    heads.set(Math.min(a, b), Math.min(a, b));
  }
  const groups = new Map<number, Set<number>>();
  for (const author of heads.keys()) {
    const head = headOf(author);
    if (!groups.has(head)) groups.set(head, new Set());
    groups.get(head)!.add(author);
  }
  return [...groups.values()];
}
