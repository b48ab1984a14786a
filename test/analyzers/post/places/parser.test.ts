import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { divisions, fullName, type Division } from "../../../../analyzers/divisions.ts";
import { PlaceParser } from "../../../../analyzers/post/places/parser.ts";

const parser = new PlaceParser();
/** 苏州市昆山市 for one place, ?鼓楼区 for a shared name. */
const named = (text: string): string[] => parser.parse(text).map(({ name, codes }) => (codes.length === 1 ? fullName(codes[0]!) : `?${name}`));

const traps = readFileSync(new URL("./traps.txt", import.meta.url), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split(" | ") as [text: string, wanted: string]);

it.each([["tuning", 0, 98], ["testing", 1, 97]] as const)("reads at least 95 %% of the traps for %s as a reader does", (_, half, of) => {
  const mine = traps.filter((_, i) => i % 2 === half);
  expect(mine).toHaveLength(of);
  const right = mine.filter(([text, wanted]) => (named(text).join(" ") || "-") === wanted).length;
  expect(right / of).toBeGreaterThanOrEqual(0.95);
});

/** Counties of the mainland: the 2,974 of six-digit codes. */
const counties = [...divisions().values()].filter(({ code, level }) => level === "county" && code < "70");
const above = (code: string): Division => divisions().get(`${code.slice(0, 4)}00`) ?? divisions().get(`${code.slice(0, 2)}0000`)!;
const province = (code: string): Division => divisions().get(`${code.slice(0, 2)}0000`)!;
/** Share of counties that the last place of the text is, and nothing before it that does not hold it. */
function found(write: (county: Division) => string): number {
  const right = counties.filter((county) => {
    const codes = parser.parse(`昨天${write(county)}，有人受伤`).map((place) => place.codes);
    return codes.at(-1)?.join() === county.code && codes.every((one) => one.length === 1 && county.code.startsWith(one[0]!.replace(/(?:00){1,2}$/, "")));
  });
  return right.length / counties.length;
}

it("finds every county by its full path and by city and county", () => {
  expect(counties).toHaveLength(2974);
  expect(found(({ code, name }) => (above(code) === province(code) ? "" : province(code).name) + above(code).name + name)).toBe(1);
  expect(found(({ code, name }) => above(code).name + name)).toBe(1);
  expect(found(({ code, name }) => above(code).forms.at(code.startsWith("15") && above(code).level === "province" ? -2 : -1)! + name)).toBe(1);
});

it("finds a county of a unique name alone, and never guesses one of a shared name", () => {
  const bearers = new Map<string, number>();
  for (const { name } of counties) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  const unique = counties.filter(({ name }) => bearers.get(name) === 1);
  const right = unique.filter(({ code, name }) => parser.parse(`昨天${name}，有人受伤`).map(({ codes }) => codes.join()).join(";") === code);
  expect(right.length / unique.length).toBeGreaterThanOrEqual(0.99);
  const shared = [...bearers].filter(([, count]) => count > 1).map(([name]) => name);
  expect(shared).toHaveLength(28);
  // 城区 and 郊区 are common nouns: no place at all.
  expect(shared.map((name) => named(`昨天${name}，有人受伤`).join()).filter((got) => !got.startsWith("?"))).toEqual(["", ""]);
});

it.each([
  ["徐州昨天大雨，鼓楼区积水", ["徐州市", "徐州市鼓楼区"]],
  ["福州这边一直在下大雨，听说鼓楼区积水", ["福州市", "福州市鼓楼区"]],
  ["福州这边一直在下大雨，听别的朋友说鼓楼区积水", ["福州市", "?鼓楼区"]],
  ["鼓楼区积水，南京气象台", ["南京市鼓楼区", "南京市"]],
  ["西安和西安区", ["西安市", "?西安区"]],
  ["吉林辽源西安区", ["吉林省", "辽源市", "辽源市西安区"]],
  ["长沙人在长沙县", ["长沙市", "长沙市长沙县"]],
  ["海南共和县", ["海南藏族自治州", "海南藏族自治州共和县"]],
  ["北京市场和大连区间车", ["北京市", "大连市"]],
  ["济南市中区和青岛市北区", ["济南市", "济南市市中区", "青岛市", "青岛市市北区"]],
  ["湖北公安和湖北公安县", ["湖北省", "湖北省", "荆州市公安县"]],
  ["昨天山西晴，今天津南区雨", ["山西省", "天津市津南区"]],
  ["长城北京段", ["北京市"]],
])("%s", (text, wanted) => {
  expect(named(text)).toEqual(wanted);
});

it("takes any text: empty, lone surrogates, names of object members, a million characters", () => {
  for (const text of ["", "\ud83d", "constructor __proto__", "\u0000省市县", "🏙️昆山🏙️"]) expect(named(text)).toEqual(text.includes("昆山") ? ["苏州市昆山市"] : []);
  expect(parser.parse("鼓楼区".repeat(20_000))).toHaveLength(20_000);
  expect(parser.parse("省".repeat(1_000_000))).toEqual([]);
});

it("gives the range of each name in the text", () => {
  expect(parser.parse("在昆山市。")).toEqual([{ name: "昆山市", codes: ["320583"], start: 1, end: 4 }]);
});
