import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { stringify } from "yaml";
import { afterAll, expect, it } from "vitest";
import type { Report } from "../../reports/report.ts";
import { config, csvOf, event, told } from "./material.ts";

/** The compiled command as a user runs it, on a file that is called after a person. */
const { folder, input } = csvOf(told);
afterAll(() => rmSync(folder, { recursive: true }));
const cut = "2025-03-04 00:00";
const decided = { ...event, summary: "全案经过：后来公司被处罚", decisions: [{ time: cut, question: "要不要回应？" }] };
const yaml = (name: string, value: unknown): string => (writeFileSync(join(folder, name), stringify(JSON.parse(JSON.stringify(value)))), name);
const [eventFile, runFile] = [yaml("event.yaml", decided), yaml("run.yaml", { columns: config.columns, privacy: "internal" })];
const cli = new URL("../../bin/yuqing.mjs", import.meta.url).pathname;

function make(edition: string, ...more: string[]): string {
  const out = join(folder, edition);
  const { status, stderr } = spawnSync(process.execPath, [cli, "report", input.path, "--event", eventFile, "--config", runFile, "--edition", edition, "--out", out, ...more], { cwd: folder, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return out;
}

/** Every file below a folder as text, by path: archives part by part, and each text once more without tags, for Word splits a sentence into runs. Pictures of pixels are left out: the same charts stand beside them as SVG. */
function textsOf(place: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || extname(entry.name) === ".png") continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const parts = [".docx", ".xlsx"].includes(extname(path)) ? Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith(".png")) : [["", bytes] as const];
    texts.set(path.slice(place.length + 1), parts.map(([name, part]) => `${name}\n${strFromU8(part)}\n${strFromU8(part).replace(/<[^>]*>/g, "")}`).join("\n"));
  }
  return texts;
}
const hits = (texts: ReadonlyMap<string, string>, planted: readonly string[]): string[] => [...texts].flatMap(([name, text]) => planted.filter((one) => text.includes(one)).map((one) => `${name}: ${one}`));

it("public: no planted name, link, wording, mention, file name or id in any file of the folder, whatever the format; the internal files have them", { timeout: 300_000 }, () => {
  const out = make("public", "--formats", "html,word,excel", "--charts");
  const persons = told.filter(({ type }) => type === "普通用户" || type === "名人");
  const ids = (JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as Report).rows.filter(({ field }) => field === "public").map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(20);
  const planted = [...persons.flatMap(({ author, url, no }) => [author, url, `独一份的话${no}，`]), ...told.map(({ no }) => `某网友${no}`), "私人姓名3号.csv", ...ids];

  const texts = textsOf(join(out, "public"));
  expect([...texts.keys()].filter((name) => !name.startsWith("charts")).sort()).toEqual(["evidence.csv", "evidence.xlsx", "report.docx", "report.html", "report.json", "report.xlsx"]);
  expect([...texts.keys()].filter((name) => name.endsWith(".svg")).length).toBeGreaterThan(5);
  expect(hits(texts, planted)).toEqual([]);
  expect(hits(texts, ["私人姓名"])).toEqual([]);

  rmSync(join(out, "public"), { recursive: true });
  const internal = textsOf(out);
  for (const name of ["evidence.csv", "evidence.xlsx", "report.docx", "report.html", "report.json", "report.xlsx"]) expect(hits(new Map([[name, internal.get(name)!]]), planted).length, name).toBeGreaterThanOrEqual(10);
});

it("student: nothing of a later post, of later milestones or of the summary, and no private name; the full report beside it has them", { timeout: 300_000 }, () => {
  const out = make("student");
  const late = told.filter(({ time }) => time >= cut);
  const planted = [...late.flatMap(({ author, url, no }) => [author, url, `独一份的话${no}，`, `通报${no}】`, `第${no}次通报`]), "后来的处理决定", "后来公司被处罚", "私人姓名"];
  const texts = textsOf(join(out, "student"));
  expect([...texts.keys()]).toEqual(["case.html"]);
  expect(hits(texts, planted)).toEqual([]);
  expect(texts.get("case.html")).toContain("要不要回应？");
  rmSync(join(out, "student"), { recursive: true });
  expect(hits(textsOf(out), planted).length).toBeGreaterThan(40);
});
