import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sampleSchema, type AuditSample } from "../../pipeline/audit/contract.ts";
import { audit } from "../../pipeline/commands/audit.ts";
import type { Flags } from "../../pipeline/commands/command.ts";
import { silent } from "../../pipeline/progress.ts";
import { fill, scratch } from "./material.ts";

const file = scratch();
const folder = dirname(file("x"));

/** Runs the command; returns exit code and what was printed. */
async function yuqing(words: string[], flags: Flags = {}): Promise<{ exit: number; printed: string }> {
  let printed = "";
  const exit = await audit.work(words, { project: folder, config: file("run.yaml", "threads: 0\n"), ...flags }, { language: flags.lang === "en" ? "en" : "zh", print: (text) => void (printed += text), warn: () => {}, progress: silent });
  return { exit, printed };
}

/** 200 worded posts on two platforms: 60 copies of one notice, two of them with a mobile number, the others all different; and 20 bare reposts. */
const moods = ["太让人寒心了，什么都不管", "真心点赞，师傅们辛苦了", "通报说原因还在调查"];
const lines = Array.from({ length: 220 }, (_, i) => {
  const text = i < 60 ? "停水通知：明天早八点到晚六点停水" : i < 200 ? `${i}号楼的住户说${moods[i % 3]}${i < 62 ? "，电话13800138000" : ""}` : "转发微博";
  return `2025-03-0${1 + (i % 5)} 10:${String(i % 60).padStart(2, "0")},${i % 4 === 0 ? "抖音" : "微博"},用户${i},${text}`;
});

let sample: AuditSample;
beforeAll(async () => {
  const path = file("posts.csv", `发布时间,平台,作者,正文\n${lines.join("\n")}\n`);
  const { exit, printed } = await yuqing(["sample", path], { out: file("drawn"), size: "100" });
  expect(exit).toBe(0);
  expect(printed).toContain(`yuqing audit apply ${file("drawn")} labels.csv`);
  sample = sampleSchema.parse(JSON.parse(readFileSync(file("drawn/sample.json"), "utf8")));
});

describe("audit sample", () => {
  it("draws from the worded posts: 100 of 200, copies as one item, everyone's number on the page", () => {
    expect(readdirSync(file("drawn")).sort()).toEqual(["audit.html", "audit.xlsx", "rejects.csv", "sample.json"]);
    expect(sample.posts).toBe(200);
    expect(sample.strata.reduce((sum, { posts }) => sum + posts, 0)).toBe(200);
    expect(sample.items.reduce((sum, { times }) => sum + times, 0)).toBe(100);
    expect(sample.items.filter(({ size }) => size > 1).map(({ size }) => size)).toEqual([60]);
    expect(sample.items.some(({ times }) => times > 10)).toBe(true);
    const page = readFileSync(file("drawn/audit.html"), "utf8");
    expect(page.match(/class="post"/g)!.length).toBe(sample.items.length);
    expect(page).not.toContain("13800138000");
  });

  it("draws the same bytes again, and never over a sample", async () => {
    await yuqing(["sample", file("posts.csv")], { out: file("again"), size: "100", seed: "1" });
    for (const name of ["audit.html", "audit.xlsx", "sample.json"]) expect(readFileSync(file(`again/${name}`)).equals(readFileSync(file(`drawn/${name}`)))).toBe(true);
    await expect(yuqing(["sample", file("posts.csv")], { out: file("drawn") })).rejects.toMatchObject({ code: "AUDIT_EXISTS", exit: 2 });
  });

  it("refuses a size, a seed, a word it does not know, and too few posts, and leaves nothing behind", async () => {
    const few = file("few.csv", `正文\n${lines.slice(60, 80).map((line) => line.split(",")[3]).join("\n")}\n`);
    for (const [words, flags, code] of [
      [["sample", few], { size: "20" }, "AUDIT_SIZE"],
      [["sample", few], { size: "1e2" }, "AUDIT_SIZE"],
      [["sample", few], { seed: "-1" }, "AUDIT_SEED"],
      [["sampel", few], {}, "USAGE"],
      [["sample"], {}, "USAGE"],
      [["apply"], {}, "USAGE"],
      [["sample", few], {}, "AUDIT_SMALL"],
    ] as const) {
      await expect(yuqing([...words], { out: file("refused"), ...flags })).rejects.toMatchObject({ code });
      expect(existsSync(file("refused"))).toBe(false);
    }
  });
});

describe("audit apply", () => {
  const filled = (labels: readonly string[]) => fill(readFileSync(file("drawn/audit.xlsx")), "张三", labels);

  it("writes audit.json, says what came of it and what to do next", async () => {
    const path = file("filled.xlsx", filled(sample.items.map(({ predicted }, i) => (i === 0 ? "" : { positive: "正", neutral: "中", negative: "负" }[predicted]))));
    const { exit, printed } = await yuqing(["apply", file("drawn"), path]);
    expect(exit).toBe(0);
    expect(printed).toContain(`yuqing report … --audit ${file("drawn/audit.json")}`);
    expect(printed).toMatch(/标注人 张三\t正面 \d+ · 中性 \d+ · 负面 \d+ · 说不清 0 · 未标 1\n/);
  });

  it("leaves an earlier audit as it is when a sheet is refused", async () => {
    mkdirSync(file("kept"), { recursive: true });
    writeFileSync(file("kept/sample.json"), readFileSync(file("drawn/sample.json")));
    writeFileSync(file("kept/audit.json"), "earlier");
    await expect(yuqing(["apply", file("kept"), file("broken.xlsx", filled(sample.items.map((_, i) => (i === 3 ? "好" : "正"))))])).rejects.toMatchObject({ code: "AUDIT_LABELS" });
    expect(readdirSync(file("kept")).sort()).toEqual(["audit.json", "sample.json"]);
    expect(readFileSync(file("kept/audit.json"), "utf8")).toBe("earlier");
  });
});
