import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findBrowser, printToPdf } from "../../pipeline/browser.ts";

const before = { ...process.env };
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yuqing-test-"));
  process.env.TMPDIR = folder; // where printToPdf puts its files
});
afterEach(() => {
  for (const name of ["TMPDIR", "PATH", "YUQING_BROWSER"]) if (before[name] === undefined) delete process.env[name];
  else process.env[name] = before[name];
  rmSync(folder, { recursive: true, force: true });
});

/** A program in place of the browser. */
function program(script: string): void {
  const path = join(folder, "browser");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  process.env.YUQING_BROWSER = path;
}

it("says what to do where there is no browser, with exit code 3", () => {
  process.env.YUQING_BROWSER = join(folder, "none");
  expect(findBrowser).toThrow(expect.objectContaining({ code: "NO_BROWSER", exit: 3 }) as Error);
  delete process.env.YUQING_BROWSER;
  process.env.PATH = folder;
  if (process.platform === "linux") expect(findBrowser).toThrow(expect.objectContaining({ code: "NO_BROWSER", exit: 3 }) as Error);
});

it.skipIf(process.platform === "win32")("ends a browser that hangs, its children too, and leaves no folder", async () => {
  program("sleep 600 & echo hanging >&2; wait");
  await expect(printToPdf("<p>", { limitMs: 500 })).rejects.toMatchObject({ code: "PDF", exit: 3 });
  expect(readdirSync(folder)).toEqual(["browser"]);
});

it.skipIf(process.platform === "win32")("tells what a failing browser said, and one that writes nothing", async () => {
  program("echo broken display >&2; exit 7");
  await expect(printToPdf("<p>")).rejects.toMatchObject({ code: "PDF", parts: { got: "broken display" } });
  program("exit 0");
  await expect(printToPdf("<p>")).rejects.toMatchObject({ code: "PDF" });
  expect(readdirSync(folder)).toEqual(["browser"]);
});

const present = (() => {
  try {
    return findBrowser() !== "";
  } catch {
    return false;
  }
})();

it.skipIf(!present)("prints a page: the same bytes twice, no date, nothing left behind (needs Chromium, Chrome or Edge)", async () => {
  const page = '<!doctype html><title>报告</title><p>正文<img src="https://example.com/x.png">';
  const pdf = Buffer.from(await printToPdf(page));
  expect(pdf.toString("latin1", 0, 5)).toBe("%PDF-");
  expect(pdf.toString("latin1")).toContain("/CreationDate (D:19800101000000");
  expect(Buffer.from(await printToPdf(page))).toEqual(pdf);
  expect(readdirSync(folder)).toEqual([]);
});
