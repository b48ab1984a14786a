import type { Polarity } from "../schema.ts";
import { documentsOf } from "./documents.ts";
import { assignTopics, centralityOf, learnTopics, type TopicModel } from "./learn-topics.ts";
import { nearDuplicates, normalForm } from "./near-duplicates.ts";
import type { WordClass } from "./word-classes.ts";
import type { Cue, Opinion } from "./opinions.ts";

/** Groups looked for; more than are shown, because some are split and some too small. */
const groupsSought = 16;
/** A slogan: at most this many characters without punctuation, posted word for word by this many authors, and about nothing in particular. */
const sloganLength = 12;
const sloganAuthors = 20;
/** A group is divided when supporters and critics both make up this share of the two. */
const dividingShare = 0.25;
/** A group is known by so many of its words: a sentence that holds none of them is not of it. */
const tellingWords = 8;
/** A group has a cue when this share of its authors have it; and a phrase of its first two words names it when this share of those who say the first say it. */
const cueShare = 0.5;
const phraseShare = 0.3;
/** A sentence that fits no group is a group of its own from this many authors. */
const copiedAuthors = 20;
const aspectClasses: ReadonlySet<WordClass> = new Set(["noun", "place", "verb"]);

/** Sentences that say the same. */
export interface OpinionGroup {
  kind: "viewpoint" | "slogan";
  /** That of most authors; null when none is. */
  cue: Cue | null;
  /** That of the most authors. */
  polarity: Polarity;
  /** Its most salient words, two at most: 检测报告, 投诉·人事. Null for slogans, and when no noun, place or verb is salient. */
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
 * Groups opinion sentences by what they are about: near-duplicates first, slogans apart, then the mixture of learn-topics.ts over their terms, and
 * supporters and critics divided. A much copied sentence that fits no group is one of its own; others that fit none are in none.
 * `isGiven`: terms that all posts share by choice (query words, subjects).
 */
export function groupOpinions(opinions: readonly Opinion[], isGiven: (term: string) => boolean, classes: ReadonlyMap<string, WordClass>): Grouping {
  const heads = nearDuplicates(opinions.map(({ sentence }) => sentence));
  const slogans = findSlogans(opinions, isGiven, classes);
  const free = [...opinions.keys()].filter((i) => !opinions[i]!.whole && !slogans.has(i));
  const learnt = free.filter((i) => heads[i] === i);
  const themes = findThemes(learnt.map((i) => opinions[i]!.terms.filter((term) => !isGiven(term))), classes);
  const documentOf = new Map(learnt.map((i, d) => [i, d]));
  const slotOf = (i: number): number => themes.slots[documentOf.get(heads[i]!) ?? -1] ?? -1;
  const centrality = (i: number): number => themes.centralities[documentOf.get(heads[i]!)!]!;
  const bySlot = clusters(free.filter((i) => slotOf(i) >= 0), slotOf);
  const groups = bySlot.flatMap((all) => {
    const words = themes.words[slotOf(all[0]!)]!;
    const members = all.filter((i) => holds(opinions[i]!, words)).sort((a, b) => centrality(b) - centrality(a) || a - b);
    return divide(opinions, members).map((part) => group(opinions, "viewpoint", words.slice(0, 2), part));
  });
  const copied = clusters(free.filter((i) => slotOf(i) < 0), (i) => heads[i]!).filter((members) => authorsOf(opinions, members) >= copiedAuthors);
  const repeated = clusters([...slogans.keys()], (i) => slogans.get(i)!);
  return {
    groups: [
      ...groups,
      ...copied.map((members) => group(opinions, "viewpoint", aspectsOf(longestFirst(opinions[members[0]!]!.terms.filter((term) => !isGiven(term))), classes).slice(0, 2), members)),
      ...repeated.map((members) => group(opinions, "slogan", [], members)),
    ],
    heads,
  };
}

/** Slot of each list of terms (−1 for none), how central it is there by its words other than cues, and the words of each slot, the most salient first. */
function findThemes(lists: readonly (readonly string[])[], classes: ReadonlyMap<string, WordClass>): { slots: Int32Array; centralities: number[]; words: string[][] } {
  const { terms, documents } = documentsOf(lists);
  const model = learnTopics(documents, () => false, groupsSought);
  const { topics: slots } = assignTopics(model, documents);
  const tells = terms.map((term) => classes.get(term) !== "cue");
  const featuresOf = (d: number): Int32Array => documents.features.subarray(documents.offsets[d]!, documents.offsets[d + 1]!);
  const centralities = lists.map((_, d) => (slots[d]! < 0 ? 0 : centralityOf(model, slots[d]!, featuresOf(d).filter((feature) => tells[feature]))));
  const words = Array.from({ length: model.mixture.topics - 1 }, (_, slot) => aspectsOf(salientTerms(model, slot, terms), classes).slice(0, tellingWords));
  return { slots, centralities, words };
}

/** Terms of a slot, the most salient first. */
function salientTerms({ mixture, salience }: TopicModel, slot: number, terms: readonly string[]): string[] {
  const z = (feature: number): number => salience[feature * mixture.topics + slot]!;
  return [...terms.keys()].filter((feature) => z(feature) > 0).sort((a, b) => z(b) - z(a) || a - b).map((feature) => terms[feature]!);
}

const longestFirst = (terms: readonly string[]): string[] => [...terms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));

/** The nouns, places and verbs that are no cue words. */
const aspectsOf = (terms: readonly string[], classes: ReadonlyMap<string, WordClass>): string[] => terms.filter((term) => aspectClasses.has(classes.get(term)!));

const holds = ({ terms }: Opinion, words: readonly string[]): boolean => terms.some((term) => words.includes(term));

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
function findSlogans(opinions: readonly Opinion[], isGiven: (term: string) => boolean, classes: ReadonlyMap<string, WordClass>): Map<number, string> {
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

function group(opinions: readonly Opinion[], kind: OpinionGroup["kind"], aspects: readonly string[], members: number[]): OpinionGroup {
  const cue = heaviest(members.map((i) => [opinions[i]!.cue, opinions[i]!.authors]));
  const polarity = heaviest(members.map((i) => [opinions[i]!.polarity, opinions[i]!.authors]));
  const common = authorsOf(opinions, members.filter((i) => opinions[i]!.cue === cue)) >= cueShare * authorsOf(opinions, members);
  return { kind, cue: common && cue !== "" ? cue : null, polarity, aspect: phrase(opinions, members, aspects), members };
}

/** The first two words, as one phrase when they often stand side by side; a word that holds the other stands alone. */
function phrase(opinions: readonly Opinion[], members: readonly number[], [one, other]: readonly string[]): string | null {
  if (one === undefined || other === undefined) return one ?? null;
  if (one.includes(other) || other.includes(one)) return one.length > other.length ? one : other;
  const saying = (words: string): number => authorsOf(opinions, members.filter((i) => opinions[i]!.sentence.includes(words)));
  const together = [one + other, other + one].find((words) => saying(words) >= phraseShare * saying(one));
  return together ?? `${one}·${other}`;
}

/** The key of the largest sum of weights. */
function heaviest<T extends string>(weighted: readonly [T, number][]): T {
  const sums = new Map<T, number>();
  for (const [key, weight] of weighted) sums.set(key, (sums.get(key) ?? 0) + weight);
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0];
}
