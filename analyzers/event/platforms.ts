import { z } from "zod";
import type { EventAnalyzer, Figure } from "../contract.ts";
import { lenses } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";

const options = z.strictObject({
  top: z.number().int().min(1).max(50).default(12).describe("platforms listed by name; the rest are summed"),
});
const measures = z.object({ posts: z.number(), originals: z.number(), author_days: z.number(), engagement: z.number() });
const data = z.object({
  /** Largest first; `platform` null = the source did not say. A post of no known platform may still have a channel, where the source gives the kind of medium. */
  platforms: z.array(measures.extend({ platform: z.string().nullable(), channel: z.string().nullable() })),
  /** Posts of the known platforms below the cut. */
  rest: z.number(),
  /** By kind of channel, largest first. */
  channels: z.array(measures.extend({ channel: z.string().nullable() })),
  /** The largest platform under each lens; more than one name = the ranking depends on how one counts. */
  first: z.record(z.string(), z.string().nullable()),
});
type Data = z.infer<typeof data>;
type Measures = z.infer<typeof measures>;

export const platforms: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "platforms",
  question: { zh: "主要在哪些平台上传播？", en: "On which platforms did it spread?" },
  requires: { volume: ["platform", "channel", ...lenses] },
  after: [],
  options,
  data,
  analyze({ volume }, { top }) {
    const byPlatform = new Map<string, Measures & { platform: string | null; channel: string | null }>();
    const byChannel = new Map<string, Measures & { channel: string | null }>();
    let total = 0;
    for (const row of volume!) {
      const platform = row.platform as string | null;
      const channel = row.channel as string | null;
      add(byPlatform, `${platform}`, { platform, channel }, row as unknown as Measures);
      add(byChannel, `${channel}`, { channel }, row as unknown as Measures);
      total += row.posts as number;
    }
    const ranked = [...byPlatform.values()].sort((a, b) => b.posts - a.posts || (`${a.platform}` < `${b.platform}` ? -1 : 1));
    const channels = [...byChannel.values()].sort((a, b) => b.posts - a.posts || (`${a.channel}` < `${b.channel}` ? -1 : 1));
    const named = ranked.filter((row) => row.platform !== null);
    const known = named.reduce((sum, row) => sum + row.posts, 0);
    const routed = channels.filter((row) => row.channel !== null);
    const routes = routed.reduce((sum, row) => sum + row.posts, 0);
    const news = channels.filter(({ channel }) => channel === "news" || channel === "app");
    const press = { posts: news.reduce((sum, { posts }) => sum + posts, 0), channels: news.map(({ channel }) => channel!).sort() };
    const silent = known + routes === 0;
    const first = Object.fromEntries(lenses.map((lens) => [lens, named.filter((row) => row[lens] > 0).sort((a, b) => b[lens] - a[lens] || (a.platform! < b.platform! ? -1 : 1))[0]?.platform ?? null]));

    return {
      status: total === 0 ? "empty" : silent ? "unavailable" : "ok",
      reason: total === 0 ? { zh: "没有帖文", en: "no posts" } : silent ? { zh: "数据没有平台或来源网站一列", en: "the data has no platform or site column" } : null,
      lens: "posts",
      coverage: { posts: known === 0 ? routes : known, of: total },
      method: {
        zh: "平台按来源网站、媒体类型或链接域名，渠道按平台，平台不详的按媒体类型；平台的分母为平台已知的帖文，渠道的为渠道已知的帖文，均含转发。",
        en: "Platform from site name, media type or link domain; channel from the platform, else from the media type. Shares of platforms are of posts with a known platform, shares of channels of posts with a known channel, reposts included.",
      },
      figures: [
        plain("posts.known", { zh: "平台已知的帖文", en: "posts with a known platform" }, known, null),
        ...named.slice(0, top).flatMap((row) => shareOf("platform", row.platform!, row.posts, known)),
        plain("channels.known", { zh: "渠道已知的帖文", en: "posts with a known channel" }, routes, null),
        ...(press.posts === 0
          ? []
          : [
              plain("press.posts", { zh: "新闻客户端与新闻网站的帖文", en: "posts on news apps and sites" }, press.posts, { channel: press.channels }),
              { key: "press.share", label: { zh: "新闻客户端与新闻网站合计的占比", en: "share of news apps and sites together" }, value: press.posts / routes, unit: "share" as const, of: routes, interval: null, filter: { channel: press.channels }, estimate: false },
            ]),
        ...routed.flatMap((row) => shareOf("channel", row.channel!, row.posts, routes)),
      ],
      data: { platforms: ranked.filter((row) => row.platform === null || named.indexOf(row) < top), rest: named.slice(top).reduce((sum, row) => sum + row.posts, 0), channels, first },
    };
  },
};

function add<T extends Measures>(groups: Map<string, T>, key: string, dimensions: Omit<T, keyof Measures>, row: Measures): void {
  const group = groups.get(key) ?? ({ ...dimensions, posts: 0, originals: 0, author_days: 0, engagement: 0 } as T);
  for (const lens of lenses) group[lens] += row[lens];
  groups.set(key, group);
}

function plain(key: string, label: Figure["label"], value: number, filter: Figure["filter"]): Figure {
  return { key, label, value, unit: "posts", of: null, interval: null, filter, estimate: false };
}

/** Posts of a name and their share of `known`, which holds them and is above 0. */
function shareOf(column: "platform" | "channel", name: string, posts: number, known: number): Figure[] {
  const [zh, en] = [nameOf(column, name, "zh"), nameOf(column, name, "en")];
  const label = { zh: `${zh}的帖文`, en: `posts on ${en}` };
  return [
    plain(`${column}.posts.${name}`, label, posts, { [column]: name }),
    { key: `${column}.share.${name}`, label: { zh: `${zh}的占比`, en: `share of ${en}` }, value: posts / known, unit: "share", of: known, interval: null, filter: { [column]: name }, estimate: false },
  ];
}
