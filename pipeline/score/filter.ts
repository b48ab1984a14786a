/**
 * The score stage as a filter process, for Spark's TRANSFORM and for shells: one JSON object {text_key, text} a line in, one line of textColumns out.
 * Exactly one line out for every line in: a blank or bad line becomes a row with `err`. Lines end at byte 0x0A; bytes that are no UTF-8 become U+FFFD.
 * Exits 0 only after all input is read and all output written.
 *
 *   node dist/pipeline/score/filter.js [file of user words, one a line] < texts.ndjson > scored.ndjson
 */
import { readFileSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { failed, loadResources, type Resources } from "../../analyzers/post/index.ts";
import { scoredLine } from "./batch.ts";

/** Bytes of a line above which it is not read but becomes a row with `err`. */
const lineLimit = 64 * 1024 * 1024;

/** Writes a row for every line of `input`; `write` resolves when more may follow. */
export async function filter(input: AsyncIterable<Uint8Array>, write: (rows: string) => Promise<void>, resources: Resources): Promise<void> {
  for await (const lines of splitLines(input)) {
    let rows = "";
    for (const line of lines) rows += filterLine(line, resources);
    await write(rows);
  }
}

function filterLine(line: Buffer | null, resources: Resources): string {
  if (line === null) return badLine(null, `line longer than ${lineLimit} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(line.toString("utf8"));
  } catch {
    return badLine(null, "not JSON");
  }
  if (typeof value !== "object" || value === null) return badLine(null, "not a JSON object");
  const { text_key, text } = value as { text_key?: unknown; text?: unknown };
  if (typeof text_key !== "string") return badLine(null, "text_key is not a string");
  if (typeof text !== "string") return badLine(text_key, "text is not a string");
  return scoredLine({ text_key, text }, resources).line;
}

const badLine = (text_key: string | null, err: string): string => JSON.stringify({ text_key, ...failed(err) }) + "\n";

/** Lines without their line feed, as many at a time as a chunk of input completes; null for a line over the limit. A last line needs no line feed. */
async function* splitLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<(Buffer | null)[]> {
  let begun: Uint8Array[] = [];
  let size = 0;
  const finish = (): Buffer | null => {
    const line = size > lineLimit ? null : Buffer.concat(begun);
    begun = [];
    size = 0;
    return line;
  };
  const add = (piece: Uint8Array): void => {
    size += piece.length;
    if (size <= lineLimit) begun.push(piece);
    else begun = [];
  };
  for await (const chunk of input) {
    const lines: (Buffer | null)[] = [];
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      add(chunk.subarray(from, at));
      lines.push(finish());
      from = at + 1;
    }
    if (from < chunk.length) add(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (size > 0) yield [finish()];
}

async function main(wordsFile: string | undefined): Promise<void> {
  process.stdout.on("error", () => process.exit(1));
  const words = wordsFile === undefined ? [] : readFileSync(wordsFile, "utf8").split("\n").filter((word) => word.trim() !== "");
  const write = (rows: string): Promise<void> => new Promise((resolve, reject) => process.stdout.write(rows, (error) => (error ? reject(error) : resolve())));
  await filter(process.stdin, write, loadResources(words));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  main(process.argv[2]).catch((cause: unknown) => {
    process.stderr.write(`${String(cause)}\n`);
    process.exit(1);
  });
}
