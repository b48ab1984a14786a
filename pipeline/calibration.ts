import { readFileSync } from "node:fs";
import type { Context } from "../analyzers/contract.ts";
import { modelVersion } from "../analyzers/post/model/model.ts";
import { dataPath } from "./paths.ts";

/** What the shipped model is known to do (data/models/calibration.json); null for another model: nobody has measured that. */
export function calibrationOf(model: string | null): Context["calibration"] {
  const known = JSON.parse(readFileSync(dataPath("models", "calibration.json"), "utf8")) as NonNullable<Context["calibration"]> & { model: string };
  return known.model === modelVersion(model) ? known : null;
}
