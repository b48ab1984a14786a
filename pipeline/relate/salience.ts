import { logOddsZ } from "../../analyzers/keyness.ts";
import type { Mixture } from "./mixture.ts";

/** Weight of the Dirichlet prior of salience, in occurrences. */
const prior = 500;

/** Salience of feature f for topic k at [f · topics + k]: z of its log-odds in the topic against all others. */
export function salience({ topics, vocabulary, features, totals }: Mixture): Float32Array {
  const total = totals.reduce((sum, n) => sum + n, 0);
  const found = new Float32Array(features.length);
  for (let feature = 0; feature < vocabulary; feature++) {
    const row = feature * topics;
    let all = 0;
    for (let k = 0; k < topics; k++) all += features[row + k]!;
    for (let k = 0; k < topics; k++) {
      if (totals[k] === 0) continue;
      const others = { count: all - features[row + k]!, total: Math.max(1, total - totals[k]!) };
      found[row + k] = logOddsZ({ count: features[row + k]!, total: totals[k]! }, others, prior);
    }
  }
  return found;
}

/** How central a document of these features is to a topic: their mean salience, drawn to 0 when they are few. */
export function centralityOf({ mixture, salience }: { mixture: Mixture; salience: Float32Array }, topic: number, features: Int32Array): number {
  return features.reduce((sum, feature) => sum + salience[feature * mixture.topics + topic]!, 0) / (features.length + 5);
}
