import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { loadResources } from "../../analyzers/post/index.ts";
import { YuqingError } from "../errors.ts";
import { BatchScorer, type Text } from "./batch.ts";
import type { WorkerAnswer, WorkerStart } from "./worker.ts";

export interface PoolOptions {
  /** Worker threads; 0 scores in the calling thread. */
  threads: number;
  /** Words that the segmenter keeps whole. */
  userWords: readonly string[];
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

/** Batches a worker may have before it, so that it never waits and memory stays small. */
const queueLimit = 3;

/**
 * Scores texts on worker threads. Batches go to the workers in turn, so each file's bytes depend only on what is submitted.
 * Throws (from submit or finish) SCORE_WORKER when a worker dies.
 */
export class ScorePool {
  private readonly lanes: Lane[];
  private next = 0;
  constructor({ threads, userWords, outFolder }: PoolOptions) {
    const path = (k: number): string => join(outFolder, `scored-${k}.ndjson`);
    this.lanes = threads === 0 ? [new LocalLane(userWords, path(0))] : Array.from({ length: threads }, (_, k) => new WorkerLane(userWords, path(k)));
  }

  /** Hands a batch (about 500 texts) over; resolves when the pool may take more. */
  async submit(batch: Text[]): Promise<void> {
    if (batch.length === 0) return;
    const lane = this.lanes[this.next]!;
    this.next = (this.next + 1) % this.lanes.length;
    lane.score(batch);
    await this.lanes[this.next]!.ready();
  }

  /** Waits for all batches, closes the files and ends the workers. */
  async finish(): Promise<PoolResult> {
    const totals = await Promise.all(this.lanes.map((lane) => lane.finish()));
    return {
      files: this.lanes.map((lane) => lane.path),
      scored: totals.reduce((sum, { scored }) => sum + scored, 0),
      errors: totals.reduce((sum, { errors }) => sum + errors, 0),
    };
  }

  /** Ends the workers at once, without results; for a run that failed elsewhere. */
  async abort(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.abort()));
  }
}

interface Totals {
  scored: number;
  errors: number;
}

interface Lane {
  path: string;
  score(batch: Text[]): void;
  /** Resolves when the lane may take a batch. */
  ready(): Promise<void>;
  finish(): Promise<Totals>;
  abort(): Promise<void>;
}

class LocalLane implements Lane {
  private readonly scorer: BatchScorer;
  constructor(
    userWords: readonly string[],
    readonly path: string,
  ) {
    this.scorer = new BatchScorer(loadResources(userWords), path);
  }
  score(batch: Text[]): void {
    this.scorer.score(batch);
  }
  async ready(): Promise<void> {}
  async finish(): Promise<Totals> {
    this.scorer.close();
    return this.scorer;
  }
  async abort(): Promise<void> {
    this.scorer.close();
  }
}

class WorkerLane implements Lane {
  private readonly worker: Worker;
  private queued = 0;
  private totals: Totals | null = null;
  private failure: YuqingError | null = null;
  /** Wakes whoever waits for a change of the fields above. */
  private wake: () => void = () => {};
  constructor(
    userWords: readonly string[],
    readonly path: string,
  ) {
    this.worker = startWorker({ userWords, path });
    this.worker.on("message", (answer: WorkerAnswer) => this.change(() => (answer.kind === "scored" ? this.queued-- : (this.totals = answer))));
    this.worker.on("error", (cause) => this.change(() => (this.failure ??= workerFailed(String(cause)))));
    this.worker.on("exit", (code) => this.change(() => (this.totals === null ? (this.failure ??= workerFailed(`exit ${code}`)) : null)));
  }

  score(batch: Text[]): void {
    if (this.failure) throw this.failure;
    this.queued++;
    this.worker.postMessage(batch);
  }

  async ready(): Promise<void> {
    await this.until(() => this.queued < queueLimit);
  }

  async finish(): Promise<Totals> {
    this.worker.postMessage("finish");
    await this.until(() => this.totals !== null);
    return this.totals!;
  }

  async abort(): Promise<void> {
    await this.worker.terminate();
  }

  private change(apply: () => void): void {
    apply();
    this.wake();
  }

  private async until(met: () => boolean): Promise<void> {
    while (!met()) {
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

/** Run from TypeScript source (tests, scripts), a worker has to register the loader itself: Node 20 does not hand it on. */
function startWorker(workerData: WorkerStart): Worker {
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL("./worker.js", import.meta.url), { workerData });
  const boot = `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(({ register }) => { register(); return import(${JSON.stringify(new URL("./worker.ts", import.meta.url).href)}); });`;
  return new Worker(boot, { workerData, eval: true });
}

function workerFailed(cause: string): YuqingError {
  return new YuqingError("SCORE_WORKER", 1, {
    what: { zh: "评分线程意外终止", en: "a score worker died" },
    got: cause,
    next: { zh: "设 threads: 0 重跑；仍失败请附上此信息报告", en: "run again with threads: 0; if that fails too, report this message" },
  });
}
