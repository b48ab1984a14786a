import { mulberry32 } from "../../analyzers/statistics.ts";
import { shuffle } from "./order.ts";
import type { Rows } from "./rows.ts";

export interface Task {
  rows: Rows;
  /** Number of columns of the rows. */
  width: number;
  /** Number of one-against-rest classifiers that are learnt side by side. */
  classes: number;
  /** Row-major, rows × classes: +1 belongs, −1 does not, 0 unknown (the row teaches this classifier nothing). */
  targets: Int8Array;
  /** Row-major: what an error costs (C). Read where the target is not 0. */
  costs: Float32Array;
  passes: number;
  /** Weights to start from and to stay near to (column-major by width: width × classes); zeros when absent. */
  start?: Float32Array;
}

/** A step smaller than this changes nothing. */
const least = 1e-5;

/**
 * L2-loss linear support-vector machines by dual coordinate descent (Hsieh et al. 2008, algorithm 1): minimises ½‖w − start‖² + Σ C·max(0, 1 − y·w·x)²
 * for each class. Returns weights, width × classes, column by column. Only + − × ÷, rows in a seeded order: the same bytes on every machine.
 */
export function ascend({ rows, width, classes, targets, costs, passes, start }: Task): Float32Array {
  const { starts, columns, values } = rows;
  const weights = start === undefined ? new Float32Array(width * classes) : Float32Array.from(start);
  const duals = new Float32Array(rows.length * classes);
  const squares = squaredNorms(rows);
  const order = taught(rows.length, classes, targets);
  const random = mulberry32(1);
  const margins = new Float64Array(classes);
  const steps = new Float64Array(classes);
  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random);
    for (const row of order) {
      const [from, to] = [starts[row]!, starts[row + 1]!];
      margins.fill(0);
      for (let j = from; j < to; j++) {
        const at = columns[j]! * classes;
        const value = values[j]!;
        for (let k = 0; k < classes; k++) margins[k]! += weights[at + k]! * value;
      }
      let moved = false;
      for (let k = 0; k < classes; k++) {
        const at = row * classes + k;
        const sign = targets[at]!;
        steps[k] = 0;
        if (sign === 0) continue;
        const slack = 0.5 / costs[at]!;
        const dual = duals[at]!;
        const next = Math.max(0, dual - (sign * margins[k]! - 1 + slack * dual) / (squares[row]! + slack));
        if (Math.abs(next - dual) < least) continue;
        duals[at] = next;
        steps[k] = (next - dual) * sign;
        moved = true;
      }
      if (!moved) continue;
      for (let j = from; j < to; j++) {
        const at = columns[j]! * classes;
        const value = values[j]!;
        for (let k = 0; k < classes; k++) weights[at + k]! += steps[k]! * value;
      }
    }
  }
  return weights;
}

function squaredNorms({ length, starts, values }: Rows): Float32Array {
  return Float32Array.from({ length }, (_, row) => {
    let sum = 0;
    for (let j = starts[row]!; j < starts[row + 1]!; j++) sum += values[j]! * values[j]!;
    return sum;
  });
}

/** The rows that teach any classifier. */
function taught(length: number, classes: number, targets: Int8Array): Int32Array {
  const found: number[] = [];
  for (let row = 0; row < length; row++) if (targets.subarray(row * classes, (row + 1) * classes).some((target) => target !== 0)) found.push(row);
  return Int32Array.from(found);
}
