// Runs a program over a project again and again, each time with one thing going wrong, and checks what it leaves (C1–C4 of the reliability checks).
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { faultIn, stateOf } from "./check.mjs";

export const toolsFolder = fileURLToPath(new URL("../../../shared/data/hostile/tools/", import.meta.url));
export const hasTools = () => existsSync(join(toolsFolder, "faultfs.c")) && spawnSync("gcc", ["--version"]).status === 0;

/** A fault bench: `start` is the project before the run, `command` the run, with PROJECT for its folder. Close it. */
export class Bench {
  constructor(start, command) {
    this.folder = mkdtempSync(join(tmpdir(), "yuqing-faults-"));
    this.project = join(this.folder, "project");
    this.start = start;
    this.command = command;
    this.library = join(this.folder, "faultfs.so");
    this.bad = [];
    this.reset();
    const before = stateOf(this.project);
    const started = performance.now();
    const clean = this.run();
    this.cleanMs = performance.now() - started;
    if (!isDone(clean.status)) throw new Error(`the clean run ended with ${clean.status}: ${clean.stderr}`);
    this.states = { before, after: stateOf(this.project) };
    if (this.states.after.pending > 0) throw new Error("the clean run left publications");
  }
  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }
  reset(project = this.project) {
    rmSync(project, { recursive: true, force: true });
    cpSync(this.start, project, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  }
  argv(project) {
    return this.command.map((word) => word.replaceAll("PROJECT", project));
  }
  run(environment = {}, project = this.project) {
    const [program, ...args] = this.argv(project);
    return spawnSync(program, args, { env: { ...process.env, ...environment }, encoding: "utf8" });
  }
  /** What is wrong after the fault, and after one more clean run. `failed`: a write was refused, so exit 0 would be a lie. */
  judge(name, { status, failed = false }, project = this.project) {
    const after = faultIn(project, this.states, "faulted");
    if (after !== null) this.bad.push(`${name}: ${after}`);
    if (failed && status === 0) this.bad.push(`${name}: exit 0 though a write was refused`);
    const again = this.run({}, project);
    const recovered = isDone(again.status) ? faultIn(project, this.states, "recovered") : `clean run ended with ${again.status}: ${again.stderr.slice(0, 300)}`;
    if (recovered !== null) this.bad.push(`${name}: not recovered: ${recovered}`);
  }
  build() {
    const source = join(this.folder, "faultfs.c");
    writeFileSync(source, readFileSync(join(toolsFolder, "faultfs.c")));
    const made = spawnSync("gcc", ["-shared", "-fPIC", "-O2", "-o", this.library, source, "-ldl"], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(made.stderr);
  }
  /** Environment in which the operation `at` meets `mode` (faultfs.c). */
  fault(at, mode) {
    return { LD_PRELOAD: this.library, FAULT_DIR: this.project, FAULT_AT: String(at), FAULT_MODE: mode };
  }
  /** File operations of one run below the project, in order. */
  points() {
    const log = join(this.folder, "log");
    writeFileSync(log, "");
    this.reset();
    this.run({ LD_PRELOAD: this.library, FAULT_DIR: this.project, FAULT_LOG: log });
    return readFileSync(log, "utf8").trimEnd().split("\n").map((line, i) => ({ at: i + 1, call: line.split(" ")[2], path: line.split(" ").slice(3).join(" ") }));
  }

  /** C1: every point × every mode, all of them or those that `take` picks. `rotate`: one mode a point, each kind of call meeting its modes in turn. */
  everyPoint({ modes = ["KILL", "KILLAFTER", "SHORT", "ENOSPC", "EIO", "EMFILE"], sticky = false, rotate = false, take = () => true } = {}) {
    this.build();
    const points = this.points();
    const met = new Map();
    let runs = 0;
    for (const { at, call, path } of points) {
      const possible = modes.filter((mode) => (mode !== "SHORT" || call.includes("write")) && (mode !== "ENOSPC" || !/unlink|rmdir/.test(call)) && (mode !== "EMFILE" || call.startsWith("open")));
      const turn = met.get(call) ?? 0;
      met.set(call, turn + 1);
      for (const mode of rotate ? [possible[turn % possible.length]] : possible) {
        if (!take(at, mode)) continue;
        this.reset();
        runs++;
        const { status } = this.run({ ...this.fault(at, mode), ...(sticky && { FAULT_STICKY: "1" }) });
        if (runs % 10 === 0) process.stderr.write(`point ${at} of ${points.length}, ${runs} faults, bad ${this.bad.length}\n`);
        const harmless = call === "mkdir"; // of a folder that is there nothing is lost; without the folder the next call fails
        this.judge(`${mode} at ${at} ${call} ${path.slice(this.project.length)}`, { status, failed: !harmless && !mode.startsWith("KILL") && mode !== "SHORT" });
      }
    }
    return { points: points.length, runs };
  }

  /** C2: the process group killed at a random moment after the program says something (or after its start, when `ready` is false). */
  async randomKills(rounds, { ready = true, seed = 1 } = {}) {
    const random = mulberry32(seed);
    const outcomes = { "as before": 0, "as after": 0, "publication cut": 0, "ended by itself": 0 };
    const span = ready ? await this.#span() : this.cleanMs;
    for (let round = 0; round < rounds; round++) {
      this.reset();
      const { killed } = await this.#kill(random() * span * 1.1, ready);
      if (!killed) outcomes["ended by itself"]++;
      else if (existsSync(join(this.project, "archive", "manifest.json"))) {
        const { kept, pending } = stateOf(this.project);
        outcomes[pending > 0 ? "publication cut" : kept.commits === this.states.before.kept.commits ? "as before" : "as after"]++;
      }
      this.judge(`kill ${round}`, { status: null });
      if (round % 10 === 9) process.stderr.write(`${round + 1} kills, ${JSON.stringify(outcomes)}, bad ${this.bad.length}\n`);
    }
    return outcomes;
  }
  /** Longest of five times from the first word to the end, ms. */
  async #span() {
    let longest = 0;
    for (let i = 0; i < 5; i++) {
      this.reset();
      longest = Math.max(longest, (await this.#kill(60_000, true)).ms);
    }
    return longest;
  }
  #kill(afterMs, ready) {
    const [program, ...args] = this.argv(this.project);
    const child = spawn(program, args, { detached: true, stdio: ["ignore", "pipe", "ignore"] });
    return new Promise((resolve) => {
      let timer = null;
      let begun = 0;
      const arm = () => {
        if (timer !== null) return;
        begun = performance.now();
        timer = setTimeout(() => {
          try {
            process.kill(-child.pid, "SIGKILL");
          } catch {
            // it has just ended
          }
        }, afterMs);
      };
      child.stdout.on("data", () => ready && arm());
      if (!ready) arm();
      child.on("exit", (_, signal) => {
        clearTimeout(timer);
        resolve({ killed: signal === "SIGKILL", ms: performance.now() - begun });
      });
    });
  }

  /** B1: the same run in other time zones and languages, and with another clock where faketime is; every file of archive and reports must be the same, to the byte. */
  elsewhere() {
    const places = [["UTC", "C"], ["Asia/Shanghai", "zh_CN.UTF-8"], ["America/Los_Angeles", "tr_TR.UTF-8"]].map(([zone, locale]) => [`${zone} ${locale}`, () => this.run({ TZ: zone, LC_ALL: locale, LANG: locale })]);
    const clocks = spawnSync("faketime", ["--version"]).status === 0 ? ["+1d", "+365d", "-365d"] : [];
    for (const shift of clocks) places.push([`clock ${shift}`, () => spawnSync("faketime", ["-f", shift, ...this.argv(this.project)], { encoding: "utf8" })]);
    for (const [name, run] of places) {
      this.reset();
      const { status } = run();
      const fault = isDone(status) ? faultIn(this.project, this.states, "recovered") : `exit ${status}`;
      if (fault !== null) this.bad.push(`${name}: ${fault}`);
    }
    return { runs: places.length, files: this.states.after.kept.files.length + Object.keys(this.states.after.reports).length };
  }

  /** C3: a file system of `steps` sizes, in blocks of 4096 bytes, between what the project takes and more than the run needs. Null where mounting is not allowed. */
  diskFull(steps) {
    const mount = join(this.folder, "small");
    mkdirSync(mount);
    const project = join(mount, "project");
    const size = (blocks) => `size=${blocks * 4096}`;
    if (spawnSync("mount", ["-t", "tmpfs", "-o", size(1 << 15), "tmpfs", mount]).status !== 0) return null;
    try {
      const used = () => Number(spawnSync("df", ["--output=used", "-B4096", mount], { encoding: "utf8" }).stdout.trim().split("\n")[1]);
      this.reset(project);
      const least = used();
      this.run({}, project);
      const most = Math.round(least + (used() - least) * 1.3); // it takes more while at work than at the end
      const exits = new Map();
      for (let step = 0; step < steps; step++) {
        spawnSync("mount", ["-o", `remount,${size(1 << 15)}`, mount]);
        this.reset(project);
        spawnSync("mount", ["-o", `remount,${size(least + Math.round(((most - least) * step) / (steps - 1)))}`, mount]);
        const { status } = this.run({}, project);
        exits.set(status, (exits.get(status) ?? 0) + 1);
        const fault = faultIn(project, this.states, "faulted");
        if (fault !== null) this.bad.push(`disk ${step}: ${fault}`);
        spawnSync("mount", ["-o", `remount,${size(1 << 15)}`, mount]);
        this.judge(`disk ${step}`, { status }, project);
      }
      return { least, most, exits: Object.fromEntries(exits) };
    } finally {
      spawnSync("umount", [mount]);
    }
  }

  /** C4: `count` runs at once. `trace` names a file in which the program says when it enters and leaves; two inside at once are bad. */
  async together(count, rounds, { stale = false } = {}) {
    const exits = new Map();
    const trace = join(this.folder, "trace");
    for (let round = 0; round < rounds; round++) {
      this.reset();
      writeFileSync(trace, "");
      if (stale) await this.#staleLock();
      const [program, ...args] = this.argv(this.project);
      const ends = await Promise.all(Array.from({ length: count }, () => new Promise((resolve) => {
        const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, TRACE: trace } });
        let said = "";
        child.stderr.on("data", (part) => (said += part));
        child.on("close", (status) => resolve({ status, said }));
      })));
      for (const { status, said } of ends) {
        const end = status === 0 ? "done" : said.includes("ARCHIVE_BUSY") ? "busy" : `exit ${status}`;
        exits.set(end, (exits.get(end) ?? 0) + 1);
        if (end !== "done" && end !== "busy") this.bad.push(`together ${round}: ${end}: ${said.slice(0, 300)}`);
      }
      if (!ends.some(({ status }) => status === 0)) this.bad.push(`together ${round}: nobody won`);
      const words = readFileSync(trace, "utf8").trimEnd().split("\n").map((line) => line.split(" ")[0]);
      if (words.some((word, i) => word === (i % 2 === 0 ? "leave" : "enter"))) this.bad.push(`together ${round}: two at once: ${words.join(" ")}`);
      const fault = faultIn(this.project, this.states, "recovered");
      if (fault !== null) this.bad.push(`together ${round}: ${fault}`);
    }
    return Object.fromEntries(exits);
  }
  /** Leaves the lock of a killed run, without any of its work. */
  async #staleLock() {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const stat = readFileSync(`/proc/${child.pid}/stat`, "latin1");
    const holder = { nonce: "00000000000000aa", pid: child.pid, start: stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19], host: hostname(), boot: readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(), space: readlinkSync("/proc/self/ns/pid"), since_ms: 0 };
    child.kill("SIGKILL");
    await new Promise((resolve) => child.on("exit", resolve));
    writeFileSync(join(this.project, "archive", "lock"), `${JSON.stringify(holder)}\n`);
  }
}

/** Complete, or written and said to be partial. */
const isDone = (status) => status === 0 || status === 3;

/** Seeded, so that a failing round can be run again. */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
