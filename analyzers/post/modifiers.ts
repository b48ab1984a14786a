import type { Entry } from "./vocabulary.ts";

/** How many words after a negation (不, 没有) and after a degree adverb (非常, 有点) it reaches, within its clause. */
const negationReach = 3;
const degreeReach = 2;

/** Walks through a sentence word by word and knows what negation and degree adverbs before the current word do to it. */
export class Modifiers {
  /** True when a negation reaches the current word; a negation within the reach of another (不是 不) negates nothing. */
  negated = false;
  /** What a degree adverb makes of the current word's weight, in per cent. */
  degree = 100;
  private negationLeft = 0;
  private degreeLeft = 0;
  private adverb = 100;

  /** Goes on to the next word. */
  next(entry: Entry | undefined): void {
    const reached = this.negationLeft > 0;
    if (reached) this.negationLeft--;
    this.degree = 100;
    if (this.degreeLeft > 0) {
      this.degreeLeft--;
      this.degree = this.adverb;
    }
    this.negated = reached && (entry === undefined || !entry.negation);
    if (entry === undefined) return;
    if (entry.pause > 0) this.negationLeft = this.degreeLeft = 0;
    else if (entry.negation) this.negationLeft = reached ? 0 : negationReach;
    else if (entry.degree !== 100) {
      this.degreeLeft = degreeReach;
      this.adverb = entry.degree;
    }
  }
}
