import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { main } from "../../pipeline/cli.ts";
import { chineseFont } from "../../reports/pictures/fonts.ts";

const given = (name: string): string => fileURLToPath(new URL(`../golden/small/${name}`, import.meta.url));
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yuqing-render-"));
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it("yuqing render writes the formats that are asked for into the folder, and the charts beside them", async () => {
  const [run, out] = [join(folder, "run"), join(folder, "handin")];
  expect(await main(["report", given("posts.csv"), "--event", given("event.yaml"), "--out", run])).toBe(0);
  // A chart without a picture is told by exit code 3; without a Chinese font there are SVGs only.
  expect(await main(["render", join(run, "report.json"), "--formats", "html,word,excel", "--charts", "--out", out])).toBe(chineseFont() === null ? 3 : 0);
  expect(readdirSync(out).sort()).toEqual(["charts", "evidence.xlsx", "report.docx", "report.html", "report.xlsx"]);
  expect(readFileSync(join(out, "report.html"), "utf8")).toMatch(/^<!doctype html>/i);
  expect(Object.keys(unzipSync(readFileSync(join(out, "report.docx"))))).toContain("word/document.xml");
  const charts = readdirSync(join(out, "charts")).filter((name) => name.endsWith(".svg"));
  expect(charts.length).toBeGreaterThan(0);
  for (const name of charts) expect(readFileSync(join(out, "charts", name), "utf8")).toMatch(/^<svg [^>]*xmlns=/);
});

it("yuqing render refuses an unknown format with the nearest one, before it writes anything", async () => {
  const out = join(folder, "handin");
  expect(await main(["render", join(folder, "none.json"), "--formats", "html,exel", "--out", out])).toBe(2);
  expect(vi.mocked(process.stderr.write).mock.calls.map(([text]) => String(text)).join("")).toContain("excel");
  expect(readdirSync(folder)).toEqual([]);
});
