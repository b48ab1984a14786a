/** Adjusted Rand index (Hubert & Arabie 1985) of two partitions of the same items: 1 the same, about 0 by chance. */
export function adjustedRand(a: ArrayLike<unknown>, b: ArrayLike<unknown>): number {
  const rows = new Map<unknown, number>();
  const columns = new Map<unknown, number>();
  const cells = new Map<string, number>();
  for (let i = 0; i < a.length; i++) {
    rows.set(a[i], (rows.get(a[i]) ?? 0) + 1);
    columns.set(b[i], (columns.get(b[i]) ?? 0) + 1);
    cells.set(`${String(a[i])}\u0001${String(b[i])}`, (cells.get(`${String(a[i])}\u0001${String(b[i])}`) ?? 0) + 1);
  }
  const pairs = (counts: Iterable<number>): number => [...counts].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const expected = (pairs(rows.values()) * pairs(columns.values())) / ((a.length * (a.length - 1)) / 2);
  const best = (pairs(rows.values()) + pairs(columns.values())) / 2;
  return (pairs(cells.values()) - expected) / (best - expected);
}
