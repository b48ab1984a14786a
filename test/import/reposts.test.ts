import { describe, expect, it } from "vitest";
import { chainKeys, splitChain } from "../../pipeline/import/posts/reposts.ts";
import { random } from "../relate/planted-opinions.ts";
import { measureChains, realTrees, treesExist } from "./chained-trees.ts";

describe("splitChain", () => {
  const cases: [string, { own: string | null; hops: number; bare: boolean }][] = [
    ["今天真好", { own: "今天真好", hops: 0, bare: false }],
    ["太离谱了//@甲:支持", { own: "太离谱了", hops: 1, bare: false }],
    ["说得对//@甲:支持//@乙：转发微博// @丙 看看", { own: "说得对", hops: 3, bare: false }],
    ["嗯//@a://@b:", { own: "嗯", hops: 2, bare: false }],
    ["//@甲:支持", { own: null, hops: 1, bare: true }],
    ["转发微博//@甲:支持", { own: null, hops: 1, bare: true }],
    ["转发微博", { own: null, hops: 0, bare: true }],
    ["Repost", { own: null, hops: 0, bare: true }],
    ["轉發微博。", { own: null, hops: 0, bare: true }],
    ["", { own: null, hops: 0, bare: false }],
    ["回复@甲：我不同意//@甲:支持", { own: "我不同意", hops: 1, bare: false }],
    ["回复@甲:", { own: null, hops: 0, bare: false }],
    ["回复得真快", { own: "回复得真快", hops: 0, bare: false }],
    ["网址 http://t.cn/abc 和 @甲", { own: "网址 http://t.cn/abc 和 @甲", hops: 0, bare: false }],
    ["转发给你们看", { own: "转发给你们看", hops: 0, bare: false }],
  ];
  for (const [text, expected] of cases) it(text || "(empty)", () => expect(splitChain(text)).toMatchObject(expected));

  it("keeps the chain as written", () => {
    expect(splitChain("对 // @甲：好//@乙:坏").chain).toBe("// @甲：好//@乙:坏");
  });
  it("is linear on hostile text", () => {
    const text = "//".repeat(500_000) + "@";
    expect(splitChain(text).hops).toBe(1);
    expect(splitChain("回复@" + "甲".repeat(1_000_000)).own).not.toBe(null);
  });
});

it.skipIf(!treesExist)("reads the depths of real repost trees from their chains: all uncut, 99.3 % at 280 characters (needs ../shared)", () => {
  const trees = realTrees().filter((_, i) => i % 10 === 0);
  const uncut = measureChains(random(1), trees, Infinity);
  expect(uncut.reposts).toBeGreaterThan(100_000);
  expect(uncut.exact).toBe(uncut.reposts);
  const cut = measureChains(random(1), trees, 280);
  expect(cut.exact / cut.reposts).toBeGreaterThanOrEqual(0.993);
});

describe("chainKeys", () => {
  const keys = (text: string) => chainKeys(splitChain(text).chain!, text, (name) => `<${name}>`);

  it("gives the names nearest first, and says which are masked and when the text was cut", () => {
    expect(keys("说得对//@甲:支持//@乙：转发微博// @丙 看看")).toBe("<甲> <乙> <丙>");
    expect(keys("嗯//@***:好//@乙:坏")).toBe("- <乙>");
    expect(keys("嗯//@甲:好//@乙:我觉得…")).toBe("<甲> <乙> …");
    expect(keys(`//@甲:${"好".repeat(134)}`)).toBe("<甲>"); // 139 characters
    expect(keys(`//@甲:${"好".repeat(134)}。`)).toBe("<甲> …"); // 140 characters
  });

  it("keeps twenty names of a chain of any length", () => {
    expect(keys("//@甲:".repeat(100_000)).split(" ")).toHaveLength(20);
  });
});
