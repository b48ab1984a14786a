import type { Database } from "../engines/duckdb.ts";
import { writeArchiveWords } from "../words/archive-words.ts";
import { fileKinds, pathsOf } from "./event-report.ts";
import type { Work } from "./nightly.ts";

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
