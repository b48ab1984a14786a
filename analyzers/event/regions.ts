import { z } from "zod";
import type { EventAnalyzer, Figure, Table } from "../contract.ts";
import { divisions, fullName } from "../divisions.ts";
import { designEffect, groupEffect, locationQuotients, type GroupSums } from "../location-quotient.ts";
import { population } from "../population.ts";
import { nameOf } from "../../reports/names.ts";

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
  /** Cities and counties that texts name themselves (a county does not count for its city), most posts first, at most 300; share of posts with text. */
  places: z.array(z.object({ code: z.string(), name: z.string(), level: z.enum(["city", "county"]), posts: z.number(), share: z.number() })),
  /** Posts with a name that several places share and nothing tells apart, and the names. */
  unclear: z.object({ posts: z.number(), names: z.array(z.object({ name: z.string(), posts: z.number() })) }),
  /** The publisher source that map and quotients speak of; null when neither is known. */
  shown: z.enum(["ip", "profile"]).nullable(),
  /** Location quotients of the shown source in author-days, largest first. */
  quotients: z.array(z.object({ region: z.string(), observed: z.number(), expected: z.number(), quotient: z.number(), shrunk: z.number(), interval: z.tuple([z.number(), z.number()]), p: z.number(), marked: z.boolean() })),
  /** Variance inflation by accounts that post on several days and by copies of one text; null when most posts have no known author: then nothing is marked. */
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
  requires: { regions: ["day", "source", "region", "posts", "author_days"], coverage: ["posts", "worded"], author_sizes: ["posts", "authors"], region_clusters: ["source", "grouping", "region", "author_days", "squares", "products"] },
  after: [],
  options,
  data,
  analyze({ regions, coverage, author_sizes, region_clusters }, { top }, { event }) {
    const total = sum(coverage!, "posts");
    const list = sources.map((source) => locate(source, regions!.filter((row) => row.source === source && row.region !== null), sum(coverage!, "worded")));
    const [ip, profile] = list as [Located, Located, Located];
    const shown = ip.of >= least || ip.of >= profile.of ? (ip.of > 0 ? "ip" : null) : "profile";
    const effect = mostlyAuthored(author_sizes!, total) ? effectOf(region_clusters!.filter((row) => row.source === shown)) : null;
    const observed = countBy(regions!.filter((row) => row.source === shown && row.region !== null), "author_days");
    const quotients = locationQuotients(observed, population().residents, effect ?? 1)
      .map((row) => ({ ...row, marked: row.marked && effect !== null }))
      .sort((a, b) => b.shrunk - a.shrunk || b.observed - a.observed || byCodePoint(a.region, b.region));
    const known = list.some((one) => one.regions.length + one.apart.length > 0);
    const found: Data = {
      sources: list,
      ...named(regions!, sum(coverage!, "worded")),
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
        zh: `发布地（IP 属地）、账号资料地区、正文提到的省份分列，互不相加；占比的分母为该来源已知的帖文（提到：有文字的帖文，一条可提到多省）。市、县只计文中点名的那一级；同名地名由前后 12 字内的上级地名或事发地区分，分辨不出的单列，不猜；判断只看文字，不看发布者所在地。区位商 = 某省人次占比 ÷ 其人口占比，人次为每作者每天一次，基数为 ${population().name.zh}（第七次全国人口普查公报第三号，31 个省级行政区，不含港澳台）；按经验贝叶斯向 1 收缩（Marshall 1991），方差按同一账号多日发帖、同一文本被多账号复制放大（聚类稳健方差，作者与文本簇两向）。平台用户的地区构成与常住人口不同，偏多不等于当地更关注。▲▼ 须 BH q < 0.05、偏离至少 0.2、有效人次至少 20。`,
        en: `IP region, profile region and provinces mentioned are listed apart and never added; shares are of posts whose region is known (mentioned: posts with text; one may mention several). Cities and counties count as named; a name that several places share is told apart by a parent within 12 characters or by the event's region, else listed apart, never guessed; only words decide, not where the author is. Location quotient = share of author-days ÷ share of residents, base: ${population().name.en} (communiqué no. 3, 31 provincial units, without Hong Kong, Macao and Taiwan); shrunk towards 1 by empirical Bayes (Marshall 1991), variances widened for accounts that post on several days and for copies of one text (cluster-robust, by author and by text cluster). Users of a platform are not spread like residents: more posts need not mean more attention. ▲▼ need BH q < 0.05, a deviation of 0.2 and 20 effective author-days.`,
      },
      figures: [...list.flatMap((one) => figuresOf(one, top, found)), ...placeFigures(found)],
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

/** Cities, counties and shared names in texts. */
function named(rows: Table, worded: number): Pick<Data, "places" | "unclear"> {
  const count = (source: string) => [...countBy(rows.filter((row) => row.source === source), "posts")].sort(([a, x], [b, y]) => y - x || byCodePoint(a, b));
  const unclear = count("unclear");
  return {
    places: count("place").slice(0, 300).map(([code, posts]) => ({ code, name: fullName(code), level: divisions().get(code)!.level as "city" | "county", posts, share: posts / worded })),
    unclear: { posts: unclear.find(([name]) => name === "?")?.[1] ?? 0, names: unclear.filter(([name]) => name !== "?").slice(0, 20).map(([name, posts]) => ({ name: name.slice(1), posts })) },
  };
}

/** When most posts have no known author, how far posts hang together cannot be told. */
function mostlyAuthored(sizes: Table, total: number): boolean {
  return total > 0 && sizes.reduce((posts, row) => posts + (row.posts as number) * (row.authors as number), 0) * 2 >= total;
}

function effectOf(rows: Table): number {
  const effect = (grouping: string): number => {
    const mine = rows.filter((row) => row.grouping === grouping);
    return groupEffect(mine as unknown as GroupSums[], population().residents, sum(mine, "author_days"));
  };
  return designEffect(effect("author"), effect("text"), effect("both"));
}

const wordings = {
  ip: { column: "region_ip", zh: "IP 属地", en: "IP region" },
  profile: { column: "region_profile", zh: "资料地区", en: "profile region" },
  mentioned: { column: "mentioned", zh: "提到", en: "mentions of" },
} as const;

function figuresOf({ source, of, regions, apart }: Located, top: number, { quotients, shown, event_region }: Data): Figure[] {
  if (regions.length + apart.length === 0) return [];
  const { column, zh, en } = wordings[source];
  const listed = regions.filter(({ region }, i) => i < top || region === event_region);
  const exact = { interval: null, estimate: false };
  const base = source === "mentioned" ? { worded: 1 } : { [column]: [...regions, ...apart].map(({ region }) => region).sort(byCodePoint) };
  return [
    { key: `${source}.of`, label: source === "mentioned" ? { zh: "有文字的帖文", en: "posts with text" } : { zh: `${zh}已知的帖文`, en: `posts with a known ${en}` }, value: of, unit: "posts", of: null, filter: base, ...exact },
    ...[...listed, ...apart].flatMap(({ region, posts, share }): Figure[] => [
...(of < least ? [{ key: `${source}.posts.${region}`, label: { zh: `${zh}${region}的帖文`, en: `posts, ${en} ${nameOf("region", region, "en")}` }, value: posts, unit: "posts", of: null, filter: { [column]: region }, ...exact } satisfies Figure] : []),
      { key: `${source}.share.${region}`, label: { zh: `${zh}${region}的占比`, en: `share, ${en} ${nameOf("region", region, "en")}` }, value: share, unit: "share", of, filter: { [column]: region }, ...exact },
    ]),
    ...quotients
      .filter(({ marked }) => marked && source === shown)
      .map(({ region, shrunk, interval, observed }): Figure => ({ key: `${source}.quotient.${region}`, label: { zh: `${region}的区位商（收缩后）`, en: `location quotient of ${nameOf("region", region, "en")} (shrunk)` }, value: shrunk, unit: "ratio", of: observed, interval, filter: { [column]: region, author_first: 1 }, estimate: false })),
  ];
}

/** Posts that must name a city or county for it to be listed; fewer than three such places are no list. */
const leastNamed = 5;
/** Places that the report lists: none when too few posts name one. */
export function listedPlaces({ places }: Pick<Data, "places">): Data["places"] {
  const enough = places.filter(({ posts }) => posts >= leastNamed).slice(0, 12);
  return enough.length < 3 ? [] : enough;
}

function placeFigures(found: Data): Figure[] {
  const exact = { interval: null, estimate: false };
  const { posts } = found.unclear;
  return [
    ...listedPlaces(found).map(({ code, name, posts }): Figure => ({ key: `place.posts.${code}`, label: { zh: `点名${name}的帖文`, en: `posts that name ${name}` }, value: posts, unit: "posts", of: null, filter: { mentioned: code }, ...exact })),
    ...(posts > 0 ? [{ key: "unclear.posts", label: { zh: "提到多地同名、无法分辨的地名的帖文", en: "posts with a place name that several places share" }, value: posts, unit: "posts", of: null, filter: { mentioned: "?" }, ...exact } satisfies Figure] : []),
  ];
}
