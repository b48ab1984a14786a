import type { Database } from "../engines/duckdb.ts";
import { inOneLine, YuqingError, type Message } from "../errors.ts";
import { writeArchiveWords } from "../words/archive-words.ts";
import { noList, readProjectList, type WordList } from "../words/list.ts";
import { fileKinds, pathsOf } from "./event-report.ts";
import type { ProjectEvent } from "./events.ts";
import type { Work } from "./nightly.ts";

/** The project's list of words. A list that is not valid does not stop the night: it goes on without, and says so. */
export function readWords(folder: string): { words: WordList; failures: Message[] } {
  try {
    return { words: readProjectList(folder), failures: [] };
  } catch (cause) {
    if (!(cause instanceof YuqingError)) throw cause;
    const { zh, en } = inOneLine(cause);
    return { words: noList, failures: [{ zh: `今晚没有用项目词表：${zh}`, en: `the project's list of words was not used tonight: ${en}` }] };
  }
}

/** Events whose texts are cut by the project's list too. */
export const withProjectWords = (events: ReadonlyMap<string, ProjectEvent>, project: WordList): Map<string, ProjectEvent> => new Map([...events].map(([key, event]) => [key, { ...event, words: { ...event.words, project } }]));

/** Adds the words of the night's new posts to the archive: what the events' hot words are compared with. */
export async function keepWords({ archive, draft, date, staged }: Pick<Work, "archive" | "draft" | "date" | "staged">, database: Database): Promise<void> {
  const counts = `words/${date}.${draft.number}.parquet`;
  const wordings = `wordings/${date}.${draft.number}.parquet`;
  const rows = await writeArchiveWords(database, pathsOf(archive, fileKinds.wordings), { counts: draft.path(counts), wordings: draft.path(wordings) });
  draft.add(counts, fileKinds.wordCounts, { rows: rows.counts, night: date });
  draft.add(wordings, fileKinds.wordings, { rows: rows.wordings, night: date });
  staged.wordCounts.push(`${archive.folder}/${counts}`);
  staged.wordings.push(`${archive.folder}/${wordings}`);
}
