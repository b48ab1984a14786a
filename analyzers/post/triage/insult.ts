import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { YuqingError } from "../../../pipeline/errors.ts";
import { dataPath } from "../../../pipeline/paths.ts";
import { sigmoid } from "../model/calibration.ts";
import { featureVersion, hashGrams, readLength, Units } from "../model/features.ts";

/** The file: 8 bytes "YQINSULT", the header's length (4 bytes, little endian), the header (JSON), 2^bits signed bytes. */
const magic = "YQINSULT";
const headerSchema = z.strictObject({
  name: z.string(),
  /** The features of model/features.ts that it was trained with. */
  features: z.literal(featureVersion),
  bits: z.number().int().min(8).max(22),
  /** Log odds that one step of a byte is worth. */
  scale: z.number(),
  /** Log odds of a text without grams. */
  intercept: z.number(),
  /** SHA-256 of the bytes after the header. */
  sha256: z.string(),
});
type Header = z.infer<typeof headerSchema>;

/** Whether a text uses offensive words: a linear model over hashed character 1–3-grams. See data/triage/README.md. */
export class InsultModel {
  private readonly units = new Units();
  private readonly buckets = new Int32Array(3 * readLength + 6);

  constructor(
    private readonly header: Header,
    private readonly weights: Int8Array,
  ) {}

  /** Probability, 0–1, calibrated on COLD dev; null when the text has no words. */
  predict(text: string): number | null {
    this.units.read(text);
    if (!this.units.worded) return null;
    const { bits, scale, intercept } = this.header;
    const count = hashGrams(this.units, bits, this.buckets);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += this.weights[this.buckets[i]!]!;
    return sigmoid(intercept + (sum * scale) / Math.sqrt(count));
  }
}

export function encodeInsultModel(header: Omit<Header, "sha256" | "features">, weights: Int8Array): Buffer {
  const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
  const json = Buffer.from(JSON.stringify({ ...header, features: featureVersion, sha256: digest(bytes) } satisfies Header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([Buffer.from(magic), length, json, bytes]);
}

/** Throws MODEL_DAMAGED. */
export function loadInsultModel(path = dataPath("triage", "insult.bin")): InsultModel {
  try {
    const bytes = readFileSync(path);
    if (bytes.toString("latin1", 0, 8) !== magic) throw new Error("kind");
    const start = 12 + bytes.readUInt32LE(8);
    const header = headerSchema.parse(JSON.parse(bytes.toString("utf8", 12, start)));
    const body = bytes.subarray(start);
    if (body.length !== 2 ** header.bits || digest(body) !== header.sha256) throw new Error(`${body.length} B, SHA-256 ${digest(body)}`);
    // Copied: reads of a file's own buffer take longer.
    return new InsultModel(header, new Int8Array(body.buffer, body.byteOffset, body.length).slice());
  } catch (cause) {
    throw new YuqingError("MODEL_DAMAGED", 2, { what: { zh: "模型文件读不了、不完整或已损坏", en: "the model file cannot be read, or is cut off or damaged" }, where: path, got: (cause as Error).message.slice(0, 200), next: { zh: "重新安装", en: "install again" } });
  }
}

const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
