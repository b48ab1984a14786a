import { z } from "zod";
import type { EventAnalyzer, Figure } from "../contract.ts";
import type { Message } from "../../pipeline/errors.ts";

const options = z.strictObject({
  low: z.number().min(0).max(1).default(0.5).describe("columns known for a smaller share of posts are called out"),
});

/** Columns whose coverage the 口径卡 shows, with the count column of the rollup. */
const columns = [
  ["timed", { zh: "有发布时间", en: "time known" }],
  ["minute", { zh: "时间精确到分", en: "time known to the minute" }],
  ["worded", { zh: "有本人文字", en: "own words" }],
  ["bare", { zh: "无本人文字的转发", en: "reposts without own words" }],
  ["scored", { zh: "可判断情绪", en: "mood could be scored" }],
  ["authored", { zh: "有作者", en: "author known" }],
  ["typed", { zh: "有作者类型", en: "author type known" }],
  ["followed", { zh: "有粉丝数", en: "follower count known" }],
  ["region_ip", { zh: "有 IP 属地", en: "IP region known" }],
  ["region_profile", { zh: "有资料地区", en: "profile region known" }],
  ["counted", { zh: "有互动数", en: "engagement counts known" }],
] as const;

const kinds: Record<string, Message> = { repost: { zh: "转发能连到原帖", en: "reposts joined to their post" }, comment: { zh: "评论能连到原帖", en: "comments joined to their post" } };

const data = z.object({
  posts: z.number(),
  /** Known posts per column, in the order of the card. */
  columns: z.array(z.object({ column: z.string(), known: z.number() })),
  /** Columns known for a share of posts below the option `low`. */
  low: z.array(z.string()),
  kinds: z.array(z.object({ kind: z.string(), posts: z.number() })),
  read: z.number(),
  duplicates: z.number(),
  outside: z.number(),
  outside_roots: z.number(),
  accounts: z.number(),
  rejected: z.number(),
  /** Reposts and comments, and how many of them have their post in the data. */
  links: z.array(z.object({ kind: z.string(), posts: z.number(), joined: z.number() })),
});
type Data = z.infer<typeof data>;

export const coverage: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "coverage",
  question: { zh: "这份报告读了什么、知道什么、不知道什么？", en: "What was read, what is known, what is not?" },
  requires: { intake: ["read", "kept", "duplicates", "outside", "outside_roots", "accounts", "rejected"], links: ["kind", "posts", "joined"], coverage: ["kind", "posts", ...columns.map(([column]) => column)] },
  after: [],
  options,
  data,
  analyze({ intake, links, coverage }, { low }) {
    const sum = (rows: typeof intake, column: string) => rows!.reduce((total, row) => total + (row[column] as number), 0);
    const posts = sum(coverage, "posts");
    const known = columns.map(([column, label]) => ({ column, label, known: sum(coverage, column) }));
    const byKind = ["original", "repost", "comment"].map((kind) => ({ kind, posts: sum(coverage!.filter((row) => row.kind === kind), "posts") }));
    const joined = Object.keys(kinds).flatMap((kind) => links!.filter((row) => row.kind === kind).map((row) => ({ kind, posts: row.posts as number, joined: row.joined as number })));
    const count = (key: string, zh: string, en: string): Figure => ({ key, label: { zh, en }, value: sum(intake, key), unit: "count", of: null, interval: null, filter: null, estimate: false });
    return {
      status: posts === 0 ? "empty" : "ok",
      reason: posts === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : null,
      lens: "posts",
      coverage: { posts, of: posts },
      method: {
        zh: "读入 = 计入 + 重复 + 窗口外 + 账号 + 拒收；同一编号的后来行并入先读到的一行（互动数取大，缺项补齐）。覆盖率的分母为计入的全部帖文；未知不作零。",
        en: "Read = kept + duplicates + outside the window + accounts + rejected; later rows with the same id are merged into the first (greatest counts, gaps filled). Coverage is of all kept posts; unknown is not zero.",
      },
      figures: [
        count("read", "读入行数", "rows read"),
        { key: "kept", label: { zh: "计入帖文", en: "posts kept" }, value: posts, unit: "posts", of: null, interval: null, filter: {}, estimate: false },
        count("duplicates", "重复行", "duplicate rows"),
        count("outside", "时间窗口外", "outside the window"),
        count("accounts", "账号行（不是帖文）", "rows about accounts"),
        count("rejected", "拒收行", "rejected rows"),
        count("outside_roots", "窗口外原帖（被窗口内转发或评论）", "originals outside the window that posts inside refer to"),
        ...joined.map(({ kind, posts, joined }): Figure => ({ key: `joined.${kind}`, label: kinds[kind]!, value: joined / posts, unit: "share", of: posts, interval: null, filter: null, estimate: false })),
        ...known.map(({ column, label, known }): Figure => ({ key: `known.${column}`, label, value: posts === 0 ? null : known / posts, unit: "share", of: posts, interval: null, filter: null, estimate: false })),
      ],
      data: {
        posts,
        columns: known.map(({ column, known }) => ({ column, known })),
        low: posts === 0 ? [] : known.filter(({ column, known }) => column !== "bare" && known / posts < low).map(({ column }) => column),
        kinds: byKind,
        read: sum(intake, "read"),
        duplicates: sum(intake, "duplicates"),
        outside: sum(intake, "outside"),
        outside_roots: sum(intake, "outside_roots"),
        accounts: sum(intake, "accounts"),
        rejected: sum(intake, "rejected"),
        links: joined,
      },
    };
  },
};
