import type { Corpus } from "./corpus.ts";
import { Counter, Index } from "./counter.ts";

/** A run of two to five symbols that holds together and stands in many surroundings (Matrix67 2012). */
export interface Candidate {
  word: string;
  /** Symbol ids. */
  codes: number[];
  /** Occurrences in the texts counted. */
  count: number;
  texts: number;
  /** Pointwise mutual information of the weakest split, bits (凝固度). */
  cohesion: number;
  /** Where it can be split, after the first symbol, after the second …: that information, and how often the parts occur. */
  splits: Split[];
  /** The lesser of the entropies of left and right neighbours, nats (自由度). */
  freedom: number;
  /** False for a run that stands in too few surroundings: no word for itself, but perhaps the name in a longer one (栖浦 in 栖浦分局). */
  free: boolean;
  /** ln count · cohesion · freedom: the order of the list. */
  score: number;
}

export interface Split {
  bits: number;
  left: number;
  right: number;
}

export interface Thresholds {
  /** Occurrences in texts of this many symbols. */
  leastCount(size: number): number;
  cohesion: number;
  /** A word in every tenth place cannot have a PMI of 4: this share of the greatest possible, log2(size / count), does as well. */
  relativeCohesion: number;
  freedom: number;
  /** Enough for runs that hold together this firmly: a name may stand before one word most of the time (澜江 before 警方). */
  firm: { cohesion: number; freedom: number };
  /** Symbols of the longest word. */
  longest: number;
}

/**
 * 20 occurrences from 800,000 symbols on, and one in a million of large events. Below, fewer do: words of which the same share is in the dictionaries (0.82 to 0.88,
 * test/bench/words.ts), so that the names of an event of a few thousand posts are found.
 */
const leastCount = (size: number): number => Math.max(6, Math.min(20, Math.round(size / 40_000)), Math.ceil(size / 1e6));

/** Of words that are used unreviewed: 4 bits cut texts best where words are unknown, and no worse than 6 where none are (docs/words.md). */
export const thresholds: Thresholds = { leastCount, cohesion: 4, relativeCohesion: 0.8, freedom: 1.5, firm: { cohesion: 8, freedom: 1.2 }, longest: 5 };
/** Of words that an analyst is to decide on: three in four of the words that a dictionary lacks. */
export const reviewThresholds: Thresholds = { ...thresholds, cohesion: 3, freedom: 1, firm: { cohesion: 8, freedom: 0.8 } };

/** Symbols that begin, and that end, no word. */
const noStart = new Set("的了着过们吧呢吗啊之而与及和或");
const noEnd = new Set("的了着我你他她它这那是在和与及或把被不就都也很还又才一");
/** A neighbour unknown because the text ends is one of its own, up to this many. */
const mostEnds = 20;

/** The neighbours of about so many occurrences are looked at, in the texts with the lowest keys: which depends on all texts, not on their order. */
const mostNeighbours = 1000;

/** Frequent runs of n symbols; ids from 1. */
interface Level {
  counts: Uint32Array;
  /** Id of the run without its last symbol, and without its first, in the level below. */
  prefix: Uint32Array;
  suffix: Uint32Array;
  last: Uint16Array;
  /** prefix id · symbols + last symbol → id. */
  index: Index | null;
}

/** All runs that hold together, dictionary words or not, by falling score; those that are `free` pass the thresholds. */
export function candidates(corpus: Corpus, limits: Thresholds = thresholds): Candidate[] {
  const { leastCount, longest } = limits;
  const least = leastCount(corpus.size);
  const base = corpus.symbols.length;
  const levels: Level[] = [firstLevel(corpus)];
  const ids = Uint32Array.from(corpus.codes);
  const found: Candidate[] = [];
  for (let n = 2; n <= longest; n++) {
    const level = nextLevel(count(ids, corpus.codes, n, base), levels, least, base);
    levels.push(level);
    assign(ids, corpus.codes, level.index!, n, base);
    const chosen = cohesive(levels, corpus, (pmi, total) => coheres(pmi, total, corpus.size, limits));
    for (const one of freedoms(chosen, ids, n, level.counts.length, corpus)) {
      const free = isFree(one, limits);
      // Before a word there is room for two symbols less.
      if (free || n <= longest - 2) found.push({ ...one, free });
    }
  }
  return found.sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
}

/** The candidates that hold together by other limits too, and which of them are free by those. `size`: of the corpus. */
export const within = (found: readonly Candidate[], size: number, limits: Thresholds): Candidate[] => found.filter(({ cohesion, count }) => coheres(cohesion, count, size, limits)).map((one) => ({ ...one, free: isFree(one, limits) }));

const coheres = (pmi: number, count: number, size: number, { cohesion, relativeCohesion }: Thresholds): boolean => pmi >= Math.min(cohesion, relativeCohesion * Math.log2(size / count));
const isFree = (one: Measured, { freedom, firm }: Thresholds): boolean => one.freedom >= (one.cohesion >= firm.cohesion ? Math.min(firm.freedom, freedom) : freedom);

function firstLevel({ counts }: Corpus): Level {
  const none = new Uint32Array(counts.length);
  return { counts, prefix: none, suffix: none, last: Uint16Array.from(counts, (_, id) => id), index: null };
}

/** Counts runs of n symbols whose two runs of n − 1 are frequent (`ids`: of the run that begins at each place). */
function count(ids: Uint32Array, codes: Uint16Array, n: number, base: number): Counter {
  const counter = new Counter();
  const end = ids.length - n + 1;
  for (let i = 0; i < end; i++) if (ids[i] !== 0 && ids[i + 1] !== 0) counter.add(ids[i]! * base + codes[i + n - 1]!);
  return counter;
}

function nextLevel(counter: Counter, levels: readonly Level[], least: number, base: number): Level {
  const below = levels.at(-1)!;
  // Keys of the next level have to stay below 2³².
  const kept = counter.frequent(least, Math.floor(2 ** 32 / base) - 2);
  const counts = new Uint32Array(kept.length + 1);
  const prefix = new Uint32Array(kept.length + 1);
  const suffix = new Uint32Array(kept.length + 1);
  const last = new Uint16Array(kept.length + 1);
  kept.forEach(({ key, count }, i) => {
    const id = i + 1;
    counts[id] = count;
    last[id] = key % base;
    prefix[id] = (key - last[id]!) / base;
    suffix[id] = below.index === null ? last[id]! : below.index.at(below.suffix[prefix[id]!]! * base + last[id]!);
  });
  return { counts, prefix, suffix, last, index: new Index(kept.map(({ key }, i) => [key, i + 1] as const)) };
}

function assign(ids: Uint32Array, codes: Uint16Array, index: Index, n: number, base: number): void {
  const end = ids.length - n + 1;
  for (let i = 0; i < end; i++) ids[i] = ids[i] !== 0 && ids[i + 1] !== 0 ? index.at(ids[i]! * base + codes[i + n - 1]!) : 0;
  ids.fill(0, end);
}

interface Cohesive {
  id: number;
  codes: number[];
  count: number;
  splits: Split[];
  cohesion: number;
}

/** The runs of the top level that hold together and whose ends can begin and end a word. */
function cohesive(levels: readonly Level[], { symbols, size }: Corpus, holds: (pmi: number, count: number) => boolean): Cohesive[] {
  const top = levels.at(-1)!;
  const found: Cohesive[] = [];
  const parts: Parts = { starts: [], ends: [] };
  for (let id = 1; id < top.counts.length; id++) {
    if (noEnd.has(symbols[top.last[id]!]!)) continue;
    const count = top.counts[id]!;
    partsOf(levels, id, parts);
    const cohesion = weakest(count, parts, size);
    if (!holds(cohesion, count)) continue;
    const codes = codesOf(levels, id);
    if (!noStart.has(symbols[codes[0]!]!)) found.push({ id, codes, count, splits: splitsOf(count, parts, size), cohesion });
  }
  return found;
}

/** Counts of a run's beginnings and ends by length − 1. */
interface Parts {
  starts: number[];
  ends: number[];
}

function partsOf(levels: readonly Level[], id: number, parts: Parts): void {
  let [start, end] = [id, id];
  for (let m = levels.length - 1; m > 0; m--) {
    start = levels[m]!.prefix[start]!;
    end = levels[m]!.suffix[end]!;
    parts.starts[m - 1] = levels[m - 1]!.counts[start]!;
    parts.ends[m - 1] = levels[m - 1]!.counts[end]!;
  }
}

/** Information of the split at which a run holds together least. */
function weakest(count: number, { starts, ends }: Parts, size: number): number {
  let most = 0;
  for (let i = 0; i < starts.length; i++) most = Math.max(most, starts[i]! * ends[starts.length - 1 - i]!);
  return Math.log2((count * size) / most);
}

const splitsOf = (count: number, { starts, ends }: Parts, size: number): Split[] =>
  starts.map((left, i) => {
    const right = ends[starts.length - 1 - i]!;
    return { bits: Math.log2((count * size) / (left * right)), left, right };
  });

function codesOf(levels: readonly Level[], id: number): number[] {
  const codes: number[] = [];
  let at = id;
  for (let m = levels.length - 1; m >= 0; m--) {
    codes.unshift(levels[m]!.last[at]!);
    at = levels[m]!.prefix[at]!;
  }
  return codes;
}

type Measured = Omit<Candidate, "free">;

/** How much the neighbours of the chosen vary. A neighbour beyond a break counts as such, so that copies of one wording have one neighbour. */
function freedoms(chosen: readonly Cohesive[], ids: Uint32Array, n: number, levelSize: number, { codes, symbols, texts: keys, sampled }: Corpus): Measured[] {
  const base = symbols.length;
  const span = 2 * base;
  const all = chosen.length * span < 2 ** 32 - span ? chosen : [...chosen].sort((a, b) => b.count - a.count || a.id - b.id).slice(0, Math.floor(2 ** 32 / span) - 2);
  const numberOf = new Uint32Array(levelSize);
  all.forEach(({ id }, i) => (numberOf[id] = i + 1));
  const sides = [new Neighbours(all.length, span), new Neighbours(all.length, span)] as const;
  const texts = new Uint32Array(all.length + 1);
  const latest = new Uint32Array(all.length + 1);
  const limits = Float64Array.from([0, ...all.map(({ count }) => 2 ** 48 * sampled * Math.min(1, mostNeighbours / count))]);
  let text = 1;
  for (let i = 2; i < codes.length; i++) {
    if (codes[i] === 0) {
      if (codes[i - 1] === 0) text++;
      continue;
    }
    const number = numberOf[ids[i]!]!;
    if (number === 0) continue;
    if (latest[number] !== text) texts[number]!++;
    latest[number] = text;
    if (keys[text - 1]! >= limits[number]!) continue;
    const after = i + n;
    sides[0].add(number, codes[i - 1] !== 0 ? codes[i - 1]! : codes[i - 2] === 0 ? 0 : base + codes[i - 2]!);
    sides[1].add(number, codes[after] !== 0 ? codes[after]! : codes[after + 1] === 0 ? 0 : base + codes[after + 1]!);
  }
  const [left, right] = sides.map((side) => side.entropies()) as [Float64Array, Float64Array];
  return all.map(({ codes: own, count, cohesion, splits }, i): Measured => {
    const freedom = Math.min(left[i + 1]!, right[i + 1]!);
    return { word: own.map((code) => symbols[code]!).join(""), codes: own, count, texts: texts[i + 1]!, cohesion, splits, freedom, score: Math.log(count) * cohesion * freedom };
  });
}

/** Neighbours of numbered runs on one side. */
class Neighbours {
  readonly #counter = new Counter();
  readonly #ends: Uint32Array;
  constructor(
    private readonly runs: number,
    private readonly span: number,
  ) {
    this.#ends = new Uint32Array(runs + 1);
  }

  /** `neighbour` 0: the text ends here. */
  add(run: number, neighbour: number): void {
    if (neighbour === 0) this.#ends[run]!++;
    else this.#counter.add(run * this.span + neighbour);
  }

  /** By run, from 1; nats. Sums whole numbers, so that the order of the texts leaves no trace. */
  entropies(): Float64Array {
    const totals = Float64Array.from(this.#ends, (ends) => Math.min(ends, mostEnds));
    const sums = new Float64Array(this.runs + 1);
    this.#counter.each((key, count) => {
      const run = Math.floor(key / this.span);
      totals[run]! += count;
      sums[run]! += Math.round(count * Math.log(count) * 65_536);
    });
    return totals.map((total, run) => (total === 0 ? 0 : Math.log(total) - sums[run]! / 65_536 / total));
  }
}
