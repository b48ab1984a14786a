// node test/faults/run.mjs [--only C1,C2,C3,C4,C6,B1] [--rounds N] [--seed N] [--part 1/3] [--rotate] [--start DIR -- COMMAND… PROJECT …]
// --part takes a share of the points of C1; --rotate gives each of them one fault, in turn, not every one. Kills, disk errors, full disks and runs at once, over the small night of night.mjs, or over any command that writes a project: --start is a project folder with new
// files in its inbox, PROJECT stands for the folder of a run (give the command a fixed --now). Needs ../shared, gcc, and the built code (npm run build). Exit code 1 when anything is bad.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Bench, hasTools } from "./driver.mjs";

const dash = process.argv.indexOf("--");
const options = process.argv.slice(2, dash < 0 ? undefined : dash);
const option = (name) => (options.includes(name) ? options[options.indexOf(name) + 1] : null);
const wanted = (option("--only") ?? "C1,C2,C3,C4,C6,B1").split(",");
const rounds = option("--rounds") === null ? null : Number(option("--rounds"));
const [part, parts] = (option("--part") ?? "1/1").split("/").map(Number);
const rotate = options.includes("--rotate");
const seed = Number(option("--seed") ?? 1);
const take = (at) => at % parts === part - 1;
const folder = mkdtempSync(join(tmpdir(), "yuqing-start-"));
const own = dash < 0;
const night = [process.execPath, fileURLToPath(new URL("night.mjs", import.meta.url)), "PROJECT"];
const command = own ? night : process.argv.slice(dash + 1);
let bad = 0;

try {
  if (!own) await all("given", resolve(option("--start")));
  else {
    const second = await secondNight();
    await all("second night", second);
    if (hasTools() && wanted.includes("C1")) for (const [name, start] of cutNights(second)) everyPoint(name, start);
  }
  if (own && wanted.includes("C6")) await readerDuringSwaps();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = bad > 0 ? 1 : 0;

function said(bench, what, name, figures) {
  console.log(`${what}\t${name}\t${JSON.stringify(figures)}\tbad ${bench.bad.length}`);
  for (const one of bench.bad) console.log(`\t${one}`);
  bad += bench.bad.splice(0).length;
}

async function all(name, start) {
  if (wanted.includes("C1") && hasTools()) everyPoint(name, start);
  const bench = new Bench(start, command);
  try {
    if (wanted.includes("B1")) said(bench, "B1 zones and locales", name, bench.elsewhere());
    if (wanted.includes("C2")) said(bench, `C2 kills ${rounds ?? 500}`, name, await bench.randomKills(rounds ?? 500, { ready: own, seed }));
    if (wanted.includes("C3")) said(bench, `C3 disk sizes ${rounds ?? 32}`, name, bench.diskFull(rounds ?? 32));
    for (const count of wanted.includes("C4") ? [2, 8] : []) {
      said(bench, `C4 ${count} at once × ${rounds ?? 50}`, name, await bench.together(count, rounds ?? 50));
      said(bench, `C4 ${count} at once over a dead lock × ${rounds ?? 50}`, name, await bench.together(count, rounds ?? 50, { stale: true }));
    }
  } finally {
    bench.close();
  }
}

function everyPoint(name, start) {
  const bench = new Bench(start, command);
  try {
    said(bench, "C1 every point", name, bench.everyPoint({ take, rotate }));
    if (!rotate) said(bench, "C1 and every later call", name, bench.everyPoint({ modes: ["ENOSPC"], sticky: true, take }));
  } finally {
    bench.close();
  }
}

/** A project with one night and one new file. */
async function secondNight() {
  const dist = pathToFileURL(`${resolve(process.env.YUQING_DIST ?? "dist")}/`);
  const { initProject } = await import(new URL("pipeline/archive/init.js", dist));
  const project = join(folder, "second night");
  initProject(project);
  for (const name of ["a.csv", "b.csv"]) {
    writeFileSync(join(project, "inbox", name), name.repeat(2000));
    if (name === "a.csv") spawnSync(command[0], [command[1], project]);
  }
  return project;
}

/** What a killed run leaves: a dead lock with files that no manifest lists; a dead lock with a publication that was cut. */
function* cutNights(start) {
  for (const [name, file] of [["after a killed run", "archive/manifest.json"], ["after a cut publication", "reports/digest.html"]]) {
    const bench = new Bench(start, command);
    bench.build();
    const { at } = bench.points().find(({ call, path }) => call === "rename" && path.endsWith(file));
    bench.reset();
    bench.run(bench.fault(at, file.startsWith("reports") ? "KILLAFTER" : "KILL"));
    const project = join(folder, name);
    cpSync(bench.project, project, { recursive: true });
    bench.close();
    yield [name, project];
  }
}

/** C6: one process commits 100 times; another opens the archive all the while, and reads two states, a file and a report that must be of one commit. */
async function readerDuringSwaps() {
  const project = join(folder, "swaps");
  const writer = spawn(process.execPath, [fileURLToPath(new URL("swaps.mjs", import.meta.url)), "write", project], { stdio: "inherit" });
  const reader = spawn(process.execPath, [fileURLToPath(new URL("swaps.mjs", import.meta.url)), "read", project], { stdio: "inherit" });
  const ends = await Promise.all([writer, reader].map((child) => new Promise((done) => child.on("close", done))));
  bad += ends.filter((status) => status !== 0).length;
}
