import { expect, it } from "vitest";
import { phases } from "../../analyzers/event/phases.ts";
import { volume as analyzer } from "../../analyzers/event/volume.ts";
import type { Finding, Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { volume } from "../../reports/case-study/volume.ts";
import { draw } from "../../reports/charts/draw.ts";
import { monday, stepEvent, volumeRow } from "../analyzers/synthetic-event.ts";

const text = (sentences: ReturnType<typeof volume.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const event = eventSchema.parse({ milestones: [{ time: "2025-03-04 06:30", text: "</script><b>通报" }, { time: "2024-01-01", text: "早年" }] });
function find(rows: Table) {
  const context = { event, utcOffsetMs: 8 * 3_600_000, findings: new Map<string, Finding>() };
  context.findings.set("phases", phases.analyze({ volume: rows }, phases.options.parse({ clock: "even" }), context) as Finding);
  return analyzer.analyze({ volume: rows }, {}, context);
}
const finding = find(stepEvent());
interface Point { at: number; piece: number; low: number; high: number; series: string }
const points = (rows: Table) => (volume.charts(find(rows), "zh")[0]!.body as unknown as { spec: { layer: { data: { values: Point[] } }[] } }).spec.layer[1]!.data.values;

it("tells totals, fields, kinds and the peak day", () => {
  // Media: 6·4 in the growth, 474 in the burst, 12·12 after it: 642 of 3,378.
  expect(text(volume.tell(finding, "zh"))).toEqual(["共 3,378条，其中媒体占 19.0%、民间占 81.0%；原创占 81.0%、转发占 19.0%。", "帖文最多的一天是 2025年3月4日，共 2,874条，占有时间帖文的 85.1%。"]);
  expect(text(volume.tell(finding, "en"))).toEqual(["3,378 posts in all: media 19.0%, public 81.0%; originals 81.0%, reposts 19.0%.", "The day with most posts is 4 Mar 2025: 2,874 posts, 85.1% of those with a time."]);
});

it("gives counts below 20, and says when another lens has another peak day", () => {
  const few = [{ ...volumeRow(monday, 6), originals: 0, author_days: 1, kind: "repost" }, volumeRow(monday + 144, 4)];
  expect(text(volume.tell(find(few), "zh"))).toEqual(["共 10条，均为民间；原创 4条、转发 6条。", "帖文最多的一天是 2025年3月3日，共 6条。", "换一种计数口径，最多的一天不同：仅原创为2025年3月4日，每作者每天一次为2025年3月4日。"]);
});

it("leaves a hole where nothing was collected, and stacks the fields", () => {
  const days = [90, 110, 0, 0, 95, 120, 100, 40, 30, 20, 12, 9].flatMap((posts, i) => (posts === 0 ? [] : [{ ...volumeRow(0, posts), day: 20_150 + i, slot: null }]));
  const local = (i: number) => (20_150 + i) * 86_400_000;
  // Two pieces: days 0–1 end at day 2, days 4–11 at day 12. Nothing lies between.
  expect(points(days).map(({ at }) => at)).toEqual([...[0, 1, 2], ...[4, 5, 6, 7, 8, 9, 10, 11, 12]].map(local));
  expect(points(days).map(({ piece }) => piece)).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect(text(volume.tell(find(days), "zh")).at(-1)).toBe("图中留空处应是未采集，不是没有帖文。");
  // Hour 30: 38 of the media below 156 of the public, local time as UTC.
  const hour = points(stepEvent()).filter(({ at }) => at === (monday / 6 + 30) * 3_600_000);
  expect(hour.map(({ series, low, high }) => [series, low, high])).toEqual([["媒体", 0, 38], ["民间", 38, 194]]);
});

it("draws without warnings in both widths and languages, milestones inside the span only", async () => {
  const one = Array.from({ length: 40 }, () => volumeRow(monday, 2));
  for (const found of [finding, find(one), find([{ ...volumeRow(0, 5), slot: null, day: 20_150 }])]) {
    for (const language of ["zh", "en"] as const) {
      for (const chart of volume.charts(found, language)) for (const width of [720, 344]) expect((await draw(chart, "t", { language, width })).text).not.toMatch(/NaN|undefined|<script|<b>/);
    }
  }
  const [field, kind] = volume.charts(finding, "zh");
  expect(field).toMatchObject({ title: "2025年3月4日帖文最多，共 2,874条", note: "单位：条，每小时一档；n = 3,378，含转发；竖线为节点：2 </script><b>通报；三角为转折点" });
  expect(kind!.title).toBe("原创多于其他类型");
  expect(field!.table.rows).toEqual([
    { day: "2025年3月3日", posts: "48", media: "0", public: "48" },
    { day: "2025年3月4日", posts: "2,874", media: "570", public: "2,304" },
    { day: "2025年3月5日", posts: "432", media: "72", public: "360" },
    { day: "2025年3月6日", posts: "24", media: "0", public: "24" },
  ]);
});
