import { logOddsZ } from "../../analyzers/keyness.ts";
import { FeatureGraph } from "./communities.ts";
import type { Documents } from "./documents.ts";
import { classify, fitMixture, type Mixture } from "./mixture.ts";

/** Sweeps of the mixture, none of them random. */
const sweeps = { beta: 0.05, temperatures: Array<number>(12).fill(0) };
/** Resolutions tried in turn while one community holds more than this share of the documents. */
const resolutions = [1, 1.5, 2];
const largestShare = 0.25;
/** A document belongs to no topic when it has less evidence than this many terms (a hashtag counts as two), or a posterior below one half. */
const leastEvidence = 2;
const leastPosterior = 0.5;
/** Weight of the Dirichlet prior of salience, in occurrences. */
const prior = 500;

/** A fitted model. Topics are numbered from 0; the last one gathers what fits none of the others and is not a topic to show. */
export interface TopicModel {
  mixture: Mixture;
  isTag: (feature: number) => boolean;
  /** Salience of feature f for topic k at [f · topics + k]: z of its log-odds in the topic against all others. */
  salience: Float32Array;
}

/**
 * Learns topics: communities of features that occur together seed a Dirichlet-multinomial mixture, which sweeps then settle.
 * Pure, without randomness; depends on the order of documents only as far as they are swept in that order.
 */
export function learnTopics(documents: Documents, isTag: (feature: number) => boolean, maxTopics: number): TopicModel {
  const graph = new FeatureGraph(documents, isTag);
  let nearest = new Int32Array();
  for (const resolution of resolutions) {
    nearest = nearestCommunities(documents, graph.communities(resolution));
    if (Math.max(0, ...sizes(nearest).values()) <= largestShare * nearest.length) break;
  }
  const bySize = [...sizes(nearest)].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, maxTopics - 1);
  const slots = new Map(bySize.map(([community], slot) => [community, slot]));
  const rest = slots.size;
  const mixture = fitMixture(documents, nearest.map((community) => slots.get(community) ?? rest), rest + 1, sweeps);
  return { mixture, isTag, salience: salience(mixture) };
}

/** Topic of each document, −1 for none, and how central the document is to it. */
export function assignTopics(model: TopicModel, documents: Documents): { topics: Int32Array; centralities: Float32Array } {
  const { topics, posteriors } = classify(model.mixture, documents);
  const centralities = new Float32Array(topics.length);
  for (let d = 0; d < topics.length; d++) {
    const features = documents.features.subarray(documents.offsets[d]!, documents.offsets[d + 1]!);
    centralities[d] = centralityOf(model, topics[d]!, features);
    const evidence = features.reduce((sum, feature) => sum + (model.isTag(feature) ? 2 : 1), 0);
    if (topics[d] === model.mixture.topics - 1 || evidence < leastEvidence || posteriors[d]! < leastPosterior) topics[d] = -1;
  }
  return { topics, centralities };
}

/** How central a document of these features is to a topic: their mean salience, drawn to 0 when they are few. */
export function centralityOf({ mixture, salience }: TopicModel, topic: number, features: Int32Array): number {
  return features.reduce((sum, feature) => sum + salience[feature * mixture.topics + topic]!, 0) / (features.length + 5);
}

/** For each document the community that most of its features belong to, rare features counting more; −1 for none. */
function nearestCommunities({ offsets, features, vocabulary }: Documents, communities: Int32Array): Int32Array<ArrayBuffer> {
  const count = offsets.length - 1;
  const frequency = new Int32Array(vocabulary);
  for (const feature of features) frequency[feature]!++;
  const weights = Float64Array.from(frequency, (n) => (n === 0 ? 0 : Math.log(count / n)));
  const votes = new Float64Array(communities.reduce((most, community) => Math.max(most, community), -1) + 1);
  const nearest = new Int32Array(count).fill(-1);
  for (let d = 0; d < count; d++) {
    votes.fill(0);
    for (let i = offsets[d]!; i < offsets[d + 1]!; i++) {
      const community = communities[features[i]!]!;
      if (community < 0) continue;
      votes[community]! += weights[features[i]!]!;
      if (nearest[d]! < 0) nearest[d] = community;
    }
    for (let community = 0; community < votes.length; community++) if (votes[community]! > (votes[nearest[d]!] ?? 0)) nearest[d] = community;
  }
  return nearest;
}

function sizes(communities: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const community of communities) if (community >= 0) counts.set(community, (counts.get(community) ?? 0) + 1);
  return counts;
}

/** Salience of feature f for topic k at [f · topics + k]: z of its log-odds in the topic against all others. */
export function salience({ topics, vocabulary, features, totals }: Mixture): Float32Array {
  const total = totals.reduce((sum, n) => sum + n, 0);
  const found = new Float32Array(features.length);
  for (let feature = 0; feature < vocabulary; feature++) {
    const row = feature * topics;
    let all = 0;
    for (let k = 0; k < topics; k++) all += features[row + k]!;
    for (let k = 0; k < topics; k++) {
      if (totals[k] === 0) continue;
      const others = { count: all - features[row + k]!, total: Math.max(1, total - totals[k]!) };
      found[row + k] = logOddsZ({ count: features[row + k]!, total: totals[k]! }, others, prior);
    }
  }
  return found;
}
