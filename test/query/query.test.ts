import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { givenWords } from "../../analyzers/given.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import { fieldNames } from "../../pipeline/query/fields.ts";
import { fold } from "../../pipeline/query/fold.ts";
import { format, queryHash } from "../../pipeline/query/format.ts";
import { matcher, type QueryPost } from "../../pipeline/query/match.ts";
import { parse } from "../../pipeline/query/parse.ts";
import { root } from "../../pipeline/paths.ts";
import { queryWords } from "../../pipeline/query/words.ts";

const zone = 8 * 3_600_000;
const empty: QueryPost = { platform: null, site: null, url: null, field: "public", kind: "original", title: null, own: null, quoted: null, published_ms: null, author: null, author_name: null, author_name_key: null, region_ip: null, region_profile: null };
const holds = (query: string | string[], post: Partial<QueryPost>): boolean => matcher([{ key: "it", query, utcOffsetMs: zone }])({ ...empty, ...post }).length === 1;

it.each([
  // Blanks are AND, AND goes before OR, NOT binds tightest.
  ["甲 乙 OR 丙", "丙", true], ["甲 乙 OR 丙", "甲", false], ["甲 (乙 OR 丙)", "丙", false], ["NOT 甲 乙", "乙", true], ["NOT (甲 乙)", "甲", true], ["甲 或 乙 与 非 丙", "乙丙", false],
  // Width, case, invisible characters and kinds of blanks make no difference.
  ["iphone", "买了ＩＰＨＯＮＥ15", true], ["食堂", "食\u200b堂", true], ['"a b"', "A\n\u3000b", true], ['"a b"', "ab", false],
  // A Latin word or a number is a whole one; Chinese has no such ends.
  ["AI", "said", false], ["AI", "用AI写", true], ["5G", "15G", false], ["校", "学校", true],
  // An operator, a sign or a colon in quotes is a word.
  ['"or"', "this or that", true], ['"C++"', "学C++", true], ['"12:30"', "12:30开会", true], ['"\\"引\\""', '他说"引"', true],
  // Characters between the two, in either order; they may not overlap, and an emoji is one.
  ["near/2(食堂, 中毒)", "食堂再次中毒", true], ["near/1(食堂, 中毒)", "食堂再次中毒", false], ["near/2(中毒, 食堂)", "食堂😀😀中毒", true], ["near/9(学校, 校长)", "学校长", false], ["near/0(甲 OR 乙, 丙)", "丙乙", true], ["near/3(甲, 甲)", "甲", false],
  ["tag:食堂", "#食堂# 来了", true], ["tag:食堂", "#食堂中毒#", false], ["tag:#食堂#", "＃食堂[超话]＃", true],
])("%s on %s: %s", (query, own, expected) => {
  expect(holds(query, { own })).toBe(expected);
});

it("looks for words in title, own and quoted words, each for itself", () => {
  const post = { title: "食堂", own: "中毒", quoted: "道歉" };
  expect(["食堂", "中毒", "道歉"].map((word) => holds(word, post))).toEqual([true, true, true]);
  expect(["食堂", "中毒", "道歉"].map((word) => holds(`own:${word}`, post))).toEqual([true, true, false]);
  expect(["食堂", "中毒", "道歉"].map((word) => holds(`标题:(${word})`, post))).toEqual([true, false, false]);
  expect(holds("title:(own:中毒)", post)).toBe(false);
  expect(holds("own:(title:食堂)", post)).toBe(true);
  expect(["tag:食堂", "own:(tag:食堂)"].map((query) => holds(query, { title: "#食堂#" }))).toEqual([true, true]);
  expect([holds("tag:食堂", { quoted: "#食堂#" }), holds("own:(tag:食堂)", { quoted: "#食堂#" })]).toEqual([true, false]);
  expect(holds("食堂中毒", post)).toBe(false);
  expect(holds("near/9(食堂, 中毒)", post)).toBe(false);
  // The first occurrence lies in the title, a later one beside the other word.
  expect(holds("near/1(食堂, 中毒)", { ...post, own: "食堂中毒" })).toBe(true);
});

it("filters by columns; what is not known is false, and its NOT true", () => {
  expect(holds("平台:微信公众号", { platform: "wechat" })).toBe(true);
  for (const query of ["platform:weibo", "site:人民网", "author:某报", "region:广东", "after:2026-01-01", "before:2026-01-01"]) expect([holds(query, {}), holds(`NOT ${query}`, {})], query).toEqual([false, true]);
  expect(["https://people.com.cn/1", "http://GZ.people.com.cn:80/", "https://notpeople.com.cn/people.com.cn"].map((url) => holds("site:people.com.cn", { url }))).toEqual([true, true, false]);
  expect(holds("site:人民网", { site: "人民网－广东频道" })).toBe(true);
  expect([holds("region:深圳", { region_ip: null, region_profile: "广东" }), holds("region:广东", { region_ip: "山东", region_profile: "广东" })]).toEqual([true, false]);
  expect([holds("属性:媒体", { field: "media" }), holds("kind:转发", { kind: "repost" })]).toEqual([true, true]);
});

it("takes times as the event's local ones: after from then on, before earlier than that", () => {
  const at = (clock: string): Partial<QueryPost> => ({ published_ms: Date.parse(`2026-11-02T${clock}+08:00`) });
  expect([holds("after:2026-11-02", at("00:00:00")), holds("before:2026-11-02", at("00:00:00"))]).toEqual([true, false]);
  expect([holds("起:2026-11-02T08:00", at("07:59:59")), holds('止:"2026-11-02 08:00"', at("07:59:59"))]).toEqual([false, true]);
});

it("finds masked accounts by the hashes of their names", () => {
  const match = matcher([{ key: "it", query: "author:@某某报", utcOffsetMs: zone }], (name) => [`hash of ${name}`]);
  const posts = [{ author: "hash of 某某报" }, { author_name_key: "hash of 某某报" }, { author_name: "某某报" }, { author_name: "某*报" }].map((post) => ({ ...empty, ...post }));
  expect(posts.map((post) => match(post).length)).toEqual([1, 1, 1, 0]);
});

it("a list of words is any of them, letter for letter; an empty one is nothing", () => {
  expect([holds(["甲 OR", "乙"], { own: "甲 or" }), holds(["甲 OR", "乙"], { own: "甲" }), holds([], { own: "甲" }), holds(["\u200b"], { own: "甲" })]).toEqual([true, false, false, false]);
  expect(matcher(["b", "a", "c"].map((key) => ({ key, query: key === "c" ? "丁" : ["甲"], utcOffsetMs: zone })))({ ...empty, own: "甲" })).toEqual(["b", "a"]);
});

it("one post leaves nothing behind for the next", () => {
  const match = matcher([{ key: "it", query: "near/5(甲, 乙) OR 丙", utcOffsetMs: zone }]);
  expect(["甲。乙", "甲", "乙", "丙", ""].map((own) => match({ ...empty, own }).length)).toEqual([1, 0, 0, 1, 0]);
});

it.each([
  ["食堂 AND", "line 1, column 7", "the end", null],
  ["甲\n OR OR 乙", "line 2, column 5", "OR", null],
  ["😀 )", "line 1, column 3", ")", null],
  ["((甲)", "line 1, column 5", "the end", null],
  ['甲 "乙', "line 1, column 3", '"乙', null],
  ["甲，乙", "line 1, column 2", "，", null],
  ["甲|乙", "line 1, column 1", "甲|乙", null],
  ["-甲", "line 1, column 1", "-甲", null],
  ["platfrom:weibo", "line 1, column 1", "platfrom:weibo", "platform"],
  ["platform:weiboo", "line 1, column 10", "weiboo", "weibo"],
  ["kind:orginal", "line 1, column 6", "orginal", "original"],
  ["author: 某某", "line 1, column 8", "某某", null],
  ["near/5(甲 乙)", "line 1, column 10", "乙", null],
  ["near/501(甲, 乙)", "line 1, column 1", "near/501", null],
  ["near(甲, 乙)", "line 1, column 1", "near", null],
  ["near/5(platform:weibo, 乙)", "line 1, column 8", "platform:weibo", null],
  ["after:2026-02-29", "line 1, column 7", "2026-02-29", null],
  ['甲 ""', "line 1, column 3", '""', null],
  ["", "line 1, column 1", "the end", null],
])("%s: says where, what it got and what may have been meant", (query, where, got, near) => {
  const error = (() => { try { return parse(query); } catch (cause) { return cause; } })();
  expect(error).toBeInstanceOf(YuqingError);
  const { parts, code } = error as YuqingError;
  expect([code, parts.where, parts.got]).toEqual(["QUERY_INVALID", where, got]);
  if (near !== null) expect(parts.next!.en).toBe(`did you mean ${near}?`);
});

it("stops at its limits, and within them is not deep, slow or confused", () => {
  const nested = (levels: number): string => "(".repeat(levels) + "甲" + ")".repeat(levels);
  expect(format(parse(nested(64))!)).toBe('"甲"');
  for (const query of [nested(65), nested(9_000), "NOT ".repeat(65) + "甲", "甲".repeat(101), `${"甲 ".repeat(10_000)}甲`]) expect(() => parse(query), query.slice(0, 20)).toThrow("QUERY_INVALID");
  expect(format(parse("甲 OR ".repeat(2_000) + "甲")!).length).toBe(2_001 * 3 + 2_000 * 4);
  expect(holds(["a".repeat(99) + "b"], { own: "a".repeat(200_000) })).toBe(false);
  expect(holds(["constructor", "__proto__"], { own: "__proto__" })).toBe(true);
});

it("spellings of one query have one form and one hash", () => {
  const form = '("甲" OR "A b") AND NOT platform:"weibo"';
  for (const query of ['(甲 OR "A b") AND NOT platform:weibo', "（甲 或 “A  b”）非 平台:新浪微博", form]) expect(format(parse(query)!)).toBe(form);
  expect(queryHash("甲 或 AB", zone)).toBe(queryHash(["甲", "ab"], zone));
  expect(new Set(["甲 乙", "乙 甲", "甲 OR 乙", "NOT 甲", "author:Ab", "author:ab"].map((query) => queryHash(query, zone))).size).toBe(6);
  expect(queryHash("甲", 0)).not.toBe(queryHash("甲", zone));
});

it("folding twice is folding once, for every character after a letter", () => {
  const wrong: string[] = [];
  for (let code = 0; code < 0x110000; code++) {
    const character = String.fromCodePoint(code);
    const folded = fold(`a${character}`);
    if (fold(folded) !== folded) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

it("event.yaml takes both forms, and hot words know the positive words of an expression", () => {
  const expression = '食堂 near/9(中毒, 腹泻) tag:某校 NOT (演练 OR NOT "复课") platform:weibo';
  expect(queryWords(expression)).toEqual(["食堂", "中毒", "腹泻", "某校", "复课"]);
  expect(queryWords(["甲 OR 乙"])).toEqual(["甲 OR 乙"]);
  const given = givenWords(eventSchema.parse({ query: expression }));
  expect(["食堂", "演练"].map(given)).toEqual([true, false]);
  expect(eventSchema.safeParse({ query: "食堂 AND (甲" }).error!.issues[0]).toMatchObject({ path: ["query"], message: expect.stringContaining("line 1, column 10: got the end, expected )") as string });
  expect(eventSchema.safeParse({ query: ["甲", " "] }).error!.issues[0]).toMatchObject({ path: ["query", 1] });
});

it("docs/query.md: every example is a query, and every name of a field is there", () => {
  const page = readFileSync(`${root}/docs/query.md`, "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| `")).map((line) => line.split(" | ")[0]!);
  const examples = rows.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!)).filter((text) => !text.includes("…") && !text.endsWith(":"));
  expect(examples.length).toBeGreaterThan(20);
  for (const example of examples) expect(() => parse(example), example).not.toThrow();
  for (const name of fieldNames.keys()) expect(page, name).toMatch(new RegExp(`\\x60${name}:`));
});
