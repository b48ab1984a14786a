import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { z } from "zod";
import { readYaml } from "../config.ts";
import type { NewWord } from "./discover.ts";

/** The list of new words that an analyst reviews (words.yaml). */

const known = z.number().nullable().optional();
const word = z.string().trim().min(2).max(30);
const entrySchema = z.strictObject({
  word,
  do: z.union([z.enum(["keep", "drop", "undecided"]), z.strictObject({ alias: word })], { error: "keep, drop, undecided or { alias: NAME }" }),
  /** Columns of NewWord: for the reader, not read back. */
  count: known,
  texts: known,
  authors: known,
  cohesion: known,
  freedom: known,
  suggestion: z.string().optional(),
  /** Key of the event of a project that it was found in; null or absent: in all posts, or of no project. */
  event: z.string().optional(),
  /** Last night of the archive then, "2026-11-21". */
  night: z.string().optional(),
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
  /** Cut as ordinary text. */
  dropped: string[];
  /** Alias → name under which it is counted. */
  aliases: ReadonlyMap<string, string>;
}

/** Throws CONFIG_INVALID with the line of a word that stands twice, or of an alias of an alias. */
export function readWordList(path: string): WordList {
  const { words } = readYaml(path, wordListSchema);
  const aliases = new Map(words.flatMap((entry) => (typeof entry.do === "object" ? [[entry.word, entry.do.alias] as const] : [])));
  const kept = words.filter((entry) => entry.do !== "drop" && entry.do !== "undecided").map((entry) => entry.word);
  return { words: [...new Set([...kept, ...aliases.values()])], dropped: words.filter((entry) => entry.do === "drop").map((entry) => entry.word), aliases };
}

export const noList: WordList = { words: [], dropped: [], aliases: new Map() };

/** The list of a project, by which the words of all its events and of its archive are cut. */
export const projectList = "words.yaml";

/** The list of the project in a folder; empty when there is none. Throws what readWordList throws. */
export function readProjectList(folder: string): WordList {
  const path = join(folder, projectList);
  return existsSync(path) ? readWordList(path) : noList;
}

const decisions = `   do: keep               整词切分 kept whole
   do: drop               按普通文本切分 cut as ordinary text
   do: undecided          未定，如同不在词表里 as if it were not listed
   do: { alias: 全称 }    计入全称 counted under that name; suggestion 只是建议 is only a suggestion
 count 次数 occurrences · texts 文本 · authors 作者 · cohesion 凝固度 bits · freedom 自由度 nats
`;
const heading = ` 新词表：逐词改 do，再在 event.yaml 里写 wordList: <本文件>。 New words: edit "do", then name this file in event.yaml as wordList.
${decisions}`;
const projectHeading = ` 项目词表：逐词改 do，下一夜起用于所有事件；改回去即可撤销。 Words of the project: edit "do"; all events use them from the next night on, and editing back undoes it.
${decisions}`;

/** Where a word of a project's list was found: event null in all posts. */
export interface Origin {
  event: string | null;
  night: string;
}

/** The list with the words that it lacks added after those that it has; no line of it is changed. `before`: text of the list; null: there is none. `origin`: of a project's list. */
export function extendedList(before: string | null, found: readonly (NewWord & { suggestion?: string | null })[], origin: Origin | null = null): { text: string; added: number } {
  const document = parseDocument(before ?? "words: []\n");
  if (before === null) document.commentBefore = (origin === null ? heading : projectHeading).trimEnd();
  if (!isMap(document.contents)) document.contents = document.createNode({ words: [] }) as unknown as typeof document.contents;
  if (!isSeq(document.get("words"))) document.set("words", document.createNode([]));
  const list = document.get("words", true);
  if (!isSeq(list)) throw new Error("words is no list");
  list.flow = false;
  const listed = new Set(list.items.map((item) => (isMap(item) ? String(item.get("word")) : "")));
  const fresh = found.filter(({ word }) => !listed.has(word));
  for (const { word, count, texts, authors, cohesion, freedom, sure, suggestion } of fresh) {
    const row = document.createNode({ word, do: sure ? "keep" : "undecided", count, texts, authors, cohesion: Number(cohesion.toFixed(1)), freedom: Number(freedom.toFixed(1)), ...(suggestion != null && { suggestion }), ...(origin?.event != null && { event: origin.event }), ...(origin !== null && { night: origin.night }) }) as YAMLMap;
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
