import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { loadModel } from "../../../analyzers/post/model/model.ts";
import { bandCount, cellOf, type Calibration, type Predictions } from "../../../analyzers/quantification/calibration.ts";
import { gamma, type Random } from "../../../analyzers/statistics.ts";
import { drawSample } from "../../../pipeline/audit/draw.ts";
import type { Audit } from "../../../pipeline/audit/contract.ts";
import type { FrameText } from "../../../pipeline/audit/frame.ts";
import { root } from "../../../pipeline/paths.ts";
import { polarities } from "../../../pipeline/schema.ts";
import { apportion, integer, pick, shuffle } from "../../../data/samples/random.ts";

/** A post of a labelled set with today's predictions. Classes in the order of `polarities`. */
export interface LabelledPost {
  truth: number;
  predicted: number;
  probabilities: number[];
}

const labelled = `${root}/../shared/data/labelled`;
export const isHere = existsSync(labelled);

/** weibo2018 calls positive what is not negative. */
const classOf = new Map([["happy", 0], ["pos", 0], ["neutral", 1], ["surprise", 1], ["angry", 2], ["sad", 2], ["fear", 2], ["neg", 2]]);
interface Row {
  text: string;
  label: string | null;
  domain?: string;
  split?: string;
  hash_split: string;
}

/** Of weibo2018 and waimai those rows that the shipped lexicon was not trained on, but for `block`: the last 2,000 training rows of weibo2018, 9.7 % positive. */
const sets = {
  dev: { folder: "smp2020_ewect", last: Infinity, keep: ({ domain, split }: Row) => domain === "usual" && split === "dev" },
  usual: { folder: "smp2020_ewect", last: Infinity, keep: ({ domain, split }: Row) => domain === "usual" && split === "test" },
  virus: { folder: "smp2020_ewect", last: Infinity, keep: ({ domain, split }: Row) => domain === "virus" && split === "dev" },
  weibo2018: { folder: "weibo2018", last: Infinity, keep: ({ split, hash_split }: Row) => split === "test" || (split === "train" && hash_split === "dev") },
  waimai: { folder: "waimai_10k", last: Infinity, keep: ({ hash_split }: Row) => hash_split !== "train" },
  block: { folder: "weibo2018", last: 2000, keep: ({ split }: Row) => split === "train" },
};

export function labelledSet(name: keyof typeof sets): LabelledPost[] {
  const { folder, keep, last } = sets[name];
  const scorer = scorerOf();
  const rows = gunzipSync(readFileSync(`${labelled}/${folder}/data.jsonl.gz`)).toString("utf8").trim().split("\n").map((line) => JSON.parse(line) as Row);
  return rows.filter((row) => row.label !== null && keep(row)).slice(-last).flatMap(({ text, label }) => {
    const found = scorer(text);
    return found === null ? [] : [{ truth: classOf.get(label!)!, ...found }];
  });
}

/** What the shipped model says of a text; null without words. */
function scorerOf(): (text: string) => Pick<LabelledPost, "probabilities" | "predicted"> | null {
  const model = loadModel();
  return (text) => {
    const found = model.predict(text);
    return found && { probabilities: [...found.polarities], predicted: polarities.indexOf(found.polarity) };
  };
}

export const predictedClass = ({ predicted }: LabelledPost): number => predicted;
const cell = (post: LabelledPost): number => cellOf(predictedClass(post), Math.max(...post.probabilities));

function cellCounts(posts: readonly LabelledPost[], sizes: readonly number[]): number[] {
  const counts = Array.from({ length: polarities.length * bandCount }, () => 0);
  posts.forEach((post, i) => (counts[cell(post)]! += sizes[i]!));
  return counts;
}
const meanMax = (posts: readonly LabelledPost[], sizes: readonly number[]): number =>
  posts.reduce((sum, { probabilities }, i) => sum + sizes[i]! * Math.max(...probabilities), 0) / sizes.reduce((a, b) => a + b, 0);

export function calibrationOf(posts: readonly LabelledPost[], name: string): Calibration {
  const ones = posts.map(() => 1);
  return { name, cells: polarities.map((_, k) => cellCounts(posts.filter(({ truth }) => truth === k), ones)), meanMaxProbability: meanMax(posts, ones) };
}

/** An event of known shares. */
export interface SimulatedEvent {
  posts: LabelledPost[];
  /** Copies of each. */
  sizes: number[];
  shares: number[];
  predictions: Predictions;
}

/** Shares by Dirichlet(1) over the classes that the set has, posts of each class drawn with replacement; repeats of a post count as copies of it. `copied`: three in ten texts have 2–20 copies. */
export function simulatedEvent(random: Random, pool: readonly LabelledPost[], n: number, { natural = false, copied = false } = {}): SimulatedEvent {
  const classes = polarities.map((_, k) => pool.filter(({ truth }) => truth === k));
  const prevalence = classes.map((posts) => (natural ? posts.length : posts.length > 0 ? gamma(random, 1) : 0));
  const drawn = apportion(n, prevalence).flatMap((count, k) => Array.from({ length: count }, () => pick(random, classes[k]!)));
  const copies = new Map<LabelledPost, number>();
  for (const post of drawn) copies.set(post, (copies.get(post) ?? 0) + (copied && random() < 0.3 ? integer(random, 2, 20) : 1));
  const posts = [...copies.keys()];
  const sizes = [...copies.values()];
  const total = sizes.reduce((a, b) => a + b, 0);
  const shares = polarities.map((_, k) => sizes.reduce((sum, size, i) => sum + (posts[i]!.truth === k ? size : 0), 0) / total);
  const predictions = { cells: cellCounts(posts, sizes), meanMaxProbability: meanMax(posts, sizes), effective: total ** 2 / sizes.reduce((sum, size) => sum + size ** 2, 0) };
  return { posts, sizes, shares, predictions };
}

/** The event audited as `yuqing audit` does it: the real draw, labels by the truth. */
export function auditOf({ posts, sizes }: Pick<SimulatedEvent, "posts" | "sizes">, size: number, random: Random): Audit {
  const frame = posts.map((post, i): FrameText => {
    const micro = post.probabilities.map((p) => Math.round(p * 1e6));
    return { id: `${i}`, text_key: `${i}`, field: "public", cluster: `${i}`, posts: sizes[i]!, predicted: polarities[predictedClass(post)]!, micro: [micro[0]!, 1_000_000 - micro[0]! - micro[2]!, micro[2]!] };
  });
  const sample = drawSample(shuffle(random, frame), { size, seed: integer(random, 0, 2 ** 31), model: "bench" });
  const labels = sample.items.map(({ no, id }) => ({ no, label: polarities[posts[Number(id)]!.truth]! }));
  return { version: 1, sample, sheets: [{ annotator: "a", labelled_at: null, file: "labels.csv", sha256: "", labels }] };
}
