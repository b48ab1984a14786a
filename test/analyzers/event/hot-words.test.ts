import { expect, it } from "vitest";
import { hotWords } from "../../../analyzers/event/hot-words.ts";
import type { Table } from "../../../analyzers/contract.ts";
import { eventSchema } from "../../../pipeline/config.ts";

const event = eventSchema.parse({ query: ["云帆科技 加班"], subjects: [{ name: "云帆科技有限公司", aliases: ["YunFan"] }] });
const context = { event, utcOffsetMs: 8 * 3_600_000, findings: new Map() };
const options = hotWords.options.parse({});

const tables: Record<string, Table> = {
  terms: [
    { field: "public", term: "截图", docs: 200 },
    { field: "media", term: "截图", docs: 1 },
    { field: "media", term: "通报", docs: 40 },
    { field: "public", term: "通报", docs: 60 },
    { field: "public", term: "大家", docs: 150 },
    { field: "public", term: "工位墙", docs: 6 },
    { field: "public", term: "罕见", docs: 4 },
    { field: "public", term: "加班", docs: 500 },
    { field: "official", term: "加班", docs: 2 },
    { field: "public", term: "yunfan", docs: 30 },
    { field: "public", term: "加班费", docs: 12 },
  ],
  term_totals: [
    { field: "media", docs: 500, texts: 100 },
    { field: "official", docs: 50, texts: 10 },
    { field: "public", docs: 9450, texts: 1890 },
  ],
  background: [
    { term: "截图", count: 8000 },
    { term: "通报", count: 20_000 },
    // 150 of 10,000 are 1.25 times this.
    { term: "大家", count: 1_200_000 },
    { term: "加班费", count: 900 },
    { term: "罕见", count: 500 },
  ],
  tags: [
    { tag: "云帆科技回应", posts: 50, author_days: 40 },
    { tag: "刷屏", posts: 400, author_days: 6 },
    { tag: "罕见", posts: 9, author_days: 4 },
    { tag: "云帆科技回应", posts: 7, author_days: 5 },
  ],
  volume: [{ posts: 3000, worded: 2000 }, { posts: 500, worded: 100 }],
};
const finding = hotWords.analyze(tables, options, context);

it("keeps words by z, texts and lift", () => {
  expect(finding.status).toBe("ok");
  // Out: 大家 (lift 1.25), 罕见 (4 texts), and what the event file gives.
  expect(finding.data.words.map(({ term, docs }) => [term, docs])).toEqual([["截图", 201], ["通报", 100], ["加班费", 12], ["工位墙", 6]]);
  // 201/10,000 over 8,000/10^8 = 251.25
  expect(finding.data.words[0]!.lift).toBeCloseTo(251.25, 9);
  expect(finding.coverage).toEqual({ posts: 2100, of: 3500 });
});

it("takes a word that the general list lacks for as frequent as the list's rarest", () => {
  // 6/10,000 over 500/10^8 = 120
  expect(finding.data.words[3]).toMatchObject({ term: "工位墙", listed: false });
  expect(finding.data.words[3]!.lift).toBeCloseTo(120, 9);
});

it("lists query words and subjects apart, also pieces and other letter case", () => {
  expect(finding.data.given).toEqual([{ term: "加班", docs: 502 }, { term: "yunfan", docs: 30 }]);
});

it("contrasts media and public, each against the other", () => {
  // 通报: 40 of 500 against 60 of 9,450. 截图: 200 of 9,450 against 1 of 500 is z = 2.12: not enough.
  expect(finding.data.contrast.media.map(({ term, docs, other }) => [term, docs, other])).toEqual([["通报", 40, 60]]);
  expect(finding.data.contrast.public).toEqual([]);
  const loose = hotWords.analyze(tables, { ...options, z: 2.12 }, context).data.contrast.public;
  // α = 500·201/9950 = 10.1005: z = 2.12099 · lift = (200/9450)/(1/500) = 10.582
  expect(loose.map(({ term, lift }) => [term, Number(lift!.toFixed(3))])).toEqual([["截图", 10.582]]);
});

it("makes no contrast below 20 texts of a side", () => {
  const few = { ...tables, term_totals: tables.term_totals!.map((row) => (row.field === "media" ? { ...row, texts: 19 } : row)) };
  expect(hotWords.analyze(few, options, context).data.contrast).toEqual({ media: [], public: [] });
});

it("ranks hashtags by accounts per day, so that one account cannot push its own", () => {
  expect(finding.data.tags).toEqual([{ tag: "云帆科技回应", posts: 57, author_days: 45 }, { tag: "刷屏", posts: 400, author_days: 6 }]);
});

it("gives every listed word a figure with its denominator and rows", () => {
  expect(finding.figures.find(({ key }) => key === "term.docs.截图")).toMatchObject({ value: 201, unit: "count", of: 2000, filter: { term: "截图" }, estimate: false });
  expect(finding.figures.find(({ key }) => key === "media.docs.通报")).toMatchObject({ value: 40, of: 100, filter: { field: "media", term: "通报" } });
});

it("survives hostile terms", () => {
  const terms = ["__proto__", "constructor", "</script><b>", "$&"].map((term) => ({ field: "public", term, docs: 50 }));
  const { words } = hotWords.analyze({ ...tables, terms }, options, context).data;
  expect(words.map(({ term }) => term)).toEqual(["$&", "</script><b>", "__proto__", "constructor"]);
});

it("says what is missing", () => {
  const empty = Object.fromEntries(Object.keys(tables).map((name) => [name, []]));
  expect(hotWords.analyze(empty, options, context)).toMatchObject({ status: "empty", coverage: { posts: 0, of: 0 }, data: { words: [], tags: [] } });
  expect(hotWords.analyze({ ...tables, background: [] }, options, context)).toMatchObject({ status: "unavailable", data: { words: [] } });
});
