import { readFileSync } from "node:fs";
import { dict } from "@node-rs/jieba/dict.js";
import { parse } from "yaml";
import { dataPath } from "../paths.ts";
import { mayBePerson } from "./person-names.ts";

/** cue: hints at what a sentence does (data/lexicons/cues.yaml), so it is not what the sentence is about. */
export type WordClass = "noun" | "place" | "verb" | "cue" | "other";

/** The same more finely. phrase: a set phrase (一路走好), else a noun; quality: an adjective, else other; stance: a cue that criticises, supports or mocks rather than asks, suggests or calls for help. */
export type FineClass = WordClass | "phrase" | "quality" | "stance";

/** Words that may tell what a sentence is about. */
export const aspectClasses: ReadonlySet<FineClass | undefined> = new Set<FineClass>(["noun", "place", "verb", "phrase"]);

const stances = new Set(["criticism", "support", "irony"]);

/**
 * Class of each word by jieba's dictionary: place names (ns); nouns, verbal nouns, abbreviations (n, vn, an, j); set phrases (i, l); verbs (v); adjectives (a, z); everything else.
 * A word that the dictionary lacks (new words, user words) is a noun, and other if it may be a person's name.
 */
export function fineClasses(words: Iterable<string>): Map<string, FineClass> {
  const classes = new Map(Array.from(words, (word): [string, FineClass] => [word, mayBePerson(word) ? "other" : "noun"]));
  for (const line of new TextDecoder().decode(dict).split("\n")) {
    const [word, , tag] = line.split(" ");
    if (classes.has(word!)) classes.set(word!, classOf(tag ?? ""));
  }
  const cues = Object.entries(parse(readFileSync(dataPath("lexicons", "cues.yaml"), "utf8")) as Record<string, string[]>);
  for (const [cue, hints] of cues) for (const word of hints) if (classes.has(word) && classes.get(word) !== "cue") classes.set(word, stances.has(cue) ? "stance" : "cue");
  return classes;
}

const coarse: Record<FineClass, WordClass> = { noun: "noun", place: "place", verb: "verb", cue: "cue", other: "other", phrase: "noun", quality: "other", stance: "cue" };

export function wordClasses(words: Iterable<string>): Map<string, WordClass> {
  return new Map([...fineClasses(words)].map(([word, fine]) => [word, coarse[fine]]));
}

/** Those of the words that jieba's dictionary has. */
export function dictionaryWords(words: Iterable<string>): Set<string> {
  const asked = new Set(words);
  return new Set(new TextDecoder().decode(dict).split("\n").map((line) => line.slice(0, line.indexOf(" "))).filter((word) => asked.has(word)));
}

function classOf(tag: string): FineClass {
  if (tag.startsWith("ns")) return "place";
  if (/^(n|vn|an|j)/.test(tag)) return "noun";
  if (/^[il]/.test(tag)) return "phrase";
  if (/^[az]/.test(tag)) return "quality";
  return tag.startsWith("v") ? "verb" : "other";
}
