import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { loadResources } from "../../analyzers/post/index.ts";
import { duckdbColumns, textColumns } from "../../pipeline/schema.ts";
import { scoredLine } from "../../pipeline/score/batch.ts";
import { filter } from "../../pipeline/score/filter.ts";

const resources = loadResources([]);

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function run(input: string | Buffer, size = 65536): Promise<Record<string, unknown>[]> {
  let out = "";
  await filter(chunks(Buffer.from(input), size), async (rows) => void (out += rows), resources);
  return out.split("\n").slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
}

it("one row out for every line in, in order; bad lines become rows with err", async () => {
  const rows = await run('{"text_key":"a","text":"太好了"}\n\nnot json\n[1]\n{"text_key":"b"}\n{"text_key":"c","text":null}\n{"text":"x"}\r\n{"text_key":"d","text":"道歉"}');
  expect(rows.map(({ text_key, err }) => [text_key, err === null])).toEqual([["a", true], [null, false], [null, false], [null, false], ["b", false], ["c", false], [null, false], ["d", true]]);
  expect(rows.map((row) => Object.keys(row))).toEqual(rows.map(() => Object.keys(textColumns)));
});

it("is the same for every chunk size, also inside a character", async () => {
  const input = ["太过分了😡", "#话题# 凭什么？", ""].map((text, i) => JSON.stringify({ text_key: `${i}`, text })).join("\n") + "\n";
  const whole = await run(input);
  expect(whole).toHaveLength(3);
  for (const size of [1, 2, 3, 7]) expect(await run(input, size)).toEqual(whole);
});

it("reads bytes that are no UTF-8 as U+FFFD, and hostile keys harmlessly", async () => {
  const rows = await run(Buffer.concat([Buffer.from('{"text_key":"a","text":"好'), Buffer.from([0xff, 0xfe]), Buffer.from('的"}\n{"__proto__":{"text":"x"},"text_key":"p","constructor":1,"text":"好"}\n')]));
  expect(rows.map(({ text_key, err }) => [text_key, err])).toEqual([["a", null], ["p", null]]);
});

it("nothing in, nothing out", async () => {
  expect(await run("")).toEqual([]);
});

it("as a process: the worker's rows, exit 0 after the end; exit 1 when nobody reads", async () => {
  const start = () => spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("../../pipeline/score/filter.ts", import.meta.url))], { stdio: ["pipe", "pipe", "inherit"] });
  const text = { text_key: "a", text: "支持维权，希望严查" };
  const child = start();
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
  child.stdin.end(JSON.stringify(text) + "\n");
  expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
  expect(out).toBe(scoredLine(text, resources).line);

  const deaf = start();
  deaf.stdout.destroy();
  deaf.stdin.on("error", () => {});
  deaf.stdin.end((JSON.stringify(text) + "\n").repeat(5000));
  expect(await new Promise((resolve) => deaf.on("close", resolve))).toBe(1);
});

it("DuckDB reads what it writes", async () => {
  const { Database } = await import("../../pipeline/engines/duckdb.ts");
  const { writeFileSync } = await import("node:fs");
  const { join } = await import("node:path");
  const database = await Database.open({ memory: "200MB" });
  const file = join(database.folder, "scored.ndjson");
  writeFileSync(file, ["\ud800\u0000太过分了\u2028", "#a b# [怒]\u0001"].map((text, i) => scoredLine({ text_key: `${i}`, text }, resources).line).join(""));
  const columns = Object.fromEntries(duckdbColumns(textColumns).split(", ").map((column) => column.replace(/"/g, "").split(" ")));
  const rows = await database.rows(`SELECT * FROM read_json('${file}', format = 'newline_delimited', columns = ${JSON.stringify(columns).replace(/"/g, "'")}) ORDER BY text_key`);
  database.close();
  expect(rows).toMatchObject([{ text_key: "0", polarity: "negative", err: null }, { text_key: "1", tags: ["a b"], emoticons: ["[怒]"] }]);
});
