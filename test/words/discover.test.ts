import { expect, it } from "vitest";
import { eventSchema } from "../../pipeline/config.ts";
import { discover } from "../../pipeline/words/discover.ts";
import { random, saying, sentences, type Said } from "./fixture.ts";

const by = (texts: readonly string[], authors = 100): Said[] => texts.map((text, i) => ({ text, author: `author${i % authors}` }));

async function found(posts: readonly Said[], given: readonly string[] = [], event = eventSchema.parse({})) {
  const database = await saying(posts, event);
  try {
    return await discover(database, given);
  } finally {
    database.close();
  }
}
const wordsOf = async (...args: Parameters<typeof found>): Promise<string[]> => (await found(...args)).words.map(({ word }) => word);

const names = ["岚栈科技", "栩汀", "觅舟SU7"];
const event = by(sentences(2000, names));

it("finds planted names, Latin letters in them too, and nothing else; counts texts and authors", async () => {
  const { words, texts, sampled } = await found(event);
  expect(words.map(({ word }) => word).sort()).toEqual([...names].sort());
  expect({ texts, sampled }).toEqual({ texts: 2000, sampled: 1 });
  // Each name is in every 15th of the texts, and the authors take turns.
  const { count, texts: holding, authors } = words.find(({ word }) => word === "栩汀")!;
  expect([count, holding]).toEqual([133, 133]);
  expect(authors).toBe(new Set(event.filter(({ text }) => text.includes("栩汀")).map(({ author }) => author)).size);
});

it("for review also lists words that are not sure, and those that are as without", async () => {
  // 澜江 stands after three characters: a freedom of ln 3 = 1.1, too little to be used unreviewed.
  const more = sentences(600, ["澜江"], 5, 2).map((text, i) => text.replace(/.澜江/, `${"在到从"[i % 3]!}澜江`));
  const database = await saying([...event, ...by(more)], eventSchema.parse({}));
  const used = (await discover(database, [])).words;
  const listed = (await discover(database, [], new Set(), { review: true })).words;
  database.close();
  expect(used.map(({ word }) => word)).not.toContain("澜江");
  expect(listed.find(({ word }) => word === "澜江")).toMatchObject({ sure: false });
  expect(listed.filter(({ sure }) => sure)).toEqual(used);
});

it("does not list what is known already", async () => {
  expect(await wordsOf(event, ["栩汀", "岚栈科技"])).toEqual(["觅舟SU7"]);
});

it("is the same in any order of the rows and under any names of the authors", async () => {
  const next = random(7);
  const shuffled = event.map((post) => ({ post, at: next() })).sort((a, b) => a.at - b.at).map(({ post: { text, author } }) => ({ text, author: `x${author}` }));
  expect(await found(shuffled)).toEqual(await found(event));
});

it("finds nothing in texts whose characters are shuffled", async () => {
  const next = random(3);
  const characters = event.flatMap(({ text }) => [...text.replace(/[，。]|SU7/g, "")]);
  for (let i = characters.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [characters[i], characters[j]] = [characters[j]!, characters[i]!];
  }
  const shuffled = by(Array.from({ length: 2000 }, (_, i) => characters.slice(i * 16, i * 16 + 16).join("")));
  expect(await wordsOf(shuffled)).toEqual([]);
});

it("one author's words are not the event's", async () => {
  const spam = sentences(400, ["啵嘟"], 9, 2).map((text) => ({ text, author: "spammer" }));
  expect((await wordsOf([...event, ...spam])).sort()).toEqual([...names].sort());
});

it("copies of one wording are one wording, exact or with other ends", async () => {
  const copies = Array.from({ length: 300 }, (_, i) => `今晚八点甲乙丙丁广场集合不见不散，转发人数${i}`);
  const list = await wordsOf([...event, ...by(copies), ...by(Array.from({ length: 300 }, () => "戊己庚辛"))]);
  expect(list.sort()).toEqual([...names].sort());
});

it("reads only posts inside the window", async () => {
  const windowed = eventSchema.parse({ window: { from: "2025-01-01", to: "2025-02-01" } });
  const outside = event.map((post) => ({ ...post, published_ms: Date.UTC(2024, 0, 1) }));
  expect(await found(outside, [], windowed)).toEqual({ words: [], texts: 0, sampled: 1 });
});

it.each([
  ["no posts", []],
  ["three posts", by(["岚栈科技回应了", "岚栈科技", "岚栈科技道歉"])],
  ["one text 10,000 times", by(Array.from({ length: 10_000 }, () => "岚栈科技回应了"))],
  ["emoji only", by(Array.from({ length: 200 }, (_, i) => "😡".repeat(1 + (i % 20))))],
  ["English only", by(Array.from({ length: 300 }, (_, i) => `the quick brown fox number ${i} jumps over the lazy dog`))],
  ["hashtags only", by(Array.from({ length: 300 }, (_, i) => `#岚栈科技回应# ${i}`))],
])("%s: an empty list", async (_, posts) => {
  expect(await wordsOf(posts)).toEqual([]);
});

it("an event of one author has that author's words", async () => {
  expect((await wordsOf(event.map(({ text }) => ({ text, author: "only" })))).sort()).toEqual([...names].sort());
});
