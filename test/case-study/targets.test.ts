import { describe, expect, it } from "vitest";
import { targets as analyzer } from "../../analyzers/event/targets.ts";
import { targets as section } from "../../reports/case-study/targets.ts";
import { eventSchema } from "../../pipeline/config.ts";

const textOf = (parts: ReturnType<typeof section.tell>[number]) => parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
const event = eventSchema.parse({ subjects: [{ name: "岚栈科技" }, { name: "栩汀文旅" }] });
const context = { event, utcOffsetMs: 8 * 3_600_000, findings: new Map() };
const row = (subject: string, field: string, stance: string, posts: number) => ({ subject, field, stance, posts });
const coverage = [{ posts: 100, worded: 80 }];
const analyze = (rows: ReturnType<typeof row>[], given = context) => analyzer.analyze({ targets: rows, coverage }, analyzer.options.parse({}), given);

const rows = [row("岚栈科技", "public", "negative", 30), row("岚栈科技", "public", "neutral", 5), row("岚栈科技", "media", "neutral", 9), row("岚栈科技", "media", "positive", 1), row("栩汀文旅", "public", "neutral", 4)];

it("counts by subject and field; who is named by too few is only listed", () => {
  const { status, data, figures } = analyze(rows);
  expect(status).toBe("ok");
  expect(data.subjects).toMatchObject([{ subject: "岚栈科技", posts: 45, stances: { positive: 1, neutral: 14, negative: 30 } }]);
  expect(data.subjects[0]!.fields.map(({ field, posts }) => [field, posts])).toEqual([["media", 10], ["public", 35]]);
  expect(data.rare).toEqual([{ subject: "栩汀文旅", posts: 4 }]);
  expect(figures.find(({ key }) => key === "negative.岚栈科技")).toMatchObject({ value: 30, of: 45, unit: "posts", estimate: true, filter: { subject: "岚栈科技", stance: "negative", worded: 1 } });
});

it("gives counts and no shares: nobody has checked the model on this event", () => {
  expect(analyze(rows).figures.every(({ unit }) => unit === "posts")).toBe(true);
});

describe("tells", () => {
  const finding = analyze(rows);
  it("Chinese", () => {
    expect(section.tell(finding, "zh").map(textOf)).toEqual(["提到岚栈科技的帖文 45条，其中模型判为批评 30条、肯定 1条，其余为中性提及。", "提到栩汀文旅的帖文太少，不作判断。"]);
  });
  it("a chart whose table holds the same numbers", () => {
    const [chart] = section.charts(finding, "zh");
    expect(chart!.title).toBe("批评最多的是岚栈科技（模型判断）");
    expect(chart!.table.rows).toEqual([{ subject: "岚栈科技", posts: "45", negative: "30", neutral: "14", positive: "1", public: "30" }]);
  });
});

it("is left out when the event names no subjects, and says so", () => {
  expect(analyze(rows, { ...context, event: eventSchema.parse({}) })).toMatchObject({ status: "unavailable", reason: { zh: "事件文件没有列出主体（subjects）" }, figures: [] });
});
