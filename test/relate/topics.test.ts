import { afterAll, expect, it } from "vitest";
import { topics as analyzer } from "../../analyzers/event/topics.ts";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import { relateClusters } from "../../pipeline/relate/clusters.ts";
import { makeWordedTexts } from "../../pipeline/relate/texts.ts";
import { relateTopics, type Topics } from "../../pipeline/relate/topics.ts";
import { rollupSql } from "../../pipeline/rollup/rollup.ts";
import { topics as section } from "../../reports/case-study/topics.ts";
import { event } from "../fixture.ts";
import { filled, type Given } from "./event.ts";
import { random } from "./planted-opinions.ts";

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));

async function topicsOf(given: readonly Given[]): Promise<Topics & { database: Database }> {
  const database = await filled(given);
  open.push(database);
  await makeWordedTexts(database);
  return { database, ...(await relateTopics(database, await relateClusters(database), { maxTopics: 30, sample: 10_000 }, event)) };
}

/** The sentences of the section on these topics. */
async function told({ database, labels }: Topics & { database: Database }): Promise<string[]> {
  const rows = await database.rows(rollupSql("topics"));
  const finding = analyzer.analyze({ topics: rows, topic_labels: labels, volume: [{ posts: 1 }] } as never, analyzer.options.parse({}), { event, utcOffsetMs: 0, findings: new Map() });
  return section.tell(finding, "zh").map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
}

const subjects = [["水管", "抢修", "停水", "街道"], ["电费", "账单", "涨价", "核算"], ["学校", "食堂", "饭菜", "家长"], ["道路", "修路", "绕行", "司机"]] as const;
/** Of seven posts two on the first subject, two on the second, two on the third and one on the last, of 5 words in random order. */
function posts(count: number, seed = 5): Given[] {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => {
    const words = [...subjects[[0, 0, 1, 1, 2, 2, 3][i % 7]!]!, ["今天", "昨天", "早上", "晚上"][Math.floor(next() * 4)]!];
    return { id: `p${i}`, own: `${words.sort(() => next() - 0.5).join("，")}${i}` };
  });
}

it("finds four subjects, numbers them by posts, and gives each its keywords", async () => {
  const { labels, assigned, posts: all, database } = await topicsOf(posts(420));
  expect([all, assigned]).toEqual([420, 420]);
  expect(await database.rows("SELECT topic, count(*) AS n FROM text_topics GROUP BY topic ORDER BY topic")).toEqual([{ topic: 1, n: 120 }, { topic: 2, n: 120 }, { topic: 3, n: 120 }, { topic: 4, n: 60 }]);
  const found = labels.map(({ keywords }) => subjects.findIndex((words) => words.every((word) => String(keywords).split("\u0001").includes(word))));
  expect([found[3], [...found].sort()]).toEqual([3, [0, 1, 2, 3]]);
  for (const { stability } of labels) expect(stability).toBeGreaterThan(600_000);
});

it("gives the same topics over three runs and for shuffled rows", async () => {
  const given = posts(420);
  const next = random(9);
  const rows = async (list: readonly Given[]) => {
    const { database, labels } = await topicsOf(list);
    return [await database.rows("SELECT p.own, t.topic FROM scored s JOIN posts p ON p.row_no = s.row_no JOIN text_topics t ON t.text_no = s.text_no ORDER BY ALL"), labels];
  };
  const first = await rows(given);
  expect(await rows(given)).toEqual(first);
  const at = given.map((one, i) => ({ ...one, published_ms: Date.UTC(2025, 2, 3) + i * 60_000 }));
  expect(await rows(at.map((one) => ({ one, key: next() })).sort((a, b) => a.key - b.key).map(({ one }) => one))).toEqual(first);
});

it("tells posts too short for a topic from those of none", async () => {
  const short = Array.from({ length: 30 }, (_, i) => ({ own: `${100 + i}` }));
  const { database, short: count } = await topicsOf([...posts(420), ...short]);
  expect(count).toBe(30);
  expect(await database.rows("SELECT count(*) AS n FROM scored s JOIN posts p ON p.row_no = s.row_no JOIN text_topics t ON t.text_no = s.text_no WHERE topic = -1 AND p.own = CAST(100 AS VARCHAR)")).toEqual([{ n: 1 }]);
});

it("lists what has neither stable bounds nor words that belong together after the topics, without a name", async () => {
  const next = random(3);
  const words = [..."山河湖海云雨风雪春夏秋冬日月星辰"].flatMap((one) => [..."光影声色"].map((other) => one + other));
  const chatter = Array.from({ length: 420 }, (_, i): Given => ({ id: `c${i}`, own: Array.from({ length: 4 }, () => words[Math.floor(next() * words.length)]!).join("，") }));
  const { loose, labels, database, assigned } = await topicsOf([...posts(420), ...chatter]);
  expect(loose.topics).toBeGreaterThan(0);
  expect(loose.posts).toBeGreaterThan(20);
  const firm = labels.length - loose.topics;
  expect(labels.map(({ loose }) => loose)).toEqual([...Array<boolean>(firm).fill(false), ...Array<boolean>(loose.topics).fill(true)]);
  for (const { name, loose } of labels) expect(loose && name !== null).toBe(false);
  const shown = labels.slice(0, firm).flatMap(({ keywords }) => String(keywords).split("\u0001"));
  for (const own of subjects) expect(shown).toEqual(expect.arrayContaining([...own]));
  const [counted] = await database.rows(`SELECT count(*) FILTER (topic > ${firm}) AS loose, count(*) FILTER (topic BETWEEN 1 AND ${firm}) AS assigned, count(*) FILTER (topic > ${firm} AND id LIKE 'p%') AS planted FROM scored JOIN text_topics USING (text_no)`);
  expect(counted).toEqual({ loose: loose.posts, assigned, planted: 0 });
});

it("counts a post too short for a topic with the post it comments on, when most posts of the same words agree", async () => {
  // p0 is on the first subject, p2 on the second. "200" stands below both, "300" below a post that is not in the data, whose root is; "400" below none.
  const below = (own: string, parent: string, root = parent): Given => ({ own, kind: "comment", parent, root });
  const { database, short, threaded } = await topicsOf([...posts(420), below("100", "p0"), below("200", "p0"), below("200", "p2"), below("300", "gone", "p2"), { own: "400" }]);
  expect([short, threaded]).toEqual([3, 2]);
  const rows = await database.rows<{ id: string; own: string; topic: number }>("SELECT p.id, p.own, t.topic FROM scored s JOIN posts p ON p.row_no = s.row_no JOIN text_topics t ON t.text_no = s.text_no");
  const topicOf = (text: string) => rows.find(({ id, own }) => id === text || own === text)!.topic;
  expect(["100", "200", "300", "400"].map(topicOf)).toEqual([topicOf("p0"), -1, topicOf("p2"), -1]);
});

it("counts no short post with the one it comments on where most posts of the event stand below that one", async () => {
  // 420 comments on p0 and 20 that say nothing: 440 of 441 posts, then 440 of 1,020.
  const below = (own: string, i: number): Given => ({ ...(posts(421)[i] ?? {}), own, kind: "comment", parent: "p0", root: "p0" });
  const comments = [...posts(421).slice(1).map((one, i) => below(one.own, i + 1)), ...Array.from({ length: 20 }, (_, i): Given => ({ id: `s${i}`, own: `${100 + i}`, kind: "comment", parent: "p0", root: "p0" }))];
  const { threaded, short } = await topicsOf([posts(1)[0]!, ...comments]);
  expect([threaded, short]).toEqual([0, 20]);
  const alone = posts(1000).slice(421);
  expect((await topicsOf([posts(1)[0]!, ...comments, ...alone])).threaded).toBe(20);
});

it.each<[string, Given[], RegExp]>([
  ["three posts", posts(3), /样本偏少|没有形成话题/],
  ["one author", posts(40).map((one) => ({ ...one, author: "同一人" })), /样本偏少/],
  ["one text 10,000 times", Array.from({ length: 10_000 }, () => ({ own: "检测报告什么时候公布，居民等了三天" })), /没有形成话题/],
  ["emoji only", Array.from({ length: 200 }, (_, i) => ({ own: ["😀", "😡😡", "👍"][i % 3]!.repeat(1 + (i % 7)) })), /没有形成话题|没有民间有自身文字的帖文/],
  ["numbers only", Array.from({ length: 200 }, (_, i) => ({ own: String(i) })), /没有形成话题/],
])("has an honest line for %s", async (_, given, line) => {
  expect((await told(await topicsOf(given))).at(-1)).toMatch(line);
});

it("takes English texts as they are", async () => {
  const subjects = ["water pipe repair street", "power bill price meter", "school lunch parents canteen"];
  const { labels } = await topicsOf(Array.from({ length: 300 }, (_, i) => ({ own: `${subjects[i % 3]!} ${["today", "yesterday", "again", "tomorrow"][i % 4]!} number${i}` })));
  for (const { name, keywords } of labels) expect(`${String(name)} ${String(keywords)}`).toMatch(/^[\x20-\x7e\u0001、]+$/);
});
