import { z } from "zod";
import { concentrationOf, intervalsOf, type Sizes } from "../concentration.ts";
import type { Context, EventAnalyzer, Figure, Table } from "../contract.ts";
import { authorTypes, kinds } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";
import { phases as phasesAnalyzer } from "./phases.ts";

const options = z.strictObject({
  top: z.number().int().min(1).max(50).default(10).describe("key accounts listed"),
  before: z.number().int().min(1).max(48).default(6).describe("hours before the peak in which the post that set it off is looked for"),
  role: z.number().int().min(1).default(10).describe("reposts from which an account is said to have set off the peak, or to have passed the news on"),
});

const tiers = ["1m", "100k", "10k", "low"] as const;
const roles = ["first", "first_media", "first_official", "igniter", "relay", "party", "most_reach", "most_engaged", "most_posts"] as const;
const hourMs = 3_600_000;
const part = { posts: z.number(), share: z.number() };
const typed = z.object({ known: z.number(), types: z.array(z.object({ type: z.enum(authorTypes), ...part })) });
const interval = z.tuple([z.number(), z.number()]).nullable();
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
  /** reposts: reposts in the data below the account's posts, at any depth; own: those of them below its own first posts. share: of all reposts, null without reposts. remarks: others' comments in the data on its posts. reach = reposts + remarks. */
  reach: z.number(),
  reposts: z.number(),
  own: z.number(),
  share: z.number().nullable(),
  remarks: z.number(),
  /** Subject of event.yaml whose account it is. */
  party: z.string().nullable(),
  /** UTC milliseconds of the account's earliest post in the data. */
  first_ms: z.number().nullable(),
  /** Roles within the data; each superlative is held by one account alone, ties give none. first*: the earliest post, when its time is known to the minute. igniter: begun in the hours before the peak, the post of most reposts. relay: most of its reach comes from posts of others that it reposted. party: of a subject of event.yaml. */
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
  /** Null when no author is known. posts: their posts. See Concentration of analyzers/concentration.ts. */
  authors: z.object({ authors: z.number(), posts: z.number(), gini: z.number(), top10: z.number().nullable(), top1: z.number().nullable(), effective: z.number() }).nullable(),
  /** 95 % intervals of these; null for few accounts. */
  intervals: z.object({ gini: interval, top10: interval, top1: interval, effective: interval }).nullable(),
  /** All reposts in the data. */
  reposts: z.number(),
  /** What the accounts are ranked by. */
  ranked_by: z.enum(["reach", "engagement", "posts"]),
  accounts: z.array(account),
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
    spreaders: ["author", "author_name", "author_type", "platform", "followers", "posts", "originals", "engagement", "reposts", "own", "remarks", "first_ms", "first_id", "party"],
    firsts: ["which", "id", "precision"],
    cascade_starts: ["hour", "author", "below"],
  },
  after: ["phases"],
  options,
  data,
  analyze({ audience, author_sizes, spreaders, firsts, cascade_starts }, { top, before, role }, context) {
    const { utcOffsetMs } = context;
    const sizes = author_sizes!.map((row): Sizes => ({ size: row.posts as number, authors: row.authors as number }));
    const reposts = sum(audience!.filter((row) => row.kind === "repost"));
    const posts = sum(audience!);
    const originals = audience!.filter((row) => row.kind === "original");
    const found: Data = {
      posts,
      kinds: shares(audience!, "kind", kinds).rows.map(({ value, ...row }) => ({ kind: value, ...row })),
      all: typesOf(audience!),
      originals: typesOf(originals),
      followers: tiersOf(audience!),
      authors: concentration(sizes),
      intervals: intervalsOf(sizes),
      reposts,
      ...ranked(spreaders!, firsts!, reposts, igniterOf(cascade_starts!, before, role, context), role, top),
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
        zh: "原创、转发、评论的分母为全部帖文；作者类型和粉丝档的分母为该项已知的帖文。基尼系数 = Σ(2i−n−1)x ÷ (nΣx)，x 为每个账号的帖文数；有效账号数 = 1 ÷ Σ份额²；区间为按账号自助抽样的 95% 区间。重点账号按影响排序：数据中由其帖文直接、间接带来的转发，加上他人在其帖文下的评论；没有时依次用互动数、发帖数；粉丝数不参与排序。一条转发可能经过几个账号，各账号的转发占比相加可超过 100%。首发指数据中最早的一条，不等于事件源头；引爆指峰值前若干小时内发出、其后转发最多的一条的作者；扩散指影响主要来自转发别人的账号；回应指事件文件给出的当事方账号。这些只是数据中的次序与数量，不说明动机。",
        en: "Originals, reposts and comments are shares of all posts; author types and follower tiers are shares of posts where that is known. Gini = Σ(2i−n−1)x ÷ (nΣx), x = posts of an account; effective number = 1 ÷ Σ share²; 95 % intervals by a bootstrap over accounts. Key accounts are ranked by influence: reposts in the data that came about through their posts, directly or not, and others' comments on these; else by engagement, else by posts; followers do not count. A repost may have passed several accounts: their shares can add up to more than 100 %. First means the earliest post in the data, not the origin of the event; set off: author of the post, of those in the hours before the peak, with most reposts below it; passed on: most of its influence comes from reposting others; party: an account that the event file gives. All this is order and number in the data and says nothing about motives.",
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

function concentration(sizes: readonly Sizes[]): Data["authors"] {
  const found = concentrationOf(sizes);
  if (found === null) return null;
  const { total, ...rest } = found;
  return { posts: total, ...rest };
}

/** Author of the post with most reposts below it among those of the hours before the peak; null without a peak whose hour is known, or when two are equal. */
function igniterOf(starts: Table, before: number, least: number, { findings, utcOffsetMs }: Context): number | null {
  const found = phasesAnalyzer.data.safeParse(findings.get("phases")?.data).data;
  if (!found?.peak || found.bins?.unit !== "slot") return null;
  const peak = Math.floor((found.peak.ms + utcOffsetMs) / hourMs);
  const within = starts.filter((row) => (row.hour as number) >= peak - before && (row.hour as number) < peak && (row.below as number) >= least);
  const most = within.reduce((high, row) => Math.max(high, row.below as number), 0);
  const holders = within.filter((row) => row.below === most);
  return holders.length === 1 ? (holders[0]!.author as number | null) : null;
}

function ranked(rows: Table, firsts: Table, reposts: number, igniter: number | null, role: number, top: number): Pick<Data, "ranked_by" | "accounts"> {
  const list = (rows as unknown as (Omit<Account, "roles" | "reach" | "share"> & { first_id: string | null })[]).map((row) => ({ ...row, reach: row.reposts + row.remarks, share: reposts === 0 ? null : row.reposts / reposts }));
  const by = list.some(({ reach }) => reach > 0) ? "reach" : list.some(({ engagement }) => engagement > 0) ? "engagement" : "posts";
  const most = (measure: "reach" | "engagement" | "posts") => {
    const best = list.reduce((high, row) => Math.max(high, row[measure]), 1);
    const holders = list.filter((row) => row[measure] === best);
    return holders.length === 1 && list.length > 1 ? holders[0]!.author : null;
  };
  const first = (which: string) => firsts.find((row) => row.which === which && row.precision !== "day")?.id ?? null;
  const superlatives = [[most("reach"), "most_reach"], [most("engagement"), "most_engaged"], [most("posts"), "most_posts"]] as const;
  const openings = [[first("all"), "first"], [first("media"), "first_media"], [first("official"), "first_official"]] as const;
  const sorted = [...list].sort((a, b) => b[by] - a[by] || b.engagement - a.engagement || b.posts - a.posts || a.author - b.author);
  return {
    ranked_by: by,
    accounts: sorted.slice(0, top).map(({ first_id, ...row }) => ({
      ...row,
      roles: [
        ...openings.filter(([id]) => id !== null && id === first_id).map(([, name]) => name),
        ...(row.author === igniter ? ["igniter" as const] : []),
        ...(row.reposts - row.own >= Math.max(role, row.own) ? ["relay" as const] : []),
        ...(row.party !== null ? ["party" as const] : []),
        ...superlatives.filter(([author]) => author === row.author).map(([, name]) => name),
      ],
    })),
  };
}

const follower: Record<(typeof tiers)[number], { gte: number; lt?: number }> = { "1m": { gte: 1_000_000 }, "100k": { gte: 100_000, lt: 1_000_000 }, "10k": { gte: 10_000, lt: 100_000 }, low: { gte: 0, lt: 10_000 } };
const measured = { reach: ["影响（带来的转发与评论）", "influence (reposts and comments brought about)"], engagement: ["互动数", "engagement"], posts: ["帖文", "posts"] } as const;

function figuresOf({ posts, kinds, all, originals, followers, authors, intervals, reposts, ranked_by, accounts }: Data): Figure[] {
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
    out.push({ key: "authors.gini", label: { zh: "账号发帖数的基尼系数", en: "Gini coefficient of posts per account" }, value: authors.gini, unit: "ratio", filter: null, ...plain, of: authors.authors, interval: intervals?.gini ?? null });
    out.push({ key: "authors.effective", label: { zh: "发帖的有效账号数", en: "effective number of accounts by posts" }, value: authors.effective, unit: "count", filter: null, ...plain, of: authors.authors, interval: intervals?.effective ?? null });
    if (authors.top10 !== null) out.push({ key: "authors.top10", label: { zh: "发帖最多的十个账号的帖文占比", en: "share of posts by the ten busiest accounts" }, value: authors.top10, unit: "share", filter: null, ...plain, of: authors.posts, interval: intervals?.top10 ?? null });
    if (authors.top1 !== null) out.push({ key: "authors.top1", label: { zh: "发帖最多的 1% 账号的帖文占比", en: "share of posts by the busiest 1 % of accounts" }, value: authors.top1, unit: "share", filter: null, ...plain, of: authors.posts, interval: intervals?.top1 ?? null });
  }
  const [zh, en] = measured[ranked_by];
  accounts.forEach((account, i) => {
    const name = { zh: account.author_name ?? "未知账号", en: account.author_name ?? "unknown account" };
    const own = { filter: null, ...plain };
    out.push({ key: `account.${ranked_by}.${i + 1}`, label: { zh: `${name.zh} ${zh}`, en: `${name.en}: ${en}` }, value: account[ranked_by], unit: ranked_by === "posts" ? "posts" : "count", ...own, filter: ranked_by === "reach" ? null : { author: account.author } });
    if (ranked_by !== "reach") return;
    out.push({ key: `account.reposts.${i + 1}`, label: { zh: `${name.zh} 带来的转发`, en: `${name.en}: reposts brought about` }, value: account.reposts, unit: "posts", ...own });
    if (account.share !== null) out.push({ key: `account.share.${i + 1}`, label: { zh: `${name.zh} 带来的转发占全部转发`, en: `${name.en}: share of all reposts` }, value: account.share, unit: "share", ...own, of: reposts });
    if (account.remarks > 0) out.push({ key: `account.remarks.${i + 1}`, label: { zh: `${name.zh} 帖文下的评论`, en: `${name.en}: comments on its posts` }, value: account.remarks, unit: "posts", ...own });
  });
  return out;
}
