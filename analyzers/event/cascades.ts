import { z } from "zod";
import type { EventAnalyzer, Figure, Table } from "../contract.ts";

const options = z.strictObject({
  shown: z.number().int().min(0).max(20).default(5).describe("largest cascades listed"),
  pictures: z.number().int().min(0).max(3).default(1).describe("largest cascades drawn"),
  drawn: z.number().int().min(2).default(20).describe("reposts below which a cascade is not drawn"),
});

/** As pipeline/relate/cascade-strips.ts counts them; course: reposts in equal parts of the span. */
const strip = z.object({ kind: z.enum(["all", "branch", "rest", "depth"]), no: z.number(), above: z.number(), posts: z.number(), course: z.array(z.number()), id: z.string().nullable(), author_name: z.string().nullable(), ms: z.number().nullable() });
const data = z.object({
  /** Reposts: all, those with a root, and how these were linked; see relateCascades. */
  totals: z.object({ reposts: z.number(), cascades: z.number(), rooted: z.number(), given: z.number(), chain: z.number(), farther: z.number(), direct: z.number(), lost: z.number(), cycles: z.number() }),
  /** Most reposts first. depth: levels; deeper: there may be more. virality: structural virality. lost: reposts whose place in the tree is unknown. Times in UTC milliseconds. */
  cascades: z.array(
    z.object({ root: z.string(), seen: z.number(), authors: z.number(), depth: z.number(), deeper: z.boolean(), mean_depth: z.number(), breadth: z.number(), virality: z.number(), lost: z.number(), first_ms: z.number().nullable(), last_ms: z.number().nullable(), platform: z.string().nullable(), author_name: z.string().nullable(), title: z.string().nullable() }),
  ),
  /** no: place in `cascades`, from 1. In the order all, branches, rest, depths. */
  pictures: z.array(z.object({ no: z.number(), root: z.string(), from_ms: z.number(), to_ms: z.number(), strips: z.array(strip) })),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;
const kindOrder = ["all", "branch", "rest", "depth"];

export const cascades: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "cascades",
  question: { zh: "是怎样一层层转发开的？", en: "How did reposts spread it, level by level?" },
  requires: {
    coverage: ["posts"],
    cascade_totals: ["reposts", "cascades", "rooted", "given", "chain", "farther", "direct", "lost", "cycles"],
    cascades: ["root", "seen", "authors", "depth", "deeper", "mean_depth", "breadth", "virality", "lost", "first_ms", "last_ms", "platform", "author_name", "title"],
    cascade_strips: ["shape", "root", "kind", "no", "above", "posts", "from_ms", "to_ms", "course", "id", "author_name", "published_ms"],
  },
  after: [],
  options,
  data,
  analyze({ coverage, cascade_totals, cascades, cascade_strips }, { shown, pictures, drawn }, { utcOffsetMs }) {
    const posts = coverage!.reduce((sum, row) => sum + (row.posts as number), 0);
    const totals = (cascade_totals![0] as unknown as Data["totals"] | undefined) ?? { reposts: 0, cascades: 0, rooted: 0, given: 0, chain: 0, farther: 0, direct: 0, lost: 0, cycles: 0 };
    const largest = [...(cascades as unknown as Data["cascades"])].sort((a, b) => b.seen - a.seen || (a.root < b.root ? -1 : 1));
    const places = new Map(largest.filter(({ seen }) => seen >= drawn).map(({ root }, i) => [root, i + 1]));
    const found: Data = { totals, cascades: largest.slice(0, shown), pictures: picturesOf(cascade_strips!, places).slice(0, pictures), utc_offset_ms: utcOffsetMs };
    return {
      status: posts === 0 ? "empty" : totals.rooted === 0 ? "unavailable" : "ok",
      reason: posts === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : totals.reposts === 0 ? { zh: "数据中没有转发", en: "the data has no reposts" } : totals.rooted === 0 ? { zh: "数据没有说明转发自哪一条", en: "the data does not say what is reposted" } : null,
      lens: "posts",
      coverage: { posts: totals.rooted, of: posts },
      method: {
        zh: "转发的上级：数据给出上级帖文编号的按编号；否则按转发链（//@）由近及远找同一原帖下该账号此前最近的一条；链上账号都不在数据中的挂在原帖下并另计。层数 = 转发到原帖之间的步数，至少为转发链所示；文本被截断时层数只是下限，记为“≥”。结构传播度为任两条之间的平均距离（Goel 等 2016），全部直接转发时接近 2，越大越像接力。互为上级的循环在最早一条处断开。图中分支为其后转发最多的帖文，时间轴止于 98% 的转发发出之时。",
        en: "What a repost is of: the parent that the data names; else, by the chain (//@), nearest first, the latest repost of the same root by the account named, before it; where no account of the chain is in the data the repost hangs on the root and is counted apart. Depth = steps from the root, at least what the chain tells; where texts are cut it is a lower bound, written ≥. Structural virality is the mean distance between two posts (Goel et al. 2016): near 2 when all repost the root directly, larger when they pass it on. Cycles are cut at their earliest post. Branches of the picture are the posts with most reposts below them; its time ends when 98 % of the reposts were made.",
      },
      figures: figuresOf(found),
      quoted: found.pictures.flatMap(({ strips }) => strips.flatMap(({ id }) => id ?? [])),
      data: found,
    };
  },
};

function picturesOf(rows: Table, places: ReadonlyMap<string, number>): Data["pictures"] {
  const roots = [...new Set(rows.map((row) => row.root as string))].filter((root) => places.has(root));
  return roots.map((root) => {
    const own = rows.filter((row) => row.root === root);
    const strips = own.map(({ kind, no, above, posts, course, id, author_name, published_ms }) => ({ kind, no, above, posts, course: (course as string).split(",").map(Number), id, author_name, ms: published_ms }) as Data["pictures"][number]["strips"][number]);
    strips.sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || a.no - b.no);
    return { no: places.get(root)!, root, from_ms: own[0]!.from_ms as number, to_ms: own[0]!.to_ms as number, strips };
  }).sort((a, b) => a.no - b.no);
}

function figuresOf({ totals, cascades, pictures }: Data): Figure[] {
  const plain = { of: null, interval: null, filter: null, estimate: false };
  const of = (key: string, zh: string, en: string, value: number | null, unit: Figure["unit"], more: Partial<Figure> = {}): Figure => ({ key, label: { zh, en }, value, unit, ...plain, ...more });
  const linked = totals.rooted - totals.lost;
  return [
    of("reposts", "全部转发", "all reposts", totals.reposts, "posts", { filter: { kind: "repost" } }),
    of("rooted", "知道原帖的转发占比", "reposts whose root is known", totals.reposts === 0 ? null : totals.rooted / totals.reposts, "share", { of: totals.reposts }),
    of("cascades", "转发树", "cascades", totals.cascades, "count"),
    of("direct", "直接转发原帖的占比", "reposts of the root itself", totals.rooted === 0 ? null : totals.direct / totals.rooted, "share", { of: totals.rooted }),
    of("linked", "找到上级的转发占比", "reposts whose parent is known", totals.rooted === 0 ? null : linked / totals.rooted, "share", { of: totals.rooted }),
    of("lost", "上级不在数据中、暂挂原帖的转发", "reposts whose parent is not in the data", totals.lost, "posts"),
    of("cycles", "断开的循环", "cycles cut", totals.cycles, "count"),
    ...cascades.flatMap(({ root, seen, depth, mean_depth, breadth, virality }, i) => [
      of(`seen.${i + 1}`, `第 ${i + 1} 大转发树的转发`, `reposts of cascade ${i + 1}`, seen, "posts", { filter: { root, kind: "repost" } }),
      of(`share.${i + 1}`, `第 ${i + 1} 大转发树占全部转发`, `cascade ${i + 1}, share of all reposts`, seen / totals.reposts, "share", { of: totals.reposts }),
      of(`depth.${i + 1}`, `第 ${i + 1} 大转发树的最深层数`, `levels of cascade ${i + 1}`, depth, "count"),
      of(`mean_depth.${i + 1}`, `第 ${i + 1} 大转发树的平均层数`, `mean depth of cascade ${i + 1}`, mean_depth, "ratio"),
      of(`breadth.${i + 1}`, `第 ${i + 1} 大转发树最宽一层的转发`, `reposts of the widest level of cascade ${i + 1}`, breadth, "posts"),
      of(`virality.${i + 1}`, `第 ${i + 1} 大转发树的结构传播度`, `structural virality of cascade ${i + 1}`, virality, "ratio"),
    ]),
    ...pictures.flatMap(({ no, strips }) => strips.filter(({ kind }) => kind === "branch").map((strip) => of(`branch.${no}.${strip.no}`, `第 ${no} 大转发树的第 ${strip.no} 个分支`, `branch ${strip.no} of cascade ${no}`, strip.posts, "posts"))),
  ];
}
