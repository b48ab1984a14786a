// node test/bench/hostile-files.mjs [CASE…]: what the import does with archive bombs, broken archives and files of odd shapes (checks A12–A14 and C7 of ../shared/reference/reliability.md).
// Makes them in a temporary folder with the generators of ../shared, imports each in a process of its own from dist/ (npm run build first), prints outcome, seconds (the bars hold for an idle machine) and peak memory. Exit code 1 when a bar is missed.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

if (process.argv[2] === "--import") {
  await importOne(process.argv[3]);
} else {
  measureAll(process.argv.slice(2));
}

/** In the child: imports a path and prints what came of it as JSON. */
async function importOne(path) {
  const { expandInputs } = await import("../../dist/pipeline/import/open/inputs.js");
  const { importFile } = await import("../../dist/pipeline/import/import.js");
  const outcome = { files: 0, read: 0, kept: 0, rejected: 0, skipped: 0, codes: [], canary: false };
  const codes = new Set();
  const fault = (error) => {
    if (error.name !== "YuqingError") throw error;
    codes.add(error.code);
    outcome.canary ||= error.text("zh").includes("CANARY");
  };
  try {
    const { inputs, skipped } = await expandInputs([path]);
    outcome.skipped = skipped.length;
    for (const [index, input] of inputs.entries()) {
      const file = importFile(input, index, { utcOffsetMs: 28_800_000, key: "bench", privacy: "masked" });
      try {
        for await (const { posts } of file) outcome.canary ||= posts.some(({ own, title }) => `${own}${title}`.includes("CANARY"));
      } catch (error) {
        fault(error);
        continue;
      }
      const { read, kept, rejected, rejectedBy } = file.summary();
      for (const [code, rows] of rejectedBy) codes.add(`${code}×${rows}`);
      outcome.files++;
      outcome.read += read;
      outcome.kept += kept;
      outcome.rejected += rejected;
    }
  } catch (error) {
    fault(error);
  }
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ ...outcome, codes: [...codes], cpu: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1024 }));
}

function measureAll(wanted) {
  const generators = fileURLToPath(new URL("../../../shared/data/hostile/gen/", import.meta.url));
  const gen = existsSync(generators) ? generators : process.env.HOSTILE_GEN;
  if (!gen || !existsSync(gen)) {
    console.error("../shared/data/hostile/gen is not there (or set HOSTILE_GEN): nothing to make the files with");
    process.exit(2);
  }
  const folder = mkdtempSync(join(tmpdir(), "yuqing-hostile-"));
  const canary = "/var/tmp/canary.txt"; // to which xxe_file.xlsx and symlink_entry.xlsx point
  writeFileSync(canary, "CANARY\n");
  const chosen = (name) => wanted.length === 0 || wanted.some((word) => name.includes(word));
  let missed = 0;
  console.log(["case", "outcome", "files", "read", "kept", "rejected", "skipped", "seconds", "of which CPU", "peak MB", "bar"].join("\t"));
  const measure = (name, path, seconds, megabytes) => {
    if (!chosen(name)) return;
    const started = performance.now();
    // Few file descriptors for all: a leak shows at once.
    const child = spawnSync("sh", ["-c", 'ulimit -n 256; exec "$0" "$@"', process.execPath, fileURLToPath(import.meta.url), "--import", path], { encoding: "utf8", timeout: 180_000 });
    const taken = (performance.now() - started) / 1000;
    const result = child.status === 0 ? JSON.parse(child.stdout) : null;
    const crash = `crash: ${child.signal ?? child.status} ${child.stderr.split("\n").find((line) => /Error|FATAL/.test(line)) ?? ""}`;
    const good = result !== null && !result.canary && taken <= seconds && result.peak <= megabytes;
    if (!good) missed++;
    const { files = "", read = "", kept = "", rejected = "", skipped = "", codes = [], cpu = 0, peak = 0 } = result ?? {};
    console.log([name, result === null ? crash : result.canary ? "CANARY" : codes.join(" ") || "ok", files, read, kept, rejected, skipped, taken.toFixed(1), cpu.toFixed(1), peak.toFixed(0), good ? "met" : `MISSED (${seconds} s, ${megabytes} MB)`].join("\t"));
  };
  try {
    const bombs = join(folder, "bombs");
    execFileSync("python3", [join(gen, "make_bombs.py"), bombs], { stdio: "ignore" });
    for (const name of readdirSync(bombs).sort()) if (name !== "manifest.json") measure(name, join(bombs, name), 10, 512);
    const big = [["cell", "csv"], ["cell_open", "csv"], ["line", "csv"], ["jsonl_line", "jsonl"], ["cols", "csv"], ["blanks", "csv"], ["files", null]];
    for (const [kind, extension] of big.filter(([kind]) => chosen(kind))) {
      const path = join(folder, extension === null ? kind : `${kind}.${extension}`);
      execFileSync("python3", [join(gen, "make_big.py"), kind, path]);
      measure(kind, path, 30, 400);
      if (kind === "files") {
        rmSync(join(path, "0.csv")); // the folder is an entry too, and 10,000 are allowed
        execFileSync("python3", ["-m", "zipfile", "-c", `${path}.zip`, path]);
        measure("files.zip", `${path}.zip`, 30, 400);
      }
      rmSync(path, { recursive: true });
    }
    if (existsSync("/var/tmpe")) throw new Error("an entry of traversal_entries.xlsx was written under its name");
    const odd = join(folder, "odd");
    mkdirSync(odd);
    execFileSync("mkfifo", [join(odd, "pipe.csv")]);
    execFileSync("ln", ["-s", "loop.csv", join(odd, "loop.csv")]);
    writeFileSync(join(odd, "empty.csv"), "");
    for (const name of readdirSync(odd).sort()) measure(name, join(odd, name), 10, 512);
    measure("/dev/zero", "/dev/zero", 10, 512);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(canary, { force: true });
  }
  process.exitCode = missed === 0 ? 0 : 1;
}
