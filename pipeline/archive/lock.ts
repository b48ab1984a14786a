import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { YuqingError } from "../errors.ts";

/** Who holds the lock. A process is known by its number, its start and the machine it runs on: numbers are given out again. */
interface Holder {
  /** Of this holding, never used again. */
  nonce: string;
  pid: number;
  /** Clock ticks since boot when the process started; null where the system does not say. */
  start: string | null;
  host: string;
  /** Boot and process namespace; null where the system does not say. */
  boot: string | null;
  space: string | null;
  since_ms: number;
}

/**
 * Takes FOLDER/lock and returns the function that gives it back. The record appears whole (a link to a finished file), to one process only.
 * A dead holder's lock is taken over at once. Throws ARCHIVE_BUSY (exit 1) while another process is at work.
 */
export function takeLock(folder: string, nowMs: number): () => void {
  const path = join(folder, "lock");
  const mine: Holder = { nonce: randomBytes(8).toString("hex"), pid: process.pid, start: startOf(process.pid), host: hostname(), boot: bootOf(), space: spaceOf(), since_ms: nowMs };
  const record = join(folder, `lock.${process.pid}.${mine.nonce}.tmp`);
  writeRecord(record, mine);
  try {
    while (!tryLink(record, path)) {
      const held = readHolder(path);
      if (held === null) continue; // given back meanwhile
      if (!isDead(held)) throw busy(path, held);
      succeed(folder, path, held, record);
      if (readHolder(path)?.nonce === mine.nonce) break;
    }
  } finally {
    rmSync(record, { force: true });
  }
  for (const name of readdirSync(folder)) if (/^lock\.[0-9a-f]{16}$/.test(name) || isAbandoned(name)) rmSync(join(folder, name), { force: true });
  return () => {
    if (readHolder(path)?.nonce === mine.nonce) rmSync(path, { force: true });
  };
}

/** The holder of FOLDER/lock, if it is at work now; null when nobody is. For readers, which take no lock. */
export function workingHolder(folder: string): { pid: number; host: string; since_ms: number } | null {
  const held = readHolder(join(folder, "lock"));
  return held === null || isDead(held) ? null : held;
}

/**
 * Puts `record` in the place of the dead holder's record at `path`. Only one process can claim the succession of one holding (its nonce names the
 * claim). Whoever holds the claim and still finds the dead record at `path` is the only one who may replace it: an earlier successor would have done so
 * before giving the claim back. A claim whose owner died is succeeded in the same way.
 */
function succeed(folder: string, path: string, dead: Holder, record: string): void {
  const claim = join(folder, `lock.${dead.nonce}`);
  if (!tryLink(record, claim)) {
    const rival = readHolder(claim);
    if (rival === null) return; // over meanwhile: look again
    if (!isDead(rival)) throw busy(path, rival);
    succeed(folder, claim, rival, record);
    if (readHolder(claim)?.nonce !== readHolder(record)?.nonce) return;
  }
  if (readHolder(path)?.nonce !== dead.nonce) return rmSync(claim, { force: true });
  const copy = `${record.slice(0, -4)}.copy.tmp`;
  linkSync(record, copy); // renaming the record itself would take it away from a next round
  renameSync(copy, path);
  rmSync(claim, { force: true });
}

function writeRecord(path: string, holder: Holder): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeSync(file, `${JSON.stringify(holder)}\n`);
    fsyncSync(file); // a lock that a power cut emptied would name nobody
  } finally {
    closeSync(file);
  }
}

/** False when something is there already. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

/** Null when there is no record. Throws ARCHIVE_LOCK for one that names nobody. */
function readHolder(path: string): Holder | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw cause;
  }
  try {
    const holder = JSON.parse(text) as Holder;
    if (typeof holder.nonce === "string" && /^[0-9a-f]{16}$/.test(holder.nonce) && Number.isSafeInteger(holder.pid) && Number.isSafeInteger(holder.since_ms)) return holder;
  } catch {
    // said below
  }
  throw new YuqingError("ARCHIVE_LOCK", 1, {
    what: { zh: "档案的锁文件不是 yuqing 写的", en: "the lock of the archive was not written by yuqing" },
    where: path,
    got: `${text.length} characters`,
    next: { zh: "确认没有 yuqing 在运行后删除它", en: "make sure that no yuqing is at work and delete it" },
  });
}

/** Certain only for a process of this machine, of this boot or an earlier one, in this process namespace; any other one may be at work. */
function isDead({ host, boot, space, pid, start }: Holder): boolean {
  if (host !== hostname()) return false;
  const now = bootOf();
  if (boot !== null && now !== null && boot !== now) return true;
  if (space !== spaceOf()) return false;
  if (!isRunning(pid)) return true;
  const other = startOf(pid);
  return start !== null && other !== null && other !== start;
}

/** Field 22 of /proc/PID/stat (proc(5)); "" for a process that has ended and waits for its parent; null where the system does not say. */
function startOf(pid: number): string | null {
  const stat = readSystem(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name before it may hold blanks and parentheses
  return fields[0] === "Z" || fields[0] === "X" ? "" : (fields[19] ?? null);
}

const bootOf = (): string | null => readSystem("/proc/sys/kernel/random/boot_id")?.trim() ?? null;

function spaceOf(): string | null {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
}

function readSystem(path: string): string | null {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A record on its way, of a process that was killed. */
function isAbandoned(name: string): boolean {
  const pid = /^lock\.(\d+)\.[0-9a-f]{16}(?:\.copy)?\.tmp$/.exec(name)?.[1];
  return pid !== undefined && !isRunning(Number(pid));
}

function busy(path: string, { pid, host, since_ms }: Holder): YuqingError {
  const since = `${new Date(since_ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const here = host === hostname();
  return new YuqingError("ARCHIVE_BUSY", 1, {
    what: { zh: "另一个 yuqing 正在写这个档案", en: "another yuqing is writing this archive" },
    where: path,
    got: `pid ${pid}, ${host}, ${since}`,
    next: here
      ? { zh: "等它结束后再运行；若它被杀死，下一次运行会自动接管", en: "run again when it has ended; if it is killed, the next run takes over by itself" }
      : { zh: "在那台机器（或容器）上查看；确认它已不在运行后删除锁文件", en: "look on that machine (or container); delete the lock when it is no longer at work" },
  });
}
