import type { Worker } from "node:worker_threads";
import { loadResources, type OnnxModel, type Subject } from "../../analyzers/post/index.ts";
import { YuqingError } from "../errors.ts";
import { startWorker } from "../worker.ts";
import { BatchScorer, type Text } from "./batch.ts";
import type { WorkerAnswer, WorkerStart } from "./worker.ts";

export interface Totals {
  scored: number;
  errors: number;
}

/** One thread of the pool and its file. */
export interface Lane {
  path: string;
  /** Hands a batch over. */
  score(batch: Text[]): void;
  /** Resolves when the lane may take a batch. */
  ready(): Promise<void>;
  /** Resolves when all batches are written and the file is closed. */
  finish(): Promise<Totals>;
  abort(): Promise<void>;
}

/** Scores in the calling thread. */
export class LocalLane implements Lane {
  private readonly scorer: BatchScorer;
  constructor(
    userWords: readonly string[],
    subjects: readonly Subject[],
    model: string | null,
    readonly path: string,
  ) {
    this.scorer = new BatchScorer(loadResources(userWords, subjects, model), path);
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

/** Scores in the calling thread, the mood by a transformer, which has threads of its own: one copy of its weights is enough. */
export class OnnxLane implements Lane {
  private readonly scorer: BatchScorer;
  private work: Promise<void> = Promise.resolve();
  constructor(
    userWords: readonly string[],
    subjects: readonly Subject[],
    private readonly model: Pick<OnnxModel, "predict">,
    readonly path: string,
  ) {
    this.scorer = new BatchScorer(loadResources(userWords, subjects), path);
  }
  score(batch: Text[]): void {
    this.work = this.scorer.scoreBy(this.model, batch);
  }
  ready(): Promise<void> {
    return this.work;
  }
  async finish(): Promise<Totals> {
    await this.work;
    this.scorer.close();
    return this.scorer;
  }
  async abort(): Promise<void> {
    await this.work.catch(() => {}); // whoever waited for it has been told
    this.scorer.close();
  }
}

/** Batches that may wait before a worker: it never idles, and memory stays small. */
const queueLimit = 3;

/** Scores in a worker thread. Every method but abort throws SCORE_WORKER once the worker has died. */
export class WorkerLane implements Lane {
  private readonly worker: Worker;
  private queued = 0;
  private totals: Totals | null = null;
  private failure: YuqingError | null = null;
  /** Whoever waits for a change of the fields above. */
  private waiting: (() => void)[] = [];
  constructor(
    userWords: readonly string[],
    subjects: readonly Subject[],
    model: string | null,
    readonly path: string,
  ) {
    this.worker = startWorker("./worker", import.meta.url, { userWords, subjects, model, path } satisfies WorkerStart);
    this.worker.on("message", (answer: WorkerAnswer) => {
      if (answer.kind === "scored") this.queued--;
      else this.totals = answer;
      this.wake();
    });
    this.worker.on("error", (cause) => this.fail(String(cause)));
    this.worker.on("exit", (code) => this.fail(`exit ${code}`));
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

  private async until(met: () => boolean): Promise<void> {
    while (!met()) {
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private fail(cause: string): void {
    if (this.totals === null) this.failure ??= workerDied(cause);
    this.wake();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

function workerDied(cause: string): YuqingError {
  return new YuqingError("SCORE_WORKER", 1, {
    what: { zh: "评分线程意外终止", en: "a score worker died" },
    got: cause,
    next: { zh: "设 threads: 0 重跑；仍失败请附上此信息报告", en: "run again with threads: 0; if that fails too, report this message" },
  });
}
