import { characterSets, withCharacters } from "./character-sets.ts";
import { learnThemes } from "./consensus.ts";
import { documentsOf, type Documents } from "./documents.ts";
import { centralityOf, salience } from "./salience.ts";
import { classify, type Mixture } from "./mixture.ts";
import { comparedForm } from "./near-duplicates.ts";
import { isQuotable } from "./quotes.ts";
import { aspectClasses, type FineClass } from "./word-classes.ts";

/** Themes looked for; more than are shown, because some are split and some too small. */
const themesSought = 16;
/** A sentence belongs to no theme when its posterior is below this. */
const leastPosterior = 0.5;
/** A word counts when this share of the sentences hold it: the priors of many rare ones would outweigh what a run sees of each theme. */
const leastTermShare = 0.001;
/** Most sentences are brief when more than this share of them hold fewer than two words that so many hold: then single characters must help, and a word weighs as two of them. */
const briefShare = 0.5;
const leastSaid = 3;
const wordWeight = 2;
/** Salient words of a theme: a sentence that holds none of them is not of it. */
const tellingWords = 8;
/** Salient words of a theme of brief sentences, each of which makes a theme of its own; such a word has this share of its sentences in the theme. */
const briefWords = 6;
const leastPrecision = 0.5;
/** A word that so large a share of brief sentences hold is no feature of the mixture (documents.ts). */
const commonShare = 0.3;
/** Two words that so large a share of the sentences of the rarer one hold are said together. */
const togetherShare = 0.4;
/** Half of a phrase. */
const half = /^(太[有会能过]|很[有是会能])$/;

export interface Sentence {
  sentence: string;
  /** Distinct terms, without those that all posts share by choice. */
  terms: readonly string[];
}

export interface Themes {
  /** Theme of each sentence, −1 for none. */
  slots: Int32Array;
  /** How central each sentence is to its theme, by its words other than cues; 0 without theme. */
  centralities: Float64Array;
  /** Telling words of each theme, the most salient first; every sentence of it holds one of them. */
  words: string[][];
  /** True: the sentences are brief, and a theme is what people say, in a word; false: what they speak of. */
  brief: boolean;
}

interface Model {
  mixture: Mixture;
  /** As of salience.ts. */
  salience: Float32Array;
  documents: Documents;
  /** Words; the features after them are characters. */
  terms: readonly string[];
  numbers: ReadonlyMap<string, number>;
  classes: ReadonlyMap<string, FineClass>;
}

/**
 * What sentences are about: the mixture of consensus.ts over their words. Where most sentences are brief, over their characters too, and then a sentence that holds
 * a telling word of any theme is of that word: two words alone do not make 恶心 and 无语 one view.
 */
export function findThemes(sentences: readonly Sentence[], classes: ReadonlyMap<string, FineClass>): Themes {
  const counts = countTerms(sentences);
  const least = leastTermShare * sentences.length;
  const { terms, documents: words } = documentsOf(sentences.map(({ terms }) => terms.filter((term) => counts.get(term)! >= least)));
  const brief = isBrief(sentences, counts);
  const documents = brief ? besideCharacters(words, sentences) : words;
  const mixture = learnThemes(documents, themesSought);
  const model: Model = { mixture, salience: salience(mixture), documents, terms, numbers: new Map(terms.map((term, feature) => [term, feature])), classes };
  return brief ? themesByWord(model, sentences, counts) : themesByMixture(model, sentences);
}

function themesByMixture(model: Model, sentences: readonly Sentence[]): Themes {
  const { mixture, classes, documents } = model;
  const words = Array.from({ length: mixture.topics - 1 }, (_, slot) => salientTerms(model, slot).filter((term) => aspectClasses.has(classes.get(term))).slice(0, tellingWords));
  const { topics, posteriors } = classify(mixture, documents);
  const slots = topics.map((topic, d) => (topic < words.length && posteriors[d]! >= leastPosterior && sentences[d]!.terms.some((term) => words[topic]!.includes(term)) ? topic : -1));
  return { slots, centralities: centralities(model, slots), words, brief: false };
}

function themesByWord(model: Model, sentences: readonly Sentence[], counts: ReadonlyMap<string, number>): Themes {
  const themes = [...wordThemes(model, sentences), ...commonThemes(model, counts, Math.max(leastSaid, commonShare * sentences.length))];
  const strengths = new Map(themes.flatMap(({ words, slot }, theme) => words.map((word) => [word, { theme, salience: slot < 0 ? 0 : salienceOf(model, word, slot) }])));
  const slots = Int32Array.from(sentences, ({ terms }) => {
    const held = terms.filter((term) => strengths.has(term)).sort((a, b) => strengths.get(b)!.salience - strengths.get(a)!.salience || (a < b ? -1 : 1));
    return held.length === 0 ? -1 : strengths.get(held[0]!)!.theme;
  });
  return { slots, centralities: centralities(model, slots.map((theme) => themes[theme]?.slot ?? -1)), words: themes.map(({ words }) => words), brief: true };
}

/** Words that say the same, and the slot of the mixture that they tell; −1 for none. */
interface WordTheme {
  words: string[];
  slot: number;
}

/** The most salient words of each slot, those that say the same together. */
function wordThemes(model: Model, sentences: readonly Sentence[]): WordTheme[] {
  const themes: WordTheme[] = [];
  const known = new Map<string, Set<number>>();
  const holding = (word: string): Set<number> => {
    const found = known.get(word) ?? new Set([...sentences.keys()].filter((i) => sentences[i]!.sentence.includes(word)));
    known.set(word, found);
    return found;
  };
  for (let slot = 0; slot < model.mixture.topics - 1; slot++) {
    const telling = salientTerms(model, slot).filter((term) => mayTell(term, model) && precision(model.mixture, model.numbers.get(term)!, slot) >= leastPrecision);
    for (const term of telling.slice(0, briefWords)) {
      const alike = themes.find(({ words: [own], slot: other }) => saidTogether(holding(own!), holding(term)) || (other === slot && shared(own!, term) >= 2));
      if (alike) alike.words.push(term);
      else themes.push({ words: [term], slot });
    }
  }
  return themes;
}

/** Words that so many say that the mixture leaves them out. They are what a sentence says that says nothing else. */
function commonThemes(model: Model, counts: ReadonlyMap<string, number>, least: number): WordTheme[] {
  const common = [...counts].filter(([term, count]) => !model.numbers.has(term) && count >= least && mayTell(term, model));
  return common.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([term]) => ({ words: [term], slot: -1 }));
}

const mayTell = (term: string, { classes }: Model): boolean => classes.get(term) !== "cue" && classes.get(term) !== "other" && !half.test(term) && isQuotable(term);

const salienceOf = ({ mixture, salience, numbers }: Model, term: string, slot: number): number => salience[numbers.get(term)! * mixture.topics + slot]!;

/** Characters that both words hold: 内牛满面 and 泪流满面. */
const shared = (one: string, other: string): number => [...one].filter((character) => other.includes(character)).length;

/** Whether many of the sentences with the rarer word hold the other too: 贝斯 and 贝斯手, 赵处 and 处长. Sets of the sentences that hold each. */
function saidTogether(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  const [rarer, usual] = one.size < other.size ? [one, other] : [other, one];
  let both = 0;
  for (const i of rarer) if (usual.has(i)) both++;
  return rarer.size > 0 && both >= togetherShare * rarer.size;
}

/** Terms of a slot of the mixture, the most salient first. */
function salientTerms({ mixture, salience, terms }: Model, slot: number): string[] {
  const z = (feature: number): number => salience[feature * mixture.topics + slot]!;
  return [...terms.keys()].filter((feature) => z(feature) > 0).sort((a, b) => z(b) - z(a) || a - b).map((feature) => terms[feature]!);
}

const does: ReadonlySet<FineClass | undefined> = new Set<FineClass>(["cue", "stance"]);

function centralities(model: Model, slots: Int32Array): Float64Array {
  const { documents, terms, classes } = model;
  return Float64Array.from(slots, (slot, d) => (slot < 0 ? 0 : centralityOf(model, slot, featuresOf(documents, d).filter((feature) => feature < terms.length && !does.has(classes.get(terms[feature]!))))));
}

const featuresOf = ({ offsets, features }: Documents, d: number): Int32Array => features.subarray(offsets[d]!, offsets[d + 1]!);

function isBrief(sentences: readonly Sentence[], counts: ReadonlyMap<string, number>): boolean {
  const few = sentences.filter(({ terms }) => terms.filter((term) => counts.get(term)! >= leastSaid).length < 2);
  return few.length > briefShare * sentences.length;
}

/** Sentences that hold each term. */
function countTerms(sentences: readonly Sentence[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { terms } of sentences) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function besideCharacters(words: Documents, sentences: readonly Sentence[]): Documents {
  const sets = characterSets([...sentences.keys()], sentences.map(({ sentence }) => comparedForm(sentence)));
  return withCharacters({ ...words, weights: words.weights.map(() => wordWeight) }, 0, sets);
}

/** Share of a feature's occurrences that stand in the theme. */
function precision({ features, topics }: Mixture, feature: number, slot: number): number {
  const row = features.subarray(feature * topics, (feature + 1) * topics);
  return row[slot]! / row.reduce((sum, n) => sum + n, 0);
}
