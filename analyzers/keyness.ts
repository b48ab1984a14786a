/** How often something occurs in a corpus of `total` occurrences. */
export interface Rate {
  count: number;
  total: number;
}

/**
 * Keyness of a term in `target` against `reference`: the z-score of the log-odds ratio under an informative Dirichlet prior of weight `prior`,
 * α = prior × pooled relative frequency. Positive: the target uses the term more. 0 when the term is all that either corpus holds.
 * Source: Monroe, Colaresi & Quinn 2008, Political Analysis 16:372, equations 15, 18, 20 and 22. Both totals must be positive.
 */
export function logOddsZ(target: Rate, reference: Rate, prior: number): number {
  const alpha = (prior * (target.count + reference.count)) / (target.total + reference.total);
  const a = target.count + alpha;
  const b = reference.count + alpha;
  const restA = target.total + prior - a;
  const restB = reference.total + prior - b;
  if (a <= 0 || b <= 0 || restA <= 0 || restB <= 0) return 0;
  return (Math.log(a / restA) - Math.log(b / restB)) / Math.sqrt(1 / a + 1 / b);
}

/** Ratio of relative frequencies; null when the reference does not have the term. */
export function lift(target: Rate, reference: Rate): number | null {
  return reference.count === 0 ? null : (target.count / target.total) * (reference.total / reference.count);
}
