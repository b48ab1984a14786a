import { dataPath } from "../../../pipeline/paths.ts";
import { emotions, polarities, type Polarity } from "../../../pipeline/schema.ts";
import { decide, sigmoid, softmax } from "./calibration.ts";
import { hashGrams, readLength, Units } from "./features.ts";
import { columns, readModel, type Header, type ModelFile } from "./file.ts";
import { isOnnx, onnxVersion } from "./onnx-files.ts";

/** What a model says about a text. */
export interface Mood {
  polarity: Polarity;
  /** Probabilities in the order of `polarities` and `emotions`; each sums to 1. */
  polarities: Float64Array;
  /** Null from a model that knows no emotions. */
  emotion: (typeof emotions)[number] | null;
  emotions: Float64Array | null;
}

/** What the linear model says: all of it, in calibrated probabilities. */
export interface Prediction extends Mood {
  emotion: (typeof emotions)[number];
  emotions: Float64Array;
  /** Probability that the text is a review of goods or services rather than a social post. */
  review: number;
}

const width = columns.length;

/** Sentiment of single texts by a linear model over hashed character 1–3-grams. See data/models/README.md. */
export class SentimentModel {
  readonly header: Header;
  readonly #weights: Int8Array;
  readonly #units = new Units();
  readonly #buckets = new Int32Array(3 * readLength + 6);
  readonly #sums = new Int32Array(width);

  constructor({ header, weights }: ModelFile) {
    this.header = header;
    this.#weights = weights;
  }

  /**
   * What the words of the text say; null when there are none (blanks, digits, links, names only). Give it the author's own words:
   * quoted chains and other people's hashtags are not looked for here.
   */
  predict(text: string): Prediction | null {
    const odds = this.odds(text);
    if (odds === null) return null;
    const { decision } = this.header;
    // Filled by index: spreading a typed array costs more than the whole prediction.
    const mixed = new Float64Array(3);
    mixed[0] = odds[0]!;
    mixed[2] = odds[1]!;
    softmax(mixed);
    const mood = new Float64Array(6);
    for (let k = 0; k < 5; k++) mood[k] = odds[2 + k]!;
    softmax(mood);
    const praise = sigmoid(odds[7]!);
    const review = sigmoid(odds[8]!);
    // A review is praise or blame; a social post may be neither.
    mixed[0] = (1 - review) * mixed[0]! + review * praise;
    mixed[1]! *= 1 - review;
    mixed[2] = (1 - review) * mixed[2]! + review * (1 - praise);
    return { polarity: polarities[decide(mixed, decision.polarity)]!, emotion: emotions[decide(mood, decision.emotion)]!, polarities: mixed, emotions: mood, review };
  }

  /** Log odds by column; null when the text has no words. */
  odds(text: string): Float64Array | null {
    this.#units.read(text);
    if (!this.#units.worded) return null;
    const count = hashGrams(this.#units, this.header.bits, this.#buckets);
    this.#sum(count);
    const { scales, intercepts } = this.header;
    const norm = Math.sqrt(count);
    const odds = new Float64Array(width);
    for (let column = 0; column < width; column++) odds[column] = intercepts[column]! + (this.#sums[column]! * scales[column]!) / norm;
    return odds;
  }

  /** Adds up the bytes of the first `count` buckets. Unrolled: this is where the time goes. */
  #sum(count: number): void {
    const weights = this.#weights;
    const buckets = this.#buckets;
    let a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0;
    for (let j = 0; j < count; j++) {
      const at = buckets[j]! * width;
      a += weights[at]!;
      b += weights[at + 1]!;
      c += weights[at + 2]!;
      d += weights[at + 3]!;
      e += weights[at + 4]!;
      f += weights[at + 5]!;
      g += weights[at + 6]!;
      h += weights[at + 7]!;
      i += weights[at + 8]!;
    }
    const sums = this.#sums;
    sums[0] = a;
    sums[1] = b;
    sums[2] = c;
    sums[3] = d;
    sums[4] = e;
    sums[5] = f;
    sums[6] = g;
    sums[7] = h;
    sums[8] = i;
  }
}

const shipped = (): string => dataPath("models", "sentiment.bin");

/** The shipped model, or another file. Throws MODEL_MISSING, MODEL_KIND, MODEL_DAMAGED, MODEL_FEATURES. */
export function loadModel(path: string | null = null): SentimentModel {
  return new SentimentModel(readModel(path ?? shipped()));
}

/** Name and content of a model, as audits and reports name it: "fast-0123456789ab". `path` null: the shipped one. */
export function modelVersion(path: string | null): string {
  if (path !== null && isOnnx(path)) return onnxVersion(path);
  const { header } = readModel(path ?? shipped());
  return `${header.name}-${header.sha256.slice(0, 12)}`;
}
