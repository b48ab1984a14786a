import type { Doc } from "./doc.ts";

/** How many words after a negation (不, 没有) and after a degree adverb (非常, 有点) it reaches, within its clause. */
const negationReach = 3;
const degreeReach = 2;

export interface Modifiers {
  /** True for words that a negation reaches; a negation within the reach of another (不是 不) negates nothing. */
  negated: boolean[];
  /** What degree adverbs make of a word's weight, in per cent. */
  degree: number[];
}

export function modifiers(doc: Doc): Modifiers {
  const negated: boolean[] = [];
  const degrees: number[] = [];
  let negationUntil = -1;
  let degreeUntil = -1;
  let degree = 100;
  for (let i = 0; i < doc.words.length; i++) {
    const entry = doc.entries[i];
    negated.push(i <= negationUntil && entry?.negation !== true);
    degrees.push(i <= degreeUntil ? degree : 100);
    if (entry === undefined) continue;
    if (entry.pause > 0) negationUntil = degreeUntil = i;
    else if (entry.negation) negationUntil = i <= negationUntil ? i : i + negationReach;
    else if (entry.degree !== 100) {
      degreeUntil = i + degreeReach;
      degree = entry.degree;
    }
  }
  return { negated, degree: degrees };
}
