import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openArchive } from "../../pipeline/archive/archive.ts";
import type { ArchiveNight } from "../../pipeline/archive/manifest.ts";
import type { Command } from "../../pipeline/commands/command.ts";
import { init } from "../../pipeline/commands/init.ts";
import { prune } from "../../pipeline/commands/prune.ts";
import { status } from "../../pipeline/commands/status.ts";
import { verify } from "../../pipeline/commands/verify.ts";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import { silent } from "../../pipeline/progress.ts";

let parent: string;
let project: string;
beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), "yuqing-commands-"));
  project = join(parent, "office");
  expect((await run(init, [project])).exit).toBe(0);
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** What a command prints, tabs as " | ", and its exit code. */
async function run(command: Command, files: string[], flags: Record<string, string | boolean> = {}): Promise<{ exit: number; lines: string[]; error: YuqingError | null }> {
  let text = "";
  try {
    const exit = await command.work(files, flags, { language: "en", print: (part) => (text += part), warn: ({ en }) => (text += `warning: ${en}\n`), progress: silent });
    return { exit, lines: text.trimEnd().replaceAll("\t", " | ").split("\n"), error: null };
  } catch (cause) {
    if (cause instanceof YuqingError) return { exit: cause.exit, lines: [], error: cause };
    throw cause;
  }
}

const at = (date: string): number => Date.parse(`${date}T02:30:00+08:00`);
const night = (date: string, fresh: number): ArchiveNight => ({ date, runs: 1, now_ms: at(date), read: fresh, posts: fresh, accounts: 0, rejected: 0, fresh });

/** A night of `fresh` posts in Parquet, with a count and members of one event. */
async function commit(date: string, fresh: number): Promise<void> {
  const archive = openArchive(project, { write: true, nowMs: at(date) });
  const draft = archive.begin();
  const posts = `posts/${date}.${draft.number}.parquet`;
  const members = `members/${date}.${draft.number}.jsonl`;
  const database = await Database.open({ memory: "100MB", threads: 1 });
  await database.run(`COPY (SELECT i AS id FROM range(${fresh}) t(i)) TO '${draft.path(posts)}' (FORMAT parquet)`);
  database.close();
  draft.add(posts, "posts", { rows: fresh, night: date });
  draft.write(members, "members", `{"id":"1"}\n`, { rows: 1, night: date, event: "停水" });
  draft.write(`nights/${date}.${draft.number}.json`, "night", "{}\n", { rows: null, night: date });
  draft.commit((manifest) => {
    const before = manifest.events[0]?.files ?? [];
    return { ...manifest, nights: [...manifest.nights, night(date, fresh)], events: [{ key: "停水", name: "停水", query: "q", files: [...before, members] }] };
  });
  archive.close();
}

describe("status", () => {
  it("says that nothing has run yet", async () => {
    const { lines } = await run(status, [], { project });
    expect(lines).toContain("last run | none");
    expect(lines).toContain("open items | none");
  });

  it("says when it ran last and what there is; JSON for programs", async () => {
    await commit("2026-01-01", 3);
    await commit("2026-01-02", 1200);
    writeFileSync(join(project, "inbox", "a.csv"), "正文\n你好\n");
    writeFileSync(join(project, "archive", "posts", "x.3.parquet"), "half");
    const { lines } = await run(status, [], { project, now: "2026-01-03 04:00" });
    expect(lines).toContain("last run | 2 Jan 2026 02:30; 1,200 new posts that night");
    expect(lines).toContain("lag | 25 h 30 min");
    expect(lines).toContain("nights | 2");
    expect(lines).toContain("posts | 1,203");
    expect(lines).toContain("inbox | 1 to be read, 0 waiting or passed over");
    expect(lines).toContain("leftover files | 1");
    const json = JSON.parse((await run(status, [], { project, json: true, now: "2026-01-01" })).lines[0]!);
    expect(json).toMatchObject({ posts: 1203, lag_ms: at("2026-01-01") - at("2026-01-02") - 2.5 * 3_600_000, leftover: 1, working: null });
    expect((await run(status, [], { project, now: "yesterday" })).error?.code).toBe("USAGE");
  });

  it("tells nights that read nothing from dates on which nothing ran", async () => {
    for (const [date, fresh] of [["2026-01-01", 3], ["2026-01-02", 0], ["2026-01-05", 2]] as const) await commit(date, fresh);
    expect((await run(status, [], { project, now: "2026-01-05 04:00" })).lines).toContain("nights | 3; 1 of them read no row; 2 more dates without a run");
  });

  it("sees a run at work, and takes no lock", async () => {
    const archive = openArchive(project, { write: true, nowMs: at("2026-01-01") });
    expect((await run(status, [], { project })).lines.at(-1)).toMatch(new RegExp(`^at work \\| pid ${process.pid}, .*1 Jan 2026 02:30`));
    expect((await run(prune, [], { project, before: "2026-01-01" })).error?.code).toBe("ARCHIVE_BUSY");
    archive.close();
  });
});

describe("verify", () => {
  it("names what is missing, altered, unlisted, and what has another number of rows; changes nothing", async () => {
    await commit("2026-01-01", 3);
    expect(await run(verify, [], { project })).toMatchObject({ exit: 0 });
    await commit("2026-01-02", 4);
    const archive = openArchive(project, { write: true, nowMs: 0 });
    const draft = archive.begin();
    draft.commit((manifest) => ({ ...manifest, files: manifest.files.map((file) => (file.name === "posts/2026-01-02.2.parquet" ? { ...file, rows: 5 } : file)) }));
    archive.close();
    rmSync(join(project, "archive", "posts", "2026-01-01.1.parquet"));
    truncateSync(join(project, "archive", "nights", "2026-01-01.1.json"), 2);
    writeFileSync(join(project, "archive", "posts", "a\u001b[31m.parquet"), "x");
    const before = readdirSync(join(project, "archive"), { recursive: true });
    const { exit, lines } = await run(verify, [], { project });
    expect(exit).toBe(3);
    expect(lines.map((line) => line.split(" | ").slice(0, 2))).toEqual([
      ["altered", "nights/2026-01-01.1.json"],
      ["missing", "posts/2026-01-01.1.parquet"],
      ["other number of rows", "posts/2026-01-02.2.parquet"],
      ["not in the manifest", "posts/a\ufffd[31m.parquet"],
      [expect.stringMatching(/^files compared 6 .* faults 4$/)],
    ]);
    expect(lines[2]).toMatch(/ \| 4 \| 5$/);
    expect(readdirSync(join(project, "archive"), { recursive: true })).toEqual(before);
  });
});

describe("prune", () => {
  it("removes the posts of earlier nights, keeps their counts, and says what it removed", async () => {
    for (const [date, fresh] of [["2026-01-01", 3], ["2026-01-02", 4], ["2026-01-03", 5]] as const) await commit(date, fresh);
    const { exit, lines } = await run(prune, [], { project, before: "2026-01-03", now: "2026-01-03 09:00" });
    expect(exit).toBe(0);
    expect(lines.map((line) => line.split(" | ")[0])).toEqual(["posts/2026-01-01.1.parquet", "members/2026-01-01.1.jsonl", "posts/2026-01-02.2.parquet", "members/2026-01-02.2.jsonl", "removed 7 posts, 4 files"]);
    expect(existsSync(join(project, "archive", "posts", "2026-01-01.1.parquet"))).toBe(false);
    const { manifest } = openArchive(project, { write: false, nowMs: 0 });
    expect(manifest.nights.map(({ fresh }) => fresh)).toEqual([3, 4, 5]);
    expect(manifest.files.map(({ kind }) => kind).sort()).toEqual(["ids", "members", "night", "night", "night", "posts"]);
    expect(manifest.files.find(({ kind }) => kind === "ids")).toMatchObject({ name: "ids/2026-01-03.4.parquet", rows: 4, night: null }); // 0, 1, 2 of the first night are among 0, 1, 2, 3 of the second
    expect((await run(status, [], { project })).lines).toContain("ids of pruned posts | 4, 0.0 MB");
    expect(manifest.events[0]!.files).toEqual(["members/2026-01-03.3.jsonl"]);
    expect((await run(verify, [], { project })).exit).toBe(0);
    expect((await run(prune, [], { project, before: "2026-01-03", now: "2026-01-03" })).lines).toEqual(["removed 0 posts, 0 files"]);
  });

  it("refuses the future and what is no day", async () => {
    await commit("2026-01-01", 3);
    for (const before of ["2026-01-03", "2026-02-30", "01/01/2026", "", "2026-1-1"]) {
      expect((await run(prune, [], { project, before, now: "2026-01-02 23:59" })).error?.code, before).toBe("USAGE");
    }
    expect((await run(prune, [], { project })).error?.code).toBe("USAGE");
    expect(openArchive(project, { write: false, nowMs: 0 }).manifest.commits).toBe(1);
  });
});
