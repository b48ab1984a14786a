import { afterAll, expect, it } from "vitest";
import { coordination as analyzer } from "../../analyzers/event/coordination.ts";
import type { Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import { coordination } from "../../reports/case-study/coordination.ts";
import { fill, post, sampleEvent } from "../fixture.ts";

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));
const text = (sentences: ReturnType<typeof coordination.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const find = (tables: Record<string, Table>) => analyzer.analyze({ coverage: [{ posts: 500 }], coordination: [], coordinated_groups: [], coordinated_bursts: [], ...tables }, analyzer.options.parse({}), { event: eventSchema.parse({}), utcOffsetMs: 28_800_000, findings: new Map() });

it("finds six accounts that said the same things together, from posts to words", async () => {
  const { texts } = sampleEvent();
  const minute = (n: number) => Date.UTC(2025, 2, 3, 1) + n * 60_000;
  // Texts 2, 4 and 6 (clusters of their own in the fixture) by six accounts at 9:00, 13:00 and 17:00; one of them a newspaper. Others say the same over the day.
  const together = [0, 1, 2].flatMap((k) => Array.from({ length: 6 }, (_, i) => post(1 + k * 6 + i, { text_key: texts[2 * k + 1]!.text_key, own: `共同的话${k}`, published_ms: minute(240 * k + i), author: `a${i}`, author_name: i === 0 ? "云帆晚报" : `客***${i}`, author_type: i === 0 ? "media" : "ordinary" })));
  const others = Array.from({ length: 60 }, (_, i) => post(100 + i, { text_key: texts[2 * (i % 3) + 1]!.text_key, own: `共同的话${i % 3}`, published_ms: minute(i * 7 - 480), author: `b${i}` }));
  const { database, tables } = await fill([...together, ...others], texts);
  open.push(database);
  const found = find(Object.fromEntries(["coverage", "coordination", "coordinated_groups", "coordinated_bursts"].map((name) => [name, tables.get(name)!])));
  expect(found.data).toMatchObject({ posts: 78, bursts: 3, common: 0, found: 1, shuffles: 40, most: 0, expected: 0, unusual: true });
  expect(found.data.groups).toMatchObject([{ no: 1, authors: 6, institutions: 1, posts: 18, accounts: ["云帆晚报", "客***1", "客***2", "客***3", "客***4"], bursts: 3, wordings: 3, first_ms: minute(0), last_ms: minute(485) }]);
  expect(found.data.groups[0]!.examples.map(({ from_ms, authors, id, title }) => [from_ms, authors, id, title])).toEqual([[minute(0), 6, "row:0:1", "共同的话0"], [minute(240), 6, "row:0:7", "共同的话1"], [minute(480), 6, "row:0:13", "共同的话2"]]);
  expect(text(coordination.tell(found, "zh"))[0]).toBe("有 1组账号三次以上在十分钟内发出同样的话；若时刻随机，平均会出现 0.00组，最多 0组，多于偶然，疑似集中发布，待核实。");
  expect(coordination.extra!(found, "zh")!.text).toContain("5 分钟内 6 个账号");
});

const totals = { posts: 90, bursts: 9, groups: 2, common: 0, shuffles: 40, expected: 1.5, most: 4 };
const group = { no: 1, authors: 7, institutions: 0, posts: 30, accounts: "甲***乙\u0001<b>丙</b>", bursts: 4, wordings: 2, first_ms: 0, last_ms: 1 };

it("gives no cue where chance does as much, and never a verdict", () => {
  const found = find({ coordination: [totals], coordinated_groups: [group] });
  expect(text(coordination.tell(found, "zh"))[0]).toContain("并不多于偶然");
  expect(text(coordination.tell(found, "zh")).join("")).not.toMatch(/水军|操纵/);
  expect(coordination.extra!(found, "zh")!.text).toContain("&lt;b&gt;丙&lt;/b&gt;");
});

it("says so when there is nothing", () => {
  expect(text(coordination.tell(find({ coordination: [{ ...totals, groups: 0 }] }), "zh"))).toEqual(["五个以上账号在十分钟内发出同样的话共 9次，没有一组账号一同这样做过三次以上。"]);
  expect(find({ coordination: [{ ...totals, posts: 0, groups: 0 }] }).status).toBe("unavailable");
  expect(find({ coverage: [] }).status).toBe("empty");
});
