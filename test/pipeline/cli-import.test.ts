import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";

/** The compiled command as a user runs it, on folders of files. */
const folder = mkdtempSync(join(tmpdir(), "yuqing-import-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cli = new URL("../../bin/yuqing.mjs", import.meta.url).pathname;
const yuqing = (args: string[], environment: Record<string, string> = {}) => spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8", env: { ...process.env, ...environment } });
const write = (name: string, content: string | Uint8Array): void => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), content);
};
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

const header = "mid,平台,用户id,作者,发布时间,正文,转发数\n";
const row = (i: number, text = `第${i}位网友说回应太慢了`) => `49000000000000${10 + i},微博,10000000${10 + i},山间的风${i},2025-03-01 08:${10 + i},${text},${i}\n`;
const unclosed = `4900000000000099,微博,1000000099,白鹭,2025-03-01 10:00,"引号没有闭合,3\n`;
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i)).join("");

it("imports a folder of mixed files: what cannot be used is named and costs no other file", () => {
  write("inbox/a.csv", header + rows(0, 10) + unclosed + rows(10, 20));
  write("inbox/night/b.jsonl", `${JSON.stringify({ mid: "4900000000000010", 平台: "微博", 作者: "山间的风0", 发布时间: "2025-03-01 08:10", 正文: "第0位网友说回应太慢了", 转发数: 7 })}\n`);
  write("inbox/night/cut.csv.gz", gzipSync(header + rows(0, 50)).subarray(0, 60));
  write("inbox/picture.png", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
  const { status, stdout, stderr } = yuqing(["import", "inbox", "--out", "data"]);
  expect(status, stderr).toBe(3);
  expect(stdout).toMatch(/读入行\t22\n新增帖文\t20\n并入的行\t1\n账号行\t0\n拒收行\t1\n/);
  expect(stderr).toMatch(/跳过 picture\.png：.*PNG/);
  expect(stderr).toMatch(/没有使用 night\/cut\.csv\.gz：FILE_TRUNCATED/);
  const { imports } = JSON.parse(read("data/import.json")) as { imports: { files: { name: string; read: number; fault: unknown }[] }[] };
  expect(imports[0]!.files.map(({ name, read, fault }) => [name, read, fault === null])).toEqual([["a.csv", 21, true], ["night/b.jsonl", 1, true], ["night/cut.csv.gz", 0, false]]);
});

it("takes a repaired rejects.csv back: exactly the repaired row is added, with the place it came from", () => {
  const before = read("data/posts.jsonl").split("\n");
  write("data/rejects.csv", read("data/rejects.csv").replace('""引号没有闭合', "引号闭合了"));
  const { status, stdout } = yuqing(["import", "data/rejects.csv", "--out", "data"]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `读入行\t1\n新增帖文\t1\n并入的行\t0\n账号行\t0\n拒收行\t0\n现有帖文\t21\n${join(folder, "data", "posts.jsonl")}\n` });
  const after = read("data/posts.jsonl").split("\n");
  const added = after.filter((line) => !before.includes(line));
  expect(added.map((line) => JSON.parse(line) as Record<string, unknown>)).toMatchObject([{ id: "weibo:4900000000000099", own: "引号闭合了", source: "a.csv", source_line: 12 }]);
  expect(yuqing(["import", "inbox", "--out", "data"]).stdout).toMatch(/新增帖文\t0\n并入的行\t21\n/);
});

it("makes the key on first use, for the owner only, and writes nothing by which an author could be found", () => {
  expect(statSync(join(folder, ".yuqing", "key")).mode & 0o777).toBe(0o600);
  expect(read("data/posts.jsonl")).not.toMatch(/山间的风|10000000\d\d"/);
  expect(yuqing(["report", "inbox/a.csv", "--out", "own-key"]).status).toBe(0);
  expect(yuqing(["report", "inbox/a.csv", "--out", "other-key"], { YUQING_KEY: "0123456789abcdef".repeat(4) }).status).toBe(0);
  for (const file of ["report.html", "report.json", "evidence.csv"]) {
    expect(read(`other-key/${file}`)).toBe(read(`own-key/${file}`));
    expect(read(`own-key/${file}`)).not.toMatch(/山间的风\d|10000000\d\d/);
  }
});

it("reports on a dataset, and each row still names the file and line it first stood in", () => {
  const { status, stderr } = yuqing(["report", "data/posts.jsonl", "--out", "from-data"]);
  expect(status, stderr).toBe(0);
  expect(read("from-data/evidence.csv")).toMatch(/,"a\.csv:22",/);
});

it("saves a mapping that reads the same file alike, and keeps one that is there", () => {
  write("odd.csv", "谁,说了什么,啥时候\n甲,今天的雨真大啊,2025-03-01 10:00\n");
  expect(yuqing(["inspect", "odd.csv", "--map", "text=说了什么,time=啥时候,author_name=谁", "--save-profile", "odd.yaml"]).status).toBe(0);
  expect(yuqing(["import", "odd.csv", "--profile", "odd.yaml", "--out", "odd"]).status).toBe(0);
  expect(JSON.parse(read("odd/posts.jsonl"))).toMatchObject({ own: "今天的雨真大啊", published_ms: Date.UTC(2025, 2, 1, 2), author_name: "甲***" });
  const { status, stderr } = yuqing(["inspect", "odd.csv", "--profile", "odd.yaml", "--save-profile", "odd.yaml"]);
  expect({ status, code: /^[A-Z_]+/m.exec(stderr)?.[0] }).toEqual({ status: 2, code: "PROFILE_UNWRITABLE" });
});

it("writes no report when most rows were rejected, and leaves the one that is there", () => {
  write("fine.csv", header + rows(0, 20));
  write("bad.csv", header + rows(0, 5) + "少了很多列\n".repeat(20));
  expect(yuqing(["report", "fine.csv", "--out", "kept"]).status).toBe(0);
  const before = read("kept/report.html");
  const { status, stderr } = yuqing(["report", "bad.csv", "--out", "kept"]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/TOO_MANY_REJECTS.*\n.*21 \/ 25/);
  expect(read("kept/report.html")).toBe(before);
  expect(yuqing(["report", "bad.csv", "--out", "never"]).status).toBe(1);
  expect(existsSync(join(folder, "never"))).toBe(false);
});
