import type { Polarity } from "../schema.ts";
import { aspectPhrase } from "./aspect-phrases.ts";
import { nearDuplicates, normalForm } from "./near-duplicates.ts";
import { findThemes } from "./opinion-themes.ts";
import type { Cue, Opinion } from "./opinions.ts";
import { aspectClasses, type FineClass } from "./word-classes.ts";

/** A slogan: at most this many characters without punctuation, posted word for word by this many authors, and about nothing in particular. */
const sloganLength = 12;
const sloganAuthors = 20;
/** A group is divided when supporters and critics both make up this share of the two. */
const dividingShare = 0.25;
/** A theme whose first two words, which name it, fewer of its sentences hold is a bit of everything. */
const namingWords = 2;
const namedShare = 0.4;
/** A group has a cue when this share of its authors with any have it, and this share of all. */
const cueShare = { any: 0.5, all: 0.4 };
/** A sentence that fits no group is a group of its own from this many authors. */
const copiedAuthors = 20;

/** Sentences that say the same. */
export interface OpinionGroup {
  kind: "viewpoint" | "slogan";
  /** That of most authors; null when none is, and where most sentences are brief. */
  cue: Cue | null;
  /** That of the most authors. */
  polarity: Polarity;
  /** Its most telling words as its sentences put them, two at most: 检测报告, 投诉·人事, 接受不了. Null for slogans, and when no word tells. */
  aspect: string | null;
  /** Indices of its opinions, the most central first. */
  members: number[];
}

export interface Grouping {
  groups: OpinionGroup[];
  /** For each opinion the first opinion that it is a near-duplicate of. */
  heads: Int32Array;
}

/**
 * Groups opinion sentences by what they are about: near-duplicates first, slogans apart, then the themes of opinion-themes.ts, and
 * supporters and critics divided. A much copied sentence that fits no group is one of its own; others that fit none are in none.
 * `isGiven`: terms that all posts share by choice (query words, subjects).
 */
export function groupOpinions(opinions: readonly Opinion[], isGiven: (term: string) => boolean, classes: ReadonlyMap<string, FineClass>): Grouping {
  const heads = nearDuplicates(opinions.map(({ sentence }) => sentence));
  const slogans = findSlogans(opinions, isGiven, classes);
  const free = [...opinions.keys()].filter((i) => !opinions[i]!.whole && !slogans.has(i));
  const learnt = free.filter((i) => heads[i] === i);
  const themes = findThemes(learnt.map((i) => ({ sentence: opinions[i]!.sentence, terms: opinions[i]!.terms.filter((term) => !isGiven(term)) })), classes);
  const documentOf = new Map(learnt.map((i, d) => [i, d]));
  const slotOf = (i: number): number => themes.slots[documentOf.get(heads[i]!) ?? -1] ?? -1;
  const centrality = (i: number): number => themes.centralities[documentOf.get(heads[i]!)!]!;
  const groups = clusters(free.filter((i) => slotOf(i) >= 0), slotOf).flatMap((all) => {
    const words = themes.words[slotOf(all[0]!)]!;
    const isNamed = (i: number): boolean => opinions[i]!.terms.some((term) => words.slice(0, namingWords).includes(term));
    const central = all.sort((a, b) => centrality(b) - centrality(a) || a - b);
    const named = central.filter(isNamed);
    if (named.length < namedShare * all.length) return [];
    const members = [...named, ...central.filter((i) => !isNamed(i))];
    // What is said in a word is named by that word, and whoever says it, says it: it has neither cue nor sides.
    if (themes.brief) return [{ ...group(opinions, kindOf(opinions, members), words, members, heads), cue: null }];
    return divide(opinions, members).map((part) => group(opinions, kindOf(opinions, part), words, part, heads));
  });
  const copied = clusters(free.filter((i) => slotOf(i) < 0), (i) => heads[i]!).filter((members) => authorsOf(opinions, members) >= copiedAuthors);
  const repeated = clusters([...slogans.keys()], (i) => slogans.get(i)!);
  return {
    groups: [
      ...groups,
      ...copied.map((members) => group(opinions, "viewpoint", longestFirst(opinions[members[0]!]!.terms.filter((term) => !isGiven(term) && aspectClasses.has(classes.get(term)))), members, heads)),
      ...repeated.map((members) => group(opinions, "slogan", [], members, heads)),
    ],
    heads,
  };
}

const longestFirst = (terms: readonly string[]): string[] => [...terms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));

function clusters<K>(opinions: readonly number[], keyOf: (i: number) => K): number[][] {
  const found = new Map<K, number[]>();
  for (const i of opinions) {
    const members = found.get(keyOf(i));
    if (members) members.push(i);
    else found.set(keyOf(i), [i]);
  }
  return [...found.values()];
}

const authorsOf = (opinions: readonly Opinion[], members: readonly number[]): number => members.reduce((sum, i) => sum + opinions[i]!.authors, 0);

/** Index of every opinion that is a slogan → its normal form. */
function findSlogans(opinions: readonly Opinion[], isGiven: (term: string) => boolean, classes: ReadonlyMap<string, FineClass>): Map<number, string> {
  const forms = new Map<number, string>();
  const authors = new Map<string, number>();
  for (const [i, opinion] of opinions.entries()) {
    const form = normalForm(opinion.sentence);
    if (form.length === 0 || form.length > sloganLength || opinion.terms.some((term) => !isGiven(term) && classes.get(term) === "noun")) continue;
    forms.set(i, form);
    authors.set(form, (authors.get(form) ?? 0) + opinion.authors);
  }
  for (const [i, form] of forms) if (authors.get(form)! < sloganAuthors) forms.delete(i);
  return forms;
}

/** One short text that many say is a slogan, whatever it is about. */
function kindOf(opinions: readonly Opinion[], members: readonly number[]): OpinionGroup["kind"] {
  const forms = new Set(members.map((i) => normalForm(opinions[i]!.sentence)));
  return forms.size === 1 && [...forms][0]!.length <= sloganLength && authorsOf(opinions, members) >= sloganAuthors ? "slogan" : "viewpoint";
}

/** The members as one part, or as two when both supporters and critics have weight; sentences that do neither go with the larger part. */
function divide(opinions: readonly Opinion[], members: number[]): number[][] {
  if (members.length === 0) return [];
  const isFor = (i: number): boolean => opinions[i]!.cue === "support";
  const isAgainst = (i: number): boolean => opinions[i]!.cue === "criticism" || opinions[i]!.cue === "irony";
  const supporters = authorsOf(opinions, members.filter(isFor));
  const critics = authorsOf(opinions, members.filter(isAgainst));
  if (supporters + critics === 0 || Math.min(supporters, critics) < dividingShare * (supporters + critics)) return [members];
  const isMinor = supporters < critics ? isFor : isAgainst;
  return [members.filter((i) => !isMinor(i)), members.filter(isMinor)];
}

function group(opinions: readonly Opinion[], kind: OpinionGroup["kind"], words: readonly string[], members: number[], heads: Int32Array): OpinionGroup {
  const polarity = heaviest(members.map((i) => [opinions[i]!.polarity, opinions[i]!.authors]));
  const distinct = [...new Map(members.map((i) => [heads[i]!, i])).values()];
  return { kind, cue: cueOf(opinions, members), polarity, aspect: aspectPhrase(words, distinct.map((i) => opinions[i]!.sentence)), members };
}

/** The usual cue; short texts and feelings have none. */
function cueOf(opinions: readonly Opinion[], members: readonly number[]): Cue | null {
  const having = members.filter((i) => opinions[i]!.cue !== "");
  if (having.length === 0) return null;
  const cue = heaviest(having.map((i) => [opinions[i]!.cue, opinions[i]!.authors])) as Cue;
  const count = authorsOf(opinions, having.filter((i) => opinions[i]!.cue === cue));
  return count >= cueShare.any * authorsOf(opinions, having) && count >= cueShare.all * authorsOf(opinions, members) ? cue : null;
}

/** The key of the largest sum of weights. */
function heaviest<T extends string>(weighted: readonly [T, number][]): T {
  const sums = new Map<T, number>();
  for (const [key, weight] of weighted) sums.set(key, (sums.get(key) ?? 0) + weight);
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0];
}
