import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { calibrationError, decide, softmax } from "../../../analyzers/post/model/calibration.ts";
import { hashGrams, readLength, Units } from "../../../analyzers/post/model/features.ts";
import { columns, decodeModel, encodeModel, readModel } from "../../../analyzers/post/model/file.ts";
import { loadModel, SentimentModel } from "../../../analyzers/post/model/model.ts";
import { YuqingError } from "../../../pipeline/errors.ts";

const unitsOf = (text: string): number[] => {
  const units = new Units();
  units.read(text);
  return Array.from(units.codes.subarray(1, units.length - 1));
};
const codes = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

describe("features", () => {
  it("leaves out names and links, and folds width, case, digits and long repeats", () => {
    expect(unitsOf("好@张三_1 https://t.cn/A6x?y=1 棒")).toEqual(codes("好 棒"));
    expect(unitsOf("ＯＫ２０２４年！")).toEqual(codes("ok0年!"));
    expect(unitsOf("哈哈哈哈哈哈")).toEqual(codes("哈哈哈"));
    expect(unitsOf("a\u200bb\u0000c\ue000")).toEqual(codes("abc"));
    expect(unitsOf("html")).toEqual(codes("html"));
  });
  it("reads an emoticon as one unit, and what only looks like one as text", () => {
    const [cry] = unitsOf("[泪]");
    expect(unitsOf("苦[泪]啊")).toEqual([..."苦"].map((c) => c.charCodeAt(0)).concat(cry!, "啊".charCodeAt(0)));
    expect(cry).toBeGreaterThanOrEqual(0xe000);
    expect(unitsOf("😡")).toHaveLength(1);
    expect(unitsOf("👍🏽")).toEqual(unitsOf("👍"));
    expect(unitsOf("[]")).toEqual(codes("[]"));
    expect(unitsOf("[a b]")).toEqual(codes("[a b]"));
    expect(unitsOf("[一二三四五六七八九]")).toEqual(codes("[一二三四五六七八九]"));
  });
  it("survives lone surrogates and any length", () => {
    expect(unitsOf("\ud800好\udfff")).toEqual(codes("好"));
    expect(unitsOf("[".repeat(100_000))).toEqual(codes("[[["));
    expect(unitsOf("好坏".repeat(50_000))).toHaveLength(readLength);
  });
  it("hashes the 1–3-grams with their edges: 3n − 3 for n units, the same each time", () => {
    const units = new Units();
    units.read("好吃");
    const [first, second] = [new Int32Array(100), new Int32Array(100)];
    const count = hashGrams(units, 12, first);
    // edge 好 吃 edge: 4 single, 3 double, 2 triple
    expect(count).toBe(9);
    expect(hashGrams(units, 12, second)).toBe(9);
    expect(second).toEqual(first);
    expect(Math.max(...first)).toBeLessThan(4096);
  });
});

/** A model with intercepts only, but for one byte by which every gram speaks for "positive". */
function tiny(intercepts: number[], byte = 0): Buffer {
  const weights = new Int8Array(2 ** 8 * columns.length);
  for (let bucket = 0; bucket < 256; bucket++) weights[bucket * columns.length] = byte;
  const decision = { polarity: [1, 1, 1], emotion: [1, 1, 1, 1, 1, 1] };
  return encodeModel({ name: "tiny", bits: 8, scales: columns.map(() => 0.5), intercepts, decision, adapted: [] }, weights);
}
const social = [Math.log(2), 0, 0, 0, 0, 0, 0, 0, -50];

describe("model", () => {
  it("gives the probabilities that its numbers say", () => {
    const model = new SentimentModel(decodeModel(tiny([Math.log(2), 0, 0, 0, Math.log(3), 0, 0, 0, -50]), "tiny"));
    const found = model.predict("好吃")!;
    // positive : neutral : negative = 2 : 1 : 1; sadness 3 against five of 1
    expect(found.polarity).toBe("positive");
    expect([...found.polarities].map((p) => +p.toFixed(6))).toEqual([0.5, 0.25, 0.25]);
    expect(found.emotion).toBe("sadness");
    expect(found.emotions[2]).toBeCloseTo(3 / 8, 6);
  });
  it("adds the weight of each gram, divided by the root of their number", () => {
    const model = new SentimentModel(decodeModel(tiny(social.map(() => 0), 4), "tiny"));
    // 9 grams × 4 × 0.5 ÷ √9 = 6
    expect(model.odds("好吃")![0]).toBeCloseTo(6, 6);
  });
  it("knows only praise and blame in a review", () => {
    const found = new SentimentModel(decodeModel(tiny([0, 0, 0, 0, 0, 0, 0, Math.log(3), 50]), "tiny")).predict("好吃")!;
    expect([...found.polarities].map((p) => +p.toFixed(6))).toEqual([0.75, 0, 0.25]);
    expect(found.review).toBeCloseTo(1, 6);
  });
  it("says nothing about a text without words", () => {
    const model = new SentimentModel(decodeModel(tiny(social), "tiny"));
    for (const text of ["", "  ", "2024", "http://t.cn/x", "@某人", "\u200b"]) expect(model.predict(text)).toBeNull();
  });
});

describe("model file", () => {
  const good = tiny(social);
  const codeOf = (bytes: Buffer): string => {
    try {
      decodeModel(bytes, "m.bin");
    } catch (error) {
      return (error as YuqingError).code;
    }
    return "none";
  };
  it("refuses a file that is cut, changed, foreign or of other features", () => {
    const flipped = Buffer.from(good);
    flipped[flipped.length - 1]! ^= 1;
    expect(codeOf(good)).toBe("none");
    expect(codeOf(good.subarray(0, good.length - 1))).toBe("MODEL_DAMAGED");
    expect(codeOf(good.subarray(0, 30))).toBe("MODEL_DAMAGED");
    expect(codeOf(good.subarray(0, 10))).toBe("MODEL_DAMAGED");
    expect(codeOf(flipped)).toBe("MODEL_DAMAGED");
    expect(codeOf(Buffer.from("PK\u0003\u0004 something else"))).toBe("MODEL_KIND");
    expect(codeOf(Buffer.from(good.toString("latin1").replace('"features":1', '"features":9'), "latin1"))).toBe("MODEL_FEATURES");
  });
  it("says which file is missing", () => {
    expect(() => readModel(join(tmpdir(), "no-such-model.bin"))).toThrow("no-such-model.bin");
  });
  it("reads what it wrote", () => {
    const path = join(mkdtempSync(join(tmpdir(), "model-")), "m.bin");
    writeFileSync(path, good);
    expect(readModel(path).header.name).toBe("tiny");
  });
});

describe("calibration", () => {
  it("measures the gap between what is claimed and what is right", () => {
    // one bin: claims 0.9, right in 1 of 2
    expect(calibrationError([{ probability: 0.9, right: true }, { probability: 0.9, right: false }])).toBeCloseTo(0.4, 9);
    expect(calibrationError([{ probability: 1, right: true }, { probability: 0.5, right: false }])).toBeCloseTo(0.25, 9);
    expect(calibrationError([])).toBeNull();
  });
  it("decides by probability × weight, the first of equals", () => {
    expect(decide([0.5, 0.3, 0.2], [1, 2, 1])).toBe(1);
    expect(decide([0.4, 0.4, 0.2], [1, 1, 2])).toBe(0);
  });
  it("does not overflow", () => {
    const odds = Float64Array.of(1000, 0);
    softmax(odds);
    expect([...odds]).toEqual([1, 0]);
  });
});

describe("the shipped model", () => {
  const model = loadModel();
  it.each([
    ["太开心了，今天终于等到这一天，爱你们[爱你]", "positive", "joy"],
    ["这帮骗子真不要脸，气死我了，必须严惩[怒]", "negative", "anger"],
    ["心里好难过，一个人偷偷哭了很久[泪]", "negative", "sadness"],
    ["吓死我了，大半夜听见有人敲门，好害怕", "negative", "fear"],
  ])("reads %s", (text, polarity, emotion) => {
    const found = model.predict(text)!;
    expect(found.polarity).toBe(polarity);
    expect(found.emotion).toBe(emotion);
    expect(found.polarities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });
  it("tells a review from a post", () => {
    expect(model.predict("酒店位置不错，房间干净，早餐一般，性价比高，下次还会入住")!.review).toBeGreaterThan(0.5);
    expect(model.predict("今天下班路上堵了两个小时，还是和朋友吃了火锅")!.review).toBeLessThan(0.5);
  });
});
