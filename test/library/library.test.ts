import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Flags } from "../../pipeline/commands/command.ts";
import { library } from "../../pipeline/commands/library.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import type { Entry } from "../../pipeline/library/entry.ts";
import { fileOf, readLibrary, writeEntries } from "../../pipeline/library/store.ts";
import { silent } from "../../pipeline/progress.ts";
import type { Report } from "../../reports/report.ts";
import { reportOf } from "../comparison/reports.ts";
import { sampleEvent } from "../fixture.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "yuqing-library-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const cases = () => join(folder, "cases");

let report: Report;
let empty: Report;
beforeAll(async () => {
  const { posts, texts } = sampleEvent();
  report = await reportOf("甲事件", posts, texts, "aa", { type: "职场" });
  empty = await reportOf("空事件", [], []);
});

const written = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return join(folder, name);
};
async function yuqing(words: string[], flags: Flags = {}): Promise<{ exit: number | string; printed: string; warned: string[] }> {
  let printed = "";
  const warned: string[] = [];
  try {
    const exit = await library.work(words, { library: cases(), ...flags }, { language: "zh", print: (text) => void (printed += text), warn: ({ zh }) => void warned.push(zh), progress: silent });
    return { exit, printed, warned };
  } catch (cause) {
    return { exit: (cause as YuqingError).code, printed, warned };
  }
}
const heatOf = (given: Report) => given.findings.find(({ id }) => id === "heat") as unknown as { data: { fingerprint: Record<string, number | null> }; figures: { key: string; value: number | null }[] };
const entry = (name: string): Entry => ({ version: 1, name, type: null, days: null, generator: "0.1.0", fingerprint: { posts: 1, engagement: null, authors: null, first_day: null, rise_hours: null, halving_hours: null, repost_share: null, provinces: null, platforms: null, negative_share: null } });

describe("library add", () => {
  it("keeps a few numbers of the report: no text, no account", async () => {
    expect(await yuqing(["add", written("report.json", report)])).toEqual({ exit: 0, printed: "甲事件\t已加入\n", warned: [] });
    const [file] = readdirSync(cases());
    const kept = JSON.parse(readFileSync(join(cases(), file!), "utf8")) as Entry;
    expect([kept.name, kept.type, kept.fingerprint.posts]).toEqual(["甲事件", "职场", 300]);
    expect(kept.fingerprint).toEqual(heatOf(report).data.fingerprint);
    expect(Object.keys(kept).sort()).toEqual(["days", "fingerprint", "generator", "name", "type", "version"]);
  });

  it("takes the same report twice for one, another of its name only with --replace", async () => {
    const path = written("report.json", report);
    const more = structuredClone(report);
    more.event.type = "校园";
    const other = written("other.json", more);
    await yuqing(["add", path, path]);
    expect((await yuqing(["add", path])).printed).toBe("甲事件\t已在库中\n");
    expect((await yuqing(["add", other])).exit).toBe("LIBRARY_NAME_TAKEN");
    expect(readLibrary(cases(), () => {}).entries.map(({ type }) => type)).toEqual(["职场"]);
    expect((await yuqing(["add", other], { replace: true })).printed).toBe("甲事件\t已代替\n");
    expect(readLibrary(cases(), () => {}).entries.map(({ type }) => type)).toEqual(["校园"]);
    // Which of two is right, nobody knows: not even --replace takes both.
    expect(await yuqing(["add", path, other], { replace: true })).toMatchObject({ exit: 3, printed: "甲事件\t已代替\n" });
  });

  it("refuses reports without posts, without a name, of older versions, and edited ones; nothing is made", async () => {
    const edited = (change: (given: Report) => void): Report => {
      const copy = structuredClone(report);
      change(copy);
      return copy;
    };
    const bad: [Report | object, string][] = [
      [empty, "LIBRARY_REFUSED"],
      [edited(({ event }) => void (event.name = "未命名事件")), "LIBRARY_REFUSED"],
      [edited((copy) => void (copy.findings = copy.findings.filter(({ id }) => id !== "heat"))), "REPORT_INVALID"],
      [edited((copy) => {
        copy.findings = copy.findings.filter(({ id }) => id !== "heat");
        copy.facts = copy.facts.filter(({ finding }) => finding !== "heat").map((fact, i) => ({ ...fact, no: i + 1 }));
      }), "LIBRARY_REFUSED"],
      [edited((copy) => void (heatOf(copy).data.fingerprint.posts = 301)), "LIBRARY_REFUSED"],
      [edited((copy) => void (heatOf(copy).data.fingerprint.repost_share = 1.5)), "LIBRARY_REFUSED"],
      [edited((copy) => [heatOf(copy).data.fingerprint, heatOf(copy).figures.find(({ key }) => key === "posts")!].forEach((one, i) => void ((one as { posts?: number; value?: number })[i === 0 ? "posts" : "value"] = 301))), "LIBRARY_REFUSED"],
      [{ ...report, version: 1 }, "REPORT_VERSION"],
      [{ ...report, mine: 1 }, "REPORT_INVALID"],
    ];
    for (const [value, code] of bad) expect((await yuqing(["add", written("bad.json", value)])).exit).toBe(code);
    expect(existsSync(cases())).toBe(false);
  });

  it("adds the good ones of many, names the others, and exits with 3; with 2 when none was good", async () => {
    const paths = [written("empty.json", empty), written("report.json", report), written("old.json", { version: 1 })];
    const { exit, printed, warned } = await yuqing(["add", ...paths]);
    expect([exit, printed, warned.length]).toEqual([3, "甲事件\t已加入\n", 2]);
    expect(warned[0]).toContain("empty.json");
    expect((await yuqing(["add", paths[0]!, paths[2]!])).exit).toBe(2);
  });
});

describe("library list and remove", () => {
  it("200 cases, listed by name, removed by name", async () => {
    writeEntries(cases(), Array.from({ length: 200 }, (_, i) => entry(`往例${String(i).padStart(3, "0")}`)));
    const { exit, printed } = await yuqing(["list"]);
    expect([exit, printed.split("\n").length]).toEqual([0, 202]);
    expect(printed.split("\n")[1]).toBe("往例000\t—\t未知\t1\t未知\t未知\t未知");
    expect((await yuqing(["remove", "往例007", "往例001", "往例007"])).exit).toBe(0);
    expect((await yuqing(["remove", "往例002", "往例007"])).exit).toBe("LIBRARY_NAME");
    expect(readLibrary(cases(), () => {}).entries.length).toBe(198);
  });

  it("names damaged files, leaves them out, and removes them by file name", async () => {
    writeEntries(cases(), [entry("甲"), entry("乙")]);
    const file = (name: string, text: string) => writeFileSync(join(cases(), name), text);
    file("half.json", '{"version":1,"name":"丙');
    file("next.json", JSON.stringify({ ...entry("丁"), version: 2 }));
    file("copy.json", JSON.stringify(entry("甲")));
    file(fileOf("戊"), JSON.stringify({ ...entry("戊"), fingerprint: { ...entry("戊").fingerprint, posts: -1 } }));
    file("null.json", "null");
    mkdirSync(join(cases(), "folder.json"));
    symlinkSync("/dev/zero", join(cases(), "endless.json"));
    file(".甲.json.1.tmp", "left by a killed run");
    file("notes.txt", "mine");
    const { exit, printed, warned } = await yuqing(["list"]);
    expect([exit, printed.split("\n").length - 2, warned.length]).toEqual([3, 2, 7]);
    const { entries, damaged, digest } = readLibrary(cases(), () => {});
    expect([entries.map(({ name }) => name), damaged]).toEqual([["乙", "甲"], 7]);
    expect((await yuqing(["remove", "half.json"])).exit).toBe(0);
    expect(readLibrary(cases(), () => {})).toMatchObject({ damaged: 6, digest });
  });

  it("keeps names with tabs, new lines and escapes on one line", async () => {
    writeEntries(cases(), [entry("../../x\n\u001b[31m甲\t乙")]);
    expect(readdirSync(cases())).toEqual([fileOf("../../x\n\u001b[31m甲\t乙")]);
    expect((await yuqing(["list"])).printed.split("\n")[1]).toBe("../../x \ufffd[31m甲 乙\t—\t未知\t1\t未知\t未知\t未知");
  });

  it("a folder that is not there is an error, not an empty library; a mistyped part says what was meant", async () => {
    expect((await yuqing(["list"])).exit).toBe("LIBRARY_UNREADABLE");
    expect(() => readLibrary(join(folder, "nowhere"), () => {})).toThrow(YuqingError);
    expect((await yuqing(["lsit"])).exit).toBe("USAGE");
    expect((await yuqing(["add"])).exit).toBe("USAGE");
    expect((await yuqing(["list", "all"])).exit).toBe("USAGE");
  });

  it("is .yuqing/library of the project without --library", async () => {
    await yuqing(["add", written("report.json", report)], { library: undefined, project: folder });
    expect(readdirSync(join(folder, ".yuqing", "library"))).toEqual([fileOf("甲事件")]);
  });
});
