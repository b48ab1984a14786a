import { existsSync, readFileSync } from "node:fs";
import { isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { z } from "zod";
import { readYaml } from "../config.ts";
import type { NewWord } from "./discover.ts";

/** The list of new words that an analyst reviews (words.yaml). */

const known = z.number().nullable().optional();
const word = z.string().trim().min(2).max(30);
const entrySchema = z.strictObject({
  word,
  do: z.union([z.enum(["keep", "drop"]), z.strictObject({ alias: word })], { error: "keep, drop or { alias: NAME }" }),
  /** Columns of NewWord: for the reader, not read back. */
  count: known,
  texts: known,
  authors: known,
  cohesion: known,
  freedom: known,
  suggestion: z.string().optional(),
});
type Entry = z.infer<typeof entrySchema>;

export const wordListSchema = z.strictObject({
  words: z.array(entrySchema).default([]).superRefine((entries, context) => {
    const decided = new Map<string, Entry>();
    entries.forEach((entry, i) => {
      if (decided.has(entry.word)) context.addIssue({ code: "custom", path: [i, "word"], message: "each word once" });
      else decided.set(entry.word, entry);
    });
    entries.forEach((entry, i) => {
      if (typeof entry.do === "string") return;
      const name = decided.get(entry.do.alias)?.do;
      if (entry.do.alias === entry.word || typeof name === "object") context.addIssue({ code: "custom", path: [i, "do", "alias"], message: "a name that is not an alias itself" });
      else if (name === "drop") context.addIssue({ code: "custom", path: [i, "do", "alias"], message: "a name that is not dropped" });
    });
  }),
});

/** What the analyst decided. */
export interface WordList {
  /** Words that the segmenter keeps whole: names and aliases. */
  words: string[];
  dropped: number;
  /** Alias → name under which it is counted. */
  aliases: ReadonlyMap<string, string>;
}

/** Throws CONFIG_INVALID with the line of a word that stands twice, or of an alias of an alias. */
export function readWordList(path: string): WordList {
  const { words } = readYaml(path, wordListSchema);
  const aliases = new Map(words.flatMap((entry) => (typeof entry.do === "object" ? [[entry.word, entry.do.alias] as const] : [])));
  const kept = words.filter((entry) => entry.do !== "drop").map((entry) => entry.word);
  return { words: [...new Set([...kept, ...aliases.values()])], dropped: words.filter((entry) => entry.do === "drop").length, aliases };
}

const heading = ` 新词表：逐词改 do，再在 event.yaml 里写 wordList: <本文件>。 New words: edit "do", then name this file in event.yaml as wordList.
   do: keep               整词切分 kept whole
   do: drop               按普通文本切分 cut as ordinary text
   do: { alias: 全称 }    计入全称 counted under that name; suggestion 只是建议 is only a suggestion
 count 次数 occurrences · texts 文本 · authors 作者 · cohesion 凝固度 bits · freedom 自由度 nats
`;

/** The list with the words that it lacks added after those that it has; no line of it is changed. `before`: text of the list; null: there is none. */
export function extendedList(before: string | null, found: readonly (NewWord & { suggestion?: string | null })[]): { text: string; added: number } {
  const document = parseDocument(before ?? "words: []\n");
  if (before === null) document.commentBefore = heading.trimEnd();
  if (!isMap(document.contents)) document.contents = document.createNode({ words: [] }) as unknown as typeof document.contents;
  if (!isSeq(document.get("words"))) document.set("words", document.createNode([]));
  const list = document.get("words", true);
  if (!isSeq(list)) throw new Error("words is no list");
  list.flow = false;
  const listed = new Set(list.items.map((item) => (isMap(item) ? String(item.get("word")) : "")));
  const fresh = found.filter(({ word }) => !listed.has(word));
  for (const { word, count, texts, authors, cohesion, freedom, suggestion } of fresh) {
    const row = document.createNode({ word, do: "keep", count, texts, authors, cohesion: Number(cohesion.toFixed(1)), freedom: Number(freedom.toFixed(1)), ...(suggestion != null && { suggestion }) }) as YAMLMap;
    row.flow = true;
    list.add(row);
  }
  return { text: document.toString({ lineWidth: 0 }), added: fresh.length };
}

/** Text of a list that stands there already, read and found sound; null when none does. */
export function listBefore(path: string): string | null {
  if (!existsSync(path)) return null;
  readWordList(path);
  return readFileSync(path, "utf8");
}
