import { localTime } from "./curve.ts";
import type { Draft } from "./cascades.ts";
import type { AuthorType, Platform } from "./plan.ts";
import { integer, normal, pick, type Random } from "./random.ts";

/** The 37 columns of the all-platform export, in order. */
export const header = [
  "序号", "标题／微博内容", "信息属性", "原创/转发", "原文/评论链接", "来源网站", "原文作者", "日期", "媒体类型", "原微博内容",
  "认证类型", "信源地域（IP）", "性别", "全文内容", "粉丝数", "作品数", "转发数", "评论数", "点赞数", "阅读数/浏览热度",
  "行业标签", "微博情绪", "根微博作者", "城市", "精准地域", "涉及词", "注册时间", "信源级别", "收藏数", "媒体信息",
  "用户类型", "账号类型", "主页链接", "用户简介", "摘要", "头像", "相似文章数",
] as const;
export type Cells = Record<(typeof header)[number], string>;

/** 媒体类型 and 来源网站 as the export writes them. Newsrooms' own sites and apps carry their names. */
const sites: Record<Platform, { kind: string; site: (outlet: string) => string }> = {
  weibo: { kind: "微博", site: () => "微博" },
  xiaohongshu: { kind: "小红书", site: () => "小红书" },
  douyin: { kind: "短视频", site: () => "抖音" },
  bilibili: { kind: "视频", site: () => "哔哩哔哩" },
  wechat: { kind: "微信", site: () => "微信公众号" },
  tieba: { kind: "论坛", site: () => "百度贴吧" },
  forum: { kind: "论坛", site: () => "澜江论坛" },
  zhihu: { kind: "问答", site: () => "知乎" },
  news: { kind: "新闻", site: (outlet) => `${outlet}网` },
  app: { kind: "客户端", site: (outlet) => `${outlet}客户端` },
};
const marks: Record<AuthorType, readonly string[]> = {
  media: ["媒体"],
  government: ["政务"],
  enterprise: ["蓝V"],
  institution: ["机构"],
  celebrity: ["黄V", "橙V", "金V"],
  talent: ["达人"],
  ordinary: ["普通用户"],
};
const moods = { negative: ["愤怒", "愤怒", "悲伤", "恐惧", "中性"], neutral: ["中性", "中性", "中性", "惊奇", "愤怒"], positive: ["喜悦", "喜悦", "喜悦", "中性", "悲伤"] } as const;
const bareMarks = ["转发", "Repost", "轉發微博"];
const terms = ["岚栈", "逼酒", "栩汀", "酒桌文化", "警方通报"];

/** 1.2万 above ten thousand, as the platforms print it; a placeholder when unknown. */
const figure = (value: number | null): string => (value === null ? "--" : value >= 10_000 ? `${(value / 10_000).toFixed(1)}万` : String(value));
const cut = (text: string, size: number): string => [...text].slice(0, size).join("");
/** Long-tailed number of reactions around a median. */
const reactions = (random: Random, median: number): number => Math.floor(median * Math.exp(1.5 * normal(random)));

/** Reads, reposts, comments and likes: they grow with followers and with what the file itself shows. */
function responses(random: Random, draft: Draft): Record<"转发数" | "评论数" | "点赞数" | "阅读数/浏览热度", string> {
  const reach = Math.sqrt((draft.account.followers ?? 400) + 20);
  if (draft.platform === "news" || draft.platform === "app") return { 转发数: "--", 评论数: figure(reactions(random, 6)), 点赞数: "--", "阅读数/浏览热度": figure(reactions(random, 9_000)) };
  if (draft.platform === "wechat") return { 转发数: "--", 评论数: figure(reactions(random, 4)), 点赞数: figure(reactions(random, 30)), "阅读数/浏览热度": random() < 0.06 ? "10万+" : figure(reactions(random, 2_500)) };
  const own = draft.act === "original" ? reach / 8 : draft.act === "worded" ? reach / 60 : 0;
  const reposts = draft.platform === "weibo" ? Math.max(draft.children, Math.round(draft.seen * (1 + random()))) : reactions(random, own / 4);
  return { 转发数: figure(reposts), 评论数: figure(reactions(random, own + draft.seen / 3)), 点赞数: figure(reactions(random, own * 4 + draft.seen)), "阅读数/浏览热度": "" };
}

/** What stands where a bare repost has no words: nearly always the platform's own mark; nothing before some chains. */
function bareMark(random: Random, { chain }: Draft): string {
  if (chain !== "" && random() < 0.5) return "";
  return random() < 0.94 ? "转发微博" : pick(random, bareMarks);
}

/** How a clock is lost in an export: null = printed to the minute. */
export type Clock = "day" | "none" | null;

/** One row of the export. `number` makes the address; it is nobody's: .example is reserved (RFC 2606). */
export function cellsOf(random: Random, draft: Draft, number: number, clock: Clock, copies: number): Cells {
  const { account, platform, voice, root } = draft;
  const words = draft.own ?? bareMark(random, draft);
  const text = draft.reply + words + draft.chain;
  const sentiment = voice?.polarity ?? "neutral";
  const newsroom = platform === "news" || platform === "app";
  const host = newsroom ? "news.example" : `${platform}.example`;
  const time = localTime(draft.ms);
  return {
    序号: "",
    "标题／微博内容": draft.title ?? cut(text, 100),
    信息属性: sentiment === "negative" && random() < 0.75 ? "敏感" : "非敏感",
    "原创/转发": draft.act === "original" ? "原创" : "转发",
    "原文/评论链接": `https://${host}/${newsroom ? "a" : account.uid}/${(number * 7919 + 100_003).toString(36)}`,
    来源网站: sites[platform].site(account.name),
    原文作者: account.name,
    日期: clock === "none" ? "" : clock === "day" ? time.slice(0, 10) : time,
    媒体类型: sites[platform].kind,
    原微博内容: root?.own ?? "",
    认证类型: account.type === null ? "" : pick(random, marks[account.type]),
    "信源地域（IP）": account.ip === null ? "-" : platform === "weibo" ? account.ip : `IP属地：${account.ip}`,
    性别: account.gender ?? "-",
    全文内容: text,
    粉丝数: figure(account.followers),
    作品数: figure(account.posts),
    ...responses(random, draft),
    行业标签: "互联网,旅游",
    微博情绪: platform !== "weibo" ? "-" : voice ? pick(random, moods[sentiment]) : "中性",
    根微博作者: root?.account.name ?? "",
    城市: account.home?.city ?? "-",
    精准地域: account.home ? `${account.home.province} ${account.home.city}` : "-",
    涉及词: terms.filter((term) => (draft.title ?? "").includes(term) || text.includes(term)).join(" "),
    注册时间: newsroom ? "" : account.registered,
    信源级别: newsroom ? pick(random, ["省级", "地市", "商业"]) : "",
    收藏数: "--",
    媒体信息: "示例数据",
    用户类型: "-",
    账号类型: "-",
    主页链接: newsroom ? "" : `https://${host}/u/${account.uid}`,
    用户简介: "示例账号",
    摘要: newsroom ? cut(draft.own ?? "", 60) : "",
    头像: "-",
    相似文章数: String(copies),
  };
}

const plain = /^[^",\r\n]*$/;
const quoted = (cell: string): string => (plain.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`);

/** One CSV record with its line end. */
export const record = (cells: readonly string[]): string => `${cells.map(quoted).join(",")}\r\n`;
export const valuesOf = (cells: Cells): string[] => header.map((name) => cells[name]);
/** The cells of a row captured again: some reactions have come in. */
export const recaptured = (random: Random, cells: Cells): Cells => ({ ...cells, 点赞数: /^\d+$/.test(cells.点赞数) ? String(Number(cells.点赞数) + integer(random, 1, 40)) : cells.点赞数 });
