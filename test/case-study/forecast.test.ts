import { expect, it } from "vitest";
import { forecast as analyzer } from "../../analyzers/event/forecast.ts";
import { phases } from "../../analyzers/event/phases.ts";
import type { Finding, Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { forecast } from "../../reports/case-study/forecast.ts";
import { draw } from "../../reports/charts/draw.ts";
import { monday, stepEvent, volumeRow } from "../analyzers/synthetic-event.ts";

const text = (sentences: ReturnType<typeof forecast.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
function find(rows: Table) {
  const context = { event: eventSchema.parse({}), utcOffsetMs: 8 * 3_600_000, findings: new Map<string, Finding>() };
  context.findings.set("phases", phases.analyze({ volume: rows }, phases.options.parse({ clock: "even" }), context) as Finding);
  return analyzer.analyze({ volume: rows }, analyzer.options.parse({}), context);
}
/** Posts an hour, one row an hour at its last ten minutes. */
const hourly = (counts: readonly number[]) => counts.flatMap((posts, hour) => (posts === 0 ? [] : [volumeRow(monday + 6 * hour + 5, posts)]));
const rise = [2, 3, 2, 4, 8, 16, 40, 90, 200];
const fall = Array.from({ length: 14 }, (_, hour) => Math.round(400 / (hour / 4 + 1) ** 1.2));

it("gives numbers with an 80 % interval while the event falls, and draws them", async () => {
  const finding = find(hourly([...rise, ...fall]));
  const [first, second] = text(forecast.tell(finding, "zh"));
  expect(finding.data.state).toBe("forecast");
  expect(first).toMatch(/^按最近一波波峰之后 \d+小时、[\d,]+条的回落推算，数据截止（2025年3月3日 23:00）之后 24 小时预计还有约 [\d,]+条，可能在 [\d,]+–[\d,]+条之间（80% 区间）；其中 6 小时之内约 [\d,]+条（[\d,]+–[\d,]+条）。$/);
  expect(second).toContain("如再起一波，须重新估计");
  const day = finding.data.outlooks.at(-1)!;
  // The law goes on with Σ 400/(t/4 + 1)^1.2 over t = 14 … 37.
  const truth = Array.from({ length: 24 }, (_, i) => 400 / ((14 + i) / 4 + 1) ** 1.2).reduce((sum, posts) => sum + posts, 0);
  expect(day.low).toBeLessThan(truth);
  expect(day.high).toBeGreaterThan(truth);
  for (const [i, one] of finding.data.outlooks.entries()) {
    expect(one.low >= 0 && one.low <= one.middle && one.middle <= one.high).toBe(true);
    if (i > 0) expect(one.middle).toBeGreaterThanOrEqual(finding.data.outlooks[i - 1]!.middle);
  }
  for (const language of ["zh", "en"] as const) for (const width of [720, 344]) expect((await draw(forecast.charts(finding, language)[0]!, "t", { language, width })).text).not.toMatch(/NaN|undefined/);
});

it("gives the growth rate only, before the peak", () => {
  const finding = find(hourly(Array.from({ length: 30 }, (_, hour) => Math.round(3 * 1.2 ** hour))));
  expect(finding.data).toMatchObject({ state: "rising", outlooks: [] });
  expect(finding.data.growth!.factor).toBeCloseTo(1.2, 1);
  expect(text(forecast.tell(finding, "zh"))[0]).toBe("数据截止（2025年3月4日 06:00）时尚未见顶，不预测总量。");
  expect(forecast.charts(finding, "zh")).toEqual([]);
});

it("forecasts nothing after the end, of a constant rate, of few posts, or of posts with dates only", () => {
  expect(text(forecast.tell(find(stepEvent()), "zh"))).toEqual(["数据截止时事件已进入消退期，不再预测。"]);
  expect(text(forecast.tell(find(hourly(Array<number>(60).fill(20))), "zh"))).toEqual(["发帖速率没有可辨的起落，不作预测。"]);
  expect(text(forecast.tell(find(hourly([3, 9, 4])), "zh"))).toEqual(["有发布时间的帖文太少，不作预测。"]);
  const dated = find([5, 40, 90, 30, 9, 8].map((posts, i) => ({ ...volumeRow(0, posts), day: 20_150 + i, slot: null })));
  expect(dated).toMatchObject({ status: "unavailable", reason: { zh: "知道发布时刻的帖文不足一半，不作预测" } });
  expect(forecast.tell(dated, "zh")).toEqual([]);
});
