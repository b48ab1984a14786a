import { gamma, mulberry32, quantile, type Random } from "../statistics.ts";
import { mixed, mixtureShares } from "./mixture.ts";

/** Edges of the bands of a post's greatest predicted probability: below 0.6, 0.6 … 0.8, 0.8 … 0.95, 0.95 and more. */
const bandEdges = [0.6, 0.8, 0.95];
export const bandCount = bandEdges.length + 1;

/** Cell of a post: predicted class × band. Cells of class k are k·bandCount … (k+1)·bandCount − 1. */
export function cellOf(predictedClass: number, greatestProbability: number): number {
  return predictedClass * bandCount + bandEdges.filter((edge) => greatestProbability >= edge).length;
}

/** What a model did on labelled posts of one domain that it had not learnt from. Travels with the model's card. */
export interface Calibration {
  /** The labelled set: "SMP2020 usual, dev". */
  name: string;
  /** cells[true class][cell of cellOf]: labelled posts. The confusion matrix is its sum by bands. */
  cells: readonly (readonly number[])[];
  /** Mean of the greatest predicted probability over those posts. */
  meanMaxProbability: number;
}

/** The same of the event's posts, without labels. */
export interface Predictions {
  /** cells[cell of cellOf]: posts. */
  cells: readonly number[];
  meanMaxProbability: number;
  /** Independent posts: (Σ size)² / Σ size² over clusters of copies; never above the posts. */
  effective: number;
}

export interface Calibrated {
  shares: number[];
  /** 95 %. */
  intervals: [lo: number, hi: number][];
  /** Predicted shares that no mixture of the classes explains, Σ|Cp − q| in [0, 2]: of the predicted classes, and of the cells. */
  residual: { classes: number; cells: number };
  /** What the residual of the cells stays below in 95 % of events of the calibration's own domain. */
  limit: number;
}

/**
 * Shares of classes in the event from predictions alone, given that posts of a class are predicted as in the calibration (prior shift, nothing else).
 * Intervals and limit by parametric double bootstrap: calibration counts and event predictions are both drawn anew from the fit, as Dirichlet variates
 * (which have the mean and, within 1/n, the variance of multinomial shares).
 * @param draws of the bootstrap, at least 2
 * @throws RangeError when there are no posts
 */
export function calibratedShares(calibration: Calibration, event: Predictions, seed: number, draws = 1000): Calibrated {
  const columns = calibration.cells.map(smoothed);
  const q = sharesOf(event.cells);
  const shares = mixtureShares(columns, q);
  const random = mulberry32(seed);
  const simulated = Array.from({ length: draws }, () => {
    const drawnColumns = calibration.cells.map((counts) => smoothed(multiplied(dirichlet(random, counts), sum(counts))));
    const drawnCells = predictions(random, columns, shares, event.effective);
    const drawnShares = mixtureShares(drawnColumns, drawnCells);
    return { shares: drawnShares, residual: residualOf(drawnColumns, drawnShares, drawnCells) };
  });
  return {
    shares,
    intervals: shares.map((share, k) => bootstrapInterval(simulated.map((drawn) => drawn.shares[k]!), share)),
    residual: { classes: residualOf(columns.map(byClass), shares, byClass(q)), cells: residualOf(columns, shares, q) },
    limit: quantile(simulated.map(({ residual }) => residual).sort((a, b) => a - b), 0.95),
  };
}

/** Sums over the bands: predicted classes from cells. */
export function byClass(cells: readonly number[]): number[] {
  return Array.from({ length: cells.length / bandCount }, (_, k) => sum(cells.slice(k * bandCount, (k + 1) * bandCount)));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const multiplied = (values: readonly number[], factor: number): number[] => values.map((value) => value * factor);

export function sharesOf(counts: readonly number[]): number[] {
  const total = sum(counts);
  if (!(total > 0)) throw new RangeError("no posts");
  return counts.map((count) => count / total);
}

/** Shares of the cells with one observation added, spread evenly: no cell is impossible (Perks's prior). */
const smoothed = (counts: readonly number[]): number[] => sharesOf(counts.map((count) => count + 1 / counts.length));

function residualOf(columns: readonly (readonly number[])[], shares: readonly number[], q: readonly number[]): number {
  return sum(q.map((observed, i) => Math.abs(observed - mixed(columns, shares, i))));
}

/** Predicted shares of one simulated event with the given true shares. */
function predictions(random: Random, columns: readonly (readonly number[])[], shares: readonly number[], posts: number): number[] {
  const parts = columns.map((column, j) => (shares[j]! * posts > 1e-6 ? dirichlet(random, multiplied(column, shares[j]! * posts)) : column));
  return columns[0]!.map((_, i) => mixed(parts, shares, i));
}

/** Shares around those of the counts; what was never seen stays at 0. */
function dirichlet(random: Random, counts: readonly number[]): number[] {
  const drawn = counts.map((count) => (count > 0 ? gamma(random, count) : 0));
  return sum(drawn) > 0 ? sharesOf(drawn) : sharesOf(counts);
}

/**
 * 95 % interval from bootstrap draws: at each end the wider of the percentile and estimate ± 1.96 standard deviations. Either alone covered 93–94 % (test/bench/shares.ts):
 * percentiles are short where the estimate is at 0, normal ends where its distribution leans.
 */
function bootstrapInterval(values: number[], estimate: number): [number, number] {
  const sorted = values.sort((a, b) => a - b);
  const mean = sum(sorted) / sorted.length;
  const half = 1.959963984540054 * Math.sqrt(sum(sorted.map((value) => (value - mean) ** 2)) / (sorted.length - 1));
  return [Math.max(0, Math.min(estimate - half, quantile(sorted, 0.025))), Math.min(1, Math.max(estimate + half, quantile(sorted, 0.975)))];
}
