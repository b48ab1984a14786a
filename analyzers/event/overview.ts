import { z } from "zod";
import type { EventAnalyzer, Figure, Filter, Table } from "../contract.ts";
import { nameOf } from "../../reports/names.ts";

const options = z.strictObject({});

const data = z.object({
  /** First and last local day with posts, counted from 1970-01-01; null when no post has a time. */
  span: z.object({ first: z.number(), last: z.number() }).nullable(),
  /** Known platforms, most posts first; equal ones by code point. */
  platforms: z.array(z.object({ platform: z.string(), posts: z.number() })),
  /** False: no post has a known author. */
  authored: z.boolean(),
});
type Data = z.infer<typeof data>;

export const overview: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "overview",
  question: { zh: "这次事件有多大规模？", en: "How large is the event?" },
  requires: { coverage: ["kind", "posts", "timed", "authored"], volume: ["day", "platform", "posts"], author_sizes: ["posts", "authors"] },
  after: [],
  options,
  data,
  analyze({ coverage, volume, author_sizes }) {
    const total = sum(coverage!, "posts");
    const timed = sum(coverage!, "timed");
    const originals = sum(coverage!.filter((row) => row.kind === "original"), "posts");
    const authored = sum(coverage!, "authored");
    const days = [...new Set(volume!.flatMap((row) => (row.day === null ? [] : [row.day as number])))].sort((a, b) => a - b);
    const platforms = countBy(volume!);
    const known = platforms.reduce((posts, row) => posts + row.posts, 0);
    const top = platforms[0];
    const figure = (key: string, zh: string, en: string, value: number | null, unit: Figure["unit"], filter: Filter | null, of: number | null = null): Figure => ({ key, label: { zh, en }, value, unit, of, interval: null, filter, estimate: false });
    return {
      status: total === 0 ? "empty" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : null,
      lens: "posts",
      coverage: { posts: total, of: total },
      method: {
        zh: "去重并按时间窗口取舍之后的全部帖文，含转发和评论。日均按有帖文的日子计；账号按作者标识去重，没有作者的帖文不计；平台占比的分母为平台已知的帖文。",
        en: "All posts left after removing duplicates and posts outside the window, reposts and comments included. The daily mean is over days with posts; accounts are distinct author ids, posts without an author are left out; platform shares are of posts with a known platform.",
      },
      figures: [
        figure("posts", "帖文", "posts", total, "posts", {}),
        figure("posts.timed", "有发布时间的帖文", "posts with a time", timed, "posts", null),
        figure("span.days", "时间跨度", "span", days.length === 0 ? null : days.at(-1)! - days[0]! + 1, "days", null),
        figure("days.active", "有帖文的日子", "days with posts", days.length, "days", null),
        figure("posts.daily", "有帖文的日子日均帖文", "posts per day with posts", days.length === 0 ? null : timed / days.length, "posts", null, timed),
        figure("authors", "参与账号", "accounts", authored === 0 ? null : sum(author_sizes!, "authors"), "authors", null),
        figure("posts.authored", "有作者的帖文", "posts with a known author", authored, "posts", null),
        figure("posts.original", "原创帖文", "original posts", originals, "posts", { kind: "original" }),
        figure("share.original", "原创占比", "share of originals", total === 0 ? null : originals / total, "share", { kind: "original" }, total),
        figure("platforms", "平台", "platforms", platforms.length, "count", null),
        ...(top ? [figure("platform.posts", `${nameOf("platform", top.platform, "zh")}的帖文`, `posts on ${nameOf("platform", top.platform, "en")}`, top.posts, "posts", { platform: top.platform }), figure("platform.share", `${nameOf("platform", top.platform, "zh")}的占比`, `share of ${nameOf("platform", top.platform, "en")}`, top.posts / known, "share", { platform: top.platform }, known)] : []),
      ],
      data: { span: days.length === 0 ? null : { first: days[0]!, last: days.at(-1)! }, platforms, authored: authored > 0 } satisfies Data,
    };
  },
};

function countBy(volume: Table): Data["platforms"] {
  const counts = new Map<string, number>();
  for (const row of volume) if (row.platform !== null) counts.set(row.platform as string, (counts.get(row.platform as string) ?? 0) + (row.posts as number));
  return [...counts].map(([platform, posts]) => ({ platform, posts })).sort((a, b) => b.posts - a.posts || (a.platform < b.platform ? -1 : 1));
}

function sum(rows: Table, column: string): number {
  return rows.reduce((total, row) => total + (row[column] as number), 0);
}
