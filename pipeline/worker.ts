import { Worker } from "node:worker_threads";

/** Starts the module beside `from` as a thread. Run from TypeScript source (tests, scripts), it has to register the loader itself: Node 20 does not hand it on. */
export function startWorker(module: string, from: string, workerData: unknown): Worker {
  if (!from.endsWith(".ts")) return new Worker(new URL(`${module}.js`, from), { workerData });
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const worker = JSON.stringify(new URL(`${module}.ts`, from).href);
  return new Worker(`import(${loader}).then(({ register }) => { register(); return import(${worker}); });`, { workerData, eval: true });
}
