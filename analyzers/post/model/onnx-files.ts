import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { z } from "zod";
import { readYaml } from "../../../pipeline/config.ts";
import { YuqingError, type Message } from "../../../pipeline/errors.ts";
import { emotions, polarities } from "../../../pipeline/schema.ts";
import { specialTokens, WordPiece } from "./wordpiece.ts";

/** The files of an ONNX model: MODEL.onnx, its card MODEL.onnx.yaml (docs/onnx.md) and the vocabulary that the card names. */

const distinct = (labels: readonly string[]): boolean => new Set(labels).size === labels.length;
const head = <T extends readonly [string, ...string[]]>(names: T) =>
  z.strictObject({
    output: z.string().min(1).describe("name of the model's output: float32, one row of a number a label"),
    labels: z.array(z.enum(names)).min(2).refine(distinct, "no label twice").describe("what the columns of the output are, in order"),
    normalisation: z.enum(["softmax", "none"]).default("softmax").describe("softmax: the output is logits; none: it is probabilities"),
  });

/** MODEL.onnx.yaml */
export const onnxCardSchema = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,60}$/, "letters, digits, _ . -").default("onnx").describe("as the report names the model"),
  vocabulary: z.string().min(1).describe("vocab.txt of the model, a token a line, beside the card"),
  length: z.number().int().min(3).max(4096).default(128).describe("most tokens of a text; of a longer one the beginning is read"),
  lowercase: z.boolean().default(true).describe("letters are read in lower case and without accents"),
  pad: z.boolean().default(false).describe("every text is filled up to the length: for a model of a fixed length"),
  inputs: z.strictObject({ ids: z.string().default("input_ids"), mask: z.string().optional(), types: z.string().optional() }).default({ ids: "input_ids" }).describe("names of the model's inputs, int64; without them attention_mask and token_type_ids, where the model has them"),
  polarity: head(polarities).refine(({ labels }) => labels.includes("positive") && labels.includes("negative"), "positive and negative among the labels"),
  emotion: head(emotions).optional(),
});
export type Card = z.infer<typeof onnxCardSchema>;
export type Head = z.infer<ReturnType<typeof head>>;

export const isOnnx = (path: string): boolean => extname(path).toLowerCase() === ".onnx";
export const cardPath = (path: string): string => `${path}.yaml`;

/** Name and content of the model, its card and its vocabulary: "onnx-0123456789ab". */
export const onnxVersion = (path: string): string => readFiles(path).version;

/** A model as its files say. */
export interface Files {
  version: string;
  card: Card;
  bytes: Uint8Array;
  words: WordPiece;
}

/** Throws CONFIG_*, ONNX_FILE, ONNX_CARD, ONNX_VOCABULARY. */
export function readFiles(path: string): Files {
  const bytes = readBytes(path, "ONNX_FILE", { zh: "模型文件读不了", en: "cannot read the model file" });
  const cardBytes = readBytes(cardPath(path), "ONNX_CARD", { zh: "ONNX 模型旁边没有说明文件", en: "no card beside the ONNX model" }, {
    zh: "写一个，至少有 vocabulary 和 polarity（output、labels），见 docs/onnx.md",
    en: "write one with at least vocabulary and polarity (output, labels): see docs/onnx.md",
  });
  const card = readYaml(cardPath(path), onnxCardSchema);
  const vocabularyPath = resolve(dirname(path), card.vocabulary);
  const vocabulary = readBytes(vocabularyPath, "ONNX_VOCABULARY", { zh: "模型的词表读不了", en: "cannot read the model's vocabulary" });
  const tokens = vocabulary.toString("utf8").replace(/\r?\n$/, "").split(/\r?\n/);
  const missing = specialTokens.filter((token) => !tokens.includes(token));
  if (missing.length > 0) throw fault("ONNX_VOCABULARY", { zh: "词表缺少 BERT 的标记", en: "the vocabulary lacks marks of BERT" }, vocabularyPath, `${tokens.length} tokens without ${missing.join(" ")}`, specialTokens.join(" "), { zh: "用模型自带的 vocab.txt（WordPiece，每行一个）", en: "use the vocab.txt that belongs to the model (WordPiece, a token a line)" });
  const hash = createHash("sha256");
  for (const part of [bytes, cardBytes, vocabulary]) hash.update(createHash("sha256").update(part).digest());
  return { version: `${card.name}-${hash.digest("hex").slice(0, 12)}`, card, bytes, words: new WordPiece(tokens, card.length, card.lowercase) };
}

function readBytes(path: string, code: string, what: Message, next: Message = { zh: "检查路径和权限", en: "check the path and its permissions" }): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw fault(code, what, path, (cause as NodeJS.ErrnoException).code ?? String(cause), undefined, next);
  }
}

export const correct = (path: string): Message => ({ zh: `改正 ${cardPath(path)}；什么也没有写出`, en: `correct ${cardPath(path)}; nothing was written` });

export function fault(code: string, what: Message, where: string, got: unknown, expected: string | undefined, next: Message): YuqingError {
  const text = got instanceof Error ? got.message : String(got);
  return new YuqingError(code, 2, { what, where, got: text.slice(0, 300), ...(expected === undefined ? {} : { expected: expected.slice(0, 300) }), next });
}
