import type { Audit } from "../pipeline/audit/contract.ts";
import { polarities, type Field, type Polarity } from "../pipeline/schema.ts";
import { bandCount, type Predictions } from "./quantification/calibration.ts";

/** Rows of the rollup `sentiment` as the estimators read them. `effective`: independent posts, at most all. */
export function predictionsOf(rows: readonly { polarity: Polarity | null; band: number; posts: number; greatest_micro: number | null }[], effective: number): Predictions {
  const cells = new Array<number>(polarities.length * bandCount).fill(0);
  let posts = 0;
  let greatest = 0;
  for (const row of rows) {
    if (row.polarity === null) continue;
    cells[polarities.indexOf(row.polarity) * bandCount + row.band]! += row.posts;
    posts += row.posts;
    greatest += row.greatest_micro ?? 0;
  }
  return { cells, meanMaxProbability: posts === 0 ? 0 : greatest / posts / 1e6, effective: Math.min(effective, posts) };
}

/** The part of an audit that speaks of one field; its strata are named field/…. */
export function auditOf(audit: Audit, scope: "all" | Field): Audit {
  if (scope === "all") return audit;
  const mine = (name: string): boolean => name.startsWith(`${scope}/`);
  const { sample } = audit;
  const strata = sample.strata.filter(({ name }) => mine(name));
  return { ...audit, sample: { ...sample, posts: strata.reduce((sum, { posts }) => sum + posts, 0), strata, items: sample.items.filter(({ stratum }) => mine(stratum)) } };
}
