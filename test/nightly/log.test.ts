import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arrive, closeOffice, csv, newOffice, night, yuqing } from "./office.ts";

const shared = fileURLToPath(new URL("../../../shared/data/hostile/unicode/cases.json", import.meta.url));
/** Of our own: escapes, a line that looks like a log's, C1, separators, bidi. */
const own = ["a\u001b[31mred\u001b[0m", "ok\n2026-01-01 ERROR forged", "b\u0085\u009b31m", "c\u2028d\u2029e", "f\u202etxt.exe", "g\u2066\u2067h\u2069", "i\u007f\u0008\r"];
const cases = existsSync(shared) ? (JSON.parse(readFileSync(shared, "utf8")) as { text: string | null }[]).flatMap(({ text }) => text ?? []) : [];
const fits = (name: string): boolean => !/[\0/]/.test(name) && name.isWellFormed() && Buffer.byteLength(name) < 200;

let folder: string;
beforeEach(() => (folder = newOffice()));
afterEach(() => closeOffice(folder));

/** What a terminal obeys: controls, line separators, bidi. Lines end in LF. */
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
function entries(said: string): Record<string, unknown>[] {
  expect(said).not.toMatch(obeyed);
  expect(said.endsWith("\n")).toBe(true);
  return said.trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("--log json", () => {
  it.skipIf(cases.length === 0)("one object a line, whatever the names of files and events and the posts hold (with ../shared/data/hostile/unicode)", async () => {
    const texts = [...cases, ...own];
    const named = texts.filter(fits);
    named.forEach((name, i) => arrive(folder, `${i} ${name}.csv`, i % 2 === 0 ? `no table ${i}` : `微博正文,发布时间\n"${name.replaceAll('"', '""')}",2026-11-20 10:00:00\n`));
    arrive(folder, "all.jsonl", texts.map((text, i) => `${JSON.stringify({ 微博id: String(4_900_000_000_000_000 + i), 微博正文: `澜桥 ${text}`, 用户昵称: text, 发布时间: "2026-11-20 10:00:00" })}\n`).join(""));
    writeFileSync(join(folder, "events", "water.yaml"), `name: ${JSON.stringify(own[0])}\nquery: 澜桥\n`);
    writeFileSync(join(folder, "events", `x\u001b[31m\u202e.yaml`), "name: x\nquery: [a\n");
    expect(named.length).toBeGreaterThan(20);
    const { exit, said } = await night(folder, "2026-11-20 23:00", "--log", "json");
    expect(exit).toBe(3);
    const got = entries(said);
    expect(got.every(({ level, message }) => typeof message === "string" && (level === "warning" || level === "info"))).toBe(true);
    const messages = got.map(({ message }) => message as string).join("\n");
    const refused = named.filter((_, i) => i % 2 === 0);
    expect(refused.filter((name) => !messages.includes(name))).toEqual([]); // escaped, not dropped

    rmSync(join(folder, "archive"), { recursive: true });
    const missing = await night(folder, "2026-11-21 23:00", "--log", "json");
    expect([missing.exit, entries(missing.said).map(({ level, code }) => [level, code])]).toEqual([2, [["error", "ARCHIVE_MISSING"]]]);
  });

  it("errors are entries too: usage, a broken project file, a fault of the system", async () => {
    const usage = await yuqing(folder, "nightly", "--log=json", "--colour");
    expect([usage.exit, entries(usage.said)]).toMatchObject([2, [{ level: "error", code: "USAGE", got: "--colour" }]]);
    writeFileSync(join(folder, "yuqing.yaml"), "colour\u202e: 1\n");
    const config = await night(folder, "2026-11-20 23:00", "--log", "json");
    expect([config.exit, entries(config.said)]).toMatchObject([2, [{ level: "error" }]]);
    writeFileSync(join(folder, "yuqing.yaml"), "");
    renameSync(join(folder, "events"), join(folder, "was events"));
    const gone = await night(folder, "2026-11-20 23:00", "--log", "json");
    expect([gone.exit, entries(gone.said)]).toMatchObject([2, [{ level: "error", code: "PROJECT_EVENTS", got: "ENOENT" }]]);
    mkdirSync(join(folder, "events"));
    expect((await night(folder, "2026-11-20 23:00", "--log", "json")).exit).toBe(0);
  });

  it("text has no control characters either", async () => {
    own.filter(fits).forEach((name) => arrive(folder, `${name}.csv`, "no table"));
    arrive(folder, "a.csv", csv(1, 3));
    const { exit, said } = await night(folder, "2026-11-20 23:00");
    expect(exit).toBe(3);
    expect(said).not.toMatch(obeyed);
    expect(said.split("\n").filter((line) => line.startsWith("2026-01-01 ERROR"))).toEqual([]);
  });
});
