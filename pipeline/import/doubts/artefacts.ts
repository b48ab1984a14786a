import type { Post } from "../../schema.ts";
import { CalendarArtefacts } from "./calendar.ts";
import { IdArtefacts } from "./ids.ts";
import { ShiftedColumns } from "./shift.ts";
import { ZoneArtefacts } from "./zones.ts";
import type { Plan } from "../posts/headers.ts";
import { exampleLines, type Notes } from "./notes.ts";
import type { RawRow, RejectCode } from "../tables/rows.ts";
import { Tally } from "./tally.ts";

/** A text that is one number of so many digits says nothing: noted from so many rows on, and from this share of the posts with own words. 666 and phone numbers happen. */
const number = /^\d{6,}$/;
const leastNumbers = { rows: 20, share: 0.01 };

/**
 * Looks for what a collection or an export has done to a file: fed with every row as it passes, it notes at the end what only many rows show.
 * Memory is bounded whatever the file. A finding changes no row; it says which rows, and `notes.ts` what it bends.
 */
export class Artefacts {
  readonly #notes: Notes;
  readonly #utcOffsetMs: number;
  readonly #calendar: CalendarArtefacts;
  readonly #zones: ZoneArtefacts;
  readonly #ids = new IdArtefacts();
  readonly #texts = new Tally();
  readonly #ragged: number[] = [];
  #raggedRows = 0;
  readonly #numbers: number[] = [];
  #numberRows = 0;
  #worded = 0;
  #columns: ShiftedColumns | null = null;

  constructor(notes: Notes, utcOffsetMs: number) {
    this.#notes = notes;
    this.#utcOffsetMs = utcOffsetMs;
    this.#calendar = new CalendarArtefacts(utcOffsetMs);
    this.#zones = new ZoneArtefacts(utcOffsetMs);
  }

  /** A table begins, or its header has grown. `sample`: rows that show what its columns usually hold. */
  table(plan: Plan, sample: readonly RawRow[]): void {
    this.#columns = new ShiftedColumns(plan, sample, this.#utcOffsetMs);
    this.#zones.table(plan);
    this.#ids.table(plan);
  }

  /** A row that became a post. */
  post(row: RawRow, post: Post): void {
    this.#calendar.add(post);
    this.#zones.add(row, post);
    this.#ids.add(row, post, this.#notes);
    if (post.text_key !== null) this.#texts.add(post.text_key, row.line);
    this.#ownWords(post, row.line);
    if (this.#columns!.isShifted(row.cells, post)) this.#notes.add("COLUMN_SHIFTED", row.line);
  }

  #ownWords({ own }: Post, line: number): void {
    if (own === null) return;
    this.#worded++;
    if (!number.test(own.trim())) return;
    this.#numberRows++;
    if (this.#numbers.length < exampleLines) this.#numbers.push(line);
  }

  rejected(code: RejectCode, line: number): void {
    if (code !== "ROW_SHORT" && code !== "ROW_LONG") return;
    this.#raggedRows++;
    if (this.#ragged.length < exampleLines) this.#ragged.push(line);
  }

  /** Notes what the whole file shows. */
  close(): void {
    if (this.#raggedRows > 0) this.#notes.set("ROWS_RAGGED", this.#raggedRows, this.#ragged);
    this.#calendar.close(this.#notes);
    this.#zones.close(this.#notes);
    this.#ids.close(this.#notes);
    const repeated = this.#texts.dominant(0.3);
    if (repeated !== null) this.#notes.set("TEXT_REPEATED", repeated.count, repeated.lines);
    if (this.#numberRows >= Math.max(leastNumbers.rows, leastNumbers.share * this.#worded)) this.#notes.set("TEXT_DIGITS", this.#numberRows, this.#numbers);
  }
}
