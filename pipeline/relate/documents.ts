import type { Database } from "../engines/duckdb.ts";
import { write } from "./rows.ts";

/** Documents in compressed rows: the features of document d are `features[offsets[d]]` to `features[offsets[d + 1] − 1]`, each in [0, vocabulary), distinct and ascending. */
export interface Documents {
  offsets: Int32Array;
  features: Int32Array;
  vocabulary: number;
  /** How often each feature counts where it stands. */
  weights: Uint8Array;
}

/** What texts are compared by: a term or a hashtag (without #). Its number is its index in order of code units, terms before hashtags. */
export interface Feature {
  term: string;
  tag: boolean;
}

/** A feature must be in this many texts, and in at most this share of them: what everyone says tells nothing apart. */
const leastTexts = 3;
const mostShare = 0.3;
const vocabulary = 8000;
/** Texts with more hashtags than this are stuffed; their hashtags do not count. */
const unstuffed = "text_no NOT IN (SELECT text_no FROM hashtags GROUP BY text_no HAVING count(*) > 3)";

/**
 * Makes the table `text_features(text_no, feature)` of the texts in `worded_texts` and returns the features. A hashtag says in a few words what its posts are about, so the terms
 * in it are features of every text that carries it. `isGiven`: terms that the posts were collected by; they tell nothing apart.
 */
export async function makeFeatures(database: Database, isGiven: (term: string) => boolean): Promise<Feature[]> {
  const usual = (await database.rows(`
    WITH counts AS (
      SELECT term, FALSE AS tag, count(*) AS texts FROM tokens SEMI JOIN worded_texts USING (text_no) GROUP BY term
      UNION ALL
      SELECT tag AS term, TRUE, count(*) FROM hashtags SEMI JOIN worded_texts USING (text_no) WHERE ${unstuffed} GROUP BY tag
    )
    SELECT term, tag FROM counts WHERE texts BETWEEN ${leastTexts} AND ${mostShare} * (SELECT count(*) FROM worded_texts) ORDER BY texts DESC, tag, term LIMIT ${vocabulary}`)) as unknown as Feature[];
  const features = usual.filter(({ term, tag }) => tag || !isGiven(term)).sort((a, b) => Number(a.tag) - Number(b.tag) || (a.term < b.term ? -1 : 1));
  const numbers = new Map(features.map((feature, number) => [keyOf(feature), number]));
  const wordOf = (word: string): number | undefined => numbers.get(keyOf({ term: word, tag: false }));
  const tags = await database.rows<{ tag: string }>("SELECT DISTINCT tag FROM hashtags ORDER BY tag");
  await database.run("CREATE OR REPLACE TEMP TABLE term_features (term VARCHAR, feature INTEGER)");
  await database.run("CREATE OR REPLACE TEMP TABLE tag_features (tag VARCHAR, feature INTEGER)");
  await write(database, "term_features", features.flatMap(({ term, tag }, number) => (tag ? [] : [[term, number]])));
  await write(database, "tag_features", tags.flatMap(({ tag }) => [numbers.get(keyOf({ term: tag, tag: true })), ...wordsIn(tag, wordOf)].flatMap((number) => (number === undefined ? [] : [[tag, number]]))));
  await database.run(`
    CREATE OR REPLACE TEMP TABLE text_features AS
    SELECT text_no, feature FROM tokens SEMI JOIN worded_texts USING (text_no) JOIN term_features USING (term)
    UNION
    SELECT text_no, feature FROM hashtags SEMI JOIN worded_texts USING (text_no) JOIN tag_features USING (tag) WHERE ${unstuffed}`);
  return features;
}

const keyOf = ({ term, tag }: Feature): string => (tag ? `#${term}` : term);

/** Longest term in characters that is looked for in a hashtag. */
const longestTerm = 8;

/** Features of the terms in a hashtag, the longest at each place (forward maximum matching). */
function wordsIn(tag: string, featureOf: (term: string) => number | undefined): Set<number> {
  const found = new Set<number>();
  for (let i = 0; i < tag.length; ) {
    let length = Math.min(longestTerm, tag.length - i);
    while (length > 1 && featureOf(tag.slice(i, i + length)) === undefined) length--;
    if (length > 1) found.add(featureOf(tag.slice(i, i + length))!);
    i += length;
  }
  return found;
}

/** Documents of the texts numbered from `from` up to but not including `to`, by features of the given weights; document d is text from + d, empty when there is none. */
export async function readDocuments(database: Database, from: number, to: number, weights: Uint8Array): Promise<Documents> {
  const [textNos, features] = await database.columns(
    `SELECT text_no, feature FROM text_features WHERE text_no >= ${from} AND text_no < ${to} ORDER BY text_no, feature`,
    ["text_no", "feature"],
  );
  const offsets = new Int32Array(to - from + 1);
  for (const textNo of textNos!) offsets[textNo - from + 1]!++;
  for (let d = 0; d < to - from; d++) offsets[d + 1]! += offsets[d]!;
  return { offsets, features: features!, vocabulary: weights.length, weights };
}

/** The documents at the given indices, in that order. */
export function selectDocuments({ offsets, features, vocabulary, weights }: Documents, chosen: readonly number[]): Documents {
  const parts = chosen.map((d) => features.subarray(offsets[d]!, offsets[d + 1]!));
  const picked: Documents = { offsets: new Int32Array(chosen.length + 1), features: new Int32Array(parts.reduce((sum, part) => sum + part.length, 0)), vocabulary, weights };
  for (const [i, part] of parts.entries()) {
    picked.features.set(part, picked.offsets[i]!);
    picked.offsets[i + 1] = picked.offsets[i]! + part.length;
  }
  return picked;
}

/** Documents of given lists of distinct terms, by the same rules; a feature's number is its index in the returned terms. */
export function documentsOf(lists: readonly (readonly string[])[]): { terms: string[]; documents: Documents } {
  const counts = new Map<string, number>();
  for (const list of lists) for (const term of list) counts.set(term, (counts.get(term) ?? 0) + 1);
  const usual = [...counts].filter(([, count]) => count >= leastTexts && count <= mostShare * lists.length).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const terms = usual.slice(0, vocabulary).map(([term]) => term).sort();
  const numbers = new Map(terms.map((term, number) => [term, number]));
  const documents = lists.map((list) => list.flatMap((term) => numbers.get(term) ?? []).sort((a, b) => a - b));
  const offsets = new Int32Array(lists.length + 1);
  for (const [d, features] of documents.entries()) offsets[d + 1] = offsets[d]! + features.length;
  return { terms, documents: { offsets, features: Int32Array.from(documents.flat()), vocabulary: terms.length, weights: new Uint8Array(terms.length).fill(1) } };
}
