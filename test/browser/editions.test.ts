import { rmSync } from "node:fs";
import { describe, expect } from "vitest";
import { makeDigest } from "../../pipeline/digest/digest.ts";
import { run, type RunOptions } from "../../pipeline/run.ts";
import { caseParts } from "../../pipeline/teaching/parts.ts";
import { sections } from "../../reports/case-study/index.ts";
import { diffReports } from "../../reports/diff/compare.ts";
import { renderDiff } from "../../reports/diff/render.ts";
import { digestDocument } from "../../reports/digest/document.ts";
import { publicEdition } from "../../reports/editions/public.ts";
import { studentEdition, teacherEdition } from "../../reports/editions/training.ts";
import { renderHtmlDocument } from "../../reports/html/plain.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { count, input, item, night } from "../digest/fixture.ts";
import { config, csvOf, event, told } from "../editions/material.ts";
import { browserIt as it, none, useBrowser } from "./chromium.ts";
import { axe, beyond, collisions, faint, openAll, overflow, violations } from "./inspect.ts";

const { open } = useBrowser();
const zh = { language: "zh" } as const;

/** A day after six others, with an item of a long title. */
function digestPage(): Promise<string> {
  const days = Array.from({ length: 7 }, (_, i) => `2026-11-${15 + i}`);
  const nights = days.map((date, i) =>
    night(date, {
      counts: (["weibo", "douyin", "zhihu"] as const).flatMap((platform, p) => [count(date, 40 * (i + 1) + 17 * p, { platform, polarity: "negative" }), count(date, 60 + 9 * p, { platform, polarity: "neutral", field: p === 0 ? "media" : "public" })]),
      items: [item(`${i}-1`, { title: "门店卫生问题多次投诉没有回音".repeat(4), classes: ["rumour"] }), item(`${i}-2`, { site: "某地本地生活论坛" })],
    }),
  );
  return renderHtmlDocument(digestDocument(makeDigest(input({ nights })), "zh"));
}

/** Every page that is not the report itself, made once from one run of 120 posts. */
async function pages(): Promise<Record<"public" | "student" | "teacher" | "diff" | "digest", string>> {
  const { folder, input: file } = csvOf(told, "posts.csv");
  try {
    const options: RunOptions = { inputs: [file], event: { ...event, name: "门店卫生事件".repeat(8), decisions: [{ time: "2025-03-03 00:30", question: "？" }, { time: "2025-03-04 00:00", question: "要不要回应？".repeat(20) }] }, config, key: new Uint8Array(32), onReject: () => {} };
    const full = await run(options);
    const parts = await caseParts(full, options);
    const early = parts[1]!.report;
    return {
      public: await renderHtml(publicEdition(full, options.key), sections, zh),
      student: await studentEdition(parts, sections, zh),
      teacher: await teacherEdition(full, parts, sections, zh),
      diff: renderDiff(diffReports(early, full), early, full, "zh"),
      digest: await digestPage(),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const made = await pages();

for (const [name, page] of Object.entries(made))
  describe(`${name} in a browser`, () => {
    for (const [width, scheme] of [[360, "dark"], [1280, "light"]] as const)
      it(`${width} px, ${scheme}: no request, no complaint, no sideways scroll, no text over another, contrast AA${scheme === "light" ? ", nothing serious for axe" : ""}`, async () => {
        const view = await open(page, { width, scheme });
        expect(await view.page.evaluate("document.querySelectorAll('.picture svg').length > 0")).toBe(name !== "diff");
        expect(await view.page.evaluate(collisions)).toEqual([]);
        await view.page.evaluate(openAll);
        expect(await view.page.evaluate(overflow)).toBe(0);
        expect(await view.page.evaluate(beyond)).toEqual([]);
        expect(await view.page.evaluate(faint)).toEqual([]);
        if (scheme === "light") {
          await view.page.evaluate(axe);
          expect(await view.page.evaluate(violations)).toEqual([]);
        }
        expect(view.trouble).toEqual(none);
        await view.close();
      });

    it("prints to A4: no figure higher than a page, nothing beyond the edge, light ground", async () => {
      const view = await open(page, { width: 673, scheme: "dark" });
      await view.page.emulateMedia({ media: "print" });
      const height = ((297 - 36) / 25.4) * 96;
      expect(await view.page.evaluate(`[...document.querySelectorAll("figure")].filter((one) => one.getBoundingClientRect().height > ${height}).map((one) => one.id)`)).toEqual([]);
      expect(await view.page.evaluate(overflow)).toBe(0);
      expect(await view.page.evaluate(beyond)).toEqual([]);
      expect(await view.page.evaluate("getComputedStyle(document.documentElement).color")).toBe("rgb(28, 35, 41)");
      await view.close();
    });
  });
