import { dirname, resolve } from "node:path";
import type { Database } from "../engines/duckdb.ts";
import type { EventConfig } from "../config.ts";
import type { Message } from "../errors.ts";
import { readDictionary } from "./dictionary.ts";
import type { Discovery } from "./discover.ts";
import { noList, readWordList, type WordList } from "./list.ts";

/** What the files that event.yaml names say about words. */
export interface EventWords {
  /** Words of `dictionary`. */
  dictionary: string[];
  /** Words that stand in it more than once. */
  repeated: string[];
  /** `wordList`; null: new words are discovered and used without review. */
  list: WordList | null;
  /** The list of the project that the event is of; what the event itself says outranks it. */
  project: WordList;
}

export const noEventWords: EventWords = { dictionary: [], repeated: [], list: null, project: noList };

/** Reads the files that the event names, beside `eventPath`. Throws what readDictionary and readWordList throw. */
export function readEventWords({ dictionary, wordList }: EventConfig, eventPath: string): EventWords {
  const beside = (path: string): string => resolve(dirname(eventPath), path);
  const { words, repeated } = dictionary === undefined ? { words: [], repeated: [] } : readDictionary(beside(dictionary));
  return { dictionary: words, repeated, list: wordList === undefined ? null : readWordList(beside(wordList)), project: noList };
}

/** Words of the event file and its dictionary that the segmenter keeps whole. */
export function userWords(event: EventConfig, { dictionary }: EventWords = noEventWords): string[] {
  return [...new Set([...event.words, ...dictionary, ...event.subjects.flatMap(({ name, aliases }) => [name, ...aliases])])].filter((word) => [...word].length >= 2);
}

/** How the texts of an event are cut and counted. */
export interface Vocabulary {
  /** Kept whole. */
  words: string[];
  /** Never taken for new words. */
  dropped: ReadonlySet<string>;
  /** Alias → name, which is no alias itself. */
  aliases: ReadonlyMap<string, string>;
}

/** What event file, dictionary, reviewed list and the project's list say together: where they differ, the project's gives way. */
export function vocabularyOf(event: EventConfig, given: EventWords = noEventWords): Vocabulary {
  const own = userWords(event, given);
  const { words, dropped, aliases } = given.list ?? noList;
  const decided = new Set([...own, ...words, ...dropped]);
  const shared = [...given.project.aliases].filter(([alias]) => !decided.has(alias));
  return {
    words: [...new Set([...own, ...words, ...given.project.words.filter((word) => !dropped.includes(word))])],
    dropped: new Set([...dropped, ...given.project.dropped.filter((word) => !decided.has(word))]),
    aliases: new Map([...shared.map(([alias, name]) => [alias, aliases.get(name) ?? name] as const), ...aliases]),
  };
}

/** Counts aliases under their names in `tokens`; the texts stay as they are. */
export async function mergeAliases(database: Database, aliases: ReadonlyMap<string, string>): Promise<void> {
  if (aliases.size === 0) return;
  const pairs = [...aliases];
  await database.run(`CREATE TABLE word_aliases AS SELECT * FROM (VALUES ${pairs.map((_, i) => `($${2 * i + 1}, $${2 * i + 2})`).join(", ")}) AS pairs(alias, name)`, pairs.flat());
  await database.run("CREATE TABLE merged_tokens AS SELECT DISTINCT t.text_no, coalesce(a.name, t.term) AS term FROM tokens t LEFT JOIN word_aliases a ON a.alias = t.term");
  await database.run("DROP TABLE tokens");
  await database.run("ALTER TABLE merged_tokens RENAME TO tokens");
}

const mostNamed = 8;

/** What the report says about new words. */
export function wordNotes(found: Discovery | null, { list, repeated, project }: EventWords): Message[] {
  const notes: Message[] = [];
  if (project.words.length + project.dropped.length > 0) {
    const { words, dropped, aliases } = project;
    notes.push({
      zh: `用项目词表：整词切分 ${words.length} 个，弃用 ${dropped.length} 个，别名并入 ${aliases.size} 个。`,
      en: `Words from the project's list: ${words.length} kept whole, ${dropped.length} dropped, ${aliases.size} counted under another name.`,
    });
  }
  if (list !== null) {
    const { words, dropped, aliases } = list;
    notes.push({
      zh: `新词用经人工审阅的词表：整词切分 ${words.length} 个，弃用 ${dropped.length} 个，别名并入 ${aliases.size} 个。`,
      en: `New words from the reviewed list: ${words.length} kept whole, ${dropped.length} dropped, ${aliases.size} counted under another name.`,
    });
  } else if (found !== null && found.words.length > 0) {
    const named = found.words.slice(0, mostNamed).map(({ word }) => word);
    const more = found.words.length > named.length;
    const part = `${Math.round(found.sampled * 100)}%`;
    const [zh, en] = found.sampled < 1 ? [`（抽取 ${part} 的文本统计）`, ` (counted on ${part} of the texts)`] : ["", ""];
    notes.push({
      zh: `发现新词 ${found.words.length} 个${zh}，未经人工审阅，切分时整词保留：${named.join("、")}${more ? " 等" : ""}。`,
      en: `${found.words.length} new words found${en} and kept whole without review: ${named.join(", ")}${more ? " …" : ""}.`,
    });
  }
  if (repeated.length > 0) notes.push({ zh: `用户词典中有 ${repeated.length} 个词重复，各计一次。`, en: `${repeated.length} words stand more than once in the user dictionary; each counts once.` });
  return notes;
}
