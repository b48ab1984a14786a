import type { Polarity } from "../../pipeline/schema.ts";
import type { Doc, Sentence } from "./doc.ts";
import { evidence, mood } from "./sentiment.ts";
import { cueBit, type Weights } from "./vocabulary.ts";

/** A company, person or place that the event is about, with the other names it goes by. */
export interface Subject {
  name: string;
  aliases: readonly string[];
}

/** A mood this strong (millionths) is a stance even without a cue word. */
const outspoken = 300_000;

/** Finds subjects among the words of a text. Names match whole words, or runs of words, in any case; the longest name wins. */
export class Subjects {
  /** First character of a name → its names with the subject they mean, longest first. */
  readonly #names = new Map<string, { name: string; subject: string }[]>();

  constructor(subjects: readonly Subject[]) {
    for (const { name: subject, aliases } of subjects) {
      for (const given of new Set([subject, ...aliases])) {
        const name = given.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
        if (name === "") continue;
        const list = this.#names.get(name[0]!) ?? [];
        list.push({ name, subject });
        this.#names.set(name[0]!, list.sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1)));
      }
    }
  }

  get none(): boolean {
    return this.#names.size === 0;
  }

  /** The subject whose name begins at word `at`, and the word after the name; null when none does. */
  at(words: readonly string[], at: number, to: number): { subject: string; after: number } | null {
    const candidates = this.#names.get(words[at]!.slice(0, 1).toLowerCase());
    if (candidates === undefined) return null;
    for (const { name, subject } of candidates) {
      let run = "";
      let after = at;
      while (after < to && run.length < name.length) run += words[after++]!.toLowerCase();
      if (run === name) return { subject, after };
    }
    return null;
  }
}

/**
 * What a text says towards each subject that it names: "subject\u0001polarity", subjects in order of first mention. A sentence speaks about the subjects in it;
 * where it names several, each clause about those in it, and a clause without one about those before. Negative: words of criticism or irony, or anger; positive: words of support, or joy.
 * Sadness and fear are the mood of the news, not criticism of whom it is about; a plain report is neutral. Several sentences: what most of them say; as many for as against: neutral.
 */
export function targets(doc: Doc, subjects: Subjects, intercept: Weights): string[] {
  if (subjects.none) return [];
  const votes = new Map<string, number>();
  for (const sentence of doc.sentences) {
    if (sentence.tag) continue;
    for (const { from, to, named } of clauses(doc, sentence, subjects)) {
      const vote = stance(doc, { ...sentence, from, to }, intercept);
      for (const subject of named) votes.set(subject, (votes.get(subject) ?? 0) + vote);
    }
  }
  return [...votes].map(([subject, vote]) => `${subject}\u0001${(vote > 0 ? "positive" : vote < 0 ? "negative" : "neutral") satisfies Polarity}`);
}

interface Clause {
  from: number;
  to: number;
  named: readonly string[];
}

/** The sentence as one clause when it names one subject; cut at commas when it names several. Clauses that speak about none are left out. */
function clauses({ words, entries }: Doc, { from, to }: Sentence, subjects: Subjects): Clause[] {
  const cut: { from: number; to: number; named: string[] }[] = [{ from, to, named: [] }];
  for (let i = from; i < to; i++) {
    const last = cut.at(-1)!;
    if (entries[i]?.pause === 1) {
      last.to = i;
      cut.push({ from: i + 1, to, named: [] });
      continue;
    }
    const found = subjects.at(words, i, to);
    if (found === null) continue;
    if (!last.named.includes(found.subject)) last.named.push(found.subject);
    i = found.after - 1;
  }
  const all = [...new Set(cut.flatMap(({ named }) => named))];
  if (all.length === 0) return [];
  if (all.length === 1) return [{ from, to, named: all }];
  let before: readonly string[] = [];
  return cut.flatMap((clause) => {
    const named = clause.named.length > 0 ? (before = clause.named) : before;
    return named.length === 0 || clause.to <= clause.from ? [] : [{ ...clause, named }];
  });
}

/** +1 for, −1 against, 0 neither. */
function stance(doc: Doc, clause: Sentence, intercept: Weights): -1 | 0 | 1 {
  let cues = 0;
  for (let i = clause.from; i < clause.to; i++) cues |= doc.entries[i]?.cues ?? 0;
  const { polarity, micro, emotion } = mood(evidence(doc, clause), intercept);
  const strong = Math.abs(micro) >= outspoken;
  if (polarity !== "positive" && (cues & (cueBit.criticism | cueBit.irony)) !== 0) return -1;
  if (polarity !== "negative" && (cues & cueBit.support) !== 0) return 1;
  if (strong && polarity === "negative" && emotion === "anger") return -1;
  return strong && polarity === "positive" ? 1 : 0;
}
