import { draw, marked, naivelyMarked, nowhere, type Plan } from "../analyzers/region-reports.ts";
import { mulberry32 } from "../../analyzers/statistics.ts";

/** npx tsx test/bench/regions.ts [REPORTS]: false claims of location quotients without any difference, and how many of three provinces at twice their share are found. */
const [reports = 500] = process.argv.slice(2).map(Number);
const random = mulberry32(20_261_122);
const none = { copied: 0, repeated: 0, times: nowhere };
const nulls: [string, Plan][] = [500, 1500, 5000].flatMap((n): [string, Plan][] => [
  ["independent", { ...none, n }],
  ["copies of 3–10 in one region", { ...none, n, copied: 0.1 }],
  ["mostly copies", { ...none, n, copied: 0.5 }],
  ["copies, and accounts on 3–10 days", { ...none, n, copied: 0.1, repeated: 0.2 }],
]);
for (const [name, plan] of nulls) {
  const drawn = Array.from({ length: reports }, () => draw(random, plan));
  const claims = drawn.map((days) => marked(days).length);
  const naive = drawn.map((days) => naivelyMarked(days).length);
  const mean = (counts: readonly number[]): number => Number((counts.reduce((sum, count) => sum + count, 0) / reports).toFixed(3));
  console.log(JSON.stringify({ name, n: plan.n, reports, false_claims_per_report: mean(claims), reports_with_any: mean(claims.map((count) => Math.min(1, count))), taken_as_independent: mean(naive) }));
}
const planted = [["湖北", "北京", "陕西"], ["广东", "河南", "四川"], ["重庆", "福建", "辽宁"], ["海南", "青海", "宁夏"]];
for (const provinces of planted) {
  for (const copied of [0, 0.1]) {
    const times = (region: string): number => (provinces.includes(region) ? 2 : 1);
    let found = 0;
    let wrong = 0;
    for (let i = 0; i < reports / 5; i++) {
      const got = marked(draw(random, { n: 5000, copied, repeated: 0, times }));
      found += got.filter(({ region, shrunk }) => provinces.includes(region) && shrunk > 1).length;
      wrong += got.filter(({ region, shrunk }) => !provinces.includes(region) && shrunk > 1).length;
    }
    console.log(JSON.stringify({ planted: provinces.join(" "), n: 5000, copied, found: Number((found / (3 * (reports / 5))).toFixed(3)), others_marked_high: Number((wrong / (reports / 5)).toFixed(3)) }));
  }
}
