// One reader over one file, in a process of its own: node import-child.mjs READER FILE ROOT. Prints one JSON line; see import.ts.
import { createReadStream } from "node:fs";
import { once } from "node:events";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [reader, file, root] = process.argv.slice(2);
const ours = (name) => import(pathToFileURL(join(root, "dist", "pipeline", "import", `${name}.js`)).href);

const readers = {
  async "csv-parse"() {
    const { parse } = await import("csv-parse");
    let rows = -1;
    const parser = createReadStream(file, { highWaterMark: 262_144 }).pipe(parse({ relax_column_count: true, bom: true }));
    parser.on("data", () => rows++);
    await once(parser, "end");
    return rows;
  },
  async papaparse() {
    const { default: Papa } = await import("papaparse");
    let rows = -1;
    await new Promise((resolve, reject) => Papa.parse(createReadStream(file, { highWaterMark: 262_144, encoding: "utf8" }), { step: () => void rows++, complete: resolve, error: reject }));
    return rows;
  },
  /** Decoded and cut into cells, nothing more. */
  async rows() {
    const [{ openFile }, { readRows }, { inputOf }, { Notes }] = await Promise.all([ours("open/open"), ours("tables/read"), ours("open/inputs"), ours("doubts/notes")]);
    const reading = { format: "csv", encoding: null, delimiter: null, headed: true, headerLine: 0, skippedSheets: [] };
    let rows = 0;
    for await (const batch of readRows(await openFile(inputOf(file)), { cellLimit: 1_000_000, mapped: [] }, reading, new Notes())) rows += batch.rows.length;
    return rows;
  },
  /** Decoded, parsed, mapped, validated, masked, hashed. */
  async import() {
    const { importFile } = await ours("import");
    let rows = 0;
    for await (const { posts } of importFile(file, 0, { utcOffsetMs: 28_800_000, key: "bench", privacy: "masked" })) rows += posts.length;
    return rows;
  },
};

const started = performance.now();
const before = process.cpuUsage();
const rows = await readers[reader]();
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ reader, file: basename(file), rows, seconds, cpu: (user + system) / 1e6, rss: process.resourceUsage().maxRSS / 1024 }));
