import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { volume } from "../../analyzers/event/volume.ts";
import { arrive, closeOffice, csv, digestOf, manifestText, newOffice, night } from "./office.ts";

let folder: string;
beforeEach(() => (folder = newOffice()));
afterEach(() => {
  vi.restoreAllMocks();
  closeOffice(folder);
});
const lists = (): boolean => existsSync(join(folder, "reports", "2026-11-20", "rejects.1.csv"));

describe("rejected rows of a night (A15)", () => {
  it.each([
    { bad: 0, exit: 0, posts: 100, listed: false },
    { bad: 1, exit: 0, posts: 99, listed: true },
    { bad: 5, exit: 0, posts: 95, listed: true }, // rejectLimit 5 %: up to it the night is complete
    { bad: 6, exit: 3, posts: 94, listed: true },
    { bad: 50, exit: 3, posts: 50, listed: true },
  ])("$bad of 100: exit code $exit, every row accounted for", async ({ bad, exit, posts, listed }) => {
    arrive(folder, "a.csv", csv(1, 100, bad));
    const run = await night(folder, "2026-11-20 23:00");
    expect(run.exit).toBe(exit);
    expect(run.said.includes(`${bad} of 100 rows rejected, above the limit of 5%`)).toBe(exit === 3);
    expect(digestOf(folder, "2026-11-20").coverage).toMatchObject({ read: 100, fresh: posts, rejected: bad });
    expect(lists()).toBe(listed);
  });

  it("51 of 100: nothing of the file is used, the archive holds none of it, and it is tried again", async () => {
    arrive(folder, "a.csv", csv(1, 100, 51));
    const { exit, said } = await night(folder, "2026-11-20 23:00");
    expect([exit, said.includes("51 of 100 rows rejected, above rejectRefusal")]).toEqual([3, true]);
    expect(JSON.parse(manifestText(folder))).toMatchObject({ sources: [], nights: [{ posts: 0 }] });
    arrive(folder, "a.csv", csv(1, 100, 0));
    expect((await night(folder, "2026-11-20 23:30")).exit).toBe(0);
    expect(digestOf(folder, "2026-11-20").coverage).toMatchObject({ read: 100, fresh: 100, rejected: 0, faults: 0 });
  });

  it("5 % broken rows, a file that cannot be read, an analyzer that throws: the digest appears and says all three, exit code 3", async () => {
    writeFileSync(join(folder, "events", "water.yaml"), "name: 澜桥停水\nquery: 澜桥\n");
    vi.spyOn(volume, "analyze").mockImplementation(() => {
      throw new Error("no such hour");
    });
    arrive(folder, "a.csv", csv(1, 100, 5));
    arrive(folder, "b.xlsx", "PK\u0003\u0004 but cut off");
    const { exit, said } = await night(folder, "2026-11-20 23:00");
    expect(exit).toBe(3);
    expect(digestOf(folder, "2026-11-20").coverage).toMatchObject({ read: 100, rejected: 5, fresh: 95, faults: 1 });
    const text = readFileSync(join(folder, "reports", "digests", "day-2026-11-20.txt"), "utf8").replace(/\s+/g, " ");
    expect(text).toContain("3 faults in collecting or processing");
    for (const fault of ["5 rows rejected of 100 in a.csv", "b.xlsx was not used", "section volume failed: no such hour"]) expect([fault, text.includes(fault)]).toEqual([fault, true]);
    for (const fault of ["b.xlsx was not used", "section volume failed: no such hour"]) expect([fault, said.includes(fault)]).toEqual([fault, true]);
    expect(existsSync(join(folder, "reports", "events", "water", "report.html"))).toBe(true);
  });
});
