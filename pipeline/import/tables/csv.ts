/**
 * A streaming CSV reader that one unclosed quote cannot blind.
 *
 * RFC 4180 plus what exports really hold: LF, CRLF and CR line ends mixed; spaces between a closing quote and the delimiter; in a file that does not quote at
 * all (`strict` false), quotes as plain characters. A record whose quote never closes or stands where it may not, that grows beyond the limit, or whose inner
 * lines are themselves records of the table is given up: it becomes one faulty record, and reading resumes at the next line that parses strictly to the
 * table's width. The result does not depend on how the text is cut into pieces.
 */

export type CsvFault = "UNCLOSED_QUOTE" | "STRAY_QUOTE" | "CELL_TOO_LONG";

export interface CsvRecord {
  /** First and last physical line, from 1. */
  line: number;
  lineTo: number;
  /** Empty when `fault` is set. */
  cells: string[];
  /** The record as written, without its line end; of one that was given up at most `rawLimit` characters. */
  raw: string;
  fault: CsvFault | null;
}

export interface Dialect {
  /** One or several characters, no quote and no line end. */
  delimiter: string;
  quote: '"' | "'";
  /** Quotes inside unquoted cells, and undoubled ones inside quoted cells, are faults; else they are text. */
  strict: boolean;
}

export interface CsvOptions {
  /** How the table is written. */
  dialect: Dialect;
  /** Whether a record of so many cells fits the table; null while the header is unknown: then nothing is given up. */
  fits: ((cells: number) => boolean) | null;
  /** Characters of a record beyond which it is given up. */
  recordLimit: number;
  /** Characters kept of a record that is given up. */
  rawLimit: number;
  /** Number of the first physical line; 1 when left out. */
  firstLine?: number;
  /** Every closed quote is believed: the file is one that we wrote. */
  trusted?: boolean;
}

const lf = 10;
const cr = 13;
const space = 32;
const byteOrderMark = 0xfeff;
/** A record starting at the line where reading resumes must end within so many characters. */
const lookahead = 65_536;
const needMore = -2;

export class CsvReader {
  /** Text not yet turned into records; `#at` is the start of the current record. */
  #text = "";
  #at = 0;
  #line: number;
  #records: CsvRecord[] = [];
  /** The record being given up, while looking for the line to resume at. */
  #lost: CsvRecord | null = null;
  /** While looking: the rest of the current line is to be dropped. */
  #dropping = false;
  readonly #options: CsvOptions;
  readonly #dialect: Dialect;
  readonly #delimiter: number;
  readonly #quote: number;

  constructor(options: CsvOptions) {
    this.#options = options;
    this.#dialect = options.dialect;
    this.#delimiter = options.dialect.delimiter.charCodeAt(0);
    this.#quote = options.dialect.quote.charCodeAt(0);
    this.#line = options.firstLine ?? 1;
  }

  /** First physical line that is not yet part of a returned record. */
  get line(): number {
    return this.#lost?.line ?? this.#line;
  }

  /** Takes the next piece; returns the records that are complete (an empty line is none). `final`: no more text follows. */
  push(piece: string, final: boolean): CsvRecord[] {
    this.#text = this.#text.slice(this.#at) + piece;
    this.#at = 0;
    this.#records = [];
    while (this.#at < this.#text.length) {
      const moved = this.#lost ? this.#resume(final) : this.#emptyLine(final) || this.#record(final);
      if (!moved) break;
    }
    if (final && this.#lost) this.#giveUp(this.#dropping ? this.#line : this.#line - 1);
    return this.#records;
  }

  #emptyLine(final: boolean): boolean {
    const c = this.#text.charCodeAt(this.#at);
    if (c !== lf && (c !== cr || (this.#at + 1 >= this.#text.length && !final))) return false;
    this.#at = this.#afterLineEnd(this.#at);
    return true;
  }

  /** Reads one record; false when it needs more text. */
  #record(final: boolean): boolean {
    const text = this.#text;
    const start = this.#at;
    const n = text.length;
    const { delimiter: separator, quote: quoteText, strict } = this.#dialect;
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    const single = separator.length === 1;
    const tooLong = n - start > this.#options.recordLimit;
    const wait = (): boolean => (tooLong ? this.#lose("CELL_TOO_LONG") : false);
    const cells: string[] = [];
    let lines = 0;
    let stray = false;
    let p = text.charCodeAt(start) === byteOrderMark ? start + 1 : start;
    for (;;) {
      if (text.charCodeAt(p) === quote) {
        const from = p + 1;
        let q = from;
        let doubled = false;
        for (;;) {
          const close = text.indexOf(quoteText, q);
          if (close < 0) return tooLong || !final ? wait() : this.#lose("UNCLOSED_QUOTE");
          if (text.charCodeAt(close + 1) === quote) {
            doubled = true;
            q = close + 2;
            continue;
          }
          let after = close + 1;
          while (text.charCodeAt(after) === space && (single ? delimiter !== space : !text.startsWith(separator, after))) after++;
          if (after + separator.length > n && !final) return wait();
          const next = after >= n ? lf : text.charCodeAt(after);
          if (next === lf || next === cr || (next === delimiter && (single || text.startsWith(separator, after)))) {
            const cell = text.slice(from, close);
            lines += lineEnds(cell);
            cells.push(doubled ? cell.replaceAll(quoteText + quoteText, quoteText) : cell);
            p = after;
            break;
          }
          if (strict) return this.#lose(close - start > this.#options.recordLimit ? "CELL_TOO_LONG" : "STRAY_QUOTE");
          stray = true;
          q = close + 1;
        }
      } else {
        const from = p;
        for (; p < n; p++) {
          const c = text.charCodeAt(p);
          if (c === lf || c === cr || (c === delimiter && (single || text.startsWith(separator, p)))) break;
          if (c === quote && strict) stray = true;
        }
        if (p + separator.length > n && !final) return wait();
        cells.push(text.slice(from, p));
      }
      if (p >= n || text.charCodeAt(p) !== delimiter || !(single || text.startsWith(separator, p))) break;
      p += separator.length;
    }
    if (p < n && text.charCodeAt(p) === cr && p + 1 >= n && !final) return false;
    if (p - start > this.#options.recordLimit) return this.#lose("CELL_TOO_LONG");
    if (lines > 0 && strict && stray) return this.#lose("STRAY_QUOTE");
    if (lines > 0 && this.#swallows(start, p, stray)) return this.#lose("UNCLOSED_QUOTE");
    const fault = strict && stray ? "STRAY_QUOTE" : null;
    this.#records.push({ line: this.#line, lineTo: this.#line + lines, cells: fault ? [] : cells, raw: text.slice(start, p), fault });
    this.#line += lines;
    this.#at = this.#afterLineEnd(p);
    return true;
  }

  /** Moves over the line end at `p` and counts it. */
  #afterLineEnd(p: number): number {
    if (p >= this.#text.length) return p;
    this.#line++;
    return this.#text.charCodeAt(p) === cr && this.#text.charCodeAt(p + 1) === lf ? p + 2 : p + 1;
  }

  /**
   * Whether a closed record of several lines has swallowed rows: with an unclosed quote the lines after the first are rows themselves, while in an honest
   * cell the last line holds the closing quote (so is no strict record) and the others have no reason to have the table's width.
   */
  #swallows(start: number, end: number, stray: boolean): boolean {
    const fits = this.#options.fits;
    if (!fits || this.#options.trusted) return false;
    let inner = 0;
    let strict = 0;
    let p = nextLine(this.#text, start, end);
    while (p < end) {
      const stop = lineEnd(this.#text, p, end);
      const isRow = strictRecord(this.#text, p, stop, this.#dialect, fits, true) >= 0;
      if (stop >= end) {
        if (stray && isRow) return true;
        break;
      }
      inner++;
      if (isRow) strict++;
      p = nextLine(this.#text, p, end);
    }
    const wide = !fits(1) && !fits(2) && !fits(3) && !fits(4);
    return strict * 2 > inner && (wide || (stray && inner >= 3));
  }

  /** Starts to give up the current record: true, because the position moves. */
  #lose(fault: CsvFault): boolean {
    this.#lost = { line: this.#line, lineTo: this.#line, cells: [], raw: "", fault };
    this.#dropping = true;
    return true;
  }

  /** Looks for the next line that is a record; false when it needs more text. */
  #resume(final: boolean): boolean {
    const text = this.#text;
    if (this.#dropping) {
      const stop = lineEnd(text, this.#at, text.length);
      const cut = text.charCodeAt(stop) === cr && stop + 1 >= text.length && !final;
      this.#drop(this.#at, stop);
      this.#at = stop;
      if (stop >= text.length || cut) return false;
      this.#at = this.#afterLineEnd(stop);
      this.#drop(stop, this.#at);
      this.#dropping = false;
      return true;
    }
    const fits = this.#options.fits ?? (() => false);
    const end = strictRecord(text, this.#at, Math.min(text.length, this.#at + lookahead), this.#dialect, fits, final || text.length - this.#at >= lookahead);
    if (end === needMore) return false;
    if (end >= 0) this.#giveUp(this.#line - 1);
    else this.#dropping = true;
    return true;
  }

  #drop(from: number, to: number): void {
    const lost = this.#lost!;
    lost.raw += this.#text.slice(from, Math.min(to, from + this.#options.rawLimit - lost.raw.length));
  }

  #giveUp(lineTo: number): void {
    const lost = this.#lost!;
    this.#records.push({ ...lost, raw: lost.raw.trimEnd(), lineTo: Math.max(lineTo, lost.line) });
    this.#lost = null;
    this.#dropping = false;
  }
}

/** End of the strict record that starts at `from` (every quote regular, width fits), −1 when there is none, needMore when the text may go on. */
function strictRecord(text: string, from: number, stop: number, { delimiter, quote: quoteText }: Dialect, fits: (cells: number) => boolean, final: boolean): number {
  const [first, quote] = [delimiter.charCodeAt(0), quoteText.charCodeAt(0)];
  let cells = 0;
  let p = from;
  for (;;) {
    if (p < stop && text.charCodeAt(p) === quote) {
      for (p++; ; p += 2) {
        p = text.indexOf(quoteText, p);
        if (p < 0 || p >= stop) return final ? -1 : needMore;
        if (p + 1 >= stop || text.charCodeAt(p + 1) !== quote) break;
      }
      p++;
    } else {
      for (; p < stop; p++) {
        const c = text.charCodeAt(p);
        if (c === lf || c === cr || (c === first && text.startsWith(delimiter, p))) break;
        if (c === quote) return -1;
      }
    }
    cells++;
    if (!final && p + delimiter.length > stop) return needMore;
    if (p >= stop) return fits(cells) && stop > from ? p : -1;
    const c = text.charCodeAt(p);
    if (c === lf || c === cr) return fits(cells) && p > from ? p : -1;
    if (!text.startsWith(delimiter, p)) return -1;
    p += delimiter.length;
  }
}

/** Position of the line end at or after `from`, or `stop`. */
function lineEnd(text: string, from: number, stop: number): number {
  for (let p = from; p < stop; p++) {
    const c = text.charCodeAt(p);
    if (c === lf || c === cr) return p;
  }
  return stop;
}

function nextLine(text: string, from: number, stop: number): number {
  const p = lineEnd(text, from, stop);
  return text.charCodeAt(p) === cr && text.charCodeAt(p + 1) === lf ? p + 2 : p + 1;
}

/** Line ends (LF, CRLF, CR) inside a cell. */
function lineEnds(cell: string): number {
  if (!cell.includes("\n") && !cell.includes("\r")) return 0;
  return cell.match(/\r\n|\n|\r/g)!.length;
}
