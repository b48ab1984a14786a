import { exampleLines } from "./notes.ts";
import { detached } from "../posts/values.ts";

/** How often a value occurs, where first, and a few different things that stood beside it. */
export interface Entry {
  count: number;
  lines: number[];
  witnesses: Set<string>;
}

const mostValues = 2000;
const mostWitnesses = 5;
const fewest = 20;
const firstRows = 10_000;

/** Equality that looks at the end first, where ids and keys of one length differ. */
const isSame = (a: string, b: string): boolean => a.length === b.length && a.charCodeAt(a.length - 1) === b.charCodeAt(b.length - 1) && a === b;

/**
 * Counts values to find one that fills its column, in bounded memory and little time: the first 2,000 different values of the first 10,000 rows,
 * and from then on the most frequent of them alone. (A value that becomes common only later is not found.)
 */
export class Tally {
  #entries = new Map<string, Entry>();
  #leader: string | null = null;
  #total = 0;

  add(value: string, line: number, witness: string | null = null): void {
    this.#total++;
    if (this.#total > firstRows && this.#leader === null) this.#settle();
    if (this.#leader !== null && !isSame(value, this.#leader)) return;
    let entry = this.#entries.get(value);
    if (entry === undefined) {
      if (this.#entries.size >= mostValues) return;
      this.#entries.set(detached(value), (entry = { count: 0, lines: [], witnesses: new Set() }));
    }
    entry.count++;
    if (entry.lines.length < exampleLines) entry.lines.push(line);
    if (witness !== null && entry.witnesses.size < mostWitnesses) entry.witnesses.add(detached(witness));
  }

  #settle(): void {
    const [leader] = [...this.#entries].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1));
    this.#leader = leader![0];
    this.#entries = new Map([leader!]);
  }

  /** The value that fills more than this share (in [0, 1]) of 20 or more; null when there is none. */
  dominant(share: number): (Entry & { value: string; varied: boolean }) | null {
    if (this.#total < fewest) return null;
    for (const [value, entry] of this.#entries) {
      if (entry.count > this.#total * share && entry.count * 2 >= fewest) return { value, ...entry, varied: entry.witnesses.size >= mostWitnesses };
    }
    return null;
  }
}
