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

/** Words that differ in letter case only are one (pipeline/term-forms.ts). */
const folded = (term: string): string => term.toLowerCase();

/** General language. A word that the list lacks is at most as frequent as the list's rarest: its z and lift are understated, never overstated. */
export function generalLanguage(background: Table): Reference {
  const general = new Map<string, number>();
  for (const { term, count } of background) general.set(folded(term as string), (general.get(folded(term as string)) ?? 0) + (count as number));
  const rarest = background.reduce((least, row) => Math.min(least, row.count as number), backgroundTotal);
  return { total: backgroundTotal, of: (term) => ({ count: general.get(folded(term)) ?? rarest, texts: null, exact: general.has(folded(term)) }) };
}

/** The archive's other posts as what an event is compared with. */
export interface ArchiveReference extends Reference {
  /** Wordings that carry as much as the platforms' together do: fewer than all of them when a platform of the event is rare in the archive. */
  effective: number;
  /** All wordings, of the platforms that the event is on. */
  wordings: number;
  /** Local days since 1970-01-01, first and last of all platforms. */
  days: [number, number];
  /** Share of the event's terms that its platforms in the archive make up. */
  covered: number;
}

/**
 * Posts of the archive, weighed by platform as the event is, so that news does not stand out from Weibo by being news. With s the event's share of a platform and T the archive's terms on it,
 * the rate of a term is Σ s·c/T, and its total 1 / Σ s²/T: that of one sample of which the rate would be as sure. Null when the archive has none of the event's platforms.
 */
export function archiveLanguage(terms: Table, totals: Table, platforms: Table): ArchiveReference | null {
  const here = new Map(platforms.filter(({ dimension }) => dimension === "platform").map((row) => [(row.value as string | null) ?? "", row.wordings_micro as number]));
  const all = [...here.values()].reduce((sum, micro) => sum + micro, 0);
  const there = totals.filter((row) => (here.get(row.platform as string) ?? 0) > 0 && (row.terms as number) > 0);
  const shared = there.reduce((sum, row) => sum + here.get(row.platform as string)!, 0);
  if (shared === 0) return null;
  const share = (row: Table[number]): number => here.get(row.platform as string)! / shared;
  const sure = (column: "terms" | "wordings"): number => 1 / there.reduce((sum, row) => sum + share(row) ** 2 / (row[column] as number), 0);
  const total = sure("terms");
  const weights = new Map(there.map((row) => [row.platform as string, (total * share(row)) / (row.terms as number)]));
  const counts = new Map<string, { count: number; exact: boolean }>();
  for (const { platform, term, wordings, exact } of terms) {
    const weight = weights.get(platform as string) ?? 0;
    const known = counts.get(folded(term as string)) ?? { count: 0, exact: true };
    counts.set(folded(term as string), { count: known.count + weight * (wordings as number), exact: known.exact && exact !== false });
  }
  return {
    total,
    of: (term) => ({ count: counts.get(folded(term))?.count ?? 0, texts: null, exact: counts.get(folded(term))?.exact ?? true }),
    effective: sure("wordings"),
    wordings: there.reduce((sum, row) => sum + (row.wordings as number), 0),
    days: [Math.min(...there.map((row) => row.first_day as number)), Math.max(...there.map((row) => row.last_day as number))],
    covered: shared / all,
  };
}
