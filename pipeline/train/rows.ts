import { hashGrams, readLength, Units } from "../../analyzers/post/model/features.ts";

/** Sparse rows: row i holds columns[starts[i] … starts[i + 1]) with their values. */
export interface Rows {
  length: number;
  starts: Int32Array;
  columns: Int32Array;
  values: Float32Array;
}

/** One row a text: bucket → occurrences ÷ √(occurrences of all buckets), as prediction weighs them; buckets in ascending order. */
export function gramRows(texts: readonly string[], bits: number): Rows {
  const units = new Units();
  const buckets = new Int32Array(3 * readLength + 6);
  const starts = new Int32Array(texts.length + 1);
  let columns = new Int32Array(1 << 16);
  let values = new Float32Array(1 << 16);
  let n = 0;
  texts.forEach((text, row) => {
    units.read(text);
    const count = hashGrams(units, bits, buckets);
    if (n + count > columns.length) {
      columns = grown(columns, new Int32Array(2 * (n + count)));
      values = grown(values, new Float32Array(2 * (n + count)));
    }
    const sorted = buckets.subarray(0, count).sort();
    const scale = 1 / Math.sqrt(count);
    for (let from = 0; from < count; ) {
      let to = from + 1;
      while (to < count && sorted[to] === sorted[from]) to++;
      columns[n] = sorted[from]!;
      values[n++] = (to - from) * scale;
      from = to;
    }
    starts[row + 1] = n;
  });
  return { length: texts.length, starts, columns: columns.slice(0, n), values: values.slice(0, n) };
}

/** `rows` with `extra(row)` further entries each, written by `fill(row, columns, values, at)`. */
export function widened(rows: Rows, extra: number, fill: (row: number, columns: Int32Array, values: Float32Array, at: number) => void): Rows {
  const size = rows.columns.length + rows.length * extra;
  const wide: Rows = { length: rows.length, starts: new Int32Array(rows.length + 1), columns: new Int32Array(size), values: new Float32Array(size) };
  let n = 0;
  for (let row = 0; row < rows.length; row++) {
    const [from, to] = [rows.starts[row]!, rows.starts[row + 1]!];
    wide.columns.set(rows.columns.subarray(from, to), n);
    wide.values.set(rows.values.subarray(from, to), n);
    n += to - from;
    fill(row, wide.columns, wide.values, n);
    n += extra;
    wide.starts[row + 1] = n;
  }
  return wide;
}

function grown<T extends Int32Array | Float32Array>(from: T, into: T): T {
  into.set(from as never);
  return into;
}
