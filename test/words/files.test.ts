import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { eventSchema, readYaml } from "../../pipeline/config.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import { readDictionary } from "../../pipeline/words/dictionary.ts";
import { noEventWords, readEventWords, userWords, vocabularyOf, wordNotes } from "../../pipeline/words/event-words.ts";
import { extendedList, listBefore, readWordList } from "../../pipeline/words/list.ts";

const folder = mkdtempSync(join(tmpdir(), "words-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(content: string | Uint8Array): string {
  const path = join(folder, `${files++}.txt`);
  writeFileSync(path, content);
  return path;
}
function failure(work: () => unknown): { code: string; where: string | undefined; got: string | undefined } {
  try {
    work();
  } catch (cause) {
    if (cause instanceof YuqingError) return { code: cause.code, where: cause.parts.where, got: cause.parts.got };
    throw cause;
  }
  throw new Error("no failure");
}

const row = (word: string, count = 20) => ({ word, count, texts: 9, authors: 8, cohesion: 7.123, freedom: 2.04, sure: true });

it("a user dictionary: jieba's forms, blank lines, comments, repeats once", () => {
  const path = file("# 我们的词\r\n\r\n岚栈科技 3 nz\r\n栩汀 nz\n澜江 12\n岚栈科技\nGPT4\n");
  expect(readDictionary(path)).toEqual({ words: ["岚栈科技", "栩汀", "澜江", "GPT4"], repeated: ["岚栈科技"] });
});

it("a bad line is named, not swallowed with all others", () => {
  const path = file("岚栈\n甲\n栩汀 三 n\n😡怒\n澜江 5 n 多余\n");
  const { code, where, got } = failure(() => readDictionary(path));
  expect([code, where]).toEqual(["DICTIONARY_LINE", `${path}:2`]);
  expect(got).toBe('2: "甲"; 3: "栩汀 三 n"; 4: "😡怒"; 5: "澜江 5 n 多余"');
});

it("a dictionary that is none", () => {
  expect(failure(() => readDictionary(folder)).code).toBe("DICTIONARY_UNREADABLE");
  expect(failure(() => readDictionary(join(folder, "none"))).got).toBe("ENOENT");
  expect(failure(() => readDictionary(file(new Uint8Array([0xc0, 0xbd])))).got).toBe("not UTF-8");
});

it("a new list keeps all words; edited, it is only added to", () => {
  const first = extendedList(null, [row("岚栈科技"), { ...row("岚栈"), suggestion: "岚栈科技" }]);
  expect(first.added).toBe(2);
  const path = file(first.text);
  expect(readWordList(path)).toEqual({ words: ["岚栈科技", "岚栈"], dropped: [], aliases: new Map() });
  expect(first.text).toContain("- { word: 岚栈, do: keep, count: 20, texts: 9, authors: 8, cohesion: 7.1, freedom: 2, suggestion: 岚栈科技 }");

  const edited = `${first.text.replace("word: 岚栈, do: keep", "word: 岚栈, do: { alias: 岚栈科技 }")}  # 待议\n`;
  writeFileSync(path, edited);
  const second = extendedList(listBefore(path), [row("岚栈科技", 99), row("岚栈", 99), row("栩汀")]);
  expect(second.added).toBe(1);
  for (const line of edited.trimEnd().split("\n")) expect(second.text.split("\n")).toContain(line);
  writeFileSync(path, second.text);
  expect(readWordList(path)).toEqual({ words: ["岚栈科技", "岚栈", "栩汀"], dropped: [], aliases: new Map([["岚栈", "岚栈科技"]]) });
  expect(extendedList(listBefore(path), [row("栩汀")])).toEqual({ text: second.text, added: 0 });
});

it("a word that is not sure is listed for a decision and changes nothing until then", () => {
  const { text } = extendedList(null, [row("岚栈"), { ...row("去抢"), sure: false }]);
  expect(text).toContain("word: 去抢, do: undecided");
  expect(readWordList(file(text))).toEqual({ words: ["岚栈"], dropped: [], aliases: new Map() });
  expect(readWordList(file(text.replace("去抢, do: undecided", "去抢, do: keep"))).words).toEqual(["岚栈", "去抢"]);
});

it.each([
  ["a word twice", "- { word: 岚栈, do: keep }\n- { word: 岚栈, do: drop }", 3],
  ["a circle", "- { word: 岚栈, do: { alias: 栩汀 } }\n- { word: 栩汀, do: { alias: 岚栈 } }", 2],
  ["an alias of itself", "- { word: 栩汀, do: keep }\n- { word: 岚栈, do: { alias: 岚栈 } }", 3],
  ["an alias of a dropped word", "- { word: 栩汀, do: drop }\n- { word: 岚栈, do: { alias: 栩汀 } }", 3],
  ["no decision", "- { word: 栩汀, do: maybe }", 2],
])("a list with %s is refused with its line", (_, rows, line) => {
  const path = file(`words:\n${rows}\n`);
  expect(failure(() => readWordList(path))).toMatchObject({ code: "CONFIG_INVALID", where: `${path}:${line}` });
});

it.each([
  ["a circle of aliases", "- { name: 甲公司, aliases: [乙公司] }\n- { name: 乙公司, aliases: [甲公司] }", 2],
  ["one alias of two names", "- { name: 甲公司, aliases: [老甲] }\n- { name: 乙公司, aliases: [老甲] }", 3],
  ["an alias equal to its name, in other width", "- { name: ABC公司, aliases: [ＡＢＣ公司] }", 2],
  ["a name twice", "- { name: 甲公司 }\n- { name: 甲公司 }", 3],
])("subjects with %s are refused with the line", (_, rows, line) => {
  const path = file(`subjects:\n${rows}\n`);
  expect(failure(() => readYaml(path, eventSchema))).toMatchObject({ code: "CONFIG_INVALID", where: `${path}:${line}` });
});

it("files lie beside the event file; notes say what was used", () => {
  writeFileSync(join(folder, "dict.txt"), "栩汀\n栩汀\n");
  writeFileSync(join(folder, "list.yaml"), "words:\n- { word: 岚栈, do: { alias: 岚栈科技 } }\n- { word: 讲真, do: drop }\n");
  const event = eventSchema.parse({ words: ["逼酒"], dictionary: "dict.txt", wordList: "list.yaml" });
  const words = readEventWords(event, join(folder, "event.yaml"));
  expect(userWords(event, words)).toEqual(["逼酒", "栩汀"]);
  expect(words.list).toEqual({ words: ["岚栈", "岚栈科技"], dropped: ["讲真"], aliases: new Map([["岚栈", "岚栈科技"]]) });
  expect(wordNotes(null, words).map(({ en }) => en)).toEqual(["New words from the reviewed list: 2 kept whole, 1 dropped, 1 counted under another name.", "1 words stand more than once in the user dictionary; each counts once."]);
  const found = { words: Array.from({ length: 9 }, (_, i) => ({ ...row(`词${i}`) })), texts: 100, sampled: 0.5 };
  expect(wordNotes(found, noEventWords)[0]!.zh).toBe("发现新词 9 个（抽取 50% 的文本统计），未经人工审阅，切分时整词保留：词0、词1、词2、词3、词4、词5、词6、词7 等。");
  expect(wordNotes({ words: [], texts: 3, sampled: 1 }, noEventWords)).toEqual([]);
});

it("what the event says outranks the project's list; an alias of either leads to the last name", () => {
  const event = eventSchema.parse({ words: ["逼酒"] });
  const list = { words: ["岚栈科技", "甲"], dropped: ["讲真"], aliases: new Map([["岚栈", "岚栈科技"]]) };
  const project = { words: ["讲真", "栩汀", "岚栈"], dropped: ["逼酒", "岚栈科技", "刷到"], aliases: new Map([["岚栈科技", "岚栈"], ["栈子", "岚栈"], ["逼酒", "栩汀"]]) };
  const { words, dropped, aliases } = vocabularyOf(event, { ...noEventWords, list, project });
  expect(words).toEqual(["逼酒", "岚栈科技", "甲", "栩汀", "岚栈"]);
  expect([...dropped]).toEqual(["讲真", "刷到"]);
  // The project's 岚栈科技 → 岚栈 would close a circle.
  expect([...aliases]).toEqual([["栈子", "岚栈科技"], ["岚栈", "岚栈科技"]]);
  expect(wordNotes(null, { ...noEventWords, project })[0]!.en).toBe("Words from the project's list: 3 kept whole, 3 dropped, 3 counted under another name.");
});
