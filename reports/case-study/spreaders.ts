import type { z } from "zod";
import { least, spreaders as analyzer } from "../../analyzers/event/spreaders.ts";
import type { Finding } from "../../analyzers/contract.ts";
import { printable, type Language } from "../../pipeline/errors.ts";
import { textWidth } from "../charts/measure.ts";
import { palette } from "../charts/theme.ts";
import { postsText, sizeText, tip, tipped } from "../charts/tip.ts";
import type { Chart, Part, Section } from "../contract.ts";
import { count, instant, integer, share, wholes } from "../format.ts";
import { nameOf } from "../names.ts";
import { teller, titled } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Account = Data["accounts"][number];

const roleNames: Record<Account["roles"][number], [zh: string, en: string]> = {
  first: ["首发", "1st"],
  first_media: ["媒体首发", "media 1st"],
  first_official: ["政务首发", "gov. 1st"],
  igniter: ["引爆", "set off"],
  relay: ["扩散", "passed on"],
  party: ["回应", "party"],
  most_reach: ["影响最大", "most influence"],
  most_engaged: ["互动最多", "most engagement"],
  most_posts: ["发帖最多", "most posts"],
};
const superlative = { reach: "most_reach", engagement: "most_engaged", posts: "most_posts" } as const;
const measures: Record<Data["ranked_by"], [zh: string, en: string]> = { reach: ["影响：由其帖文带来的转发与其下的评论（数据可见）", "influence: reposts and comments that its posts brought about, in the data"], engagement: ["互动数（转评赞）", "engagement (reposts, comments, likes)"], posts: ["帖文数", "posts"] };
const columns: Record<Data["missing"][number], [zh: string, en: string]> = { author: ["作者", "authors"], author_type: ["作者类型", "author types"], followers: ["粉丝数", "follower counts"] };

export const spreaders: Section<Data> = {
  id: "spreaders",
  heading: { zh: "传播人群", en: "Who spreads it" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const zh = language === "zh";
    const { say, fact } = teller(finding, language);
    const { posts, kinds, all, originals, followers, authors, accounts, ranked_by, reposts, missing } = finding.data;
    const joined = (list: Part[][]): Part[] => list.flatMap((parts, i) => (i === 0 ? parts : [zh ? "，" : ", ", ...parts]));
    const item = (name: string, key: string, n: number, shown?: string): Part[] => [name, zh && n >= least ? "占 " : " ", n < least ? fact(key.replace(".share.", ".posts.")) : fact(key, shown)];
    const known = kinds.filter((row) => row.posts > 0);
    const shares = wholes(known.map((row) => row.posts / posts), language);
    const kindParts = joined(known.map(({ kind }, i) => item(nameOf("kind", kind, language), `kind.share.${kind}`, posts, shares[i])));
    const typeParts = (prefix: string, { known, types }: Data["all"]) => joined(types.slice(0, 3).map(({ type }) => item(nameOf("author_type", type, language), `${prefix}.share.${type}`, known)));
    const lead = accounts[0];
    const name = lead?.roles.includes(superlative[ranked_by]) && lead.author_name !== null ? shorten(lead.author_name, 20) : null;
    const account = fact.bind(null, `account.${ranked_by}.1`);
    const reached: Part[] = lead === undefined || ranked_by !== "reach" ? [] : [
      ...(lead.reposts === 0 ? [] : zh ? ["，由其帖文带来的转发 ", fact("account.reposts.1"), ...(lead.share === null || reposts < least ? [] : ["，占全部转发的 ", fact("account.share.1")])] : [": reposts brought about ", fact("account.reposts.1"), ...(lead.share === null || reposts < least ? [] : [", ", fact("account.share.1"), " of all reposts"])]),
      ...(lead.remarks === 0 ? [] : zh ? ["，其帖文下的评论 ", fact("account.remarks.1")] : ["; comments on its posts ", fact("account.remarks.1")]),
    ];
    const igniter = accounts.find((row) => row.roles.includes("igniter") && row.author_name !== null)?.author_name ?? null;
    const spread: Part[] = authors === null || authors.authors < 100 ? [] : zh ? ["，相当于 ", fact("authors.effective"), "个账号平均发帖的集中程度"] : [", as concentrated as ", fact("authors.effective"), " accounts of equal output"];
    const absent = missing.map((column) => columns[column][zh ? 0 : 1]).join(zh ? "、" : ", ");
    if (zh) {
      return [
        say`全部 ${fact("posts")}帖文中，${kindParts}。`,
        ...(all.known > 0 ? [say`作者类型已知的 ${fact("author_type.known")}帖文中，${typeParts("author_type", all)}${originals.known > 0 ? ["；其中原创 ", fact("original_type.known"), "，", ...typeParts("original_type", originals)] : []}。`] : []),
        ...(authors ? [say`共 ${fact("authors.count")}参与${authors.top10 === null || authors.posts < least ? [] : ["，发帖最多的十个账号占其帖文的 ", fact("authors.top10"), ...spread]}${followers.known >= least ? ["；粉丝数已知的帖文中，百万粉以上账号占 ", fact("tier.share.1m")] : []}。`] : []),
        ...(name !== null ? [ranked_by === "reach" ? say`数据中影响最大的账号是${name}${reached}。` : ranked_by === "engagement" ? say`数据中互动数最高的账号是${name}，转评赞合计 ${account()}。` : say`数据中发帖最多的账号是${name}，共 ${account()}。`] : []),
        ...(igniter !== null ? [say`峰值前几小时内发出、其后转发最多的一条出自${shorten(igniter, 20)}。`] : []),
        ...(missing.length > 0 ? [say`数据没有${absent}，相应部分从略。`] : []),
      ];
    }
    return [
      say`Of ${fact("posts")}: ${kindParts}.`,
      ...(all.known > 0 ? [say`Of ${fact("author_type.known")} with a known author type: ${typeParts("author_type", all)}${originals.known > 0 ? ["; of the originals among them (", fact("original_type.known"), "): ", ...typeParts("original_type", originals)] : []}.`] : []),
      ...(authors ? [say`${fact("authors.count")} took part${authors.top10 === null || authors.posts < least ? [] : ["; the ten busiest wrote ", fact("authors.top10"), " of their posts", ...spread]}${followers.known >= least ? ["; of posts with a known follower count, accounts above a million followers wrote ", fact("tier.share.1m")] : []}.`] : []),
      ...(name !== null ? [ranked_by === "reach" ? say`Most influence in the data: ${name}${reached}.` : ranked_by === "engagement" ? say`Most engagement in the data: ${name}, ${account()} reposts, comments and likes.` : say`Most posts in the data: ${name}, ${account()}.`] : []),
      ...(igniter !== null ? [say`Of the posts in the hours before the peak the one with most reposts below it is by ${shorten(igniter, 20)}.`] : []),
      ...(missing.length > 0 ? [say`The data has no ${absent}; those parts are left out.`] : []),
    ];
  },

  charts(finding, language) {
    return [typeChart(finding, language), accountChart(finding.data, language)].filter((chart) => chart !== null);
  },
};

/** The first `length` characters on one line, without control characters that could turn the text around; … marks the cut. */
function shorten(text: string, length: number): string {
  const characters = [...printable(text.replace(/\s+/gu, " ").trim())];
  return characters.length > length ? `${characters.slice(0, length).join("")}…` : characters.join("");
}

/** Author types among all posts and among originals. */
function typeChart(finding: Finding<Data>, language: Language): Chart | null {
  const { all, originals } = finding.data;
  if (all.known < least || all.types.length < 2) return null;
  const zh = language === "zh";
  const groups = [
    { name: zh ? "全部帖文" : "all posts", key: "author_type", ...all, colour: palette.muted },
    ...(originals.known >= least && originals.known < 0.95 * all.known ? [{ name: zh ? "原创" : "originals", key: "original_type", ...originals, colour: palette.accent }] : []),
  ];
  const types = all.types.map(({ type }) => ({ type, name: nameOf("author_type", type, language) }));
  const of = (group: Data["all"], type: string) => group.types.find((row) => row.type === type) ?? { posts: 0, share: 0 };
  const last = groups.at(-1)!;
  const [first, second] = last.types as [Data["all"]["types"][number], Data["all"]["types"][number] | undefined];
  const lead = nameOf("author_type", first.type, language);
  const { say, fact } = teller(finding, language);
  const part = fact(`${last.key}.share.${first.type}`);
  const title = first.posts === second?.posts ? [zh ? "作者类型构成" : "Author types"] : zh ? say`${last.name}中${lead}最多，占 ${part}` : say`${lead}: the largest share of ${last.name}, ${part}`;
  return {
    id: "spreaders-types",
    ...titled(title),
    note: `${zh ? "占作者类型已知帖文的比例；" : "share of posts with a known author type; "}${groups.map(({ name, known }) => `${name} n = ${integer(known, language)}`).join(zh ? "，" : ", ")}`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values: groups.flatMap((group) => types.map(({ type, name }) => ({ name, group: group.name, share: of(group, type).share, label: share(of(group, type).share, language), tip: tip(`${name} · ${group.name}`, postsText(of(group, type).posts, language), [share(of(group, type).share, language), sizeText(group.known, language)], language) }))) },
        encoding: {
          y: { field: "name", type: "nominal", sort: null, axis: { title: null } },
          yOffset: { field: "group", sort: groups.map(({ name }) => name) },
          x: { field: "share", type: "quantitative", scale: { domainMax: 1.25 * Math.max(...groups.flatMap((group) => group.types.map((row) => row.share))), nice: false }, axis: { title: null, format: ".0%" } },
        },
        layer: [
          { mark: { type: "bar" }, encoding: { color: { field: "group", type: "nominal", scale: { domain: groups.map(({ name }) => name), range: groups.map(({ colour }) => colour) }, legend: groups.length > 1 ? { title: null } : null }, ...tipped } },
          { mark: { type: "text", align: "left", dx: 4 }, encoding: { text: { field: "label" } } },
        ],
        height: { step: groups.length > 1 ? 20 : 26 },
      },
    },
    table: {
      columns: [{ key: "name", label: zh ? "作者类型" : "author type" }, ...groups.map(({ name }, i) => ({ key: `g${i}`, label: name, align: "right" as const }))],
      rows: types.map(({ type, name }) => ({ name, ...Object.fromEntries(groups.map((group, i) => [`g${i}`, `${integer(of(group, type).posts, language)} (${share(of(group, type).share, language)})`])) })),
    },
  };
}

/** Upper end of an axis on which every label behind its bar fits, also on a phone, where bars have about 200 px. */
function room(bars: readonly { value: number; label: string }[]): number {
  return Math.max(1, ...bars.map(({ value, label }) => (value * 200) / Math.max(40, 190 - textWidth(label, 12))));
}

function accountChart({ accounts, ranked_by, utc_offset_ms }: Data, language: Language): Chart | null {
  if (accounts.length < 2) return null;
  const zh = language === "zh";
  const pick = (pair: readonly [string, string]) => pair[zh ? 0 : 1];
  const roles = (row: Account) => row.roles.map((role) => pick(roleNames[role])).join(zh ? "、" : ", ");
  const name = (row: Account) => row.author_name ?? (zh ? "未知账号" : "unknown account");
  const values = accounts.map((row, i) => ({ name: `${i + 1}. ${shorten(name(row), 12)}`, value: row[ranked_by], label: [count(row[ranked_by], language), ...row.roles.filter((role) => role.startsWith("first") || role === "igniter" || role === "party").slice(0, 1).map((role) => pick(roleNames[role]))].join(" · "), tip: tip(name(row), integer(row[ranked_by], language), [roles(row)], language) }));
  const lead = accounts[0]!;
  const leads = lead.author_name !== null && lead.roles.includes(superlative[ranked_by]);
  return {
    id: "spreaders-accounts",
    title: leads ? `${shorten(name(lead), 20)}${zh ? "" : ": "}${pick(roleNames[superlative[ranked_by]])}` : zh ? "重点账号" : "Key accounts",
    note: zh ? `单位与次序：${pick(measures[ranked_by])}` : `unit and order: ${pick(measures[ranked_by])}`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values },
        encoding: { y: { field: "name", type: "nominal", sort: null, axis: { title: null } }, x: { field: "value", type: "quantitative", scale: { domainMax: room(values), nice: false }, axis: { title: null, format: "~s" } } },
        layer: [{ mark: { type: "bar" }, encoding: tipped }, { mark: { type: "text", align: "left", dx: 4 }, encoding: { text: { field: "label" } } }],
        height: { step: 26 },
      },
    },
    table: {
      columns: [
        { key: "name", label: zh ? "账号" : "account" },
        { key: "roles", label: zh ? "角色" : "role" },
        { key: "type", label: zh ? "类型" : "type" },
        { key: "platform", label: zh ? "平台" : "platform" },
        ...(["followers", "posts", "originals", "engagement", "reposts", "share", "remarks"] as const).map((key, i) => ({ key, label: pick([["粉丝", "followers"], ["帖文", "posts"], ["原创", "originals"], ["互动", "engagement"], ["带来转发", "reposts brought about"], ["占全部转发", "of all reposts"], ["其下评论", "comments on its posts"]][i] as [string, string]), align: "right" as const })),
        { key: "first", label: zh ? "数据中最早一条" : "first post in the data" },
      ],
      rows: accounts.map((row) => ({
        name: name(row),
        roles: roles(row) || "—",
        type: nameOf("author_type", row.author_type, language),
        platform: nameOf("platform", row.platform, language),
        followers: integer(row.followers, language),
        posts: integer(row.posts, language),
        originals: integer(row.originals, language),
        engagement: integer(row.engagement, language),
        reposts: integer(row.reposts, language),
        share: row.share === null ? "—" : share(row.share, language),
        remarks: integer(row.remarks, language),
        first: instant(row.first_ms, language, utc_offset_ms, "day"),
      })),
    },
  };
}
