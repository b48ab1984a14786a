import { closeSync, openSync, writeSync } from "node:fs";
import { scoreText, scoreTextBy, type OnnxModel, type Resources, type Scores } from "../../analyzers/post/index.ts";
import type { ScoredText } from "../schema.ts";

/** A text to score. */
export interface Text {
  /** Comes back unchanged with the scores. */
  text_key: string;
  text: string;
}

/** The output row of one text: columns of textColumns as one line of JSON. */
export const scoredLine = ({ text_key, text }: Text, resources: Resources): Line => lineOf(text_key, scoreText(text, resources));

interface Line {
  line: string;
  failed: boolean;
}
const lineOf = (text_key: string, scores: Scores): Line => ({ line: JSON.stringify({ text_key, ...scores } satisfies ScoredText) + "\n", failed: scores.err !== null });

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
    this.write(texts.map((text) => scoredLine(text, this.resources)));
  }

  /** With the mood by another model. Rejects with what that throws; nothing of the batch is written then. */
  async scoreBy(model: Pick<OnnxModel, "predict">, texts: readonly Text[]): Promise<void> {
    const lines: Line[] = [];
    for (const { text_key, text } of texts) lines.push(lineOf(text_key, await scoreTextBy(model, text, this.resources)));
    this.write(lines);
  }

  private write(lines: readonly Line[]): void {
    writeSync(this.file, lines.map(({ line }) => line).join(""));
    this.scored += lines.length;
    this.errors += lines.filter(({ failed }) => failed).length;
  }

  /** Closes the file; again does nothing. */
  close(): void {
    if (!this.closed) closeSync(this.file);
    this.closed = true;
  }
}
