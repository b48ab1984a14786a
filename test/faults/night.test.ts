import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { initProject } from "../../pipeline/archive/init.ts";
// @ts-expect-error plain JavaScript: it is also a program of its own
import { Bench as Driver, hasTools } from "./driver.mjs";

interface Bench {
  bad: string[];
  build(): void;
  points(): { at: number; path: string }[];
  fault(at: number, mode: string): Record<string, string>;
  reset(): void;
  run(environment: Record<string, string>): { status: number | null; stderr: string };
  everyPoint(options: { modes?: string[]; take?(at: number, mode: string): boolean }): { points: number; runs: number };
  together(count: number, rounds: number, options?: { stale?: boolean }): Promise<Record<string, number>>;
  close(): void;
}

/** The whole of it is node test/faults/run.mjs; this is a sample: every eleventh point, each time with another fault, and four runs at once. */
describe("a small night", () => {
  const night = fileURLToPath(new URL("night.mjs", import.meta.url));
  const built = existsSync(join(process.env["YUQING_DIST"] ?? fileURLToPath(new URL("../../dist/", import.meta.url)), "pipeline/archive/archive.js"));
  const parent = mkdtempSync(join(tmpdir(), "yuqing-night-"));
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  const benched = async (work: (bench: Bench) => void | Promise<void>): Promise<void> => {
    const start = mkdtempSync(join(parent, "start-"));
    initProject(start);
    writeFileSync(join(start, "inbox", "a.csv"), "a".repeat(5000));
    const bench = new Driver(start, [process.execPath, night, "PROJECT"]) as Bench;
    try {
      await work(bench);
      expect(bench.bad).toEqual([]);
    } finally {
      bench.close();
    }
  };

  it.skipIf(!built || !(hasTools() as boolean))("survives faults at a sample of its file operations (needs ../shared, gcc and npm run build)", () =>
    benched((bench) => {
      const modes = ["KILL", "KILLAFTER", "ENOSPC", "EIO"];
      const { points, runs } = bench.everyPoint({ modes, take: (at, mode) => at % 11 === 0 && mode === modes[(at / 11) % 4] });
      expect(points).toBeGreaterThan(40);
      expect(runs).toBeGreaterThan(3);
    }));

  it.skipIf(!built || process.platform !== "linux")("is done once by four at once, over the lock of a dead holder (needs npm run build)", () =>
    benched(async (bench) => {
      const ends = await bench.together(4, 2, { stale: true });
      expect(ends["done"]).toBeGreaterThanOrEqual(2);
      expect((ends["done"] ?? 0) + (ends["busy"] ?? 0)).toBe(8);
    }));
});

/** What the whole of it does to the real command: node test/faults/start.mjs, node test/faults/run.mjs --start … */
describe("the nightly run", () => {
  const dist = process.env["YUQING_DIST"] ?? fileURLToPath(new URL("../../dist/", import.meta.url));
  const built = existsSync(join(dist, "pipeline/archive/archive.js"));

  it.skipIf(!built || !(hasTools() as boolean))("survives a full disk and a kill while the database writes the posts (needs ../shared, gcc and npm run build)", async () => {
    // @ts-expect-error plain JavaScript, and it needs the built code
    const { startProject } = (await import("./start.mjs")) as { startProject(folder: string, options: { event: boolean }): void };
    const start = mkdtempSync(join(tmpdir(), "yuqing-night-"));
    startProject(start, { event: false });
    const bench = new Driver(start, [process.execPath, join(dist, "../bin/yuqing.mjs"), "nightly", "--project", "PROJECT", "--now", "2026-11-20 23:00"]) as Bench;
    try {
      bench.build();
      const { at } = bench.points().find(({ path }) => path.endsWith(".parquet"))!;
      expect(bench.everyPoint({ modes: ["ENOSPC", "KILL"], take: (one) => one === at + 1 }).runs).toBe(2);
      expect(bench.bad).toEqual([]);
      bench.reset();
      const { status, stderr } = bench.run(bench.fault(at + 1, "ENOSPC"));
      expect([status, stderr.includes("ARCHIVE_WRITE"), stderr.includes("No space left on device")]).toEqual([1, true, true]);
    } finally {
      bench.close();
      rmSync(start, { recursive: true, force: true });
    }
  }, 300_000);
});
