import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { emotions } from "../../../pipeline/schema.ts";
import { root } from "../../../pipeline/paths.ts";

export type Split = "train" | "dev" | "test";
export type Emotion = (typeof emotions)[number];
/** positive | neutral | negative; "mild": known only not to be negative. */
export type Label = "positive" | "neutral" | "negative" | "mild";

export interface Example {
  corpus: string;
  text: string;
  split: Split;
  /** True for a test or dev row that has a copy in training data. */
  leak: boolean;
  label: Label | null;
  emotion: Emotion | null;
}

interface Corpus {
  name: string;
  /** Weight of a training row in the loss: 1 for human labels, less for labels from emoticons or unknown hands. */
  weight: number;
  read(row: Row): Pick<Example, "split" | "label" | "emotion"> | null;
}
interface Row {
  text: string;
  label: string | null;
  domain?: string;
  split?: string;
  hash_split: Split;
  dup?: boolean;
  leak?: boolean | string[];
  in_eval?: boolean | string[];
}

const moods = new Map<string, Emotion>([
  ["happy", "joy"], ["happiness", "joy"], ["like", "joy"], ["optimism", "joy"], ["gratitude", "joy"],
  ["angry", "anger"], ["anger", "anger"], ["disgust", "anger"],
  ["sad", "sadness"], ["sadness", "sadness"],
  ["fear", "fear"],
  ["surprise", "surprise"],
  ["neutral", "none"], ["none", "none"],
]);
const polarityOfMood: Record<Emotion, Label> = { joy: "positive", anger: "negative", sadness: "negative", fear: "negative", surprise: "neutral", none: "neutral" };

const mood = (row: Row, split: Split) => {
  const emotion = moods.get(row.label ?? "") ?? null;
  return emotion === null ? null : { split, emotion, label: polarityOfMood[emotion] };
};
const stars = (row: Row, positive: Label, split: Split) => ({ split, emotion: null, label: row.label === "pos" ? positive : ("negative" as const) });

/** The labelled sets, each with how a row of it is read. Sets without an official split use the split by hash of the text. */
export const corpora: Corpus[] = [
  { name: "smp2020_ewect", weight: 1, read: (row) => mood(row, row.split as Split) },
  { name: "nlpcc_weibo_emotion8", weight: 1, read: (row) => mood(row, row.hash_split) },
  { name: "covid19_weibo_7emo", weight: 1, read: (row) => mood(row, row.hash_split) },
  { name: "weibo_emotion8_sample28k", weight: 0.3, read: (row) => mood(row, row.hash_split) },
  { name: "weibo_5moods_14k", weight: 0.3, read: (row) => mood(row, row.hash_split) },
  { name: "online_shopping_10_cats", weight: 0.5, read: (row) => stars(row, "positive", row.hash_split) },
  { name: "chnsenticorp_htl_all", weight: 0.5, read: (row) => stars(row, "positive", row.hash_split) },
  { name: "waimai_10k", weight: 0.5, read: (row) => stars(row, "positive", row.hash_split) },
  // Its "pos" is everything that is not negative.
  { name: "weibo2018", weight: 1, read: (row) => (row.label === null || !/^(?:train|test)$/.test(row.split ?? "") ? null : stars(row, "mild", row.split === "test" ? "test" : row.hash_split === "dev" ? "dev" : "train")) },
  { name: "chnsenticorp", weight: 0, read: (row) => (row.split === "train" ? null : stars(row, "positive", row.split as Split)) },
];

const folder = `${root}/../shared/data/labelled`;

/** Reads all sets. Repeated rows and training rows that equal an evaluation text of any set are left out. */
export function readCorpora(): Example[] {
  if (!existsSync(folder)) throw new Error(`the labelled sets are not here: ${folder}`);
  const examples = corpora.flatMap(({ name, read }) =>
    rows(name).flatMap((row): Example[] => {
      const reading = read(row);
      const domain = row.domain === undefined ? name : `${name}/${row.domain}`;
      if (reading === null || (row.dup === true && reading.split === "train")) return [];
      return [{ corpus: domain, text: row.text, leak: isSet(row.leak), ...reading }];
    }),
  );
  const evaluated = new Set(examples.filter(({ split }) => split !== "train").map(({ text }) => letters(text)));
  return examples.filter(({ split, text }) => split !== "train" || !evaluated.has(letters(text)));
}

const isSet = (flag: boolean | string[] | undefined): boolean => (Array.isArray(flag) ? flag.length > 0 : flag === true);
const letters = (text: string): string => text.replace(/[^\p{L}]/gu, "");

function rows(name: string): Row[] {
  return gunzipSync(readFileSync(`${folder}/${name}/data.jsonl.gz`)).toString("utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
}
