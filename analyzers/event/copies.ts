import { z } from "zod";
import type { EventAnalyzer, Figure } from "../contract.ts";

const options = z.strictObject({
  shown: z.number().int().min(0).max(50).default(8).describe("wordings listed, most posts first"),
  least: z.number().int().min(2).default(5).describe("posts below which a wording is not listed"),
  wave: z.number().int().min(2).default(20).describe("accounts within one hour from which a wording is listed as a wave"),
  dense: z.number().min(0).max(1).default(0.5).describe("share of a wave's posts that stand within that hour"),
});

const data = z.object({
  posts: z.number(),
  texts: z.number(),
  clusters: z.number(),
  /** Posts whose wording at least one other post has too, nearly. */
  repeated: z.number(),
  /** head: the earliest post. texts: variants of the wording. */
  wordings: z.array(z.object({ head: z.string(), title: z.string(), posts: z.number(), texts: z.number(), authors: z.number(), platforms: z.number(), first_ms: z.number().nullable(), precision: z.string().nullable(), platform: z.string().nullable(), author_name: z.string().nullable() })),
  /** Wordings of which most posts stand within an hour, by many accounts: most accounts first. from_ms: begin of that hour. last_ms: of its last post. */
  waves: z.array(z.object({ head: z.string(), title: z.string(), posts: z.number(), authors: z.number(), hour_posts: z.number(), hour_authors: z.number(), from_ms: z.number(), first_ms: z.number().nullable(), last_ms: z.number().nullable(), precision: z.string().nullable() })),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;
type Cluster = Data["wordings"][number] & { last_ms: number | null; hour_slot: number | null; hour_posts: number | null; hour_authors: number | null };

export const copies: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "copies",
  question: { zh: "有多少帖文在复制同样的话？最早是谁发的？", en: "How many posts repeat the same words, and who had them first?" },
  requires: { clusters: ["head", "posts", "texts", "authors", "platforms", "first_ms", "precision", "platform", "author_name", "title", "last_ms", "hour_slot", "hour_posts", "hour_authors"], cluster_totals: ["clusters", "posts", "texts", "repeated_posts"], coverage: ["posts"] },
  after: [],
  options,
  data,
  analyze({ clusters, cluster_totals: totals, coverage }, { shown, least, wave, dense }, { utcOffsetMs }) {
    const all = coverage!.reduce((sum, row) => sum + (row.posts as number), 0);
    const [total] = totals as unknown as [{ clusters: number; posts: number; texts: number; repeated_posts: number }?];
    const { clusters: count, posts, texts, repeated_posts: repeated } = total ?? { clusters: 0, posts: 0, texts: 0, repeated_posts: 0 };
    const listed = (clusters as unknown as Data["wordings"]).filter((row) => row.posts >= least);
    listed.sort((a, b) => b.posts - a.posts || (a.first_ms ?? Infinity) - (b.first_ms ?? Infinity) || (a.head < b.head ? -1 : 1));
    const wordings = listed.slice(0, shown).map(({ head, title, posts, texts, authors, platforms, first_ms, precision, platform, author_name }) => ({ head, title: title ?? "", posts, texts, authors, platforms, first_ms, precision, platform, author_name }));
    const waves = (clusters as unknown as Cluster[])
      .filter(({ title, posts, hour_posts, hour_authors }) => hour_posts !== null && hour_authors! >= wave && hour_posts >= dense * posts && isWorded(title))
      .sort((a, b) => b.hour_authors! - a.hour_authors! || (a.head < b.head ? -1 : 1))
      .slice(0, shown)
      .map(({ head, title, posts, authors, hour_posts, hour_authors, hour_slot, first_ms, last_ms, precision }) => ({ head, title: title ?? "", posts, authors, hour_posts: hour_posts!, hour_authors: hour_authors!, from_ms: hour_slot! * 600_000 - utcOffsetMs, first_ms, last_ms, precision }));
    const figure = (key: string, zh: string, en: string, value: number | null, unit: Figure["unit"], of: number | null): Figure => ({ key, label: { zh, en }, value, unit, of, interval: null, filter: null, estimate: false });
    return {
      status: all === 0 ? "empty" : posts === 0 ? "unavailable" : "ok",
      reason: all === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : posts === 0 ? { zh: "没有一条帖文有自己的文字", en: "no post has words of its own" } : null,
      lens: "posts",
      coverage: { posts, of: all },
      method: {
        zh: `只看有自己文字的帖文。去掉链接、@账号、话题标签、表情和标点并把繁体折成简体后，二字组 Jaccard 相似度不低于 0.6 的归为一簇（MinHash 24 组×3 行筛选后逐一核对，8 字以下须完全相同）；簇以最早的一条为首。实测召回 0.967（8–12 字）、0.997（13–140 字）。一小时内有 ${wave} 个以上账号、且该用语 ${Number((dense * 100).toFixed(2))}% 以上的帖文在这一小时内的，另列为集中出现（只看前 50 种用语和知道时刻的帖文）。相同的话可以是转载、模板，也可以是刷帖，本节不判断动机，也不判断任何账号。`,
        en: `Posts with own words. Links, @names, hashtags, emoticons and punctuation removed, traditional characters folded, texts whose character bigrams have a Jaccard index of 0.6 or more form a cluster (found by MinHash, 24 bands of 3 rows, then compared; below 8 characters only equal ones); its earliest post stands for it. Measured recall 0.967 (8–12 characters), 0.997 (13–140). Listed as a wave: ${wave} accounts or more within one hour, in which ${Number((dense * 100).toFixed(2))}% or more of the wording's posts stand (of the 50 largest wordings and posts of known time). The same words may be syndication, a template or flooding: nothing is said about motives, nor about any account.`,
      },
      figures: [
        figure("repeated", "与别的帖文用语相同或近似的帖文", "posts whose words other posts have too", posts === 0 ? null : repeated / posts, "share", posts),
        figure("texts", "互不相同的文本", "distinct texts", texts, "count", null),
        figure("clusters", "归并近似文本之后", "after near-equal texts are joined", count, "count", null),
        ...wordings.map((row, i) => figure(`wording.${i + 1}`, `第 ${i + 1} 种用语的帖文`, `posts of wording ${i + 1}`, row.posts, "posts", null)),
        figure("waves", "集中出现的用语", "waves of one wording", waves.length, "count", null),
        ...waves.map((row, i) => figure(`wave.${i + 1}`, `第 ${i + 1} 次集中出现的一小时内的账号`, `accounts within the hour of wave ${i + 1}`, row.hour_authors, "authors", null)),
      ],
      quoted: [...wordings, ...waves].map(({ head }) => head),
      data: { posts, texts, clusters: count, repeated, wordings, waves, utc_offset_ms: utcOffsetMs },
    };
  },
};

/** Whether there are words besides emoticons: everyone lights the same candle. */
const isWorded = (title: string | null): boolean => /\p{L}/u.test((title ?? "").replace(/\[[^[\]\s]{1,8}\]/g, ""));
