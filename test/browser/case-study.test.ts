import { describe, expect } from "vitest";
import { analyze, parseOptions } from "../../pipeline/analyze.ts";
import { runSchema } from "../../pipeline/config.ts";
import { gather } from "../../pipeline/evidence.ts";
import { sections } from "../../reports/case-study/index.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { event, fill, sampleEvent } from "../fixture.ts";
import { sampleReport } from "../html/fixture.ts";
import { browserIt as it, none, useBrowser } from "./chromium.ts";
import { beyond, collisions, faint, openAll, overflow } from "./inspect.ts";

const { open } = useBrowser();

/** The 300 posts of the fixture, analysed by every registered analyzer. */
async function report() {
  const { posts, texts } = sampleEvent();
  const { database, tables } = await fill(posts, texts);
  try {
    const findings = analyze(tables, event, parseOptions(runSchema.parse({})));
    return { ...sampleReport(), event, findings, ...(await gather(database, findings, ["posts.csv"], { privacy: "masked", samples: 3 })) };
  } finally {
    database.close();
  }
}

describe("every section of the case study in a browser", () => {
  for (const language of ["zh", "en"] as const)
    it(`${language}: drawn without failure; no text over another, nothing beyond the edge, contrast AA`, async () => {
      const html = await renderHtml(await report(), sections, { language });
      for (const [width, scheme] of [[360, "light"], [1280, "light"], [1280, "dark"]] as const) {
        const view = await open(html, { width, scheme });
        expect(await view.page.evaluate(collisions), `${width} ${scheme}`).toEqual([]);
        await view.page.evaluate(openAll);
        expect(await view.page.evaluate(overflow)).toBe(0);
        expect(await view.page.evaluate(beyond)).toEqual([]);
        expect(await view.page.evaluate(faint)).toEqual([]);
        expect(view.trouble).toEqual(none);
        await view.close();
      }
    });
});
