import { npmi } from "./coherence.ts";
import type { Documents } from "./documents.ts";
import { communitiesOf, type Edge } from "./modularity.ts";

/** Documents that share two features at least; below, an association is chance. */
const leastShared = 3;
const leastNpmi = 0.1;
/** Strongest neighbours a feature keeps: bounds the graph, and common terms do not glue everything together. */
const neighbours = 20;
/** Features of one document that are paired: bounds the pairs of long articles. */
const pairedFeatures = 100;

/** Features that occur together more than chance. Build once, divide at several resolutions. */
export class FeatureGraph {
  private readonly edges: readonly Edge[];
  private readonly vocabulary: number;

  /** `isTag`: whether a feature is a hashtag; their edges weigh twice. */
  constructor(documents: Documents, isTag: (feature: number) => boolean) {
    this.vocabulary = documents.vocabulary;
    this.edges = strongest(edges(documents, isTag), this.vocabulary);
  }

  /** Community of every feature, −1 for a feature without neighbours. */
  communities(resolution: number): Int32Array {
    const found = communitiesOf(this.vocabulary, this.edges, resolution);
    const linked = new Set(this.edges.flatMap(({ a, b }) => [a, b]));
    return found.map((community, feature) => (linked.has(feature) ? community : -1));
  }
}

/** Pairs with normalised pointwise mutual information (Bouma 2009) ≥ 0.1 over ≥ 3 documents; weight NPMI · ln(1 + documents). */
function edges({ offsets, features, vocabulary }: Documents, isTag: (feature: number) => boolean): Edge[] {
  const count = offsets.length - 1;
  const alone = new Int32Array(vocabulary);
  const cells = (vocabulary * (vocabulary - 1)) / 2;
  const together = count < 65_536 ? new Uint16Array(cells) : new Uint32Array(cells);
  for (let d = 0; d < count; d++) {
    const end = Math.min(offsets[d + 1]!, offsets[d]! + pairedFeatures);
    for (let j = offsets[d]!; j < end; j++) {
      const b = features[j]!;
      const row = (b * (b - 1)) / 2;
      alone[b]!++;
      for (let i = offsets[d]!; i < j; i++) together[row + features[i]!]!++;
    }
  }
  const found: Edge[] = [];
  for (let b = 1; b < vocabulary; b++) {
    const row = (b * (b - 1)) / 2;
    for (let a = 0; a < b; a++) {
      const shared = together[row + a]!;
      if (shared < leastShared) continue;
      const association = npmi(shared, alone[a]!, alone[b]!, count);
      if (association >= leastNpmi) found.push({ a, b, weight: association * Math.log(1 + shared) * (isTag(a) ? 2 : 1) * (isTag(b) ? 2 : 1) });
    }
  }
  return found;
}

/** Edges that are among the strongest of either end, in the given order. */
function strongest(all: readonly Edge[], vocabulary: number): Edge[] {
  const ofFeature: number[][] = Array.from({ length: vocabulary }, () => []);
  for (const [i, { a, b }] of all.entries()) {
    ofFeature[a]!.push(i);
    ofFeature[b]!.push(i);
  }
  const kept = new Uint8Array(all.length);
  for (const own of ofFeature) {
    own.sort((x, y) => all[y]!.weight - all[x]!.weight || x - y);
    for (const i of own.slice(0, neighbours)) kept[i] = 1;
  }
  return all.filter((_, i) => kept[i]);
}
