import type { CsvRecord } from "./csv.ts";
import type { RawRow, RejectCode } from "./rows.ts";

/** Characters of no count and no placeholder: 1.2万, 10w+ and -- may stand where the first rows have digits only. */
const noCount = /[^\d.,+\-—/ 万亿wWkK]/;
const faults: ReadonlySet<RejectCode | null> = new Set(["UNCLOSED_QUOTE", "STRAY_QUOTE", "ROW_SHORT", "ROW_LONG"]);

/**
 * Finds rows that have the table's width and are broken all the same. A line break in an unquoted cell leaves a line of one cell: it is the end of the row
 * before or the beginning of the row after, and nothing tells which, so both are rejected (not across a quoted cell, which is whole). A row that follows a
 * faulty one may be the end of its broken cell: it is rejected if it has words where the table has counts only.
 */
export class BrokenRows {
  readonly #digits: readonly number[];
  readonly #quote: string;
  readonly #width: number;
  /** The last row: the next one may show that it is broken. */
  #held: RawRow | null = null;
  #after: "fragment" | "fault" | null = null;

  /** `digits`: columns of digits only. `width`: cells of a row. */
  constructor({ digits, quote, width }: { digits: readonly number[]; quote: string; width: number }) {
    this.#digits = digits;
    this.#quote = quote;
    this.#width = width;
  }

  /** Takes the next row; returns the one before it, null at the first. */
  next(record: CsvRecord, row: RawRow): RawRow | null {
    const fragment = row.fault === "ROW_SHORT" && record.cells.length === 1 && !this.#isForeign(row.raw);
    const released = this.#held !== null && fragment && !this.#held.raw.endsWith(this.#quote) ? broken(this.#held) : this.#held;
    const begun = this.#after === "fragment" && !row.raw.startsWith(this.#quote);
    const swallowed = this.#after !== null && this.#digits.some((i) => noCount.test(row.cells[i] ?? ""));
    this.#held = begun || swallowed ? broken(row) : row;
    this.#after = fragment ? "fragment" : faults.has(row.fault) ? "fault" : null;
    return released;
  }

  /** A whole row that was written with another delimiter. */
  #isForeign(raw: string): boolean {
    return [";", "\t", "|"].some((delimiter) => raw.split(delimiter).length >= this.#width);
  }

  get last(): RawRow | null {
    return this.#held;
  }
}

const broken = (row: RawRow): RawRow => (row.fault === null ? { ...row, cells: [], fault: "ROW_BROKEN" } : row);
