import { expect, it } from "vitest";
import { suggestAliases } from "../../pipeline/words/aliases.ts";
import { discover } from "../../pipeline/words/discover.ts";
import { mergeAliases } from "../../pipeline/words/event-words.ts";
import { saying, sentences } from "./fixture.ts";

it("suggests a longer name that the same authors use, and the same word in other letters; merges nothing", async () => {
  // Ten authors write both 觅舟 and 觅舟集团; those of 啵嘟 and 啵嘟砯岕 are different people.
  const both = sentences(600, ["觅舟", "觅舟集团"], 1, 2).map((text, i) => ({ text, author: `a${i % 10}` }));
  const few = sentences(600, ["啵嘟"], 2, 2).map((text, i) => ({ text, author: `b${i % 100}` }));
  const park = sentences(300, ["啵嘟砯岕"], 3, 2).map((text, i) => ({ text, author: `d${i % 100}` }));
  const traditional = sentences(600, ["確診", "确诊"], 4, 2).map((text, i) => ({ text, author: `c${i % 100}` }));
  const database = await saying([...both, ...few, ...park, ...traditional]);
  try {
    const { words } = await discover(database, []);
    const suggestions = new Map((await suggestAliases(database, words)).map((name, i) => [words[i]!.word, name]));
    expect([...suggestions].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([["啵嘟", null], ["啵嘟砯岕", null], ["確診", "确诊"], ["觅舟", "觅舟集团"], ["觅舟集团", null]]);
  } finally {
    database.close();
  }
});

it("counts aliases under their name, once a text", async () => {
  const database = await saying([]);
  try {
    await database.run("CREATE TABLE tokens AS SELECT * FROM (VALUES (1, '岚栈'), (1, '岚栈科技'), (2, '岚栈'), (2, '道歉'), (3, 'constructor')) AS t(text_no, term)");
    await mergeAliases(database, new Map([["岚栈", "岚栈科技"], ["没有人说", "道歉"]]));
    expect(await database.rows("SELECT * FROM tokens ORDER BY ALL")).toEqual([{ text_no: 1, term: "岚栈科技" }, { text_no: 2, term: "岚栈科技" }, { text_no: 2, term: "道歉" }, { text_no: 3, term: "constructor" }]);
  } finally {
    database.close();
  }
});
