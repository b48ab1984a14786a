import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../pipeline/commands/compare.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import { silent } from "../../pipeline/progress.ts";
import { differenceOf, keyPairs, platformPairs, sharedFiles, topicPairs, type Quoted } from "../../reports/comparison/compare.ts";
import { alignedCurves, curvesChart, widened } from "../../reports/comparison/curves.ts";
import { renderComparison } from "../../reports/comparison/render.ts";
import type { Report } from "../../reports/report.ts";
import { sampleEvent } from "../fixture.ts";
import { reportOf } from "./reports.ts";

const folder = mkdtempSync(join(tmpdir(), "yuqing-comparison-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
  return join(folder, name);
};
async function yuqing(files: string[], language: "zh" | "en" = "zh"): Promise<string | number> {
  try {
    return await compare.work(files, { out: join(folder, "out") }, { language, print: () => {}, warn: () => {}, progress: silent });
  } catch (cause) {
    return (cause as YuqingError).code;
  }
}

let a: Report;
let b: Report;
beforeAll(async () => {
  const { posts, texts } = sampleEvent();
  a = await reportOf("甲事件", posts, texts, "aa");
  b = await reportOf("乙<script>alert(1)</script>事件", posts.slice(0, 150).map((post) => (post.platform === "news" ? { ...post, platform: "zhihu", channel: "qa" } : post)), texts, "bb");
});

const quoted = (value: number | null, unit: Quoted["unit"], interval: Quoted["interval"] = null): Quoted => ({ value, unit, of: null, interval, estimate: false, no: 1 });

describe("differences", () => {
  it("are times for counts, points for shares, and none of nothing", () => {
    expect(differenceOf(quoted(200, "posts"), quoted(300, "posts"))).toEqual({ kind: "times", value: 1.5, interval: null });
    expect(differenceOf(quoted(0, "posts"), quoted(300, "posts"))).toBeNull();
    expect(differenceOf(quoted(0, "share"), quoted(0.25, "share"))).toEqual({ kind: "points", value: 0.25, interval: null });
    expect(differenceOf(quoted(5, "hours"), quoted(3, "hours"))).toEqual({ kind: "difference", value: -2, interval: null });
    expect(differenceOf(quoted(null, "share"), quoted(0.25, "share"))).toBeNull();
    expect(differenceOf(quoted(5, "hours"), quoted(3, "days"))).toBeNull();
  });

  it("have an interval made of the two", () => {
    // B − A = 0.2. Below: √(0.04² + 0.03²) = 0.05; above: √(0.08² + 0.06²) = 0.1.
    const { value, interval } = differenceOf(quoted(0.3, "share", [0.24, 0.33]), quoted(0.5, "share", [0.46, 0.58]))!;
    expect([value, ...interval!].map((one) => one.toFixed(6))).toEqual(["0.200000", "0.150000", "0.300000"]);
  });
});

describe("what both reports have", () => {
  it("key figures, with fact and denominator", () => {
    const posts = keyPairs(a, b).find(({ key }) => key === "posts")!;
    expect([posts.a.value, posts.b.value, posts.difference]).toEqual([300, 150, { kind: "times", value: 0.5, interval: null }]);
    expect(a.facts[posts.a.no - 1]).toMatchObject({ finding: "overview", key: "posts" });
    // Nobody has checked the moods.
    expect(keyPairs(a, b).some(({ key }) => key.includes("negative"))).toBe(false);
  });

  it("leaves out what one does not know", () => {
    const without = structuredClone(b);
    without.findings = without.findings.filter(({ id }) => id !== "spreaders" && id !== "topics");
    expect(keyPairs(a, without).some(({ key }) => key.startsWith("authors."))).toBe(false);
    expect(topicPairs(a, without)).toEqual([]);
  });

  it("platforms of both, and those of one apart", () => {
    const { pairs, onlyA, onlyB } = platformPairs(a, b);
    // Of five posts: two on Weibo, one on Douyin, one news or Zhihu, one unknown.
    expect(pairs.map(({ key, a, b }) => [key, a.value, b.value])).toEqual([["weibo", 0.5, 0.5], ["douyin", 0.25, 0.25]]);
    expect([onlyA, onlyB]).toEqual([["news"], ["zhihu"]]);
  });

  it("topics by name; intervals only when the files differ", () => {
    const pairs = topicPairs(a, b).flatMap((field) => field.pairs);
    expect(new Set(pairs.map(({ key }) => key))).toEqual(new Set(["#公司回应#", "截图流传"]));
    expect(pairs.every(({ difference }) => difference!.interval !== null)).toBe(true);
    const same = { ...b, manifest: a.manifest };
    expect(sharedFiles(a, same)).toEqual(["甲事件.csv"]);
    expect(topicPairs(a, same).flatMap((field) => field.pairs).every(({ difference }) => difference!.interval === null)).toBe(true);
  });
});

describe("curves", () => {
  it("are widened to whole bins; a hole stays a hole", () => {
    expect(widened({ width_ms: 10, bins: [1, 2, 3, null, 5, 6, 7] }, 20)).toEqual({ width_ms: 20, bins: [3, null, 11] });
  });

  it("share the least common bin", () => {
    const given = (width_ms: number, posts: number[]): Report => {
      const report = structuredClone(a);
      const finding = report.findings.find(({ id }) => id === "volume")! as unknown as { data: { width_ms: number; bins: object[] } };
      const { bins } = finding.data;
      finding.data = { ...finding.data, width_ms, bins: posts.map((one, i) => ({ ...bins[0]!, start_ms: i * width_ms, missing: false, posts: one })) };
      return report;
    };
    const hour = 3_600_000;
    const curves = alignedCurves(given(2 * hour, [4, 6, 8, 1, 1, 1]), given(3 * hour, [5, 7, 9, 2]))!;
    expect(curves).toEqual([{ width_ms: 6 * hour, bins: [18, 3] }, { width_ms: 6 * hour, bins: [12, 11] }]);
    expect(curvesChart(curves, "zh")!.table.rows).toEqual([{ day: "第 1 天", A: "21", "A.share": "100.0%", B: "23", "B.share": "100.0%" }]);
  });

  it("are not drawn without times", () => {
    const timeless = structuredClone(a);
    (timeless.findings.find(({ id }) => id === "volume") as { status: string }).status = "unavailable";
    expect(alignedCurves(timeless, b)).toBeNull();
  });
});

describe("yuqing compare", () => {
  it("writes one page: names escaped, no script, the same bytes twice, both languages", async () => {
    const files = [written("a.json", a), written("b.json", b)];
    expect(await yuqing(files)).toBe(0);
    const page = readFileSync(join(folder, "out", "comparison.html"), "utf8");
    expect(page).toContain("乙&lt;script&gt;alert(1)&lt;/script&gt;事件");
    expect(page).not.toMatch(/<script|undefined|NaN|\[object/);
    expect(page).toContain("B 的帖文为 A 的 0.50 倍");
    expect(await yuqing(files)).toBe(0);
    expect(readFileSync(join(folder, "out", "comparison.html"), "utf8")).toBe(page);
    expect(await yuqing(files, "en")).toBe(0);
    expect(readFileSync(join(folder, "out", "comparison.html"), "utf8").replace(/(?:<bdi>[^]*?<\/bdi>)|<title>[^<]*<\/title>|<small>[^<]*<\/small>/g, "").replace(/<style>[^]*?<\/style>/, "")).not.toMatch(/倍|百分点|区间|关键数字/);
  });

  it("says that reports of the same files are not independent", async () => {
    const page = await renderComparison(a, { ...b, manifest: a.manifest }, { language: "zh", onFailure: (_, error) => { throw error; } });
    expect(page).toContain("数据不独立");
  });

  it("leaves out every section that one report lacks", async () => {
    const page = await renderComparison(a, { ...b, findings: [], facts: [] }, { language: "zh", onFailure: (_, error) => { throw error; } });
    expect(page.match(/本节从略/g)!.length).toBe(4);
    expect(page).toContain("时间未知");
  });

  it("refuses the same report twice, an empty one, another version, an edited one, and one or three", async () => {
    const good = written("a.json", a);
    expect(await yuqing([good, written("copy.json", a)])).toBe("COMPARISON");
    expect(await yuqing([good, written("empty.json", { ...b, intake: { ...b.intake, kept: 0 } })])).toBe("COMPARISON");
    expect(await yuqing([good, written("old.json", { ...b, version: 1 })])).toBe("REPORT_VERSION");
    expect(await yuqing([good, written("edited.json", { ...b, note: "mine" })])).toBe("REPORT_INVALID");
    expect(await yuqing([good, written("half.json", JSON.stringify(b).slice(0, 500))])).toBe("REPORT_UNREADABLE");
    expect(await yuqing([good])).toBe("USAGE");
    expect(await yuqing([good, good, good])).toBe("USAGE");
  });
});
