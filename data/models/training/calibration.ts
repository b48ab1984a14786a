/**
 * Writes data/models/calibration.json: what the shipped model does on Weibo posts whose mood is known and that it has not learnt from (SMP2020-EWECT usual, dev split;
 * the slope of its probabilities was fitted on them). Shares of other Weibo events are corrected by it where no shift shows.
 * Run after build.ts: npx tsx data/models/training/calibration.ts
 */
import { writeFileSync } from "node:fs";
import { loadModel, modelVersion } from "../../../analyzers/post/model/model.ts";
import { bandCount, cellOf } from "../../../analyzers/quantification/calibration.ts";
import { dataPath } from "../../../pipeline/paths.ts";
import { polarities } from "../../../pipeline/schema.ts";
import { readTexts } from "./corpora.ts";

const model = loadModel();
const cells = polarities.map(() => new Array<number>(polarities.length * bandCount).fill(0));
let greatest = 0;
let posts = 0;
for (const { corpus, split, polarity, text } of readTexts()) {
  if (corpus !== "smp2020_ewect/usual" || split !== "dev") continue;
  const found = model.predict(text);
  const truth = polarities.findIndex((name) => name === polarity);
  if (found === null || truth < 0) continue;
  const most = Math.max(...found.polarities);
  cells[truth]![cellOf(polarities.indexOf(found.polarity), most)]!++;
  greatest += most;
  posts++;
}
const calibration = { model: modelVersion(null), platform: "weibo", name: "SMP2020 usual", cells, meanMaxProbability: Math.round((1e6 * greatest) / posts) / 1e6 };
writeFileSync(dataPath("models", "calibration.json"), `${JSON.stringify(calibration)}\n`);
process.stdout.write(`${posts} posts\n`);
