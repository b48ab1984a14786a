import { mulberry32, type Random } from "../../analyzers/statistics.ts";
import { selectDocuments, type Documents } from "./documents.ts";
import { classify, fitMixture, type Mixture } from "./mixture.ts";
import { communitiesOf, type Edge } from "./modularity.ts";

/** Sentences say less than posts, so that single runs differ more than those of consensus.ts: more of them must agree. */
const runs = 25;
/** Each run learns from this share of the documents, and from so many at most. */
const share = 0.8;
const runDocuments = 10_000;
const beta = 0.2;
/** Falling temperatures of a run, then two sweeps that settle. */
const temperatures = [...Array.from({ length: 8 }, (_, i) => 3 - (2 * i) / 7), 0, 0];
/** Slots of different runs that share less than this (Jaccard) are not compared. */
const leastJaccard = 0.2;
const resolution = 4;
/** A theme of fewer documents is none. */
const leastShare = 0.005;

/**
 * Learns a mixture that many annealed runs agree on, as consensus.ts does but without looking again at themes that are not settled: slots of different runs that hold the same documents are one theme
 * (Strehl & Ghosh 2002), every document goes where most runs put it, and a last mixture settles from there. Its last topic gathers the rest. Random numbers are of a fixed seed.
 */
export function learnOpinions(documents: Documents, slots: number): Mixture {
  const random = mulberry32(20_260_101);
  const labellings = Array.from({ length: runs }, () => classify(learnOnce(documents, slots, random), documents).topics);
  const { assignment, themes } = agreed(labellings, slots);
  return fitMixture(documents, assignment, themes + 1, { beta, temperatures: [0, 0, 0] });
}

function learnOnce(documents: Documents, slots: number, random: Random): Mixture {
  const count = documents.offsets.length - 1;
  const size = Math.min(runDocuments, Math.ceil(share * count));
  const chosen: number[] = [];
  for (let d = 0; d < count; d++) if (random() * (count - d) < size - chosen.length) chosen.push(d);
  const start = Int32Array.from(chosen, () => Math.floor(random() * slots));
  return fitMixture(selectDocuments(documents, chosen), start, slots, { beta, temperatures, random });
}

/** For each document the community of slots that most runs put it in, numbered by the first document of each; those of too few documents share the last number, `themes`. */
function agreed(labellings: readonly Int32Array[], slots: number): { assignment: Int32Array; themes: number } {
  const communities = communitiesOf(labellings.length * slots, agreements(labellings, slots), resolution);
  const chosen = Int32Array.from(labellings[0]!, (_, d) => {
    const votes = new Map<number, number>();
    for (const [run, labels] of labellings.entries()) {
      const community = communities[run * slots + labels[d]!]!;
      votes.set(community, (votes.get(community) ?? 0) + 1);
    }
    return [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0];
  });
  const sizes = new Map<number, number>();
  for (const community of chosen) sizes.set(community, (sizes.get(community) ?? 0) + 1);
  const kept = [...sizes].filter(([, size]) => size >= leastShare * chosen.length).map(([community]) => community);
  const numbers = new Map(kept.map((community, theme) => [community, theme]));
  return { assignment: chosen.map((community) => numbers.get(community) ?? kept.length), themes: kept.length };
}

/** Jaccard agreement of slots of different runs; the slot of a run is run · slots + slot. */
function agreements(labellings: readonly Int32Array[], slots: number): Edge[] {
  const sizes = labellings.map((labels) => {
    const counts = new Int32Array(slots);
    for (const slot of labels) counts[slot]!++;
    return counts;
  });
  const edges: Edge[] = [];
  for (let a = 0; a < labellings.length; a++) {
    for (let b = a + 1; b < labellings.length; b++) {
      const both = new Int32Array(slots * slots);
      for (let d = 0; d < labellings[a]!.length; d++) both[labellings[a]![d]! * slots + labellings[b]![d]!]!++;
      for (const [cell, n] of both.entries()) {
        const [i, j] = [Math.floor(cell / slots), cell % slots];
        const weight = n === 0 ? 0 : n / (sizes[a]![i]! + sizes[b]![j]! - n);
        if (weight >= leastJaccard) edges.push({ a: a * slots + i, b: b * slots + j, weight });
      }
    }
  }
  return edges;
}
