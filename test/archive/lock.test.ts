import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLock, workingHolder } from "../../pipeline/archive/lock.ts";
import { YuqingError } from "../../pipeline/errors.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "yuqing-lock-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const linux = process.platform === "linux";
const since = Date.UTC(2026, 10, 21, 18, 30);
const startOf = (pid: number): string => readFileSync(`/proc/${pid}/stat`, "latin1").replace(/^.*\) /s, "").split(" ")[19]!;

/** A record as this process would write it, changed. */
function held(change: Record<string, unknown>, name = "lock"): void {
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  const record = { nonce: "00000000000000aa", pid: process.pid, start: startOf(process.pid), host: hostname(), boot, space: readlinkSync("/proc/self/ns/pid"), since_ms: since, ...change };
  writeFileSync(join(folder, name), JSON.stringify(record));
}

function taking(): YuqingError | null {
  try {
    takeLock(folder, 0)();
    return null;
  } catch (cause) {
    if (cause instanceof YuqingError) return cause;
    throw cause;
  }
}

/** Number of a process that has ended. */
const gone = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

describe("lock", () => {
  it("is one holder's, named with its number and time, until it is given back", () => {
    const release = takeLock(folder, since);
    const busy = taking()!;
    expect([busy.code, busy.exit]).toEqual(["ARCHIVE_BUSY", 1]);
    expect(busy.parts.got).toBe(`pid ${process.pid}, ${hostname()}, 2026-11-21 18:30:00 UTC`);
    expect(workingHolder(folder)).toMatchObject({ pid: process.pid, since_ms: since });
    release();
    expect(readdirSync(folder)).toEqual([]);
    expect(workingHolder(folder)).toBeNull();
    release(); // twice is harmless
    expect(taking()).toBeNull();
  });

  it.skipIf(!linux)("of a dead holder is taken over; who may be alive keeps it", () => {
    // What the record says, and whether its holder can be taken for dead.
    const table: [string, Record<string, unknown>, boolean][] = [
      ["this very process", {}, false],
      ["a process that has ended", { pid: gone() }, true],
      ["its number given to another process", { start: "1" }, true],
      ["alive, start unknown", { start: null }, false],
      ["before a reboot", { boot: "00000000-0000-0000-0000-000000000000" }, true],
      ["of another machine, though no such number runs here", { host: "elsewhere", pid: gone() }, false],
      ["of another container", { space: "pid:[1]", pid: gone() }, false],
    ];
    for (const [name, change, dead] of table) {
      held(change);
      expect(workingHolder(folder) === null, name).toBe(dead);
      expect(taking()?.code ?? "taken", name).toBe(dead ? "taken" : "ARCHIVE_BUSY");
      expect(readdirSync(folder), name).toEqual(dead ? [] : ["lock"]);
      rmSync(join(folder, "lock"), { force: true });
    }
  });

  it.skipIf(!linux)("is freed by a holder that has ended but whom its parent has not seen off (a zombie)", async () => {
    // sh starts a child that ends at once and never waits for it.
    const parent = spawn("sh", ["-c", "sh -c 'echo $$' & exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    const pid = Number(await new Promise<string>((resolve) => parent.stdout.once("data", (text: Buffer) => resolve(String(text)))));
    try {
      while (!/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"))) await new Promise((resolve) => setTimeout(resolve, 5));
      held({ pid, start: startOf(pid) });
      expect(taking()).toBeNull();
    } finally {
      parent.kill();
    }
  });

  it.skipIf(!linux)("passes over successors that died on the way, at each step", () => {
    const dead = gone();
    held({ pid: dead });
    held({ pid: dead, nonce: "00000000000000bb" }, "lock.00000000000000aa"); // claimed the succession, then died
    held({ pid: dead, nonce: "00000000000000cc" }, "lock.00000000000000bb"); // claimed that one's, then died
    expect(taking()).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    held({ pid: dead, nonce: "00000000000000bb" }); // had taken the lock over, and died before it gave its claim back
    held({ pid: dead, nonce: "00000000000000bb" }, "lock.00000000000000aa");
    writeFileSync(join(folder, `lock.${dead}.00000000000000dd.tmp`), "{"); // died writing its record
    expect(taking()).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!linux)("is not taken from a successor at work", () => {
    held({ pid: gone() });
    held({ nonce: "00000000000000bb" }, "lock.00000000000000aa");
    expect(taking()?.code).toBe("ARCHIVE_BUSY");
  });

  it("that names nobody is left alone", () => {
    for (const text of ["", "{", "null", '{"pid":1}', '{"nonce":"../../x","pid":1,"since_ms":1}']) {
      writeFileSync(join(folder, "lock"), text);
      expect(taking()?.code, text).toBe("ARCHIVE_LOCK");
      expect(readFileSync(join(folder, "lock"), "utf8")).toBe(text);
    }
  });
});
