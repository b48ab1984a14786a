import { expect, it } from "vitest";
import { taxonomies as analyzer } from "../../analyzers/event/taxonomies.ts";
import { taxonomies as section } from "../../reports/case-study/taxonomies.ts";
import { eventSchema, taxonomySchema } from "../../pipeline/config.ts";
import { taxonomiesOf } from "../../pipeline/taxonomy.ts";
import { fill, post } from "../fixture.ts";

const textOf = (parts: ReturnType<typeof section.tell>[number]) => parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
const text = (text_key: string) => ({ text_key, terms: [], tags: [], mentions: [], emoticons: [], polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned: [], places: [], opinions: [], targets: [], triage: [], err: null });
const event = eventSchema.parse({ taxonomies: [{ name: "两类", classes: [{ name: "退款", any: ["退款", "Refund"], not: ["已退款"] }, { name: "又慢又贵", all: ["慢", "贵"] }] }, "epidemic"] });
const own = ["我要退款", "已退款，谢谢", "REFUND please", "又慢又贵，退款", "不慢", null];
const day = Date.parse("2025-03-03T09:00:00+08:00");
const posts = own.map((words, i) => post(i + 1, { own: words, kind: words === null ? "repost" : "original", text_key: words === null ? null : `0${i}`, field: i === 0 ? "media" : "public", published_ms: day + i * 86_400_000 }));

async function analyze(config = event) {
  const { database, tables } = await fill(posts, own.flatMap((words, i) => (words === null ? [] : [text(`0${i}`)])), config);
  database.close();
  return analyzer.analyze(Object.fromEntries(tables), analyzer.options.parse({}), { event: config, utcOffsetMs: 8 * 3_600_000, findings: new Map() });
}

it("counts the posts that hold the words, in any letter case, with what is required and excluded", async () => {
  const { data, figures } = await analyze();
  const [two, epidemic] = data.taxonomies;
  expect(two!.classes.map(({ name, posts, media, public: netizens }) => [name, posts, media, netizens])).toEqual([["退款", 3, 1, 2], ["又慢又贵", 1, 0, 1]]);
  expect(two!.posts).toBe(3); // the fourth post is in both classes and counts once
  expect(two!.classes[0]).toMatchObject({ first_day: 20_150, peak_day: 20_150, examples: ["row:0:1", "row:0:3", "row:0:4"] });
  expect(epidemic!.posts).toBe(0);
  expect(figures.find(({ key }) => key === "share.1.1")).toMatchObject({ value: 3 / 5, of: 5, filter: { taxonomy: 0, class: 0 } });
});

it("tells the largest class, classes that share the first place, and that no post holds the words; no share of fewer than 20 posts", async () => {
  const told = async (change: (classes: { posts: number }[]) => void, worded = 5): Promise<string[]> => {
    const { data, ...finding } = await analyze();
    change(data.taxonomies[0]!.classes);
    return section.tell({ ...finding, data: { ...data, worded: { ...data.worded, all: worded } } }, "zh").map(textOf);
  };
  expect(await told(() => {})).toEqual(["按“两类”，用到所列词语的帖文 3条；最多的是“退款”，3条。", "“疫情应对的五个风险点”：没有帖文用到所列的词。"]);
  expect((await told(([, second]) => (second!.posts = 3)))[0]).toBe("按“两类”，用到所列词语的帖文 3条；“退款”“又慢又贵”并列最多，各 3条。");
  expect((await told(() => {}, 20))[0]).toBe("按“两类”，用到所列词语的帖文 3条，占有自身文字帖文的 60.0%；最多的是“退款”，3条。");
});

it("does not say that a class leads: the count of two classes close to each other is no claim", async () => {
  const finding = await analyze();
  expect(section.charts(finding, "en").map(({ title }) => title)).toEqual(["两类: most are of 退款"]);
});

it("is left out without taxonomies", async () => {
  expect(await analyze(eventSchema.parse({}))).toMatchObject({ status: "unavailable", reason: { zh: "事件说明没有给出分类（taxonomies）" }, figures: [] });
});

it("refuses classes without words, two of a name, unknown fields and unknown shipped names; ships one that holds", () => {
  const one = { name: "甲", any: ["词"] };
  expect(taxonomySchema.safeParse({ name: "表", classes: [one, { name: "乙", not: ["词"] }] }).success).toBe(false);
  expect(taxonomySchema.safeParse({ name: "表", classes: [one, one] }).success).toBe(false);
  expect(taxonomySchema.safeParse({ name: "表", classes: [{ ...one, some: ["词"] }] }).success).toBe(false);
  expect(eventSchema.safeParse({ taxonomies: ["flood"] }).success).toBe(false);
  expect(taxonomiesOf({ taxonomies: ["epidemic"] })[0]!.classes).toHaveLength(5);
});
