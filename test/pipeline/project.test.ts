import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { YuqingError } from "../../pipeline/errors.ts";
import { projectKey } from "../../pipeline/project.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "yuqing-project-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = (environment = {}): string => Buffer.from(projectKey(folder, environment)).toString("hex");
const file = (): string => join(folder, ".yuqing", "key");
function write(text: string, mode = 0o600): void {
  mkdirSync(join(folder, ".yuqing"), { recursive: true });
  writeFileSync(file(), text);
  chmodSync(file(), mode);
}
function refusal(environment = {}): YuqingError {
  try {
    projectKey(folder, environment);
  } catch (cause) {
    if (cause instanceof YuqingError) return cause;
    throw cause;
  }
  throw new Error("not refused");
}

describe("E1: the project's key", () => {
  it("is made once, 256 bits, for the owner only, and kept out of git", () => {
    const first = key();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(key()).toBe(first);
    expect(readFileSync(file(), "utf8")).toBe(`${first}\n`);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, ".yuqing")).sort()).toEqual([".gitignore", "key"]);
    expect(readFileSync(join(folder, ".yuqing", ".gitignore"), "utf8")).toBe("*\n");
  });
  it("differs from project to project", () => {
    const first = key();
    rmSync(join(folder, ".yuqing"), { recursive: true });
    expect(key()).not.toBe(first);
  });
  it("is the same for eight first uses at once", async () => {
    const script = `import { projectKey } from ${JSON.stringify(join(import.meta.dirname, "../../pipeline/project.ts"))}; process.stdout.write(Buffer.from(projectKey(${JSON.stringify(folder)}, {})).toString("hex"));`;
    const one = (): Promise<string> => new Promise((done) => {
      const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], { cwd: join(import.meta.dirname, "../.."), stdio: ["ignore", "pipe", "inherit"] });
      let text = "";
      child.stdout.on("data", (part: Buffer) => (text += part.toString()));
      child.on("close", () => done(text));
    });
    const keys = await Promise.all(Array.from({ length: 8 }, one));
    expect(new Set(keys)).toEqual(new Set([readFileSync(file(), "utf8").trim()]));
    expect(readdirSync(join(folder, ".yuqing")).sort()).toEqual([".gitignore", "key"]);
  });
  it("comes from YUQING_KEY when that is set, and then no file is made", () => {
    expect(key({ YUQING_KEY: "00112233445566778899aabbccddeeff" })).toBe("00112233445566778899aabbccddeeff");
    expect(existsSync(join(folder, ".yuqing"))).toBe(false);
  });
  for (const bad of ["", "00112233445566778899aabbccddee", "00112233445566778899aabbccddeefg", "00112233445566778899aabbccddeeff0"]) {
    it(`refuses YUQING_KEY=${JSON.stringify(bad)} without falling back or printing it`, () => {
      const error = refusal({ YUQING_KEY: bad });
      expect([error.code, error.exit]).toEqual(["KEY_INVALID", 2]);
      if (bad !== "") expect(error.text("zh") + error.text("en")).not.toContain(bad);
    });
  }
  it.skipIf(process.platform === "win32")("refuses a file that others can read, and says what to run", () => {
    for (const mode of [0o640, 0o604, 0o622]) {
      write("ab".repeat(32), mode);
      const error = refusal();
      expect([error.code, error.parts.got]).toEqual(["KEY_EXPOSED", mode.toString(8)]);
      expect(error.text("en")).toContain("chmod 600");
      expect(error.text("en")).not.toContain("abab");
    }
  });
  for (const [name, text] of [["an empty", ""], ["a short", "ab".repeat(31)], ["a non-hex", "zz".repeat(32)], ["a huge", "a".repeat(5000)]] as const) {
    it(`refuses ${name} key file and leaves it`, () => {
      write(text);
      const error = refusal();
      expect([error.code, error.exit]).toEqual(["KEY_INVALID", 2]);
      if (text !== "") expect(error.text("en")).not.toContain(text);
      expect(readFileSync(file(), "utf8")).toBe(text);
    });
  }
  it("refuses links to a key, to nowhere, and to a folder", () => {
    mkdirSync(join(folder, ".yuqing"));
    symlinkSync(join(folder, "elsewhere"), file());
    expect(refusal().code).toBe("KEY_LINK");
    expect(existsSync(join(folder, "elsewhere"))).toBe(false);
    rmSync(join(folder, ".yuqing"), { recursive: true });
    mkdirSync(join(folder, "other"));
    symlinkSync(join(folder, "other"), join(folder, ".yuqing"));
    expect(refusal().code).toBe("KEY_LINK");
    expect(readdirSync(join(folder, "other"))).toEqual([]);
  });
  it("refuses a folder in the place of the key", () => {
    mkdirSync(file(), { recursive: true });
    expect(refusal().code).toMatch(/^KEY_/);
  });
});
