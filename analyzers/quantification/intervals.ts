import { wilson } from "../statistics.ts";

/**
 * 95 % interval of a share whose variance is known from the design: Wilson's score interval for the sample size that would have given that variance
 * (Korn & Graubard 1998 do the same with Clopper–Pearson). Unlike share ± 1.96·√variance it stays in [0, 1], is not empty at 0 and 1, and covers for rare classes.
 * @param share 0 … 1
 * @param variance at least 0; 0 (all posts known) gives [share, share]
 * @param n observations behind the share, at least 1: at shares of 0 and 1 the variance is read as that of half an observation of n
 */
export function designInterval(share: number, variance: number, n: number): [lo: number, hi: number] {
  if (!(share >= 0 && share <= 1) || !(variance >= 0) || !(n >= 1)) throw new RangeError(`designInterval: ${share} ± ${variance} of ${n}`);
  if (variance === 0) return [share, share];
  const least = 0.5 / (n + 1);
  const inner = Math.min(Math.max(share, least), 1 - least);
  const effective = Math.max(1, (inner * (1 - inner)) / variance);
  return wilson(share * effective, effective);
}
