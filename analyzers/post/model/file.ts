import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { YuqingError } from "../../../pipeline/errors.ts";
import { featureVersion } from "./features.ts";

/**
 * The model file: 8 bytes "YQMODEL1", the header's length (4 bytes, little endian), the header (JSON), then 2^bits × columns signed bytes, bucket by bucket.
 * Columns are log odds: positive and negative against neutral; joy, anger, sadness, fear and surprise against none; praise against blame in a review; review against social post.
 */
export const columns = ["positive", "negative", "joy", "anger", "sadness", "fear", "surprise", "praise", "review"] as const;

const magic = "YQMODEL1";
const nine = z.array(z.number()).length(columns.length);
const headerSchema = z.strictObject({
  name: z.string(),
  /** The features of features.ts that it was trained with. */
  features: z.number().int(),
  bits: z.number().int().min(8).max(24),
  /** Log odds that one step of a byte is worth, by column. */
  scales: nine,
  /** Log odds of a text without grams, by column. */
  intercepts: nine,
  /** Weights of positive, neutral, negative in the decision, and of the emotions: the label is the class of the greatest probability × weight. */
  decision: z.strictObject({ polarity: z.array(z.number()).length(3), emotion: z.array(z.number()).length(6) }),
  /** SHA-256 of the bytes after the header. */
  sha256: z.string(),
  /** Texts it was adapted to, in order; empty for the shipped model. */
  adapted: z.array(z.strictObject({ file: z.string(), sha256: z.string(), task: z.string(), texts: z.number().int() })),
});
export type Header = z.infer<typeof headerSchema>;

export interface ModelFile {
  header: Header;
  weights: Int8Array;
}

export function encodeModel(header: Omit<Header, "sha256" | "features">, weights: Int8Array): Buffer {
  const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
  const full: Header = { ...header, features: featureVersion, sha256: digest(bytes) };
  const json = Buffer.from(JSON.stringify(full));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([Buffer.from(magic), length, json, bytes]);
}

/** Throws MODEL_MISSING, MODEL_KIND, MODEL_DAMAGED, MODEL_FEATURES. */
export function readModel(path: string): ModelFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw fault("MODEL_MISSING", { zh: "模型文件读不了", en: "cannot read the model file" }, path, (cause as NodeJS.ErrnoException).code ?? String(cause));
  }
  return decodeModel(bytes, path);
}

export function decodeModel(bytes: Buffer, path: string): ModelFile {
  if (bytes.toString("latin1", 0, 8) !== magic) throw fault("MODEL_KIND", { zh: "不是本程序的模型文件，或属于另一版本", en: "not a model file of this program, or of another version" }, path, JSON.stringify(bytes.toString("latin1", 0, 8)), magic);
  const start = bytes.length < 12 ? Infinity : 12 + bytes.readUInt32LE(8);
  if (start > bytes.length) throw damaged(path, `${bytes.length} B`);
  const header = headerOf(bytes.subarray(12, start), path);
  if (header.features !== featureVersion) throw fault("MODEL_FEATURES", { zh: "模型用的特征与本程序不同", en: "the model was trained with other features than this program reads" }, path, String(header.features), String(featureVersion));
  const body = bytes.subarray(start);
  const size = 2 ** header.bits * columns.length;
  if (body.length !== size) throw damaged(path, `${body.length} B`, `${size} B`);
  if (digest(body) !== header.sha256) throw damaged(path, `SHA-256 ${digest(body)}`, header.sha256);
  // Copied: reads of a file's own buffer take half as long again.
  return { header, weights: new Int8Array(body.buffer, body.byteOffset, body.length).slice() };
}

function headerOf(json: Buffer, path: string): Header {
  try {
    return headerSchema.parse(JSON.parse(json.toString("utf8")));
  } catch (cause) {
    throw damaged(path, (cause as Error).message.slice(0, 200));
  }
}

const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const damaged = (path: string, got: string, expected?: string): YuqingError => fault("MODEL_DAMAGED", { zh: "模型文件不完整或已损坏", en: "the model file is cut off or damaged" }, path, got, expected);

function fault(code: string, what: { zh: string; en: string }, where: string, got: string, expected?: string): YuqingError {
  return new YuqingError(code, 2, { what, where, got, ...(expected === undefined ? {} : { expected }), next: { zh: "重新安装，或用 yuqing train 重新生成", en: "install again, or make it again with yuqing train" } });
}
