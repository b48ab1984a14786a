import type { Table } from "./contract.ts";
import type { Corpus, Reference, Said } from "./keyness.ts";

/** Corpora out of the tables terms, term_groups, term_times and term_totals (pipeline/rollup/tables.ts). */

/** Counts of the background table are per this many words of general language. */
const backgroundTotal = 100_000_000;

const said = (row: Table[number]): Said => ({ docs: row.docs as number, micro: row.wordings_micro as number });

/** Corpora by the value of a column. Totals come from `totals`, whose column `value` names the same values. */
export function corporaBy(rows: Table, column: string, totals: Table): Map<string, Corpus> {
  const corpora = new Map<string, Corpus & { counts: Map<string, Said> }>();
  for (const row of totals) if (row.value !== null) corpora.set(row.value as string, { counts: new Map(), ...said(row), texts: row.texts as number });
  for (const row of rows) corpora.get(row[column] as string)?.counts.set(row.term as string, said(row));
  return corpora;
}

/** All of several corpora as one. */
export function joined(corpora: readonly Corpus[]): Corpus {
  const counts = new Map<string, Said>();
  for (const corpus of corpora) {
    for (const [term, { docs, micro }] of corpus.counts) {
      const sum = counts.get(term);
      counts.set(term, sum ? { docs: sum.docs + docs, micro: sum.micro + micro } : { docs, micro });
    }
  }
  const total = (of: (corpus: Corpus) => number): number => corpora.reduce((sum, corpus) => sum + of(corpus), 0);
  return { counts, docs: total(({ docs }) => docs), micro: total(({ micro }) => micro), texts: total(({ texts }) => texts) };
}

/**
 * Corpora of spans of time [from_ms, to_ms): an hour (day) belongs to the span that holds its middle. `days`: rows that know only the day count too.
 * Only the terms of term_times are in them.
 */
export function corporaOver(times: Table, totals: Table, spans: readonly { from_ms: number; to_ms: number }[], days: boolean, utcOffsetMs: number): Corpus[] {
  const corpora = spans.map(() => ({ counts: new Map<string, Said>(), docs: 0, micro: 0, texts: 0 }));
  const at = (unit: string, time: number) => {
    if (unit === "day" && !days) return undefined;
    const middle = (time + 0.5) * (unit === "day" ? 86_400_000 : 3_600_000) - utcOffsetMs;
    return corpora[spans.findIndex(({ from_ms, to_ms }) => middle >= from_ms && middle < to_ms)];
  };
  const places = new Map<string, (typeof corpora)[number] | undefined>();
  for (const { unit, time, docs, wordings_micro, texts } of totals) {
    if (time === null) continue;
    const corpus = at(unit as string, time as number);
    places.set(`${unit}${time}`, corpus);
    if (!corpus) continue;
    corpus.docs += docs as number;
    corpus.micro += wordings_micro as number;
    corpus.texts += texts as number;
  }
  for (const row of times) {
    const term = row.term as string;
    for (const entry of (row.course as string).split(",")) {
      const [time, docs, micro] = entry.split(":") as [string, string, string];
      const corpus = places.get(`${row.unit}${time}`);
      if (!corpus) continue;
      const sum = corpus.counts.get(term) ?? { docs: 0, micro: 0 };
      corpus.counts.set(term, { docs: sum.docs + Number(docs), micro: sum.micro + Number(micro) });
    }
  }
  return corpora;
}

/** General language. A word that the list lacks is at most as frequent as the list's rarest: its z and lift are understated, never overstated. */
export function generalLanguage(background: Table): Reference {
  const general = new Map(background.map((row) => [row.term as string, row.count as number]));
  const rarest = background.reduce((least, row) => Math.min(least, row.count as number), backgroundTotal);
  return { total: backgroundTotal, of: (term) => ({ count: general.get(term) ?? rarest, texts: null, exact: general.has(term) }) };
}
