import type { Post } from "../../schema.ts";
import type { ImportColumn, Plan } from "../posts/headers.ts";
import type { RawRow } from "../tables/rows.ts";
import { parseTime } from "../posts/times.ts";
import { known, parseCount } from "../posts/values.ts";

const countColumns = ["followers", "reposts", "comments", "likes", "reads"] as const satisfies readonly ImportColumn[];
/** A column is of a kind when at least this share of its cells is. */
const usual = 0.2;

/** A block of neighbouring columns of one kind (times, counts), with the columns beside it that are not of that kind. */
interface Block {
  from: number;
  to: number;
  before: number | null;
  after: number | null;
  fits(cell: string | undefined): boolean;
}

/** Finds rows that have the right number of cells but stand one column too far to the left or the right. */
export class ShiftedColumns {
  readonly #times: Block[];
  readonly #counts: Block[];

  constructor(plan: Plan, sample: readonly RawRow[], utcOffsetMs: number) {
    const isTime = (cell: string | undefined): boolean => looksLikeTime(cell, utcOffsetMs);
    const times = [...(plan.columns.get("time") ?? []), ...(plan.columns.get("captured") ?? [])];
    this.#times = blocks(times, plan.width, sample, isTime);
    this.#counts = blocks(countColumns.flatMap((column) => plan.columns.get(column) ?? []), plan.width, sample, isCount);
  }

  isShifted(cells: readonly string[], post: Post): boolean {
    if (post.published_ms === null && this.#times.some((block) => isMoved(block, cells))) return true;
    return this.#counts.some((block) => isMoved(block, cells));
  }
}

/** Moved to the right: the first cell holds something else and the column after the block holds what fits; to the left likewise. */
function isMoved({ from, to, before, after, fits }: Block, cells: readonly string[]): boolean {
  if (after !== null && isOther(cells[from], fits) && fits(cells[after])) return true;
  return before !== null && isOther(cells[to], fits) && fits(cells[before]);
}

const isOther = (cell: string | undefined, fits: Block["fits"]): boolean => known(cell) !== null && !fits(cell);
const isCount = (cell: string | undefined): boolean => parseCount(cell).value !== null;

/** A date with its signs, or an epoch: a bare small number is no time (Excel's serials are counts as well). */
function looksLikeTime(cell: string | undefined, utcOffsetMs: number): boolean {
  if (cell === undefined || cell.length > 64 || !/[-/:年]|^\d{10}(?:\d{3})?$/.test(cell)) return false;
  return parseTime(cell, utcOffsetMs, null).ms !== null;
}

function blocks(columns: readonly number[], width: number, sample: readonly RawRow[], fits: Block["fits"]): Block[] {
  const sorted = [...new Set(columns)].sort((a, b) => a - b);
  const starts = sorted.filter((column) => !sorted.includes(column - 1));
  const foreign = (column: number): number | null => (column >= 0 && column < width && share(column, sample, fits) < usual ? column : null);
  return starts.map((from) => {
    let to = from;
    while (sorted.includes(to + 1)) to++;
    return { from, to, before: foreign(from - 1), after: foreign(to + 1), fits };
  });
}

function share(column: number, sample: readonly RawRow[], fits: Block["fits"]): number {
  const rows = sample.filter(({ fault }) => fault === null);
  return rows.length === 0 ? 1 : rows.filter(({ cells }) => fits(cells[column])).length / rows.length;
}
