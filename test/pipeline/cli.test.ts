import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { reportVersion } from "../../reports/report.ts";

/** The compiled command as a user runs it. */
const folder = mkdtempSync(join(tmpdir(), "yuqing-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cli = new URL("../../bin/yuqing.mjs", import.meta.url).pathname;
const yuqing = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8" });
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

const header = "发布时间,平台,作者,正文,转发数,评论数,点赞数\n";
const line = (i: number) => `2025-03-0${1 + (i % 5)} 10:${String(i % 60).padStart(2, "0")},微博,用户${i},第${i}位网友说这家公司的回应太慢了,${i},2,3\n`;
const good = header + Array.from({ length: 40 }, (_, i) => line(i)).join("");

describe("bad input ends in one clear message, the right exit code, and nothing half-written", () => {
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  const cases: [name: string, args: () => string[], exit: number, said: RegExp[]][] = [
    ["a missing file", () => ["report", "absent.csv"], 2, [/^FILE_MISSING/, /absent\.csv/]],
    ["an empty file", () => ["report", file("empty.csv", "")], 2, [/^FILE_EMPTY/, /empty\.csv/]],
    ["a PNG named .csv", () => ["report", file("picture.csv", png)], 2, [/^FILE_KIND/, /PNG/]],
    ["a header without a text column", () => ["report", file("no-text.csv", "a,b,c\n1,2,3\n4,5,6\n")], 2, [/^NO_TEXT_COLUMN/, /a \| b \| c/, /--map/]],
    ["a truncated .gz", () => ["report", file("cut.csv.gz", gzipSync(good.repeat(50)).subarray(0, 900))], 2, [/^FILE_TRUNCATED/, /cut\.csv\.gz/]],
    ["a truncated .xlsx", () => ["report", file("cut.xlsx", Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.alloc(200)]))], 2, [/^FILE_/, /cut\.xlsx/]],
    ["an unknown option", () => ["report", "x.csv", "--evnt", "e.yaml"], 2, [/^USAGE/, /--event/]],
    ["an unknown command", () => ["reprot", "x.csv"], 2, [/^USAGE/, /report/]],
    ["no file", () => ["report"], 2, [/^USAGE/]],
    ["an unknown config key", () => ["report", file("good.csv", good), "--config", file("run.yaml", "privacy: masked\nrejctLimit: 0.1\n")], 2, [/^CONFIG_INVALID/, /run\.yaml:2/, /rejectLimit/]],
    ["an unknown event key", () => ["report", file("good.csv", good), "--event", file("event.yaml", "name: 甲\nmilestone: []\n")], 2, [/^CONFIG_INVALID/, /event\.yaml:2/, /milestones/]],
    ["a config that is no YAML", () => ["report", file("good.csv", good), "--event", file("broken.yaml", "name: [\n")], 2, [/^CONFIG_INVALID/, /broken\.yaml:/]],
    ["an unknown language", () => ["report", file("good.csv", good), "--lang", "fr"], 2, [/^USAGE/, /fr/]],
    ["a report.json edited by hand", () => ["render", file("report.json", `{"version":${reportVersion},"findings":3}`)], 2, [/^REPORT_INVALID/]],
  ];
  it.each(cases)("%s", (name, args, exit, said) => {
    const before = readdirSync(folder).filter((one) => one === "out");
    const { status, stdout, stderr } = yuqing(...args());
    expect({ status, stdout }, stderr).toEqual({ status: exit, stdout: "" });
    const message = stderr.slice(Math.max(0, stderr.search(/^[A-Z_]+: /m)));
    for (const pattern of said) expect(message, name).toMatch(pattern);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(folder).filter((one) => one === "out")).toEqual(before);
  });
});

it("writes the four files and prints the coverage and the report's path", () => {
  const { status, stdout, stderr } = yuqing("report", file("posts.csv", good), "--out", "run");
  expect(status, stderr).toBe(0);
  expect(readdirSync(join(folder, "run")).sort()).toEqual(["evidence.csv", "rejects.csv", "report.html", "report.json"]);
  expect(stdout).toMatch(/读入行数\t40\n/);
  expect(stdout.trimEnd().split("\n").at(-1)).toBe(join(folder, "run", "report.html"));
  expect(stderr.trim().split("\n")).toHaveLength(7);
});

it("costs a bad row that row: it lands in rejects.csv with file, line, code and reason, and the exit code says partial", () => {
  const long = `2025-03-01 10:00,微博,甲,${"长".repeat(1_000_001)},1,2,3\n`;
  const ragged = "2025-03-01 10:00,微博,甲,多出来的列,1,2,3,4,5\n";
  const { status, stderr } = yuqing("report", file("bad-rows.csv", header + line(1) + long + line(2) + ragged + line(3)), "--out", "bad-rows");
  expect(status, stderr).toBe(3);
  const { intake } = JSON.parse(readFileSync(join(folder, "bad-rows", "report.json"), "utf8"));
  expect(intake).toMatchObject({ read: 5, kept: 3, rejected: 2 });
  const rejects = readFileSync(join(folder, "bad-rows", "rejects.csv"), "utf8").trim().split("\r\n");
  expect(rejects.map((line) => line.split(",").slice(0, 6).filter((_, i) => [0, 1, 5].includes(i)))).toEqual([["file", "line_from", "code"], ["bad-rows.csv", "", "HEADER"], ["bad-rows.csv", "3", "CELL_TOO_LONG"], ["bad-rows.csv", "5", "ROW_LONG"]]);
  expect(rejects[2]!.length).toBeLessThan(2000);
});

it("makes the same bytes from the same input, whatever the folder, the time zone and the number of workers", () => {
  mkdirSync(join(folder, "elsewhere"), { recursive: true });
  const name = file("same.csv", good);
  const outputs = [["a", "UTC", "run-2.yaml", "threads: 2\n"], ["b", "America/New_York", "run-2.yaml", "threads: 2\n"]].map(([out, TZ, config, text]) => {
    const { status, stderr } = spawnSync(process.execPath, [cli, "report", name, "--out", out!, "--config", file(config!, text!)], { cwd: folder, encoding: "utf8", env: { ...process.env, TZ } });
    expect(status, stderr).toBe(0);
    return ["report.html", "report.json", "evidence.csv", "rejects.csv"].map((one) => readFileSync(join(folder, out!, one), "utf8"));
  });
  expect(outputs[1]).toEqual(outputs[0]);
});

it("keeps the old report when a later run fails", () => {
  yuqing("report", file("first.csv", good), "--out", "kept");
  const before = readFileSync(join(folder, "kept", "report.html"), "utf8");
  expect(yuqing("report", "absent.csv", "--out", "kept").status).toBe(2);
  expect(readFileSync(join(folder, "kept", "report.html"), "utf8")).toBe(before);
  expect(existsSync(join(folder, "kept", ".report.html.tmp"))).toBe(false);
});

it("renders report.json again to the same page without computing", () => {
  yuqing("report", file("again.csv", good), "--out", "again");
  const { status, stderr } = yuqing("render", "again/report.json", "--out", "again/twice.html");
  expect(status, stderr).toBe(0);
  expect(readFileSync(join(folder, "again", "twice.html"), "utf8")).toBe(readFileSync(join(folder, "again", "report.html"), "utf8"));
});

it("inspects without running: encoding, mapping, coverage", () => {
  const { status, stdout } = yuqing("inspect", file("look.csv", good), "--json");
  expect(status).toBe(0);
  const [seen] = JSON.parse(stdout) as { headers: { header: string; column: string | null }[] }[];
  expect(seen!.headers.find(({ header: name }) => name === "正文")!.column).toBe("text");
  expect(readdirSync(folder)).not.toContain("out");
});

it("lists every command and flag in its help, in both languages", () => {
  for (const language of ["zh", "en"]) {
    const { status, stdout } = yuqing("--help", "--lang", language);
    expect(status).toBe(0);
    for (const word of ["report", "import", "inspect", "audit", "evaluate", "train", "render", "--event", "--out", "--map", "--save-profile", "--audit", "--project", "--json", "--lang"]) expect(stdout).toContain(word);
  }
});
