/**
 * Shares p of classes whose mixture Σ pⱼ·columns[j] gives the observed shares q of cells, by maximum likelihood (EM; Peters & Coberly 1976). With as many cells as classes it is the
 * inverse C⁻¹q wherever that has no negative part: adjusted classify-and-count. With more cells it is sharper, because it knows which cells tell classes apart.
 * @param columns columns[j][i]: share of cell i among class j; every cell above 0 in some class
 * @param q share of cell i, adding up to 1
 */
export function mixtureShares(columns: readonly (readonly number[])[], q: readonly number[]): number[] {
  let shares = columns.map(() => 1 / columns.length);
  for (let round = 0; round < 1000; round++) {
    const next = shares.map(() => 0);
    q.forEach((observed, i) => {
      if (observed === 0) return;
      const total = mixed(columns, shares, i);
      columns.forEach((column, j) => (next[j]! += (observed * shares[j]! * column[i]!) / total));
    });
    const change = next.reduce((greatest, share, j) => Math.max(greatest, Math.abs(share - shares[j]!)), 0);
    shares = next;
    if (change < 1e-7) break;
  }
  return shares;
}

/** Share of cell i in the mixture. */
export function mixed(columns: readonly (readonly number[])[], shares: readonly number[], i: number): number {
  return columns.reduce((sum, column, j) => sum + shares[j]! * column[i]!, 0);
}
