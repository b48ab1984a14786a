import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Table } from "../analyzers/contract.ts";
import { dataPath } from "./paths.ts";

/** The shipped general word frequencies: term and count per 10^8 words. */
export function background(): Table {
  const lines = gunzipSync(readFileSync(dataPath("frequencies", "background.tsv.gz"))).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [term, count] = line.split("\t") as [string, string];
    return { term, count: Number(count) };
  });
}
