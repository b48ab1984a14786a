// npm run bench [FILE…]: whole-process time, posts per second and peak memory of `yuqing report`, on the demo and on any files given.
// Timings belong here, never in tests. Absolute seconds depend on the machine; compare ratios within one run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("yuqing.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "yuqing-bench-"));
const { generateDemo } = await import("../dist/data/samples/generate.js");
const demo = generateDemo(folder);
const jobs = [["demo", [demo.csvPath, "--event", demo.eventPath]], ...(process.argv.length > 2 ? [["given", process.argv.slice(2)]] : [])];

console.log(["input", "rows", "seconds", "rows/s", "peak MB", "html kB", "exit"].join("\t"));
for (const [name, args] of jobs) {
  const out = join(folder, `out-${name}`);
  const probe = `process.on('exit', () => console.error('PEAK ' + process.resourceUsage().maxRSS));`;
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(probe)}`, cli, "report", ...args, "--out", out], { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
  const seconds = (performance.now() - started) / 1000;
  const peak = Math.max(...[...stderr.matchAll(/PEAK (\d+)/g)].map(([, kb]) => Number(kb) / 1024));
  if (status !== 0 && status !== 3) {
    console.error(stderr);
    process.exitCode = 1;
    continue;
  }
  const rows = JSON.parse(readFileSync(join(out, "report.json"), "utf8")).intake.read;
  console.log([name, rows, seconds.toFixed(1), Math.round(rows / seconds), peak.toFixed(0), Math.round(statSync(join(out, "report.html")).size / 1024), status].join("\t"));
}
rmSync(folder, { recursive: true, force: true });
