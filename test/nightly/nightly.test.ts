import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openArchive } from "../../pipeline/archive/archive.ts";
import { initProject } from "../../pipeline/archive/init.ts";
import { readProject } from "../../pipeline/archive/project.ts";
import { idsKind, pruneBefore } from "../../pipeline/archive/prune.ts";
import type { Digest } from "../../pipeline/digest/schema.ts";
import type { Message } from "../../pipeline/errors.ts";
import { eventPosts, reportEvent } from "../../pipeline/nightly/event-report.ts";
import { readEvents } from "../../pipeline/nightly/events.ts";
import { nightly, type NightlyResult } from "../../pipeline/nightly/nightly.ts";
import { silent } from "../../pipeline/progress.ts";
import { projectKey } from "../../pipeline/project.ts";

let folder: string;
let said: Message[];
const at = (time: string): number => Date.parse(`${time}:00+08:00`);

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "yuqing-nightly-")), "office");
  initProject(folder);
  writeFileSync(join(folder, "yuqing.yaml"), "run: { threads: 0 }\n");
  said = [];
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const header = "平台,微博id,根微博mid,微博作者,用户id,微博正文,发布时间,转发数,评论数,点赞数";
/** Posts "id text" of a day, one a minute; likes by the number. `root`: of which post they are reposts. */
function csv(day: string, posts: readonly { id: number; text: string; likes?: number; root?: number }[]): string {
  const rows = posts.map(({ id, text, likes = 0, root }, i) => ["微博", 4_900_000_000_000_000 + id, root === undefined ? "" : 4_900_000_000_000_000 + root, `某用户${id}`, 1_000_000 + id, text, `${day} 10:${String(i).padStart(2, "0")}:00`, 0, 0, likes].join(","));
  return `${[header, ...rows].join("\n")}\n`;
}
/** A file that came in long ago. */
function arrive(name: string, content: string): void {
  writeFileSync(join(folder, "inbox", name), content);
  utimesSync(join(folder, "inbox", name), 1_700_000_000, 1_700_000_000);
}
const event = (key: string, yaml: string): void => writeFileSync(join(folder, "events", `${key}.yaml`), yaml);
const run = (time: string): Promise<NightlyResult> => {
  const project = readProject(folder);
  return nightly({ project, key: projectKey(folder), sources: [join(folder, "inbox")], nowMs: at(time), language: "zh", progress: silent, say: (message) => said.push(message) });
};
const digest = (date: string): Digest => JSON.parse(readFileSync(join(folder, "reports", "digests", `day-${date}.json`), "utf8")) as Digest;
const waterPosts = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ id: from + i, text: `澜桥小区停水第${from + i}户家里没有水用了，请问什么时候恢复供水` }));

async function reportOf(key: string): Promise<string> {
  const archive = openArchive(folder, { write: false, nowMs: 0 });
  const one = readEvents(join(folder, "events")).events.get(key)!;
  return JSON.stringify(await reportEvent(one, eventPosts(archive, one, archive.manifest), { config: readProject(folder).config.run, key: projectKey(folder), since: null }));
}
const postsOf = (report: string): number => (JSON.parse(report) as { intake: { kept: number } }).intake.kept;

describe("a night", () => {
  it("files posts under events, with what reposts them, and publishes digest and report; a second run has nothing to do", async () => {
    event("water", "name: 澜桥停水\nquery: 澜桥 AND 停水\n");
    arrive("a.csv", csv("2026-11-20", [...waterPosts(1, 6), { id: 7, text: "大家都看看", root: 1 }, { id: 8, text: "今天的桂花开得真好，路过闻到很香" }]));
    const { fresh, failures, published, committed } = await run("2026-11-20 23:00");
    expect({ fresh, failures, committed }).toEqual({ fresh: 8, failures: [], committed: true });
    expect(published).toContain("events/water/report.html");
    const { fresh: counted, events, coverage } = digest("2026-11-20");
    expect({ now: counted.now, read: coverage.read, events: events.map(({ key, fresh: mine }) => [key, mine.now]) }).toEqual({ now: 8, read: 8, events: [["water", 7]] });
    expect(postsOf(await reportOf("water"))).toBe(7);

    const before = readFileSync(join(folder, "archive", "manifest.json"), "utf8");
    expect((await run("2026-11-20 23:30")).committed).toBe(false);
    expect(readFileSync(join(folder, "archive", "manifest.json"), "utf8")).toBe(before);
  });

  it("counts a post of two nights once, with its later counts; a file under another name is known", async () => {
    event("water", "name: 澜桥停水\nquery: [澜桥]\n");
    const first = csv("2026-11-20", waterPosts(1, 4));
    arrive("a.csv", first);
    await run("2026-11-20 23:00");
    arrive("copy.csv", first);
    arrive("b.csv", csv("2026-11-20", [{ ...waterPosts(1, 1)[0]!, likes: 90 }, ...waterPosts(5, 2)]));
    const { fresh } = await run("2026-11-21 23:00");
    expect(fresh).toBe(2);
    expect(openArchive(folder, { write: false, nowMs: 0 }).manifest.sources.map(({ name, fresh: mine }) => [name, mine])).toEqual([["a.csv", 4], ["b.csv", 2]]);
    const { now, before } = digest("2026-11-21").fresh;
    expect({ now, before }).toEqual({ now: 2, before: 4 });
    const report = await reportOf("water");
    expect(postsOf(report)).toBe(6);
    expect(report).toContain('"engagement":90');
  });

  it("knows a pruned post when it comes again, in whatever file; its id is kept once", async () => {
    arrive("a.csv", csv("2026-11-18", waterPosts(1, 4)));
    await run("2026-11-18 23:00");
    const pruned = async (before: string): Promise<number[]> => {
      const archive = openArchive(folder, { write: true, nowMs: 0 });
      await pruneBefore(archive, before, "500MB");
      archive.close();
      return archive.files(idsKind).map(({ rows }) => rows!);
    };
    expect(await pruned("2026-11-19")).toEqual([4]);
    arrive("b.csv", csv("2026-11-18", [...waterPosts(1, 4).map((post) => ({ ...post, likes: 9 })), ...waterPosts(5, 2)]));
    expect((await run("2026-11-19 23:00")).fresh).toBe(2);
    expect(digest("2026-11-19").fresh.now).toBe(2);
    expect(await pruned("2026-11-20")).toEqual([4, 2]);
    arrive("c.csv", csv("2026-11-18", waterPosts(1, 7)));
    expect((await run("2026-11-20 23:00")).fresh).toBe(1);
    expect(openArchive(folder, { write: false, nowMs: 0 }).manifest.nights.map(({ fresh }) => fresh)).toEqual([4, 2, 1]);
  });

  it("three nights give the report that one night with all files gives", async () => {
    event("water", "name: 澜桥停水\nquery: [澜桥]\n");
    const files: [string, string][] = ["2026-11-18", "2026-11-19", "2026-11-20"].map((day, i) => [`${day}.csv`, csv(day, [...waterPosts(10 * i + 1, 9), { id: 3, text: waterPosts(3, 1)[0]!.text, likes: i }, { id: 100 + i, text: "转发微博", root: 2 }])]);
    for (const [name, content] of files) {
      arrive(name, content);
      await run(`${name.slice(0, 10)} 23:00`);
    }
    const byNight = await reportOf("water");
    const empty = join(folder, "..", "empty");
    initProject(empty);
    rmSync(join(folder, "archive"), { recursive: true });
    cpSync(join(empty, "archive"), join(folder, "archive"), { recursive: true });
    await run("2026-11-20 23:00");
    const atOnce = await reportOf("water");
    expect(postsOf(atOnce)).toBe(30); // three times nine posts, of which post 3 comes in every file, and three reposts of post 2
    expect(atOnce).toBe(byNight);
  });

  it("goes back over the archive for a new event and for an edited query", async () => {
    arrive("a.csv", csv("2026-11-20", [...waterPosts(1, 5), { id: 9, text: "栖浦中学门口堵车，家长接孩子等了半小时" }]));
    await run("2026-11-20 23:00");
    event("school", "name: 栖浦中学\nquery: [栖浦中学]\n");
    const { committed, published } = await run("2026-11-21 23:00");
    expect([committed, published.includes("events/school/report.html")]).toEqual([true, true]);
    expect(digest("2026-11-21").events.find(({ key }) => key === "school")?.fresh.now ?? 0).toBe(0); // found in the archive is not new tonight
    expect(postsOf(await reportOf("school"))).toBe(1);
    event("school", "name: 栖浦中学\nquery: [栖浦中学, 停水]\n");
    await run("2026-11-22 23:00");
    expect(postsOf(await reportOf("school"))).toBe(6);
  });
});

describe("what goes wrong costs itself", () => {
  it("a file that cannot be read and an event that is not valid: the digest appears and says so", async () => {
    event("water", "name: 澜桥停水\nquery: [澜桥]\n");
    event("broken", "name: 坏的\nquery: [a]\ncolour: red\n");
    arrive("a.csv", csv("2026-11-20", waterPosts(1, 5)));
    arrive("b.xlsx", "PK\u0003\u0004 but cut off");
    const { failures, fresh } = await run("2026-11-20 23:00");
    expect(fresh).toBe(5);
    expect(failures.map(({ en }) => en).join("\n")).toMatch(/b\.xlsx was not used[^]*event broken was not updated tonight: .*colour/);
    expect(digest("2026-11-20").failures).toHaveLength(2);
    expect(digest("2026-11-20").coverage.faults).toBe(1);
  });

  it("a file of rejected rows only is left in the inbox, and taken when it is repaired", async () => {
    arrive("a.csv", `${header}\n${"微博,,,,,,2026-11-20 10:00:00,0,0,0\n".repeat(5)}`);
    const { failures, fresh } = await run("2026-11-20 23:00");
    expect([fresh, failures.length]).toEqual([0, 1]);
    arrive("a.csv", csv("2026-11-20", waterPosts(1, 3)));
    expect((await run("2026-11-20 23:10")).fresh).toBe(3);
    expect(digest("2026-11-20").failures.filter(({ text }) => text.zh.includes("a.csv"))).toEqual([]);
  });

  it("a file still being written waits, a clock set back goes on from the last night", async () => {
    arrive("a.csv", csv("2026-11-20", waterPosts(1, 3)));
    await run("2026-11-20 23:00");
    arrive("b.csv", csv("2026-11-20", waterPosts(4, 3)));
    utimesSync(join(folder, "inbox", "b.csv"), at("2026-11-21 22:59") / 1000 + 30, at("2026-11-21 22:59") / 1000 + 30);
    arrive("c.csv.part", "half");
    expect((await run("2026-11-21 23:00")).fresh).toBe(0);
    expect(said.map(({ en }) => en).filter((text) => text.includes("left for the next run"))).toHaveLength(2);
    const late = await run("2026-11-19 08:00");
    expect([late.date, late.fresh]).toEqual(["2026-11-21", 3]);
    expect(said.some(({ en }) => en.startsWith("the clock"))).toBe(true);
  });

  it("an empty inbox makes an honest digest", async () => {
    const { fresh, committed } = await run("2026-11-20 23:00");
    expect([fresh, committed]).toEqual([0, true]);
    expect(digest("2026-11-20").coverage).toMatchObject({ sources: 0, read: 0, fresh: 0 });
  });
});
