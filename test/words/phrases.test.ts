import { expect, it } from "vitest";
import type { ScoredText } from "../../pipeline/schema.ts";
import { fill, post } from "../fixture.ts";

/** pipeline/rollup/summaries/phrases.sql, by hand. */

const key = (i: number): string => i.toString(16).padStart(16, "0");
const noon = Date.UTC(2025, 2, 3, 4);

/** Texts "words | terms" by authors of their own; those of `spammer` by one. */
async function phrases(texts: readonly (readonly [words: string, terms: string[]])[], spammer: readonly number[] = []) {
  // In the fixture texts with even numbers are heads, and the next one is a copy: each text here is such a head, and an empty text its copy.
  const keyed = texts.flatMap(([words, terms], i) => [{ words: "", terms: [] as string[], no: 2 * i }, { words, terms, no: 2 * i + 1 }]);
  const scored = keyed.map(({ terms, no }): ScoredText => ({ text_key: key(no), terms, tags: [], emoticons: [], mentions: [], polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned: [], opinions: [], targets: [], triage: [], err: null }));
  const posts = keyed.map(({ words, no }) => post(no + 1, { author: spammer.includes((no - 1) / 2) ? "spammer" : `a${no}`, own: words === "" ? "空" : words, text_key: key(no), published_ms: noon }));
  const { database, tables } = await fill(posts, scored);
  database.close();
  return tables.get("phrases");
}

const water = (i: number): [string, string[]] => [`澜桥停水三天没人管${i}`, ["澜桥", "停水", "三天"]];
const noise = Array.from({ length: 20 }, (_, i): [string, string[]] => [`居民${i}`, ["居民"]]);

it("words side by side in 60 % of the texts with each; an author at most three times a day", async () => {
  const texts = [...Array.from({ length: 8 }, (_, i) => water(i)), ...noise, ["停水了", ["停水"]], ["等了三天", ["三天"]], ["又等了三天", ["三天"]]] as [string, string[]][];
  // 停水 9, 三天 10, 澜桥 8 texts: 8 of each are side by side. Five of them are one author's: three count. Each shares its wording with the text left empty.
  const row = (...parts: string[]) => ({ phrase: parts.join(""), parts: parts.join("\u0001"), docs: 6, wordings_micro: 3_000_000 });
  expect(await phrases(texts, [0, 1, 2, 3, 4])).toEqual([row("停水", "三天"), row("澜桥", "停水"), row("澜桥", "停水", "三天")]);
});

it("not: words of one text that do not touch, words that go with many others, words too rare", async () => {
  const apart = Array.from({ length: 8 }, (): [string, string[]] => ["通知里没有公告", ["通知", "公告"]]);
  // 警方 is in 20 texts, in 8 of them before 通报.
  const wide = Array.from({ length: 20 }, (_, i): [string, string[]] => (i < 8 ? [`警方通报${i}`, ["警方", "通报"]] : [`警方${i}`, ["警方"]]));
  const rare = Array.from({ length: 4 }, (_, i): [string, string[]] => [`内网长图${i}`, ["内网", "长图"]]);
  expect(await phrases([...apart, ...wide, ...rare, ...noise])).toEqual([]);
});
