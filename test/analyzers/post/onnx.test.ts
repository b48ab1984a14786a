import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { loadResources, scoreTextBy } from "../../../analyzers/post/index.ts";
import { modelVersion } from "../../../analyzers/post/model/model.ts";
import { OnnxModel } from "../../../analyzers/post/model/onnx.ts";
import { importRuntime } from "../../../analyzers/post/model/onnx-runtime.ts";
import { YuqingError } from "../../../pipeline/errors.ts";
import type { Value } from "./onnx-file.ts";
import { card, tinyOnnx, vocabulary } from "./tiny-onnx.ts";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));
function folder(): string {
  folders.push(mkdtempSync(join(tmpdir(), "onnx-")));
  return folders.at(-1)!;
}
const input = (name: string, shape: Value["shape"] = ["batch", "sequence"], type: Value["type"] = "int64"): Value => ({ name, type, shape });

async function failure(work: Promise<unknown>): Promise<YuqingError> {
  const cause = await work.then(() => null, (error: unknown) => error);
  expect(cause).toBeInstanceOf(YuqingError);
  return cause as YuqingError;
}

it("reads a text, runs the model, and gives the labels in our order", async () => {
  const model = await OnnxModel.load(tinyOnnx(folder()));
  // [CLS] 好 [SEP]: mean logits 0, 0, ln 2 → 1/4, 1/4, 1/2.
  const { polarity, polarities, emotion, emotions } = await model.predict("好");
  expect([polarity, emotion, emotions, model.hasEmotion]).toEqual(["positive", null, null, false]);
  [0.5, 0.25, 0.25].forEach((p, k) => expect(polarities[k]).toBeCloseTo(p, 6));
  // [CLS] 好 差 [SEP]: 1.5 ln 2, 0, 0.75 ln 2.
  const mixed = await model.predict("好差");
  expect(mixed.polarity).toBe("negative");
  expect(mixed.polarities[2]).toBeCloseTo(2 ** 1.5 / (2 ** 1.5 + 1 + 2 ** 0.75), 6);
});

it("neighbours do not change a prediction; names after @ and links are not read", async () => {
  const model = await OnnxModel.load(tinyOnnx(folder()), 2);
  const alone = await model.predict("差");
  await Promise.all([model.predict("好".repeat(300)), model.predict("")]);
  expect(await model.predict("差")).toEqual(alone);
  expect(await model.predict("@好人好事 差 https://t.cn/A6好")).toEqual(await model.predict("差 好"));
});

it("feeds mask and types where the model has them, and fills up to a fixed length where the card says so", async () => {
  const path = tinyOnnx(folder(), { inputs: [input("input_ids", [1, 8]), input("attention_mask", [1, 8]), input("segments", [1, 8])], text: `${card}length: 8\npad: true\ninputs: { types: segments }\n` });
  // Eight tokens, one of them 好: ln 2 × 3/8.
  const { polarities } = await (await OnnxModel.load(path)).predict("好");
  const odds = 2 ** (3 / 8);
  expect(polarities[0]).toBeCloseTo(odds / (2 + odds), 6);
});

it("takes probabilities as they are, two labels, and an emotion from the same output", async () => {
  const labels = "output: probabilities, normalisation: none, labels:";
  const path = tinyOnnx(folder(), { softmax: true, text: `name: mine\nvocabulary: vocab.txt\npolarity: { ${labels} [negative, neutral, positive] }\nemotion: { ${labels} [anger, none, joy] }\n` });
  const model = await OnnxModel.load(path);
  const { polarities, emotion, emotions } = await model.predict("好");
  expect(emotion).toBe("joy");
  expect([...emotions!].map((p) => Math.round(p * 100))).toEqual([50, 25, 0, 0, 0, 25]);
  expect(polarities[0]).toBeCloseTo(0.5, 6);
  expect(model.version).toMatch(/^mine-[0-9a-f]{12}$/);
});

it("its version changes with the model, the card and the vocabulary", () => {
  const path = tinyOnnx(folder());
  const first = modelVersion(path);
  expect(first).toMatch(/^onnx-[0-9a-f]{12}$/);
  const changed = [tinyOnnx(folder(), { text: `${card}length: 64\n` }), tinyOnnx(folder(), { tokens: [...vocabulary].reverse() }), tinyOnnx(folder(), { inputs: [input("input_ids"), input("x")] })].map(modelVersion);
  expect(new Set([first, ...changed]).size).toBe(4);
  expect(modelVersion(tinyOnnx(folder()))).toBe(first);
});

it("scores a post: the mood by the transformer, all else as ever, null where a text says nothing", async () => {
  const model = await OnnxModel.load(tinyOnnx(folder()));
  const resources = loadResources([]);
  expect(await scoreTextBy(model, "#好好好#差", resources)).toMatchObject({ polarity: "negative", positive_micro: 166_667, negative_micro: 666_667, emotion: null, tags: ["好好好"], err: null });
  expect(await scoreTextBy(model, "12345", resources)).toMatchObject({ polarity: null, positive_micro: null, err: null });
});

const wide: Value[] = [input("input_ids"), input("pixel_values")];
it.each<[what: string, make: () => string, code: string, says: RegExp]>([
  ["a file that is cut", () => {
    const path = tinyOnnx(folder());
    writeFileSync(path, readFileSync(path).subarray(0, 150));
    return path;
  }, "ONNX_FILE", /tiny\.onnx\n[^]*protobuf/i],
  ["an empty file", () => {
    const path = tinyOnnx(folder());
    writeFileSync(path, "");
    return path;
  }, "ONNX_FILE", /tiny\.onnx\n/],
  ["no file", () => join(folder(), "none.onnx"), "ONNX_FILE", /none\.onnx\n[^]*ENOENT/],
  ["no card", () => tinyOnnx(folder(), { text: null }), "ONNX_CARD", /tiny\.onnx\.yaml\n[^]*ENOENT[^]*vocabulary/],
  ["a card with an unknown label", () => tinyOnnx(folder(), { text: card.replace("neutral", "meh") }), "CONFIG_INVALID", /tiny\.onnx\.yaml:4\n[^]*"meh"/],
  ["a card with a label twice", () => tinyOnnx(folder(), { text: card.replace("neutral", "positive") }), "CONFIG_INVALID", /tiny\.onnx\.yaml:4\n[^]*no label twice/],
  ["a card without a needed label", () => tinyOnnx(folder(), { text: card.replace("negative, ", "") }), "CONFIG_INVALID", /tiny\.onnx\.yaml:2\n[^]*positive and negative/],
  ["a card with an unknown key", () => tinyOnnx(folder(), { text: `${card}lenght: 9\n` }), "CONFIG_INVALID", /tiny\.onnx\.yaml:5\n[^]*length/],
  ["no vocabulary", () => tinyOnnx(folder(), { tokens: null }), "ONNX_VOCABULARY", /vocab\.txt\n[^]*ENOENT/],
  ["a vocabulary of another kind", () => tinyOnnx(folder(), { tokens: ["<s>", "好"] }), "ONNX_VOCABULARY", /vocab\.txt\n[^]*2 tokens without \[CLS\] \[SEP\] \[UNK\] \[PAD\]/],
  ["a vocabulary larger than the model's", () => tinyOnnx(folder(), { tokens: [...vocabulary, "更", "多"] }), "ONNX_INPUTS", /tiny\.onnx\n[^]*bounds/],
  ["an input that the model does not have", () => tinyOnnx(folder(), { text: `${card}inputs: { ids: words }\n` }), "ONNX_INPUTS", /tiny\.onnx\.yaml\n[^]*words\n[^]*input_ids/],
  ["a model with an input that nothing can fill", () => tinyOnnx(folder(), { inputs: wide }), "ONNX_INPUTS", /pixel_values/],
  ["an input of another length", () => tinyOnnx(folder(), { inputs: [input("input_ids", [1, 16])] }), "ONNX_INPUTS", /tiny\.onnx\n[^]*16/],
  ["an input of another type", () => tinyOnnx(folder(), { inputs: [input("input_ids", ["batch", "sequence"], "int32")] }), "ONNX_INPUTS", /tiny\.onnx\n[^]*int32/],
  ["an output that the model does not have", () => tinyOnnx(folder(), { text: card.replace("logits", "scores") }), "ONNX_INPUTS", /scores[^]*outputs logits/],
  ["other labels than columns", () => tinyOnnx(folder(), { text: card.replace(", neutral", "") }), "ONNX_OUTPUT", /\[1, 3\] Float32Array\n[^]*\[1, 2\]/],
  ["logits that are called probabilities", () => tinyOnnx(folder(), { text: `${card}  normalisation: none\n` }), "ONNX_OUTPUT", /sum to 1/],
])("%s: says where and what to do, before anything is read", async (_what, make, code, says) => {
  const error = await failure(OnnxModel.load(make()));
  expect([error.code, error.exit]).toEqual([code, 2]);
  expect(error.text("zh")).toMatch(says);
  expect(error.text("zh")).toMatch(/下一步: ./);
});

it("an answer that is no number ends the run", async () => {
  const model = await OnnxModel.load(tinyOnnx(folder()));
  const error = await failure(model.predict("好坏"));
  expect([error.code, error.parts.got]).toEqual(["ONNX_OUTPUT", "NaN, NaN, NaN"]);
  expect((await failure(scoreTextBy(model, "好坏", loadResources([])))).code).toBe("ONNX_OUTPUT");
});

it("without the runtime it says how to install it", async () => {
  const error = await failure(OnnxModel.load(tinyOnnx(folder()), 1, () => importRuntime("no-such-runtime")));
  expect(error.code).toBe("ONNX_RUNTIME_MISSING");
  expect(error.text("en")).toContain("npm install --no-save --ignore-scripts onnxruntime-node@1.16.3");
});
