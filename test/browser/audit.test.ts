import { dirname } from "node:path";
import { mkdirSync, readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { applySheets } from "../../pipeline/audit/apply.ts";
import { writeSample } from "../../pipeline/audit/write.ts";
import { Output } from "../../pipeline/output.ts";
import { auditPage } from "../../reports/html/audit/page.ts";
import { hostile, material, scratch } from "../audit/material.ts";
import { browserIt as it, none, useBrowser } from "./chromium.ts";
import { beyond, faint, overflow } from "./inspect.ts";

const { open } = useBrowser();
const file = scratch();
const { sample, posts } = material();
const three = auditPage(posts.slice(0, 3), { key: sample.key, event: "测试事件", language: "zh" });
const place = `document.getElementById("place").textContent`;
const shown = `[...document.querySelectorAll(".post")].filter((one) => one.getClientRects().length > 0).map((one) => one.dataset.no).join()`;
const rows = (...labels: string[]) => new RegExp(`^no,key,annotator,date,label\r\n${labels.map((label, i) => `${i + 1},${sample.key},"张三",\\d{4}-\\d\\d-\\d\\d,${label}\r\n`).join("")}$`);

describe("labelling page in a browser", () => {
  it("clicks through three posts, goes back, changes a label, exports; no request, no violation", async () => {
    const view = await open(three);
    const { page } = view;
    await page.fill("#name", "=张三");
    await page.click("#form button");
    expect(await page.evaluate(`${place} + " | " + ${shown}`)).toBe("1 / 3 | 1");
    await page.click("[data-label=positive]");
    await page.click("[data-label=negative]");
    expect(await page.evaluate(`${place} + " " + document.getElementById("count").textContent`)).toBe("3 / 3 2");
    await page.click("#back");
    expect(await page.getAttribute("[data-label=negative]", "aria-pressed")).toBe("true");
    await page.click("[data-label=unclear]");
    await page.click("#finish");
    expect(await page.textContent("#left")).toBe("1");
    await page.click("#open");
    expect(await page.evaluate(place)).toBe("3 / 3");
    await page.click("[data-label=neutral]");
    expect(await page.inputValue("#csv")).toMatch(/^no,key/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
    expect(download.suggestedFilename()).toBe("labels.csv");
    const path = file("downloaded.csv");
    await download.saveAs(path);
    expect(readFileSync(path, "utf8").replace("\ufeff", "")).toMatch(rows("positive", "unclear", "neutral"));
    expect(view.trouble).toEqual(none);
    await view.close();
  });

  it("works by keys alone, and goes on after a reload; another annotator starts anew", async () => {
    const view = await open(three);
    const { page } = view;
    await page.keyboard.press("Tab");
    await page.keyboard.type("张三");
    await page.keyboard.press("Enter");
    await page.keyboard.press("3");
    await page.keyboard.press("ArrowRight");
    // Chromium writes storage behind the page's back: a reload at once may come before it.
    const resumed = async () => (await page.reload(), page.evaluate(`${place} + " " + document.getElementById("count").textContent`));
    await expect.poll(resumed, { timeout: 30_000, interval: 300 }).toBe("3 / 3 1");
    await page.keyboard.press("2");
    expect((await page.inputValue("#csv")).replaceAll("\n", "\r\n").replaceAll("\r\r", "\r")).toMatch(rows("negative", "", "neutral"));
    await page.click("#end .change");
    await page.keyboard.type("李四");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(`${place} + " " + document.getElementById("count").textContent`)).toBe("1 / 3 0");
    expect(view.trouble).toEqual(none);
    await view.close();
  });

  for (const width of [360, 1280])
    for (const scheme of ["light", "dark"] as const)
      it(`${width} px, ${scheme}: every hostile text as it is, no sideways scroll, contrast AA, buttons in sight`, async () => {
        const long = { ...posts[0]!, no: hostile.length + 1, text: "哈".repeat(4000) };
        const view = await open(auditPage([...posts.slice(0, hostile.length), long], { key: sample.key, event: "长".repeat(80), language: "zh" }), { width, scheme });
        const { page } = view;
        expect(await page.evaluate(faint)).toEqual([]);
        await page.fill("#name", "张三");
        await page.keyboard.press("Enter");
        for (const text of [...hostile, long.text]) {
          const visible = text.replace(/[\u0000-\u0008\u001b]|\ud83d(?![\udc00-\udfff])/g, "\ufffd").replaceAll("\r\n", "\n");
          expect(await page.textContent(".current .words")).toBe(visible);
          expect(await page.evaluate(overflow)).toBe(0);
          expect(await page.evaluate(beyond)).toEqual([]);
          expect(await page.evaluate(`document.querySelector("fieldset").getBoundingClientRect().bottom <= innerHeight`)).toBe(true);
          await page.keyboard.press("ArrowRight");
        }
        expect(await page.evaluate(faint)).toEqual([]);
        if (process.env.AUDIT_SHOTS) await page.screenshot({ path: `${process.env.AUDIT_SHOTS}/${width}-${scheme}.png` });
        expect(view.trouble).toEqual(none);
        await view.close();
      });

  it("fills what apply reads: forty posts by keys", async () => {
    const folder = file("applied");
    mkdirSync(folder);
    writeSample({ sample, posts, intake: [] }, "测试事件", "zh", new Output(folder));
    const view = await open(readFileSync(`${folder}/audit.html`, "utf8"));
    await view.page.fill("#name", "张三");
    await view.page.keyboard.press("Enter");
    for (let i = 0; i < posts.length; i++) await view.page.keyboard.press(String(1 + (i % 3)));
    const sheet = file("applied/labels.csv", await view.page.inputValue("#csv"));
    const audit = await applySheets(dirname(sheet), [sheet]);
    expect(audit.sheets[0]!.labels.map(({ label }) => label)).toEqual(posts.map((_, i) => ["positive", "neutral", "negative"][i % 3]));
    await view.close();
  });
});
