import type { Account, Post } from "../schema.ts";
import { isKnownHeader, noText, planColumns, readProfile, type ImportColumn, type Plan } from "./headers.ts";
import { inputOf, type Input } from "./inputs.ts";
import { Notes, type Suspicion } from "./notes.ts";
import { openFile, type Source } from "./open.ts";
import { PostBuilder } from "./post.ts";
import { Pseudonyms } from "./privacy.ts";
import { readRows, type Reading } from "./read.ts";
import type { Reject } from "./rejects.ts";
import type { RawRow, RejectCode, RowBatch } from "./rows.ts";
import { guessTextColumn } from "./table.ts";
import { detached } from "./values.ts";

export interface ImportOptions {
  /** Our column → header in the file (or 列N); wins over the profile and the alias table. */
  columns?: Readonly<Record<string, string>>;
  /** Path of a saved mapping (YAML: `columns:` of the same shape). */
  profile?: string;
  /** Characters of one cell above which the row is rejected. */
  cellLimit?: number;
  /** Zone of times without one, milliseconds added to UTC. */
  utcOffsetMs: number;
  /** Secret key of the author pseudonyms. */
  key: string | Uint8Array;
  privacy: "masked" | "internal";
  /** Platform of posts whose file does not say. */
  platform?: string;
}

export interface ImportBatch {
  posts: Post[];
  /** Rows of a file of accounts. */
  accounts: Account[];
  rejects: Reject[];
}

/** Facts of one imported file; complete after the last batch. read = kept + accounts + rejected. */
export interface ImportSummary {
  file: number;
  name: string;
  bytes: number;
  sha256: string;
  format: string;
  /** Name of the recognised export ("MediaCrawler 微博"); null when none was. */
  profile: string | null;
  encoding: string | null;
  delimiter: string | null;
  compression: string | null;
  /** Every header with the column that it feeds; null: not used. */
  headers: { header: string; column: ImportColumn | null; known: boolean }[];
  read: number;
  /** Rows that became posts. */
  kept: number;
  /** Rows that describe accounts. */
  accounts: number;
  rejected: number;
  rejectedBy: ReadonlyMap<RejectCode, number>;
  suspicions: Suspicion[];
  /** Sheets of a workbook that were left out. */
  skippedSheets: readonly string[];
}

/** Rows by which a table's ambiguous headers, rounded ids and midnight times are judged. */
const sampleRows = 2000;

/** Imports one file in batches of some thousand posts at most. Iterate once; then `summary()`. Throws YuqingError (exit 2) for a file that cannot be used at all. */
export class FileImport implements AsyncIterable<ImportBatch> {
  readonly #input: Input;
  readonly #file: number;
  readonly #options: ImportOptions;
  readonly notes = new Notes();
  readonly #rejectedBy = new Map<RejectCode, number>();
  readonly #reading: Reading = { format: "csv", encoding: null, delimiter: null, headed: true, skippedSheets: [] };
  readonly #pseudonyms: Pseudonyms;
  #source: Source | null = null;
  #sha256 = "";
  #plan: Plan | null = null;
  #header: readonly string[] = [];
  #kept = 0;
  #accounts = 0;
  #timed = 0;
  #dayOnly = 0;
  #rejected = 0;

  constructor(input: Input, file: number, options: ImportOptions) {
    this.#input = input;
    this.#file = file;
    this.#options = options;
    this.#pseudonyms = new Pseudonyms(options.key);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ImportBatch> {
    const explicit = { ...(this.#options.profile === undefined ? {} : readProfile(this.#options.profile)), ...this.#options.columns };
    const source = await openFile(this.#input);
    this.#source = source;
    const cellLimit = this.#options.cellLimit ?? 1_000_000;
    const rows = readRows(source, { cellLimit, mapped: Object.values(explicit) }, this.#reading, this.notes);
    let builder: PostBuilder | null = null;
    for await (const { header, sheet, rows: batch } of tables(rows)) {
      if (header.length === 0 && batch.length === 0) continue;
      if (builder === null || header !== this.#header || header.length !== this.#plan!.width) {
        if (header !== this.#header) this.#plan = null;
        this.#header = header;
        const first = this.#plan === null;
        this.#plan = this.#planFor(header, batch, explicit);
        if (first) this.#headerNotes(this.#plan, header);
        const { utcOffsetMs, privacy, platform } = this.#options;
        builder = new PostBuilder(this.#plan, header, batch, { file: this.#file, utcOffsetMs, pseudonyms: this.#pseudonyms, privacy, platform: platform ?? null, sheet: sheet?.index ?? 0 }, this.notes);
      }
      yield this.#build(builder, batch, sheet === null || sheet.index === 0 ? source.name : `${source.name}#${sheet.name}`, cellLimit);
    }
    // A mapped key of a JSON file had until now to appear.
    if (this.#growing && this.#plan !== null) planColumns(this.#header, [], explicit, this.#input.path);
    this.#closingNotes();
    this.#sha256 = await source.sha256();
  }

  get #growing(): boolean {
    return this.#reading.format === "json" || this.#reading.format === "jsonl";
  }

  /** Share of the file read so far, in [0, 1]; for progress. */
  share(): number {
    return this.#source === null ? 0 : this.#source.bytesRead() / this.#source.bytes;
  }

  summary(): ImportSummary {
    const used = new Map<number, ImportColumn>();
    for (const [column, cells] of this.#plan?.columns ?? []) for (const i of cells) if (!used.has(i)) used.set(i, column);
    return {
      file: this.#file,
      name: this.#input.name,
      bytes: this.#source?.bytes ?? 0,
      sha256: this.#sha256,
      format: this.#reading.format,
      profile: this.#plan?.format?.name ?? null,
      encoding: this.#reading.encoding,
      delimiter: this.#reading.delimiter,
      compression: this.#source?.compression ?? null,
      headers: this.#header.map((header, i) => ({ header, column: used.get(i) ?? null, known: isKnownHeader(header) })),
      read: this.#kept + this.#accounts + this.#rejected,
      kept: this.#kept,
      accounts: this.#accounts,
      rejected: this.#rejected,
      rejectedBy: this.#rejectedBy,
      suspicions: this.notes.list(),
      skippedSheets: this.#reading.skippedSheets,
    };
  }

  #closingNotes(): void {
    if (this.#kept + this.#accounts + this.#rejected === 0) this.notes.add("NO_ROWS", 0);
    if ((this.#kept - this.#timed) * 5 > this.#kept) this.notes.add("TIME_MISSING", 0, this.#kept - this.#timed);
    if (this.#dayOnly > 0) this.notes.add("TIME_DAY_ONLY", 0, this.#dayOnly);
  }

  #headerNotes(plan: Plan, header: readonly string[]): void {
    const unknown = header.filter((name) => !isKnownHeader(name) && !/#\d+$|^列\d+$/.test(name)).length;
    const again = header.filter((name) => /#\d+$/.test(name)).length;
    const texts = plan.columns.get("text")?.length ?? 0;
    if (unknown > 0) this.notes.add("HEADER_UNKNOWN", 0, unknown);
    if (again > 0) this.notes.add("HEADER_DUPLICATE", 0, again);
    if (texts > 1) this.notes.add("TEXT_COLUMNS", 0, texts);
  }

  #planFor(header: readonly string[], sample: readonly RawRow[], explicit: Readonly<Record<string, string>>): Plan {
    const cells = sample.map((row) => row.cells);
    if (this.#reading.headed || explicit["text"] !== undefined) return planColumns(header, cells, explicit, this.#input.path, this.#growing);
    const guess = guessTextColumn(sample, header.length);
    if (guess < 0) throw noText(header, this.#input.path);
    this.notes.add("HEADER_GUESSED", 1);
    return planColumns(header, cells, { ...explicit, text: `列${guess + 1}` }, this.#input.path);
  }

  #build(builder: PostBuilder, rows: readonly RawRow[], name: string, cellLimit: number): ImportBatch {
    const posts: Post[] = [];
    const accounts: Account[] = [];
    const rejects: Reject[] = [];
    for (const row of rows) {
      const tooLong = row.raw.length > cellLimit && row.cells.some((cell) => cell.length > cellLimit);
      const result = row.fault ?? (tooLong ? "CELL_TOO_LONG" : builder.build(row));
      if (typeof result !== "string") {
        posts.push(result);
        if (result.published_ms !== null) this.#timed++;
        if (result.precision === "day") this.#dayOnly++;
        continue;
      }
      rejects.push({ file: this.#file, name, line: row.line, lineTo: row.lineTo, code: result, detail: row.detail, raw: detached(row.raw.slice(0, 500)) });
      this.#rejectedBy.set(result, (this.#rejectedBy.get(result) ?? 0) + 1);
    }
    this.#kept += posts.length;
    this.#accounts += accounts.length;
    this.#rejected += rejects.length;
    return { posts, accounts, rejects };
  }
}

/** Gathers the first rows of each table until there are enough to decide by; then passes batches on as they come. */
async function* tables(batches: AsyncIterable<RowBatch>): AsyncGenerator<RowBatch> {
  let gathered: RowBatch[] = [];
  let decided: readonly string[] | null = null;
  for await (const batch of batches) {
    if (gathered[0] && gathered[0].header !== batch.header) {
      yield joined(gathered);
      gathered = [];
    }
    if (batch.header === decided) {
      if (batch.rows.length > 0) yield batch;
      continue;
    }
    gathered.push(batch);
    if (gathered.reduce((sum, { rows }) => sum + rows.length, 0) < sampleRows) continue;
    yield joined(gathered);
    gathered = [];
    decided = batch.header;
  }
  if (gathered.length > 0) yield joined(gathered);
}

const joined = (batches: readonly RowBatch[]): RowBatch => ({ ...batches[0]!, rows: batches.flatMap(({ rows }) => rows) });

export const importFile = (input: string | Input, file: number, options: ImportOptions): FileImport => new FileImport(typeof input === "string" ? inputOf(input) : input, file, options);
