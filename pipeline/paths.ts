import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's root folder: the nearest folder above this file that holds package.json (source and compiled layout alike). */
export const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
})();

/** Path of a shipped data file, e.g. dataPath("lexicons", "stopwords.txt"). */
export const dataPath = (...parts: string[]): string => join(root, "data", ...parts);
