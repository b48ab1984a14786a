import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../pipeline/cli.ts";
import { eventAnalyzers } from "../../analyzers/index.ts";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { Output } from "../../pipeline/output.ts";
import { ScorePool } from "../../pipeline/score/pool.ts";

/**
 * npx tsx test/bench/faults.ts: throws at every call of the database, the scoring pool, the output and every analyzer in turn, during `yuqing report` over an earlier report.
 * Good: no exit code 0, the earlier report still there or a new one that says what failed; nothing left beside them. About 2 minutes.
 */
const folder = mkdtempSync(join(tmpdir(), "yuqing-faults-"));
process.chdir(folder);
const rows = Array.from({ length: 60 }, (_, i) => `2025-03-0${1 + (i % 5)} 10:${String(i % 60).padStart(2, "0")},微博,用户${i},第${i}位网友说这家公司的回应太慢了,${i}`);
writeFileSync("posts.csv", `发布时间,平台,作者,正文,转发数\n${rows.join("\n")}\n少了列的一行\n`);
writeFileSync("run.yaml", "threads: 0\n");
const report = async (): Promise<number> => {
  const [out, err] = [process.stdout.write, process.stderr.write];
  process.stdout.write = process.stderr.write = () => true;
  try {
    return await main(["report", "posts.csv", "--config", "run.yaml", "--out", "out"]);
  } finally {
    process.stdout.write = out;
    process.stderr.write = err;
  }
};

type Method = (...args: never[]) => unknown;
/** Runs a report with the k-th call of the method throwing; k = 0 only counts. */
async function withFault(owner: object, name: string, k: number): Promise<{ exit: number; calls: number }> {
  const target = owner as Record<string, Method>;
  const original = target[name]!;
  let calls = 0;
  target[name] = function (this: unknown, ...args: never[]): unknown {
    if (++calls === k) throw new Error(`fault ${k} of ${name}`);
    return original.apply(this, args);
  };
  try {
    return { exit: await report(), calls };
  } finally {
    target[name] = original;
  }
}

await report();
const before = readFileSync("out/report.json", "utf8");
let points = 0;
let partial = 0;
const bad: string[] = [];
const judge = (place: string, exit: number): void => {
  points++;
  const now = existsSync("out/report.json") ? readFileSync("out/report.json", "utf8") : "";
  const saysSo = exit === 3 && /"status": "error"/.test(now);
  if (saysSo) partial++;
  if (!(exit === 3 ? saysSo : exit !== 0 && now === before)) bad.push(`${place}: exit ${exit}`);
  if (now !== before) writeFileSync("out/report.json", before);
};
const places: [string, object, string][] = [
  ...["run", "rows", "columns", "each"].map((name): [string, object, string] => ["database", Database.prototype, name]),
  ...["submit", "finish"].map((name): [string, object, string] => ["pool", ScorePool.prototype, name]),
  ...["write", "commit"].map((name): [string, object, string] => ["output", Output.prototype, name]),
  ...eventAnalyzers.map((analyzer): [string, object, string] => [analyzer.id, analyzer, "analyze"]),
];
for (const [place, owner, name] of places) {
  const { calls } = await withFault(owner, name, 0);
  for (let k = 1; k <= calls; k++) judge(`${place}.${name} ${k}`, (await withFault(owner, name, k)).exit);
}
console.log(`${points} points: ${points - partial - bad.length} refused with the earlier report in place, ${partial} reported as partial, ${bad.length} bad`);
for (const line of bad) console.log(line);
process.chdir("/");
rmSync(folder, { recursive: true, force: true });
process.exit(bad.length === 0 ? 0 : 1);
