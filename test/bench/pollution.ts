import Papa from "papaparse";
import { parse as csvParse } from "csv-parse/sync";
import { YuqingError } from "../../pipeline/errors.ts";
import { Notes } from "../../pipeline/import/doubts/notes.ts";
import type { TextSource } from "../../pipeline/import/open/open.ts";
import { readRows, type Reading } from "../../pipeline/import/tables/read.ts";

/**
 * npx tsx test/bench/pollution.ts: every single pollution of a clean table, after Pollock (Vitagliano et al., VLDB 2023): the public suite's rules on an
 * invented table of 83 rows and 9 columns with quotes, delimiters and line breaks in its cells. Counts, by kind of pollution: files with a wrong row (a kept
 * row whose cells are not those of a clean row), files with a row lost unlisted (its line lies in no kept or rejected record), crashes, files refused as a whole,
 * and files whose untouched rows are all kept.
 */
const header = ["微博id", "微博正文", "发布时间", "用户昵称", "转发数", "评论数", "点赞数", "发布位置", "话题"];
const words = ["地铁", "早高峰", "停运", "通知", "客流", "站台", "说明", "道歉", "换乘", "班次"];
const word = (n: number): string => words[n % words.length]!;

/** The clean row `i`; some cells need quotes. */
function cleanRow(i: number): string[] {
  const plain = `${word(i)}${word(i * 3 + 1)}，第${i}次`;
  const text = i % 5 === 0 ? `${plain},真的` : i % 7 === 0 ? `他说"${plain}"` : i % 11 === 0 ? `${plain}\n第二行` : i % 13 === 0 ? `"${plain}", 一"二"\n三, 四` : plain;
  return [String(5_000_000_000_000_000 + i), text, `2024-05-${String(1 + (i % 28)).padStart(2, "0")} 10:${String(i % 60).padStart(2, "0")}`, `用户${word(i)}${i}`, String(i % 9), String(i % 4), String(i * 2), i % 6 === 0 ? "山东, 济南" : i % 4 === 0 ? "" : "山东", i % 8 === 0 ? "" : `#${word(i + 2)}#`];
}
export const table: string[][] = [header, ...Array.from({ length: 83 }, (_, i) => cleanRow(i + 1))];

const quotedCell = (cell: string, quote = '"', delimiter = ","): string => (cell.includes(delimiter) || cell.includes(quote) || /[\r\n"]/.test(cell) ? quote + cell.replaceAll(quote, quote + quote) + quote : cell);
const fields = table.map((row) => row.map((cell) => quotedCell(cell)));
const line = (cells: readonly string[], delimiter = ","): string => cells.join(delimiter);
const file = (lines: readonly string[], end = "\n"): string => lines.map((text) => text + end).join("");
const lines = fields.map((cells) => line(cells));
/** The clean file with one row (0: the header) replaced. */
const withLine = (row: number, text: string): string => file(lines.map((old, i) => (i === row ? text : old)));
const withCell = (row: number, column: number, text: string): string => withLine(row, line(fields[row]!.map((old, i) => (i === column ? text : old))));
const cut = (text: string, at: number, added: string): string => text.slice(0, at) + added + text.slice(at);

export interface Polluted {
  kind: string;
  bytes: Buffer;
  /** Row that was changed (0: the header); null when the whole file was. */
  row: number | null;
}

export function* polluted(): Generator<Polluted> {
  const make = (kind: string, text: string, row: number | null = null): Polluted => ({ kind, bytes: Buffer.from(text), row });
  for (let row = 0; row < table.length; row++) {
    const cells = fields[row]!;
    for (let column = 0; column < header.length; column++) {
      const cell = cells[column]!;
      yield make("delimiter added", withLine(row, line([...cells.slice(0, column), "", ...cells.slice(column)])), row);
      if (column > 0) {
        const [left, right] = [cells.slice(0, column), cells.slice(column)];
        yield make("delimiter removed", withLine(row, line(left) + line(right)), row);
        yield make("delimiter replaced by ;", withLine(row, `${line(left)};${line(right)}`), row);
        yield make("line break before a cell", withLine(row, `${line(left)},\n${line(right)}`), row);
      }
      yield make("cell removed", withLine(row, line(cells.filter((_, i) => i !== column))), row);
      yield make("quote before the cell", withCell(row, column, `"${cell}`), row);
      yield make("quote after the cell", withCell(row, column, `${cell}"`), row);
      if (cell.length > 1) yield make("quote inside the cell", withCell(row, column, cut(cell, cell.length >> 1, '"')), row);
      if (!cell.startsWith('"') && cell.length > 1) yield make("line break inside an unquoted cell", withCell(row, column, cut(cell, cell.length >> 1, "\n")), row);
      if (cell.startsWith('"')) {
        yield make("opening quote removed", withCell(row, column, cell.slice(1)), row);
        yield make("closing quote removed", withCell(row, column, cell.slice(0, -1)), row);
        yield make("both quotes removed", withCell(row, column, cell.slice(1, -1)), row);
        yield make("quotes replaced by '", withCell(row, column, `'${cell.slice(1, -1).replaceAll('""', '"')}'`), row);
        if (cell.slice(1, -1).includes('""')) {
          yield make("escape replaced by \\", withCell(row, column, `"${cell.slice(1, -1).replaceAll('""', '\\"')}"`), row);
          yield make("escape removed", withCell(row, column, `"${cell.slice(1, -1).replaceAll('""', '"')}"`), row);
          yield make("one escape removed", withCell(row, column, `"${cell.slice(1, -1).replace('""', '"')}"`), row);
        }
      }
      yield make("NUL in the cell", withCell(row, column, cut(cell, cell.length >> 1, "\0")), row);
      yield make("byte-order mark in the cell", withCell(row, column, cut(cell, cell.length >> 1, "\ufeff")), row);
    }
    yield make("all delimiters of a row ;", withLine(row, line(cells, ";")), row);
    yield make("all delimiters of a row TAB", withLine(row, line(cells, "\t")), row);
    yield make("blank line", file([...lines.slice(0, row), "", ...lines.slice(row)]));
    yield make("line end CR", lines.map((text, i) => text + (i === row ? "\r" : "\n")).join(""));
    yield make("line end CRLF", lines.map((text, i) => text + (i === row ? "\r\n" : "\n")).join(""));
    if (row + 1 < table.length) yield make("line end removed", lines.map((text, i) => (i === row ? text : `${text}\n`)).join(""), row);
    yield make("header repeated", file([...lines.slice(0, row + 1), lines[0]!, ...lines.slice(row + 1)]));
    yield make("cells ended by empty ones", withLine(row, `${lines[row]},,`), row);
    yield make("byte-order mark before the row", withLine(row, `\ufeff${lines[row]}`));
    yield make("file cut in the row", file(lines.slice(0, row)) + lines[row]!.slice(0, lines[row]!.length >> 1), row);
  }
  for (const [name, delimiter] of [[";"], ["TAB", "\t"], ["|"], [", "], ["||"], ["::"], ["^"], ["，"], ["space", " "], ["U+0001", "\u0001"]] as const) {
    yield make(`whole file: delimiter ${name}`, file(table.map((row) => row.map((cell) => quotedCell(cell, '"', delimiter ?? name)).join(delimiter ?? name))));
  }
  yield make("whole file: quote '", file(table.map((row) => line(row.map((cell) => quotedCell(cell, "'"))))));
  yield make("whole file: escape \\", file(fields.map((row) => line(row.map((cell) => (cell.startsWith('"') ? `"${cell.slice(1, -1).replaceAll('""', '\\"')}"` : cell))))));
  yield make("whole file: all cells quoted", file(table.map((row) => line(row.map((cell) => `"${cell.replaceAll('"', '""')}"`)))));
  for (const [name, end] of [["CR", "\r"], ["CRLF", "\r\n"]] as const) yield make(`whole file: line end ${name}`, file(lines, end));
  yield make("whole file: no last line end", file(lines).slice(0, -1));
  yield make("whole file: no header", file(lines.slice(1)));
  for (const count of [1, 2, 5]) yield make("preamble", file([...Array.from({ length: count }, (_, i) => `导出说明第${i + 1}行`), ...lines]));
  for (const count of [1, 2]) yield make("footer", file([...lines, ...Array.from({ length: count }, (_, i) => `合计${i},83`)]));
  for (let column = 0; column < header.length; column++) {
    const names = (change: (name: string, i: number) => string[]): string => withLine(0, line(fields[0]!.flatMap(change)));
    yield make("header cell empty", names((name, i) => [i === column ? "" : name]), 0);
    yield make("header cell doubled", names((name, i) => (i === column ? [name, name] : [name])), 0);
    yield make("header cell named as its neighbour", names((name, i) => [i === column ? fields[0]![(i + 1) % header.length]! : name]), 0);
  }
}

interface Outcome {
  /** Cells of the kept rows. */
  rows: string[][];
  /** Physical lines of kept and rejected records and of the header. */
  covered: Set<number> | null;
  refused: boolean;
  crashed: boolean;
}

export async function ours(bytes: Buffer): Promise<Outcome> {
  const chunks = async function* (): AsyncGenerator<Buffer> {
    yield bytes;
  };
  const source: TextSource = { path: "x.csv", name: "x.csv", kind: "text", compression: null, bytes: bytes.length, chunks, bytesRead: () => 0, sha256: async () => "" };
  const reading: Reading = { format: "csv", encoding: null, delimiter: null, headed: true, headerLine: 0, skippedSheets: [] };
  const outcome: Outcome = { rows: [], covered: new Set(), refused: false, crashed: false };
  try {
    for await (const batch of readRows(source, { cellLimit: 1_000_000, mapped: [] }, reading, new Notes())) {
      // Without these names the import refuses the file.
      if (!batch.headed || !batch.header.includes("微博正文")) outcome.refused = true;
      for (const row of batch.rows) {
        if (row.fault === null) outcome.rows.push(row.cells);
        for (let at = row.line; at <= row.lineTo; at++) outcome.covered!.add(at);
      }
    }
  } catch (error) {
    if (error instanceof YuqingError) outcome.refused = true;
    else outcome.crashed = true;
  }
  for (let at = 1; at <= reading.headerLine; at++) outcome.covered!.add(at);
  if (outcome.refused) outcome.rows = [];
  return outcome;
}

function withoutHeader(read: () => string[][]): Outcome {
  try {
    return { rows: read().slice(1), covered: null, refused: false, crashed: false };
  } catch {
    return { rows: [], covered: null, refused: true, crashed: false };
  }
}
const readers: Record<string, (bytes: Buffer) => Promise<Outcome> | Outcome> = {
  yuqing: ours,
  papaparse: (bytes) => withoutHeader(() => Papa.parse<string[]>(bytes.toString("utf8"), { skipEmptyLines: true }).data),
  "csv-parse relaxed": (bytes) => withoutHeader(() => csvParse(bytes, { bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true }) as unknown as string[][]),
  "csv-parse skipping": (bytes) => withoutHeader(() => csvParse(bytes, { bom: true, skip_records_with_error: true, skip_empty_lines: true }) as unknown as string[][]),
};

export interface Score {
  files: number;
  /** Files with a wrong row, and such rows. */
  wrong: number;
  wrongRows: number;
  unlisted: number;
  crashed: number;
  refused: number;
  /** Files whose untouched rows are all kept. */
  whole: number;
}

const key = (cells: readonly string[]): string => JSON.stringify(cells);
const clean = new Set(table.slice(1).map(key));

export function judge({ bytes, row }: Polluted, { rows, covered, refused, crashed }: Outcome): Omit<Score, "files"> & { examples: string[] } {
  const found = new Set(rows.map(key));
  const wrong = [...found].filter((cells) => !clean.has(cells));
  const kept = table.slice(1).every((cells, i) => i + 1 === row || found.has(key(cells)));
  const text = bytes.toString("utf8").replaceAll("\0", "").split(/\r\n|\n|\r/);
  const unlisted = covered === null ? 0 : refused ? 0 : Number(text.some((part, i) => part.replace("\ufeff", "").trim() !== "" && !covered.has(i + 1)));
  return { wrong: Number(wrong.length > 0), wrongRows: wrong.length, unlisted, crashed: Number(crashed), refused: Number(refused), whole: Number(kept), examples: wrong };
}

export async function study(names: readonly string[] = Object.keys(readers)): Promise<{ reader: string; kinds: Map<string, Score>; examples: string[] }[]> {
  const results = [];
  for (const reader of names) {
    const kinds = new Map<string, Score>();
    const examples: string[] = [];
    for (const input of polluted()) {
      const score = kinds.get(input.kind) ?? { files: 0, wrong: 0, wrongRows: 0, unlisted: 0, crashed: 0, refused: 0, whole: 0 };
      const verdict = judge(input, await readers[reader]!(input.bytes));
      score.files++;
      for (const name of ["wrong", "wrongRows", "unlisted", "crashed", "refused", "whole"] as const) score[name] += verdict[name];
      if (verdict.examples.length > 0) examples.push(`${input.kind} row ${input.row}: ${verdict.examples[0]}`);
      kinds.set(input.kind, score);
    }
    results.push({ reader, kinds, examples });
  }
  return results;
}

if (process.argv[1]?.endsWith("pollution.ts")) {
  for (const { reader, kinds, examples } of await study(process.argv[2] ? [process.argv[2]] : undefined)) {
    const total = [...kinds.values()].reduce((sum, score) => Object.fromEntries(Object.entries(score).map(([name, n]) => [name, n + sum[name as keyof Score]])) as unknown as Score);
    console.log(`${reader}: ${JSON.stringify(total)}`);
    if (process.argv[2]) console.table(Object.fromEntries(kinds));
    if (process.argv[2]) console.log(examples.slice(0, 40).join("\n"));
  }
}
