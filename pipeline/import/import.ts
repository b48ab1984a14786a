import type { Message } from "../errors.ts";
import type { Account, Post } from "../schema.ts";
import { Artefacts } from "./doubts/artefacts.ts";
import { DatasetReader } from "./posts/dataset.ts";
import { AccountBuilder } from "./posts/account.ts";
import { authorOfPath } from "./posts/author.ts";
import { isKnownHeader, noText, planColumns, type ImportColumn, type Mapping, type Plan } from "./posts/headers.ts";
import { inputOf, type Input } from "./open/inputs.ts";
import { RowLayouts } from "./tables/layouts.ts";
import { Notes, type Suspicion } from "./doubts/notes.ts";
import { openFile, type Source } from "./open/open.ts";
import { PostBuilder, type PostOptions } from "./posts/post.ts";
import { Pseudonyms } from "./privacy/privacy.ts";
import { profileText, readProfile } from "./posts/profile.ts";
import { readRows, type Reading } from "./tables/read.ts";
import type { Reject } from "./tables/rejects.ts";
import type { RawRow, RejectCode, RowBatch } from "./tables/rows.ts";
import { tableText } from "./tables/table-text.ts";
import { guessTextColumn } from "./tables/table.ts";
import { detached } from "./posts/values.ts";

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
  /** What files of the recognised export cannot tell; null when nothing is known to be missing. */
  formatNote: Message | null;
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

/** Rows by which a table's ambiguous headers, rounded ids and midnight times are judged; fewer when they are long (characters as written). */
const sampleRows = 2000;
const sampleLength = 8_000_000;

/** Imports one file in batches of some thousand posts at most. Iterate once; then `summary()`. Throws YuqingError (exit 2) for a file that cannot be used at all. */
export class FileImport implements AsyncIterable<ImportBatch> {
  readonly #input: Input;
  readonly #file: number;
  readonly #options: ImportOptions;
  readonly notes = new Notes();
  readonly #artefacts: Artefacts;
  readonly #rejectedBy = new Map<RejectCode, number>();
  readonly #reading: Reading = { format: "csv", encoding: null, delimiter: null, headed: true, headerLine: 0, skippedSheets: [] };
  readonly #pseudonyms: Pseudonyms;
  #source: Source | null = null;
  #sha256 = "";
  #plan: Plan | null = null;
  #header: readonly string[] = [];
  /** Header as the table has it, and the layouts of the tool that wrote it. */
  #written: readonly string[] = [];
  #headed = true;
  #layouts: RowLayouts | null = null;
  #formatNote: Message | null = null;
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
    this.#artefacts = new Artefacts(this.notes, options.utcOffsetMs);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ImportBatch> {
    const saved = this.#options.profile === undefined ? { columns: {} } : readProfile(this.#options.profile);
    const mapping: Mapping = { ...saved, columns: { ...saved.columns, ...this.#options.columns } };
    const source = await openFile(this.#input);
    this.#source = source;
    const cellLimit = this.#options.cellLimit ?? 1_000_000;
    const rows = readRows(source, { cellLimit, mapped: Object.values(mapping.columns).flatMap((headers) => headers ?? []) }, this.#reading, this.notes);
    let builder: Builder | null = null;
    for await (const read of tables(rows)) {
      const { header: written, sheet, rows: raw } = read;
      this.#headed = read.headed;
      if (written.length === 0 && raw.length === 0) continue;
      // Rows of a rejects.csv whose table is unknown: all are faults.
      if (written.length === 0 && this.#reading.format === "rejects") {
        yield this.#build(null, read, source.name, cellLimit);
        continue;
      }
      const { header, batch } = this.#placed(written, raw);
      if (builder === null || header !== this.#header || header.length !== this.#plan!.width) {
        if (header !== this.#header) this.#plan = null;
        this.#header = header;
        const first = this.#plan === null;
        this.#plan = this.#planFor(header, batch, mapping);
        if (first && !this.#growing) this.#headerNotes(this.#plan, header);
        this.#formatNote ??= this.#plan.note;
        const { utcOffsetMs, privacy, platform } = this.#options;
        const fileAuthor = this.#plan.format?.authorOfPath ? authorOfPath(raw[0]?.origin?.name ?? this.#input.entry ?? this.#input.path) : null;
        const options = { file: this.#file, utcOffsetMs, pseudonyms: this.#pseudonyms, privacy, platform: platform ?? null, sheet: sheet?.index ?? 0, fileAuthor };
        builder = builderOf(this.#plan, header, batch, options, this.notes);
        this.#artefacts.table(this.#plan, batch);
      }
      const name = sheet === null || sheet.index === 0 ? source.name : `${source.name}#${sheet.name}`;
      yield this.#build(builder, { ...read, rows: batch }, name, cellLimit);
    }
    if (this.#growing && this.#plan !== null) {
      // A mapped key of a JSON file had until now to appear.
      planColumns(this.#header, [], mapping, this.#source!.path);
      this.#headerNotes(this.#plan, this.#header);
    }
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
      formatNote: this.#formatNote,
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

  /** The mapping of the file (of a workbook: of its last sheet) as a profile to save; null before the first row. */
  profileText(name: string): string | null {
    return this.#plan === null ? null : profileText(this.#plan, this.#header, name);
  }

  #closingNotes(): void {
    if (this.#kept + this.#accounts + this.#rejected === 0) this.notes.add("NO_ROWS", 0);
    if ((this.#kept - this.#timed) * 5 > this.#kept) this.notes.add("TIME_MISSING", 0, this.#kept - this.#timed);
    if (this.#dayOnly > 0) this.notes.add("TIME_DAY_ONLY", 0, this.#dayOnly);
    this.#artefacts.close();
  }

  #headerNotes(plan: Plan, header: readonly string[]): void {
    const unknown = header.filter((name) => !isKnownHeader(name) && !/#\d+$|^列\d+$/.test(name)).length;
    const again = header.filter((name) => /#\d+$/.test(name)).length;
    const texts = plan.columns.get("text")?.length ?? 0;
    if (unknown > 0) this.notes.add("HEADER_UNKNOWN", 0, unknown);
    if (again > 0) this.notes.add("HEADER_DUPLICATE", 0, again);
    if (texts > 1) this.notes.add("TEXT_COLUMNS", 0, texts);
  }

  /** The rows under the names of the version of the tool that wrote them (layouts.ts). */
  #placed(header: readonly string[], rows: readonly RawRow[]): { header: readonly string[]; batch: readonly RawRow[] } {
    if (this.#growing) return { header, batch: rows };
    if (header !== this.#written) [this.#written, this.#layouts] = [header, RowLayouts.of(header)];
    const layouts = this.#layouts;
    if (layouts === null) return { header, batch: rows };
    const batch = rows.map((raw) => {
      const { row, realigned } = layouts.place(raw, this.#reading.format === "xlsx");
      if (realigned) this.notes.add("ROW_REALIGNED", row.line);
      return row;
    });
    return { header: layouts.header, batch };
  }

  #planFor(header: readonly string[], sample: readonly RawRow[], mapping: Mapping): Plan {
    const cells = sample.map((row) => row.cells);
    if (this.#headed || mapping.columns["text"] !== undefined) return planColumns(header, cells, mapping, this.#source!.path, this.#growing);
    const guess = guessTextColumn(sample, header.length);
    if (guess < 0) throw noText(header, this.#source!.path);
    this.notes.add("HEADER_GUESSED", 1);
    return planColumns(header, cells, { ...mapping, columns: { ...mapping.columns, text: `列${guess + 1}` } }, this.#source!.path);
  }

  #build(builder: Builder | null, batch: Readonly<RowBatch>, name: string, cellLimit: number): ImportBatch {
    const posts: Post[] = [];
    const accounts: Account[] = [];
    const rejects: Reject[] = [];
    let table: Reject["table"] | null = null;
    for (const row of batch.rows) {
      const result = row.fault ?? (hasLongCell(row, cellLimit) ? "CELL_TOO_LONG" : builder!.build(row));
      if (typeof result !== "string") {
        if (!isPost(result)) {
          accounts.push(result);
          continue;
        }
        posts.push(result);
        this.#artefacts.post(row, result);
        if (result.published_ms !== null) this.#timed++;
        if (result.precision === "day") this.#dayOnly++;
        continue;
      }
      table ??= { key: `${this.#file}.${batch.table}`, text: tableText(batch) };
      const raw = result === "CELL_TOO_LONG" || row.raw.length > cellLimit ? "" : detached(row.raw);
      rejects.push({ file: this.#file, name, line: row.line, lineTo: row.lineTo, byteFrom: row.byteFrom, byteTo: row.byteTo, code: result, detail: row.detail, raw, table });
      this.#rejectedBy.set(result, (this.#rejectedBy.get(result) ?? 0) + 1);
      this.#artefacts.rejected(result, row.line);
    }
    this.#kept += posts.length;
    this.#accounts += accounts.length;
    this.#rejected += rejects.length;
    return { posts, accounts, rejects };
  }
}

function hasLongCell({ cells }: RawRow, limit: number): boolean {
  for (const cell of cells) if (cell.length > limit) return true;
  return false;
}

const isPost = (record: Post | Account): record is Post => "id" in record;

type Builder = PostBuilder | AccountBuilder | DatasetReader;

function builderOf(plan: Plan, header: readonly string[], sample: readonly RawRow[], options: PostOptions, notes: Notes): Builder {
  if (plan.format?.dataset) return new DatasetReader(header, options);
  return plan.kind === "account" ? new AccountBuilder(plan, header, options, notes) : new PostBuilder(plan, header, sample, options, notes);
}

/** Gathers the first rows of each table, and those from where a JSON header has grown, until there are enough to decide by; passes the other batches on as they come. */
async function* tables(batches: AsyncIterable<RowBatch>): AsyncGenerator<RowBatch> {
  let gathered: RowBatch[] = [];
  let count = 0;
  let length = 0;
  let decided: { header: readonly string[]; width: number } | null = null;
  const take = (): RowBatch => {
    const batch = joined(gathered);
    gathered = [];
    count = length = 0;
    return batch;
  };
  for await (const batch of batches) {
    if (gathered[0] && gathered[0].header !== batch.header) yield take();
    if (gathered.length === 0 && batch.header === decided?.header && batch.header.length === decided.width) {
      if (batch.rows.length > 0) yield batch;
      continue;
    }
    gathered.push(batch);
    count += batch.rows.length;
    for (const { raw } of batch.rows) length += raw.length;
    if (count < sampleRows && length < sampleLength) continue;
    decided = { header: batch.header, width: batch.header.length };
    yield take();
  }
  if (gathered.length > 0) yield take();
}

const joined = (batches: readonly RowBatch[]): RowBatch => ({ ...batches[0]!, rows: batches.flatMap(({ rows }) => rows) });

export const importFile = (input: string | Input, file: number, options: ImportOptions): FileImport => new FileImport(typeof input === "string" ? inputOf(input) : input, file, options);
