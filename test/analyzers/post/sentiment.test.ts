import { expect, it } from "vitest";
import { Modifiers } from "../../../analyzers/post/modifiers.ts";
import { mood } from "../../../analyzers/post/sentiment.ts";
import { Vocabulary, type Entry } from "../../../analyzers/post/vocabulary.ts";

const vocabulary = new Vocabulary();
vocabulary.learn("不", { negation: true });
vocabulary.learn("不是", { negation: true });
vocabulary.learn("很", { degree: 150 });
vocabulary.learn("，", { pause: 1 });

/** Word → "+" or "-" when negated, and the degree. */
function walk(words: string[]): string[] {
  const modifiers = new Modifiers();
  return words.map((word) => {
    modifiers.next(vocabulary.get(word) as Entry | undefined);
    return `${modifiers.negated ? "-" : "+"}${modifiers.degree}`;
  });
}

it("negation reaches three words, within the clause", () => {
  expect(walk(["不", "那么", "太", "喜欢", "他"])).toEqual(["+100", "-100", "-100", "-100", "+100"]);
  expect(walk(["不", "，", "喜欢"])).toEqual(["+100", "-100", "+100"]);
});
it("a second negation ends the first", () => {
  expect(walk(["不是", "不", "喜欢"])).toEqual(["+100", "+100", "+100"]);
});
it("a degree adverb reaches two words", () => {
  expect(walk(["很", "让", "人", "生气"])).toEqual(["+100", "+150", "+150", "+100"]);
});
it("both meet on one word", () => {
  expect(walk(["不是", "很", "好"])).toEqual(["+100", "-100", "-150"]);
});

// emotions: joy anger sadness fear surprise none. ln 2 = 0.693147: such a weight doubles the odds.
const flat = [0, 0, 0, 0, 0, 0];
it("ten words: odds are products of 2^(weight / ln 2)", () => {
  // joy ×8; the other five ×1: positive 8, negative 3, neutral 2 → (8 − 3) / 13
  expect(mood({ sums: [3 * 693_147.18, 0, 0, 0, 0, 0], words: 10 }, flat)).toEqual({ polarity: "positive", micro: 384_615, emotion: "joy" });
});
it("forty words weigh half: √(40 / 10) = 2", () => {
  // sadness ×4 instead of ×16: positive 1, negative 1 + 4 + 1 = 6, neutral 2 → −5 / 9
  expect(mood({ sums: [0, 0, 4 * 693_147.18, 0, 0, 0], words: 40 }, flat)).toEqual({ polarity: "negative", micro: -555_556, emotion: "sadness" });
});
it("without evidence the intercept decides", () => {
  expect(mood({ sums: flat, words: 0 }, [0, 0, 0, 0, 0, 2_000_000])).toMatchObject({ polarity: "neutral", emotion: "none" });
});
it("the emotion belongs to the polarity", () => {
  // Fear alone (×3) beats joy (×2.9) and neutral; surprise within neutral.
  expect(mood({ sums: [0, 0, 0, 0, 3e6, 0], words: 10 }, flat)).toMatchObject({ polarity: "neutral", emotion: "surprise" });
  expect(mood({ sums: [0, 0, 0, 2e6, 0, 0], words: 10 }, flat)).toMatchObject({ polarity: "negative", emotion: "fear" });
});
