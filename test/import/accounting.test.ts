import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { YuqingError } from "../../pipeline/errors.ts";
import { Notes } from "../../pipeline/import/doubts/notes.ts";
import type { TextSource } from "../../pipeline/import/open/open.ts";
import { readRows, type Reading } from "../../pipeline/import/tables/read.ts";
import type { RawRow } from "../../pipeline/import/tables/rows.ts";
import { fixture, importAll } from "./import-all.ts";

/** Everything that the reader says about a file's rows, with the file given in pieces of `size` bytes. */
async function read(bytes: Buffer, name: string, size: number): Promise<{ rows: RawRow[]; reading: Reading; error: string | null }> {
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const source: TextSource = { path: name, name, kind: "text", compression: null, bytes: bytes.length, chunks, bytesRead: () => 0, sha256: async () => "" };
  const reading: Reading = { format: "csv", encoding: null, delimiter: null, headed: true, headerLine: 0, skippedSheets: [] };
  const rows: RawRow[] = [];
  try {
    for await (const batch of readRows(source, { cellLimit: 1_000_000, mapped: [] }, reading, new Notes())) rows.push(...batch.rows);
  } catch (error) {
    if (!(error instanceof YuqingError)) throw error;
    return { rows, reading, error: error.code };
  }
  return { rows, reading, error: null };
}

/** The encoding's text of the bytes; what cannot be decoded as U+FFFD. */
const decode = (bytes: Buffer, encoding: string | null): string => new TextDecoder(encoding ?? "utf-8", { ignoreBOM: true }).decode(bytes);

function checkRows(bytes: Buffer, { rows, reading }: { rows: RawRow[]; reading: Reading }): void {
  const raw = (text: string): string => text.replaceAll("\udfff", "\ufffd").replace(/^\ufeff/, "").trimEnd();
  let before = -1;
  for (const row of rows) {
    expect(row.byteFrom!).toBeGreaterThanOrEqual(before);
    before = row.byteTo!;
    // Several bytes of one broken character may stand for one mark or for several.
    const bare = (text: string): string => raw(text).replace(/\ufffd+/g, "\ufffd");
    expect(bare(decode(bytes.subarray(row.byteFrom!, row.byteTo!), reading.encoding)), `line ${row.line}`).toBe(bare(row.raw));
  }
  if (reading.format === "json") return;
  // Half a UTF-16 unit at the end is a note, no row.
  const units = reading.encoding?.startsWith("utf-16") ? bytes.subarray(0, bytes.length & ~1) : bytes;
  const lines = decode(units, reading.encoding).split(/\r\n|\n|\r/);
  const held = new Array<number>(lines.length + 1).fill(0);
  for (let line = 1; line <= reading.headerLine; line++) held[line]!++;
  for (const { line, lineTo } of rows) for (let at = line; at <= lineTo; at++) held[at]!++;
  lines.forEach((text, i) => {
    const blank = /^[\s\u0000\u001a\ufeff\u200b]*$/.test(text);
    expect(held[i + 1], `line ${i + 1} lies in ${held[i + 1]} records: ${text.slice(0, 40)}`)[blank ? "toBeLessThanOrEqual" : "toBe"](1);
  });
}

async function checkFile(path: string): Promise<void> {
  const bytes = readFileSync(path);
  const isText = !["PK", "\u001f\u008b"].includes(bytes.subarray(0, 2).toString("latin1"));
  if (isText && bytes.length > 0) {
    const whole = await read(bytes, path, 65_536);
    if (whole.error === null) checkRows(bytes, whole);
    for (const size of bytes.length > 100_000 ? [4096] : bytes.length > 5000 ? [7, 4096] : [1, 2, 3, 7, 4096]) expect(await read(bytes, path, size), `pieces of ${size}`).toEqual(whole);
  }
  // importAll throws when the rows read are not the posts, accounts and rejects.
  await importAll(path).catch((error: unknown) => {
    if (!(error instanceof YuqingError)) throw error;
  });
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[]).sort().map((name) => join(folder, name)).filter((path) => statSync(path).isFile() && /\.(?:csv|tsv|txt|json|jsonl|xlsx|xls)$/.test(path) && statSync(path).size < 3_000_000);
}

describe("every row is accounted for, whatever the pieces", () => {
  for (const path of filesOf(fixture())) it(path.slice(fixture().length + 1), () => checkFile(path));
});

const shared = join(import.meta.dirname, "../../../shared/data");
describe("also in ../shared/data (skipped when it is not there)", () => {
  for (const folder of ["csv-own", "csv-spectrum", "encodings", "jsonl", "univocity", "xlsx"]) {
    it.skipIf(!existsSync(join(shared, "hostile", folder)))(`hostile/${folder}`, async () => {
      for (const path of filesOf(join(shared, "hostile", folder))) await checkFile(path);
    }, 120_000);
  }
  it.skipIf(!existsSync(join(shared, "vendor")))("vendor", async () => {
    for (const path of filesOf(join(shared, "vendor"))) await checkFile(path);
  }, 120_000);
  it.skipIf(!existsSync(join(shared, "hostile/jsontestsuite")))("JSONTestSuite, a file a line: what must be refused is refused, what must be taken is no fault of syntax", async () => {
    const folder = join(shared, "hostile/jsontestsuite/test_parsing");
    const counts = { y: 0, n: 0 };
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      if (name.startsWith("i_") || bytes.includes(0x0a) || bytes.includes(0x0d) || bytes.length > 50_000) continue;
      const { rows } = await read(Buffer.concat([Buffer.from('{"text":"a"}\n'), bytes, Buffer.from('\n{"text":"b"}\n')]), "x.jsonl", 4096);
      const texts = rows.map(({ fault }) => fault);
      expect([texts.at(0), texts.at(-1)], name).toEqual([null, null]);
      if (rows.length === 2) continue;
      if (name.startsWith("y_")) counts.y += texts[1] === null || texts[1] === "NOT_OBJECT" || texts[1] === "DUPLICATE_KEY" ? 1 : -1000;
      if (name.startsWith("n_")) counts.n += texts[1] === null ? -1000 : 1;
    }
    expect(counts.y).toBeGreaterThan(80);
    expect(counts.n).toBeGreaterThan(150);
  }, 60_000);
  it.skipIf(!existsSync(join(shared, "hostile/papaparse")))("PapaParse's cases never throw and lose no line", async () => {
    const cases = JSON.parse(gunzipSync(readFileSync(join(shared, "hostile/papaparse/cases.json.gz"))).toString("utf8")) as { input?: unknown }[];
    for (const { input } of cases) {
      if (typeof input !== "string" || input.length === 0) continue;
      const bytes = Buffer.from(`id,正文\n${input}`);
      const whole = await read(bytes, "x.csv", 65_536);
      checkRows(bytes, whole);
      expect(await read(bytes, "x.csv", 1)).toEqual(whole);
    }
  }, 120_000);
});
