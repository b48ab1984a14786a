import { simplified } from "../characters.ts";
import type { Database } from "../engines/duckdb.ts";
import type { NewWord } from "./discover.ts";

/** Share of a short form's authors who use the long one too. */
const leastShared = 0.8;

/**
 * For each word the name that it may be an alias of; null: none. A word in other letters (width, case, traditional characters) of another one, else a part of a longer
 * one that at least 80 % of its authors use. Suggestions for an analyst: nothing is merged. Reads `new_word_authors` of discover.
 */
export async function suggestAliases(database: Database, words: readonly NewWord[]): Promise<(string | null)[]> {
  const byFold = new Map<string, string>();
  for (const { word } of words) if (!byFold.has(folded(word))) byFold.set(folded(word), word);
  const longer = words.map(({ word }) => words.filter((other) => other.word.length > word.length && other.word.includes(word)).map((other) => other.word));
  const pairs = words.flatMap(({ word }, i) => longer[i]!.map((long) => [word, long] as const));
  const shared = await sharedAuthors(database, pairs);
  return words.map(({ word, authors }, i) => {
    const same = byFold.get(folded(word))!;
    if (same !== word) return same;
    if (folded(word) !== word.toLowerCase()) return simplified(word.normalize("NFKC"));
    const best = longer[i]!.map((long) => ({ long, share: shared.get(`${word}\u0001${long}`)! / authors })).filter(({ share }) => share >= leastShared);
    return best.sort((a, b) => b.share - a.share || (a.long < b.long ? -1 : 1))[0]?.long ?? null;
  });
}

const folded = (word: string): string => simplified(word.normalize("NFKC")).toLowerCase();

/** Authors who use both words, by "short\u0001long". */
async function sharedAuthors(database: Database, pairs: readonly (readonly [string, string])[]): Promise<Map<string, number>> {
  if (pairs.length === 0) return new Map();
  await database.run("CREATE OR REPLACE TABLE word_pairs (short VARCHAR, long VARCHAR)");
  const appender = await database.connection.createAppender("word_pairs");
  for (const [short, long] of pairs) {
    appender.appendVarchar(short);
    appender.appendVarchar(long);
    appender.endRow();
  }
  appender.closeSync();
  const rows = await database.rows<{ short: string; long: string; authors: number }>(`SELECT p.short, p.long, count(b.author) AS authors
    FROM word_pairs p JOIN new_word_authors a ON a.word = p.short LEFT JOIN new_word_authors b ON b.word = p.long AND b.author = a.author GROUP BY p.short, p.long`);
  return new Map(rows.map(({ short, long, authors }) => [`${short}\u0001${long}`, authors]));
}
