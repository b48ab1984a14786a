import { describe, expect, it } from "vitest";
import { scoreText, loadResources } from "../../../analyzers/post/index.ts";
import { loadInsultModel } from "../../../analyzers/post/triage/insult.ts";
import { rumourScore, rumourWeights } from "../../../analyzers/post/triage/rumour.ts";
import { triageClasses, triageRules } from "../../../analyzers/post/triage/rules.ts";
import { CueWords } from "../../../analyzers/post/triage/words.ts";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const resources = loadResources([], [{ name: "甲公司", aliases: [] }]);
const cues = (text: string) => scoreText(text, resources).triage!.map((line) => line.split("\u0001"));
/** Classes of a text by its own cues, as pipeline/relate/triage.ts adds them up. */
function classes(text: string): string[] {
  const rules = triageRules();
  const found = new Set(cues(text).map(([cue]) => cue!));
  return triageClasses.filter((name) => [...found].reduce((sum, cue) => sum + (rules.classes[name].points[cue] ?? 0), 0) >= rules.least);
}

describe("cues of a text", () => {
  it("names each cue once, with its first word, in the order found", () => {
    expect(cues("网传河东仓库爆炸，听说有人遇难，速看")).toEqual([["hearsay", "网传"], ["harm", "爆炸"], ["urgency", "速看"]]);
  });

  it("reads neither hashtags nor names after @, nor words inside traps", () => {
    expect(cues("#网传仓库爆炸# @谣言粉碎机 放假的时候去看看")).toEqual([]);
    expect(cues("消息是假的吧").map(([cue]) => cue)).toEqual(["doubt"]);
  });

  it("marks offensive words beside other cues, and apart where a subject or an account is named", () => {
    const insult = "这帮死全家的垃圾傻逼，滚出去，恶心的东西";
    expect(cues(`听说${insult}`).map(([cue]) => cue)).toEqual(["hearsay", "insult"]);
    expect(cues(`听说甲公司${insult}`).map(([cue]) => cue)).toEqual(["hearsay", "insult", "attack"]);
    expect(cues(`听说${insult}@某人`).map(([cue]) => cue)).toEqual(["hearsay", "insult", "attack"]);
    expect(cues(`甲公司${insult}`)).toEqual([]);
    expect(cues("听说今天天气很好，去公园散步").map(([cue]) => cue)).toEqual(["hearsay"]);
  });

  it("has no cues for a text without words", () => {
    expect(scoreText("https://example.invalid/1 123", resources).triage).toEqual([]);
    expect(scoreText("", resources).triage).toEqual([]);
  });

  it("stays fast and whole on long and odd text", () => {
    expect(cues("据".repeat(100_000)).length).toBe(0);
    expect(cues("\ue001网传\ue001爆炸").map(([cue]) => cue)).toEqual(["hearsay", "harm"]); // marks cannot be forged
  });
});

describe("classes by hand", () => {
  it.each([
    ["请问停水什么时候恢复？我家老人没水喝", ["appeal"]],
    ["小区漏水三个月没人管，投诉无门", ["appeal"]],
    ["建议在路口增设红绿灯", ["suggestion"]],
    ["应该公开检测报告，这样才能让人放心", ["suggestion"]],
    ["内幕太劲爆，加微信看完整视频", ["hype"]],
    ["求转！让更多人看到，送上热搜", []], // one kind of cue: undecided
    ["听说车间爆炸死伤很多", ["rumour"]],
    ["网传车间爆炸，经核实为谣言", []], // denies it
    ["网传车间爆炸，记者从应急局获悉系演练", []], // names a source
    ["支持维权，举报他", []], // complains of nothing of one's own
    ["我家房子漏水，投诉两次了", ["appeal"]],
    ["怎么这么好看？", []],
    ["建议大家都去看看", []],
    ["下班路上吃了碗面", []],
  ])("%s", (text, expected) => expect(classes(text)).toEqual(expected));
});

describe("rumour score", () => {
  const weights = rumourWeights();
  const score = (names: string[], worded = 0, doubts = 0) => rumourScore(weights, new Set(names), { worded, doubts });

  it("is the logistic of the sum of weights", () => {
    // 3 doubts of 20 replies: 3 ÷ (20 + 10) = 0.1.
    const odds = weights.intercept + weights.harm + 0.1 * weights.doubts;
    expect(score(["harm", "question"], 20, 3)).toBeCloseTo(1 / (1 + Math.exp(-odds)), 12);
  });

  it("grows with doubting replies and stays inside 0 and 1", () => {
    expect(score(["harm"], 20, 5)).toBeGreaterThan(score(["harm"], 20, 1));
    expect(score(["harm", "spread", "urgency", "hearsay", "sensation"], 1e9, 1e9)).toBeLessThanOrEqual(1);
  });
});

describe("data files", () => {
  const file = (name: string, content: string | Buffer) => {
    const path = join(mkdtempSync(join(tmpdir(), "triage-")), name);
    writeFileSync(path, content);
    return path;
  };

  it("refuses rules with a point for a cue that does not exist, naming file and line", () => {
    const one = "{ zh: 甲, en: a, suspected: false, points: {} }";
    const path = file("cues.yaml", `least: 2\ntraps: []\ncues:\n  ask: { zh: 问, en: asks, words: [请问] }\nclasses:\n  appeal: { zh: 甲, en: a, suspected: false, points: { aks: 1 } }\n  suggestion: ${one}\n  hype: ${one}\n  rumour: ${one}\n`);
    expect(() => triageRules(path)).toThrow(/classes\.appeal\.points\.aks.*:6/);
  });

  it("refuses a model file that is cut off", () => {
    expect(() => loadInsultModel(file("insult.bin", Buffer.from("YQINSULT\u0002\u0000\u0000\u0000{}")))).toThrow(/MODEL_DAMAGED/);
    expect(() => loadInsultModel("/nowhere/insult.bin")).toThrow(/MODEL_DAMAGED/);
  });

  it("finds the longest of words that begin alike, and both cues of a shared word", () => {
    const words = new CueWords({ traps: [], cues: { a: { zh: "", en: "", words: ["建议", "共"] }, b: { zh: "", en: "", words: ["建议书", "共"] } } });
    expect([...words.find("建议书，共")]).toEqual([["b", "建议书"], ["a", "共"]]);
  });
});
