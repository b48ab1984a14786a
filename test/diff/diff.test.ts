import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Terminal } from "../../pipeline/commands/command.ts";
import { diff } from "../../pipeline/commands/diff.ts";
import { silent } from "../../pipeline/progress.ts";
import { diffReports } from "../../reports/diff/compare.ts";
import { renderDiff } from "../../reports/diff/render.ts";
import { diffText } from "../../reports/diff/text.ts";
import type { Report } from "../../reports/report.ts";
import { sampleReport } from "../html/fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "diff-"));
afterAll(() => rmSync(folder, { recursive: true }));
const figureOf = (report: Report, id: string, key: string) => {
  const finding = report.findings.find((one) => one.id === id)!;
  if (finding.status === "error") throw new Error(id);
  return finding.figures.find((one) => one.key === key)!;
};

it("finds nothing between a report and itself", () => {
  const found = diffReports(sampleReport(), sampleReport());
  expect({ ...found, same: 0 }).toEqual({ conditions: [], statuses: [], changed: [], appeared: [], vanished: [], same: 0 });
  expect(found.same).toBe(sampleReport().facts.length);
});

it("names conditions, statuses and facts, and says by how much and whether intervals overlap", () => {
  const [a, b] = [sampleReport(), sampleReport()];
  b.config.memory = "1GB";
  b.manifest.files[0]!.sha256 = "cd".repeat(32);
  figureOf(b, "volume", "posts").value = 22_034.1;
  Object.assign(figureOf(b, "mood", "negative.public"), { value: 0.5734, interval: [0.56, 0.6] });
  figureOf(b, "volume", "peak.ms").value! += 1_800_000;
  figureOf(b, "volume", "peak").value = null;
  const regions = b.findings.find(({ id }) => id === "regions")!;
  Object.assign(regions, { status: "ok", reason: null });
  const mood = b.findings.find(({ id }) => id === "mood")! as Extract<Report["findings"][number], { status: "ok" | "empty" | "unavailable" }>;
  mood.figures.push({ ...mood.figures[0]!, key: "positive.public", label: { zh: "民间正面占比", en: "positive share" } });
  b.facts.push({ no: b.facts.length + 1, finding: "mood", key: "positive.public", matched: null, samples: [] });

  const text = diffText(diffReports(a, b), a, b, "zh");
  expect(text).toContain('config.memory: "600MB" → "1GB"');
  expect(text).toContain("files.帖文.csv.sha256");
  expect(text).toContain("[volume.posts]: 2.00万条 → 2.20万条  +2003.1（+10.0%）");
  expect(text).toContain("[mood.negative.public]: 52% → 57%  +5.0 个百分点；区间不重叠");
  expect(text).toContain("[volume.peak.ms]: 2026年3月2日 12:00 → 2026年3月2日 12:30  +30 分钟");
  expect(text).toContain("[volume.peak]: 412条 → 未知  不可比");
  expect(text).toContain("[mood.positive.public]: — → 57%");
  expect(text).toContain(": 从略 → 有结果");
  expect(text.indexOf("config.memory")).toBeLessThan(text.indexOf("[volume.posts]"));
  const page = renderDiff(diffReports(a, b), a, b, "zh");
  expect(page).toContain("区间不重叠");
  expect(page).not.toMatch(/undefined|NaN/);
});

it("escapes what the reports hold", () => {
  const [a, b] = [sampleReport(), sampleReport()];
  b.event.name = "<img src=x onerror=alert(1)>\u202e";
  expect(renderDiff(diffReports(a, b), a, b, "en")).not.toContain("<img");
  expect(diffText(diffReports(a, b), a, b, "en")).not.toContain("\u202e");
});

it("refuses another version and names an edited report", async () => {
  const write = (name: string, value: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  };
  const printed: string[] = [];
  const terminal: Terminal = { language: "zh", print: (line) => void printed.push(line), warn: () => {}, progress: silent };
  const good = write("a.json", sampleReport());
  const work = async (...files: string[]) => diff.work(files, { out: join(folder, "out") }, terminal);
  expect(await work(good, good)).toBe(0);
  expect(readFileSync(join(folder, "out", "diff.html"), "utf8")).toContain("相同 53 个");
  await expect(work(good, write("old.json", { ...sampleReport(), version: 1 }))).rejects.toMatchObject({ code: "REPORT_VERSION", parts: { where: join(folder, "old.json") } });
  const edited = sampleReport();
  (edited.intake as unknown as Record<string, unknown>)["kept"] = "many";
  await expect(work(good, write("edited.json", edited))).rejects.toMatchObject({ code: "REPORT_INVALID", parts: { where: expect.stringContaining("edited.json intake.kept") as string } });
  await expect(work(good)).rejects.toMatchObject({ code: "USAGE" });
});
