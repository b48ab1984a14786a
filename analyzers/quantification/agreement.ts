import { wilson } from "../statistics.ts";

export interface Agreement {
  /** Posts that both judged. */
  n: number;
  /** Share of them judged alike. */
  agreed: number;
  /** Cohen's κ in [−1, 1]: agreement above that of chance; null when both gave everything the same one label, so that chance alone explains all. */
  kappa: { value: number; interval: [lo: number, hi: number] } | null;
}

/**
 * Cohen's κ (Cohen 1960) = (agreed − chance) / (1 − chance), chance = Σ product of the two shares of a label. Its 95 % interval is Wilson's for the share agreed, chance taken as known:
 * it covers where Fleiss, Cohen & Everitt's (1969) standard error, empty at full agreement, does not (test/bench/shares.ts).
 * @param table table[i][j]: posts that the first put into class i and the second into class j
 * @throws RangeError for an empty table
 */
export function agreement(table: readonly (readonly number[])[]): Agreement {
  const n = table.reduce((sum, row) => sum + row.reduce((part, count) => part + count, 0), 0);
  if (n === 0) throw new RangeError("agreement: no posts");
  const alike = table.reduce((sum, row, i) => sum + row[i]!, 0);
  const agreed = alike / n;
  const chance = table.reduce((sum, row, i) => {
    const first = row.reduce((part, count) => part + count, 0);
    const second = table.reduce((part, other) => part + other[i]!, 0);
    return sum + (first * second) / n ** 2;
  }, 0);
  if (chance === 1) return { n, agreed, kappa: null };
  const kappa = (share: number): number => (share - chance) / (1 - chance);
  const [lo, hi] = wilson(alike, n);
  return { n, agreed, kappa: { value: kappa(agreed), interval: [kappa(lo), kappa(hi)] } };
}
