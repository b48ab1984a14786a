import type { Documents } from "./documents.ts";

/** A hashtag of at least so many documents, and of at most this share of them, stands for one story; one of more posts is the event's own and says nothing. */
const leastDocuments = 3;
const mostShare = 0.01;
/** A feature of a pool is in this share of its documents, and in two at least; the most common ones only. */
const leastShare = 0.1;
const pooledFeatures = 60;

/**
 * Pools documents that share a specific hashtag into one of their common features (Mehrotra et al. 2013, hashtag pooling): what a single short post does not say, the posts of one
 * story say together. A pool stands as often as the root of its documents. Others stay as they are. `isTag`: features that are hashtags.
 */
export function poolDocuments(documents: Documents, isTag: (feature: number) => boolean): Documents {
  const { offsets, features, vocabulary, weights } = documents;
  const count = offsets.length - 1;
  const sizes = new Int32Array(vocabulary);
  for (const feature of features) if (isTag(feature)) sizes[feature]!++;
  const pools = new Map<number, number[]>();
  const found: Int32Array[] = [];
  for (let d = 0; d < count; d++) {
    const own = features.subarray(offsets[d]!, offsets[d + 1]!);
    let tag = -1;
    for (const feature of own) if (sizes[feature]! >= leastDocuments && sizes[feature]! <= mostShare * count && (tag < 0 || sizes[feature]! > sizes[tag]!)) tag = feature;
    if (tag < 0) found.push(own);
    else if (pools.has(tag)) pools.get(tag)!.push(d);
    else pools.set(tag, [d]);
  }
  for (const own of pools.values()) {
    const pooled = common(documents, own);
    for (let n = Math.round(Math.sqrt(own.length)); n > 0; n--) found.push(pooled);
  }
  const joined: Documents = { offsets: new Int32Array(found.length + 1), features: new Int32Array(found.reduce((sum, own) => sum + own.length, 0)), vocabulary, weights };
  for (const [d, own] of found.entries()) {
    joined.features.set(own, joined.offsets[d]!);
    joined.offsets[d + 1] = joined.offsets[d]! + own.length;
  }
  return joined;
}

/** The most common features of the documents, ascending; all of them of a single document. */
function common({ offsets, features }: Documents, own: readonly number[]): Int32Array {
  const counts = new Map<number, number>();
  for (const d of own) for (let i = offsets[d]!; i < offsets[d + 1]!; i++) counts.set(features[i]!, (counts.get(features[i]!) ?? 0) + 1);
  const least = own.length === 1 ? 1 : Math.max(2, leastShare * own.length);
  const usual = [...counts].filter(([, count]) => count >= least).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return Int32Array.from(usual.slice(0, pooledFeatures), ([feature]) => feature).sort();
}
