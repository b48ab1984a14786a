import { expect, it } from "vitest";
import { cascades as analyzer } from "../../analyzers/event/cascades.ts";
import type { Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { cascades } from "../../reports/case-study/cascades.ts";
import { draw } from "../../reports/charts/draw.ts";

const text = (sentences: ReturnType<typeof cascades.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const find = (tables: Record<string, Table>, options = {}) => analyzer.analyze({ coverage: [{ posts: 500 }], cascade_totals: [], cascades: [], cascade_strips: [], ...tables }, analyzer.options.parse(options), { event: eventSchema.parse({}), utcOffsetMs: 28_800_000, findings: new Map() });
const start = Date.UTC(2025, 2, 3);
const hour = 3_600_000;
const totals = { reposts: 400, cascades: 2, rooted: 300, given: 20, chain: 60, farther: 4, direct: 210, lost: 6, cycles: 0 };
const cascade = (root: string, seen: number, more = {}) => ({ root, seen, authors: seen, depth: 4, deeper: false, mean_depth: 1.25, breadth: 200, virality: 2.4, lost: 6, first_ms: start, last_ms: start + 30 * hour, platform: "weibo", author_name: "云帆晚报", title: `公司回应${"的说明".repeat(20)}`, ...more });
const strip = (kind: string, no: number, above: number, course: number[], name: string | null = null) => ({ shape: 1, root: "p1", kind, no, above, posts: course.reduce((sum, n) => sum + n, 0) + (kind === "all" ? 3 : 0), from_ms: start, to_ms: start + 4 * hour, course: course.join(","), id: kind === "branch" ? `b${no}` : null, author_name: name, published_ms: kind === "branch" ? start + no * hour : null });
const full = (name: string | null = "云**客", more = {}) =>
  find({
    cascade_totals: [totals],
    cascades: [cascade("x", 12, { title: null, author_name: null, first_ms: null }), cascade("p1", 288, more)],
    cascade_strips: [strip("depth", 1, 0, [100, 70, 30, 7]), strip("branch", 2, 1, [0, 0, 20, 5], null), strip("all", 0, 0, [150, 90, 35, 10]), strip("branch", 1, 0, [0, 60, 25, 5], name), strip("rest", 0, 0, [150, 30, 10, 5])],
  });

it("tells how reposts hang together and describes the largest cascade", () => {
  expect(text(cascades.tell(full(), "zh"))).toEqual([
    "400条转发中，75.0% 知道原帖，归入 2棵转发树；其中直接转发原帖的占 70.0%；上级不在数据中、暂挂原帖的 6条。",
    "最大的一棵有 288条转发，占全部转发的 72.0%，最深 4层、平均 1.25层，最宽一层 200条，结构传播度 2.40，以直接转发为主。",
  ]);
  expect(text(cascades.tell(full("甲", { deeper: true }), "zh"))[1]).toContain("最深 ≥ 4层");
});

it("says when nothing can be linked", () => {
  expect(find({ coverage: [] }).status).toBe("empty");
  expect(find({}).reason!.zh).toBe("数据中没有转发");
  expect(find({ cascade_totals: [{ ...totals, rooted: 0, given: 0, chain: 0, farther: 0, direct: 0, lost: 0, cascades: 0 }] }).reason!.zh).toBe("数据没有说明转发自哪一条");
});

it("draws every branch below the one of which it is a part, with the rest as counts", () => {
  const [chart] = cascades.charts(full(), "zh");
  expect(chart!.title).toBe("云**客一支带来这棵转发树的 31.3%"); // 90 of 288
  expect(chart!.table.rows.map(({ what, of, posts, share }) => [what, of, posts, share])).toEqual([
    ["原帖 云帆晚报", "—", "288", "100.0%"],
    ["1. 云**客", "原帖", "90", "31.3%"],
    ["2. 未知账号", "分支 1", "25", "8.7%"],
    ["不在以上分支中的", "—", "195", "67.7%"],
    ["第 1 层", "—", "207", "71.9%"],
  ]);
  expect(chart!.note).toContain("3 条未画");
  expect(find({ cascade_totals: [totals], cascades: [cascade("p1", 19)], cascade_strips: [strip("all", 0, 0, [9, 9])] }).data.pictures).toEqual([]);
});

it("lists cascades with shortened titles, escaped", () => {
  const list = cascades.extra!(full("甲", { author_name: "<b>晚报</b>", deeper: true }), "zh")!.text;
  expect(list).toContain(`「公司回应${"的说明".repeat(12)}…」`);
  expect(list).toContain("&lt;b&gt;晚报&lt;/b&gt;");
  expect(list).toContain("（数据中没有原帖）");
  expect(list).toContain("≥ 4");
});

it("draws without warnings, hostile names included", async () => {
  for (const name of ["云帆晚报", "</text><script>alert(1)</script>", "\u202e反\n向".repeat(50), "__proto__"]) {
    for (const language of ["zh", "en"] as const) for (const chart of cascades.charts(full(name), language)) for (const width of [720, 344]) expect((await draw(chart, "t", { language, width })).text).not.toMatch(/NaN|undefined|<script/);
  }
});
