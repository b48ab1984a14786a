import type { Table } from "../../analyzers/contract.ts";
import type { EventConfig } from "../config.ts";
import type { Database } from "../engines/duckdb.ts";
import { makeFeatures, readDocuments, selectDocuments, type Feature } from "./documents.ts";
import { assignTopics, learnTopics, type TopicModel } from "./learn-topics.ts";
import { fillTable } from "./texts.ts";
import { labelTopics } from "./topic-labels.ts";
import type { Keyword } from "./topic-names.ts";

/** A topic needs this share of the posts with own words, and so many posts at least. */
const leastShare = 0.01;
const leastPosts = 5;

export interface TopicOptions {
  /** Topics looked for; smaller ones are dropped afterwards. */
  maxTopics: number;
  /** Texts the topics are learnt from. */
  sample: number;
}

export interface Topics {
  labels: Table;
  /** Texts learnt from, after collapse of near-duplicates. */
  learntFrom: number;
  /** Posts with own words, and those of them that belong to a topic. */
  posts: number;
  assigned: number;
}

/** By text, in the order of their numbers: topic, and how central the text is to it. */
export interface Assigned {
  textNos: Int32Array;
  topics: Int32Array;
  centralities: Float32Array;
}

/**
 * Finds topics, makes `text_topics(text_no, topic)` with one row for each text of `worded_texts`, and labels the topics.
 * Topics are numbered from 1 by posts; 0 is everything else.
 */
export async function relateTopics(database: Database, { maxTopics, sample }: TopicOptions, event: EventConfig): Promise<Topics> {
  const [textNos, posts] = (await database.columns("SELECT text_no, posts FROM worded_texts ORDER BY text_no", ["text_no", "posts"])) as [Int32Array, Int32Array];
  const features = await makeFeatures(database);
  const isTag = (feature: number): boolean => features[feature]!.tag;
  const sampled = await sampleTexts(database, textNos.subarray(0, sample).at(-1) ?? 0);
  const end = (sampled.at(-1) ?? 0) + 1;
  const model = learnTopics(selectDocuments(await readDocuments(database, 0, end, features.length), sampled), isTag, maxTopics);
  const assigned = await assignAll(database, model, textNos, sample);
  const slots = numberTopics(assigned.topics, posts);
  await fillTable(database, "text_topics", ["text_no", "topic"], pairs(assigned));
  const labels = await labelTopics(database, slots.map((slot) => salientTerms(model, slot, features)), assigned, event);
  const sum = (counts: Int32Array): number => counts.reduce((total, n) => total + n, 0);
  return { labels, learntFrom: sampled.length, posts: sum(posts), assigned: sum(posts.filter((_, i) => assigned.topics[i]! > 0)) };
}

/** The texts to learn from, none numbered above `last`: one of each cluster of near-duplicates, so that a copied text does not make a topic of its own wording. */
async function sampleTexts(database: Database, last: number): Promise<number[]> {
  const [textNos] = await database.columns(`SELECT text_no FROM text_clusters WHERE text_no <= ${last} AND text_no = head_no ORDER BY text_no`, ["text_no"]);
  return [...textNos!];
}

async function assignAll(database: Database, model: TopicModel, textNos: Int32Array, block: number): Promise<Assigned> {
  const assigned: Assigned = { textNos, topics: new Int32Array(textNos.length), centralities: new Float32Array(textNos.length) };
  for (let start = 0; start < textNos.length; start += block) {
    const from = textNos[start]!;
    const last = Math.min(start + block, textNos.length) - 1;
    const { topics, centralities } = assignTopics(model, await readDocuments(database, from, textNos[last]! + 1, model.mixture.vocabulary));
    for (let i = start; i <= last; i++) {
      assigned.topics[i] = topics[textNos[i]! - from]!;
      assigned.centralities[i] = centralities[textNos[i]! - from]!;
    }
  }
  return assigned;
}

/** Renumbers the slots of the model in place: 1 … by posts, 0 for slots too small and for none. Returns the slot of each topic, topic 1 first. */
function numberTopics(topics: Int32Array, posts: Int32Array): number[] {
  const sizes = new Map<number, number>();
  let total = 0;
  for (const [i, slot] of topics.entries()) {
    total += posts[i]!;
    if (slot >= 0) sizes.set(slot, (sizes.get(slot) ?? 0) + posts[i]!);
  }
  const least = Math.max(leastPosts, leastShare * total);
  const slots = [...sizes].filter(([, size]) => size >= least).sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([slot]) => slot);
  const numbers = new Map(slots.map((slot, i) => [slot, i + 1]));
  for (let i = 0; i < topics.length; i++) topics[i] = numbers.get(topics[i]!) ?? 0;
  return slots;
}

function* pairs({ textNos, topics }: Assigned): Iterable<[number, number]> {
  for (let i = 0; i < textNos.length; i++) yield [textNos[i]!, topics[i]!];
}

/** Terms of a topic by salience, most salient first; hashtags left out. */
function salientTerms({ mixture, salience }: TopicModel, slot: number, features: readonly Feature[]): Keyword[] {
  return features
    .flatMap(({ term, tag }, feature) => (tag ? [] : [{ term, salience: salience[feature * mixture.topics + slot]! }]))
    .filter(({ salience }) => salience > 0)
    .sort((a, b) => b.salience - a.salience || (a.term < b.term ? -1 : 1));
}
