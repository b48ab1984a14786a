import { join } from "node:path";
import type { OnnxModel, Subject } from "../../analyzers/post/index.ts";
import type { Text } from "./batch.ts";
import { LocalLane, OnnxLane, WorkerLane, type Lane } from "./lanes.ts";

export interface PoolOptions {
  /** Worker threads; 0 scores in the calling thread. */
  threads: number;
  /** Words that the segmenter keeps whole. */
  userWords: readonly string[];
  /** Whom the event is about: what is said towards each. */
  subjects?: readonly Subject[];
  /** Path of a model adapted by `yuqing train`; null: the shipped one. */
  model?: string | null;
  /** Judges the mood instead; then all is scored in the calling thread. */
  onnx?: Pick<OnnxModel, "predict"> | null;
  /** Existing folder for scored-<k>.ndjson, one file a thread. */
  outFolder: string;
}

export interface PoolResult {
  /** NDJSON files with the columns of textColumns; every submitted text is one line of one file. */
  files: string[];
  scored: number;
  /** Texts whose row has `err`. */
  errors: number;
}

/**
 * Scores texts on worker threads. Batches go to the threads in turn, so each file's bytes depend only on what is submitted.
 * submit and finish throw SCORE_WORKER when a worker dies; the other workers are ended then.
 */
export class ScorePool {
  private readonly lanes: Lane[];
  private next = 0;
  constructor({ threads, userWords, subjects = [], model = null, onnx = null, outFolder }: PoolOptions) {
    const path = (k: number): string => join(outFolder, `scored-${k}.ndjson`);
    if (onnx !== null) this.lanes = [new OnnxLane(userWords, subjects, onnx, path(0))];
    else this.lanes = threads === 0 ? [new LocalLane(userWords, subjects, model, path(0))] : Array.from({ length: threads }, (_, k) => new WorkerLane(userWords, subjects, model, path(k)));
  }

  /** Hands a batch (about 500 texts) over; resolves when the pool may take the next. */
  async submit(batch: Text[]): Promise<void> {
    if (batch.length === 0) return;
    await this.orAbort(() => {
      this.lanes[this.next]!.score(batch);
      this.next = (this.next + 1) % this.lanes.length;
      return this.lanes[this.next]!.ready();
    });
  }

  /** Waits for all batches, closes the files and ends the workers. */
  async finish(): Promise<PoolResult> {
    const totals = await this.orAbort(() => Promise.all(this.lanes.map((lane) => lane.finish())));
    return {
      files: this.lanes.map(({ path }) => path),
      scored: totals.reduce((sum, { scored }) => sum + scored, 0),
      errors: totals.reduce((sum, { errors }) => sum + errors, 0),
    };
  }

  /** Ends the workers at once, for a run that failed elsewhere: a pool neither finished nor aborted keeps the process alive. */
  async abort(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.abort()));
  }

  private async orAbort<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      await this.abort();
      throw cause;
    }
  }
}
