import { z } from "zod";
import type { EventAnalyzer, Figure, Table } from "../contract.ts";
import { designEffect, locationQuotients } from "../location-quotient.ts";
import { population } from "../population.ts";

const options = z.strictObject({
  top: z.number().int().min(3).max(40).default(12).describe("regions per source that become figures"),
});

/** ip 发布地（IP 属地）, profile 账号资料所填地区, mentioned 正文提到的省份: three questions, never added together. */
const sources = ["ip", "profile", "mentioned"] as const;
type Source = (typeof sources)[number];
/** Known answers that are no province. */
const apart = ["海外", "其他"];

const data = z.object({
  sources: z.array(
    z.object({
      source: z.enum(sources),
      /** Denominator of the shares. ip, profile: posts whose region is known. mentioned: posts with text (a post may mention several provinces, or none). */
      of: z.number(),
      /** Provinces, most posts first. expected: posts if the provinces of the base posted in proportion to residents; null outside the base and for mentioned. */
      regions: z.array(z.object({ region: z.string(), posts: z.number(), share: z.number(), expected: z.number().nullable() })),
      /** 海外 and 其他. */
      apart: z.array(z.object({ region: z.string(), posts: z.number(), share: z.number() })),
    }),
  ),
  /** The publisher source that map and quotients speak of; null when neither is known. */
  shown: z.enum(["ip", "profile"]).nullable(),
  /** Location quotients of the shown source in author-days, largest first. */
  quotients: z.array(z.object({ region: z.string(), observed: z.number(), expected: z.number(), quotient: z.number(), shrunk: z.number(), interval: z.tuple([z.number(), z.number()]), p: z.number(), marked: z.boolean() })),
  /** Variance inflation by accounts that post on several days; null when most posts have no known author: then nothing is marked. */
  design_effect: z.number().nullable(),
  base: z.object({ zh: z.string(), en: z.string() }),
  /** Province of event.yaml, as a key of the data; null when not given or not seen. */
  event_region: z.string().nullable(),
});
type Data = z.infer<typeof data>;
type Located = Data["sources"][number];

export const regions: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "regions",
  question: { zh: "哪些地方的人在说，说到哪些地方？", en: "Where do people post from, and which places do they mention?" },
  requires: { regions: ["day", "source", "region", "posts", "author_days"], coverage: ["posts", "worded"], author_sizes: ["posts", "authors"] },
  after: [],
  options,
  data,
  analyze({ regions, coverage, author_sizes }, { top }, { event }) {
    const total = sum(coverage!, "posts");
    const list = sources.map((source) => locate(source, regions!.filter((row) => row.source === source && row.region !== null), sum(coverage!, "worded")));
    const [ip, profile] = list as [Located, Located, Located];
    const shown = ip.of >= least || ip.of >= profile.of ? (ip.of > 0 ? "ip" : null) : "profile";
    const effect = effectOf(author_sizes!, new Set(regions!.map((row) => row.day)).size, total);
    const observed = countBy(regions!.filter((row) => row.source === shown && row.region !== null), "author_days");
    const quotients = locationQuotients(observed, population().residents, effect ?? 1)
      .map((row) => ({ ...row, marked: row.marked && effect !== null }))
      .sort((a, b) => b.shrunk - a.shrunk || b.observed - a.observed || byCodePoint(a.region, b.region));
    const known = list.some((one) => one.regions.length + one.apart.length > 0);
    const found: Data = {
      sources: list,
      shown,
      quotients,
      design_effect: effect,
      base: population().name,
      event_region: list.flatMap((one) => one.regions).find(({ region }) => event.region?.startsWith(region))?.region ?? null,
    };
    return {
      status: total === 0 ? "empty" : known ? "ok" : "unavailable",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : known ? null : { zh: "数据没有 IP 属地和资料地区，正文也未提到省份", en: "the data has neither IP regions nor profile regions, and no text mentions a province" },
      lens: "posts",
      coverage: { posts: list.find(({ source }) => source === (shown ?? "mentioned"))!.of, of: total },
      method: {
        zh: `发布地（IP 属地）、账号资料地区、正文提到的省份分列，互不相加；占比的分母为该来源已知的帖文（提到：有文字的帖文，一条可提到多省）。区位商 = 某省人次占比 ÷ 其人口占比，人次为每作者每天一次，基数为 ${population().name.zh}（第七次全国人口普查公报第三号，31 个省级行政区，不含港澳台）；按经验贝叶斯向 1 收缩（Marshall 1991），方差按同一账号多日发帖放大。平台用户的地区构成与常住人口不同，偏多不等于当地更关注。▲▼ 须 BH q < 0.05、偏离至少 0.2、有效人次至少 20。`,
        en: `IP region, profile region and provinces mentioned are listed apart and never added; shares are of posts whose region is known (mentioned: posts with text; one may mention several). Location quotient = share of author-days ÷ share of residents, base: ${population().name.en} (communiqué no. 3, 31 provincial units, without Hong Kong, Macao and Taiwan); shrunk towards 1 by empirical Bayes (Marshall 1991), variances widened for accounts that post on several days. Users of a platform are not spread like residents: more posts need not mean more attention. ▲▼ need BH q < 0.05, a deviation of 0.2 and 20 effective author-days.`,
      },
      figures: list.flatMap((one) => figuresOf(one, top, found)),
      data: found,
    };
  },
};

/** Posts below which no share is told. */
export const least = 20;
const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sum(rows: Table, column: string): number {
  return rows.reduce((total, row) => total + (row[column] as number), 0);
}

function countBy(rows: Table, measure: "posts" | "author_days"): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.region as string, (counts.get(row.region as string) ?? 0) + (row[measure] as number));
  return counts;
}

function locate(source: Source, rows: Table, worded: number): Located {
  const posts = countBy(rows, "posts");
  const of = source === "mentioned" ? worded : sum(rows, "posts");
  const { residents } = population();
  const inBase = [...residents.keys()].reduce((total, region) => total + (posts.get(region) ?? 0), 0);
  const people = [...residents.values()].reduce((total, value) => total + value, 0);
  const expected = (region: string) => (source !== "mentioned" && residents.has(region) ? (inBase * residents.get(region)!) / people : null);
  const ranked = [...posts].map(([region, count]) => ({ region, posts: count, share: count / of })).sort((a, b) => b.posts - a.posts || byCodePoint(a.region, b.region));
  return {
    source,
    of,
    regions: ranked.filter(({ region }) => !apart.includes(region)).map((row) => ({ ...row, expected: expected(row.region) })),
    apart: ranked.filter(({ region }) => apart.includes(region)),
  };
}

/** Null when most posts have no known author: how far posts hang together cannot be told. */
function effectOf(sizes: Table, days: number, total: number): number | null {
  const authored = sizes.reduce((posts, row) => posts + (row.posts as number) * (row.authors as number), 0);
  return authored * 2 < total || total === 0 ? null : designEffect(sizes as unknown as { posts: number; authors: number }[], days, total - authored);
}

const named = {
  ip: { column: "region_ip", zh: "IP 属地", en: "IP region" },
  profile: { column: "region_profile", zh: "资料地区", en: "profile region" },
  mentioned: { column: "mentioned", zh: "提到", en: "mentions of" },
} as const;

function figuresOf({ source, of, regions, apart }: Located, top: number, { quotients, shown, event_region }: Data): Figure[] {
  if (regions.length + apart.length === 0) return [];
  const { column, zh, en } = named[source];
  const listed = regions.filter(({ region }, i) => i < top || region === event_region);
  const exact = { interval: null, estimate: false };
  const base = source === "mentioned" ? { worded: 1 } : { [column]: [...regions, ...apart].map(({ region }) => region).sort(byCodePoint) };
  return [
    { key: `${source}.of`, label: source === "mentioned" ? { zh: "有文字的帖文", en: "posts with text" } : { zh: `${zh}已知的帖文`, en: `posts with a known ${en}` }, value: of, unit: "posts", of: null, filter: base, ...exact },
    ...[...listed, ...apart].flatMap(({ region, posts, share }): Figure[] => [
...(of < least ? [{ key: `${source}.posts.${region}`, label: { zh: `${zh}${region}的帖文`, en: `posts, ${en} ${region}` }, value: posts, unit: "posts", of: null, filter: { [column]: region }, ...exact } satisfies Figure] : []),
      { key: `${source}.share.${region}`, label: { zh: `${zh}${region}的占比`, en: `share, ${en} ${region}` }, value: share, unit: "share", of, filter: { [column]: region }, ...exact },
    ]),
    ...quotients
      .filter(({ marked }) => marked && source === shown)
      .map(({ region, shrunk, interval, observed }): Figure => ({ key: `${source}.quotient.${region}`, label: { zh: `${region}的区位商（收缩后）`, en: `location quotient of ${region} (shrunk)` }, value: shrunk, unit: "ratio", of: observed, interval, filter: { [column]: region, author_first: 1 }, estimate: false })),
  ];
}
