import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { background } from "../../pipeline/background.ts";
import { integer, pick, type Random } from "../../data/samples/random.ts";
import { root } from "../../pipeline/paths.ts";
import { random } from "../relate/planted-opinions.ts";

/**
 * npx tsx test/bench/nightly.ts [--nights 30] [--posts 100000] [--once] [--keep] (build first): CPU seconds of each night and the archive's size; --once: whether the nights give the same report as
 * one night with all files. Invented posts: 1 % each of three events, 5 % of the rows come again the next night, half of them with higher counts. Every text is another one: the dear case.
 */
const { values } = parseArgs({ options: { nights: { type: "string", default: "30" }, posts: { type: "string", default: "100000" }, once: { type: "boolean", default: false }, keep: { type: "boolean", default: false } } });
const [nights, posts] = [Number(values.nights), Number(values.posts)];
const folder = mkdtempSync(join(tmpdir(), "yuqing-nightly-"));
const cli = join(root, "bin", "yuqing.mjs");

const words = background().slice(0, 20_000).map(({ term }) => String(term));
const said = (next: Random, least: number, most: number): string => Array.from({ length: integer(next, least, most) }, () => pick(next, words)).join("");
const subjects = ["澜桥水务", "栖浦中学", "云岫食品"];
const first = Date.UTC(2025, 2, 1);

function row(next: Random, night: number, i: number): string[] {
  const at = new Date(first + night * 86_400_000 + Math.floor(next() * 86_400) * 1000).toISOString();
  const share = next();
  const subject = share < 0.03 ? subjects[Math.floor(share * 100)]! : "";
  const author = Math.floor(200_000 * next() ** 2);
  return ["微博", String(4_900_000_000_000_000 + (night * posts + i) * 7919), `用户${author}`, String(1_000_000_000 + author), `${subject}${said(next, 3, 8)}，${said(next, 2, 5)}。`, `${at.slice(0, 10)} ${at.slice(11, 19)}`, pick(next, ["广东", "北京", "浙江", "山东", ""]), String(integer(next, 0, 40)), String(integer(next, 0, 60)), String(integer(next, 0, 900))];
}
const header = ["平台", "id", "作者", "用户id", "正文", "发布时间", "ip属地", "转发数", "评论数", "点赞数"];

function project(name: string): string {
  const path = join(folder, name);
  command("init", path);
  for (const [i, subject] of subjects.entries()) writeFileSync(join(path, "events", `e${i + 1}.yaml`), `name: ${subject}\nquery: [${subject}]\n`);
  return path;
}

const probe = "process.on('exit', () => { const { user, system } = process.cpuUsage(); console.error('CPU ' + (user + system) / 1e6); });";
/** Runs a command; its CPU seconds. */
function command(...args: string[]): number {
  const { status, stderr } = spawnSync(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(probe)}`, cli, ...args], { encoding: "utf8", maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`${args.join(" ")}: exit ${status}\n${stderr}`);
  return Math.max(...[...stderr.matchAll(/^CPU ([\d.]+)$/gm)].map(([, cpu]) => Number(cpu)));
}

const sizeOf = (path: string): number => (statSync(path).isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : statSync(path).size);
const nightOf = (night: number): string => `${new Date(first + night * 86_400_000).toISOString().slice(0, 10)} 23:59`;
const quick = "inbox: { settleSeconds: 0 }\n";

const byNight = project("by-night");
writeFileSync(join(byNight, "yuqing.yaml"), `${quick}reports: { days: 7 }\n`);
const next = random(7);
const seconds: number[] = [];
const files: string[] = [];
let again: string[][] = [];
mkdirSync(join(folder, "files"));
for (let night = 0; night < nights; night++) {
  const rows = [...again, ...Array.from({ length: posts }, (_, i) => row(next, night, i))];
  again = rows.slice(-Math.floor(posts / 20)).map((one, i) => (i % 2 === 0 ? one : [...one.slice(0, 9), String(Number(one[9]) + 50)]));
  const file = join(folder, "files", `${nightOf(night).slice(0, 10)}.csv`);
  writeFileSync(file, `${[header, ...rows].map((cells) => cells.join(",")).join("\n")}\n`);
  files.push(file);
  seconds.push(command("nightly", "--project", byNight, "--source", file, "--now", nightOf(night)));
  console.log(`night ${night + 1}\t${seconds.at(-1)!.toFixed(1)} CPU s\tarchive ${(sizeOf(join(byNight, "archive")) / 1e6).toFixed(1)} MB`);
}
const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
console.log(`last three nights ÷ first three\t${(mean(seconds.slice(-3)) / mean(seconds.slice(0, 3))).toFixed(2)}`);
console.log(`last three nights ÷ nights 8–10\t${(mean(seconds.slice(-3)) / mean(seconds.slice(7, 10))).toFixed(2)}`);
console.log(`archive\t${(sizeOf(join(byNight, "archive", "posts")) / 1e6 / ((nights * posts) / 1e6)).toFixed(0)} MB posts per million, ${(sizeOf(join(byNight, "archive")) / 1e6 / ((nights * posts) / 1e6)).toFixed(0)} MB in all`);

if (values.once) {
  const atOnce = project("at-once");
  writeFileSync(join(atOnce, "yuqing.yaml"), quick);
  command("nightly", "--project", atOnce, "--source", join(folder, "files"), "--now", nightOf(nights - 1));
  for (const name of ["by-night", "at-once"]) for (let i = 1; i <= subjects.length; i++) command("event", `e${i}`, "--project", join(folder, name), "--out", join(folder, name, "out", `e${i}`));
  const same = subjects.every((_, i) => readFileSync(join(byNight, "out", `e${i + 1}`, "report.json")).equals(readFileSync(join(atOnce, "out", `e${i + 1}`, "report.json"))));
  console.log(`report.json of ${subjects.length} events, ${nights} nights against one\t${same ? "same bytes" : "DIFFERENT"}`);
  process.exitCode = same ? 0 : 1;
}
if (!values.keep && existsSync(folder)) rmSync(folder, { recursive: true, force: true });
else console.log(folder);
