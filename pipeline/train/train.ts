import { emotions, polarities, type Polarity } from "../schema.ts";
import { ascend } from "./ascent.ts";
import { embed } from "./embedding.ts";
import { gramRows, widened, type Rows } from "./rows.ts";

export type Emotion = (typeof emotions)[number];

/** One text that somebody labelled. */
export interface LabelledText {
  corpus: string;
  /** Reviews rate a thing bought; social posts say how their author feels. Polarity is learnt apart for the two. */
  kind: "social" | "review";
  text: string;
  /** "not negative": all that the source says. */
  polarity: Polarity | "not negative" | null;
  emotion: Emotion | null;
}

export interface EmoticonText {
  text: string;
  classes: Int32Array;
}

/** The one-against-rest classifiers that are learnt side by side, in order. */
export const classifiers = [...polarities, ...emotions, "praise", "review"] as const;
export const classes = classifiers.length;
const praise = classifiers.indexOf("praise");
const review = classifiers.indexOf("review");

/** Classifiers from … to that the same rows teach; learnt together because that is faster. */
interface Group {
  from: number;
  to: number;
}
const groups: readonly Group[] = [{ from: 0, to: praise }, { from: praise, to: review }, { from: review, to: classes }];

export interface TrainOptions {
  /** 2^bits buckets. */
  bits: number;
  /** C of the loss. */
  cost: number;
  /** Texts of a class with share s of its corpus's k classes cost (1 ÷ k·s)^balance. */
  balance: number;
  /** Factor of the cost by corpus and classifier group; 1 when not named. */
  weights: Record<string, { polarity?: number; emotion?: number; praise?: number }>;
  /** Root mean square norm of the emoticon vectors beside the rows' norm. */
  vectorNorm: number;
  dimensions: number;
  passes: number;
}

export interface Trained {
  bits: number;
  /** Bucket-major: 2^bits × classes. */
  weights: Float32Array;
}

const emoticonEpochs = 4;
/** Every n-th emoticon text also teaches what a social post is. */
const socialStep = 4;

/** Learns the classifiers. Deterministic: the same texts in the same order give the same bytes. */
export function train(labelled: readonly LabelledText[], emoticonTexts: readonly EmoticonText[], classCount: number, options: TrainOptions): Trained {
  const { bits, dimensions, passes } = options;
  const buckets = 2 ** bits;
  const corpora = [...new Set(labelled.map(({ corpus }) => corpus))].sort();
  const social = emoticonTexts.filter((_, i) => i % socialStep === 0);
  const grams = gramRows([...labelled, ...social].map(({ text }) => text), bits);
  const vectors = emoticonVectors(emoticonTexts, classCount, options);
  const scale = scaleVectors(vectors, grams, options);
  const shared = buckets + dimensions;
  const rows = widened(grams, dimensions + 2, (row, columns, values, at) => {
    for (let k = 0; k < dimensions; k++) columns[at + k] = buckets + k;
    project(grams, row, vectors, dimensions, scale, values, at);
    columns[at + dimensions] = shared;
    columns[at + dimensions + 1] = shared + 1 + (row < labelled.length ? corpora.indexOf(labelled[row]!.corpus) : corpora.length);
    values.fill(1, at + dimensions, at + dimensions + 2);
  });
  const idf = inverseFrequencies(grams, buckets);
  weigh(rows, idf, dimensions, (row) => row < labelled.length && labelled[row]!.kind === "review");
  const { targets, costs } = teach(labelled, rows.length, options);
  const weights = new Float32Array(buckets * classes);
  for (const group of groups) {
    // Knowing the corpus would tell at once whether it is one of reviews.
    if (group.from === review) for (let row = 0; row < rows.length; row++) rows.values[rows.starts[row + 1]! - 1] = 0;
    const learnt = ascend({ rows, width: shared + 2 + corpora.length, classes: group.to - group.from, targets: part(targets, group), costs: part(costs, group), passes });
    fold(learnt, group, idf, vectors, scale, options, weights);
  }
  return { bits, weights };
}

/** The columns from … to of a matrix of rows × classes. */
function part<T extends Int8Array | Float32Array>(matrix: T, { from, to }: Group): T {
  return matrix.filter((_, i) => i % classes >= from && i % classes < to) as T;
}

function emoticonVectors(texts: readonly EmoticonText[], classCount: number, { bits, dimensions }: TrainOptions): Float32Array {
  if (texts.length === 0) return new Float32Array(2 ** bits * dimensions);
  const rows = gramRows(texts.map(({ text }) => text), bits);
  return embed({ rows, width: 2 ** bits, classes: texts.map(({ classes }) => classes), classCount, dimensions, epochs: emoticonEpochs, rate: 0.3, dropout: 0.5, minimumRows: 5 });
}

/** Writes the sum of a row's vectors, times `scale`. */
function project({ starts, columns, values }: Rows, row: number, vectors: Float32Array, dimensions: number, scale: number, into: Float32Array, at: number): void {
  into.fill(0, at, at + dimensions);
  for (let j = starts[row]!; j < starts[row + 1]!; j++) {
    const from = columns[j]! * dimensions;
    for (let k = 0; k < dimensions; k++) into[at + k]! += vectors[from + k]! * values[j]! * scale;
  }
}

/** The factor that gives the projections the wanted root mean square norm. */
function scaleVectors(vectors: Float32Array, rows: Rows, { dimensions, vectorNorm }: TrainOptions): number {
  const projection = new Float32Array(dimensions);
  let squares = 0;
  for (let row = 0; row < rows.length; row++) {
    project(rows, row, vectors, dimensions, 1, projection, 0);
    for (const value of projection) squares += value * value;
  }
  return squares === 0 ? 0 : vectorNorm / Math.sqrt(squares / rows.length);
}

/** Bucket → (1 + ln((1 + rows) ÷ (1 + rows that hold it))) ÷ 8: about 1 for a usual bucket. */
function inverseFrequencies(rows: Rows, buckets: number): Float32Array {
  const counts = new Int32Array(buckets);
  for (const column of rows.columns) counts[column]!++;
  return Float32Array.from(counts, (count) => (1 + Math.log((1 + rows.length) / (1 + count))) / 8);
}

/**
 * Multiplies the values of buckets by their inverse frequency. Reviews, whose lengths differ most, are brought to length 1 as well:
 * prediction does not, which changes how sure it is of a long review, not the side it takes.
 */
function weigh({ length, starts, values, columns }: Rows, idf: Float32Array, dimensions: number, unit: (row: number) => boolean): void {
  for (let row = 0; row < length; row++) {
    const [from, to] = [starts[row]!, starts[row + 1]! - dimensions - 2];
    let squares = 0;
    for (let j = from; j < to; j++) squares += (values[j]! *= idf[columns[j]!]!) ** 2;
    if (!unit(row) || squares === 0) continue;
    for (let j = from; j < to + dimensions; j++) values[j]! /= Math.sqrt(squares);
  }
}

/** Writes the weights of the buckets, with those of the vectors multiplied in: the vectors are sums over buckets too. */
function fold(learnt: Float32Array, { from, to }: Group, idf: Float32Array, vectors: Float32Array, scale: number, { bits, dimensions }: TrainOptions, into: Float32Array): void {
  const buckets = 2 ** bits;
  const size = to - from;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const at = bucket * classes + from;
    for (let k = 0; k < size; k++) into[at + k] = learnt[bucket * size + k]! * idf[bucket]!;
    for (let d = 0; d < dimensions; d++) {
      const value = vectors[bucket * dimensions + d]! * scale;
      if (value !== 0) for (let k = 0; k < size; k++) into[at + k]! += value * learnt[(buckets + d) * size + k]!;
    }
  }
}

/** What each row teaches each classifier, and at what cost. Rows after the labelled ones are social posts without labels. */
function teach(labelled: readonly LabelledText[], length: number, options: TrainOptions): { targets: Int8Array; costs: Float32Array } {
  const targets = new Int8Array(length * classes);
  const costs = new Float32Array(length * classes).fill(options.cost);
  const factors = balances(labelled, options.balance);
  for (let row = 0; row < length; row++) targets[row * classes + review] = row < labelled.length && labelled[row]!.kind === "review" ? 1 : -1;
  labelled.forEach((text, row) => {
    const at = row * classes;
    const weight = options.weights[text.corpus] ?? {};
    mark(targets, at, text);
    const cost = options.cost * factors.get(classOf(text))!;
    for (let k = 0; k < review; k++) costs[at + k] = Math.max(1e-6, cost * ((k < polarities.length ? weight.polarity : k < praise ? weight.emotion : weight.praise) ?? 1));
  });
  return { targets, costs };
}

function mark(targets: Int8Array, at: number, { kind, polarity, emotion }: LabelledText): void {
  if (kind === "review") {
    if (polarity === "positive" || polarity === "negative") targets[at + praise] = polarity === "positive" ? 1 : -1;
    return;
  }
  if (polarity === "not negative") targets[at + polarities.indexOf("negative")] = -1;
  else if (polarity !== null) polarities.forEach((name, k) => (targets[at + k] = name === polarity ? 1 : -1));
  if (emotion !== null) emotions.forEach((name, k) => (targets[at + polarities.length + k] = name === emotion ? 1 : -1));
}

const classOf = ({ corpus, polarity, emotion }: LabelledText): string => `${corpus}\n${emotion ?? polarity}`;

/** Class → factor of its cost. */
function balances(labelled: readonly LabelledText[], balance: number): Map<string, number> {
  const counts = new Map<string, number>();
  const perCorpus = new Map<string, { texts: number; classes: number }>();
  for (const text of labelled) {
    const name = classOf(text);
    const corpus = perCorpus.get(text.corpus) ?? { texts: 0, classes: 0 };
    if (!counts.has(name)) corpus.classes++;
    corpus.texts++;
    perCorpus.set(text.corpus, corpus);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map([...counts].map(([name, count]) => {
    const corpus = perCorpus.get(name.split("\n")[0]!)!;
    return [name, (corpus.texts / corpus.classes / count) ** balance];
  }));
}
