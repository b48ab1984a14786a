import { describe, expect } from "vitest";
import { sections } from "../../reports/case-study/index.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { event, sampleEvent } from "../fixture.ts";
import { browserIt as it, none, useBrowser } from "./chromium.ts";
import { reportOf } from "./case-study-report.ts";
import { axe, beyond, collisions, faint, openAll, overflow, violations } from "./inspect.ts";

const { open } = useBrowser();

describe("every section of the case study in a browser", () => {
  for (const language of ["zh", "en"] as const)
    it(`${language}: drawn without failure; no text over another, nothing beyond the edge, contrast AA${language === "zh" ? ", nothing serious for axe" : ""}`, { timeout: 300_000 }, async () => {
      const html = await renderHtml(await reportOf(), sections, { language });
      for (const [width, scheme] of [[360, "light"], [1280, "light"], [1280, "dark"]] as const) {
        const view = await open(html, { width, scheme });
        expect(await view.page.evaluate(collisions), `${width} ${scheme}`).toEqual([]);
        await view.page.evaluate(openAll);
        expect(await view.page.evaluate(overflow)).toBe(0);
        expect(await view.page.evaluate(beyond)).toEqual([]);
        expect(await view.page.evaluate(faint)).toEqual([]);
        if (language === "zh" && width === 1280) {
          await view.page.evaluate(axe);
          expect(await view.page.evaluate(violations)).toEqual([]);
        }
        expect(view.trouble).toEqual(none);
        await view.close();
      }
    });
});

describe("bare and lopsided data in a browser", () => {
  const { posts, texts } = sampleEvent();
  const untimed = { published_ms: null, precision: null, day: null, slot: null };
  const cases = {
    "200 platforms": [posts.map((one, i) => ({ ...one, platform: `第${i % 200}号站点`, channel: null })), texts],
    "one platform, one field": [posts.map((one) => ({ ...one, platform: "weibo", channel: "social", field: "public" })), texts],
    "no time at all": [posts.map((one) => ({ ...one, ...untimed })), texts],
    "one post": [posts.slice(0, 1), []],
    "no posts": [[], []],
  } as const;
  for (const [name, [given, scored]] of Object.entries(cases))
    it(`${name}, a title of 500 characters: no failure, no overflow, no text over another`, async () => {
      const html = await renderHtml(await reportOf(given, scored, { ...event, name: "长标题".repeat(170).slice(0, 500), label: "示例" }), sections, { language: "zh" });
      for (const width of [360, 1280]) {
        const view = await open(html, { width });
        expect(await view.page.evaluate(collisions), `${width}`).toEqual([]);
        await view.page.evaluate(openAll);
        expect(await view.page.evaluate(overflow)).toBe(0);
        expect(await view.page.evaluate(beyond)).toEqual([]);
        expect(view.trouble).toEqual(none);
        await view.close();
      }
    });
});
