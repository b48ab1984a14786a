import { describe, expect, it } from "vitest";
import { loadResources, scoreText } from "../../../analyzers/post/index.ts";

/** Invented names throughout. */
const subjects = [
  { name: "岚栈科技", aliases: ["岚栈", "LZ Tech"] },
  { name: "栩汀文旅", aliases: ["栩汀"] },
];
const names = subjects.flatMap(({ name, aliases }) => [name, ...aliases]);
const resources = loadResources(names, subjects);
const said = (text: string) => scoreText(text, resources).targets!.map((target) => target.replace("\u0001", " "));

describe("who is spoken of", () => {
  it.each([
    ["岚栈科技今天发布了通报。", ["岚栈科技 neutral"]],
    ["岚栈今天发布了通报。", ["岚栈科技 neutral"]],
    ["lz tech今天发布了通报。", ["岚栈科技 neutral"]],
    ["今天下雨。", []],
    ["#岚栈科技回应# 吃饭去了", []],
    ["谢谢 @岚栈科技 的朋友", []],
  ])("%s", (text, expected) => expect(said(text)).toEqual(expected));
});

describe("what is said towards them", () => {
  it.each([
    ["岚栈科技太无耻了，必须道歉！", ["岚栈科技 negative"]],
    ["支持岚栈科技，加油！", ["岚栈科技 positive"]],
    ["一名岚栈科技的员工不幸去世，令人悲痛，心疼家人。", ["岚栈科技 neutral"]],
    ["岚栈科技太无耻了，栩汀文旅今天发布了通报。", ["岚栈科技 negative", "栩汀文旅 neutral"]],
  ])("%s", (text, expected) => expect(said(text)).toEqual(expected));

  it("takes what most sentences say, and neither side of a draw", () => {
    expect(said("岚栈科技太无耻了！岚栈真恶心！支持岚栈科技！")).toEqual(["岚栈科技 negative"]);
    expect(said("岚栈科技太无耻了！支持岚栈科技！")).toEqual(["岚栈科技 neutral"]);
  });
});

it("says nothing without subjects, and survives names of every shape", () => {
  expect(scoreText("岚栈科技太无耻了", loadResources([])).targets).toEqual([]);
  const odd = loadResources([], [{ name: "constructor", aliases: ["__proto__", " ", "😡"] }]);
  expect(scoreText("constructor 今天开会，__proto__ 也来了", odd).targets).toEqual(["constructor\u0001neutral"]);
});
