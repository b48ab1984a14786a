import { closeSync, openSync, writeSync } from "node:fs";
import { scoreText, type Resources } from "../../analyzers/post/index.ts";
import type { ScoredText } from "../schema.ts";

/** A text to score. */
export interface Text {
  /** Comes back unchanged with the scores. */
  text_key: string;
  text: string;
}

/** The output row of one text: columns of textColumns as one line of JSON. */
export function scoredLine({ text_key, text }: Text, resources: Resources): { line: string; failed: boolean } {
  const scores = scoreText(text, resources);
  return { line: JSON.stringify({ text_key, ...scores } satisfies ScoredText) + "\n", failed: scores.err !== null };
}

/** Scores batches in the calling thread and appends the rows to one NDJSON file. */
export class BatchScorer {
  private readonly file: number;
  scored = 0;
  errors = 0;
  private closed = false;
  constructor(
    private readonly resources: Resources,
    path: string,
  ) {
    this.file = openSync(path, "w");
  }

  score(texts: readonly Text[]): void {
    let lines = "";
    for (const text of texts) {
      const { line, failed } = scoredLine(text, this.resources);
      lines += line;
      this.scored++;
      if (failed) this.errors++;
    }
    writeSync(this.file, lines);
  }

  /** Closes the file; again does nothing. */
  close(): void {
    if (!this.closed) closeSync(this.file);
    this.closed = true;
  }
}
