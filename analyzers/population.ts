import { z } from "zod";
import { readYaml } from "../pipeline/config.ts";
import { dataPath } from "../pipeline/paths.ts";

const schema = z.strictObject({ name: z.strictObject({ zh: z.string(), en: z.string() }), residents: z.record(z.string(), z.number().int().positive()) });
let loaded: { name: { zh: string; en: string }; residents: ReadonlyMap<string, number> } | null = null;

/** Residents by province short key, in the file's order, and what the count is called: data/regions/population.yaml, which is part of the program. */
export function population() {
  if (loaded === null) {
    const { name, residents } = readYaml(dataPath("regions", "population.yaml"), schema);
    loaded = { name, residents: new Map(Object.entries(residents)) };
  }
  return loaded;
}
