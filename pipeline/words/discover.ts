import type { Database } from "../engines/duckdb.ts";
import { candidates, reviewThresholds, thresholds, within, type Candidate } from "./candidates.ts";
import { CorpusBuilder, type Corpus } from "./corpus.ts";
import { withEdges } from "./edges.ts";
import { loadKnown, newWords } from "./new-words.ts";
import { occurrences } from "./occurrences.ts";
import { distinctTexts } from "./texts.ts";

/** A word that the dictionaries lack, found in the texts of an event. */
export interface NewWord {
  word: string;
  /** Occurrences in distinct texts; of a very large event, in a sample of them. */
  count: number;
  texts: number;
  /** Distinct authors of posts with such a text; a post of unknown author counts as one of its own. */
  authors: number;
  /** Bits and nats: see Candidate. */
  cohesion: number;
  freedom: number;
  /** Firm enough to be used without review; the others are for an analyst to decide on. */
  sure: boolean;
}

export interface Discovery {
  /** By falling score. */
  words: NewWord[];
  /** Texts read, and the share of all that they are. */
  texts: number;
  sampled: number;
}

/** Words of fewer texts or authors may be one person's: an event of fewer authors is that person's. */
const leastTexts = 5;
const leastAuthors = 5;
/** Words beyond take long to review and say little. */
const mostWords = 3000;

/**
 * Finds the words that the dictionaries and `userWords` lack, and nobody `dropped`, in the texts of `posts` within the event's window (makeDistinctTexts first). A text counts once however often it was posted.
 * `review`: also those that are not sure. The result depends neither on the order of the rows nor on the key of the author hash.
 */
export async function discover(database: Database, userWords: readonly string[], dropped: ReadonlySet<string> = new Set(), { review = false } = {}): Promise<Discovery> {
  const builder = new CorpusBuilder();
  for await (const texts of distinctTexts(database, { inside: true })) for (const { text_key, text } of texts) builder.add(text_key, text);
  const corpus = builder.finish(thresholds.leastCount);
  const found = candidates(corpus, review ? reviewThresholds : thresholds).filter(({ texts }) => texts >= leastTexts);
  const { fresh, sure } = found.length === 0 ? { fresh: [], sure: new Set<string>() } : freshOf(found, corpus, userWords, dropped, review);
  const { authors, all } = await authorsOf(database, corpus, fresh);
  const words = fresh.flatMap(({ word, count, texts, cohesion, freedom }, i) => (authors[i]! < Math.min(leastAuthors, all) ? [] : [{ word, count, texts, authors: authors[i]!, cohesion, freedom, sure: sure.has(word) }]));
  return { words, texts: corpus.read, sampled: corpus.sampled };
}

/** The new words among the candidates, by falling score, and which of them are sure: those that a discovery without review finds. */
function freshOf(found: readonly Candidate[], corpus: Corpus, userWords: readonly string[], dropped: ReadonlySet<string>, review: boolean): { fresh: Candidate[]; sure: Set<string> } {
  const known = loadKnown(userWords);
  const wordsOf = (some: readonly Candidate[]): Candidate[] => withEdges(newWords(some, known, corpus.size).filter(({ word }) => !dropped.has(word)), corpus, known.cut).slice(0, mostWords);
  const firm = wordsOf(review ? within(found, corpus.size, thresholds) : found);
  const sure = new Set(firm.map(({ word }) => word));
  if (!review) return { fresh: firm, sure };
  const listed = new Set([...sure, ...wordsOf(found).map(({ word }) => word)]);
  return { fresh: found.filter(({ word }) => listed.has(word)), sure };
}

/** Makes `new_word_authors`, one row a word and author, and counts them; `all`: authors of the event. */
async function authorsOf(database: Database, corpus: Corpus, words: readonly Candidate[]): Promise<{ authors: number[]; all: number }> {
  await database.run("CREATE OR REPLACE TABLE word_texts (word VARCHAR, key BIGINT)");
  const appender = await database.connection.createAppender("word_texts");
  occurrences(corpus, words.map(({ codes }) => codes), (word, text) => {
    appender.appendVarchar(words[word]!.word);
    appender.appendBigInt(BigInt(corpus.texts[text]!));
    appender.endRow();
  });
  appender.closeSync();
  const author = "coalesce(p.author, 'row:' || p.row_no)";
  await database.run(`CREATE OR REPLACE TABLE new_word_authors AS SELECT DISTINCT w.word, ${author} AS author
    FROM posts p JOIN distinct_texts d ON d.text_key = p.text_key AND d.inside JOIN word_texts w ON w.key = ('0x' || substr(p.text_key, 1, 12))::BIGINT`);
  const rows = await database.rows<{ word: string; authors: number }>("SELECT word, count(*) AS authors FROM new_word_authors GROUP BY word");
  const counts = new Map(rows.map((row) => [row.word, row.authors]));
  const authors = words.map(({ word }) => counts.get(word) ?? 0);
  const [{ all }] = (await database.rows<{ all: number }>(`SELECT count(DISTINCT ${author}) AS all FROM posts p JOIN distinct_texts d ON d.text_key = p.text_key AND d.inside`)) as [{ all: number }];
  return { authors, all };
}
