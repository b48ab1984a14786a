/** Adds the gradient at `x` into `gradient` (given zeroed) and returns the loss. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** L-BFGS with backtracking (Nocedal & Wright, Numerical Optimization, algorithms 7.4 and 3.1); changes `x` in place and returns the last loss. Deterministic. */
export function minimize(objective: Objective, x: Float64Array, { iterations, memory = 8 }: { iterations: number; memory?: number }): number {
  const n = x.length;
  let gradient = new Float64Array(n);
  let loss = objective(x, gradient);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const direction = descent(gradient, steps, changes);
    const slope = dot(direction, gradient);
    if (slope > -1e-9) break;
    let rate = iteration === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
    const next = new Float64Array(n);
    const nextGradient = new Float64Array(n);
    let nextLoss: number;
    for (;;) {
      for (let i = 0; i < n; i++) next[i] = x[i]! + rate * direction[i]!;
      nextLoss = objective(next, nextGradient.fill(0));
      if (nextLoss <= loss + 1e-4 * rate * slope || rate < 1e-10) break;
      rate /= 2;
    }
    if (!(nextLoss < loss)) break;
    const step = new Float64Array(n);
    const change = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      step[i] = next[i]! - x[i]!;
      change[i] = nextGradient[i]! - gradient[i]!;
    }
    if (dot(step, change) > 1e-12) {
      steps.push(step);
      changes.push(change);
      if (steps.length > memory) {
        steps.shift();
        changes.shift();
      }
    }
    const done = (loss - nextLoss) / Math.abs(loss) < 1e-6;
    x.set(next);
    gradient = nextGradient;
    loss = nextLoss;
    if (done) break;
  }
  return loss;
}

/** −H·gradient by the two-loop recursion. */
function descent(gradient: Float64Array, steps: Float64Array[], changes: Float64Array[]): Float64Array {
  const q = Float64Array.from(gradient, (g) => -g);
  const alphas: number[] = [];
  for (let k = steps.length - 1; k >= 0; k--) {
    const alpha = dot(steps[k]!, q) / dot(steps[k]!, changes[k]!);
    alphas[k] = alpha;
    for (let i = 0; i < q.length; i++) q[i]! -= alpha * changes[k]![i]!;
  }
  if (steps.length > 0) {
    const scale = dot(steps.at(-1)!, changes.at(-1)!) / dot(changes.at(-1)!, changes.at(-1)!);
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  for (let k = 0; k < steps.length; k++) {
    const beta = dot(changes[k]!, q) / dot(steps[k]!, changes[k]!);
    for (let i = 0; i < q.length; i++) q[i]! += (alphas[k]! - beta) * steps[k]![i]!;
  }
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
