import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./paths.ts";

const { resolve } = createRequire(import.meta.url);

/** Installed version of a package, read from the package.json that Node would use. */
function installed(name: string): string {
  for (const folder of resolve.paths(name) ?? []) {
    try {
      return version(join(folder, name, "package.json"));
    } catch {
      continue; // not in this node_modules folder: the next one up
    }
  }
  throw new Error(`package ${name} is not installed`);
}
const version = (path: string): string => (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;

/** What shapes the numbers and the page, recorded in the manifest. */
export const versions: Record<string, string> & { yuqing: string } = {
  yuqing: version(join(root, "package.json")),
  ...Object.fromEntries(["@duckdb/node-api", "@node-rs/jieba", "vega", "vega-lite"].map((name) => [name, installed(name)])),
};
