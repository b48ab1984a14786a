import { spawnSync } from "node:child_process";
import { closeSync, createWriteStream, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { once } from "node:events";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Zip, ZipDeflate } from "fflate";
import { background } from "../../pipeline/background.ts";
import { root } from "../../pipeline/paths.ts";
import { integer, pick, type Random } from "../../data/samples/random.ts";
import { random } from "../relate/planted-opinions.ts";

/**
 * npx tsx test/bench/import.ts [--rows N] [--big] [--keep] [--root FOLDER]: rows a second and peak memory of reading one invented table (15 columns, about 200 bytes a row)
 * as CSV, XLSX and JSONL, each reader in a process of its own over FOLDER/dist (build first). --big: also a CSV of 2 GB; --keep: the files stay, for a profile.
 * CPU seconds are the figures to compare when the machine has other work.
 */
const { values } = parseArgs({ options: { rows: { type: "string", default: "300000" }, big: { type: "boolean", default: false }, root: { type: "string", default: root }, keep: { type: "boolean", default: false } } });
const count = Number(values.rows);
const folder = mkdtempSync(join(tmpdir(), "yuqing-import-"));
const path = (name: string): string => join(folder, name);

const header = ["平台", "id", "链接", "作者", "用户id", "认证类型", "粉丝数", "标题", "正文", "发布时间", "ip属地", "转发数", "评论数", "点赞数", "阅读数"];
const numeric = new Set(["粉丝数", "转发数", "评论数", "点赞数", "阅读数"]);
const words = background().slice(0, 20_000).map(({ term }) => String(term));
const said = (next: Random, least: number, most: number): string => Array.from({ length: integer(next, least, most) }, () => pick(next, words)).join("");

function rowOf(next: Random, i: number): string[] {
  const author = Math.floor(200_000 * next() ** 2);
  const at = new Date(Date.UTC(2025, 2, 1) + Math.floor(next() * 30 * 86_400) * 1000).toISOString();
  const text = `${said(next, 3, 8)}，${said(next, 2, 5)}。`;
  return [
    "微博", String(4_900_000_000_000_000 + i * 7919), `https://weibo.com/${author}/${i.toString(36)}`, `${pick(next, words)}${author}`, String(1_000_000_000 + author),
    pick(next, ["普通用户", "普通用户", "黄V", "蓝V", ""]), String(integer(next, 0, 50_000)), "", next() < 0.1 ? `${text}\n"${said(next, 1, 3)}"` : text,
    `${at.slice(0, 10)} ${at.slice(11, 19)}`, pick(next, ["广东", "北京", "浙江", "发布于 山东", ""]), String(integer(next, 0, 40)), String(integer(next, 0, 60)), String(integer(next, 0, 900)), next() < 0.1 ? "1.2万" : "",
  ];
}

const cell = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(",")}\r\n`;
const jsonLine = (cells: readonly string[]): string => `${JSON.stringify(Object.fromEntries(header.map((name, i) => [name, numeric.has(name) && /^\d+$/.test(cells[i]!) ? Number(cells[i]) : cells[i]])))}\n`;
const xml = (value: string): string => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const xlsxRow = (cells: readonly string[], at: number): string =>
  `<row r="${at}">${cells.map((value, i) => (value === "" ? "" : numeric.has(header[i]!) && /^\d+$/.test(value) ? `<c r="${column(i)}${at}"><v>${value}</v></c>` : `<c r="${column(i)}${at}" t="inlineStr"><is><t xml:space="preserve">${xml(value)}</t></is></c>`)).join("")}</row>`;
const column = (i: number): string => String.fromCharCode(65 + i);

/** The same rows in every format; a block at a time. */
function* blocks(line: (cells: string[], at: number) => string): Generator<string> {
  const next = random(1);
  for (let from = 0; from < count; from += 5000) yield Array.from({ length: Math.min(5000, count - from) }, (_, i) => line(rowOf(next, from + i), from + i + 2)).join("");
}

function writeText(name: string, first: string, line: (cells: string[]) => string): void {
  const file = openSync(path(name), "w");
  writeSync(file, first);
  for (const block of blocks(line)) writeSync(file, block);
  closeSync(file);
}

async function writeWorkbook(name: string): Promise<void> {
  const out = createWriteStream(path(name));
  const zip = new Zip((error, data, final) => {
    if (error) throw error;
    out.write(Buffer.from(data));
    if (final) out.end();
  });
  const add = (entry: string, parts: Iterable<string>): void => {
    const deflate = new ZipDeflate(entry, { level: 1 });
    zip.add(deflate);
    for (const part of parts) deflate.push(Buffer.from(part));
    deflate.push(new Uint8Array(0), true);
  };
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  add("[Content_Types].xml", [`${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`]);
  add("_rels/.rels", [`${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`]);
  add("xl/workbook.xml", [`${head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`]);
  add("xl/_rels/workbook.xml.rels", [`${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`]);
  add("xl/worksheets/sheet1.xml", sheet(head));
  zip.end();
  await once(out, "finish");
}

function* sheet(head: string): Generator<string> {
  yield `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${xlsxRow(header, 1)}`;
  yield* blocks(xlsxRow);
  yield "</sheetData></worksheet>";
}

/** The CSV's rows over and over until there are 2 GB. */
function writeBig(name: string): void {
  const whole = readFileSync(path("posts.csv"));
  const body = whole.subarray(whole.indexOf(10) + 1);
  const file = openSync(path(name), "w");
  writeSync(file, whole.subarray(0, whole.length - body.length));
  for (let size = 0; size < 2e9; size += body.length) writeSync(file, body);
  closeSync(file);
}

function measure(reader: string, name: string): void {
  const child = join(root, "test", "bench", "import-child.mjs");
  const { stdout, stderr, status } = spawnSync(process.execPath, [child, reader, path(name), values.root], { encoding: "utf8" });
  if (status !== 0) {
    console.log([name, reader, `failed: ${stderr.trim().split("\n").find((line) => /Error/.test(line)) ?? status}`].join("\t"));
    return;
  }
  const { rows, seconds, cpu, rss } = JSON.parse(stdout) as { rows: number; seconds: number; cpu: number; rss: number };
  console.log([name, reader, rows, seconds.toFixed(2), Math.round(rows / seconds), cpu.toFixed(2), Math.round(rows / cpu), Math.round(rss)].join("\t"));
}

const installed = (name: string): boolean => {
  try {
    return createRequire(import.meta.url).resolve(name) !== "";
  } catch {
    console.log(`${name} is not installed: left out`);
    return false;
  }
};

writeText("posts.csv", `\ufeff${header.join(",")}\r\n`, csvLine);
writeText("posts.jsonl", "", jsonLine);
await writeWorkbook("posts.xlsx");
console.log(`${count} rows · ${["posts.csv", "posts.jsonl", "posts.xlsx"].map((name) => `${name} ${(statSync(path(name)).size / 1e6).toFixed(0)} MB`).join(" · ")}`);
console.log(["file", "reader", "rows", "seconds", "rows/s", "cpu s", "rows/cpu s", "peak MB"].join("\t"));
for (const reader of ["csv-parse", "papaparse"].filter(installed)) measure(reader, "posts.csv");
for (const name of ["posts.csv", "posts.jsonl", "posts.xlsx"]) for (const reader of ["rows", "import"]) measure(reader, name);
if (values.big) {
  writeBig("big.csv");
  measure("import", "big.csv");
}
if (values.keep) console.log(`kept: ${folder}`);
else rmSync(folder, { recursive: true, force: true });
