/** How often something occurs in a corpus of `total` occurrences. */
export interface Rate {
  count: number;
  total: number;
}

/**
 * Keyness of a term in `target` against `reference`: the z-score of the log-odds ratio under an informative Dirichlet prior of weight `prior`,
 * α = prior × pooled relative frequency. Positive: the target uses the term more. 0 when the term is all that either corpus holds.
 * Source: Monroe, Colaresi & Quinn 2008, Political Analysis 16:372, equations 15, 18, 20 and 22. Both totals must be positive.
 * `spread`: standard deviation by which log ratios of words differ anyway, besides sampling; with it z says how far a word stands out among words rather than how sure its difference is.
 */
export function logOddsZ(target: Rate, reference: Rate, prior: number, spread = 0): number {
  const alpha = (prior * (target.count + reference.count)) / (target.total + reference.total);
  const a = target.count + alpha;
  const b = reference.count + alpha;
  const restA = target.total + prior - a;
  const restB = reference.total + prior - b;
  if (a <= 0 || b <= 0 || restA <= 0 || restB <= 0) return 0;
  return (Math.log(a / restA) - Math.log(b / restB)) / Math.sqrt(1 / a + 1 / b + spread ** 2);
}

/** Ratio of relative frequencies; null when the reference does not have the term. */
export function lift(target: Rate, reference: Rate): number | null {
  return reference.count === 0 ? null : (target.count / target.total) * (reference.total / reference.count);
}

/** How often a term was said. docs: texts that hold it; micro: wordings, in millionths: the same with near-duplicates counted once, so that a campaign of copies weighs as much as one text. */
export interface Said {
  docs: number;
  micro: number;
}

/** A body of texts as term counts. `docs` and `micro` are the sums over all terms, also those without an entry; `texts` the number of texts. */
export interface Corpus extends Said {
  counts: ReadonlyMap<string, Said>;
  texts: number;
}

/** What a corpus is compared with. `texts`: the same in texts, null when the reference does not count them. `exact` false: the term is missing from the list, its rate is an upper bound. */
export interface Reference {
  total: number;
  of(term: string): { count: number; texts: Rate | null; exact: boolean };
}

export interface Keyword {
  term: string;
  docs: number;
  /** Texts of the reference with the term; null when the reference does not count texts. */
  other: number | null;
  z: number;
  /** Null when the reference does not have the term at all; a lower bound unless `exact`. */
  lift: number | null;
  exact: boolean;
  /** z is at least `significant`. */
  significant: boolean;
}

export interface KeynessOptions {
  prior: number;
  z: number;
  significant: number;
  docs: number;
  docsShare: number;
  lift: number;
  /** Decides the order, not what is kept; see logOddsZ. */
  spread: number;
}

/**
 * Terms that stand out in `here`, highest z (with `spread`) first. z and lift are of wordings, which are independent where copies are not. Kept: z, lift, and the number of texts
 * and of wordings reach the options' least values, and the lift in texts does too: readers see texts, and a word that is rarer in them must not be called frequent.
 * Ties: most docs, then code point.
 */
export function keywords(here: Corpus, reference: Reference, options: KeynessOptions): Keyword[] {
  if (here.micro <= 0 || reference.total <= 0) return [];
  const least = Math.max(options.docs, options.docsShare * here.texts);
  const found: { word: Keyword; rank: number }[] = [];
  for (const [term, { docs, micro }] of here.counts) {
    const wordings = micro / 1e6;
    if (docs < least || wordings < options.docs) continue;
    const { count, texts, exact } = reference.of(term);
    if (texts !== null && texts.count > 0 && lift({ count: docs, total: here.docs }, texts)! < options.lift) continue;
    const target = { count: wordings, total: here.micro / 1e6 };
    const z = logOddsZ(target, { count, total: reference.total }, options.prior);
    const times = lift(target, { count, total: reference.total });
    if (z < options.z || (times !== null && times < options.lift)) continue;
    const rank = logOddsZ(target, { count, total: reference.total }, options.prior, options.spread);
    found.push({ word: { term, docs, other: texts?.count ?? null, z, lift: times, exact, significant: z >= options.significant }, rank });
  }
  return found.sort((a, b) => b.rank - a.rank || b.word.docs - a.word.docs || (a.word.term < b.word.term ? -1 : 1)).map(({ word }) => word);
}

/** A corpus as what another one is compared with. */
export function referenceOf({ counts, docs, micro }: Corpus): Reference {
  return {
    total: micro / 1e6,
    of(term) {
      const said = counts.get(term);
      return { count: (said?.micro ?? 0) / 1e6, texts: { count: said?.docs ?? 0, total: docs }, exact: true };
    },
  };
}
