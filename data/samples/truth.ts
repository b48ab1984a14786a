import { authorTypes, fields, polarities } from "../../pipeline/schema.ts";
import type { Draft } from "./cascades.ts";
import { phases, start, end, diurnal } from "./curve.ts";
import type { Defects } from "./generate.ts";
import { desks, netizens } from "./material.ts";
import type { Platform } from "./plan.ts";
import type { Clock } from "./rows.ts";

/** Key of the platform and kind of channel, as pipeline/schema.ts words them. */
const channels: Record<Platform, string> = { weibo: "social", xiaohongshu: "social", douyin: "video", bilibili: "video", wechat: "wechat", tieba: "forum", forum: "forum", zhihu: "qa", news: "news", app: "app" };

/** Words to be found among the hot words; the event's query words are left out. */
const hotWords = ["截图", "警方通报", "酒桌文化", "服从性测试", "当事员工", "涉事总监", "内部信", "和稀泥", "栩汀", "维权", "严惩", "专项组", "HR", "投诉", "劝酒"];

interface Share {
  posts: number;
  share: number;
}

/** Counts and shares of one key over posts; keys without posts are kept when listed. */
function shares(drafts: readonly Draft[], keyOf: (draft: Draft) => string, listed: readonly string[] = []): Record<string, Share> {
  const counts = new Map<string, number>(listed.map((key) => [key, 0]));
  for (const draft of drafts) counts.set(keyOf(draft), (counts.get(keyOf(draft)) ?? 0) + 1);
  const order = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return Object.fromEntries(order.map(([key, posts]) => [key, { posts, share: drafts.length === 0 ? 0 : posts / drafts.length }]));
}

/** Everything planted, counted on the posts themselves: each post once, duplicates and broken rows apart. Shares in [0, 1], instants in UTC ms. */
export function truthOf(drafts: readonly Draft[], clocks: ReadonlyMap<Draft, Clock>, defects: Defects): object {
  const worded = drafts.filter(({ own }) => own !== null);
  const reposts = drafts.filter(({ act }) => act !== "original");
  const inField = (field: string): Draft[] => worded.filter((draft) => draft.field === field);
  const opinions = worded.filter(({ voice }) => viewpointOf(voice) !== null);
  const broken = Object.values(defects.broken).reduce((a, b) => a + b, 0);
  const count = (test: (draft: Draft) => boolean): number => drafts.filter(test).length;
  const media = count(({ platform }) => platform === "news" || platform === "app");
  return {
    label: "示例数据",
    rows: { records: drafts.length + defects.duplicates + broken, posts: drafts.length, duplicates: defects.duplicates, broken: { total: broken, ...defects.broken } },
    times: { minute: drafts.length - clocks.size, day: defects.dayOnly, unknown: defects.untimed },
    platforms: shares(drafts, ({ platform }) => platform),
    channels: shares(drafts, ({ platform }) => channels[platform]),
    mediaChannels: { posts: media, share: media / drafts.length },
    originals: { posts: drafts.length - reposts.length, share: 1 - reposts.length / drafts.length },
    reposts: { posts: reposts.length, bare: drafts.length - worded.length, bareShare: (drafts.length - worded.length) / reposts.length },
    depths: shares(drafts.filter(({ root }) => root !== null), ({ chain }) => String(1 + chain.split("//@").length - 1)),
    worded: worded.length,
    distinctTexts: new Set(worded.map(({ title, own }) => `${title}\n${own}`)).size,
    distinctOwn: new Set(worded.map(({ own }) => own)).size,
    authors: new Set(drafts.map(({ platform, account }) => `${platform} ${account.name}`)).size,
    fields: shares(drafts, ({ field }) => field, fields),
    // The export marks companies and institutions alike (蓝V, 机构).
    authorTypes: shares(drafts, ({ type }) => (type === "enterprise" ? "institution" : (type ?? "unknown")), [...authorTypes, "unknown"]),
    followersKnown: count(({ account }) => account.followers !== null),
    phases: phasesOf(drafts, clocks),
    polarity: Object.fromEntries(fields.map((field) => [field, shares(inField(field), ({ voice }) => voice!.polarity, polarities)])),
    topics: Object.fromEntries(fields.map((field) => [field, shares(inField(field), ({ voice }) => (field === "public" ? netizens : desks).topics[voice!.topic]!.name)])),
    viewpoints: { posts: opinions.length, ofWordedPublic: opinions.length / inField("public").length, shares: shares(opinions, ({ voice }) => netizens.viewpoints[viewpointOf(voice)!]!) },
    regionIp: { known: count(({ account }) => account.ip !== null), shares: shares(drafts.filter(({ account }) => account.ip !== null), ({ account }) => account.ip!) },
    regionProfile: { known: count(({ account }) => account.home !== null), shares: shares(drafts.filter(({ account }) => account.home !== null), ({ account }) => account.home!.province) },
    hotWords: hotWords.map((word) => ({ word, posts: worded.filter(({ title, own }) => `${title ?? ""}\n${own}`.includes(word)).length })),
    tags: tagsOf(worded),
    keyPosts: drafts.filter(({ key }) => key !== null).map(({ ms, account, voice, seen }) => ({ ms, author: account.name, voice: voice!.id, repostsSeen: seen })),
  };
}

const viewpointOf = (voice: Draft["voice"]): string | null => (voice && "viewpoint" in voice ? voice.viewpoint : null);

/** Phase starts by the planted trend, the volume of each phase in timed posts, and the fullest hour. */
function phasesOf(drafts: readonly Draft[], clocks: ReadonlyMap<Draft, Clock>): object {
  const { growth, burst, peak, persistence, decline } = phases();
  const timed = drafts.filter((draft) => !clocks.has(draft));
  const bounds: [string, number, number][] = [["潜伏期", start, growth], ["发展期", growth, burst], ["爆发期", burst, persistence], ["延续期", persistence, decline], ["消退期", decline, end]];
  const hours = new Map<number, number>();
  for (const { ms } of timed) hours.set(ms - (ms % 3_600_000), (hours.get(ms - (ms % 3_600_000)) ?? 0) + 1);
  const [hour, posts] = [...hours].reduce((best, next) => (next[1] > best[1] ? next : best));
  return {
    definition: "P = peak of the planted trend without the time of day. 发展期 from 5 % P up, 爆发期 first to last 50 % P, 延续期 until last 10 % P (methods: operational definition).",
    diurnal,
    trendPeak: peak,
    rawPeakHour: { from: hour, posts },
    list: bounds.map(([name, from, to]) => ({ name, from, to, posts: timed.filter(({ ms }) => ms >= from && ms < to).length })),
  };
}

function tagsOf(worded: readonly Draft[]): { tag: string; posts: number }[] {
  const counts = new Map<string, number>();
  for (const { own } of worded) for (const tag of new Set([...own!.matchAll(/#([^#\n]+)#/g)].map((match) => match[1]!))) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].map(([tag, posts]) => ({ tag, posts })).sort((a, b) => b.posts - a.posts || (a.tag < b.tag ? -1 : 1));
}
