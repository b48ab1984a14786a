import type { Table } from "../../analyzers/contract.ts";
import { givenWords } from "../../analyzers/given.ts";
import type { EventConfig } from "../config.ts";
import type { Database } from "../engines/duckdb.ts";
import { characterSets, withCharacters } from "./character-sets.ts";
import { coherenceOf, coverageOf } from "./coherence.ts";
import { learnConsensus } from "./consensus.ts";
import { makeFeatures, readDocuments, selectDocuments, type Documents, type Feature } from "./documents.ts";
import { centralityOf, salience } from "./salience.ts";
import { classify, type Mixture } from "./mixture.ts";
import { fillTable } from "./texts.ts";
import { labelTopics } from "./topic-labels.ts";
import { tellingWords, type Keyword } from "./topic-names.ts";

/** A topic needs this share of the posts with own words, and so many posts at least. */
const leastShare = 0.01;
const leastPosts = 10;
/** What a word and a hashtag weigh; a character weighs 1. */
const weights = { word: 2, tag: 4 };
/** A text whose known words, hashtags and characters weigh less together is too short for a topic. */
const leastWeight = 4;
/** A text belongs to no topic when its words are less than 20 times likelier in its topic than in all posts, or its posterior is below one half. */
const leastEvidence = Math.log(20);
const leastPosterior = 0.5;
/**
 * A topic is loose when it hardly comes again in other samples and its most telling words stand together little more often than by chance, or when less than this share of its texts
 * hold one of them: no name would tell what it is about.
 */
const loose = { stability: 0.4, coherence: 0.1, words: 5, coverage: 1 / 3 };

/** An event of more distinct texts than this is large: half as many topics would each be a bit of everything. */
const manyTexts = 50_000;

export const other = 0;
export const tooShort = -1;

export interface TopicOptions {
  /** Topics looked for, twice as many in a large event; smaller ones are dropped afterwards. */
  maxTopics: number;
  /** Texts the topics are learnt from. */
  sample: number;
}

export interface Topics {
  labels: Table;
  /** Texts learnt from, after collapse of near-duplicates. */
  learntFrom: number;
  /** Posts with own words, and those of them that belong to a topic that is not loose, and that are too short for any. */
  posts: number;
  assigned: number;
  short: number;
  /** Of those that belong to a topic the ones too short themselves, which go with the posts that they comment on or repost. */
  threaded: number;
  /** Those of the topics that are loose, and their posts. */
  loose: { topics: number; posts: number };
}

/** By text, in the order of their numbers: topic, and how central the text is to it. */
export interface Assigned {
  textNos: Int32Array;
  topics: Int32Array;
  centralities: Float32Array;
}

/** Posts that hold each word and hashtag of the model, by slot: feature f of slot k at [f · topics + k]; and posts of each slot. */
interface Holding {
  features: Int32Array;
  posts: Int32Array;
}

interface Model {
  mixture: Mixture;
  /** Words and hashtags; the features after them are characters. */
  features: readonly Feature[];
  /** Of salience.ts. */
  salience: Float32Array;
  stabilities: Float64Array;
}

/**
 * Finds topics, makes `text_topics(text_no, topic)` with one row for each text of `worded_texts`, and labels the topics.
 * Topics are numbered from 1 by posts, loose ones after all others; 0 is everything else, −1 what is too short to tell. `textNos` and `forms`: of relateClusters.
 */
export async function relateTopics(database: Database, { textNos: formOf, forms }: { textNos: number[]; forms: string[] }, { maxTopics, sample }: TopicOptions, event: EventConfig): Promise<Topics> {
  const [textNos, posts] = (await database.columns("SELECT text_no, posts FROM worded_texts ORDER BY text_no", ["text_no", "posts"])) as [Int32Array, Int32Array];
  const features = await makeFeatures(database, givenWords(event));
  const sets = characterSets(formOf, forms);
  const featureWeights = Uint8Array.from(features, ({ tag }) => (tag ? weights.tag : weights.word));
  const read = async (from: number, to: number): Promise<Documents> => withCharacters(await readDocuments(database, from, to, featureWeights), from, sets);

  const sampled = await sampleTexts(database, sample);
  const learnt = selectDocuments(await read(0, (sampled.at(-1) ?? 0) + 1), sampled);
  const { mixture, stabilities } = learnConsensus(learnt, textNos.length > manyTexts ? 2 * maxTopics : maxTopics);
  const model: Model = { mixture, features, salience: salience(mixture), stabilities };
  const { assigned, holding } = await assignAll(model, read, textNos, posts);
  const threaded = await followThreads(database, assigned, posts);
  const isLoose = looseness(model, learnt, holding);
  const slots = numberTopics(assigned.topics, posts, isLoose);
  await fillTable(database, "text_topics", ["text_no", "topic"], pairs(assigned));
  const labels = await labelTopics(database, slots.map((slot) => ({ terms: salientTerms(model, slot, holding), stability: stabilities[slot]!, loose: isLoose(slot) })), assigned, event);
  const firm = slots.filter((slot) => !isLoose(slot)).length;
  const sum = (test: (topic: number) => boolean): number => posts.reduce((total, n, i) => (test(assigned.topics[i]!) ? total + n : total), 0);
  return { labels, learntFrom: sampled.length, posts: sum(() => true), assigned: sum((topic) => topic > other && topic <= firm), short: sum((topic) => topic === tooShort), threaded, loose: { topics: slots.length - firm, posts: sum((topic) => topic > firm) } };
}

/**
 * Numbers of the texts to learn from, ascending: heads of clusters of near-duplicates, each as often as the root of its posts. Counted once, what a few newsrooms write and
 * many reprint would be no topic; counted by posts, every much copied text would be one. Texts are numbered by hash, so the first ones are a sample.
 */
async function sampleTexts(database: Database, size: number): Promise<number[]> {
  const [textNos, posts] = await database.columns(
    `SELECT head_no, sum(posts)::INTEGER AS posts FROM text_clusters JOIN worded_texts USING (text_no) GROUP BY head_no ORDER BY head_no LIMIT ${size}`,
    ["head_no", "posts"],
  );
  return [...textNos!].flatMap((textNo, i) => Array<number>(Math.round(Math.sqrt(posts![i]!))).fill(textNo));
}

/** Texts read at once. */
const block = 50_000;

async function assignAll(model: Model, read: (from: number, to: number) => Promise<Documents>, textNos: Int32Array, posts: Int32Array): Promise<{ assigned: Assigned; holding: Holding }> {
  const { mixture: { topics }, features: { length: words } } = model;
  const assigned: Assigned = { textNos, topics: new Int32Array(textNos.length), centralities: new Float32Array(textNos.length) };
  const holding: Holding = { features: new Int32Array(words * topics), posts: new Int32Array(topics) };
  for (let start = 0; start < textNos.length; start += block) {
    const from = textNos[start]!;
    const last = Math.min(start + block, textNos.length) - 1;
    const documents = await read(from, textNos[last]! + 1);
    const slots = slotsOf(model.mixture, documents);
    for (let i = start; i <= last; i++) {
      const d = textNos[i]! - from;
      const slot = slots[d]!;
      assigned.topics[i] = slot;
      const own = documents.features.subarray(documents.offsets[d]!, documents.offsets[d + 1]!);
      if (slot >= 0) assigned.centralities[i] = centralityOf(model, slot, own.filter((feature) => feature < words));
      const column = slot < 0 ? topics - 1 : slot;
      holding.posts[column]! += posts[i]!;
      for (const feature of own) if (feature < words) holding.features[feature * topics + column]! += posts[i]!;
    }
  }
  return { assigned, holding };
}

const noSlot = -1;
const shortSlot = -2;

/** Topic of the mixture of each document, or that it is of none, or too short. */
function slotsOf(mixture: Mixture, documents: Documents): Int32Array {
  const { topics, posteriors, evidences, lengths } = classify(mixture, documents);
  return topics.map((topic, d) => {
    if (lengths[d]! < leastWeight) return shortSlot;
    return topic === mixture.topics - 1 || evidences[d]! < leastEvidence || posteriors[d]! < leastPosterior ? noSlot : topic;
  });
}

/** Tells loose slots from others. */
function looseness(model: Model, learnt: Documents, holding: Holding): (slot: number) => boolean {
  const numbers = new Map(model.features.flatMap(({ term, tag }, number) => (tag ? [] : [[term, number] as const])));
  const slots = slotsOf(model.mixture, learnt);
  const known = new Map<number, boolean>();
  const judge = (slot: number): boolean => {
    const words = tellingWords(salientTerms(model, slot, holding), loose.words).map((term) => numbers.get(term)!);
    if (coverageOf(learnt, [...slots.keys()].filter((d) => slots[d] === slot), words) < loose.coverage) return true;
    const coherence = coherenceOf(learnt, words);
    return model.stabilities[slot]! < loose.stability && coherence !== null && coherence < loose.coherence;
  };
  return (slot) => {
    if (!known.has(slot)) known.set(slot, judge(slot));
    return known.get(slot)!;
  };
}

/** Posts that a topic needs at least. */
const leastSize = (posts: number): number => Math.max(leastPosts, leastShare * posts);

/**
 * Texts too short for a topic get, in place, the slot of the posts above them (parent, else root) when more than half of their posts have the same above, by its own words.
 * Where most posts of the event stand below one post that would only swell that one's topic, so none does. Returns how many posts these texts have.
 */
async function followThreads(database: Database, { textNos, topics }: Assigned, posts: Int32Array): Promise<number> {
  if ((await largestThread(database)) > posts.reduce((sum, n) => sum + n, 0) / 2) return 0;
  const [below, above, counts] = (await database.columns(
    `SELECT c.text_no AS below, coalesce(p.text_no, r.text_no) AS above, count(*)::INTEGER AS posts
     FROM (SELECT text_no, parent, root FROM scored WHERE worded = 1 AND text_no IS NOT NULL AND (parent IS NOT NULL OR root IS NOT NULL)) c LEFT JOIN scored p ON p.id = c.parent LEFT JOIN scored r ON r.id = c.root
     WHERE coalesce(p.text_no, r.text_no) IS NOT NULL GROUP BY ALL ORDER BY ALL`,
    ["below", "above", "posts"],
  )) as [Int32Array, Int32Array, Int32Array];
  const indices = new Map(Array.from(textNos, (textNo, i) => [textNo, i]));
  const found = new Map<number, Map<number, number>>();
  for (const [row, textNo] of below.entries()) {
    const i = indices.get(textNo)!;
    const slot = topics[indices.get(above[row]!)!]!;
    if (topics[i] !== shortSlot || slot < 0) continue;
    const votes = found.get(i) ?? new Map<number, number>();
    found.set(i, votes.set(slot, (votes.get(slot) ?? 0) + counts[row]!));
  }
  let threaded = 0;
  for (const [i, votes] of found) {
    const [slot, most] = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]!;
    if (2 * most <= posts[i]!) continue;
    topics[i] = slot;
    threaded += posts[i]!;
  }
  return threaded;
}

/** Posts with own words below the post that has most of them. */
async function largestThread(database: Database): Promise<number> {
  const rows = await database.rows<{ posts: number }>("SELECT count(*)::INTEGER AS posts FROM scored WHERE worded = 1 AND coalesce(root, parent) IS NOT NULL GROUP BY coalesce(root, parent) ORDER BY posts DESC LIMIT 1");
  return rows[0]?.posts ?? 0;
}

/** Renumbers the slots of the model in place: 1 … by posts, loose ones last, 0 for slots too small and for none, −1 for too short. Returns the slot of each topic, topic 1 first. */
function numberTopics(topics: Int32Array, posts: Int32Array, isLoose: (slot: number) => boolean): number[] {
  const sizes = new Map<number, number>();
  let total = 0;
  for (const [i, slot] of topics.entries()) {
    total += posts[i]!;
    if (slot >= 0) sizes.set(slot, (sizes.get(slot) ?? 0) + posts[i]!);
  }
  const least = leastSize(total);
  const slots = [...sizes].filter(([, size]) => size >= least).sort((a, b) => Number(isLoose(a[0])) - Number(isLoose(b[0])) || b[1] - a[1] || a[0] - b[0]).map(([slot]) => slot);
  const numbers = new Map(slots.map((slot, i) => [slot, i + 1]));
  for (let i = 0; i < topics.length; i++) topics[i] = topics[i] === shortSlot ? tooShort : (numbers.get(topics[i]!) ?? other);
  return slots;
}

function* pairs({ textNos, topics }: Assigned): Iterable<[number, number]> {
  for (let i = 0; i < textNos.length; i++) yield [textNos[i]!, topics[i]!];
}

/** Words of a topic by salience, most salient first. */
function salientTerms({ mixture: { topics }, features, salience }: Model, slot: number, holding: Holding): Keyword[] {
  const total = holding.posts.reduce((sum, n) => sum + n, 0);
  const keyword = (feature: number): Keyword => {
    const all = holding.features.subarray(feature * topics, (feature + 1) * topics).reduce((sum, n) => sum + n, 0);
    const share = holding.features[feature * topics + slot]! / holding.posts[slot]!;
    return { term: features[feature]!.term, salience: salience[feature * topics + slot]!, share, lift: share / (all / total) };
  };
  return [...features.keys()]
    .filter((feature) => !features[feature]!.tag && salience[feature * topics + slot]! > 0 && holding.features[feature * topics + slot]! > 0)
    .map(keyword)
    .sort((a, b) => b.salience - a.salience || (a.term < b.term ? -1 : 1));
}
