import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { z } from "zod";
import { hotWords } from "../../analyzers/event/hot-words.ts";
import type { Report } from "../../reports/report.ts";
import { sentences } from "./fixture.ts";

/** `yuqing words` as a user runs it: the compiled command. */
const folder = mkdtempSync(join(tmpdir(), "yuqing-words-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cli = new URL("../../bin/yuqing.mjs", import.meta.url).pathname;
const yuqing = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8" });
const path = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(path(name), "utf8");

/** Every third of 800 posts has one of three names, which take turns: 89 of each, by 100 authors. */
const names = ["岚栈科技", "觅舟SU7", "栩汀"];
const posts = sentences(800, names, 1, 3).map((said, i) => `微博,${4_900_000_000_000_000 + i},某用户${i % 100},${1_000_000 + (i % 100)},${said},2026-11-${18 + (i % 3)} 1${i % 10}:0${i % 7}:00`);
const csv = (rows: readonly string[]): string => `平台,微博id,微博作者,用户id,微博正文,发布时间\n${rows.join("\n")}\n`;
const hot = (report: string) => (JSON.parse(report) as Report).findings.find(({ id }) => id === "hot-words") as unknown as { data: z.infer<typeof hotWords.data> };
const docs = (report: string): Map<string, number> => new Map([...hot(report).data.words, ...hot(report).data.given].map(({ term, docs: count }) => [term, count]));
const notes = (report: string): string => (JSON.parse(report) as Report).notes.map(({ en }) => en).join("\n");
const decide = (list: string, word: string, what: string): string => list.replace(`word: ${word}, do: keep`, `word: ${word}, do: ${what}`);

it("discover, decide, report; a line that is none is named; what was decided stays", () => {
  writeFileSync(path("posts.csv"), csv(posts));
  const found = yuqing("words", "discover", "posts.csv", "--out", "words.yaml", "--lang", "en");
  expect(found.status, found.stderr).toBe(0);
  expect(found.stdout).toMatch(/^distinct texts\t\d+\nnew words\t3\nundecided\t0\nadded to the list\t3\n.*words\.yaml\n$/);
  for (const name of names) expect(text("words.yaml")).toContain(`word: ${name}, do: keep`);

  writeFileSync(path("event.yaml"), "name: 示例\nwordList: words.yaml\n");
  const decided = decide(decide(text("words.yaml"), "栩汀", "{ alias: 岚栈科技 }"), "觅舟SU7", "drop");
  writeFileSync(path("words.yaml"), decided);
  const report = yuqing("report", "posts.csv", "--event", "event.yaml", "--out", "decided");
  expect(report.status, report.stderr).toBe(0);
  expect(docs(text("decided/report.json")).get("岚栈科技")).toBe(89 + 89);
  for (const gone of ["觅舟SU7", "栩汀"]) expect(docs(text("decided/report.json")).has(gone)).toBe(false);
  expect(notes(text("decided/report.json"))).toContain("New words from the reviewed list: 2 kept whole, 1 dropped, 1 counted under another name.");

  const again = yuqing("words", "discover", "posts.csv", "--event", "event.yaml", "--out", "words.yaml", "--lang", "en");
  expect(again.stdout).toContain("added to the list\t0\n");
  expect(text("words.yaml")).toBe(decided);

  const bad = decided.replace(", do: drop", ", do: dorp");
  const line = bad.split("\n").findIndex((one) => one.includes("dorp")) + 1;
  writeFileSync(path("words.yaml"), bad);
  for (const command of [["report", "posts.csv", "--event", "event.yaml", "--out", "bad"], ["words", "discover", "posts.csv", "--out", "words.yaml"]]) {
    const { status, stderr } = yuqing(...command);
    expect(status).toBe(2);
    expect(stderr).toMatch(new RegExp(`CONFIG_INVALID[^]*words\\.yaml:${line}\\b[^]*dorp`));
  }
  expect(text("words.yaml")).toBe(bad);
});

it("a project remembers: discover over its archive or one event, decide, and the next night's reports use it; undone by editing back", () => {
  const project = (...args: string[]) => yuqing(...args, "--project", "office", "--lang", "en");
  const night = (time: string) => project("nightly", "--now", `${time} 23:00`);
  yuqing("init", "office");
  writeFileSync(path("office/yuqing.yaml"), "run: { threads: 0 }\n");
  expect(project("words", "discover")).toMatchObject({ status: 1, stderr: expect.stringContaining("ARCHIVE_EMPTY") as string });
  writeFileSync(path("office/events/names.yaml"), "name: 示例\nquery: [岚栈, 觅舟, 栩汀]\n");
  const arrive = (day: number): void => {
    writeFileSync(path(`office/inbox/${day}.csv`), csv(posts.slice(270 * day, 270 * (day + 1))));
    utimesSync(path(`office/inbox/${day}.csv`), 1_700_000_000, 1_700_000_000);
  };
  arrive(0);
  arrive(1);
  expect(night("2026-11-19").status).toBe(0);
  expect(project("words", "discover", "--event", "nmaes")).toMatchObject({ status: 2, stderr: expect.stringMatching(/EVENT_UNKNOWN[^]*names/) as string });
  const one = project("words", "discover", "--event", "names");
  expect(one.status, one.stderr).toBe(0);
  expect(text("office/words.yaml")).toMatch(/word: 栩汀, do: keep, .*event: names, night: 2026-11-19 }/);

  writeFileSync(path("office/words.yaml"), decide(decide(text("office/words.yaml"), "栩汀", "{ alias: 岚栈科技 }"), "觅舟SU7", "drop"));
  arrive(2);
  expect(night("2026-11-20").status).toBe(0);
  const report = text("office/reports/events/names/report.json");
  expect(docs(report).has("岚栈科技")).toBe(true);
  for (const gone of ["觅舟SU7", "栩汀"]) expect(docs(report).has(gone)).toBe(false);
  expect(notes(report)).toContain("Words from the project's list: 2 kept whole, 1 dropped, 1 counted under another name.");

  const decided = text("office/words.yaml");
  writeFileSync(path("office/words.yaml"), decided.replace(", do: drop", ", do: dorp"));
  const broken = night("2026-11-21");
  expect(broken.status).toBe(3);
  expect(broken.stderr).toMatch(/the project's list of words was not used tonight: .*words\.yaml:\d+.*dorp/);
  writeFileSync(path("office/words.yaml"), decided.replace(", do: drop", ", do: keep"));
  const whole = project("event", "names", "--out", "whole");
  expect(whole.status, whole.stderr).toBe(0);
  expect(docs(text("whole/report.json")).has("觅舟SU7")).toBe(true);
});
