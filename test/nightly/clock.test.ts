import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { arrive, closeOffice, csv, newOffice, night } from "./office.ts";

const folders: string[] = [];
afterEach(() => {
  vi.useRealTimers();
  folders.splice(0).forEach(closeOffice);
});

/** Every file of a project but its key, by its content. */
function filesOf(folder: string): [name: string, hash: string][] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.parentPath.endsWith(".yuqing"));
  const names = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return names.map((name) => [name.slice(folder.length + 1), createHash("sha256").update(readFileSync(name)).digest("hex")]);
}

it("a night of one --now gives the same bytes whatever the system's clock says (B1)", async () => {
  const start = newOffice();
  folders.push(start);
  writeFileSync(join(start, "events", "water.yaml"), "name: 澜桥停水\nquery: 澜桥\n");
  arrive(start, "a.csv", csv(1, 20));
  const made = [];
  for (const days of [0, 365]) {
    const folder = join(newOffice(), "..", "copy");
    folders.push(folder);
    cpSync(start, folder, { recursive: true, preserveTimestamps: true });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 20, 15) + days * 86_400_000 });
    expect((await night(folder, "2026-11-20 23:00")).exit).toBe(0);
    vi.useRealTimers();
    made.push(filesOf(folder));
  }
  expect(made[0]!.map(([name]) => name)).toEqual(expect.arrayContaining(["archive/manifest.json", "reports/digests/day-2026-11-20.docx", "reports/events/water/report.html"]));
  expect(made[1]).toEqual(made[0]);
});
