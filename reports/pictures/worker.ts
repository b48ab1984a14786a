import { parentPort, workerData } from "node:worker_threads";
import type { Font } from "./fonts.ts";
import { paintAll } from "./paint.ts";

/** What a worker is started with; it answers with what `paintAll` gives, and ends. */
export interface WorkerStart {
  svgs: readonly string[];
  font: Font;
}

const { svgs, font } = workerData as WorkerStart;
parentPort!.postMessage(await paintAll(svgs, font));
