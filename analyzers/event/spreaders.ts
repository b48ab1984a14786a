import { z } from "zod";
import type { EventAnalyzer, Figure, Table } from "../contract.ts";
import { authorTypes, kinds } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";

const options = z.strictObject({
  top: z.number().int().min(1).max(50).default(10).describe("key accounts listed"),
  cascades: z.number().int().min(0).max(20).default(5).describe("largest cascades listed"),
});

const tiers = ["1m", "100k", "10k", "low"] as const;
const roles = ["first", "first_media", "first_official", "most_reposted", "most_engaged", "most_posts"] as const;
const part = { posts: z.number(), share: z.number() };
const typed = z.object({ known: z.number(), types: z.array(z.object({ type: z.enum(authorTypes), ...part })) });
const account = z.object({
  /** Number by first appearance. */
  author: z.number(),
  author_name: z.string().nullable(),
  author_type: z.enum(authorTypes).nullable(),
  platform: z.string().nullable(),
  followers: z.number().nullable(),
  posts: z.number(),
  originals: z.number(),
  engagement: z.number(),
  /** Reposts in the data whose first post is the account's. */
  seen: z.number(),
  /** UTC milliseconds of the account's earliest post in the data. */
  first_ms: z.number().nullable(),
  /** Roles within the data; each superlative is held by one account alone, ties give none. first*: the earliest post, when its time is known to the minute. */
  roles: z.array(z.enum(roles)),
});
const data = z.object({
  posts: z.number(),
  /** original, repost, comment. */
  kinds: z.array(z.object({ kind: z.enum(kinds), ...part })),
  /** Posts by author type among posts with a known type, largest first. */
  all: typed,
  /** The same among originals. */
  originals: typed,
  /** Posts by follower tier among posts with a known follower count, largest tier first. */
  followers: z.object({ known: z.number(), tiers: z.array(z.object({ tier: z.enum(tiers), ...part })) }),
  /** Null when no author is known. posts: their posts. gini in [0, 1): 0 = all post equally often. top10: share of the ten busiest; null with ten authors or fewer. */
  authors: z.object({ authors: z.number(), posts: z.number(), gini: z.number(), top10: z.number().nullable() }).nullable(),
  /** What the accounts are ranked by. */
  ranked_by: z.enum(["seen", "engagement", "posts"]),
  accounts: z.array(account),
  /** Most reposts seen first. Times in UTC milliseconds. */
  cascades: z.array(z.object({ root: z.string(), seen: z.number(), authors: z.number(), depth: z.number().nullable(), first_ms: z.number().nullable(), last_ms: z.number().nullable(), platform: z.string().nullable(), author_name: z.string().nullable(), title: z.string().nullable() })),
  /** Added to UTC for local time. */
  utc_offset_ms: z.number(),
  /** Columns that the data lacks altogether. */
  missing: z.array(z.enum(["author", "author_type", "followers"])),
});
type Data = z.infer<typeof data>;
type Account = z.infer<typeof account>;

/** Posts below which no share is told. */
export const least = 20;

export const spreaders: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "spreaders",
  question: { zh: "谁在传播？", en: "Who spreads it?" },
  requires: {
    audience: ["author_type", "tier", "kind", "posts"],
    author_sizes: ["posts", "authors"],
    spreaders: ["author", "author_name", "author_type", "platform", "followers", "posts", "originals", "engagement", "seen", "first_ms", "first_id"],
    firsts: ["which", "id", "precision"],
    cascades: ["root", "seen", "authors", "depth", "first_ms", "last_ms", "platform", "author_name", "title"],
  },
  after: [],
  options,
  data,
  analyze({ audience, author_sizes, spreaders, firsts, cascades }, { top, cascades: listed }, { utcOffsetMs }) {
    const posts = sum(audience!);
    const originals = audience!.filter((row) => row.kind === "original");
    const found: Data = {
      posts,
      kinds: shares(audience!, "kind", kinds).rows.map(({ value, ...row }) => ({ kind: value, ...row })),
      all: typesOf(audience!),
      originals: typesOf(originals),
      followers: tiersOf(audience!),
      authors: concentration(author_sizes!),
      ...ranked(spreaders!, firsts!, top),
      cascades: [...(cascades as unknown as Data["cascades"])].sort((a, b) => b.seen - a.seen || (a.root < b.root ? -1 : 1)).slice(0, listed),
      utc_offset_ms: utcOffsetMs,
      missing: [],
    };
    if (posts > 0) found.missing = [...(found.authors ? [] : ["author" as const]), ...(found.all.known > 0 ? [] : ["author_type" as const]), ...(found.followers.known > 0 ? [] : ["followers" as const])];
    return {
      status: posts === 0 ? "empty" : "ok",
      reason: posts === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : null,
      lens: "posts",
      coverage: { posts, of: posts },
      method: {
        zh: "原创、转发、评论的分母为全部帖文；作者类型和粉丝档的分母为该项已知的帖文。基尼系数 = Σ(2i−n−1)x ÷ (nΣx)，x 为每个账号的帖文数。重点账号按数据中可见的转发数排序，没有时依次用互动数、发帖数；粉丝数不参与排序。首发指数据中最早的一条，不等于事件源头。",
        en: "Originals, reposts and comments are shares of all posts; author types and follower tiers are shares of posts where that is known. Gini = Σ(2i−n−1)x ÷ (nΣx), x = posts of an account. Key accounts are ranked by reposts seen in the data, else by engagement, else by posts; followers do not count. First means the earliest post in the data, not the origin of the event.",
      },
      figures: figuresOf(found),
      data: found,
    };
  },
};

function sum(rows: Table): number {
  return rows.reduce((total, row) => total + (row.posts as number), 0);
}

/** Posts and share of each value of a column among rows where it is known. */
function shares<V extends string>(rows: Table, column: string, values: readonly V[]): { known: number; rows: { value: V; posts: number; share: number }[] } {
  const counts = values.map((value) => ({ value, posts: sum(rows.filter((row) => row[column] === value)) }));
  const known = counts.reduce((total, { posts }) => total + posts, 0);
  return { known, rows: known === 0 ? [] : counts.map((row) => ({ ...row, share: row.posts / known })) };
}

function typesOf(rows: Table): Data["all"] {
  const { known, rows: list } = shares(rows, "author_type", authorTypes);
  const types = list.filter(({ posts }) => posts > 0).map(({ value, ...row }) => ({ type: value, ...row }));
  return { known, types: types.sort((a, b) => b.posts - a.posts || authorTypes.indexOf(a.type) - authorTypes.indexOf(b.type)) };
}

function tiersOf(rows: Table): Data["followers"] {
  const { known, rows: list } = shares(rows, "tier", tiers);
  return { known, tiers: list.map(({ value, ...row }) => ({ tier: value, ...row })) };
}

/** Gini and top-10 share from "how many authors wrote how many posts"; ranks of equal authors are summed in closed form. */
function concentration(sizes: Table): Data["authors"] {
  const groups = sizes.map((row) => ({ posts: row.posts as number, authors: row.authors as number })).sort((a, b) => a.posts - b.posts);
  const n = groups.reduce((total, { authors }) => total + authors, 0);
  const posts = groups.reduce((total, group) => total + group.authors * group.posts, 0);
  if (n === 0) return null;
  let below = 0;
  let weighted = 0;
  for (const group of groups) {
    weighted += group.posts * group.authors * (2 * below + group.authors - n);
    below += group.authors;
  }
  let left = 10;
  let busiest = 0;
  for (const group of groups.reverse()) {
    const taken = Math.min(left, group.authors);
    busiest += taken * group.posts;
    left -= taken;
  }
  return { authors: n, posts, gini: weighted / (n * posts), top10: n <= 10 ? null : busiest / posts };
}

function ranked(rows: Table, firsts: Table, top: number): Pick<Data, "ranked_by" | "accounts"> {
  const list = rows as unknown as (Omit<Account, "roles"> & { first_id: string | null })[];
  const by = list.some(({ seen }) => seen > 0) ? "seen" : list.some(({ engagement }) => engagement > 0) ? "engagement" : "posts";
  const most = (measure: "seen" | "engagement" | "posts") => {
    const best = list.reduce((high, row) => Math.max(high, row[measure]), 1);
    const holders = list.filter((row) => row[measure] === best);
    return holders.length === 1 && list.length > 1 ? holders[0]!.author : null;
  };
  const first = (which: string) => firsts.find((row) => row.which === which && row.precision !== "day")?.id ?? null;
  const superlatives = [[most("seen"), "most_reposted"], [most("engagement"), "most_engaged"], [most("posts"), "most_posts"]] as const;
  const openings = [[first("all"), "first"], [first("media"), "first_media"], [first("official"), "first_official"]] as const;
  const sorted = [...list].sort((a, b) => b[by] - a[by] || b.engagement - a.engagement || b.posts - a.posts || a.author - b.author);
  return {
    ranked_by: by,
    accounts: sorted.slice(0, top).map(({ first_id, ...row }) => ({
      ...row,
      roles: [...openings.filter(([id]) => id !== null && id === first_id), ...superlatives.filter(([author]) => author === row.author)].map(([, role]) => role),
    })),
  };
}

const follower: Record<(typeof tiers)[number], { gte: number; lt?: number }> = { "1m": { gte: 1_000_000 }, "100k": { gte: 100_000, lt: 1_000_000 }, "10k": { gte: 10_000, lt: 100_000 }, low: { gte: 0, lt: 10_000 } };
const measured = { seen: ["被转发（数据可见）", "reposts seen in the data"], engagement: ["互动数", "engagement"], posts: ["帖文", "posts"] } as const;

function figuresOf({ posts, kinds, all, originals, followers, authors, ranked_by, accounts, cascades }: Data): Figure[] {
  const plain = { of: null, interval: null, estimate: false };
  const label = (group: string, key: string, zh: string, en: string): Figure["label"] => ({ zh: `${nameOf(group, key, "zh")}${zh}`, en: `${nameOf(group, key, "en")}${en}` });
  const out: Figure[] = [{ key: "posts", label: { zh: "全部帖文", en: "all posts" }, value: posts, unit: "posts", filter: {}, ...plain }];
  for (const row of kinds) {
    out.push({ key: `kind.posts.${row.kind}`, label: label("kind", row.kind, "帖文", ""), value: row.posts, unit: "posts", filter: { kind: row.kind }, ...plain });
    out.push({ key: `kind.share.${row.kind}`, label: label("kind", row.kind, "占比", ", share of posts"), value: row.share, unit: "share", filter: { kind: row.kind }, ...plain, of: posts });
  }
  const typed = (prefix: string, { known, types }: Data["all"], base: NonNullable<Figure["filter"]>, zh: string, en: string) => {
    if (known === 0) return;
    out.push({ key: `${prefix}.known`, label: { zh: `作者类型已知的${zh}`, en: `${en} with a known author type` }, value: known, unit: "posts", filter: { ...base, author_type: types.map(({ type }) => type) }, ...plain });
    for (const { type, posts, share } of types) {
      const filter = { ...base, author_type: type };
      if (known < least) out.push({ key: `${prefix}.posts.${type}`, label: label("author_type", type, `的${zh}`, `: ${en}`), value: posts, unit: "posts", filter, ...plain });
      out.push({ key: `${prefix}.share.${type}`, label: label("author_type", type, `在${zh}中的占比`, `: share of ${en}`), value: share, unit: "share", filter, ...plain, of: known });
    }
  };
  typed("author_type", all, {}, "帖文", "posts");
  typed("original_type", originals, { kind: "original" }, "原创帖文", "originals");
  for (const { tier, share } of followers.tiers) out.push({ key: `tier.share.${tier}`, label: label("tier", tier, "账号的帖文占比", ": share of posts"), value: share, unit: "share", filter: { followers: follower[tier] }, ...plain, of: followers.known });
  if (authors) {
    out.push({ key: "authors.count", label: { zh: "参与账号", en: "accounts" }, value: authors.authors, unit: "authors", filter: null, ...plain });
    out.push({ key: "authors.gini", label: { zh: "账号发帖数的基尼系数", en: "Gini coefficient of posts per account" }, value: authors.gini, unit: "ratio", filter: null, ...plain, of: authors.authors });
    if (authors.top10 !== null) out.push({ key: "authors.top10", label: { zh: "发帖最多的十个账号的帖文占比", en: "share of posts by the ten busiest accounts" }, value: authors.top10, unit: "share", filter: null, ...plain, of: authors.posts });
  }
  const [zh, en] = measured[ranked_by];
  accounts.forEach((account, i) => {
    const label = { zh: `${account.author_name ?? "未知账号"} ${zh}`, en: `${account.author_name ?? "unknown account"}: ${en}` };
    out.push({ key: `account.${ranked_by}.${i + 1}`, label, value: account[ranked_by], unit: ranked_by === "engagement" ? "count" : "posts", filter: ranked_by === "seen" ? null : { author: account.author }, ...plain });
  });
  cascades.forEach(({ root, seen }, i) => out.push({ key: `cascade.seen.${i + 1}`, label: { zh: `第 ${i + 1} 大转发链的转发`, en: `reposts of cascade ${i + 1}` }, value: seen, unit: "posts", filter: { root, kind: "repost" }, ...plain }));
  return out;
}
