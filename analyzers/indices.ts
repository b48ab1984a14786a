import type { Message } from "../pipeline/errors.ts";

/**
 * Indices whose formulas their publishers print, and whose formulas we could read at the source. Pure functions of counts that are finite and not negative; anything
 * else is a RangeError. ln is the natural logarithm. They say how one account did by someone else's yardstick: no report shows them unless asked.
 * Left out because only memory or nobody tells the formula: BCI V9, DCI, 知微 EII, 人民网, 新浪舆情通 and 蚁坊 heat.
 */
export interface IndexPreset {
  name: Message;
  /** Where the formula is printed. */
  source: string;
}

export const presets = {
  wci142: { name: { zh: "参照清博 WCI（V14.2）公开公式", en: "after the published formula of WCI V14.2" }, source: "gsdata.cn/site/usage-1" },
  wci: { name: { zh: "参照 WCI（简式）公开公式", en: "after the published simple formula of WCI" }, source: "浙江省数据知识产权登记 69943" },
  bci: { name: { zh: "参照 BCI（简式）公开公式", en: "after the published simple formula of BCI" }, source: "浙江省数据知识产权登记 75574" },
  bvci: { name: { zh: "参照清博 BVCI（V2.0）公开公式", en: "after the published formula of BVCI V2.0" }, source: "gsdata.cn/site/usage-8" },
  sov: { name: { zh: "声量份额 SOV", en: "share of voice (SOV)" }, source: "mentions ÷ mentions of a fixed panel" },
  nsr: { name: { zh: "净情绪 NSR（除以正负之和）", en: "net sentiment (NSR) of positive and negative" }, source: "KAWO, YouScan" },
  nsrTotal: { name: { zh: "净情绪 NSR（除以全部）", en: "net sentiment (NSR) of all" }, source: "(P − N) ÷ total" },
} as const satisfies Record<string, IndexPreset>;

/** Counts of a WeChat account: sums, means or maxima, as the part of the formula wants. watching: 在看. */
export interface Readership {
  reads: number;
  watching: number;
  likes: number;
  reposts: number;
}

/** 微信 WCI V14.2. daily: sums ÷ days of the period; article: sums ÷ articles; headline: sums over first articles ÷ days; peak: the greatest of any article. 0 or more, without upper bound. */
export function wci142(parts: { daily: Readership; article: Readership; headline: Readership; peak: Readership }): number {
  const strength = ({ reads, watching, likes, reposts }: Readership): number => 0.7 * log(reads) + 0.09 * log(10 * watching) + 0.06 * log(10 * likes) + 0.15 * log(10 * reposts);
  return (0.6 * strength(parts.daily) + 0.2 * strength(parts.article) + 0.1 * strength(parts.headline) + 0.1 * strength(parts.peak)) ** 2 * 1.2 * 10;
}

type Read = Pick<Readership, "reads" | "likes">;
/** 微信 WCI, simple variant: reads and likes only. Parts as in `wci142`. */
export function wci({ daily, article, peak }: { daily: Read; article: Read; peak: Read }): number {
  const strength = ({ reads, likes }: Read): number => 0.85 * log(reads) + 0.15 * log(10 * likes);
  return (0.42 * strength(daily) + 0.42 * strength(article) + 0.16 * strength(peak)) ** 2 * 10;
}

/** 微博 BCI, simple variant: totals of the period. */
export function bci({ posts, reposts, comments, likes }: { posts: number; reposts: number; comments: number; likes: number }): number {
  return (0.2 * log(posts) + 0.8 * (0.4 * log(reposts) + 0.4 * log(comments) + 0.2 * log(likes))) * 160;
}

/** B 站 BVCI V2.0. plays and comments per day; newFans: gained in the period. */
export function bvci({ uploads, plays, comments, fans, newFans }: { uploads: number; plays: number; comments: number; fans: number; newFans: number }): number {
  return (0.15 * log(uploads) + 0.25 * log(plays) + 0.3 * log(comments) + 0.18 * log(fans) + 0.12 * log(newFans)) * 100;
}

/** Mentions of one in 100 mentions of the whole panel, itself included; null without mentions. */
export function sov(mentions: number, panel: number): number | null {
  if (counted(mentions) > counted(panel)) throw new RangeError(`${mentions} mentions of ${panel}`);
  return panel === 0 ? null : (100 * mentions) / panel;
}

/** (P − N) ÷ (P + N) · 100, in [−100, 100]; null with neither. */
export function nsr(positive: number, negative: number): number | null {
  const both = counted(positive) + counted(negative);
  return both === 0 ? null : (100 * (positive - negative)) / both;
}

/** (P − N) ÷ total · 100, in [−100, 100]; total counts the neutral too; null without any. */
export function nsrTotal(positive: number, negative: number, total: number): number | null {
  if (counted(positive) + counted(negative) > counted(total)) throw new RangeError(`${positive} + ${negative} of ${total}`);
  return total === 0 ? null : (100 * (positive - negative)) / total;
}

const log = (count: number): number => Math.log(counted(count) + 1);

function counted(count: number): number {
  if (!(count >= 0 && count < Infinity)) throw new RangeError(`not a count: ${count}`);
  return count;
}
