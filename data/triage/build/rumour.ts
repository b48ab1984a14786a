/**
 * Learns rumour.yaml from the earlier 70 % of the posts of CED and prints the AUC on the later 30 %. Run: npx tsx data/triage/build/rumour.ts [dev]
 * Needs ../shared/data and the program zstd; about half a minute. With `dev` it learns from 70 % of the training part, measures on the rest of it, and writes nothing.
 */
import { writeFileSync } from "node:fs";
import { rumourFeatureNames } from "../../../analyzers/post/triage/rumour.ts";
import { dataPath } from "../../../pipeline/paths.ts";
import { normalForm } from "../../../pipeline/relate/near-duplicates.ts";
import { minimize } from "../../lexicons/build/minimize.ts";
import { readRumourPosts, windows, type RumourPost } from "./rumour-posts.ts";

const share = 0.7;
const ridge = 2;
const dev = process.argv[2] === "dev";

void readRumourPosts().then((posts) => {
  const [earlier, later] = divide(posts);
  const [train, test] = dev ? divide(earlier) : [earlier, later];
  console.log(`${train.length} posts to learn from, ${test.length} to test on, ${test.filter(({ rumour }) => rumour).length} of them rumours`);
  const last = windows.length - 1;
  for (const [i, hours] of windows.entries()) console.log(`replies of ${hours} h: AUC ${auc(test, learn(train, i), i).toFixed(4)} learnt on the same, ${auc(test, learn(train, last), i).toFixed(4)} by the weights shipped`);
  if (dev) return;
  const weights = learn(train, last);
  const lines = [...rumourFeatureNames, "intercept"].map((name, i) => `${name}: ${weights[i]!.toFixed(3)}`);
  writeFileSync(dataPath("triage", "rumour.yaml"), `# Log odds of a rumour by cue, learnt by build/rumour.ts (see README.md). For the order of a queue only.\n${lines.join("\n")}\n`);
});

/** The earlier share, and the later posts whose words the earlier ones do not have. */
function divide(posts: readonly RumourPost[]): [RumourPost[], RumourPost[]] {
  const cut = Math.floor(posts.length * share);
  const seen = new Set(posts.slice(0, cut).map(({ text }) => normalForm(text)));
  return [posts.slice(0, cut), posts.slice(cut).filter(({ text }) => !seen.has(normalForm(text)))];
}

/** Logistic regression; the intercept comes last. */
function learn(posts: readonly RumourPost[], window: number): Float64Array {
  const size = rumourFeatureNames.length;
  const weights = new Float64Array(size + 1);
  minimize((x, gradient) => {
    let loss = 0;
    for (let i = 0; i < size; i++) {
      loss += 0.5 * ridge * x[i]! ** 2;
      gradient[i] = ridge * x[i]!;
    }
    for (const { features, rumour } of posts) {
      const odds = oddsOf(x, features[window]!);
      const error = 1 / (1 + Math.exp(-odds)) - (rumour ? 1 : 0);
      loss += Math.log1p(Math.exp(rumour ? -odds : odds));
      for (let i = 0; i <= size; i++) gradient[i]! += error * (i === size ? 1 : features[window]![i]!);
    }
    return loss;
  }, weights, { iterations: 300 });
  return weights;
}

const oddsOf = (weights: Float64Array, features: readonly number[]): number => features.reduce((sum, value, i) => sum + value * weights[i]!, weights[features.length]!);

/** Share of pairs of a rumour and another post in which the rumour has the greater odds; equal odds count half (Mann & Whitney). */
function auc(posts: readonly RumourPost[], weights: Float64Array, window: number): number {
  const odds = posts.map(({ features, rumour }) => ({ odds: oddsOf(weights, features[window]!), rumour }));
  const others = odds.filter(({ rumour }) => !rumour);
  const rumours = odds.filter(({ rumour }) => rumour);
  let won = 0;
  for (const one of rumours) for (const other of others) won += one.odds > other.odds ? 1 : one.odds === other.odds ? 0.5 : 0;
  return won / (rumours.length * others.length);
}
