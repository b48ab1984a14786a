import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { fullName } from "../analyzers/divisions.ts";
import { triageClasses, triageRules } from "../analyzers/post/triage/rules.ts";
import { rejectReasons } from "../pipeline/import/tables/rejects.ts";
import { dataPath } from "../pipeline/paths.ts";
import type { Language } from "../pipeline/errors.ts";

/** Display names of keys that occur in findings. A key without a name is shown as it is; null is 未知 / unknown. */
const catalogue: Record<string, Record<string, [zh: string, en: string]>> = {
  field: { media: ["媒体", "media"], official: ["政务", "government accounts"], public: ["民间", "public"] },
  kind: { original: ["原创", "originals"], repost: ["转发", "reposts"], comment: ["评论", "comments"] },
  stance: { positive: ["肯定", "favourable"], neutral: ["中性", "neutral"], negative: ["批评", "critical"] },
  polarity: { positive: ["正面", "positive"], neutral: ["中性", "neutral"], negative: ["负面", "negative"] },
  emotion: { joy: ["喜", "joy"], anger: ["怒", "anger"], sadness: ["哀", "sadness"], fear: ["惧", "fear"], surprise: ["惊", "surprise"], none: ["无明显情绪", "none"] },
  cue: { question: ["追问", "question"], criticism: ["批评", "criticism"], support: ["支持", "support"], suggestion: ["诉求", "demand"], help: ["求助", "call for help"], irony: ["调侃", "irony"] },
  author_type: {
    media: ["媒体", "media"], government: ["政务", "government"], enterprise: ["企业", "enterprise"], institution: ["机构", "institution"],
    celebrity: ["认证个人", "verified person"], talent: ["达人", "talent"], ordinary: ["普通用户", "ordinary user"],
  },
  channel: {
    social: ["社交平台", "social platforms"], video: ["视频平台", "video platforms"], app: ["新闻客户端", "news apps"], news: ["新闻网站", "news sites"],
    forum: ["论坛社区", "forums"], qa: ["问答社区", "Q&A sites"], wechat: ["微信公众号", "WeChat accounts"], print: ["报刊", "print"], other: ["其他", "other"],
  },
  lens: { posts: ["全部帖文", "all posts"], originals: ["仅原创", "originals only"], author_days: ["每作者每天一次", "one per author and day"], engagement: ["互动加权", "weighted by engagement"] },
  /** What the exact values of a workbook are in. */
  unit: {
    posts: ["条", "posts"], authors: ["个账号", "accounts"], share: ["比例（1 为全部）", "share (1 = all)"], points: ["比例之差", "difference of shares"], hours: ["小时", "hours"], days: ["天", "days"],
    ms: ["时刻（UTC）", "instant (UTC)"], count: ["个、次", "count"], ratio: ["比值", "ratio"], score: ["分值", "score"],
  },
  tier: { "1m": ["百万粉以上", "1m+ followers"], "100k": ["10万–100万粉", "100k–1m"], "10k": ["1万–10万粉", "10k–100k"], low: ["1万粉以下", "under 10k"] },
};

let platforms: Map<string, [string, string]> | null = null;
let regions: Map<string, string> | null = null;

/** Name of a key in a language; `group` is the column ("platform", "field" …). */
export function nameOf(group: string, key: string | null, language: Language): string {
  if (key === null) return language === "zh" ? "未知" : "unknown";
  if (group === "mentioned") return placeName(key, language);
  if (group === "region" || group === "region_ip" || group === "region_profile") return language === "zh" ? key : (regionNames().get(key) ?? key);
  if (group === "reject") return Object.hasOwn(rejectReasons, key) ? rejectReasons[key as keyof typeof rejectReasons][language] : key;
  if (group === "triage") return triageName(key, language);
  const pair = group === "platform" ? platformNames().get(key) : catalogue[group]?.[key];
  return pair ? pair[language === "zh" ? 0 : 1] : key;
}

/** Classes that accuse are only ever suspected. */
function triageName(key: string, language: Language): string {
  if (key === "undecided") return language === "zh" ? "有线索而不判断" : "undecided";
  const name = triageClasses.find((one) => one === key);
  if (name === undefined) return key;
  const { suspected, zh, en } = triageRules().classes[name];
  return language === "zh" ? `${suspected ? "疑似" : ""}${zh}` : `${suspected ? "suspected " : ""}${en}`;
}

/** English names of region keys, which are Chinese. */
function regionNames(): Map<string, string> {
  if (regions === null) {
    const { provinces } = parse(readFileSync(dataPath("regions", "provinces.yaml"), "utf8")) as { provinces: { key: string; en: string }[] };
    regions = new Map([...provinces.map(({ key, en }) => [key, en] as const), ["海外", "abroad"], ["其他", "other"]]);
  }
  return regions;
}

/** Places that texts mention: provinces by name, codes of cities and counties by name, ? for names that several places share. */
function placeName(key: string, language: Language): string {
  if (/^\d{6}$/.test(key)) return fullName(key);
  if (key === "?") return language === "zh" ? "多地同名的地名" : "names that several places share";
  return nameOf("region", key.replace(/^\?/, ""), language);
}

function platformNames(): Map<string, [string, string]> {
  if (platforms === null) {
    const list = parse(readFileSync(dataPath("platforms", "platforms.yaml"), "utf8")) as { key: string; zh: string; en: string }[];
    platforms = new Map(list.map(({ key, zh, en }) => [key, [zh, en]]));
  }
  return platforms;
}
