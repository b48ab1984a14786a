import { expect, it } from "vitest";
import { triage as analyzer } from "../../analyzers/event/triage.ts";
import { triage as section } from "../../reports/case-study/triage.ts";
import { eventSchema } from "../../pipeline/config.ts";
import type { Post, ScoredText } from "../../pipeline/schema.ts";
import { fill, post } from "../fixture.ts";

const textOf = (parts: ReturnType<typeof section.tell>[number]) => parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
const key = (no: number) => no.toString(16).padStart(16, "0");
const text = (no: number, triage: string[], terms: string[] = []): ScoredText => ({ text_key: key(no), terms, tags: [], mentions: [], emoticons: [], polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned: [], opinions: [], targets: [], triage, err: null });
const at = Date.parse("2025-03-03T09:00:00+08:00");
const event = eventSchema.parse({});

async function analyze(posts: Post[], texts: ScoredText[]) {
  const { database, tables } = await fill(posts, texts, event);
  database.close();
  return analyzer.analyze(Object.fromEntries(tables), analyzer.options.parse({}), { event, utcOffsetMs: 8 * 3_600_000, findings: new Map() });
}

// The fixture's clusters hold texts 2k and 2k + 1 in the order of keys from 1: numbers are chosen so that each stands alone or with an unused one.
const texts = [
  text(1, ["plea\u0001投诉"]),
  text(3, ["hearsay\u0001网传", "harm\u0001爆炸"]),
  text(5, ["should\u0001应该"]),
  text(7, ["spread\u0001扩散"], ["一", "二", "三", "四", "五"]),
  text(9, []),
  text(11, ["doubt\u0001谣言"]),
].flatMap((one, i) => [one, text(2 * i + 2, [])]);
const write = (line: number, no: number | null, given: Partial<Post> = {}) => post(line, { own: no === null ? null : `第${no}种话`, text_key: no === null ? null : key(no), author: `a${line}`, published_ms: at, ...given });
const posts = [
  write(1, 1),
  write(2, 3, { reposts: 100, likes: 20 }),
  write(3, 3, { field: "media", reposts: 9000 }), // media are not sorted
  write(4, 5),
  ...[5, 6, 7, 8, 9].map((line) => write(line, 7)), // one wording by five accounts in ten minutes
  write(10, 9),
  ...[11, 12, 13].map((line) => write(line, 11, { kind: "comment", parent: "row:0:10", root: "row:0:10" })), // three replies call the tenth post a rumour
  write(14, null, { kind: "repost", root: "row:0:10" }),
];

it("sorts netizens' posts by their cues, by copies and by what the replies say, and leaves the others undecided or without cues", async () => {
  const { data, figures } = await analyze(posts, texts);
  expect(data.worded).toBe(12);
  expect(Object.fromEntries(data.classes.map(({ name, posts }) => [name, posts]))).toEqual({ appeal: 1, suggestion: 0, hype: 5, rumour: 2 });
  expect([data.classed, data.undecided, data.none]).toEqual([8, 1, 3]); // 应该 alone is undecided; the three replies call something a rumour, which speaks for no class
  expect(data.classes.find(({ name }) => name === "rumour")!.cues).toEqual([{ cue: "disputed", posts: 1 }, { cue: "harm", posts: 1 }, { cue: "hearsay", posts: 1 }]);
  expect(figures.find(({ key }) => key === "share.rumour")).toMatchObject({ value: 2 / 12, of: 12, filter: { triage: "rumour", field: "public" } });
});

it("lists wordings of the suspected classes by reach and score, with what speaks for them", async () => {
  const { data } = await analyze(posts, texts);
  expect(data.queue.map(({ id, reach, posts, worded, doubts }) => [id, reach, posts, worded, doubts])).toEqual([
    ["row:0:2", 121, 1, 0, 0], // 1 + 100 reposts + 20 likes, hearsay and harm
    ["row:0:10", 5, 1, 3, 3], // 1 + 4 replies seen; all three with words doubt
    ["row:0:5", 5, 5, 0, 0], // five posts that nobody touched
  ]);
  expect(data.queue[2]).toMatchObject({ classes: ["hype"], cues: [{ cue: "copies", words: [] }, { cue: "spread", words: ["扩散"] }] });
  for (const { score } of data.queue) expect(score > 0 && score < 1).toBe(true);
});

it("tells the counts and says that nothing is settled, naming nobody", async () => {
  const finding = await analyze(posts, texts);
  expect(section.tell(finding, "zh").map(textOf)).toEqual([
    "民间有自身文字的帖文 12条，按线索归类的 8条：咨询诉求 1条、建设性建议 0条、疑似恶意炒作传播 5条、疑似造谣诽谤煽动 2条；一条可归几类。",
    "有线索而不足以归类的 1条，不判断；其余 3条无线索。",
    "“疑似”只表示有所列线索，一律待人核实；以下按触达与风险分列出应先看的用语。",
  ]);
  const page = String(section.extra!(finding, "zh"));
  expect(page).toContain("称有伤亡或隐瞒“爆炸”；来源不明“网传”");
  expect(page).not.toMatch(/a\d+</);
});

it("does not quote offensive words", async () => {
  const finding = await analyze([write(1, 1)], [text(1, ["harm\u0001爆炸", "attack\u0001", "insult\u0001"])]);
  const page = String(section.extra!(finding, "zh"));
  expect(page).toContain("含冒犯性言辞，不在此引用");
  expect(page).not.toContain("第1种话");
});

it("takes one text ten thousand times by one author, three posts without cues, and only media", async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => write(i + 1, 1, { author: "one" }));
  const { data } = await analyze(many, [text(1, ["spread\u0001扩散", "lead\u0001加群"], ["一", "二", "三", "四", "五"])]);
  expect(data.queue).toHaveLength(1);
  expect(data.queue[0]).toMatchObject({ posts: 10_000, authors: 1, reach: 10_000, cues: [{ cue: "lead" }, { cue: "spread" }] }); // one account is no wave
  const few = await analyze([1, 2, 3].map((line) => write(line, line)), [1, 2, 3].map((no) => text(no, [])));
  expect(section.tell(few, "zh").map(textOf)[0]).toBe("民间有自身文字的帖文 3条，没有一条的线索足以归类。");
  expect(section.extra!(few, "zh")).toBeNull();
  expect(await analyze([write(1, 1, { field: "media" })], [text(1, [])])).toMatchObject({ status: "unavailable", figures: [] });
});
