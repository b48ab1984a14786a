import { describe, expect } from "vitest";
import { renderHtml } from "../../reports/html/render.ts";
import { sampleReport, sections } from "../html/fixture.ts";
import { haveShared, payloads, poisoned } from "../html/payloads.ts";
import { browserIt as it, none, useBrowser } from "./chromium.ts";
import { beyond, collisions, faint, openAll, overflow } from "./inspect.ts";

const { open } = useBrowser();
const zh = { language: "zh" } as const;
const html = await renderHtml(sampleReport(), sections, zh);

describe("report in a browser", () => {
  for (const width of [360, 768, 1280])
    for (const scheme of ["light", "dark"] as const)
      it(`${width} px, ${scheme}: no request, no complaint, no sideways scroll, no text over another, contrast AA`, async () => {
        const view = await open(html, { width, scheme });
        expect(await view.page.evaluate(collisions)).toEqual([]);
        await view.page.evaluate(openAll);
        expect(await view.page.evaluate(overflow)).toBe(0);
        expect(await view.page.evaluate(beyond)).toEqual([]);
        expect(await view.page.evaluate(faint)).toEqual([]);
        expect(view.trouble).toEqual(none);
        await view.close();
      });

  it("follows the scheme: page, charts and their labels change colour", async () => {
    const seen = [];
    for (const scheme of ["light", "dark"] as const) {
      const view = await open(html, { scheme });
      seen.push(await view.page.evaluate(`[getComputedStyle(document.documentElement).backgroundColor, ...[".wide .role-axis-label text", ".wide path[fill='#24476b']"].map((one) => getComputedStyle(document.querySelector(one)).fill)]`));
      await view.close();
    }
    expect(seen[0]).toEqual(["rgb(255, 255, 255)", "rgb(85, 97, 109)", "rgb(36, 71, 107)"]);
    expect(seen[1]).toEqual(["rgb(20, 24, 28)", "rgb(167, 178, 189)", "rgb(143, 183, 224)"]);
  });

  it("leads from a number to its fact and on to the row", async () => {
    const view = await open(html);
    await view.page.click("#platforms .fact >> nth=1");
    const target = "decodeURIComponent(location.hash) + ' ' + (document.querySelector(':target').getBoundingClientRect().top < innerHeight)";
    expect(await view.page.evaluate(target)).toBe("#事实-16 true");
    await view.page.click("[id='事实-16'] a[href='#行-2']");
    expect(await view.page.evaluate(target)).toBe("#行-2 true");
    await view.close();
  });

  it("names pictures, tables and regions for screen readers; headings do not skip a level", async () => {
    const view = await open(html);
    expect(await view.page.evaluate(`[...document.querySelectorAll("svg:not([aria-hidden]), nav, [role=region]")].filter((one) => !one.getAttribute("aria-label")).length`)).toBe(0);
    expect(await view.page.evaluate(`(() => { const levels = [...document.querySelectorAll("h1,h2,h3,h4")].map((one) => Number(one.tagName[1])); return levels.filter((level, i) => i > 0 && level - levels[i - 1] > 1).length + (levels[0] === 1 ? 0 : 1); })()`)).toBe(0);
    await view.close();
  });

  it("prints to A4: several pages, no figure higher than a page, light ground even from a dark screen", async () => {
    const view = await open(html, { scheme: "dark", width: 794 });
    const pdf = await view.page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    const pages = [...pdf.toString("latin1").matchAll(/\/Type\s*\/Page[^s]/g)].length;
    expect(pages).toBeGreaterThanOrEqual(3);
    await view.page.emulateMedia({ media: "print" });
    const height = ((297 - 36) / 25.4) * 96;
    expect(await view.page.evaluate(`[...document.querySelectorAll("figure")].filter((one) => one.getBoundingClientRect().height > ${height}).map((one) => one.id)`)).toEqual([]);
    expect(await view.page.evaluate("getComputedStyle(document.documentElement).color")).toBe("rgb(28, 35, 41)");
    expect(await view.page.evaluate(overflow)).toBe(0);
    await view.close();
  });

  it("keeps its shape with 100,000 unbroken characters, stacked marks and turned text in every field", async () => {
    for (const text of ["哈".repeat(100_000), "x".repeat(100_000), `Z${"\u0311\u0343\u0360".repeat(200)}`, "\u202e\u2066abc"]) {
      const report = poisoned(sampleReport(), () => text.slice(0, 1000));
      report.rows[0]!.text = text;
      const long = await renderHtml(report, sections, zh);
      for (const width of [360, 1280]) {
        const view = await open(long, { width });
        await view.page.evaluate(openAll);
        expect(await view.page.evaluate(overflow)).toBe(0);
        await view.close();
      }
    }
  });
});

describe("hostile text in a browser", () => {
  const all = payloads("all");
  /** What the page shows for a text: our replacements, and HTML's own newline rule. */
  const shown = (text: string) =>
    text
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replace(/\r\n?/g, "\n");

  it(`shows ${all.length} payloads letter for letter as text of sample rows${haveShared ? "" : " (own ones only: ../shared is absent)"}`, async () => {
    const report = sampleReport();
    const rows = all.map((text, i) => ({ ...report.rows[0]!, id: `weibo:${i}`, text, url: text, author_name: text }));
    const view = await open(await renderHtml({ ...report, rows }, sections, zh));
    await view.page.evaluate(openAll);
    const found = (await view.page.evaluate(`[...document.querySelectorAll(".rows .post")].map((one) => one.textContent)`)) as string[];
    expect(found.length).toBe(all.length);
    expect(found.filter((text, i) => text !== shown(all[i]!))).toEqual([]);
    expect(await view.page.evaluate(`[...document.querySelectorAll("*")].filter((one) => [...one.attributes].some((attribute) => /^on/i.test(attribute.name) || (/^(href|src|action|data)$/i.test(attribute.name) && !/^(#|https?:|data:,$)/.test(attribute.value)))).length`)).toBe(0);
    expect(await view.page.evaluate(`document.querySelectorAll("script, iframe, object, embed, base, form, img, main meta, main style, main link").length`)).toBe(0);
    expect(view.trouble).toEqual(none);
    await view.close();
  });

  it("runs nothing when payloads stand in every other field, charts included", async () => {
    const live = payloads("live");
    for (let start = 0; start < live.length; start += 120) {
      const view = await open(await renderHtml(poisoned(sampleReport(), (i) => live[(start + i) % live.length]!), sections, zh));
      await view.page.evaluate(openAll);
      expect(await view.page.evaluate(`document.querySelectorAll("script, iframe, object, embed, base, form, img, main meta, main style, main link, svg a, svg image, foreignObject").length`)).toBe(0);
      expect(view.trouble).toEqual(none);
      await view.close();
    }
  });

  it("is stopped by the page's policy when markup does slip in (the watch itself works)", async () => {
    const slipped = html.replace("</main>", `<script>alert(1)</script><img src="https://example.invalid/x.png" onerror="alert(2)"><p style="position:fixed">x</p></main>`);
    const view = await open(slipped);
    await expect.poll(() => view.trouble.policy.map((line) => line.split(" ")[0]).sort()).toEqual(["img-src", "script-src-attr", "script-src-elem", "style-src-attr"]);
    expect(view.trouble.calls).toEqual([]);
    expect(view.trouble.requests).toEqual([]);
    await view.close();
    const open2 = await open(slipped.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""));
    expect(open2.trouble.calls).toContain("alert 1");
    expect(open2.trouble.requests).toEqual(["https://example.invalid/x.png"]);
    await open2.close();
  });
});
