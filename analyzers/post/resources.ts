import { readFileSync } from "node:fs";
import { z } from "zod";
import { readYaml } from "../../pipeline/config.ts";
import { dataPath } from "../../pipeline/paths.ts";
import { cues, emotions } from "../../pipeline/schema.ts";
import { divisions } from "../divisions.ts";
import { loadModel, type SentimentModel } from "./model/model.ts";
import { placeWords } from "./places/names.ts";
import { PlaceParser } from "./places/parser.ts";
import { jiebaSegmenter, type Segmenter } from "./segment.ts";
import { Subjects, type Subject } from "./targets.ts";
import type { TriageResources } from "./triage.ts";
import { loadInsultModel } from "./triage/insult.ts";
import { triageRules } from "./triage/rules.ts";
import { CueWords } from "./triage/words.ts";
import { cueBit, Vocabulary, type Weights } from "./vocabulary.ts";

/** What scoring a text needs; loaded once a thread (about 0.3 s). */
export interface Resources extends TriageResources {
  segmenter: Segmenter;
  vocabulary: Vocabulary;
  /** Bracket emoticons, with brackets. */
  emoticons: ReadonlySet<string>;
  /** Weights that every text starts from. */
  intercept: Weights;
  /** Whom the event is about. */
  subjects: Subjects;
  /** Mood of a whole text. */
  model: SentimentModel;
  places: PlaceParser;
}


const words = z.array(z.string().min(1));
const modifiersSchema = z.strictObject({ negation: words, degree: z.record(z.string().regex(/^\d+$/), words) });
const cuesSchema = z.strictObject(Object.fromEntries(cues.map((cue) => [cue, words])));

/**
 * Reads the lexicons and the model, and starts a segmenter that keeps `userWords` whole, as far as usableWord says it can.
 * `model`: path of a model adapted by `yuqing train`; null: the shipped one. Throws MODEL_* for one that cannot be used.
 */
export function loadResources(userWords: readonly string[], subjects: readonly Subject[] = [], model: string | null = null): Resources {
  const { segmenter, vocabulary, intercept } = loadLexicon(userWords);
  return { segmenter, vocabulary, intercept, subjects: new Subjects(subjects), model: loadModel(model), places: new PlaceParser(), cueWords: new CueWords(triageRules()), insults: loadInsultModel(), emoticons: new Set(lines("emoticons", "emoticons.txt")) };
}

/** The part of the resources that cuts and knows words. `words`: those that the segmenter keeps whole beside its own dictionary. */
export function loadLexicon(userWords: readonly string[]): Pick<Resources, "segmenter" | "vocabulary" | "intercept"> & { words: string[] } {
  const vocabulary = new Vocabulary();
  for (const word of lines("lexicons", "stopwords.txt")) vocabulary.learn(word, { stop: true });
  const intercept = learnWeights(vocabulary);
  const ruled = learnRules(vocabulary);
  const words = [...lines("lexicons", "words.txt"), ...ruled, ...userWords];
  return { segmenter: jiebaSegmenter(words), vocabulary, intercept, words };
}

/** Reads modifiers and cues into the vocabulary; returns their words and the names of places, which only work when the segmenter keeps them whole. */
function learnRules(vocabulary: Vocabulary): string[] {
  const { negation, degree } = readYaml(dataPath("lexicons", "modifiers.yaml"), modifiersSchema);
  for (const word of negation) vocabulary.learn(word, { negation: true });
  for (const [factor, adverbs] of Object.entries(degree)) for (const word of adverbs) vocabulary.learn(word, { degree: Number(factor) });
  const hints = readYaml(dataPath("lexicons", "cues.yaml"), cuesSchema);
  for (const cue of cues) for (const word of hints[cue]!) vocabulary.learn(word, { cues: (vocabulary.get(word)?.cues ?? 0) | cueBit[cue] });
  for (const sign of "，,、：:（()）“”‘’\"《》「」『』—~～") vocabulary.learn(sign, { pause: 1 });
  for (const sign of "。！？!?；;…") vocabulary.learn(sign, { pause: 2 });
  return [...negation, ...Object.values(degree).flat(), ...Object.values(hints).flat(), ...wholePlaces()];
}

/** Names of provinces and cities that are terms of their own; short ones only where they mostly name the place. */
function wholePlaces(): string[] {
  const { ordinary } = placeWords();
  return [...divisions().values()].filter(({ level }) => level !== "county").flatMap(({ name, forms }) => [name, ...forms.filter((form) => !ordinary.includes(form))]);
}

/** Mark before a word in sentiment.tsv: the weights are for the negated word. */
export const negationMark = "¬";
/** Row of sentiment.tsv that every text starts from. */
export const interceptRow = "(intercept)";

/** Reads sentiment.tsv into the vocabulary and returns its intercept. */
function learnWeights(vocabulary: Vocabulary): Weights {
  let intercept: Weights = emotions.map(() => 0);
  for (const line of lines("lexicons", "sentiment.tsv")) {
    const [word, ...columns] = line.split("\t");
    const weights = columns.map(Number);
    if (word === interceptRow) intercept = weights;
    else if (word!.startsWith(negationMark)) vocabulary.learn(word!.slice(1), { negated: weights });
    else vocabulary.learn(word!, { weights });
  }
  return intercept;
}

/** Lines of a text file without blank ones and # comments. */
function lines(...path: string[]): string[] {
  return readFileSync(dataPath(...path), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("# "));
}
