import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openArchive, type Archive } from "../../pipeline/archive/archive.ts";
import { initProject } from "../../pipeline/archive/init.ts";
import { YuqingError } from "../../pipeline/errors.ts";

let folder: string;
let archive: Archive | null;
const said: string[] = [];
const schema = z.strictObject({ open: z.number() });

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "yuqing-archive-")), "项目");
  initProject(folder);
  said.length = 0;
  archive = null;
});
afterEach(() => {
  archive?.close();
  rmSync(join(folder, ".."), { recursive: true, force: true });
});

const opened = (write = true): Archive => (archive = openArchive(folder, { write, nowMs: 0, onRepair: ({ en }) => said.push(en) }));
const inArchive = (): string[] => readdirSync(join(folder, "archive"), { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory()).map((entry) => entry.name).sort();
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (cause) {
    return cause instanceof YuqingError ? cause.code : String(cause);
  }
  return "no error";
};

/** One night: a file of posts, the ledger, a digest. */
function night(open: number, date = "2026-01-01"): void {
  const draft = opened().begin();
  writeFileSync(draft.path(`posts/${date}.${draft.number}.csv`), "1\n2\n");
  draft.add(`posts/${date}.${draft.number}.csv`, "posts", { rows: 2, night: date });
  draft.setState("ledger", { open });
  draft.publish(`${date}/日报.html`, `<p>${open}</p>`);
  draft.commit();
  archive!.close();
}

describe("archive", () => {
  it("shows what was committed, and nothing before", () => {
    const draft = opened().begin();
    draft.write("posts/a.1.csv", "posts", "1\n", { rows: 1, night: "2026-01-01" });
    draft.setState("ledger", { open: 3 });
    draft.publish("digest.html", "<p>");
    const reader = openArchive(folder, { write: false, nowMs: 0 });
    expect(reader.files("posts")).toEqual([]);
    expect(existsSync(join(folder, "reports", "digest.html"))).toBe(false);
    draft.commit((manifest) => ({ ...manifest, events: [{ key: "停水", name: "停水", query: "q", files: ["posts/a.1.csv"] }] }));
    expect(archive!.state("ledger", schema)).toEqual({ open: 3 });
    expect(archive!.state("alerts", schema)).toBeNull();
    expect(archive!.state("constructor", schema)).toBeNull();
    expect(archive!.manifest).toMatchObject({ commits: 1, publications: [], events: [{ key: "停水" }] });
    expect(readFileSync(archive!.path("posts/a.1.csv"), "utf8")).toBe("1\n");
    expect(readFileSync(join(folder, "reports", "digest.html"), "utf8")).toBe("<p>");
    expect(reader.manifest.commits).toBe(0); // still of one commit
  });

  it("keeps a replaced state for one commit, for who still reads it, then removes it", () => {
    night(1);
    const reader = openArchive(folder, { write: false, nowMs: 0 });
    night(2, "2026-01-02");
    expect(reader.state("ledger", schema)).toEqual({ open: 1 });
    expect(openArchive(folder, { write: false, nowMs: 0 }).state("ledger", schema)).toEqual({ open: 2 });
    opened();
    expect(inArchive()).not.toContain("ledger.1.json");
    expect(said).toEqual([]); // no repair: it was dropped on purpose
    expect(codeOf(() => reader.state("ledger", schema))).toBe("ARCHIVE_ALTERED");
  });

  it("removes what a killed run left, says so, and leaves alone what is not ours", () => {
    night(1);
    const before = readFileSync(join(folder, "archive", "manifest.json"));
    writeFileSync(join(folder, "archive", "posts", "2026-01-02.2.csv"), "half");
    writeFileSync(join(folder, "archive", "manifest.json.tmp"), "{");
    writeFileSync(join(folder, "archive", "读我.txt"), "a note");
    opened();
    expect(said).toEqual(["removed 2 leftover files of a run that was cut: manifest.json.tmp, posts/2026-01-02.2.csv"]);
    expect(inArchive()).toEqual(["2026-01-01.1.csv", "ledger.1.json", "lock", "manifest.json", "读我.txt"]);
    expect(readFileSync(join(folder, "archive", "manifest.json"))).toEqual(before);
  });

  it("completes a publication that was cut; one that cannot be made waits and does not stop the night", () => {
    rmSync(join(folder, "reports"), { recursive: true });
    writeFileSync(join(folder, "reports"), "in the way");
    expect(codeOf(() => night(1))).toBe("ARCHIVE_PUBLISH");
    archive!.close();
    expect(opened().manifest).toMatchObject({ commits: 1, publications: [{ name: "2026-01-01/日报.html" }] });
    expect(said).toHaveLength(1);
    archive!.close();
    rmSync(join(folder, "reports"));
    said.length = 0;
    expect(opened().manifest.publications).toEqual([]);
    expect(said).toEqual(["put 1 files under reports/ that the last run could not: 2026-01-01/日报.html"]);
    expect(readFileSync(join(folder, "reports", "2026-01-01", "日报.html"), "utf8")).toBe("<p>1</p>");
  });

  it("puts what it can under reports/; only what is in the way waits", () => {
    writeFileSync(join(folder, "reports", "events"), "in the way");
    const draft = opened().begin();
    draft.publish("events/report.html", "<p>1</p>");
    draft.publish("digest.html", "<p>2</p>");
    expect(codeOf(() => draft.commit())).toBe("ARCHIVE_PUBLISH");
    expect(archive!.manifest).toMatchObject({ commits: 1, publications: [{ name: "events/report.html" }] });
    expect(readFileSync(join(folder, "reports", "digest.html"), "utf8")).toBe("<p>2</p>");
    archive!.close();
    rmSync(join(folder, "reports", "events"));
    expect(opened().manifest.publications).toEqual([]);
    expect(readFileSync(join(folder, "reports", "events", "report.html"), "utf8")).toBe("<p>1</p>");
  });

  it("never publishes through a link", () => {
    const elsewhere = join(folder, "..", "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(folder, "reports", "2026-01-01"));
    expect(codeOf(() => night(1))).toBe("ARCHIVE_PUBLISH");
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("discards a draft that is not committed", () => {
    night(1);
    const before = inArchive();
    const draft = opened().begin();
    draft.write("posts/x.2.csv", "posts", "1\n", { rows: 1 });
    draft.setState("ledger", { open: 9 });
    archive!.close();
    expect(inArchive()).toEqual(before);
    expect(opened().state("ledger", schema)).toEqual({ open: 1 });
    expect(said).toEqual([]);
  });

  it("names a file that is missing or altered, and does not use it", () => {
    night(1);
    writeFileSync(join(folder, "archive", "states", "ledger.1.json"), '{"open":2}\n');
    expect(codeOf(() => opened(false).state("ledger", schema))).toBe("ARCHIVE_ALTERED"); // same size, other content
    rmSync(join(folder, "archive", "posts", "2026-01-01.1.csv"));
    expect(codeOf(() => archive!.path("posts/2026-01-01.1.csv"))).toBe("ARCHIVE_ALTERED");
  });

  it("refuses a folder without an archive, an archive behind a link, and never takes a lost manifest for a new archive", () => {
    night(1);
    rmSync(join(folder, "archive", "manifest.json"));
    expect(codeOf(() => opened())).toBe("ARCHIVE_MISSING");
    expect(inArchive()).toContain("2026-01-01.1.csv");
    expect(codeOf(() => openArchive(join(folder, "inbox"), { write: true, nowMs: 0 }))).toBe("ARCHIVE_MISSING");
    const other = join(folder, "..", "other");
    mkdirSync(other);
    symlinkSync(join(folder, "archive"), join(other, "archive"));
    expect(codeOf(() => openArchive(other, { write: true, nowMs: 0 }))).toBe("ARCHIVE_LINK");
  });

  it("takes a bug of its caller for one, before anything is committed", () => {
    night(1);
    const draft = opened().begin();
    expect(() => draft.path("posts/2026-01-01.1.csv")).toThrow("a file of that name is in the archive");
    expect(() => draft.path("../x/y")).toThrow();
    expect(() => draft.publish("../x", "")).toThrow();
    expect(() => draft.add("posts/never.csv", "posts", { rows: 0 })).toThrow("not a new file");
    expect(() => archive!.begin()).toThrow("a draft is open already");
    expect(() => draft.commit((manifest) => ({ ...manifest, nights: [{}] as never }))).toThrow();
    archive!.close();
    expect(opened().manifest.commits).toBe(1);
    expect(() => openArchive(folder, { write: false, nowMs: 0 }).begin()).toThrow("opened for reading");
  });
});
