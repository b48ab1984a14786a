import { mulberry32, type Random } from "../../analyzers/statistics.ts";
import { selectDocuments, type Documents } from "./documents.ts";
import { classify, fitMixture, type Mixture } from "./mixture.ts";
import { communitiesOf, type Edge } from "./modularity.ts";

/** How many runs must agree, what part of the documents each learns from at most, and how finely slots of different runs are told apart. */
interface Runs {
  count: number;
  documents: number;
  resolution: number;
}

const ofPosts: Runs = { count: 12, documents: 5_000, resolution: 3 };
/** Of few posts, and of parts of topics: told apart more finely they fall to pieces. */
const ofFew: Runs = { count: 5, documents: 5_000, resolution: 2 };
/** Sentences say less than posts, so that single runs differ more: on sentences of an invented event 5 runs reach an ARI of 0.53, 25 reach 0.62. */
const ofSentences: Runs = { count: 25, documents: 10_000, resolution: 4 };
/** Each run learns from this share of the documents. */
const share = 0.8;
/** Falling temperatures of a run: the first sweeps mix freely, the last two settle. Few documents, of which a sweep says little, need more of them. */
const cooling = (sweeps: number): number[] => [...Array.from({ length: sweeps }, (_, i) => 3 - (2 * i) / (sweeps - 1)), 0, 0];
const sweeps = { few: 13, many: 8 };
const fewDocuments = 500;
const beta = 0.2;
/** Slots of different runs that share less than this (Jaccard) are not compared. */
const leastJaccard = 0.2;
/** Stability from which a topic is left as it is; that its parts must have to take its place; the least documents of one that is looked at again. */
const settled = 0.65;
const stable = 0.8;
const leastSplit = 50;
/** Topics looked for in one topic: half as many as in a large event, for half the cost of learning. */
const partTopics = 30;
/** A topic of a larger share of the documents that is not settled is too coarse to tell anything. */
const largestShare = 0.25;
/** A topic of fewer documents is none. */
const leastShare = 0.005;

export interface Consensus {
  /** The last topic gathers what fits none of the others and is not a topic to show. */
  mixture: Mixture;
  /** For each topic the mean, over the runs, of the best Jaccard agreement of its documents with one of the run's topics (Hennig 2007), in [0, 1]. */
  stabilities: Float64Array;
}

/**
 * Learns topics by several annealed mixtures, each started at random on its own sample of the documents, and by what they agree on: topics of different runs
 * that hold the same documents are one (meta-clustering, Strehl & Ghosh 2002), every document goes where most runs put it, and a last mixture settles from there.
 * Random numbers are of a fixed seed: the same documents in the same order give the same topics.
 */
export function learnConsensus(documents: Documents, maxTopics: number): Consensus {
  const random = mulberry32(20_260_101);
  const { assignment, topics, stabilities } = gather(split(documents, agree(documents, maxTopics, random, documents.offsets.length - 1 <= fewDocuments ? ofFew : ofPosts), maxTopics, random));
  return { mixture: settle(documents, assignment, topics), stabilities };
}

/** The same of sentences: more runs, and none of the themes is looked at again. */
export function learnThemes(documents: Documents, maxThemes: number): Mixture {
  const { assignment, topics } = gather(agree(documents, maxThemes, mulberry32(20_260_101), ofSentences));
  return settle(documents, assignment, topics);
}

const settle = (documents: Documents, assignment: Int32Array, topics: number): Mixture => fitMixture(documents, assignment, topics, { beta, temperatures: [0, 0, 0] });

interface Agreement {
  /** Topic of each document. */
  assignment: Int32Array;
  topics: number;
  stabilities: Float64Array;
}

function agree(documents: Documents, maxTopics: number, random: Random, runs: Runs): Agreement {
  const labellings = Array.from({ length: runs.count }, () => classify(learnOnce(documents, maxTopics, random, runs.documents), documents).topics);
  const assignment = agreed(labellings, maxTopics, runs.resolution);
  const topics = 1 + assignment.reduce((most, topic) => Math.max(most, topic), -1);
  return { assignment, topics, stabilities: stabilitiesOf(assignment, topics, labellings, maxTopics) };
}

/**
 * Looks again at each topic that is not settled: when its documents, taken alone, part into topics that are stable on the whole, and more so than itself, these take its place.
 * Of one that holds too much of all documents they do so in any case, and are looked at in turn.
 */
function split(documents: Documents, { assignment, topics, stabilities }: Agreement, maxTopics: number, random: Random): Agreement {
  const all = [...stabilities];
  for (let topic = 0; topic < all.length; topic++) {
    const own = [...assignment.keys()].filter((d) => assignment[d] === topic);
    const large = own.length > largestShare * assignment.length;
    if (own.length < leastSplit || all[topic]! >= settled || (!large && topic >= topics)) continue;
    const parts = agree(selectDocuments(documents, own), Math.min(maxTopics, partTopics), random, ofFew);
    const mean = parts.assignment.reduce((sum, part) => sum + parts.stabilities[part]!, 0) / own.length;
    if (parts.topics < 2 || (!large && mean < Math.max(stable, all[topic]!))) continue;
    for (const [i, d] of own.entries()) if (parts.assignment[i]! > 0) assignment[d] = all.length + parts.assignment[i]! - 1;
    all[topic] = parts.stabilities[0]!;
    all.push(...parts.stabilities.subarray(1));
  }
  return { assignment, topics: all.length, stabilities: Float64Array.from(all) };
}

/** Puts the topics of too few documents into one, numbered last. */
function gather({ assignment, topics, stabilities }: Agreement): Agreement {
  const sizes = new Int32Array(topics);
  for (const topic of assignment) sizes[topic]!++;
  const kept = [...sizes.keys()].filter((topic) => sizes[topic]! >= leastShare * assignment.length);
  const numbers = new Map(kept.map((topic, number) => [topic, number]));
  return { assignment: assignment.map((topic) => numbers.get(topic) ?? kept.length), topics: kept.length + 1, stabilities: Float64Array.from([...kept.map((topic) => stabilities[topic]!), 0]) };
}

function learnOnce(documents: Documents, topics: number, random: Random, most: number): Mixture {
  const count = documents.offsets.length - 1;
  const sample = selectDocuments(documents, sampleOf(count, Math.min(most, Math.ceil(share * count)), random));
  const start = Int32Array.from({ length: sample.offsets.length - 1 }, () => Math.floor(random() * topics));
  return fitMixture(sample, start, topics, { beta, temperatures: cooling(count <= fewDocuments ? sweeps.few : sweeps.many), random });
}

/** `size` of the numbers below `count`, ascending (Knuth's algorithm S). */
function sampleOf(count: number, size: number, random: Random): number[] {
  const chosen: number[] = [];
  for (let i = 0; i < count; i++) if (random() * (count - i) < size - chosen.length) chosen.push(i);
  return chosen;
}

/** For each document the community of slots (topics of runs) that most runs put it in, numbered by the first document of each. */
function agreed(labellings: readonly Int32Array[], topics: number, resolution: number): Int32Array {
  const communities = slotCommunities(labellings, topics, resolution);
  const votes = new Map<number, number>();
  const numbers = new Map<number, number>();
  return Int32Array.from(labellings[0]!, (_, d) => {
    votes.clear();
    for (const [run, labels] of labellings.entries()) {
      const community = communities[run * topics + labels[d]!]!;
      votes.set(community, (votes.get(community) ?? 0) + 1);
    }
    const [most] = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]!;
    if (!numbers.has(most)) numbers.set(most, numbers.size);
    return numbers.get(most)!;
  });
}

/** Community of slot run · topics + topic: Louvain over the Jaccard agreement of slots of different runs. */
function slotCommunities(labellings: readonly Int32Array[], topics: number, resolution: number): Int32Array {
  const edges: Edge[] = [];
  for (const [a, one] of labellings.entries()) {
    for (const [b, other] of labellings.entries()) {
      if (b <= a) continue;
      const jaccard = jaccardsOf(one, other, topics);
      for (let i = 0; i < topics; i++) for (let j = 0; j < topics; j++) if (jaccard[i * topics + j]! >= leastJaccard) edges.push({ a: a * topics + i, b: b * topics + j, weight: jaccard[i * topics + j]! });
    }
  }
  return communitiesOf(labellings.length * topics, edges, resolution);
}

/** Documents in both topic i of one labelling and topic j of the other, as a share of those in either, at [i · topics + j]; 0 when there are none. */
function jaccardsOf(one: Int32Array, other: Int32Array, topics: number): Float64Array {
  const both = new Int32Array(topics * topics);
  const sizes = [new Int32Array(topics), new Int32Array(topics)] as const;
  for (let d = 0; d < one.length; d++) {
    both[one[d]! * topics + other[d]!]!++;
    sizes[0][one[d]!]!++;
    sizes[1][other[d]!]!++;
  }
  return Float64Array.from(both, (n, cell) => (n === 0 ? 0 : n / (sizes[0][Math.floor(cell / topics)]! + sizes[1][cell % topics]! - n)));
}

function stabilitiesOf(assignment: Int32Array, topics: number, labellings: readonly Int32Array[], runTopics: number): Float64Array {
  const width = Math.max(topics, runTopics);
  const stabilities = new Float64Array(topics);
  for (const labels of labellings) {
    const jaccards = jaccardsOf(assignment, labels, width);
    for (let topic = 0; topic < topics; topic++) stabilities[topic]! += Math.max(...jaccards.subarray(topic * width, (topic + 1) * width)) / labellings.length;
  }
  return stabilities;
}
