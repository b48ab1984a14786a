import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { explained } from "../../pipeline/engines/refusals.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import { arrive, closeOffice, csv, manifestText, newOffice, night } from "../nightly/office.ts";

const parent = mkdtempSync(join(tmpdir(), "scratch-"));
const disk = join(parent, "disk");
mkdirSync(disk);
const mount = (size: string): boolean => spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", disk]).status === 0;
const unmount = (): boolean => spawnSync("umount", [disk]).status === 0;
const canMount = mount("64k") && unmount();

let folder: string;
beforeEach(() => (folder = newOffice()));
afterEach(() => {
  vi.unstubAllEnvs();
  closeOffice(folder);
});
const errorOf = (work: () => Promise<unknown>): Promise<unknown> => work().then(() => null, (cause: unknown) => cause);

describe("the folder for temporary files", () => {
  it("that is not there is named, with what to do", async () => {
    vi.stubEnv("TMPDIR", join(parent, "nowhere"));
    const error = await errorOf(() => Database.open({ memory: "100MB" }));
    expect(error).toMatchObject({ code: "SCRATCH", exit: 1, parts: { where: join(parent, "nowhere"), got: "ENOENT" } });
    expect((error as YuqingError).parts.next?.en).toMatch(/TMPDIR.*memory/);
  });

  it.skipIf(!canMount)("that is full in the middle of a query, of a spill: how much is free is said, and nothing is left (needs the right to mount)", async () => {
    mount("8m");
    try {
      vi.stubEnv("TMPDIR", disk);
      const database = await Database.open({ memory: "64MB", threads: 1 });
      const texts = (rows: number): string => `SELECT md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS text FROM range(${rows}) r(i)`;
      for (const sql of [`CREATE TABLE wide AS ${texts(2_000_000)}`, `CREATE TEMP TABLE spilt AS ${texts(2_000_000)}`]) {
        expect(await errorOf(() => database.run(sql))).toMatchObject({ code: "SCRATCH", parts: { where: disk, got: expect.stringMatching(/; \d\.\d of 8\.4 MB free$/) } });
      }
      database.close();
      expect(readdirSync(disk)).toEqual([]);
    } finally {
      unmount();
    }
  });

  it.skipIf(!canMount)("that is full costs the night, and not the archive: exit code 1, and the next run with room takes it in (needs the right to mount)", async () => {
    writeFileSync(join(folder, "events", "water.yaml"), "name: 澜桥停水\nquery: 澜桥\n");
    arrive(folder, "a.csv", csv(1, 50));
    const before = manifestText(folder);
    for (const size of ["4k", "16k", "64k"]) {
      mount(size);
      vi.stubEnv("TMPDIR", disk);
      if (size === "4k") writeFileSync(join(disk, "full"), Buffer.alloc(4096));
      const { exit, said } = await night(folder, "2026-11-20 23:00");
      const left = readdirSync(disk).filter((name) => name !== "full");
      vi.unstubAllEnvs();
      unmount();
      expect([size, exit, said.includes("SCRATCH: cannot write the folder for temporary files"), said.includes("INTERNAL"), left]).toEqual([size, 1, true, false, []]);
      expect(manifestText(folder)).toBe(before);
    }
    expect((await night(folder, "2026-11-20 23:00")).exit).toBe(0);
  });
});

describe("reports/", () => {
  const posts = (): number[] => (JSON.parse(manifestText(folder)) as { nights: { posts: number }[] }).nights.map((one) => one.posts);
  const published = (): boolean => existsSync(join(folder, "reports", "digests", "day-2026-11-20.html"));
  const on = (options: string): boolean => spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", join(folder, "reports")]).status === 0;
  afterEach(() => void (canMount && spawnSync("umount", [join(folder, "reports")])));

  it.skipIf(!canMount).each([["full", "size=4k"], ["read-only", "ro"]])("that is %s: the night is in, exit code 3 until the next run has put the reports there (needs the right to mount)", async (_, options) => {
    arrive(folder, "a.csv", csv(1, 8));
    on(options);
    for (const time of ["2026-11-20 23:00", "2026-11-20 23:10"]) {
      const { exit, said } = await night(folder, time);
      expect([exit, posts(), published()]).toEqual([3, [8], false]);
      expect(said).toMatch(/ARCHIVE_PUBLISH[^]*[34] files are still to be put under reports\//);
      expect(said).not.toContain("INTERNAL");
    }
    spawnSync("umount", [join(folder, "reports")]);
    const { exit, said } = await night(folder, "2026-11-20 23:20");
    expect([exit, posts(), published(), said.includes("files under reports/ that the last run could not")]).toEqual([0, [8], true, true]);
  });

  it.skipIf(!canMount)("on another file system than the archive is no matter (needs the right to mount)", async () => {
    arrive(folder, "a.csv", csv(1, 8));
    on("size=8m");
    expect([(await night(folder, "2026-11-20 23:00")).exit, published()]).toEqual([0, true]);
  });
});

describe("what the system refuses", () => {
  it("is told from a bug of ours, whoever met it", () => {
    const refused = Object.assign(new Error("EROFS: read-only file system, open '/srv/a'"), { code: "EROFS", syscall: "open", path: "/srv/a" });
    expect(explained(refused)).toMatchObject({ code: "SYSTEM", exit: 1, parts: { where: "/srv/a", got: "EROFS" } });
    expect(explained(new Error('IO Error: Cannot open file "/srv/posts.parquet": Permission denied'))).toMatchObject({ code: "SYSTEM", parts: { where: "/srv/posts.parquet", got: "Permission denied" } });
    expect(explained(new Error(`Failed to append: Could not write file "${join(tmpdir(), "yuqing-scratch-a", "run.duckdb")}": No space left on device`))).toMatchObject({ code: "SCRATCH" });
    for (const bug of [new TypeError("x is not a function"), Object.assign(new Error("ENOENT"), { code: "ENOENT", syscall: "open", path: "/srv/a" }), Object.assign(new Error("x"), { code: "ERR_INVALID_ARG_TYPE" }), "a string", null]) expect(explained(bug)).toBeNull();
    expect(explained(new Error(`Binder Error: no column "a" in "${join(tmpdir(), "yuqing-scratch-a", "texts.parquet")}"`))).toBeNull();
    expect(explained(new Error(`IO Error: Could not write file "${join(tmpdir(), "yuqing-office", "posts.parquet")}": No space left on device`))).toMatchObject({ code: "SYSTEM" }); // a project may lie there
  });
});

process.once("exit", () => rmSync(parent, { recursive: true, force: true }));
