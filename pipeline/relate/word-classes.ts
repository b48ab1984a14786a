import { readFileSync } from "node:fs";
import { dict } from "@node-rs/jieba/dict.js";
import { parse } from "yaml";
import { dataPath } from "../paths.ts";

/** cue: hints at what a sentence does (data/lexicons/cues.yaml), so it is not what the sentence is about. */
export type WordClass = "noun" | "place" | "verb" | "cue" | "other";

/**
 * Class of each word by jieba's dictionary: place names (ns); nouns, verbal nouns, set phrases (n, vn, an, j, i, l); verbs (v); everything else.
 * A word that the dictionary lacks (new words, user words) is a noun.
 */
export function wordClasses(words: Iterable<string>): Map<string, WordClass> {
  const classes = new Map(Array.from(words, (word): [string, WordClass] => [word, "noun"]));
  for (const line of new TextDecoder().decode(dict).split("\n")) {
    const [word, , tag] = line.split(" ");
    if (classes.has(word!)) classes.set(word!, classOf(tag ?? ""));
  }
  const cues = parse(readFileSync(dataPath("lexicons", "cues.yaml"), "utf8")) as Record<string, string[]>;
  for (const cue of Object.values(cues).flat()) if (classes.has(cue)) classes.set(cue, "cue");
  return classes;
}

/** Those of the words that jieba's dictionary has. */
export function dictionaryWords(words: Iterable<string>): Set<string> {
  const asked = new Set(words);
  return new Set(new TextDecoder().decode(dict).split("\n").map((line) => line.slice(0, line.indexOf(" "))).filter((word) => asked.has(word)));
}

function classOf(tag: string): WordClass {
  if (tag.startsWith("ns")) return "place";
  if (/^(n|vn|an|j|i|l)/.test(tag)) return "noun";
  return tag.startsWith("v") ? "verb" : "other";
}
