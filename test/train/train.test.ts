import { describe, expect, it } from "vitest";
import { columns, decodeModel, encodeModel } from "../../analyzers/post/model/file.ts";
import { SentimentModel } from "../../analyzers/post/model/model.ts";
import { adapt } from "../../pipeline/train/adapt.ts";
import { ascend } from "../../pipeline/train/ascent.ts";
import { calibrate, decisionWeights } from "../../pipeline/train/calibrate.ts";
import { evaluate } from "../../pipeline/train/evaluate.ts";
import { pack } from "../../pipeline/train/pack.ts";
import { gramRows } from "../../pipeline/train/rows.ts";
import { train, type LabelledText, type TrainOptions } from "../../pipeline/train/train.ts";

const options: TrainOptions = { bits: 12, cost: 1, balance: 0, weights: {}, vectorNorm: 0.5, dimensions: 4, passes: 10 };
const things = ["天气", "电影", "朋友", "新闻", "早饭", "比赛", "孩子", "公交"];
const post = (text: string, polarity: LabelledText["polarity"], emotion: LabelledText["emotion"]): LabelledText => ({ corpus: "posts", kind: "social", text, polarity, emotion });
const posts = things.flatMap((thing) => [
  post(`${thing}真让人开心`, "positive", "joy"),
  post(`${thing}气死人了`, "negative", "anger"),
  post(`${thing}让我想哭`, "negative", "sadness"),
  post(`${thing}好吓人`, "negative", "fear"),
  post(`${thing}居然这样`, "neutral", "surprise"),
  post(`关于${thing}的通知`, "neutral", "none"),
]);
const reviews = things.flatMap((thing): LabelledText[] => [
  { corpus: "shop", kind: "review", text: `${thing}的酒店房间干净`, polarity: "positive", emotion: null },
  { corpus: "shop", kind: "review", text: `${thing}的酒店房间很脏`, polarity: "negative", emotion: null },
]);
const emoticons = things.flatMap((thing) => [{ text: `${thing}开心`, classes: Int32Array.of(0) }, { text: `${thing}想哭`, classes: Int32Array.of(1) }]);
const learn = (): Buffer => pack(train([...posts, ...reviews], emoticons, 2, options), [...posts, ...reviews], "test");

describe("ascend", () => {
  it("separates, ignores unknown targets, and gives the exact optimum of one row", () => {
    const rows = { length: 2, starts: Int32Array.of(0, 1, 2), columns: Int32Array.of(0, 1), values: Float32Array.of(1, 1) };
    const weights = ascend({ rows, width: 2, classes: 2, targets: Int8Array.of(1, 0, -1, 0), costs: new Float32Array(4).fill(1), passes: 50 });
    // min ½w² + C(1 − w)² with C = 1: w = 2C ÷ (1 + 2C) = 2/3
    expect(weights[0]).toBeCloseTo(2 / 3, 3);
    expect(weights[2]).toBeCloseTo(-2 / 3, 3);
    expect([weights[1], weights[3]]).toEqual([0, 0]);
  });
});

describe("gramRows", () => {
  it("counts each bucket once, with occurrences ÷ √all", () => {
    const { starts, values } = gramRows(["好好", ""], 16);
    // edge 好 好 edge: edge 2, 好 2, and five grams once: 9 in all
    expect([...values.subarray(0, starts[1])].sort()).toEqual([1, 1, 1, 1, 1, 2, 2].map((n) => Math.fround(n / 3)));
    // Only the two edges of an empty text: twice the edge, and the pair.
    expect(starts[2]! - starts[1]!).toBe(2);
  });
});

describe("train and pack", () => {
  const bytes = learn();
  it("gives the same bytes again", () => {
    expect(learn().equals(bytes)).toBe(true);
  });
  it("learns both tasks and tells reviews from posts", () => {
    const model = new SentimentModel(decodeModel(bytes, "test"));
    expect(evaluate(model, posts.map(({ text, emotion }) => ({ text, label: emotion! })), "emotion").accuracy).toBe(1);
    expect(evaluate(model, posts.map(({ text, polarity }) => ({ text, label: polarity as string })), "polarity").accuracy).toBe(1);
    expect(model.predict("小店的酒店房间干净")!.polarity).toBe("positive");
    expect(model.predict("小店的酒店房间很脏")!.polarity).toBe("negative");
    expect(model.predict("小店的酒店房间很脏")!.review).toBeGreaterThan(model.predict("小店气死人了")!.review);
  });
});

describe("calibrate", () => {
  it("finds the slope and intercept that made the labels", () => {
    // At score s the share of class 0 is 1 ÷ (1 + e^−(2s + 1)).
    const scores: number[][] = [];
    const labels: number[] = [];
    for (const score of [-2, -1, 0, 1]) {
      const first = Math.round(1000 / (1 + Math.exp(-(2 * score + 1))));
      for (let i = 0; i < 1000; i++) {
        scores.push([score, 0]);
        labels.push(i < first ? 0 : 1);
      }
    }
    const { slope, intercepts } = calibrate(scores, labels, 2);
    expect(slope).toBeCloseTo(2, 1);
    expect(intercepts[0]).toBeCloseTo(1, 1);
    expect(intercepts[1]).toBe(0);
    // Held to 1 and 0 when told to be careful.
    const careful = calibrate(scores, labels, 2, 1e6);
    expect(careful.slope).toBeCloseTo(1, 2);
    expect(careful.intercepts[0]).toBeCloseTo(0, 2);
  });
  it("raises the weight of a class that would never be chosen", () => {
    const probabilities = [...Array.from({ length: 8 }, () => [0.8, 0.2]), [0.6, 0.4], [0.6, 0.4]];
    const weights = decisionWeights(probabilities, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1], 2);
    expect(0.4 * weights[1]!).toBeGreaterThan(0.6 * weights[0]!);
    expect(0.2 * weights[1]!).toBeLessThan(0.8 * weights[0]!);
  });
});

describe("evaluate", () => {
  const header = { name: "tiny", bits: 8, scales: columns.map(() => 1), intercepts: [1, 0, 0, 0, 0, 0, 0, 0, -50], decision: { polarity: [1, 1, 1], emotion: [1, 1, 1, 1, 1, 1] }, adapted: [] };
  const always = new SentimentModel(decodeModel(encodeModel(header, new Int8Array(256 * columns.length)), "tiny"));
  it("counts by hand", () => {
    const rows = [{ text: "甲", label: "positive" }, { text: "乙", label: "negative" }, { text: "丙", label: "negative" }, { text: "123", label: "positive" }];
    let time = 0;
    const found = evaluate(always, rows, "polarity", () => (time += 1000));
    // Always positive; the last text has no words.
    expect(found.labels).toEqual(["positive", "negative"]);
    expect(found.confusion).toEqual([[1, 0, 1], [2, 0, 0]]);
    expect(found.accuracy).toBe(0.25);
    expect(found.unknown).toBe(1);
    expect(found.perLabel).toEqual([
      { label: "positive", texts: 2, predicted: 3, precision: 1 / 3, recall: 0.5, f1: 0.4 },
      { label: "negative", texts: 2, predicted: 0, precision: null, recall: 0, f1: 0 },
    ]);
    expect(found.macroF1).toBe(0.2);
    // Claims e ÷ (e + 1) of the two labels, right in 1 of 3.
    expect(found.calibrationError).toBeCloseTo(Math.E / (Math.E + 1) - 1 / 3, 9);
    expect(found.postsPerSecond).toBe(4);
  });
  it("says null, not zero, about nothing", () => {
    expect(evaluate(always, [], "emotion")).toMatchObject({ texts: 0, accuracy: null, macroF1: null, calibrationError: null, postsPerSecond: null });
  });
});

describe("adapt", () => {
  const base = decodeModel(learn(), "test");
  const rows = things.flatMap((thing) => [{ text: `${thing}绝绝子`, label: "joy" }, { text: `${thing}栓扣`, label: "anger" }]);
  const source = { file: "mine.csv", sha256: "0".repeat(64) };
  it("moves the model towards the labels, says so, and leaves the base alone", () => {
    const before = base.weights.slice();
    const adapted = decodeModel(adapt(base, rows, "emotion", source), "adapted");
    const joy = (file: typeof base): number => new SentimentModel(file).predict("昨晚绝绝子")!.emotions[0]!;
    expect(joy(adapted)).toBeGreaterThan(joy(base) + 0.1);
    expect(adapted.header.adapted).toEqual([{ ...source, task: "emotion", texts: 16 }]);
    expect(base.weights).toEqual(before);
    // Of labels that no row has nothing was learnt: fear against none stays as it was.
    const fear = (file: typeof base): number => new SentimentModel(file).odds("昨晚绝绝子")![5]!;
    expect(fear(adapted)).toBe(fear(base));
    // Polarity was not taught.
    const [was, is] = [base, adapted].map((file) => [...new SentimentModel(file).predict("昨晚绝绝子")!.polarities]);
    expect(is).toEqual(was);
  });
  it("claims of contradicting labels what they bear out", () => {
    // Every text is called joy three times and anger once.
    const contradicting = things.flatMap((thing) => ["joy", "joy", "joy", "anger"].map((label, i) => ({ text: `${thing}第${i}次绝绝子`, label })));
    const [joy, anger] = new SentimentModel(decodeModel(adapt(base, contradicting, "emotion", source), "adapted")).predict("昨晚绝绝子")!.emotions;
    expect(joy! / (joy! + anger!)).toBeGreaterThan(0.65);
    expect(joy! / (joy! + anger!)).toBeLessThan(0.85);
  });
});
