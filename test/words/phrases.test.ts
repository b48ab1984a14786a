import { expect, it } from "vitest";
import type { ScoredText } from "../../pipeline/schema.ts";
import { gather } from "../../pipeline/evidence.ts";
import { rollup, summarize } from "../../pipeline/rollup/rollup.ts";
import { fill, post } from "../fixture.ts";

/** pipeline/rollup/chains.sql and text_phrases.sql, by hand. */

const key = (i: number): string => i.toString(16).padStart(16, "0");
const noon = Date.UTC(2025, 2, 3, 4);

/** Texts "words | terms" by authors of their own; those of `spammer` by one. Their phrases; the rows of phrases among the terms; and the rows that a filter by `term` selects. */
async function phrases(texts: readonly (readonly [words: string, terms: string[]])[], { spammer = [] as readonly number[], dropped = [] as string[], term = "" } = {}) {
  // In the fixture texts with even numbers are heads, and the next one is a copy: each text here is such a head, and an empty text its copy.
  const keyed = texts.flatMap(([words, terms], i) => [{ words: "", terms: [] as string[], no: 2 * i }, { words, terms, no: 2 * i + 1 }]);
  const scored = keyed.map(({ terms, no }): ScoredText => ({ text_key: key(no), terms, tags: [], emoticons: [], mentions: [], polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned: [], opinions: [], targets: [], triage: [], err: null }));
  const posts = keyed.map(({ words, no }) => post(no + 1, { author: spammer.includes((no - 1) / 2) ? "spammer" : `a${no}`, own: words === "" ? "空" : words, text_key: key(no), published_ms: noon }));
  const { database } = await fill(posts, scored);
  await rollup(database, new Set(dropped));
  const tables = await summarize(database, "internal");
  const found = tables.get("phrases")!;
  const figure = { key: "a", label: { zh: "", en: "" }, value: 1, unit: "count" as const, of: null, interval: null, filter: { term }, estimate: false };
  const { facts } = await gather(database, [{ id: "a", question: { zh: "", en: "" }, status: "ok", reason: null, lens: "posts", coverage: { posts: 1, of: 1 }, method: { zh: "", en: "" }, figures: [figure], quoted: [], data: {} }], ["a.csv"], { privacy: "internal", samples: 3 });
  database.close();
  const names = new Set(found.map(({ phrase }) => phrase));
  return { found, terms: tables.get("terms")!.filter(({ term }) => names.has(term)), totals: tables.get("term_totals")!.find(({ dimension }) => dimension === "field"), matched: facts[0]!.matched };
}

const water = (i: number): [string, string[]] => [`澜桥停水三天没人管${i}`, ["澜桥", "停水", "三天"]];
const noise = Array.from({ length: 20 }, (_, i): [string, string[]] => [`居民${i}`, ["居民"]]);

const waterTexts = [...Array.from({ length: 8 }, (_, i) => water(i)), ...noise, ["停水了", ["停水"]], ["等了三天", ["三天"]], ["又等了三天", ["三天"]]] as [string, string[]][];

it("words side by side in 60 % of the texts with each are counted as a term; an author at most three times a day; filters select their rows", async () => {
  const { found, terms, totals, matched } = await phrases(waterTexts, { spammer: [0, 1, 2, 3, 4], term: "停水三天" });
  expect(found).toEqual([["停水", "三天"], ["澜桥", "停水"], ["澜桥", "停水", "三天"]].map((parts) => ({ phrase: parts.join(""), parts: parts.join("\u0001") })));
  // 停水 9, 三天 10, 澜桥 8 texts: 8 of each are side by side. Five of them are one author's: three count. Each shares its wording with the text left empty.
  expect(terms).toEqual(["停水三天", "澜桥停水", "澜桥停水三天"].map((term) => ({ field: "public", term, docs: 6, wordings_micro: 3_000_000 })));
  // 停水 7, 三天 8, 澜桥 6, 居民 20: phrases are no further words.
  expect(totals).toMatchObject({ docs: 41 });
  expect(matched).toBe(8);
});

it("a word that the analyst dropped does not come back as a phrase", async () => {
  const { found, terms, matched } = await phrases(waterTexts, { dropped: ["停水三天"], term: "停水三天" });
  expect(found.map(({ phrase }) => phrase)).toEqual(["澜桥停水", "澜桥停水三天"]);
  expect([terms.length, matched]).toEqual([2, 0]);
});

it("what is a term already is no phrase", async () => {
  const { found } = await phrases([...waterTexts, ["停水三天", ["停水三天"]]]);
  expect(found.map(({ phrase }) => phrase)).toEqual(["澜桥停水", "澜桥停水三天"]);
});

it("not: words of one text that do not touch, words that go with many others, words too rare", async () => {
  const apart = Array.from({ length: 8 }, (): [string, string[]] => ["通知里没有公告", ["通知", "公告"]]);
  // 警方 is in 20 texts, in 8 of them before 通报.
  const wide = Array.from({ length: 20 }, (_, i): [string, string[]] => (i < 8 ? [`警方通报${i}`, ["警方", "通报"]] : [`警方${i}`, ["警方"]]));
  const rare = Array.from({ length: 4 }, (_, i): [string, string[]] => [`内网长图${i}`, ["内网", "长图"]]);
  expect((await phrases([...apart, ...wide, ...rare, ...noise])).found).toEqual([]);
});
