import { afterAll, beforeAll, expect, it } from "vitest";
import type { Filter, Figure } from "../../analyzers/contract.ts";
import { condition, gather } from "../../pipeline/evidence.ts";
import type { ReportFinding } from "../../reports/report.ts";
import { fill, post, type Filled } from "../fixture.ts";

let filled: Filled;
beforeAll(async () => {
  const text = { text_key: "k1", terms: ["道歉"], tags: [], emoticons: [], mentions: [], polarity: "negative", positive_micro: 100_000, negative_micro: 800_000, emotion: "anger", mentioned: ["广东"], opinions: [], targets: ["甲公司\u0001negative"], triage: [], err: null };
  filled = await fill(
    [
      post(1, { platform: "weibo", text_key: "k1", own: "请联系我 13800138000 要求道歉", likes: 2 }),
      post(2, { platform: "weibo", kind: "repost", likes: 9 }),
      post(3, { platform: "it's \"quoted\"", own: "x".repeat(300) }),
    ],
    [text],
  );
});
afterAll(() => filled.database.close());

const figure = (key: string, filter: Filter | null): Figure => ({ key, label: { zh: key, en: key }, value: 1, unit: "posts", of: null, interval: null, filter, estimate: false });
const finding = (figures: Figure[]): ReportFinding => ({ id: "a", question: { zh: "？", en: "?" }, status: "ok", reason: null, lens: "posts", coverage: { posts: 3, of: 3 }, method: { zh: "", en: "" }, figures, quoted: [], data: {} });
const files = ["posts.csv"];

it("counts and samples the rows a filter selects, most engagement first", async () => {
  const { facts, rows } = await gather(filled.database, [finding([figure("weibo", { platform: "weibo" }), figure("none", null), figure("term", { term: "道歉" }), figure("region", { mentioned: "广东" }), figure("for", { subject: "甲公司", stance: "positive" }), figure("against", { subject: "甲公司", stance: "negative" })])], files, { privacy: "masked", samples: 3 });
  expect(facts.map(({ no, matched, samples }) => [no, matched, samples])).toEqual([[1, 2, ["row:0:2", "row:0:1"]], [2, null, []], [3, 1, ["row:0:1"]], [4, 1, ["row:0:1"]], [5, 0, []], [6, 1, ["row:0:1"]]]);
  expect(rows.map(({ place }) => place)).toEqual(["posts.csv:1", "posts.csv:2"]);
});

it("masks what leaves and cuts long text without splitting a character", async () => {
  const { rows } = await gather(filled.database, [finding([figure("all", {})])], files, { privacy: "masked", samples: 3 });
  expect(rows[0]!.text).not.toContain("13800138000");
  expect(rows[2]!.text).toBe(`${"x".repeat(140)}…`);
});

it("binds values, so that a hostile one is only a value", async () => {
  const { facts } = await gather(filled.database, [finding([figure("quoted", { platform: "it's \"quoted\"" }), figure("attack", { platform: "x' OR 1=1 --" })])], files, { privacy: "masked", samples: 3 });
  expect(facts.map(({ matched }) => matched)).toEqual([1, 0]);
});

it("writes ranges, lists and nulls as SQL with parameters, and refuses unknown columns", () => {
  expect(condition({ slot: { gte: 3, lt: 5 }, kind: ["original", "comment"], region_ip: null })).toEqual({
    sql: '(s."slot" >= $1 AND s."slot" < $2) AND (s."kind" IN ($3, $4)) AND (s."region_ip" IS NULL)',
    values: [3, 5, "original", "comment"],
  });
  expect(() => condition({ own: "x" })).toThrow('evidence cannot filter by "own"');
  expect(() => condition({ constructor: "x" } as unknown as Filter)).toThrow("constructor");
});
