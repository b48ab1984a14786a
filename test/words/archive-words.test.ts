import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { archiveLanguage } from "../../analyzers/term-counts.ts";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { archiveTables, writeArchiveWords, type ArchiveTables } from "../../pipeline/words/archive-words.ts";

const folder = mkdtempSync(join(tmpdir(), "archive-words-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A text is its terms, joined by blanks. `day`: of China. */
interface Said {
  day: number | null;
  platform?: string | null;
  text: string;
}

/** A database after `load`. */
async function database(posts: readonly Said[]): Promise<Database> {
  const made = await Database.open({ memory: "300MB", threads: 1 });
  await made.run("CREATE TABLE posts (row_no INTEGER, text_key VARCHAR, platform VARCHAR, published_ms BIGINT)");
  // Just before midnight in China.
  for (const [i, { day, platform = "weibo", text }] of posts.entries()) await made.run("INSERT INTO posts VALUES ($1, $2, $3, $4)", [i, text, platform, day === null ? null : BigInt((day + 1) * 86_400_000 - 28_800_001)]);
  await made.run("CREATE TABLE texts AS SELECT (row_number() OVER (ORDER BY text_key))::INTEGER AS text_no, text_key FROM (SELECT DISTINCT text_key FROM posts)");
  await made.run("CREATE TABLE tokens AS SELECT DISTINCT text_no, unnest(string_split(text_key, ' ')) AS term FROM texts");
  await made.run("CREATE TABLE scored AS SELECT p.*, t.text_no, 1 AS worded FROM posts p JOIN texts t USING (text_key)");
  return made;
}

let files = 0;
async function night(archive: { counts: string[]; wordings: string[] }, posts: readonly Said[]): Promise<void> {
  const [counts, wordings] = [join(folder, `${files}.counts.parquet`), join(folder, `${files++}.wordings.parquet`)];
  const made = await database(posts);
  await writeArchiveWords(made, archive.wordings, { counts, wordings });
  made.close();
  archive.counts.push(counts);
  archive.wordings.push(wordings);
}
async function archived(nights: readonly (readonly Said[])[], event: readonly Said[]): Promise<ArchiveTables> {
  const archive = { counts: [] as string[], wordings: [] as string[] };
  for (const posts of nights) await night(archive, posts);
  const made = await database(event);
  try {
    return await archiveTables(made, archive);
  } finally {
    made.close();
  }
}

const event: Said[] = [{ day: 10, text: "停水 三天" }, { day: 12, text: "停水 投诉" }];
const others: Said[] = [
  { day: 9, text: "投诉 堵车" }, // before the event
  { day: 10, text: "投诉 堵车" },
  { day: 10, text: "投诉 堵车" }, // the same wording
  { day: 11, text: "投诉 堵车" }, // of another day: another one
  { day: 11, text: "桂花 三天" },
  { day: 11, platform: "news", text: "投诉 通报" }, // a platform that the event is not on
  { day: 13, text: "投诉 桂花" },
  { day: null, text: "投诉 无时" },
];

it("counts wordings of the event's days and platforms, without the event's own", async () => {
  const { terms, totals } = await archived([[...event, ...others]], event);
  // 堵车 and 桂花 are not words of the event: in the total, not in the list. Two wordings of days 10 and 11, and 桂花 三天: 6 terms.
  expect(terms).toEqual([{ platform: "weibo", term: "三天", wordings: 1, exact: true }, { platform: "weibo", term: "投诉", wordings: 2, exact: true }]);
  expect(totals).toEqual([{ platform: "weibo", wordings: 3, terms: 6, first_day: 10, last_day: 11 }]);
});

it("nights in any cut and order give what one night gives; what comes again is not counted again", async () => {
  const all = [...event, ...others];
  const once = await archived([all], event);
  expect(await archived([all.slice(5), all.slice(0, 5), all], event)).toEqual(once);
  expect(await archived(all.map((post) => [post]).reverse(), event)).toEqual(once);
});

it("a text that the event has word for word that day is the event's, whoever said it; of another day or platform it is not", async () => {
  const copies: Said[] = [{ day: 10, text: "停水 三天" }, { day: 11, text: "停水 三天" }];
  const { terms } = await archived([[...event, ...copies]], event);
  expect(terms).toEqual([{ platform: "weibo", term: "三天", wordings: 1, exact: true }, { platform: "weibo", term: "停水", wordings: 1, exact: true }]);
});

it("bounds a word that only the event's dictionary has by the rarer of its parts; a word of the dictionaries that nobody says is not said", async () => {
  const many = ["车站 停水", "车站 检修", "车站 通报", "停水 检修"].map((text): Said => ({ day: 10, text }));
  const words: Said[] = [1, 2, 3].map((i) => ({ day: 10, text: `停水车站 停水公告 北京大学 第${i}` }));
  const { terms } = await archived([many], words);
  // 停水车站 is no word: at most min(停水 2, 车站 3). 公告 is not said at all, 北京大学 is a word.
  expect(terms).toEqual([{ platform: "weibo", term: "停水车站", wordings: 2, exact: false }]);
});

it("no archive, no time, nothing of its platforms: no rows", async () => {
  const made = await database(event);
  expect(await archiveTables(made, null)).toEqual({ terms: [], totals: [] });
  expect(await archiveTables(made, { counts: [], wordings: [] })).toEqual({ terms: [], totals: [] });
  made.close();
  expect(await archived([others], [{ day: null, text: "投诉" }])).toEqual({ terms: [], totals: [] });
  expect(await archived([others], [{ day: 11, platform: null, text: "投诉" }])).toEqual({ terms: [], totals: [] });
});

it("weighs platforms as the event does", () => {
  const totals = [{ platform: "news", wordings: 900, terms: 9000, first_day: 3, last_day: 9 }, { platform: "weibo", wordings: 100, terms: 1000, first_day: 1, last_day: 5 }];
  const terms = [{ platform: "news", term: "通报", wordings: 900, exact: true }, { platform: "weibo", term: "通报", wordings: 10, exact: true }, { platform: "weibo", term: "大家", wordings: 50, exact: false }];
  const platforms = [["weibo", 60], ["news", 20], ["douyin", 20]].map(([value, micro]) => ({ dimension: "platform", value: value!, wordings_micro: micro! }));
  const { total, of, effective, wordings, days, covered } = archiveLanguage(terms, totals, platforms)!;
  // Of what weibo and news are in the event 3/4 and 1/4: 1 / (0.5625/1000 + 0.0625/9000) = 1756.1 terms, 175.61 wordings.
  expect(total).toBeCloseTo(1756.1, 1);
  expect(effective).toBeCloseTo(175.61, 2);
  // 通报: 3/4 · 10/1000 + 1/4 · 900/9000 = 3.25 %; in the plain sum it would be 9.1 %.
  expect(of("通报").count / total).toBeCloseTo(0.0325, 9);
  expect(of("大家")).toEqual({ count: (total * 0.75 * 50) / 1000, texts: null, exact: false });
  expect(of("没有")).toEqual({ count: 0, texts: null, exact: true });
  expect({ wordings, days, covered }).toEqual({ wordings: 1000, days: [1, 9], covered: 0.8 });
  expect(archiveLanguage(terms, totals, [{ dimension: "platform", value: "douyin", wordings_micro: 5 }])).toBeNull();
});
