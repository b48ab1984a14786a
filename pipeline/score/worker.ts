import { parentPort, workerData } from "node:worker_threads";
import { loadResources, type Subject } from "../../analyzers/post/index.ts";
import { BatchScorer, type Text } from "./batch.ts";

/** What a worker is started with. */
export interface WorkerStart {
  userWords: readonly string[];
  subjects: readonly Subject[];
  /** Path of an adapted model; null: the shipped one. */
  model: string | null;
  /** File it writes. */
  path: string;
}

/** What a worker answers: a batch is scored and written; or, to the message "finish", its totals. */
export type WorkerAnswer = { kind: "scored" } | { kind: "finished"; scored: number; errors: number };

const { userWords, subjects, model, path } = workerData as WorkerStart;
const scorer = new BatchScorer(loadResources(userWords, subjects, model), path);
const answer = (message: WorkerAnswer): void => parentPort!.postMessage(message);

parentPort!.on("message", (message: Text[] | "finish") => {
  if (message === "finish") {
    scorer.close();
    answer({ kind: "finished", scored: scorer.scored, errors: scorer.errors });
    parentPort!.close();
    return;
  }
  scorer.score(message);
  answer({ kind: "scored" });
});
