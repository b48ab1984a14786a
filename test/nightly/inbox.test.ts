import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as Ingest from "../../pipeline/ingest.ts";
import { arrive, closeOffice, csv, digestOf, manifestText, newOffice, night } from "./office.ts";

/** What happens to the inbox after it was looked through and before it is read. */
const meanwhile = vi.hoisted(() => ({ happens: () => {} }));
vi.mock("../../pipeline/ingest.ts", async (original: () => Promise<typeof Ingest>) => {
  const real = await original();
  const ingest: typeof real.ingest = (...given) => {
    meanwhile.happens();
    return real.ingest(...given);
  };
  return { ...real, ingest };
});

let folder: string;
beforeEach(() => (folder = newOffice()));
afterEach(() => {
  meanwhile.happens = () => {};
  closeOffice(folder);
});
const sources = (): string[] => (JSON.parse(manifestText(folder)) as { sources: { name: string }[] }).sources.map(({ name }) => name);

describe("an inbox of odd things (C7)", () => {
  it.skipIf(process.platform === "win32")("pipes, links and devices are passed over with the reason, folders are entered", async () => {
    const inbox = join(folder, "inbox");
    expect(spawnSync("mkfifo", [join(inbox, "pipe.csv")]).status).toBe(0);
    symlinkSync("/dev/zero", join(inbox, "zero.csv"));
    symlinkSync("loop-b.csv", join(inbox, "loop-a.csv"));
    symlinkSync("loop-a.csv", join(inbox, "loop-b.csv"));
    symlinkSync("..", join(inbox, "above"));
    mkdirSync(join(inbox, "empty.csv"));
    arrive(folder, "folder.csv/a.csv", csv(1, 5));
    const { exit, said } = await night(folder, "2026-11-20 23:00");
    expect([exit, sources()]).toEqual([0, ["folder.csv/a.csv"]]);
    for (const name of ["pipe.csv", "zero.csv", "loop-a.csv", "loop-b.csv", "above"]) expect(said).toContain(`${name} was not read: `);
  });

  it.each([
    ["replaced by other posts of the same size and time", () => arrive(folder, "b.csv", csv(21, 9)), "it changed while it was read"],
    ["taken away", () => rmSync(join(folder, "inbox", "b.csv")), "FILE_MISSING"],
    ["replaced by a pipe", () => (rmSync(join(folder, "inbox", "b.csv")), void spawnSync("mkfifo", [join(folder, "inbox", "b.csv")])), "FILE_KIND"],
    ["written on", () => writeFileSync(join(folder, "inbox", "b.csv"), csv(11, 10)), "it changed while it was read"],
  ])("a file that is %s meanwhile costs itself, and the night says so", async (_, happens, reason) => {
    arrive(folder, "a.csv", csv(1, 5));
    arrive(folder, "b.csv", csv(11, 9));
    meanwhile.happens = happens;
    const { exit, said } = await night(folder, "2026-11-20 23:00");
    expect([exit, sources()]).toEqual([3, ["a.csv"]]);
    expect(said).toMatch(new RegExp(`b\\.csv was not used: .*${reason}`));
    expect(digestOf(folder, "2026-11-20").coverage).toMatchObject({ fresh: 5, faults: 1 });
  });
});
