import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { deliver, deliverOutbox, mostAttempts } from "../../pipeline/alerts/deliver.ts";
import { alertRulesSchema } from "../../pipeline/alerts/rules.ts";
import { firstAlertState, type Alert, type AlertState } from "../../pipeline/alerts/state.ts";

const folder = mkdtempSync(join(tmpdir(), "yuqing-alerts-"));
afterAll(() => rmSync(folder, { recursive: true }));
const alert = (id: string, title = "甲"): Alert => ({ id, event: "a", kind: "media", at_ms: 0, level: "notice", text: { zh: title, en: title }, facts: { title }, posts: [] });
/** A program of Node: argv list that runs the source. */
const node = (source: string, ...given: string[]): string[] => [process.execPath, "-e", source, ...given];
const limit = { timeLimitSeconds: 20 };
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0) && !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
};

it("gives each alert on standard input and nothing of it in the arguments", async () => {
  const out = join(folder, "got");
  const hostile = "$(touch pwned) `x` '; rm -rf / \n\u2028 \\ \"";
  const command = node(`require("fs").appendFileSync(${JSON.stringify(out)}, JSON.stringify({ args: process.argv.slice(1), input: require("fs").readFileSync(0, "utf8") }) + "\\n")`, "--", "--to", "$HOME");
  expect(await deliver([alert("1", hostile), alert("2")], command, limit)).toEqual([{ id: "1", fault: null }, { id: "2", fault: null }]);
  const got = readFileSync(out, "utf8").trim().split("\n").map((line) => JSON.parse(line) as { args: string[]; input: string });
  expect(got.map(({ args }) => args)).toEqual([["--to", "$HOME"], ["--to", "$HOME"]]);
  expect(got.map(({ input }) => JSON.parse(input) as unknown)).toEqual([alert("1", hostile), alert("2")]);
  expect(got[0]!.input.split("\n").length).toBe(2);
});

it("says how a command ended, with the end of what it printed, made harmless", async () => {
  const [given] = await deliver([alert("1")], node(`console.error("x".repeat(1e6) + "\\u001b[31mrelay refused"); process.exitCode = 7`), limit);
  expect(given!.fault!.en).toMatch(/^the command ended with 7: x+\ufffd\[31mrelay refused$/);
  expect(given!.fault!.en.length).toBeLessThan(400);
  expect((await deliver([alert("1")], node(`process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 1e5)`), limit))[0]!.fault!.zh).toBe("命令以 SIGTERM 结束");
  for (const command of [[join(folder, "missing")], ["\u0000"]]) expect((await deliver([alert("1")], command, limit))[0]!.fault!.en).toMatch(/^the command cannot be started: /);
});

it("is not held up by a command that prints without end into its output, or does not read its input", async () => {
  expect(await deliver([alert("1", "长".repeat(300_000))], node(`process.stdout.write("y".repeat(5e6))`), limit)).toEqual([{ id: "1", fault: null }]);
});

it.skipIf(!existsSync("/proc/self/stat"))("ends a command that hangs, with what it started (needs /proc)", async () => {
  const pids = join(folder, "pids");
  const command = ["/bin/sh", "-c", `sleep 1000 & echo $! > "$0"; echo $$ >> "$0"; wait`, pids];
  const [given] = await deliver([alert("1")], command, { timeLimitSeconds: 3 });
  expect(given!.fault!.en).toBe("the command did not end within 3 s and was killed");
  const started = readFileSync(pids, "utf8").trim().split("\n").map(Number);
  expect(started.length).toBe(2);
  await expect.poll(() => started.filter(isAlive), { timeout: 20_000 }).toEqual([]);
});

const outboxOf = (...entries: [string, number][]): AlertState => ({ ...firstAlertState, outbox: entries.map(([id, attempts]) => ({ alert: alert(id), attempts, fault: null })) });
const rules = (command: string[] | null) => alertRulesSchema.parse({ command });

it("keeps what was not taken, counts the attempts, and gives up after ten", async () => {
  // Takes 2 only.
  const command = node(`process.exitCode = JSON.parse(require("fs").readFileSync(0, "utf8")).id === "2" ? 0 : 1`);
  const { state, failures } = await deliverOutbox(outboxOf(["1", 0], ["2", 4], ["3", mostAttempts - 1], ["4", mostAttempts]), rules(command));
  expect(state.outbox.map(({ alert: { id }, attempts }) => [id, attempts])).toEqual([["1", 1], ["3", 10], ["4", 10]]);
  expect(failures.map(({ en }) => en)).toEqual(["alerts that the command did not take, tried again by the next run: 1; the command ended with 1", "alerts that the command did not take in 10 attempts, not tried any more (see alerts.jsonl): 2"]);
  expect(await deliverOutbox(outboxOf(["4", mostAttempts]), rules(node("throw 1")))).toMatchObject({ state: outboxOf(["4", mostAttempts]) });
});

it("stops at the third failure in a row: a broken command is not tried a hundred times", async () => {
  const log = join(folder, "tries");
  writeFileSync(log, "");
  const command = node(`require("fs").appendFileSync(${JSON.stringify(log)}, "x"); process.exitCode = 1`);
  const { state, failures } = await deliverOutbox(outboxOf(...Array.from({ length: 100 }, (_, i): [string, number] => [String(i), 0])), rules(command));
  expect(readFileSync(log, "utf8")).toBe("xxx");
  expect(state.outbox.map(({ attempts }) => attempts)).toEqual([1, 1, 1, ...new Array<number>(97).fill(0)]);
  expect(failures.length).toBe(1);
});

it("without a command, or with nothing to hand over, does nothing", async () => {
  const waiting = outboxOf(["1", 0]);
  expect(await deliverOutbox(waiting, rules(null))).toEqual({ state: waiting, failures: [] });
  expect(await deliverOutbox(firstAlertState, rules(["/missing"]))).toEqual({ state: firstAlertState, failures: [] });
});
