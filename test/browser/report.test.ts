import { describe, expect } from "vitest";
import { renderHtml } from "../../reports/html/render.ts";
import { sampleReport, sections } from "../html/fixture.ts";
import { haveShared, payloads, poisoned } from "../html/payloads.ts";
import { browserIt as it, none, useBrowser } from "./chromium.ts";
import { axe, beyond, collisions, faint, openAll, overflow, violations } from "./inspect.ts";

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

  it("leads from a number to its fact and on to the row without JavaScript", async () => {
    const view = await open(html, { script: false });
    await view.page.click("#platforms .fact >> nth=1");
    const target = "decodeURIComponent(location.hash) + ' ' + (document.querySelector(':target').getBoundingClientRect().top < innerHeight && document.querySelector(':target').getClientRects().length > 0)";
    expect(await view.page.evaluate(target)).toBe("#事实-16 true");
    await view.page.click("[id='事实-16'] a[href='#行-2']");
    expect(await view.page.evaluate(target)).toBe("#行-2 true");
    expect(await view.page.isVisible(".lens-switch")).toBe(false);
    expect(await view.page.isVisible("#panel")).toBe(false);
    expect(await view.page.isVisible("#lenses-firsts")).toBe(true);
    expect(view.trouble).toEqual(none);
    await view.close();
  });

  it("opens a number in a panel, by key too, gives its reference, and goes back where it came from", async () => {
    const view = await open(html);
    const { page } = view;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.focus("#platforms .told .fact >> nth=1");
    await page.keyboard.press("Enter");
    const text = (await page.innerText("#panel")).replace(/\s+/g, " ");
    for (const piece of ["事实-16 weibo 的占比 63.2%", "精确值 0.631579", "分母 1,900", "筛选 平台＝微博", "方法 按帖文计数，含转发。", "门店把隔夜的果茶", "原文链接", "复制引用 #事实-16"]) expect(text).toContain(piece);
    expect(await page.evaluate(`document.activeElement.id + " " + document.querySelectorAll("#panel [id]").length`)).toBe("panel 0");
    await page.click("#panel .copy");
    expect(await page.innerText("#panel .copied")).toBe("已复制");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("#事实-16");
    await page.keyboard.press("Escape");
    expect(await page.isVisible("#panel")).toBe(false);
    expect(await page.evaluate("document.activeElement.getAttribute('href')")).toBe("#事实-16");
    await page.click("#platforms .told .fact >> nth=0");
    expect(await page.innerText("#panel .panel-fact")).toContain("事实-14");
    await page.click("#panel .to-evidence");
    expect(await page.evaluate("document.querySelector(':target').closest('details').open")).toBe(true);
    expect(view.trouble).toEqual(none);
    await view.close();
  });

  it("counts anew by lens and filter, and says what it counts", async () => {
    const view = await open(html);
    const { page } = view;
    const bars = (id: string) => page.evaluate(`[...document.querySelectorAll("#lens-view-${id} .bar-row")].map((row) => row.textContent)`);
    const sum = () => page.innerText(".lens-sum");
    // 600 + 500 + 100 on Weibo, 300 on Douyin.
    expect([await sum(), await bars("platform")]).toEqual(["n = 1,500 条", ["微博1,200（80.0%）", "抖音300（20.0%）"]]);
    expect(await bars("mood")).toEqual(["负面750", "中性450", "正面0"]);
    await page.click("[data-lens='3']");
    // 900 + 600 + 300 and 4,000 engagements.
    expect([await sum(), await bars("platform")]).toEqual(["n = 5,800 次互动", ["抖音4,000（69.0%）", "微博1,800（31.0%）"]]);
    await page.selectOption("#lens-field", { label: "媒体" });
    expect([await sum(), await bars("platform"), await bars("region")]).toEqual(["n = 300 次互动（占 5.2%）", ["微博300（100.0%）"], ["广东180（60.0%）", "浙江120（40.0%）"]]);
    await page.selectOption("#lens-platform", { label: "抖音" });
    expect([await sum(), await bars("mood")]).toEqual(["n = 0 次互动（占 0.0%）", []]);
    expect(await page.innerText("#lens-view-mood .plot")).toBe("没有符合条件的帖文");
    await page.selectOption("#lens-field", "");
    await page.focus("#lens-view-volume svg");
    await page.keyboard.press("ArrowRight");
    expect(await page.innerText("#lens-view-volume .readout")).toMatch(/^3月1日 12:00：0 次互动（媒体 0、政务 0、民间 0）$/);
    expect(await page.getAttribute("[data-lens='3']", "aria-pressed")).toBe("true");
    expect(await page.evaluate(collisions)).toEqual([]);
    expect(view.trouble).toEqual(none);
    await view.close();
  });

  for (const scheme of ["light", "dark"] as const)
    it(`${scheme}: axe finds nothing serious, folds open, panel open`, async () => {
      const view = await open(html, { scheme });
      await view.page.evaluate(openAll);
      await view.page.click("#platforms .told .fact >> nth=1");
      await view.page.evaluate(axe);
      expect(await view.page.evaluate(violations)).toEqual([]);
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
    expect(await view.page.evaluate(`document.querySelectorAll("script:not(:last-child), iframe, object, embed, base, form, img, main meta, main style, main link").length`)).toBe(0);
    expect(view.trouble).toEqual(none);
    await view.close();
  });

  it("runs nothing when payloads stand in every other field, charts included", async () => {
    const live = payloads("live");
    for (let start = 0; start < live.length; start += 120) {
      const view = await open(await renderHtml(poisoned(sampleReport(), (i) => live[(start + i) % live.length]!), sections, zh));
      await view.page.evaluate(openAll);
      await view.page.evaluate(`document.querySelectorAll("a.fact, [data-lens]").forEach((one) => one.click())`);
      expect(await view.page.evaluate(`document.querySelectorAll("#panel .rows li").length`)).toBeGreaterThan(0);
      expect(await view.page.evaluate(`document.querySelectorAll("script:not(:last-child), iframe, object, embed, base, form, img, main meta, main style, main link, svg a, svg image, foreignObject").length`)).toBe(0);
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
