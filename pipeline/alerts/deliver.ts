import { spawn } from "node:child_process";
import { printable, type Message } from "../errors.ts";
import type { AlertRules } from "./rules.ts";
import type { Alert, AlertState } from "./state.ts";

/** After so many attempts an alert stays in the outbox, and is no longer tried. */
export const mostAttempts = 10;
/** After so many failures in a row the command is taken to be broken: the others wait for the next run, and no attempt is counted. */
const mostInARow = 3;

/** What became of an alert; fault: null when the command took it (exit 0). */
export interface Delivery {
  id: string;
  fault: Message | null;
}

/**
 * Hands alerts to the user's program, one run of it each, one after the other: the alert as one line of JSON on standard input, nothing of it in the arguments.
 * What the program prints is not kept, but the end of its error output. Past the time limit it is killed with all that it started. Never throws.
 * @returns what was tried, in order: all of `alerts`, or up to the third failure in a row
 */
export async function deliver(alerts: readonly Alert[], command: readonly string[], { timeLimitSeconds }: Pick<AlertRules, "timeLimitSeconds">): Promise<Delivery[]> {
  const tried: Delivery[] = [];
  for (const alert of alerts) {
    const fault = await run(command, `${JSON.stringify(alert)}\n`, timeLimitSeconds * 1000).catch((cause: unknown) => notStarted(cause as Error));
    tried.push({ id: alert.id, fault });
    if (tried.length >= mostInARow && tried.slice(-mostInARow).every(({ fault }) => fault !== null)) break;
  }
  return tried;
}

/**
 * Tries the outbox: what the command took leaves it, the rest stays for the next run with its fault. An alert may come twice (a run cut short after the command took it):
 * its id is the same. `failures`: for the digest.
 */
export async function deliverOutbox(state: AlertState, rules: Pick<AlertRules, "command" | "timeLimitSeconds">): Promise<{ state: AlertState; failures: Message[] }> {
  if (rules.command === null || state.outbox.length === 0) return { state, failures: [] };
  const waiting = state.outbox.filter(({ attempts }) => attempts < mostAttempts).map(({ alert }) => alert);
  const faults = new Map((await deliver(waiting, rules.command, rules)).map(({ id, fault }) => [id, fault]));
  const outbox = state.outbox
    .filter(({ alert }) => faults.get(alert.id) !== null)
    .map((one) => (faults.has(one.alert.id) ? { ...one, attempts: one.attempts + 1, fault: faults.get(one.alert.id)! } : one));
  return { state: { ...state, outbox }, failures: outboxFailures(outbox) };
}

function outboxFailures(outbox: AlertState["outbox"]): Message[] {
  const fault = outbox.findLast((one) => one.fault !== null)?.fault;
  const given = outbox.filter(({ attempts }) => attempts >= mostAttempts).length;
  const waiting = outbox.length - given;
  const failures: Message[] = [];
  if (waiting > 0) failures.push({ zh: `${waiting} 条预警未能交给命令，下次运行再试：${fault!.zh}`, en: `alerts that the command did not take, tried again by the next run: ${waiting}; ${fault!.en}` });
  if (given > 0) failures.push({ zh: `${given} 条预警试过 ${mostAttempts} 次仍未交出，不再尝试（见 alerts.jsonl）`, en: `alerts that the command did not take in ${mostAttempts} attempts, not tried any more (see alerts.jsonl): ${given}` });
  return failures;
}

const keptOutput = 300;
const graceMs = 500;

/** Runs the program once; null when it exits with 0. */
function run([program, ...given]: readonly string[], input: string, limitMs: number): Promise<Message | null> {
  return new Promise((resolve) => {
    // A group of its own, so that what it starts ends with it.
    const child = spawn(program!, given, { stdio: ["pipe", "ignore", "pipe"], detached: true });
    let printed = "";
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      killGroup(child.pid);
    }, limitMs);
    const end = (fault: Message | null): void => {
      clearTimeout(timer);
      child.stderr.destroy();
      resolve(fault);
    };
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed = (printed + text).slice(-keptOutput)));
    // A program that does not read its input is no fault: its exit status says whether it took the alert.
    child.stdin.on("error", () => {});
    child.on("error", (cause) => end(notStarted(cause)));
    child.on("close", (status, signal) => end(late ? overtime(limitMs) : faultOf(status, signal, printed)));
    // What it left running in the background may hold the error output open: that is not waited for.
    child.on("exit", (status, signal) => setTimeout(() => end(late ? overtime(limitMs) : faultOf(status, signal, printed)), graceMs).unref());
    child.stdin.end(input);
  });
}

function killGroup(pid: number | undefined): void {
  try {
    process.kill(-pid!, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
}

const notStarted = ({ message }: Error): Message => ({ zh: `命令无法启动：${printable(message)}`, en: `the command cannot be started: ${printable(message)}` });

const overtime = (limitMs: number): Message => ({ zh: `命令 ${limitMs / 1000} 秒没有结束，已终止`, en: `the command did not end within ${limitMs / 1000} s and was killed` });

function faultOf(status: number | null, signal: string | null, printed: string): Message | null {
  if (status === 0) return null;
  const said = printed.trim() === "" ? "" : `: ${printable(printed.trim().replace(/\s+/g, " "))}`;
  return { zh: `命令以 ${status ?? signal} 结束${said}`, en: `the command ended with ${status ?? signal}${said}` };
}
