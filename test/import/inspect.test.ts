import { describe as group, expect, it } from "vitest";
import { IdSet } from "../../pipeline/import/doubts/id-set.ts";
import { describe, inspect } from "../../pipeline/import/inspect.ts";
import { scratch } from "./import-all.ts";

const options = { utcOffsetMs: 8 * 3_600_000 };

group("inspect", () => {
  it("counts what each column would hold and what looks wrong", async () => {
    const path = scratch("微博id,正文,发布时间,转发数,奇怪\n500000000001,甲,2021-08-07,1,\n500000000001,甲,昨天,abc,\n4.75E+15,乙\ufffd,,,\n,,,3,\n", "odd.csv");
    const seen = await inspect(path, { ...options, platform: "weibo" });
    expect([seen.read, seen.kept, seen.rejected]).toEqual([4, 3, [{ code: "EMPTY_ROW", count: 1, lines: [5] }]]);
    expect(seen.headers).toEqual([
      { header: "微博id", column: "post_id", known: true }, { header: "正文", column: "text", known: true }, { header: "发布时间", column: "time", known: true }, { header: "转发数", column: "reposts", known: true }, { header: "奇怪", column: null, known: false },
    ]);
    const coverage = new Map(seen.coverage.map(({ column, known }) => [column, known]));
    expect([coverage.get("own"), coverage.get("published_ms"), coverage.get("reposts"), coverage.get("region_ip")]).toEqual([3, 1, 1, 0]);
    expect(seen.suspicions.map(({ code, count, lines }) => [code, count, lines])).toEqual([
      ["HEADER_UNKNOWN", 1, []], ["TIME_MISSING", 2, []], ["TIME_RELATIVE", 1, [3]], ["TIME_DAY_ONLY", 1, []], ["COUNT_UNREADABLE", 1, [3]], ["ID_DAMAGED", 1, [4]], ["ID_DUPLICATE", 1, [3]], ["TEXT_REPLACEMENT", 1, [4]],
    ]);
    expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
  });
  it("tells it in both languages", async () => {
    const seen = await inspect(scratch("正文\n甲\n", "short.csv"), options);
    expect(describe(seen, "zh")).toContain("正文 → text");
    expect(describe(seen, "en")).toContain("rows 1 = kept 1 + rejected 0");
    const [missing] = seen.suspicions;
    expect(missing!.code).toBe("TIME_MISSING");
    for (const language of ["zh", "en"] as const) expect(describe(seen, language)).toContain(`TIME_MISSING 1  ${missing!.message[language]}\n      ${{ zh: "影响", en: "bends" }[language]}: ${missing!.bends![language]}`);
  });
});

group("IdSet", () => {
  it("knows 50,000 ids that differ in one digit, and the empty one", () => {
    const set = new IdSet();
    const ids = ["", ...Array.from({ length: 50_000 }, (_, i) => `weibo:${4_932_063_356_000_000 + i}`)];
    expect(ids.filter((id) => !set.add(id))).toEqual([]);
    expect(ids.filter((id) => set.add(id))).toEqual([]);
  });
});
